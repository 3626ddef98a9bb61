"""`python -m devstack.deploy`: fresh keys and passwords for docker-compose.yml, as an .env file."""

import argparse
import json
import secrets
import sys
from collections.abc import Mapping

from devstack.keyring import Keyring, make_keyring
from devstack.services import SERVICES

TO_COMPLETE = {
    "PUBLIC_URL": "https://orderlink.example",
    "PUBLIC_SCHEME": "https",
    "SMTP_URL": "smtp://mail.example:25",
    "MAIL_FROM": "Orderlink <orders@orderlink.example>",
    "NEXT_ENGINE_CLIENT_ID": "to-be-filled-in",
    "NEXT_ENGINE_CLIENT_SECRET": "to-be-filled-in",
    "STRIPE_SECRET_KEY": "",
    "STRIPE_WEBHOOK_SECRET": "",
}
OTHERS = ("RABBITMQ", "MONITOR", "GRAFANA")
LOOPBACK = "http://127.0.0.1"


def demo_values(*, port: int, twins_port: int) -> dict[str, str]:
    """Return what a trial is told instead: the twins in place of the outside world."""
    twins = f"{LOOPBACK}:{twins_port}"
    return {
        "ORDERLINK_ENV": "development",
        "COMPOSE_PROFILES": "demo",
        "PUBLIC_URL": f"{LOOPBACK}:{port}",
        "PUBLIC_SCHEME": "http",
        "GATEWAY_PORT": str(port),
        "TWINS_PORT": str(twins_port),
        "TWINS_URL": twins,
        "SMTP_URL": "smtp://mail:25",
        "NEXT_ENGINE_API_URL": "http://twins:8000/next-engine",
        "NEXT_ENGINE_LOGIN_URL": f"{twins}/next-engine",
        "NEXT_ENGINE_CLIENT_ID": "orderlink-demo",
        "NEXT_ENGINE_CLIENT_SECRET": "next-engine-demo-secret",
        "STRIPE_SECRET_KEY": "sk_test_orderlink_demo",
        "STRIPE_WEBHOOK_SECRET": "whsec_orderlink_demo",
        "STRIPE_API_URL": "http://twins:8000/stripe",
        "STRIPE_PAGE_ORIGIN": twins,
    }


def env_file(keyring: Keyring, completed: Mapping[str, str] | None = None) -> str:
    """Return the file: one variable a line, quoted as Compose reads it."""
    values = {
        **TO_COMPLETE,
        **(completed or {}),
        "POSTGRES_PASSWORD": keyring.postgres,
        **{f"{name}_PASSWORD": secrets.token_urlsafe(24) for name in OTHERS},
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


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m devstack.deploy")
    options.add_argument("--demo", action="store_true", help="for a trial, with the twins")
    options.add_argument("--port", type=int, default=8080, help="the gateway's")
    options.add_argument("--twins-port", type=int, default=8090)
    given = options.parse_args()
    completed = demo_values(port=given.port, twins_port=given.twins_port) if given.demo else {}
    sys.stdout.write(env_file(make_keyring(), completed))


if __name__ == "__main__":
    main()
