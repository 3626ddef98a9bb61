"""What a process is told by its environment, read once, complete or refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


class MissingSettings(SystemExit):
    """Names every variable that is missing, in one sentence."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"These environment variables are missing: {', '.join(sorted(names))}.")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings that every service has. A service's own class adds to it."""

    service: str
    environment: str
    database_url: str
    owner_database_url: str | None
    broker_url: str
    cache_url: str
    private_key: str
    """PEM of this service's Ed25519 key, for calls to its peers."""
    public_keys: Mapping[str, str]
    """Service name to PEM: whom this service believes."""
    peers: Mapping[str, str]
    """Service name to base address."""
    public_url: str
    secret_key: str
    web_host: str
    web_port: int
    web_processes: int
    """More than one needs PROMETHEUS_MULTIPROC_DIR, or a scrape would see one of them."""
    worker_port: int
    """Where a worker shows its counts and that it lives; 0: nowhere."""
    media_root: str
    media_url: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Return the settings. Raises MissingSettings naming all that is not there."""
        return cls(**cls.read(Environment(env)))

    @classmethod
    def read(cls, env: "Environment") -> dict[str, Any]:
        """Return the fields of the class; a subclass adds its own to the parent's."""
        fields: dict[str, Any] = {
            "service": env.text("SERVICE"),
            "environment": env.text("ORDERLINK_ENV", default="production"),
            "database_url": env.text("DATABASE_URL"),
            "owner_database_url": env.text("OWNER_DATABASE_URL", default="") or None,
            "broker_url": env.text("BROKER_URL"),
            "cache_url": env.text("CACHE_URL"),
            "private_key": env.text("SERVICE_PRIVATE_KEY"),
            "public_keys": env.mapping("SERVICE_PUBLIC_KEYS"),
            "peers": env.mapping("PEERS"),
            "public_url": env.text("PUBLIC_URL").rstrip("/"),
            "secret_key": env.text("SECRET_KEY"),
            "web_host": env.text("WEB_HOST", default="127.0.0.1"),
            "web_port": int(env.text("WEB_PORT", default="0")),
            "web_processes": int(env.text("WEB_PROCESSES", default="1")),
            "worker_port": int(env.text("WORKER_PORT", default="0")),
            "media_root": env.text("MEDIA_ROOT"),
            "media_url": env.text("MEDIA_URL", default="/media"),
        }
        fields.update(cls.own(env))
        env.check()
        return fields

    @classmethod
    def own(cls, env: "Environment") -> dict[str, Any]:
        """Return the fields that a subclass adds."""
        return {}

    @property
    def is_secure(self) -> bool:
        """Whether buyers reach us by https; cookies then carry Secure and __Host-."""
        return self.public_url.startswith("https://")


class Environment:
    """Reads variables and remembers which were missing."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._missing: list[str] = []

    def text(self, name: str, *, default: str | None = None) -> str:
        value = self._env.get(name, default)
        if value is None:
            self._missing.append(name)
            return ""
        return value

    def mapping(self, name: str) -> Mapping[str, str]:
        text = self.text(name)
        return dict(json.loads(text)) if text else {}

    def check(self) -> None:
        """Raise MissingSettings if anything asked for was not there."""
        if self._missing:
            raise MissingSettings(self._missing)
