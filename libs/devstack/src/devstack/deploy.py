"""`python -m devstack.deploy`: fresh keys and passwords for docker-compose.yml, as an .env file."""

import json
import sys

from devstack.keyring import Keyring, make_keyring
from devstack.services import SERVICES

TO_COMPLETE = {
    "PUBLIC_URL": "http://127.0.0.1:8080",
    "PUBLIC_SCHEME": "http",
    "SMTP_URL": "smtp://mail.example:25",
    "MAIL_FROM": "Orderlink <orders@orderlink.example>",
    "NEXT_ENGINE_CLIENT_ID": "to-be-filled-in",
    "NEXT_ENGINE_CLIENT_SECRET": "to-be-filled-in",
    "STRIPE_SECRET_KEY": "",
    "STRIPE_WEBHOOK_SECRET": "",
}


def env_file(keyring: Keyring) -> str:
    """Return the file: one variable a line, quoted as Compose reads it."""
    values = {
        **TO_COMPLETE,
        "POSTGRES_PASSWORD": keyring.postgres,
        "SECRET_KEY": keyring.cookies,
        "MAIL_SECRET_KEY": keyring.mail_tokens,
        "TOKEN_ENCRYPTION_KEY": keyring.stored_tokens,
        "SERVICE_PUBLIC_KEYS": json.dumps(keyring.public_keys),
    }
    for service in SERVICES:
        values[f"{service.upper()}_PRIVATE_KEY"] = keyring.private_keys[service]
        for part in ("owner", "app"):
            role = f"{service}_{part}"
            values[f"{role.upper()}_PASSWORD"] = keyring.roles[role]
    return "".join(f"{name}='{value}'\n" for name, value in values.items())


if __name__ == "__main__":
    sys.stdout.write(env_file(make_keyring()))
