"""How the broker is, seen from a worker: whether it answers, and how full its memory is."""

import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import redis
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

SECONDS = 1.0
PORTS = {"amqp": 5672, "amqps": 5671}
KEPT_SECONDS = 4.0


class BrokerReader(Collector):
    """Asks the broker anew when somebody looks. RabbitMQ tells its memory itself."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._until, self._kept = 0.0, list[Metric]()

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = list(self._read())
                self._until = time.monotonic() + KEPT_SECONDS
            yield from self._kept

    def _read(self) -> Iterator[Metric]:
        if self._url.startswith("amqp"):
            yield _gauge("answers", "1 when the broker answers, else 0.", _is_open(self._url))
            return
        memory = _memory(self._url)
        yield _gauge("answers", "1 when the broker answers, else 0.", float(memory is not None))
        if memory:
            limit = memory.get("maxmemory") or memory.get("total_system_memory", 0)
            yield _gauge("memory_bytes", "Memory the broker uses.", memory.get("used_memory", 0))
            yield _gauge("memory_limit_bytes", "Memory the broker may use.", limit)


def broker_answers(url: str) -> bool:
    """Return whether the broker answers within a second or two."""
    return bool(_is_open(url)) if url.startswith("amqp") else _memory(url) is not None


def _memory(url: str) -> dict[str, float] | None:
    """Return what the broker says of its memory; {} where we may not ask, None without an answer."""
    client = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        return {name: float(value) for name, value in _numbers(client.info("memory"))}
    except redis.exceptions.NoPermissionError:
        return {}
    except redis.RedisError:
        return None
    finally:
        client.close()


def _numbers(told: object) -> Iterator[tuple[str, float]]:
    if isinstance(told, dict):
        yield from ((str(k), v) for k, v in told.items() if isinstance(v, int | float))


def _is_open(url: str) -> float:
    parts = urlsplit(url)
    try:
        socket.create_connection(
            (parts.hostname or "", parts.port or PORTS[parts.scheme]), SECONDS
        ).close()
    except OSError:
        return 0.0
    return 1.0


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"orderlink_broker_{name}", meaning, value=value)
