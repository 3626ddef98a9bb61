"""What an operator's script may do. Each answers with how many rows it changed."""

from typing import Any
from uuid import UUID

from common.delivery.tables import DeliveryPause
from common.operations import acting, holding
from common.operations.deliveries import skip_delivery
from common.operations.hurrying import hurry
from common.operations.jobs import run_job_now
from common.operations.web import asking
from common.web import deps


def replay_one(asked: dict[str, Any], letter_id: UUID) -> dict[str, int]:
    """Let a dead letter be tried anew; 0 when it is none any more."""
    with deps().database.transaction() as session:
        done = acting.replay_letter(session, asking.doer(), letter_id=letter_id, **asked)
    return {"number": done}


def skip_one(asked: dict[str, Any], letter_id: UUID) -> dict[str, int]:
    """Give a dead letter up for good; 0 when it is none any more."""
    with deps().database.transaction() as session:
        done = acting.skip_letter(session, asking.doer(), letter_id=letter_id, **asked)
    return {"number": done}


def replay_many(asked: dict[str, Any]) -> dict[str, int]:
    """Replay a group; 409 when it does not have `expected` letters, 429 when it is too fast."""
    wanted, expected = asking.wanted_of(asked), asked["expected"]
    with deps().database.transaction() as session:
        return {"number": acting.replay_group(session, asking.doer(), wanted, expected=expected)}


def skip_many(asked: dict[str, Any]) -> dict[str, int]:
    """Skip a group; 409 when it does not have `expected` letters."""
    given = {"expected": asked["expected"], "reason": asked["reason"]}
    with deps().database.transaction() as session:
        wanted = asking.wanted_of(asked)
        return {"number": acting.skip_group(session, asking.doer(), wanted, **given)}


def skip_owed(asked: dict[str, Any]) -> dict[str, int]:
    """Never send an event to a subscriber again; 0 when nothing is owed of it any more."""
    with deps().database.transaction() as session:
        return {"number": skip_delivery(session, asking.doer(), **asked)}


def hurry_waiting(asked: dict[str, Any]) -> dict[str, int]:
    """Try what waits for a destination now; what is unknown asks its remote first."""
    with deps().database.transaction() as session:
        return {"number": hurry(session, asking.doer(), asking.destination_of(asked))}


def run_job(name: str) -> dict[str, int]:
    """Run a scheduled job as soon as a worker is free; 0 when it runs already."""
    with deps().database.transaction() as session:
        return {"number": run_job_now(session, asking.doer(), name=name)}


def begin_pause(asked: dict[str, Any]) -> list[DeliveryPause]:
    """Hold a destination back; answers with all that is held back."""
    with deps().database.transaction() as session:
        holding.pause(
            session,
            asking.doer(),
            asking.destination_of(asked),
            services=asking.services(),
            reason=asked["reason"],
        )
        return list(holding.list_pauses(session))


def end_pause(asked: dict[str, Any]) -> list[DeliveryPause]:
    """Let a destination go on; answers with what is still held back."""
    with deps().database.transaction() as session:
        holding.resume(session, asking.doer(), asking.destination_of(asked))
        return list(holding.list_pauses(session))
