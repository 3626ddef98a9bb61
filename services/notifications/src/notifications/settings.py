"""What notifications is told beside what every service is told."""

from dataclasses import dataclass
from typing import Any

from common import settings
from common.settings import Environment


@dataclass(frozen=True, kw_only=True)
class Settings(settings.Settings):
    smtp_url: str
    """smtp://[user:password@]host:port[?starttls=required], or smtps:// for TLS from the start."""
    smtp_ca_file: str | None
    """Certificates to trust beside the system's."""
    mail_from: str
    """The sender, as `Name <address>`."""
    webhook_key: str
    """The secrets of webhooks are made from it; SECRET_KEY unless given."""
    webhook_allow_loopback: bool
    """Whether webhooks may go to this machine: for trials and tests, never in production."""

    @classmethod
    def own(cls, env: Environment) -> dict[str, Any]:
        return {
            "smtp_url": env.text("SMTP_URL"),
            "smtp_ca_file": env.text("SMTP_CA_FILE", default="") or None,
            "mail_from": env.text("MAIL_FROM"),
            "webhook_key": env.text("WEBHOOK_KEY", default=env.text("SECRET_KEY")),
            "webhook_allow_loopback": env.text("WEBHOOK_ALLOW_LOOPBACK", default="") == "1"
            and env.text("ORDERLINK_ENV", default="production") != "production",
        }
