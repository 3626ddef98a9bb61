"""The copies of sessions in Valkey that the services read. Only identity writes them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import redis
import structlog

from common.sessions import TOMBSTONE

log = structlog.get_logger()

COPY_SECONDS = 60
TOMBSTONE_SECONDS = 120
"""Longer than a copy lives: a slow reader that saw the session alive cannot revive it."""
DELETE_UNLESS = "if redis.call('get', KEYS[1]) ~= ARGV[1] then redis.call('del', KEYS[1]) end"


class SessionCopies:
    """Fills copies, and buries them when their session has ended."""

    def __init__(self, cache: "redis.Redis") -> None:
        self._cache = cache

    def fill(self, key: str, claims: Mapping[str, Any]) -> None:
        """Keep the claims for a minute unless something is there; without Valkey do without."""
        try:
            self._cache.set(key, json.dumps(dict(claims)), nx=True, ex=COPY_SECONDS)
        except redis.RedisError:
            log.warning("session copy not kept")

    def bury(self, keys: Iterable[str]) -> None:
        """Put a tombstone over each copy. To be called after the ending was committed."""
        try:
            for key in keys:
                self._cache.set(key, TOMBSTONE, ex=TOMBSTONE_SECONDS)
        except redis.RedisError:
            log.warning("session copies not buried; they end by themselves within a minute")

    def renew(self, keys: Iterable[str]) -> None:
        """Let each be read anew, for the holder may do more now; a tombstone stays where it is.

        To be called after the commit. Rights that are taken away end the session instead.
        """
        try:
            for key in keys:
                self._cache.eval(DELETE_UNLESS, 1, key, TOMBSTONE)
        except redis.RedisError:
            log.warning("session copies not renewed; they are within a minute")
