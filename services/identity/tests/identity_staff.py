"""Staff at work: signs in, fills the forms of buyers, reads what is shown once."""

import re
from typing import Any
from uuid import UUID

from identity_people import CSRF
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast

FORM = {
    "brand_id": str(cast.NORD.id),
    "type": "company",
    "name": "Kiosk Kyoto",
    "country": "JP",
    "language": "ja",
    "currency": "JPY",
    "trade_term": str(cast.WHOLESALE.id),
    "rate_kind": "ratio",
    "rate_value": "0.6",
}
API = "/api/identity/v1/buyers"
TERMS = {
    "trade_term": "wholesale",
    "currency": "JPY",
    "language": "ja",
    "country": "JP",
    "rate": {"kind": "ratio", "value": "0.55"},
}


def sign_in(person: Any, staff: cast.Staff = cast.OWNER) -> Any:
    person.send("/signin", email=staff.email, password=cast.PASSWORD)
    return person


def create(person: Any, **changed: str) -> UUID:
    """Create a buyer by the form and return its id; the page is in `person.page`."""
    buyer_id = new_id()
    reply = person.send("/buyers/new", id=str(buyer_id), **FORM | changed)
    assert reply.status_code == 201, reply.text[-3000:]
    return buyer_id


def refused(person: Any, **changed: str) -> str:
    reply = person.send("/buyers/new", id=str(new_id()), **FORM | changed)
    assert reply.status_code == 422
    return str(reply.text)


def shown_once(page: str) -> list[str]:
    return re.findall(r'data-copy="([^"]+)"', page)


def row_of(house: Any, buyer_id: UUID) -> Any:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select * from buyers where id = :id")
        return session.execute(query, {"id": buyer_id}).mappings().one_or_none()


def log_of(house: Any, subject_id: UUID) -> list[Any]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select * from audit_entries where subject_id = :id order by id")
        return list(session.execute(query, {"id": subject_id}).mappings())


def set_role(house: Any, staff: cast.Staff, role: str) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update staff_members set role = :r where user_id = :u"),
            {"r": role, "u": staff.id},
        )
    house.deps.cache.flushdb()


def csrf(person: Any) -> str:
    """Return the token that a page's script would send along."""
    person.open("/buyers")
    found = CSRF.search(person.page)
    return found[1] if found else ""


def make_key(person: Any, *scopes: str, brand: cast.Brand = cast.NORD, name: str = "Stock") -> str:
    """Make a key as a person does and read it from the page that shows it once."""
    sign_in(person, cast.OWNER)
    reply = person.send(
        "/settings/api-keys",
        id=str(new_id()),
        brand_id=str(brand.id),
        name=name,
        scopes=list(scopes),
    )
    assert reply.status_code == 201
    found = re.search(r'data-copy="(ol_[^"]+)"', reply.text)
    assert found
    return found[1]
