"""What each process is told by its environment, composed in this one place."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from devstack.addresses import Addresses
from devstack.databases import roles_of
from devstack.keyring import Keyring
from devstack.places import Places
from devstack.servers.ports import LOOPBACK

INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "FAILPOINTS")
"""Of our own environment; and all that begins with one of PREFIXES."""
DETOURS = "DEVSTACK_DETOURS"
"""Ports by the name of whom they lead to, as JSON: tests put a bad network between the parts."""
PREFIXES = ("DELIVERY_", "OTEL_", "PYTHON")


@dataclass(frozen=True, kw_only=True)
class Stack:
    """All that one running stack consists of before it runs."""

    places: Places
    addresses: Addresses
    keyring: Keyring
    mode: str = "development"
    """ORDERLINK_ENV."""
    is_durable: bool = True
    """Whether PostgreSQL waits for the disk."""


def service_environment(stack: Stack, service: str) -> dict[str, str]:
    """Return the variables of a service's web and worker processes."""
    _, app = roles_of(service)
    return {
        **inherited(),
        "SERVICE": service,
        "ORDERLINK_ENV": stack.mode,
        "DATABASE_URL": database_url(stack, service, role=app),
        "BROKER_URL": f"redis://{LOOPBACK}:{way_to(stack, 'broker')}/0",
        "CACHE_URL": f"redis://{LOOPBACK}:{way_to(stack, 'cache')}/0",
        "SERVICE_PRIVATE_KEY": stack.keyring.private_keys[service],
        "SERVICE_PUBLIC_KEYS": json.dumps(stack.keyring.public_keys),
        "PEERS": json.dumps({peer: _url_to(stack, peer) for peer in stack.addresses.peers}),
        "PUBLIC_URL": stack.addresses.public_url,
        "SECRET_KEY": stack.keyring.cookies,
        "WEB_HOST": LOOPBACK,
        "WEB_PORT": str(stack.addresses.inner[service]),
        "WORKER_PORT": str(stack.addresses.inner[f"{service}-worker"]),
        "MEDIA_ROOT": str(stack.places.media),
        "MEDIA_URL": "/media",
        **own_environment(stack, service),
    }


def owner_environment(stack: Stack, service: str) -> dict[str, str]:
    """Return what a migration is told beside that: the role that owns the tables."""
    owner, _ = roles_of(service)
    return {
        **service_environment(stack, service),
        "OWNER_DATABASE_URL": database_url(stack, service, role=owner),
    }


def own_environment(stack: Stack, service: str) -> Mapping[str, str]:
    """Return the variables that only this service has."""
    twins, twins_page = _url_to(stack, "twins"), stack.addresses.twins_url
    known: Mapping[str, Mapping[str, str]] = {
        "identity": {"MAIL_SECRET_KEY": stack.keyring.mail_tokens},
        "notifications": {
            "SMTP_URL": f"smtp://{LOOPBACK}:{way_to(stack, 'smtp')}",
            "MAIL_FROM": "Orderlink <orders@orderlink.example>",
            "WEBHOOK_ALLOW_LOOPBACK": "1",
        },
        "checkout": {
            "NEXT_ENGINE_API_URL": f"{twins}/next-engine",
            "NEXT_ENGINE_LOGIN_URL": f"{twins_page}/next-engine",
            # Those of the twin's one registered application.
            "NEXT_ENGINE_CLIENT_ID": "orderlink-demo",
            "NEXT_ENGINE_CLIENT_SECRET": "next-engine-demo-secret",
            "TOKEN_ENCRYPTION_KEY": stack.keyring.stored_tokens,
            "NEXT_ENGINE_DOUBT_SECONDS": "10",
            # The twin's; its payment pages are at its own address.
            "STRIPE_SECRET_KEY": "sk_test_orderlink_demo",
            "STRIPE_WEBHOOK_SECRET": "whsec_orderlink_demo",
            "STRIPE_API_URL": f"{twins}/stripe",
            "STRIPE_PAGE_ORIGIN": twins_page,
        },
    }
    return known.get(service, {})


def twins_environment(stack: Stack) -> dict[str, str]:
    """Return the variables of the outside world's stand-ins."""
    return {
        **inherited(),
        "ORDERLINK_ENV": stack.mode,
        "TWINS_HTTP_PORT": str(stack.addresses.inner["twins"]),
        "TWINS_SMTP_PORT": str(stack.addresses.inner["smtp"]),
        "TWINS_NEXT_ENGINE_REDIRECT_URI": f"{stack.addresses.public_url}/next-engine/callback",
        "TWINS_STRIPE_WEBHOOK_URL": f"{stack.addresses.public_url}/webhooks/stripe",
    }


def database_url(stack: Stack, service: str, *, role: str) -> str:
    port = way_to(stack, "postgres")
    return f"postgresql+psycopg://{role}:{stack.keyring.roles[role]}@{LOOPBACK}:{port}/{service}"


def inherited() -> dict[str, str]:
    """Return what our own environment gives on to every process."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in INHERITED or name.startswith(PREFIXES)
    }


def _url_to(stack: Stack, name: str) -> str:
    return f"http://{LOOPBACK}:{way_to(stack, name)}"


def way_to(stack: Stack, name: str, *, by: str = "") -> int:
    """Return the port by which others reach it: its own, or a detour's that a test has made.

    `by` is who has detours of its own: the gateway's are named `gateway-links` and so on.
    """
    detours: Mapping[str, int] = json.loads(os.environ.get(DETOURS) or "{}")
    return int(detours.get(f"{by}-{name}" if by else name, stack.addresses.inner[name]))
