"""What Prometheus reads of a process: counts that it keeps, depths that the database knows."""

from common.watching.depths import Depth, Watched
from common.watching.exposition import CONTENT_TYPE, exposition

__all__ = ["CONTENT_TYPE", "Depth", "Watched", "exposition"]
