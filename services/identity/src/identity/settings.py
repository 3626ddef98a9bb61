"""What identity is told beside what every service is told."""

from dataclasses import dataclass
from typing import Any

from common import settings
from common.settings import Environment


@dataclass(frozen=True, kw_only=True)
class Settings(settings.Settings):
    mail_secret_key: str
    """Makes the tokens that mails carry; changing it ends all that are on their way.
    Second factors are sealed under it, too: a new key asks for new ones."""

    @classmethod
    def own(cls, env: Environment) -> dict[str, Any]:
        return {"mail_secret_key": env.text("MAIL_SECRET_KEY")}
