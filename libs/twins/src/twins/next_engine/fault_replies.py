"""What an ordered fault does to a call (behaviours 15 to 21)."""

import time
from collections.abc import Callable, Iterator, Mapping

from flask import Response

from twins.next_engine.answers import Answer, Refused, written
from twins.next_engine.calls import Call
from twins.next_engine.faults import Fault
from twins.next_engine.perform import perform
from twins.next_engine.world import World
from twins.sockets import drop_connection

_HTML = "<html><body><h1>Service Unavailable</h1></body></html>"
_JSON = "application/json"
_DRIPS = 20


def reply_under(fault: Fault, world: World, call: Call) -> Response:
    """Carry the call out or not, answer or not, as the fault says, and note it."""
    response, outcome = _REPLIES[fault.kind](fault, world, call)
    world.journal.write(
        call.endpoint, call.form, at=world.clock.now(), outcome=outcome, fault=fault.kind
    )
    return response


Reply = tuple[Response, str]


def _error(fault: Fault, world: World, call: Call) -> Reply:
    message = fault.message if fault.message is not None else "エラーが発生しました。"
    refused = Refused(fault.code, message, tokens=fault.with_tokens)
    return _answered(perform(world, call, instead=refused))


def _overload(fault: Fault, world: World, call: Call) -> Reply:
    if call.text("wait_flag") != "1":
        return _answered(perform(world, call, instead=Refused("003002", "混み合っています。")))
    time.sleep(fault.seconds)
    code = fault.code
    return _answered(
        perform(world, call, instead=Refused(code, "混み合っています。") if code else None)
    )


def _accepted_then_lost(fault: Fault, world: World, call: Call) -> Reply:
    answer = perform(world, call)
    _mark_lost(world, call, answer)
    return _lost(fault, world, call)


def _lost(fault: Fault, world: World, call: Call) -> Reply:
    time.sleep(fault.seconds)
    drop_connection()
    return Response(), "lost"


def _http_error(fault: Fault, world: World, call: Call) -> Reply:
    _perform_unread(fault, world, call)
    return Response(_HTML, status=fault.status, content_type="text/html"), f"http {fault.status}"


def _not_json(fault: Fault, world: World, call: Call) -> Reply:
    _perform_unread(fault, world, call)
    return Response(_HTML, content_type="text/html"), "not json"


def _no_result(fault: Fault, world: World, call: Call) -> Reply:
    _perform_unread(fault, world, call)
    return Response(b'{"count":"0"}', content_type=_JSON), "no result"


def _empty(fault: Fault, world: World, call: Call) -> Reply:
    _perform_unread(fault, world, call)
    return Response(b"", content_type=_JSON), "empty"


def _slow(fault: Fault, world: World, call: Call) -> Reply:
    body = written(perform(world, call))
    return Response(_dripped(body, fault.seconds), content_type=_JSON), "slow"


def _answered(answer: Answer) -> Reply:
    outcome = str(answer.get("code") or answer["result"])
    return Response(written(answer), content_type=_JSON), outcome


def _perform_unread(fault: Fault, world: World, call: Call) -> None:
    if fault.executed:
        _mark_lost(world, call, perform(world, call))


def _mark_lost(world: World, call: Call, answer: Answer) -> None:
    """Remember of an upload that its sender cannot know of it."""
    company = world.company_of(call.text("access_token"))
    if company is None or "que_id" not in answer:
        return
    with company.lock:
        for upload in reversed(company.uploads):
            if upload.que_id == answer["que_id"]:
                upload.answer_lost = True
                return


def _dripped(body: bytes, seconds: float) -> Iterator[bytes]:
    size = max(1, len(body) // _DRIPS)
    for start in range(0, len(body), size):
        time.sleep(seconds / _DRIPS)
        yield body[start : start + size]


_REPLIES: Mapping[str, Callable[[Fault, World, Call], Reply]] = {
    "error": _error,
    "overload": _overload,
    "accepted_then_lost": _accepted_then_lost,
    "lost": _lost,
    "http_error": _http_error,
    "not_json": _not_json,
    "no_result": _no_result,
    "empty": _empty,
    "slow": _slow,
}
