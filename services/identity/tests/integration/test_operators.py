"""Operators: appointed at the command line, signed in like everybody, and nobody's staff."""

from typing import Any

import pytest
from identity_people import Person

from common.testing.sessions import make_claims, sign_in
from devstack.world import cast

PAGES = ("/ops", "/ops/identity", "/ops/identity/summary", "/ops/identity/letters",
         "/ops/identity/outbox", "/ops/identity/inbox", "/ops/identity/calls", "/ops/identity/log",
         "/api/identity/v1/operations")  # fmt: skip


@pytest.mark.rule("K11")
@pytest.mark.parametrize("language", ["en", "ja"])
def test_operators_see_the_queues(house: Any, language: str) -> None:
    client = house.client()
    claims = make_claims(kind="operator", user_id=cast.OPERATOR.id, role="operator")
    client.set_cookie("s", sign_in(house.deps.cache, claims, kind="session"))
    client.set_cookie("language", language)
    for page in PAGES:
        reply = client.get(page)
        assert reply.status_code == 200, (page, reply.text[:300])


@pytest.mark.rule("K11")
def test_a_brands_staff_does_not(house: Any, person: Person) -> None:
    client = house.client()
    claims = make_claims(kind="staff", user_id=cast.OWNER.id, role="primary_owner",
                         maker_id=cast.MAKER_ID)  # fmt: skip
    client.set_cookie("s", sign_in(house.deps.cache, claims, kind="session"))
    assert [client.get(page).status_code for page in PAGES] == [404] * len(PAGES)
    assert person.client.get("/ops/identity").status_code == 302
