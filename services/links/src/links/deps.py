"""The parts that links' processes are made of."""

from dataclasses import dataclass
from typing import cast

from common import web
from common.deps import BaseDeps, connect
from common.files import Storage
from common.passwords import Passwords
from common.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    passwords: Passwords
    storage: Storage


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    return Deps(
        **connect(settings, pool_size=pool_size),
        passwords=Passwords(),
        storage=Storage(settings.media_root),
    )


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
