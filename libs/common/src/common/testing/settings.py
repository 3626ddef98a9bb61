"""The environment of a service under test, with fresh keys for everybody."""

import json
from collections.abc import Mapping
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

SERVICES = ("links", "identity", "catalog", "checkout", "notifications")


@cache
def make_keys() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return (private, public) PEM by service, the same for the whole test session."""
    keys = {service: Ed25519PrivateKey.generate() for service in SERVICES}
    private = {
        service: key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        for service, key in keys.items()
    }
    public = {
        service: key.public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode()
        for service, key in keys.items()
    }
    return private, public


def settings_env(
    service: str,
    *,
    database_url: str,
    cache_url: str,
    broker_url: str = "redis://127.0.0.1:1/0",
    peers: Mapping[str, str] | None = None,
    media_root: str = "var/test-media",
    **extra: str,
) -> dict[str, str]:
    """Return the environment variables for Settings.from_env; `extra` adds the service's own."""
    private, public = make_keys()
    return {
        "SERVICE": service,
        "ORDERLINK_ENV": "test",
        "DATABASE_URL": database_url,
        "BROKER_URL": broker_url,
        "CACHE_URL": cache_url,
        "SERVICE_PRIVATE_KEY": private[service],
        "SERVICE_PUBLIC_KEYS": json.dumps(public),
        "PEERS": json.dumps(dict(peers or {})),
        "PUBLIC_URL": "http://127.0.0.1:8080",
        "SECRET_KEY": "a secret of the tests",
        "MEDIA_ROOT": media_root,
        **extra,
    }
