"""The parts that catalog's processes are made of."""

from common.deps import BaseDeps, connect
from common.settings import Settings
from common.web import deps

Deps = BaseDeps


def make_deps(settings: Settings, *, pool_size: int = 4) -> Deps:
    """Connect lazily to everything that the settings name."""
    return Deps(**connect(settings, pool_size=pool_size))


__all__ = ["Deps", "deps", "make_deps"]
