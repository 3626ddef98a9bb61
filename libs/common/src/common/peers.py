"""Questions to the other services: one hop, short timeouts, answers at most 2 s old.

Every question is a POST under /internal/v1 that changes nothing unless its contract says so,
hence a lost connection is tried once more; placing an order asks with `fresh=True` (D21).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

import redis
import structlog
from urllib3 import BaseHTTPResponse, Timeout, connection_from_url
from urllib3.exceptions import HTTPError, ProtocolError

from common.context import current_trace
from common.errors import FieldError, Refusal, Unavailable, refusal_of
from common.service_tokens import TokenMaker
from common.tracing import span

log = structlog.get_logger()

USUAL = Timeout(connect=1.0, read=4.0)
KEPT = 32
"""Connections to a peer that stay open between questions."""
ANSWER_TTL_MS = 2000
HANDS = 16
"""Questions that may be asked ahead at once: no fewer than a server has threads (common.web.serve)."""
T = TypeVar("T")


class Peers:
    """Asks peers by name over pooled connections."""

    def __init__(
        self, *, addresses: Mapping[str, str], tokens: TokenMaker, cache: "redis.Redis"
    ) -> None:
        self._pools = {
            service: connection_from_url(address, maxsize=KEPT, retries=False)
            for service, address in addresses.items()
        }
        self._paths = {service: urlsplit(address).path for service, address in addresses.items()}
        self._tokens = tokens
        self._cache = cache
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="ahead")

    def ask(
        self,
        service: str,
        question: str,
        body: Mapping[str, Any],
        *,
        fresh: bool = False,
        again: bool = True,
        within: float | None = None,
    ) -> dict[str, Any]:
        """Return the answer. `again=False` for a question that changes something there.

        `within`: seconds for each step of the way, and one try, for who can live without the answer.
        Raises the peer's own refusal (NotFound, Conflict, …) or Unavailable.
        """
        limit = USUAL if within is None else Timeout(connect=within, read=within)
        tries = 2 if again and within is None else 1
        if fresh or not again:
            return self._post(service, question, body, tries=tries, limit=limit)
        key = _cache_key(service, question, body)
        kept = self._kept(key)
        if kept is None:
            kept = self._post(service, question, body, tries=tries, limit=limit)
            self._keep(key, kept)
        return kept

    def ahead(self, ask: Callable[[], T]) -> Callable[[], T]:
        """Begin to ask; return what waits for the answer, or raises what asking raised.

        For an answer that is needed only after something else that waits, too.
        """
        return self._hands.submit(copy_context().run, ask).result

    def close(self) -> None:
        self._hands.shutdown(wait=False)
        for pool in self._pools.values():
            pool.close()

    def _post(
        self,
        service: str,
        question: str,
        body: Mapping[str, Any],
        *,
        tries: int,
        limit: Timeout,
    ) -> dict[str, Any]:
        pool, asked = self._pools[service], json.dumps(body)
        path = f"{self._paths[service]}/internal/v1/{question}"
        for left in reversed(range(tries)):
            try:
                with span(f"ask {service} {question}", kind="client"):
                    reply = pool.urlopen(
                        "POST", path, asked, headers=self._headers(service), timeout=limit
                    )
                _demand_whole(reply)
            except HTTPError as lost:
                if left:
                    continue
                log.warning("peer unreachable", peer=service, question=question)
                raise Unavailable(f"{service} does not answer.", code="peer_down") from lost
            return _answer(reply, service)
        raise Unavailable(f"{service} was not asked.")

    def _headers(self, service: str) -> dict[str, str]:
        headers = {
            "Authorization": f"Bearer {self._tokens.token_for(service)}",
            "Content-Type": "application/json",
        }
        trace = current_trace()
        if trace:
            headers["X-Request-Id"] = trace.request_id
            if trace.traceparent:
                headers["traceparent"] = trace.traceparent
        return headers

    def _kept(self, key: str) -> dict[str, Any] | None:
        try:
            value = self._cache.get(key)
        except redis.RedisError:
            return None
        return dict(json.loads(value)) if isinstance(value, bytes) else None

    def _keep(self, key: str, answer: Mapping[str, Any]) -> None:
        try:
            self._cache.set(key, json.dumps(answer), px=ANSWER_TTL_MS)
        except redis.RedisError:
            log.warning("answer not kept")


def _cache_key(service: str, question: str, body: Mapping[str, Any]) -> str:
    asked = json.dumps(body, sort_keys=True).encode()
    return f"answer:{service}:{question}:{hashlib.sha256(asked).hexdigest()}"


def _demand_whole(reply: BaseHTTPResponse) -> None:
    """Raise ProtocolError for an answer that was cut in its head.

    Python takes what came for the whole head, and the body for empty; one that is cut itself is
    noticed by its length, which every answer of ours tells.
    """
    if reply.status != HTTPStatus.NO_CONTENT and not reply.headers.get("Content-Length"):
        raise ProtocolError("The answer does not tell its length.")


def _answer(reply: BaseHTTPResponse, service: str) -> dict[str, Any]:
    if 200 <= reply.status < 300:
        return dict(json.loads(reply.data)) if reply.data else {}
    kind: type[Refusal] = refusal_of(reply.status)
    if kind is Unavailable or reply.status == 401:
        raise Unavailable(f"{service} cannot answer now.", code="peer_down")
    problem = json.loads(reply.data)
    errors = [FieldError(e["field"], e["code"], e["detail"]) for e in problem.get("errors", [])]
    raise kind(
        problem.get("detail", ""), code=problem.get("code"), rule=problem.get("rule"), errors=errors
    )
