"""`orderlink health [--service S]`: what `/health/check` of every service says, from inside."""

import argparse
import json
import os
from collections.abc import Mapping
from typing import Any

import httpx

from common.commands.command import Command, Refused, say

SECONDS = 6.0
"""A check takes two; the process may be busy."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--service", help="only this one")
    parser.add_argument("--json", action="store_true", help="every answer as it came")


def run(options: argparse.Namespace) -> int:
    """Ask each and say what each found; 1 when anything is unwell. Raises Refused."""
    answers = {name: ask(url) for name, url in sorted(addresses(options.service).items())}
    say(json.dumps(answers, indent=2) if options.json else "\n".join(lines_of(answers)))
    return 0 if all(each["status"] == "well" for each in answers.values()) else 1


def addresses(only: str | None) -> Mapping[str, str]:
    """Return service → base address, as the environment's PEERS has them. Raises Refused."""
    if "PEERS" not in os.environ:
        raise Refused("Run this beside a service: PEERS is not set.")
    peers = dict(json.loads(os.environ["PEERS"]))
    if only:
        peers = {name: url for name, url in peers.items() if name == only}
    if not peers:
        raise Refused("PEERS in the environment names no such service.")
    return peers


def ask(url: str) -> Mapping[str, Any]:
    """Return the service's answer, or one of our own when there is none."""
    try:
        reply = httpx.get(f"{url}/health/check", timeout=SECONDS, trust_env=False)
        return dict(reply.json())
    except (httpx.HTTPError, ValueError) as lost:
        return {"status": f"does not answer: {type(lost).__name__}", "checks": []}


def lines_of(answers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = []
    for service, answer in answers.items():
        lines.append(f"{service}: {answer['status']}")
        lines += [
            f"  {'✓' if each['ok'] else '✗'} {each['name']:<26}{each['seconds']:>7.3f} s  {each['detail']}"
            for each in answer["checks"]
        ]
    return lines


COMMAND = Command("health", "Says how every service and what it leans on is.", add_arguments, run)
