"""The programs of a stack: servers, services, twins, and the jobs that run once."""

import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import replace

from devstack.environment import (
    Stack,
    owner_environment,
    service_environment,
    twins_environment,
)
from devstack.readiness import answers_http, at_once
from devstack.servers.ports import answers
from devstack.servers.postgres import Postgres
from devstack.servers.program import Program
from devstack.servers.valkey import Valkey
from devstack.services import SERVICES

LAUNCHER = "DEVSTACK_LAUNCHER"
"""A program that is executed in place of Python: tests run services from other code than ours."""


def postgres_of(stack: Stack) -> Postgres:
    return Postgres(
        folder=stack.places.state / "postgres",
        port=stack.addresses.inner["postgres"],
        password=stack.keyring.postgres,
        is_durable=stack.is_durable,
    )


def valkeys_of(stack: Stack) -> tuple[Valkey, Valkey]:
    state, ports = stack.places.state, stack.addresses.inner
    return (
        Valkey(purpose="broker", folder=state / "broker", port=ports["broker"]),
        Valkey(purpose="cache", folder=state / "cache", port=ports["cache"]),
    )


def migrations(stack: Stack) -> list[Program]:
    """Return one job per service; they run side by side."""
    return [
        job(
            f"{service}-migrate",
            service,
            module="common.migrate",
            env=owner_environment(stack, service),
        )
        for service in SERVICES
    ]


def twins(stack: Stack) -> Program:
    ports = stack.addresses.inner
    return Program(
        name="twins",
        command=(),
        module="twins",
        env=twins_environment(stack),
        is_ready=lambda: answers(ports["twins"]) and answers(ports["smtp"]),
    )


def services(stack: Stack) -> list[Program]:
    """Return web and worker of each service."""
    return [launched(make(stack, service)) for service in SERVICES for make in (web, worker)]


def web(stack: Stack, service: str) -> Program:
    """Return the web server: WEB_PROCESSES of them behind one port, where our environment says so.

    Several are executed instead of forked: prometheus_client looks for the folder of their counts
    when it is imported, and the supervisor has imported it long ago.
    """
    processes = int(os.environ.get("WEB_PROCESSES") or "1")
    env = service_environment(stack, service)
    if processes > 1:
        counts = stack.places.run / "counts" / service
        counts.mkdir(parents=True, exist_ok=True)
        env = {**env, "WEB_PROCESSES": str(processes), "PROMETHEUS_MULTIPROC_DIR": str(counts)}
    return Program(
        name=f"{service}-web",
        command=() if processes == 1 else (sys.executable, "-m", f"{service}.app"),
        module=f"{service}.app" if processes == 1 else None,
        env=env,
        is_ready=answers_http(stack.addresses.inner[service], "/health/ready"),
        grace=12,
    )


def worker(stack: Stack, service: str) -> Program:
    return Program(
        name=f"{service}-worker",
        command=(),
        module=f"{service}.worker",
        env=service_environment(stack, service),
        is_ready=at_once,
        grace=12,
    )


def loaders(stack: Stack) -> list[Program]:
    """Return one job per service that writes its part of the demo world."""
    return [
        job(
            f"{service}-world",
            service,
            module="devstack.world",
            env=service_environment(stack, service),
        )
        for service in SERVICES
        if importlib.util.find_spec(f"devstack.world.{service}") is not None
    ]


def job(name: str, service: str, *, module: str, env: Mapping[str, str]) -> Program:
    """Return what a module does once for a service; others wait for its end."""
    command = (service,)
    return launched(Program(name=name, command=command, module=module, env=env, is_ready=at_once))


def launched(program: Program) -> Program:
    """Return the program as it is, or executed by LAUNCHER, which finds the module's code."""
    launcher = os.environ.get(LAUNCHER)
    if launcher is None:
        return program
    if program.module is None:
        arguments: tuple[str, ...] = tuple(program.command[1:])
    else:
        arguments = ("-m", program.module, *program.command)
    return replace(program, module=None, command=(launcher, *arguments))
