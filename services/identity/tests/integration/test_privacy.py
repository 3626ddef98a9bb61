"""What identity holds of a person is told and erased; every column was decided about."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from common.audit import AuditEntry
from common.ids import new_id
from common.privacy.erasing import erase_person
from common.privacy.exporting import export_person
from common.testing.erasures import AS_REGISTERED, play_erasure, unnamed_columns
from common.testing.persons import EMAIL, make_person
from devstack.databases import ServiceDatabase
from devstack.servers.postgres import Postgres
from devstack.world import cast
from identity.store.personal import REGISTER

pytestmark = pytest.mark.integration
PERSON = make_person(cast.MAKER_ID)
BUYER, USER = PERSON.buyer_ids[0], PERSON.user_ids[0]
ORGANISATION = PERSON.organisation_ids[0]
NOW = datetime.now(UTC)
OTHERS = "Other buyers that name the person's address"
BUYER_ROW = {
    "brand_id": cast.NORD.id,
    "kind": "connected",
    "organisation_id": ORGANISATION,
    "rate_kind": "ratio",
}
IMPORT = new_id()
ROWS = {
    "buyers": {"id": BUYER, **BUYER_ROW},
    OTHERS: {"id": new_id(), **BUYER_ROW, "unique_code": "OTHER"},
    "buyer_invitations": {"state": "ended"},
    "claims": {"state": "ended"},
    "team_invitations": {"email": EMAIL, "role": "admin", "state": "ended"},
    "buyer_imports": {"id": IMPORT, "state": "done", "actor_kind": "staff", "actor_id": USER},
    "buyer_import_rows": {"import_id": IMPORT, "fate": "create"},
    "audit_entries": {"actor_kind": "staff"},
    "Entries of the audit log about the person": {"subject_id": BUYER},
    "Entries of the audit log about the person's orders": {"subject_id": PERSON.order_ids[0]},
    "Other entries of the audit log that quote the person's address": {
        "before": {"login_email": EMAIL},
        "after": {"kind": "offline"},
    },
    "Entries of the audit log about what the person did": {"actor_id": USER},
    "inbox": {"processed_at": NOW},
    "outbound_call": {"state": "done", "previous_state": "done"},
    "sessions": {"kind": "user"},
    "registrations": {"email": EMAIL},
    "organisation_invitations": {"email": EMAIL, "role": "member", "state": "ended"},
    "memberships": {"organisation_id": ORGANISATION, "role": "primary_owner"},
    "organisations": {"id": ORGANISATION},
    "users": {"id": USER},
}


def test_every_column_was_decided_about(
    service_database: ServiceDatabase, postgres: Postgres
) -> None:
    with postgres.connect(service_database.name) as owner:
        assert unnamed_columns(owner, REGISTER) == set()


def test_a_person_is_told_and_erased(
    house: Any, service_database: ServiceDatabase, postgres: Postgres
) -> None:
    with postgres.connect(service_database.name) as owner:
        played = play_erasure(house.app, owner, REGISTER, PERSON, ROWS)
    assert played == AS_REGISTERED


NEIGHBOUR, COUNTRY = f"not.{EMAIL}", f"{EMAIL}.jp"
"""Two other people, whose addresses have the person's in them."""


@pytest.mark.parametrize("other", [NEIGHBOUR, COUNTRY])
def test_whose_address_is_a_part_of_anothers_leaves_that_one_alone(
    house: Any, service_database: ServiceDatabase, postgres: Postgres, other: str
) -> None:
    stranger = replace(PERSON, buyer_ids=(), user_ids=(), organisation_ids=(), order_ids=())
    with house.database.transaction(cast.MAKER_ID) as session:
        for name in (other, EMAIL):
            session.add(entry_about(name))
    with house.database.transaction() as session:
        told = json.dumps(export_person(session, REGISTER, stranger))
        erase_person(session, REGISTER, stranger)
    assert EMAIL in told
    assert other not in told
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select subject_name, before ->> 'login_email' from audit_entries")
        left = [tuple(row) for row in session.execute(query)]
    assert (other, f"to\n{other}") in left
    assert not any(mail in (EMAIL, f"to\n{EMAIL}") for _name, mail in left)
    assert EMAIL not in [name for name, _mail in left]


def entry_about(name: str) -> AuditEntry:
    """Return an entry of the log about somebody, with a text that quotes the address."""
    return AuditEntry(
        maker_id=cast.MAKER_ID,
        brand_id=None,
        at=NOW,
        actor_kind="staff",
        actor_id=None,
        actor_name="x",
        action="member_changed",
        subject_kind="member",
        subject_id=None,
        subject_name=name,
        before={"login_email": f"to\n{name}"},
        after={},
        request_id="",
    )
