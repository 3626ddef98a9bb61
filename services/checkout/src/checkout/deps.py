"""The parts that checkout's processes are made of."""

from dataclasses import dataclass
from typing import cast

import httpx
from cryptography.fernet import Fernet
from stripe import StripeClient

from checkout.gateways.stripe.client import make_client
from checkout.settings import Settings
from common import web
from common.deps import BaseDeps, connect


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    settings: Settings
    next_engine_http: httpx.Client
    cipher: Fernet
    """Encrypts NEXT ENGINE's tokens at rest."""
    stripe: StripeClient

    def close(self) -> None:
        self.next_engine_http.close()
        super().close()


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    return Deps(
        **connect(settings, pool_size=pool_size),
        next_engine_http=httpx.Client(),
        cipher=Fernet(settings.token_encryption_key.encode()),
        stripe=make_client(secret_key=settings.stripe_secret_key, api_url=settings.stripe_api_url),
    )


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
