"""Valkey 9, twice: the broker, which remembers, and the cache, which need not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import redis

from devstack.servers.binaries import valkey_binary
from devstack.servers.ports import LOOPBACK, demand_free
from devstack.servers.program import Program, running
from devstack.servers.unprivileged import as_unprivileged, hand_over

Purpose = Literal["broker", "cache"]

OPTIONS: dict[Purpose, tuple[str, ...]] = {
    "broker": (
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--maxmemory-policy",
        "noeviction",
    ),
    # Copies of sessions and answers: whatever goes missing is asked for again.
    "cache": ("--appendonly", "no", "--maxmemory", "64mb", "--maxmemory-policy", "volatile-lru"),
}


@dataclass(frozen=True, kw_only=True)
class Valkey:
    """A server: what for, where its files are, where it listens."""

    purpose: Purpose
    folder: Path
    port: int

    def prepare(self) -> None:
        """Make its folder. Raises CannotStart."""
        demand_free(self.port, what=f"the {self.purpose}", cure="stop what listens there")
        self.folder.mkdir(parents=True, exist_ok=True)
        hand_over(self.folder)

    def program(self) -> Program:
        common = ("--port", str(self.port), "--bind", LOOPBACK, "--dir", str(self.folder))
        quiet = ("--save", "", "--loglevel", "warning")
        command = (str(valkey_binary()), *common, *quiet, *OPTIONS[self.purpose])
        return Program(
            name=self.purpose,
            command=as_unprivileged(command, reaches=self.folder, dies_by="TERM"),
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath},
            is_ready=self.is_ready,
        )

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"

    def is_ready(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_timeout=1, socket_connect_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


@contextmanager
def running_valkey(folder: Path, port: int, *, purpose: Purpose = "cache") -> Iterator[Valkey]:
    """Run a server in `folder` while the block lasts."""
    server = Valkey(purpose=purpose, folder=folder, port=port)
    server.prepare()
    with running(server.program(), folder / "log"):
        yield server
