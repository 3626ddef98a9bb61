"""What every service leans on: its database, the cache, the broker, its peers."""

from collections.abc import Mapping
from functools import partial

import redis
from sqlalchemy.exc import SQLAlchemyError

from common.deps import BaseDeps
from common.errors import Refusal
from common.health.checking import Check, Unwell
from common.health.progress import (
    check_canaries,
    check_deliveries,
    check_inbox,
)
from common.schema_version import NotMigrated, read_schema
from common.watching.broker import broker_answers

PEER_SECONDS = 1.0


def usual_checks(deps: BaseDeps) -> Mapping[str, Check]:
    """Return the checks by name; `peer <service>` for every other service that we may ask."""
    others = sorted(set(deps.settings.peers) - {deps.settings.service})
    return {
        "database": check_database,
        "session copies": check_cache,
        "broker": check_broker,
        **{f"peer {name}": partial(check_peer, name) for name in others},
        "oldest unsent delivery": check_deliveries,
        "oldest unprocessed event": check_inbox,
        "canaries": check_canaries,
    }


def check_database(deps: BaseDeps) -> str:
    """Our own database answers and has the tables that this release means."""
    try:
        with deps.database.transaction() as session:
            return f"schema {read_schema(session, deps.settings.service)}"
    except NotMigrated as why:
        raise Unwell(str(why)) from why
    except SQLAlchemyError as away:
        raise Unwell("does not answer") from away


def check_cache(deps: BaseDeps) -> str:
    try:
        deps.cache.ping()
    except redis.RedisError as away:
        raise Unwell("does not answer; identity is asked for every session") from away
    return "answers"


def check_broker(deps: BaseDeps) -> str:
    if not broker_answers(deps.settings.broker_url):
        raise Unwell("does not answer; events wait in the outbox")
    return "answers"


def check_peer(name: str, deps: BaseDeps) -> str:
    """The peer takes our token and answers a question from its database, the one that all answer."""
    try:
        deps.peers.ask(name, "deliveries/held", {"event_ids": []}, again=False, within=PEER_SECONDS)
    except Refusal as refused:
        raise Unwell(f"does not answer us: {refused.code}") from refused
    return "answers"
