"""Keys and passwords of one stack: made once, kept in a file that only its owner reads."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from devstack.databases import roles_of
from devstack.services import SERVICES
from devstack.trouble import CannotStart


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """Everything secret that the stack's processes are told."""

    postgres: str
    """Of PostgreSQL's superuser."""
    roles: dict[str, str]
    """Password by role name."""
    private_keys: dict[str, str]
    """PEM of an Ed25519 key by service."""
    public_keys: dict[str, str]
    cookies: str
    """Signs forms' tokens."""
    mail_tokens: str
    """Makes the secrets in mails from their rows' ids."""
    stored_tokens: str
    """Encrypts other people's tokens at rest: 32 bytes, URL-safe base64."""


def load_keyring(path: Path) -> Keyring:
    """Read the file, or make it. Raises CannotStart."""
    if not path.exists():
        _write(path, make_keyring())
    try:
        return Keyring(**json.loads(path.read_text()))
    except (ValueError, TypeError) as wrong:
        raise CannotStart(f"{path} cannot be read: run make reset to begin anew.") from wrong
    except PermissionError as wrong:
        raise CannotStart(f"{path} belongs to another user: run this as that user.") from wrong


def make_keyring() -> Keyring:
    """Return a new one."""
    keys = {service: Ed25519PrivateKey.generate() for service in SERVICES}
    return Keyring(
        postgres=secrets.token_urlsafe(24),
        roles={role: secrets.token_urlsafe(24) for name in SERVICES for role in roles_of(name)},
        private_keys={name: _private_pem(key) for name, key in keys.items()},
        public_keys={name: _public_pem(key) for name, key in keys.items()},
        cookies=secrets.token_urlsafe(32),
        mail_tokens=secrets.token_urlsafe(32),
        stored_tokens=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    )


def _write(path: Path, keyring: Keyring) -> None:
    """Write all of it or nothing: a start may be cut off at any point."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(keyring), file, indent=2)
    draft.replace(path)


def _private_pem(key: Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public_pem(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
