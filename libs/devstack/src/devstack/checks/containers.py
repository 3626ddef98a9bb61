"""docker-compose.yml parses and names every service; each Dockerfile it builds from is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from devstack.services import SERVICES


def find(root: Path) -> Iterator[str]:
    """Give a sentence per thing that is missing."""
    file = root / "docker-compose.yml"
    if not file.exists():
        yield "docker-compose.yml is missing"
        return
    services: dict[str, Any] = yaml.safe_load(file.read_text()).get("services", {})
    for name in SERVICES:
        for process in (f"{name}-web", f"{name}-worker"):
            if process not in services:
                yield f"docker-compose.yml has no {process}"
    for name, service in services.items():
        yield from _find_builds(root, name, service)


def _find_builds(root: Path, name: str, service: dict[str, Any]) -> Iterator[str]:
    build = service.get("build")
    if build is None and "image" not in service:
        yield f"docker-compose.yml: {name} has neither image nor build"
    if isinstance(build, dict):
        dockerfile = root / build.get("context", ".") / build.get("dockerfile", "Dockerfile")
        if not dockerfile.exists():
            yield f"docker-compose.yml: {name} builds from {dockerfile.name}, which is missing"
