"""A company's tokens at NEXT ENGINE and the lease on them: one caller at a time (I23)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from checkout.store.models import NextEngineConnection
from checkout.store.next_engine import TELL_STANDING

TAKE_LEASE = text("""
update next_engine_connections
set fencing = fencing + 1, lease_until = now() + make_interval(secs => :seconds)
where id = :id and (lease_until is null or lease_until < now())
returning fencing
""")


def take_lease(session: Session, connection_id: UUID, *, seconds: float) -> int | None:
    """Return the fence of a lease on the company's tokens, or None while another holds one."""
    values = {"id": connection_id, "seconds": seconds}
    return session.execute(TAKE_LEASE, values).scalar_one_or_none()


def renew_lease(session: Session, connection_id: UUID, *, fencing: int, seconds: float) -> None:
    """Keep the lease so much longer, unless another has taken it meanwhile."""
    until = func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    session.execute(
        update(NextEngineConnection)
        .where(NextEngineConnection.id == connection_id, NextEngineConnection.fencing == fencing)
        .values(lease_until=until)
    )


def give_lease_back(session: Session, connection_id: UUID, *, fencing: int) -> None:
    session.execute(
        update(NextEngineConnection)
        .where(NextEngineConnection.id == connection_id, NextEngineConnection.fencing == fencing)
        .values(lease_until=None, last_call_at=func.now())
    )


def renew_tokens(
    session: Session,
    connection_id: UUID,
    *,
    version: int,
    access_token: bytes,
    refresh_token: bytes,
    access_ends_at: datetime,
    refresh_ends_at: datetime,
) -> bool:
    """Store a pair that replaced the one of `version`; False when that was no longer the newest."""
    changed = update(NextEngineConnection).where(
        NextEngineConnection.id == connection_id, NextEngineConnection.version == version
    )
    row = session.execute(
        changed.values(
            access_token=access_token,
            refresh_token=refresh_token,
            access_ends_at=access_ends_at,
            refresh_ends_at=refresh_ends_at,
            version=version + 1,
        ).returning(NextEngineConnection.version)
    ).one_or_none()
    session.execute(TELL_STANDING, {"id": connection_id})
    return row is not None
