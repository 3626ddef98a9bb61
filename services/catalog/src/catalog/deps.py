"""The parts that catalog's processes are made of."""

from dataclasses import dataclass
from typing import cast

from common import web
from common.deps import BaseDeps, connect
from common.files import Storage
from common.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Deps(BaseDeps):
    storage: Storage


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    storage = Storage(settings.media_root)
    return Deps(**connect(settings, pool_size=pool_size), storage=storage)


def deps() -> Deps:
    """Return the running app's parts."""
    return cast(Deps, web.deps())
