"""Plays the main job on the running system, or on one that it starts and stops itself."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from devstack.demo.buyer import SignIn
from devstack.demo.consequences import wait_for
from devstack.demo.form import Unexpected
from devstack.demo.main_job import Play, play_main_job
from devstack.told import told
from devstack.world import cast


def main() -> None:
    options = argparse.ArgumentParser(prog="make demo")
    options.add_argument("--world", type=Path, default=Path("var/demo.json"))
    options.add_argument("--gateway", help="play there, where `devstack.world` was loaded, too")
    options.add_argument("--twins", help="where that system's twins are (the same host, port 8090)")
    given = options.parse_args()
    if given.gateway:
        url = given.gateway.rstrip("/")
        sys.exit(demonstrate(told(url, given.twins or f"http://{urlsplit(url).hostname}:8090")))
    sys.exit(demonstrate(json.loads(given.world.read_text())))


def demonstrate(world: Mapping[str, Any]) -> int:
    """Play with an offline buyer; return the exit code."""
    buyer = world["buyers"]["aoyama"]
    stamp = datetime.now(UTC).strftime("%d %b %H:%M:%S")
    play = Play(
        way=SignIn("offline_login", buyer["email"], buyer["password"]),
        transition=True,
        link_name=f"Demo of {stamp}",
        catalogs=tuple(dict(catalog.names)["en"] for catalog in cast.CATALOGS),
        recipient=cast.AOYAMA.contact_email,
    )
    try:
        wait_for("an answer of the gateway", lambda: answers(world["gateway"]), patience=60)
        played = play_main_job(world, play, lambda words: print(f"✓ {words}", flush=True))
    except (Unexpected, httpx.HTTPError) as wrong:
        print(f"✗ {wrong}", flush=True)
        return 1
    print(f"Every consequence was observed ({', '.join(played.outcomes)}).")
    return 0


def answers(gateway: str) -> bool:
    """Whether the first page is there: `docker compose up -d` returns a moment before it is."""
    try:
        return httpx.get(f"{gateway}/signin", timeout=20).is_success
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    main()
