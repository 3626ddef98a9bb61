"""The parts that links' processes are made of."""

from dataclasses import dataclass
from typing import cast

from common import web
from common.deps import BaseDeps, connect
from common.files import Storage
from common.passwords import Passwords
from common.settings import Settings
from common.web.traffic import Traffic
from links.usecases.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    passwords: Passwords
    storage: Storage
    tally: Tally
    traffic: Traffic


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    parts = connect(settings, pool_size=pool_size)
    return Deps(
        **parts,
        tally=Tally(parts["database"]),
        traffic=Traffic(),
        passwords=Passwords(),
        storage=Storage(settings.media_root),
    )


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
