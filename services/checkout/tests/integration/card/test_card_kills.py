"""Killed between any two steps and started again: still one set of orders, one charge (F1)."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ..conftest import TOKEN
from .conftest import Till

KILLED = 137
OPENING = ("payment.planned", "payment.opened", "payment.page_stored")
SETTLING = ("payment.paid", "payment.settled")
WATCHING = (*SETTLING, "outbound.claimed", "outbound.performed", "outbound.stored")
REFUNDING = ("payment.paid", "payment.settled", "payment.refunded", "outbound.performed")


def run_killed(
    env: dict[str, str], failpoint: str, what: str, *, till: Till, path: str = "", form: Any = None
) -> int:
    """Let another process of the service do it and die there; return its exit code."""
    cookie = till.shopper.client.get_cookie("b")
    told = {
        "env": env,
        "cookie": cookie.value if cookie else "",
        "path": path,
        "form": form or {},
    }
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(script), failpoint, what],
        input=json.dumps(told).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


def check_path(till: Till) -> str:
    return f"/checkout/{TOKEN}/payments/{till.payments()[-1].id}/check"


@pytest.mark.rule("R123", "R180")
@pytest.mark.parametrize("repeats", [True, False], ids=["sends-again", "stays-away"])
@pytest.mark.parametrize("failpoint", OPENING)
def test_killed_while_opening_the_page(
    till: Till, env: dict[str, str], failpoint: str, repeats: bool
) -> None:
    till.fill()
    form = till.shopper.form(payment_method="stripe")
    path = f"/checkout/{TOKEN}"
    assert run_killed(env, failpoint, "web", till=till, path=path, form=form) == KILLED

    if repeats:
        assert till.shopper.send(form).status_code == 303
        till.come_back()
    till.work(60)

    assert till.states() == ["open"]
    assert len(till.stripe.sessions()) == 1
    till.press(till.stripe.sessions()[0]["id"], "pay")
    till.work(60)
    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R123")
@pytest.mark.parametrize("failpoint", SETTLING)
def test_killed_while_the_buyer_comes_back(till: Till, env: dict[str, str], failpoint: str) -> None:
    till.stripe.turn(webhooks="never")
    till.press(till.open(), "pay")
    assert run_killed(env, failpoint, "web", till=till, path=check_path(till)) == KILLED
    till.work(60)

    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R123")
@pytest.mark.parametrize("failpoint", WATCHING)
def test_killed_while_the_worker_settles(till: Till, env: dict[str, str], failpoint: str) -> None:
    till.stripe.turn(webhooks="never")
    till.press(till.open(), "pay")
    make_due(till)
    assert run_killed(env, failpoint, "worker", till=till) == KILLED
    till.work(120)

    assert till.states() == ["placed"]
    till.check_books()


@pytest.mark.rule("R123", "D21")
@pytest.mark.parametrize("failpoint", REFUNDING)
def test_killed_while_the_worker_gives_back(
    till: Till, env: dict[str, str], failpoint: str
) -> None:
    till.stripe.turn(webhooks="never")
    till.press(till.open(), "pay")
    with_void_link(till)
    make_due(till)
    assert run_killed(env, failpoint, "worker", till=till) == KILLED
    till.work(120)

    assert till.states() == ["refunded"]
    [page] = till.stripe.sessions()
    assert (page["paid"], page["refunded"]) == (39864, 39864)
    till.check_books()


@pytest.mark.rule("D21")
def test_killed_between_marking_and_closing(till: Till, env: dict[str, str]) -> None:
    till.open()
    with_void_link(till)
    make_due(till)
    assert run_killed(env, "payment.closing", "worker", till=till) == KILLED
    till.work(120)

    assert till.states() == ["expired"]
    till.check_books()


@pytest.mark.rule("R123", "R180")
def test_a_hundred_parallel_submits_are_one_payment_one_charge_and_equal_answers(
    till: Till,
) -> None:
    till.fill()
    form = till.shopper.form(payment_method="stripe")
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda _: till.shopper.send(form), range(100)))
    assert {(r.status_code, r.location) for r in replies} == {(303, replies[0].location)}
    assert len(till.payments()) == len(till.stripe.sessions()) == 1

    till.press(till.stripe.sessions()[0]["id"], "pay")
    path = check_path(till)
    with ThreadPoolExecutor(12) as pool:
        checks = list(pool.map(lambda _: till.shopper.client.post(path), range(100)))
    assert {(r.status_code, r.location) for r in checks} == {(303, checks[0].location)}
    assert len(till.orders()) == 2
    till.check_books()


def with_void_link(till: Till) -> None:
    till.world.link["state"] = "void"


def make_due(till: Till) -> None:
    with till.deps.database.transaction() as session:
        session.execute(text("update outbound_call set next_attempt_at = now()"))
