"""The parts that every service's processes are made of; a service's Deps adds its own."""

from dataclasses import dataclass
from typing import Any

import redis

from common.clock import Clock, utc_now
from common.db import Database
from common.peers import Peers
from common.service_tokens import TokenMaker
from common.sessions import SessionReader
from common.settings import Settings


@dataclass(frozen=True, kw_only=True)
class BaseDeps:
    """Effects at the edges, made once per process by app.py or worker.py."""

    settings: Settings
    database: Database
    peers: Peers
    cache: "redis.Redis"
    sessions: SessionReader
    now: Clock = utc_now

    def close(self) -> None:
        """Give back connections."""
        self.peers.close()
        self.database.close()
        self.cache.close()


def connect(settings: Settings, *, pool_size: int = 4) -> dict[str, Any]:
    """Return the fields of BaseDeps, connected lazily: `Deps(**connect(settings), …)`."""
    cache = redis.Redis.from_url(settings.cache_url, socket_timeout=0.5, socket_connect_timeout=0.5)
    tokens = TokenMaker(service=settings.service, private_key=settings.private_key)
    peers = Peers(addresses=settings.peers, tokens=tokens, cache=cache)
    return {
        "settings": settings,
        "database": Database(settings.database_url, pool_size=pool_size),
        "peers": peers,
        "cache": cache,
        "sessions": SessionReader(
            cache=cache,
            ask_identity=lambda body: peers.ask("identity", "sessions/read", body, fresh=True),
        ),
    }
