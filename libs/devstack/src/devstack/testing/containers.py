"""Runs a whole stack in containers: docker-compose.yml, on whatever engine DOCKER_HOST names.

Images are built from this clone first; ports, keys and volumes are the stack's own, so that it
runs beside one that `docker compose up` has started.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from testcontainers.compose import ComposeContainer, DockerCompose

from devstack.deploy import demo_values, env_file
from devstack.kept_pictures import FOLDER, fingerprint
from devstack.keyring import make_keyring
from devstack.places import ROOT
from devstack.servers.ports import free_ports
from devstack.testing.container_stack import PUBLISHED, ContainerStack
from devstack.trouble import CannotStart

FILES = ("docker-compose.yml", "deploy/containers/compose.tests.yml")
PATIENCE = 600.0
LOG = ROOT / "var" / "test" / "log" / "containers.log"


@contextmanager
def running_containers(
    folder: Path,
    *,
    env: Mapping[str, str] | None = None,
    more_files: Sequence[str] = (),
    copies: Mapping[str, int] | None = None,
) -> Iterator[ContainerStack]:
    """Build and run the stack while the block lasts. Raises CannotStart.

    `folder` is new; `env` is added to what the compose files are told, `more_files` to the files;
    `copies` says of which services there are several containers.
    """
    folder.mkdir(parents=True)
    names = ("gateway", "twins", *PUBLISHED)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    told = folder / "env"
    told.write_text(_told(ports, f"orderlink-{folder.name}", env or {}))
    files = [*FILES, *more_files]
    compose = DockerCompose(ROOT, compose_file_name=files, env_file=str(told), wait=False)
    stack = ContainerStack(compose, ports, folder)
    try:
        _run(stack, "build")
        _bring_pictures(stack)
        _run(
            stack, "up", "--detach", *(f"--scale={name}={n}" for name, n in (copies or {}).items())
        )
        await_good(stack)
        yield stack
    finally:
        _keep_log(stack)
        stack.run("down", "--volumes", "--timeout", "10")


def await_good(stack: ContainerStack, *, seconds: float = PATIENCE) -> None:
    """Wait until every container is healthy or has done its one job. Raises CannotStart."""
    until = time.monotonic() + seconds
    while waiting := _not_good(stack):
        has_failed = any(each.State == "exited" and _has_one_job(each) for each in waiting)
        if has_failed or time.monotonic() > until:
            names = ", ".join(str(each.Name) for each in waiting)
            raise CannotStart(
                f"Failed, or not ready within {seconds:.0f} s: {names}.{_last_words(stack)}"
            )
        time.sleep(1)


def _told(ports: Mapping[str, int], project: str, env: Mapping[str, str]) -> str:
    values = demo_values(port=ports["gateway"], twins_port=ports["twins"])
    more = {f"TESTS_{name.upper()}_PORT": str(ports[name]) for name in PUBLISHED}
    return env_file(make_keyring(), {**values, **more, "COMPOSE_PROJECT_NAME": project, **env})


def _run(stack: ContainerStack, *step: str) -> None:
    done = stack.run(*step)
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise CannotStart(f"docker compose {step[0]} failed: {said}{_last_words(stack)}")


def _bring_pictures(stack: ContainerStack) -> None:
    """Bring what this clone has drawn before, if it has: drawing takes longest of all."""
    kept = ROOT / "var" / "pictures" / fingerprint()
    if kept.exists():
        copy = ("cp", "-r", "/kept", f"/media/{FOLDER}")
        _run(stack, "run", "--rm", "--no-deps", f"--volume={kept}:/kept:ro", "catalog-world", *copy)


def _not_good(stack: ContainerStack) -> list[ComposeContainer]:
    return [each for each in stack.containers(include_all=True) if not _is_good(each)]


def _is_good(container: ComposeContainer) -> bool:
    if _has_one_job(container):
        return container.State == "exited" and container.ExitCode == 0
    return container.State == "running" and container.Health in ("healthy", "", None)


def _has_one_job(container: ComposeContainer) -> bool:
    return str(container.Service).endswith(("-migrate", "-world"))


def _last_words(stack: ContainerStack) -> str:
    """Return what those said at last that began and are not as they should be."""
    return "".join(
        f"\n{each.Name} ({each.State}, {each.ExitCode}):\n"
        + stack.run("logs", "--no-color", "--tail", "15", str(each.Service)).stdout
        for each in _not_good(stack)
        if each.State != "created"
    )


def _keep_log(stack: ContainerStack) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text(stack.run("logs", "--no-color", "--timestamps").stdout)
