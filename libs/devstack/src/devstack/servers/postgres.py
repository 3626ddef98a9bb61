"""PostgreSQL 18 in a folder of its own, on the loopback interface only."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from devstack.servers.binaries import postgres_binary
from devstack.servers.ports import LOOPBACK, demand_free
from devstack.servers.program import Program, running
from devstack.servers.unprivileged import as_unprivileged, hand_over
from devstack.trouble import CannotStart

SUPERUSER = "postgres"

OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "160",
    # Small, because a developer's machine runs much besides.
    "shared_buffers": "48MB",
    "jit": "off",
    "io_method": "sync",
    "max_parallel_workers": "0",
    "max_logical_replication_workers": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests: nothing of theirs has to survive the machine."""


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A server: where its files are, where it listens, who may do everything."""

    folder: Path
    port: int
    password: str
    is_durable: bool = True

    def prepare(self) -> None:
        """Make its files, once. Raises CannotStart."""
        demand_free(self.port, what="PostgreSQL", cure="stop what listens there")
        if not self.is_prepared:
            self._initialise()

    @property
    def is_prepared(self) -> bool:
        return (self.folder / "complete").exists()

    def program(self, name: str = "postgres") -> Program:
        options = {**OPTIONS, "port": str(self.port), **({} if self.is_durable else FORGETFUL)}
        command = [str(postgres_binary("postgres")), "-D", str(self._files)]
        for key, value in options.items():
            command += ["-c", f"{key}={value}"]
        return Program(
            name=name,
            command=as_unprivileged(tuple(command), reaches=self.folder, dies_by="INT"),
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
            is_ready=self.is_ready,
            stop_signal=signal.SIGINT,  # SIGTERM would wait for clients to leave.
        )

    def url(self, database: str = "postgres", *, role: str = SUPERUSER, password: str = "") -> str:
        """Return an address for SQLAlchemy."""
        secret = password or self.password
        return f"postgresql+psycopg://{role}:{secret}@{LOOPBACK}:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Open an autocommitting connection of the one who may do everything."""
        address = self.url(database).replace("+psycopg", "")
        return psycopg.connect(address, autocommit=True, connect_timeout=3)

    def is_ready(self) -> bool:
        """Ask its file first: a connection that comes too early is logged as fatal."""
        if not self._says_ready():
            return False
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _says_ready(self) -> bool:
        try:
            return (self._files / "postmaster.pid").read_text().endswith("ready   \n")
        except OSError:
            return False

    @property
    def _files(self) -> Path:
        return self.folder / "data"

    def _initialise(self) -> None:
        """Run initdb. Files of a start that was cut off are thrown away first."""
        remove(self._files)
        self._files.mkdir(parents=True, mode=0o700)
        hand_over(self.folder)
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as secret:
            secret.write(self.password)
            secret.flush()
            hand_over(self.folder)
            self._run_initdb(secret.name)
        (self.folder / "complete").touch()

    def _run_initdb(self, password_file: str) -> None:
        command = (
            *(str(postgres_binary("initdb")), "-D", str(self._files), "-U", SUPERUSER),
            *("--auth=scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        )
        wrapped = as_unprivileged(command, reaches=self.folder, dies_by="KILL")
        done = subprocess.run(
            wrapped, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            words = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
            raise CannotStart(f"PostgreSQL could not make its files: {words}.")


def remove(folder: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def running_postgres(folder: Path, port: int) -> Iterator[Postgres]:
    """Run a forgetful server for tests in `folder` while the block lasts."""
    server = Postgres(folder=folder, port=port, password="only-for-tests", is_durable=False)
    server.prepare()
    with running(server.program(), folder / "log"):
        yield server
