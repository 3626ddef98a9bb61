"""What notifications is told beside what every service is told."""

from dataclasses import dataclass
from typing import Any

from common import settings
from common.settings import Environment


@dataclass(frozen=True, kw_only=True)
class Settings(settings.Settings):
    smtp_url: str
    """smtp://[user:password@]host:port, or smtps:// for TLS from the first byte."""
    mail_from: str
    """The sender, as `Name <address>`."""

    @classmethod
    def own(cls, env: Environment) -> dict[str, Any]:
        return {"smtp_url": env.text("SMTP_URL"), "mail_from": env.text("MAIL_FROM")}
