"""Where everything that is written lies: one folder, `var/` of the clone unless said otherwise."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
"""The clone. All packages are installed editable, so this file is in it."""


@dataclass(frozen=True)
class Places:
    """The files and folders of one running stack."""

    var: Path

    @property
    def state(self) -> Path:
        """The servers' files: what `make reset` is about."""
        return self.var / "state"

    @property
    def media(self) -> Path:
        return self.var / "media"

    @property
    def static(self) -> Path:
        return self.var / "static"

    @property
    def run(self) -> Path:
        """The lock, the list of processes, the rendered gateway: of no use once it has ended."""
        return self.var / "run"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def keys(self) -> Path:
        return self.var / "secrets.json"

    @property
    def ports(self) -> Path:
        return self.var / "ports.json"

    @property
    def lock(self) -> Path:
        return self.run / "lock"

    @property
    def processes(self) -> Path:
        return self.run / "processes.json"

    @property
    def ready(self) -> Path:
        """There while everything runs and answers."""
        return self.run / "ready"

    @property
    def world(self) -> Path:
        return self.var / "demo.json"

    def make(self) -> None:
        """Make the folders."""
        for folder in (self.state, self.media, self.static, self.run, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
