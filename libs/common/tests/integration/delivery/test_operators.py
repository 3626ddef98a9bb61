"""What operators do to queues: replay, skip, pause, resume; each of it logged, none of it twice."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from common.delivery import Dead, Done
from common.delivery.outbound_leases import claim_call
from common.delivery.relay import relay_due
from common.delivery.sweeper import sweep
from common.errors import Invalid
from common.operations.acting import replay_group, replay_letter, skip_group, skip_letter
from common.operations.groups import list_groups
from common.operations.holding import Destination, NotPaused, pause, resume
from common.operations.hurrying import hurry
from common.operations.letters import FIRST_LEAF, Leaf, Wanted, list_letters
from common.operations.overview import Overview, read_overview
from common.operations.refusals import AlreadyPaused, LetterNotFound, NumberChanged

from .conftest import Toy
from .operating import ADA, NAME, actions, do, kill_events, letters
from .test_inbox import make_due, receive, wire
from .test_outbound import make_kind, plan, run_due
from .test_outbox import publish_at_once, remember

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
WHO = ("alpha", "beta")


@pytest.fixture(autouse=True)
def _as_alpha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE", "alpha")


def see(toy: Toy) -> Overview:
    return do(toy, read_overview)  # type: ignore[no-any-return]


@pytest.mark.rule("I14")
def test_a_replayed_event_is_handled_once_however_often_it_is_replayed(alpha: Toy) -> None:
    kill_events(alpha, 1, 2)
    [newer, older] = letters(alpha)
    assert newer.id > older.id
    assert (older.kind, older.name, older.attempts) == ("event", NAME, 8)

    assert do(alpha, replay_letter, ADA, kind="event", letter_id=older.id) == 1
    assert do(alpha, replay_letter, ADA, kind="event", letter_id=older.id) == 0
    sweep(alpha.database)
    assert do(alpha, replay_letter, ADA, kind="event", letter_id=older.id) == 0
    make_due(alpha)
    sweep(alpha.database)

    assert alpha.count("ledger") == 1
    assert [each.id for each in letters(alpha)] == [newer.id]
    assert actions(alpha) == [("letter_replayed", 1, None)]


def test_what_dies_again_has_all_its_attempts_before(alpha: Toy) -> None:
    kill_events(alpha, -1)
    do(alpha, replay_letter, ADA, kind="event", letter_id=letters(alpha)[0].id)
    for attempt in range(1, 9):
        assert alpha.count("inbox where dead_at is null") == 1, attempt
        make_due(alpha)
        sweep(alpha.database)
    assert [each.error for each in letters(alpha)] == ["RuntimeError: poison"]


def test_a_skipped_event_never_happens_and_says_why(alpha: Toy) -> None:
    kill_events(alpha, 1)
    [letter] = letters(alpha)
    with pytest.raises(Invalid):
        do(alpha, skip_letter, ADA, kind="event", letter_id=letter.id, reason="  ")
    given = {"kind": "event", "letter_id": letter.id, "reason": "asked  for twice"}
    assert do(alpha, skip_letter, ADA, **given) == 1
    assert do(alpha, skip_letter, ADA, **given) == 0
    assert do(alpha, replay_letter, ADA, kind="event", letter_id=letter.id) == 0
    make_due(alpha)
    sweep(alpha.database)
    assert alpha.count("ledger") == len(letters(alpha)) == 0
    skipped = "inbox where skip_reason = 'asked for twice' and skipped_by = 'Ada'"
    assert alpha.count(f"{skipped} and processed_at is not null and skipped_at is not null") == 1
    assert actions(alpha) == [("letter_skipped", 1, "asked for twice")]


def test_a_group_is_what_was_told_or_nothing_happens(alpha: Toy) -> None:
    kill_events(alpha, 1, 2)
    kill_events(alpha, 3, error="LookupError: ada@example.com is not there")
    many, one = do(alpha, list_groups)
    assert (many.number, many.error, one.number) == (2, "RuntimeError: poison", 1)
    assert one.error == "LookupError: …@… is not there"
    all_of_it = Wanted(kind="event", name=NAME)
    same_error = Wanted(kind="event", name=NAME, error_key=many.error_key)

    for expected in (1, 3):
        with pytest.raises(NumberChanged):
            do(alpha, replay_group, ADA, same_error, expected=expected)
    assert do(alpha, replay_group, ADA, same_error, expected=2) == 2
    assert do(alpha, skip_group, ADA, all_of_it, expected=1, reason="too late") == 1
    sweep(alpha.database)
    assert (alpha.count("ledger"), see(alpha).dead) == (2, 0)
    assert actions(alpha) == [("group_replayed", 2, None), ("group_skipped", 1, "too late")]


def test_a_dead_call_is_replayed_as_unknown_or_skipped_and_stays_dead(alpha: Toy) -> None:
    first, second = plan(alpha, recipient="a"), plan(alpha, recipient="b")
    for _ in range(2):
        run_due(alpha, lambda *_: Dead("550 no such box <a@b.example>"))
    assert [each.error for each in letters(alpha, kind="call")] == ["550 no such box <…@…>"] * 2
    assert do(alpha, replay_letter, ADA, kind="call", letter_id=first) == 1
    assert do(alpha, skip_letter, ADA, kind="call", letter_id=second, reason="gone") == 1
    assert see(alpha).state == "quiet"
    assert alpha.count("outbound_call where state = 'dead' and skip_reason = 'gone'") == 1
    seen: list[str] = []
    run_due(alpha, lambda _, call: seen.append(call.previous_state) or Done())
    assert seen == ["unknown"]
    with pytest.raises(LetterNotFound):
        do(alpha, replay_letter, ADA, kind="event", letter_id=first)


def test_a_paused_subscriber_is_sent_nothing_and_the_other_one_all(alpha: Toy) -> None:
    sent: list[tuple[str, int]] = []
    beta = Destination(kind="subscriber", name="beta")
    do(alpha, pause, ADA, beta, services=WHO, reason="beta is moved")
    with pytest.raises(AlreadyPaused):
        do(alpha, pause, ADA, beta, services=WHO, reason="beta is moved")
    publish_at_once(alpha, 3)
    relay_due(alpha.database, remember(sent))
    assert sent == [("alpha", 3)]
    assert [each.is_paused for each in see(alpha).outbox] == [False, True]
    assert see(alpha).state == "amber"
    do(alpha, resume, ADA, beta)
    relay_due(alpha.database, remember(sent))
    assert sent == [("alpha", 3), ("beta", 3)]
    with pytest.raises(NotPaused):
        do(alpha, resume, ADA, beta)
    assert actions(alpha) == [("paused", 1, "beta is moved"), ("resumed", 1, None)]


def test_a_paused_handler_gets_its_events_afterwards(alpha: Toy) -> None:
    receive(alpha, wire(alpha, 1))
    handler = Destination(kind="handler", name=NAME)
    do(alpha, pause, ADA, handler, services=WHO, reason="a bug")
    receive(alpha, wire(alpha, 2))
    make_due(alpha)
    sweep(alpha.database)
    assert alpha.count("ledger") == 1
    assert alpha.count("inbox where attempts = 0 and processed_at is null") == 1
    do(alpha, resume, ADA, handler)
    sweep(alpha.database)
    assert alpha.count("ledger") == 2


def test_an_effect_is_paused_as_a_whole_or_for_one_recipient(alpha: Toy) -> None:
    for key in ("one", "two", None):
        plan(alpha, recipient=str(key), one_at_a_time=key)
    kind = make_kind(lambda *_: Done())

    def claimed() -> str | None:
        call = claim_call(alpha.database, kind)
        return str(call.recipient) if call else None

    whole, one = (Destination(kind="effect", name="letter", key=key) for key in ("", "one"))
    do(alpha, pause, ADA, whole, services=WHO, reason="their maintenance")
    assert claimed() is None
    do(alpha, pause, ADA, one, services=WHO, reason="their maintenance")
    do(alpha, resume, ADA, whole)
    assert {claimed(), claimed()} == {"two", "None"}
    assert claimed() is None
    do(alpha, resume, ADA, one)
    assert claimed() == "one"


def test_what_a_service_never_had_to_do_with_is_not_paused(alpha: Toy) -> None:
    for kind, name, key in (
        ("subscriber", "gamma", ""),
        ("subscriber", "beta", "x"),
        ("handler", "alpha.thing_hapened.v1", ""),
        ("effect", "lettre", ""),
    ):
        wrong = Destination(kind=kind, name=name, key=key)
        with pytest.raises(Invalid):
            do(alpha, pause, ADA, wrong, services=WHO, reason="a try")


def test_waiting_calls_are_tried_now(alpha: Toy) -> None:
    plan(alpha, after=300)
    letter = Destination(kind="effect", name="letter")
    assert do(alpha, hurry, ADA, letter) == 1
    assert do(alpha, hurry, ADA, letter) == 0
    assert claim_call(alpha.database, make_kind(lambda *_: Done())) is not None
    assert actions(alpha) == [("hurried", 1, None)]


def test_letters_are_leafed_through_newest_first(alpha: Toy) -> None:
    for number in range(1, 4):
        kill_events(alpha, number)
    plan(alpha)
    run_due(alpha, lambda *_: Dead("no"))
    seen, leaf = [], Leaf(limit=1)
    for _ in range(4):
        page = do(alpha, list_letters, Wanted(), leaf)
        seen += page.rows
        leaf = Leaf(limit=1, after=page.next_after or FIRST_LEAF.after)
    assert page.next_after is None
    assert [each.kind for each in seen] == ["call", "event", "event", "event"]
    assert len({each.id for each in seen}) == 4
    assert [each.since for each in seen] == sorted((each.since for each in seen), reverse=True)


def test_nobody_rewrites_the_log(alpha: Toy) -> None:
    kill_events(alpha, 1)
    do(alpha, replay_letter, ADA, kind="event", letter_id=letters(alpha)[0].id)
    for statement in ("update operator_log set actor_name = 'Eve'", "delete from operator_log"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            alpha.run(statement)


def test_the_log_goes_with_its_deed(alpha: Toy) -> None:
    kill_events(alpha, 1)

    def act_and_fail(session: Session) -> None:
        replay_letter(session, ADA, kind="event", letter_id=letters(alpha)[0].id)
        session.execute(text("select 1 / 0"))

    with pytest.raises(Exception, match="division"):
        do(alpha, act_and_fail)
    assert (actions(alpha), len(letters(alpha))) == ([], 1)
