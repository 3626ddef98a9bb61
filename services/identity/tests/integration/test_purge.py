"""Tokens whose time is over go after a month, in batches; what is young stays (K12)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from common.clock import utc_now
from common.ids import new_id
from identity.store.purge import EXPIRING, delete_expired_tokens

pytestmark = pytest.mark.integration

SECRET = text("insert into mail_secrets (id, kind, expires_at) values (:id, 'reset', :at)")


def test_tokens_are_forgotten_oldest_batch_by_batch(house: Any) -> None:
    now = utc_now()
    old, young = now - timedelta(days=31), now - timedelta(days=29)
    rows = [{"id": new_id(), "at": at} for at in [old] * 5 + [young]]
    before = now - timedelta(days=30)
    with house.database.transaction() as session:
        session.execute(SECRET, rows)
        gone = [
            delete_expired_tokens(session, "mail_secrets", before=before, at_most=3)
            for _ in range(3)
        ]
        kept = session.scalars(
            text("select id from mail_secrets where id = any(:ids)"),
            {"ids": [r["id"] for r in rows]},
        ).all()

    assert gone == [3, 2, 0]
    assert kept == [rows[-1]["id"]]


@pytest.mark.parametrize("table", EXPIRING)
def test_every_table_of_tokens_can_be_purged(house: Any, table: str) -> None:
    before = utc_now() - timedelta(days=3650)
    with house.database.transaction() as session:
        assert delete_expired_tokens(session, table, before=before, at_most=10) == 0
