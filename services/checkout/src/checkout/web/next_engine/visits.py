"""A sign-in that is not confirmed yet: kept encrypted for ten minutes, for one staff session."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import redis

from checkout.deps import deps
from checkout.gateways.next_engine.shops import Destination
from checkout.gateways.next_engine.sign_in import Company
from checkout.gateways.next_engine.tokens import Tokens
from common.errors import NotFound, Unavailable
from common.ids import new_id

LIFETIME_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose sign-in it was and where its orders could go."""

    company: Company
    destinations: list[Destination]


class HeldTokens:
    """The TokenKeeper of a sign-in that nobody else knows of."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield

    def read(self) -> Tokens:
        return self._tokens

    def save(self, tokens: Tokens) -> None:
        self._tokens = tokens


def keep_visit(visit: Visit, *, session_id: UUID) -> UUID:
    """Keep the visit for this session; return its id. Raises Unavailable."""
    visit_id = new_id()
    written = json.dumps(asdict(visit), default=datetime.isoformat).encode()
    with _cache() as cache:
        cache.set(_key(visit_id, session_id), deps().cipher.encrypt(written), ex=LIFETIME_SECONDS)
    return visit_id


def read_visit(visit_id: UUID, *, session_id: UUID) -> Visit:
    """Return the visit. Raises NotFound when it is over or another's, and Unavailable."""
    with _cache() as cache:
        kept = cache.get(_key(visit_id, session_id))
    if not isinstance(kept, bytes):
        raise NotFound("This sign-in has ended. Please begin again.")
    read = json.loads(deps().cipher.decrypt(kept))
    return Visit(_company(read["company"]), [Destination(**each) for each in read["destinations"]])


def forget_visit(visit_id: UUID, *, session_id: UUID) -> None:
    with _cache() as cache:
        cache.delete(_key(visit_id, session_id))


def _company(read: dict[str, Any]) -> Company:
    tokens = read["tokens"]
    ends = (datetime.fromisoformat(tokens[f"{name}_ends_at"]) for name in ("access", "refresh"))
    pair = Tokens(tokens["access"], tokens["refresh"], *ends)
    return Company(read["company_id"], read["name"], pair)


@contextmanager
def _cache() -> Iterator["redis.Redis"]:
    try:
        yield deps().cache
    except redis.RedisError as away:
        raise Unavailable("Please try again in a moment.") from away


def _key(visit_id: UUID, session_id: UUID) -> str:
    return f"next_engine_visit:{session_id}:{visit_id}"
