"""The parts that notifications' processes are made of."""

from dataclasses import dataclass
from typing import cast

from common import web
from common.deps import BaseDeps, connect
from notifications.gateways.smtp import SmtpSender
from notifications.gateways.smtp_server import SmtpServer
from notifications.gateways.webhooks import WebhookTeller
from notifications.mails.render import MailWriter
from notifications.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    settings: Settings
    smtp: SmtpSender
    writer: MailWriter
    teller: WebhookTeller

    def close(self) -> None:
        """Give back connections."""
        self.smtp.close()
        super().close()


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    return Deps(
        **connect(settings, pool_size=pool_size),
        smtp=SmtpSender(SmtpServer.of_url(settings.smtp_url, ca_file=settings.smtp_ca_file)),
        teller=WebhookTeller(
            key=settings.webhook_key, allow_loopback=settings.webhook_allow_loopback
        ),
        writer=MailWriter(sender=settings.mail_from, public_url=settings.public_url),
    )


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
