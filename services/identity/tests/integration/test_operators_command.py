"""`orderlink operators …`: who may sign in as operator, appointed and dismissed with a name."""

from collections.abc import Callable
from typing import Any

import pytest
from identity_people import Person
from sqlalchemy import select, text

from common.commands.__main__ import main
from common.delivery.tables import OperatorEntry
from common.testing import settings_env
from devstack.world import cast
from identity.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]
Operators = Callable[..., str]


@pytest.fixture
def operators(
    house: Any,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Operators:
    """Give a function: words after `orderlink operators` → what it says; it must end with `status`."""
    env = settings_env(
        "identity",
        database_url=settings.database_url,
        cache_url=settings.cache_url,
        peers=settings.peers,
        MAIL_SECRET_KEY="a key of the tests",
    )
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    def run(*words: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main(["operators", *words]) == status
        told = capsys.readouterr()
        return told.err if status else told.out

    return run


def the_log(house: Any) -> list[tuple[str, str, str]]:
    with house.database.transaction() as session:
        rows = session.scalars(select(OperatorEntry).order_by(OperatorEntry.id)).all()
    return [(row.actor_kind, row.actor_name, row.action) for row in rows]


def test_one_is_appointed_mailed_and_listed(house: Any, operators: Operators) -> None:
    said = operators(
        "add", "grace@ops.example", "--name", "Grace", "--language", "ja", "--as", "Ada"
    )
    assert said == "✓ grace@ops.example is an operator; a mail says how to set a password.\n"
    assert "grace@ops.example\tGrace\t" in operators("list")
    mails = text(
        "select count(*) from outbox_event where name = 'identity.mail_requested.v1'"
        " and envelope::text like '%grace@ops.example%'"
    )
    with house.database.transaction() as session:
        assert session.scalar(mails) == 1
    operators("add", "Grace@Ops.example", "--as", "Ada")
    assert operators("list").count("grace@ops.example") == 1
    assert the_log(house) == [("command", "Ada", "operator_added")]


def test_who_keeps_a_brands_business_is_not_appointed(operators: Operators) -> None:
    said = operators("add", cast.OWNER.email, "--as", "Ada", status=1)
    assert said == "✗ This address belongs to a brand's team or to a customer.\n"
    assert "complete email address" in operators("add", "grace", "--as", "Ada", status=1)
    assert cast.OWNER.email not in operators("list")


def test_who_is_dismissed_is_signed_out_at_once(
    house: Any, operators: Operators, person: Person
) -> None:
    reply = person.send("/signin", email=cast.OPERATOR.email, password=cast.PASSWORD)
    assert reply.headers["Location"].endswith("/ops")
    assert person.client.get("/ops/identity").status_code == 200
    said = operators("remove", cast.OPERATOR.email, "--as", "Ada")
    assert said == f"✓ {cast.OPERATOR.email} is no operator any more.\n"
    assert person.client.get("/ops/identity").status_code == 302
    assert operators("list") == "There is no operator yet.\n"
    gone = operators("remove", cast.OPERATOR.email, "--as", "Ada", status=1)
    assert gone == "✗ There is no such operator.\n"
    assert the_log(house) == [("command", "Ada", "operator_removed")]
