"""Companies at NEXT ENGINE: which shop takes a brand's orders, and whether it may be called."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.models import NextEngineCompany, NextEngineConnection, NextEngineShop
from common.errors import NotFound
from common.ids import new_id

TELL_STANDING = text("""
insert into next_engine_companies (company_id, maker_id, state, refresh_ends_at)
  select company_id, maker_id, state, refresh_ends_at from next_engine_connections where id = :id
on conflict (company_id) do update
  set state = excluded.state, refresh_ends_at = excluded.refresh_ends_at
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Where a brand's orders go."""

    connection_id: UUID
    company_id: str
    company_name: str
    state: str
    shop_id: str
    pattern_id: str
    refresh_ends_at: datetime
    last_call_at: datetime | None
    last_error: str | None
    csv_encoding: str | None
    """None: as the service is told."""


def find_shop(session: Session, *, brand_id: UUID) -> Shop | None:
    """Return the brand's shop, or None while it is not connected."""
    query = (
        select(NextEngineShop, NextEngineConnection)
        .join(NextEngineConnection, NextEngineConnection.id == NextEngineShop.connection_id)
        .where(NextEngineShop.brand_id == brand_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    shop, connection = found
    return Shop(
        connection_id=connection.id,
        company_id=connection.company_id,
        company_name=connection.company_name,
        state=connection.state,
        shop_id=shop.shop_id,
        pattern_id=shop.pattern_id,
        refresh_ends_at=connection.refresh_ends_at,
        last_call_at=connection.last_call_at,
        last_error=connection.last_error,
        csv_encoding=shop.csv_encoding,
    )


def claim_company(session: Session, company_id: str, *, maker_id: UUID) -> UUID:
    """Enter the company for the maker if it is nobody's; return whose it is now."""
    row = {"company_id": company_id, "maker_id": maker_id}
    session.execute(insert(NextEngineCompany).values(row).on_conflict_do_nothing())
    query = select(NextEngineCompany.maker_id).where(NextEngineCompany.company_id == company_id)
    return session.scalars(query).one()


def put_company(
    session: Session,
    *,
    maker_id: UUID,
    company_id: str,
    company_name: str,
    access_token: bytes,
    refresh_token: bytes,
    access_ends_at: datetime,
    refresh_ends_at: datetime,
) -> UUID:
    """Store a company's fresh pair after a sign-in; return the connection's id."""
    tokens = {
        "access_token": access_token,
        "refresh_token": refresh_token,
        "access_ends_at": access_ends_at,
        "refresh_ends_at": refresh_ends_at,
        "company_name": company_name,
        "state": "connected",
    }
    row = {"id": new_id(), "maker_id": maker_id, "company_id": company_id, "fencing": 0} | tokens
    put = insert(NextEngineConnection).values(**row, version=1)
    renewed = put.on_conflict_do_update(
        index_elements=["company_id"],
        set_=tokens | {"version": NextEngineConnection.version + 1, "last_error": None},
    )
    connection_id = session.execute(renewed.returning(NextEngineConnection.id)).scalar_one()
    session.execute(TELL_STANDING, {"id": connection_id})
    return connection_id


def put_shop(
    session: Session,
    *,
    maker_id: UUID,
    brand_id: UUID,
    connection_id: UUID,
    shop_id: str,
    pattern_id: str,
) -> None:
    """Send the brand's orders to that shop from now on."""
    chosen = {"connection_id": connection_id, "shop_id": shop_id, "pattern_id": pattern_id}
    put = insert(NextEngineShop).values(brand_id=brand_id, maker_id=maker_id, **chosen)
    session.execute(put.on_conflict_do_update(index_elements=["brand_id"], set_=chosen))


def set_encoding(session: Session, encoding: str, *, brand_id: UUID) -> None:
    """Write the files of the brand's shop so from now on."""
    shop = update(NextEngineShop).where(NextEngineShop.brand_id == brand_id)
    session.execute(shop.values(csv_encoding=encoding))


def remove_shop(session: Session, *, brand_id: UUID) -> None:
    """Send the brand's orders nowhere; a company that serves no brand any more is forgotten."""
    gone = delete(NextEngineShop).where(NextEngineShop.brand_id == brand_id)
    connection_id = session.scalar(gone.returning(NextEngineShop.connection_id))
    if connection_id is None:
        return
    used = select(NextEngineShop.brand_id).where(NextEngineShop.connection_id == connection_id)
    if session.scalars(used.limit(1)).first() is not None:
        return
    unused = delete(NextEngineConnection).where(NextEngineConnection.id == connection_id)
    company_id = session.scalar(unused.returning(NextEngineConnection.company_id))
    session.execute(delete(NextEngineCompany).where(NextEngineCompany.company_id == company_id))


def list_connected(session: Session) -> list[UUID]:
    """Return the maker's connections that may be called."""
    query = select(NextEngineConnection.id).where(NextEngineConnection.state == "connected")
    return list(session.scalars(query))


def get_connection(session: Session, connection_id: UUID) -> NextEngineConnection:
    """Return the connection as it is in the database now. Raises NotFound."""
    query = select(NextEngineConnection).where(NextEngineConnection.id == connection_id)
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound(str(connection_id))
    return row


def stop_company(session: Session, connection_id: UUID, *, state: str, words: str) -> None:
    """Let no more calls be made until a person acts: reauth_required or paused (R187)."""
    session.execute(
        update(NextEngineConnection)
        .where(NextEngineConnection.id == connection_id)
        .values(state=state, last_error=words[:500])
    )
    session.execute(TELL_STANDING, {"id": connection_id})
