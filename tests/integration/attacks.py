"""What attackers need: every public route as the apps name it, raw requests, signed-in people."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, sign_in_buyer
from devstack.demo.staff import sign_in_staff
from devstack.testing.any_stack import AnyStack
from devstack.world import cast

SERVICES = ("links", "identity", "catalog", "checkout", "notifications")
INNER = ("/internal/", "/health", "/metrics")
NOBODY = UUID("018d0000-0000-7000-8000-00000000dead")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One rule of one service's url_map."""

    service: str
    rule: str
    methods: frozenset[str]

    def path(self, token: str, unknown: UUID = NOBODY) -> str:
        """Return an address of the rule: the link's token, and ids that nothing has."""

        def fill(found: re.Match[str]) -> str:
            if found[1] == "uuid":
                return str(unknown)
            return token if found[2] == "token" else "x"

        return PARAMETER.sub(fill, self.rule)


def public_routes(stack: AnyStack) -> list[Route]:
    """Return every route of the five services that the gateway is meant to let through."""
    return [route for name in SERVICES for route in _routes(stack, name)]


def _routes(stack: AnyStack, service: str) -> Iterator[Route]:
    """Ask the app in a process of its own: two services' tables do not fit into one."""
    told = subprocess.run(
        [sys.executable, "-c", TELL_ROUTES, service],
        env={**os.environ, **stack.environment(service)},
        capture_output=True,
        text=True,
        check=True,
    )
    for rule, methods in json.loads(told.stdout.splitlines()[-1]):
        if not rule.startswith(INNER):
            yield Route(service, rule, frozenset(methods) - {"HEAD", "OPTIONS"})


TELL_ROUTES = """
import importlib, inspect, json, os, sys
service = sys.argv[1]
own = importlib.import_module(service + ".settings").Settings.from_env(os.environ)
create = importlib.import_module(service + ".app").create_app
if "deps" in inspect.signature(create).parameters:
    own = importlib.import_module(service + ".deps").make_deps(own)
print(json.dumps([(r.rule, sorted(r.methods)) for r in create(own).url_map.iter_rules()]))
"""


def client(world: Mapping[str, Any], browser: Browser | None = None, **more: Any) -> httpx.Client:
    """Return a raw client of the gateway, with the cookies of `browser`."""
    cookies = browser._http.cookies if browser else None
    return httpx.Client(base_url=world["gateway"], cookies=cookies, timeout=20, **more)


def staff_browser(world: Mapping[str, Any], staff: cast.Staff) -> Browser:
    browser = Browser(world["gateway"])
    sign_in_staff(browser, email=staff.email, password=cast.PASSWORD)
    return browser


def buyer_browser(
    world: Mapping[str, Any], buyer: cast.Buyer, link: cast.Link = cast.STAYS
) -> Browser:
    """Return the browser of an offline buyer that is in the link's shop."""
    browser = Browser(world["gateway"])
    way = SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
    sign_in_buyer(browser, url=f"/l/{link.token}", way=way)
    return browser
