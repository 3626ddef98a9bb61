"""Staff at work: signs in, fills the forms of buyers, reads what is shown once."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from identity_people import CSRF
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast
from identity.store.models import StaffBrand, StaffLookup, StaffMember, User

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


def make_member(
    house: Any, *, brands: Sequence[cast.Brand], role: str = "member_write", name: str = "Nao"
) -> UUID:
    """Let somebody work for these brands; return the member's id."""
    row_id = new_id()
    with house.database.transaction(cast.MAKER_ID) as session:
        user = User(email=f"{row_id}@x.example", name=name, language="en", password_hash=None)
        session.add(user)
        session.flush()
        session.add(
            StaffMember(
                id=row_id,
                maker_id=cast.MAKER_ID,
                user_id=user.id,
                role=role,
                has_all_brands=not brands,
            )
        )
        session.add(StaffLookup(user_id=user.id, maker_id=cast.MAKER_ID))
        session.flush()
        session.add_all(
            StaffBrand(maker_id=cast.MAKER_ID, staff_id=row_id, brand_id=brand.id)
            for brand in brands
        )
    return row_id


def csrf(person: Any) -> str:
    """Return the token that a page's script would send along."""
    person.open("/buyers")
    found = CSRF.search(person.page)
    return found[1] if found else ""


class Program:
    """A program with a key, or a person's own with its cookie."""

    def __init__(self, house: Any, key: str, *, at: str = API) -> None:
        self.client, self.at = house.client(), at
        self.headers = {"Authorization": f"Bearer {key}"}

    @classmethod
    def of_person(cls, house: Any, person: Any, *, at: str) -> "Program":
        made = cls(house, "", at=at)
        made.client, made.headers = person.client, {"X-CSRFToken": csrf(person)}
        return made

    def send(self, method: str, path: str = "", json: Any = None, **headers: str) -> Any:
        return self.client.open(
            f"{self.at}{path}", method=method, json=json, headers=self.headers | headers
        )

    def change(self, path: str, json: Any) -> Any:
        """Replace what is there as it is now."""
        tag = self.send("GET", path).headers["ETag"]
        return self.send("PUT", path, json, **{"If-Match": tag})


def make_key(
    person: Any,
    *scopes: str,
    brand: cast.Brand = cast.NORD,
    name: str = "Stock",
    by: cast.Staff = cast.OWNER,
) -> str:
    """Make a key as a person does and read it from the page that shows it once."""
    sign_in(person, by)
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
