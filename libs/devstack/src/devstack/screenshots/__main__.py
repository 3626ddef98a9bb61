"""Photograph the running thing: all of it for critical eyes, a few pictures for the README."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from devstack.demo.chromium import running_chromium
from devstack.places import ROOT
from devstack.screenshots.album import Album
from devstack.screenshots.kept import keep_pictures
from devstack.screenshots.mails import photograph_mails
from devstack.screenshots.roles import CAST, Role, open_role
from devstack.screenshots.walk import walk

TARGET = ROOT / "var" / "screenshots"


def main() -> int:
    """Return 1 when a page is broken: not answered, or wider than a phone."""
    world = json.loads(Path(sys.argv[1]).read_text())
    only = sys.argv[2:]
    album = Album(TARGET)
    with running_chromium() as browser:
        for language in ("en", "ja"):
            for role in (role for role in CAST if not only or role.name in only):
                photograph(browser, world, role, language, album)
        if not only:
            keep_pictures(browser, world)
        if not only or "mails" in only:
            photograph_mails(browser, TARGET / "mails")
    album.write_index()
    print(f"✓ {album.count} pictures in {TARGET.relative_to(ROOT)}", flush=True)
    for trouble in album.troubles:
        print(f"✗ {trouble}", flush=True)
    return int(bool(album.troubles))


def photograph(
    browser: Browser, world: Mapping[str, Any], role: Role, language: str, album: Album
) -> None:
    """Take every page that this role finds."""
    with open_role(browser, world, role, language) as (page, starts):

        def see(name: str, on: Page) -> None:
            album.add(on, f"{role.name}-{name}", language)

        walk(page, starts, see, album.troubles)


if __name__ == "__main__":
    sys.exit(main())
