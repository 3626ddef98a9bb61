"""`orderlink ops …` beside a toy service: what it shows, what it does, what it says to nonsense."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from common.commands.__main__ import main
from common.delivery import Dead, inbox
from common.delivery.jobs import install_jobs
from common.delivery.outbound_leases import claim_call
from common.delivery.relay import relay_due
from common.delivery.sweeper import sweep

from .conftest import Toy
from .operating import NAME, kill_events
from .test_inbox import make_due, wire
from .test_outbound import make_kind, plan, run_due
from .test_outbox import publish_at_once, remember

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
Ops = Callable[..., str]


@pytest.fixture
def env(alpha: Toy, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    given = {"SERVICE": "alpha", "DATABASE_URL": alpha.url, "PEERS": '{"beta": "http://b.example"}'}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ORDERLINK_OPERATOR", raising=False)
    return given


@pytest.fixture
def ops(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Ops:
    """Give a function: words after `orderlink ops` → what it says; it must end with `status`."""

    def run(*words: str, status: int = 0) -> str:
        capsys.readouterr()
        try:
            ended = main(["ops", *words])
        except SystemExit as ended_early:
            ended = int(str(ended_early.code))
        told = capsys.readouterr()
        assert ended == status, told
        return told.err if status else told.out

    return run


def ids(said: str) -> list[str]:
    return [row["id"] for row in json.loads(said)["rows"]]


def the_log(ops: Ops) -> list[tuple[str, str, str | None]]:
    rows = json.loads(ops("log", "--json"))["rows"]
    assert all(len(row["request_id"]) == 32 and row["actor_kind"] == "command" for row in rows)
    return [(row["actor_name"], row["action"], row["reason"]) for row in reversed(rows)]


def test_an_empty_service_says_so(ops: Ops) -> None:
    assert ops("show") == (
        "alpha: quiet. 0 dead, 0 waiting, 0 late, 0 held back.\nNothing waits.\n"
    )
    for words in ("outbox list", "inbox list", "calls list"):
        assert ops(*words.split()) == "Nothing waits.\n"
    assert ops("dead", "list") == ops("dead", "groups") == "No dead letters.\n"
    assert ops("jobs", "list") == "No worker has announced any job yet.\n"
    assert ops("log") == "Nobody has done anything here yet.\n"


@pytest.mark.rule("I14")
def test_a_dead_letter_is_replayed_once_however_often_it_is_asked(alpha: Toy, ops: Ops) -> None:
    kill_events(alpha, 1, 2, error="no answer for ada@example.com")
    listed = ops("dead", "list")
    assert "no answer for …@…" in listed
    assert "ada" not in listed
    [one, other] = ids(ops("dead", "list", "--json"))
    assert ops("dead", "replay", one, "--as", "Ada L.") == "✓ 1 is tried anew.\n"
    again = ops("dead", "replay", one, "--as", "Ada L.")
    assert again == "✓ It is no dead letter any more.\n"
    sweep(alpha.database)
    ops("dead", "replay", one, "--as", "Ada L.")
    assert alpha.count("ledger") == 1
    assert ops("dead", "skip", other, "--reason", "asked  twice", "--as", "Ada L.")
    make_due(alpha)
    sweep(alpha.database)
    assert alpha.count("ledger") == 1
    assert the_log(ops) == [
        ("Ada L.", "letter_replayed", None),
        ("Ada L.", "letter_skipped", "asked twice"),
    ]


def test_a_group_is_replayed_by_its_short_name(alpha: Toy, ops: Ops) -> None:
    kill_events(alpha, 1, 2)
    kill_events(alpha, 3, error="something else")
    plan(alpha)
    run_due(alpha, lambda *_: Dead("no such box"))
    groups = {each["error"]: each for each in json.loads(ops("dead", "groups", "--json"))}
    assert groups["RuntimeError: poison"]["number"] == 2
    listed = ops("dead", "groups").splitlines()
    assert len(listed) == 4
    assert listed[1].startswith(groups["RuntimeError: poison"]["id"])
    by_error = {error: each["id"] for error, each in groups.items()}
    said = ops("dead", "replay", "--group", by_error["RuntimeError: poison"])
    assert said == "✓ 2 are tried anew.\n"
    ops("dead", "skip", "--group", by_error["no such box"], "--reason", "they moved")
    gone = ops("dead", "replay", "--group", by_error["no such box"], status=1)
    assert gone == "✗ There is no such group of dead letters.\n"
    assert [each["error"] for each in json.loads(ops("dead", "groups", "--json"))] == [
        "something else"
    ]
    assert ops("dead", "replay", "--name", NAME) == "✓ 1 is tried anew.\n"
    assert ops("dead", "skip", "--name", NAME, "--reason", "x", status=1) == gone
    assert ops("dead", "groups") == "No dead letters.\n"


def test_who_it_was_is_the_machines_account_unless_said(
    alpha: Toy, ops: Ops, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_jobs(alpha.database)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "machine-account")
    monkeypatch.delenv("SUDO_USER", raising=False)
    ops("jobs", "run", "toys.tick")
    monkeypatch.setenv("SUDO_USER", "grace")
    ops("jobs", "run", "toys.tick")
    monkeypatch.setenv("ORDERLINK_OPERATOR", "Hana  Sato")
    ops("jobs", "run", "toys.tick")
    ops("jobs", "run", "toys.tick", "--as", "Ada")
    names = ["machine-account", "grace", "Hana Sato", "Ada"]
    assert [name for name, _, _ in the_log(ops)] == names
    assert ops("jobs", "run", "toys.tock", status=1) == "✗ There is no such job.\n"


def test_a_pause_holds_and_a_resume_lets_go(alpha: Toy, ops: Ops) -> None:
    publish_at_once(alpha, 2)
    inbox.write_receipts(alpha.database, [wire(alpha, 1)])
    plan(alpha, one_at_a_time="shop")
    alpha.run("delete from outbox_delivery where event_id in (select event_id from inbox)")
    for name in ("beta", NAME, "letter/shop"):
        assert ops("pause", name, "--reason", "moved") == f"✓ {name} is held back from now on.\n"
    sent: list[tuple[str, int]] = []
    relay_due(alpha.database, remember(sent))
    make_due(alpha)
    sweep(alpha.database)
    letter = make_kind(lambda *_: Dead(""))
    assert (sent, alpha.count("ledger")) == ([("alpha", 2)], 0)
    assert claim_call(alpha.database, letter) is None
    shown = ops("show")
    assert shown.startswith("alpha: amber. 0 dead, 6 waiting, 0 late, 3 held back.\n")
    assert ops("pause", "subscriber:beta", "--reason", "again", status=1) == (
        "✗ This is paused already.\n"
    )
    for name in ("subscriber:beta", f"handler:{NAME}", "effect:letter/shop"):
        ops("resume", name)
    relay_due(alpha.database, remember(sent))
    sweep(alpha.database)
    assert (sent[1:], alpha.count("ledger")) == ([("beta", 2)], 1)
    assert claim_call(alpha.database, letter) is not None
    assert ops("resume", "beta", status=1) == "✗ This is not paused.\n"
    assert [deed for _, deed, _ in the_log(ops)] == ["paused"] * 3 + ["resumed"] * 3


def test_lists_are_aligned_and_leafed_through(alpha: Toy, ops: Ops) -> None:
    publish_at_once(alpha, 3)
    page = json.loads(ops("outbox", "list", "--json", "--limit", "4"))
    after = page["next_after"]
    assert f"--after {after}" in ops("outbox", "list", "--limit", "4")
    rest = json.loads(ops("outbox", "list", "--json", "--after", after))
    assert (len(page["rows"]), len(rest["rows"]), rest["next_after"]) == (4, 2, None)
    lines = ops("outbox", "list", "--to", "beta", "--state", "pending").splitlines()
    column = lines[0].index("DESTINATION")
    assert [line[column : column + 6].rstrip() for line in lines[1:]] == ["beta"] * 3
    assert ops("outbox", "list", "--older-than", "2h") == "Nothing waits.\n"
    [first, *_] = ids(ops("outbox", "list", "--to", "beta", "--json"))
    skipped = ops("outbox", "skip", first, "--to", "beta", "--reason", "not for them")
    assert skipped == "✓ 1 is skipped.\n"
    assert len(ids(ops("outbox", "list", "--to", "beta", "--json"))) == 2
    assert ops("try", "beta") == "✓ Nothing waits for its time there.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dead", "replay", "nonsense"], "'nonsense' is no id as the lists show them"),
        (["dead", "replay"], "one of the arguments id --group --name is required"),
        (["dead", "replay", str(uuid4()), "--group", "x"], "not allowed with argument"),
        (["dead", "skip", str(uuid4())], "the following arguments are required: --reason"),
        (["dead", "list", "--older-than", "soon"], "'soon' is no span: write 90s, 15m, 2h or 3d"),
        (["calls", "list", "--state", "gone"], "invalid choice: 'gone'"),
        (["calls", "list", "--limit", "0"], "ask for 1 to 1000 rows"),
        (["outbox", "list", "--after", "there"], "'there' is not what a list gave"),
        (["pause", "effect:", "--reason", "x"], "a destination is subscriber:NAME"),
        (["pause", "beta"], "the following arguments are required: --reason"),
    ],
)
def test_nonsense_is_told_in_a_sentence(ops: Ops, words: list[str], sentence: str) -> None:
    assert sentence in ops(*words, status=2)


def test_what_cannot_be_done_is_told_in_a_sentence(
    ops: Ops, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = str(uuid4())
    assert ops("dead", "replay", unknown, status=1) == "✗ There is no such letter.\n"
    assert ops("pause", "lettre", "--reason", "x", status=1) == (
        "✗ This service has nothing to do with that.\n"
    )
    empty = ops("pause", "beta", "--reason", " ", status=1)
    assert empty == "✗ Please say why, in at most 500 characters.\n"
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert ops("show", status=1) == "✗ The database does not answer; see DATABASE_URL.\n"
    monkeypatch.delenv("DATABASE_URL")
    assert ops("show", status=1) == "✗ Run this beside a service: DATABASE_URL is not set.\n"


def test_canaries_are_seen_nowhere(alpha: Toy, ops: Ops) -> None:
    canaries = "hana@aoyama.example 03-1234-5678 4242424242424242 token=s3cr3tValue"
    kill_events(alpha, 1, error=f"mail: {canaries}")
    plan(alpha)
    install_jobs(alpha.database)
    inbox.write_receipts(alpha.database, [wire(alpha, 2)])
    quote = {"said": f"said {canaries}"}
    with alpha.database.transaction() as session:
        session.execute(text("update outbound_call set last_error = :said"), quote)
        session.execute(text("update scheduled_job set last_error = :said"), quote)
        session.execute(text("update inbox set last_error = :said where dead_at is null"), quote)
    ops("pause", "beta", "--reason", f"asked by {canaries}")
    for words in (
        "show",
        "dead list",
        "dead groups",
        "calls list",
        "jobs list",
        "inbox list",
        "log",
    ):
        for said in (ops(*words.split()), ops(*words.split(), "--json")):
            assert "…" in said, words
            assert not [each for each in canaries.split() if each.split("=")[-1] in said], words


def test_it_is_a_program_of_its_own(alpha: Toy, env: dict[str, str]) -> None:
    program = [sys.executable, "-m", "common.commands", "ops"]
    given: Any = {"env": {**os.environ, **env}, "capture_output": True, "text": True}
    shown = subprocess.run([*program, "show", "--json"], **given, check=True)
    assert json.loads(shown.stdout)["state"] == "quiet"
    refused = subprocess.run([*program, "resume", "beta"], **given, check=False)
    assert (refused.returncode, refused.stderr) == (1, "✗ This is not paused.\n")
