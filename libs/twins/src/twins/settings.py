"""What the process reads from its environment."""

from collections.abc import Mapping
from dataclasses import dataclass


class RefusesToStart(RuntimeError):
    """The environment is one a twin must not run in; the message is for a person."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the twins listen. Port 0 means any free port."""

    host: str = "127.0.0.1"
    http_port: int = 0
    smtp_port: int = 0
    smtp_tls: bool = False
    """Offer STARTTLS, with a certificate that nobody else has signed."""
    smtp_user: str = ""
    """With a name, only who signs in (and, where TLS is offered, over TLS) may deliver."""
    smtp_password: str = ""
    redirect_uri: str = "http://127.0.0.1:8080/next-engine/callback"
    """What the seeded NEXT ENGINE app registered as its callback."""
    stripe_webhook_url: str = "http://127.0.0.1:8080/webhooks/stripe"
    """Where Stripe's events go."""
    public_url: str = ""
    """Where browsers reach the twins, if not where the services do."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises RefusesToStart in production or when a port is not a number."""
        if env.get("ORDERLINK_ENV") == "production":
            raise RefusesToStart(
                "The twins only imitate the outside world; they refuse to start while "
                "ORDERLINK_ENV=production."
            )
        return cls(
            host=env.get("TWINS_HOST", cls.host),
            http_port=_port(env, "TWINS_HTTP_PORT"),
            smtp_port=_port(env, "TWINS_SMTP_PORT"),
            smtp_tls=env.get("TWINS_SMTP_TLS") == "1",
            smtp_user=env.get("TWINS_SMTP_USER", ""),
            smtp_password=env.get("TWINS_SMTP_PASSWORD", ""),
            redirect_uri=env.get("TWINS_NEXT_ENGINE_REDIRECT_URI", cls.redirect_uri),
            public_url=env.get("TWINS_PUBLIC_URL", "").rstrip("/"),
            stripe_webhook_url=env.get("TWINS_STRIPE_WEBHOOK_URL", cls.stripe_webhook_url),
        )


def _port(env: Mapping[str, str], name: str) -> int:
    text = env.get(name, "")
    if not text.isdecimal() or int(text) > 65535:
        raise RefusesToStart(f"{name} must be a port number, not {text!r}.")
    return int(text)
