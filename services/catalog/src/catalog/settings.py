"""catalog is told nothing beside what every service is told."""

from common.settings import Settings

__all__ = ["Settings"]
