"""The parts that identity's processes are made of."""

from dataclasses import dataclass
from typing import cast

from common import web
from common.deps import BaseDeps, connect
from identity.gateways.passwords import Passwords
from identity.gateways.second_factor import SecondFactors
from identity.gateways.session_copies import SessionCopies
from identity.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    settings: Settings
    passwords: Passwords
    copies: SessionCopies
    second_factors: SecondFactors


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    parts = connect(settings, pool_size=pool_size)
    return Deps(
        **parts,
        passwords=Passwords(),
        copies=SessionCopies(parts["cache"]),
        second_factors=SecondFactors(settings.mail_secret_key),
    )


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
