"""What checkout is told by its environment, beyond what every service is told."""

from dataclasses import dataclass
from typing import Any

from common.settings import Environment
from common.settings import Settings as CommonSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    next_engine_api_url: str
    next_engine_login_url: str
    next_engine_client_id: str
    next_engine_client_secret: str
    """Needed by the web process alone, to exchange a sign-in for tokens."""
    next_engine_encoding: str
    token_encryption_key: str
    """A Fernet key: NEXT ENGINE's tokens are encrypted at rest with it."""
    stripe_secret_key: str
    """The platform's. Empty: no brand can take cards."""
    stripe_webhook_secret: str
    stripe_api_url: str
    stripe_page_origin: str
    """Where payment pages are; our forms may lead there and nowhere else (K21)."""
    next_engine_doubt_seconds: int
    """How long an upload without an answer is left alone before it is looked for."""

    order_personal_years: int
    """How long the brand's books keep name and address of an erased buyer's order."""

    @classmethod
    def own(cls, env: Environment) -> dict[str, Any]:
        return {
            "next_engine_api_url": env.text("NEXT_ENGINE_API_URL"),
            "next_engine_login_url": env.text("NEXT_ENGINE_LOGIN_URL"),
            "next_engine_client_id": env.text("NEXT_ENGINE_CLIENT_ID"),
            "next_engine_client_secret": env.text("NEXT_ENGINE_CLIENT_SECRET"),
            "next_engine_encoding": env.text("NEXT_ENGINE_CSV_ENCODING", default="cp932"),
            "token_encryption_key": env.text("TOKEN_ENCRYPTION_KEY"),
            "stripe_secret_key": env.text("STRIPE_SECRET_KEY", default=""),
            "stripe_webhook_secret": env.text("STRIPE_WEBHOOK_SECRET", default=""),
            "stripe_api_url": env.text("STRIPE_API_URL", default="https://api.stripe.com"),
            "stripe_page_origin": env.text(
                "STRIPE_PAGE_ORIGIN", default="https://checkout.stripe.com"
            ),
            "order_personal_years": int(env.text("ORDER_PERSONAL_YEARS", default="10") or 10),
            "next_engine_doubt_seconds": int(
                env.text("NEXT_ENGINE_DOUBT_SECONDS", default="120") or 0
            ),
        }
