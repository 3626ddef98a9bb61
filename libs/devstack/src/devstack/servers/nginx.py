"""nginx, run from a rendered configuration."""

from dataclasses import dataclass
from pathlib import Path

from devstack.servers.binaries import nginx_binary
from devstack.servers.ports import answers, demand_free
from devstack.servers.program import Program
from devstack.servers.unprivileged import as_unprivileged, hand_over


@dataclass(frozen=True, kw_only=True)
class Nginx:
    """A server: its configuration's text, the folder it may write to, where it listens."""

    configuration: str
    folder: Path
    port: int

    def prepare(self) -> None:
        """Write the configuration. Raises CannotStart."""
        demand_free(self.port, what="the gateway", cure="stop what listens there")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file.write_text(self.configuration)
        hand_over(self.folder)

    def program(self) -> Program:
        return Program(name="gateway", command=self._command, is_ready=lambda: answers(self.port))

    @property
    def _file(self) -> Path:
        return self.folder / "nginx.conf"

    @property
    def _command(self) -> tuple[str, ...]:
        words = (str(nginx_binary()), "-p", str(self.folder), "-c", str(self._file), "-e", "stderr")
        return as_unprivileged(words, reaches=self.folder, dies_by="TERM")
