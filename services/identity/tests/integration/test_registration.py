"""A user account of one's own: a strong password, a mailed code, one account per e-mail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from identity_mails import mails, newest, secret_of
from sqlalchemy import select, text

from devstack.world import cast
from identity.store.models import Registration, User

FORM = "/account/registrations"
SECRET = "Fresh-Start-2027!"
GIVEN = {"email": " New@Shop.example", "name": "Nora New", "password": SECRET}


def begin(person: Any, **changed: str) -> str:
    """Send the form; return the page that asks for the code."""
    reply = person.send(FORM, **{**GIVEN, **changed})
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def account(house: Any, email: str = "new@shop.example") -> User | None:
    with house.database.transaction() as session:
        return session.scalars(select(User).where(User.email == email)).one_or_none()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.rule("R51", "R53")
def test_the_mailed_code_makes_the_account(house: Any, ask: Any, person: Any) -> None:
    page = begin(person, organisation="New Shop Ltd")
    assert account(house) is None
    [mail] = mails(house, "verification_code")
    assert (mail["recipient"], sorted(mail["values"])) == ("new@shop.example", ["expires_at"])
    code = newest(house, ask, "verification_code")["secret"]
    assert len(code) == 6
    assert code.isdigit()
    assert "new@shop.example" in person.open(page).text
    assert person.send(page, code=f"{code[:3]} {code[3:]}").location == "/app"
    assert person.open("/app").status_code == 200
    made = account(house)
    assert made is not None
    assert made.name == "Nora New"
    assert "New Shop Ltd" in person.open("/account").text


@pytest.mark.rule("R53")
def test_neither_code_nor_password_is_stored_or_published(
    house: Any, ask: Any, person: Any
) -> None:
    page = begin(person)
    code = newest(house, ask, "verification_code")["secret"]
    with house.database.transaction() as session:
        tables = ("registrations", "mail_secrets", "outbox_event")
        stored = " ".join(
            str(row)
            for table in tables
            for row in session.execute(text(f"select * from {table}"))  # noqa: S608
        )
    assert f"'{code}'" not in stored
    assert SECRET not in stored
    assert page.rpartition("/")[2] not in stored


@pytest.mark.rule("R53")
def test_five_wrong_codes_end_it_even_for_the_right_one(house: Any, ask: Any, person: Any) -> None:
    page = begin(person)
    code = newest(house, ask, "verification_code")["secret"]
    for left in (4, 3, 2, 1):
        assert f"Tries left: {left}" in person.send(page, code=wrong(code)).text
    assert "no longer works" in person.send(page, code=wrong(code)).text
    assert "no longer works" in person.send(page, code=code).text
    assert account(house) is None


@pytest.mark.rule("R53")
def test_tries_at_the_same_time_are_all_counted(house: Any, ask: Any, newcomer: Any) -> None:
    page = begin(newcomer())
    code = newest(house, ask, "verification_code")["secret"]
    people = [newcomer() for _ in range(8)]
    for each in people:
        each.open(page)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda p: p.send(page, code=wrong(code)), people))
    with house.database.transaction() as session:
        assert session.scalars(select(Registration.tries)).one() == 5
    assert newcomer().send(page, code=code).status_code == 422


@pytest.mark.rule("R53")
def test_the_code_works_for_ten_minutes(house: Any, ask: Any, person: Any) -> None:
    page = begin(person)
    code = newest(house, ask, "verification_code")["secret"]
    with house.database.transaction() as session:
        session.scalars(select(Registration)).one().code_expires_at -= timedelta(minutes=10)
    assert "no longer works" in person.send(page, code=code).text
    assert account(house) is None


@pytest.mark.rule("R53")
def test_a_new_code_takes_a_minute_and_ends_the_one_before(
    house: Any, ask: Any, person: Any
) -> None:
    page = begin(person)
    first = newest(house, ask, "verification_code")["secret"]
    too_soon = person.send(f"{page}/mails", on=page)
    assert too_soon.status_code == 429
    assert 0 < int(too_soon.headers["Retry-After"]) <= 60
    with house.database.transaction() as session:
        session.scalars(select(Registration)).one().next_mail_at -= timedelta(minutes=1)
    assert person.send(f"{page}/mails", on=page).status_code == 303
    before, _after = mails(house, "verification_code")
    assert secret_of(ask, before).status_code == 410
    second = newest(house, ask, "verification_code")["secret"]
    assert second == first or "not right" in person.send(page, code=first).text
    assert person.send(page, code=second).location == "/app"


@pytest.mark.rule("R51", "R54")
def test_nobody_learns_who_has_an_account(house: Any, newcomer: Any) -> None:
    """Known or not: the same answers, the same work; the truth is in the holder's mail."""
    said = []
    for email in (cast.KENJI.email, "nobody@shop.example"):
        person = newcomer()
        page = begin(person, email=email)
        asked = person.open(page).text.replace(email, "…")
        tried = person.send(page, code="000000")
        said.append((asked.count("<"), tried.status_code, "Tries left: 4" in tried.text))
    assert said[0] == said[1]
    [known] = mails(house, "account_exists")
    assert known["recipient"] == cast.KENJI.email
    assert [m["recipient"] for m in mails(house, "verification_code")] == ["nobody@shop.example"]


@pytest.mark.rule("R51")
def test_two_registrations_of_one_address_make_one_account(
    house: Any, ask: Any, newcomer: Any
) -> None:
    people = [newcomer(f"10.4.0.{n}") for n in range(2)]
    pages = [begin(each) for each in people]
    codes = [secret_of(ask, mail).json["secret"] for mail in mails(house, "verification_code")]
    with ThreadPoolExecutor(2) as pool:
        replies = list(
            pool.map(lambda at: people[at].send(pages[at], code=codes[at]).status_code, (0, 1))
        )
    assert sorted(replies) == [302, 422]
    assert account(house) is not None


@pytest.mark.rule("R52")
@pytest.mark.parametrize("weak", ["Short-1", "onlyletters!", "12345678!", "NoSymbols123"])
def test_the_rule_for_passwords_is_said_beforehand_and_at_the_field(
    house: Any, person: Any, weak: str
) -> None:
    rule = "8 or more characters with letters, digits and symbols."
    assert rule in person.open(FORM).text
    reply = person.send(FORM, **{**GIVEN, "password": weak})
    assert reply.status_code == 422
    assert 'id="password-error"' in reply.text
    assert "Nora New" in reply.text, "what was typed is lost"
    assert mails(house, "verification_code") == []


@pytest.mark.rule("R53")
def test_an_address_gets_five_mails_an_hour_whoever_asks(house: Any, newcomer: Any) -> None:
    for number in range(8):
        begin(newcomer(f"10.5.0.{number}"))
    assert len(mails(house, "verification_code")) == 5
    assert mails(house, "account_exists") == []


@pytest.mark.rule("R36")
def test_registering_from_a_link_leads_back_to_it(house: Any, ask: Any, person: Any) -> None:
    door = f"/signin/{cast.OPEN.token}"
    assert f"{FORM}?link={cast.OPEN.token}" in person.open(door).text
    page = begin(person, link=cast.OPEN.token)
    code = newest(house, ask, "verification_code")["secret"]
    assert person.send(page, code=code).location == f"{door}/buyers"
    assert "NORD" in person.open(f"{door}/buyers").text


def test_an_unknown_or_old_page_is_told_so(person: Any) -> None:
    assert person.open(f"{FORM}/rubbish").status_code == 410
