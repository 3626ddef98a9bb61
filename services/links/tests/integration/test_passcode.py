"""The passcode: set by the form, asked at the gate, limited, and another thing than sign-in."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from common.errors import Unavailable
from common.sessions import hash_of
from common.testing import PeerServer
from links.deps import Deps
from links.domain.throttle import WINDOW
from links.store.links import act_for_token
from links.store.models import Link, PasscodeFailure

from .conftest import CATALOG, MAKER

FORM = {"name": "Spring", "catalog_ids": str(CATALOG), "payment_methods": "outside"}
SECRET = "spring-2027"


def made(staff: FlaskClient, **changed: str) -> str:
    """Make a link by the form and return its token."""
    form = FORM | {"has_passcode": "yes", "passcode": SECRET} | changed
    assert staff.post("/links/new", data=form).status_code == 302
    page = staff.get("/links").get_data(as_text=True)
    return re.findall(r'data-copy="http://127.0.0.1:8080/l/([^"]+)"', page)[0]


def row(deps: Deps, token: str) -> Link:
    with deps.database.transaction(MAKER) as session:
        found = session.get(Link, act_for_token(session, token))
    assert found
    return found


def edited(staff: FlaskClient, deps: Deps, token: str, **changed: str) -> TestResponse:
    link = row(deps, token)
    return staff.post(
        f"/links/{link.id}/edit", data=FORM | {"version": str(link.version)} | changed
    )


def tried(client: FlaskClient, token: str, typed: str, address: str = "10.0.0.1") -> TestResponse:
    return client.post(f"/l/{token}", data={"passcode": typed}, headers={"X-Real-IP": address})


@pytest.mark.rule("R27", "R33", "D1", "D24")
def test_the_passcode_is_asked_first_and_sign_in_comes_after_it(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer, deps: Deps
) -> None:
    token = made(staff)
    page = client.get(f"/l/{token}")
    assert page.status_code == 200
    assert 'name="passcode"' in page.get_data(as_text=True)
    answer = tried(client, token, SECRET)
    assert (answer.status_code, answer.location) == (303, f"/signin/{token}")
    [asked] = [body for _, question, body in peers.asked if question == "passes/grant"]
    assert asked == {
        "link_id": str(row(deps, token).id),
        "passcode_version": 1,
        "browser_token_hash": None,
    }
    assert "b=pS0m3Raw256BitTokenWhenTheBrowserHadNone" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.rule("R27")
def test_a_browser_that_is_known_keeps_its_cookie(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer
) -> None:
    token = made(staff)
    peers.answers["identity", "passes/grant"] = {"browser_token": None}
    client.set_cookie("b", "known")
    answer = tried(client, token, SECRET)
    assert not [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("b=")]
    [asked] = [body for _, question, body in peers.asked if question == "passes/grant"]
    assert asked["browser_token_hash"] == hash_of("known")


@pytest.mark.rule("R27", "D1")
@pytest.mark.parametrize("is_passed", [True, False])
def test_who_passed_before_is_not_asked_twice(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer, deps: Deps, is_passed: bool
) -> None:
    token = made(staff)
    peers.answers["identity", "passes/read"] = {"passed": is_passed}
    client.set_cookie("b", "known")
    assert client.get(f"/l/{token}").status_code == (303 if is_passed else 200)
    [asked] = [body for _, question, body in peers.asked if question == "passes/read"]
    assert asked == {
        "link_id": str(row(deps, token).id),
        "passcode_version": 1,
        "browser_token_hash": hash_of("known"),
    }


@pytest.mark.rule("R28")
@pytest.mark.parametrize("typed", ["", "  ", "spring-2028", "SPRING-2027", "x" * 5000])
def test_a_wrong_passcode_gives_nothing(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer, typed: str
) -> None:
    token = made(staff)
    answer = tried(client, token, typed)
    assert answer.status_code == 422
    assert 'id="passcode-error"' in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers or "b=" not in answer.headers["Set-Cookie"]
    assert "passes/grant" not in [question for _, question, _ in peers.asked]


@pytest.mark.rule("R28")
def test_ten_wrong_tries_from_an_address_close_this_link_to_it_for_a_while(
    staff: FlaskClient, client: FlaskClient, app: Flask, deps: Deps
) -> None:
    token = made(staff)
    for _ in range(10):
        assert tried(client, token, "wrong").status_code == 422
    refused = tried(app.test_client(), token, SECRET)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= WINDOW.total_seconds()
    assert "Please wait 15 min and try again." in refused.get_data(as_text=True)
    assert tried(client, token, SECRET, address="10.0.0.2").status_code == 303
    with deps.database.transaction() as session:
        for failure in session.query(PasscodeFailure):
            failure.failed_at -= WINDOW
    assert tried(client, token, SECRET).status_code == 303


@pytest.mark.rule("R28")
def test_an_address_cannot_go_on_with_other_links(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    tokens = [made(staff, name=f"Spring {number}") for number in range(7)]
    for token in tokens[:6]:
        for _ in range(10):
            tried(client, token, "wrong")
    assert tried(client, tokens[6], SECRET).status_code == 429


@pytest.mark.rule("R28")
def test_when_too_many_are_at_the_gate_it_says_so_and_counts_nothing(
    staff: FlaskClient, client: FlaskClient, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = made(staff)
    with monkeypatch.context() as crowded:
        crowded.setattr("common.passwords.PLACES", 0)
        answer = tried(client, token, SECRET)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Many people are signing in" in answer.text
    with deps.database.transaction() as session:
        assert not session.scalars(select(PasscodeFailure)).all()
    assert tried(client, token, SECRET).status_code == 303


def test_the_right_passcode_takes_the_failures_back(
    staff: FlaskClient, client: FlaskClient
) -> None:
    token = made(staff)
    for _ in range(3):
        for _ in range(9):
            assert tried(client, token, "wrong").status_code == 422
        assert tried(client, token, SECRET).status_code == 303


@pytest.mark.rule("R28")
def test_a_link_under_attack_from_everywhere_is_slowed_and_stays_open(
    staff: FlaskClient, client: FlaskClient, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, waits = made(staff), list[float]()
    monkeypatch.setattr("links.web.passcode.time.sleep", waits.append)
    for number in range(100):
        tried(client, token, "wrong", address=f"10.0.1.{number}")
    assert waits == []
    assert tried(client, token, SECRET, address="10.0.2.1").status_code == 303
    assert waits == [1.0]


@pytest.mark.rule("R27", "D1")
def test_editing_keeps_the_passcode_unless_a_new_one_is_typed(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    token = made(staff)
    first = row(deps, token)
    page = staff.get(f"/links/{first.id}/edit").get_data(as_text=True)
    assert SECRET not in page
    assert first.passcode_hash
    assert first.passcode_hash not in page
    assert edited(staff, deps, token, has_passcode="yes", name="Renamed").status_code == 302
    kept = row(deps, token)
    assert (kept.passcode_hash, kept.passcode_version) == (first.passcode_hash, 1)
    assert edited(staff, deps, token, has_passcode="yes", passcode="autumn-2027").status_code == 302
    assert row(deps, token).passcode_version == 2
    assert tried(client, token, SECRET).status_code == 422
    assert tried(client, token, "autumn-2027").status_code == 303


@pytest.mark.rule("R27", "D1")
def test_off_and_on_again_is_a_new_passcode_that_old_passes_do_not_fit(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    token = made(staff)
    assert edited(staff, deps, token).status_code == 302
    off = row(deps, token)
    assert (off.passcode_hash, off.asked_passcode) == (None, None)
    assert client.get(f"/l/{token}").location == f"/signin/{token}"
    assert tried(client, token, "anything").location == f"/signin/{token}"
    empty = edited(staff, deps, token, has_passcode="yes")
    assert empty.status_code == 422
    assert 'id="passcode-error"' in empty.get_data(as_text=True)
    assert edited(staff, deps, token, has_passcode="yes", passcode=SECRET).status_code == 302
    assert row(deps, token).asked_passcode == 2


@pytest.mark.rule("R54")
def test_the_passcode_is_kept_as_a_salted_hash_only(staff: FlaskClient, deps: Deps) -> None:
    one, two = (row(deps, made(staff, name=name)).passcode_hash for name in ("One", "Two"))
    assert one
    assert two
    assert one.startswith("$argon2id$")
    assert one != two


@pytest.mark.rule("R1", "R27")
@pytest.mark.parametrize("typed", ["", "abc"])
def test_a_passcode_that_is_none_makes_no_link(staff: FlaskClient, typed: str) -> None:
    form = FORM | {"name": "Kept words", "has_passcode": "yes", "passcode": typed}
    answer = staff.post("/links/new", data=form)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert 'id="passcode-error"' in page
    assert 'value="Kept words"' in page
    assert "Kept words" not in staff.get("/links").get_data(as_text=True)


@pytest.mark.rule("R12", "D24")
def test_a_closed_gate_takes_no_passcode(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    token = made(staff)
    staff.post(f"/links/{row(deps, token).id}/status", data={"status": "void"})
    assert tried(client, token, SECRET).status_code == 403


@pytest.mark.rule("R28")
def test_nobody_is_let_on_while_the_pass_cannot_be_recorded(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer
) -> None:
    def away(body: dict[str, Any]) -> dict[str, Any]:
        raise Unavailable("identity is away")

    token = made(staff)
    peers.answers["identity", "passes/grant"] = away
    assert tried(client, token, SECRET).status_code == 503


def test_old_failures_are_thrown_away(staff: FlaskClient, client: FlaskClient, deps: Deps) -> None:
    from common.delivery import JobRun
    from links.jobs.housekeeping import purge

    token = made(staff)
    tried(client, token, "wrong")
    with deps.database.transaction() as session:
        session.add(
            PasscodeFailure(
                link_id=UUID(int=1), address="x", failed_at=deps.now() - timedelta(hours=1)
            )
        )
    purge(deps, JobRun("links.purge", 1))
    with deps.database.transaction() as session:
        assert session.query(PasscodeFailure).count() == 1
