"""Keeps a company's tokens in its row: one caller at a time, every new pair committed at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from cryptography.fernet import Fernet
from sqlalchemy.exc import SQLAlchemyError

from checkout.gateways.next_engine.tokens import Tokens
from checkout.store.next_engine import get_connection
from checkout.store.next_engine_tokens import (
    give_lease_back,
    renew_lease,
    renew_tokens,
    take_lease,
)
from common.db import Database

log = structlog.get_logger()

LEASE_SECONDS = 20.0
"""Whoever calls renews it while the call lasts, so a caller who was killed keeps nobody waiting
for longer than this (I16)."""
RENEWED_AFTER = 5.0
PATIENCE_SECONDS = 8.0


class CompanyBusy(Exception):
    """Another process is calling for this company."""


class RowTokenKeeper:
    """The TokenKeeper of gateways/next_engine over next_engine_connections."""

    def __init__(
        self, database: Database, cipher: Fernet, *, maker_id: UUID, connection_id: UUID
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._maker_id = maker_id
        self._connection_id = connection_id
        self._version = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the company's lease. Raises CompanyBusy when another keeps it too long."""
        fencing = self._take()
        is_over = threading.Event()
        renewal = threading.Thread(target=self._renew, args=(fencing, is_over), daemon=True)
        renewal.start()
        try:
            yield
        finally:
            is_over.set()
            renewal.join()
            with self._database.transaction(self._maker_id) as session:
                give_lease_back(session, self._connection_id, fencing=fencing)

    def read(self) -> Tokens:
        with self._database.transaction(self._maker_id) as session:
            row = get_connection(session, self._connection_id)
            self._version = row.version
            return Tokens(
                access=self._cipher.decrypt(row.access_token).decode(),
                refresh=self._cipher.decrypt(row.refresh_token).decode(),
                access_ends_at=row.access_ends_at,
                refresh_ends_at=row.refresh_ends_at,
            )

    def save(self, tokens: Tokens) -> None:
        """Commit the pair unless a newer one is there already, for instance of a new sign-in."""
        with self._database.transaction(self._maker_id) as session:
            is_kept = renew_tokens(
                session,
                self._connection_id,
                version=self._version,
                access_token=self._cipher.encrypt(tokens.access.encode()),
                refresh_token=self._cipher.encrypt(tokens.refresh.encode()),
                access_ends_at=tokens.access_ends_at,
                refresh_ends_at=tokens.refresh_ends_at,
            )
        if not is_kept:
            log.warning("next engine tokens were newer", connection_id=str(self._connection_id))

    def has_newer(self) -> bool:
        """Whether the stored pair is not the one that was read last."""
        with self._database.transaction(self._maker_id) as session:
            return get_connection(session, self._connection_id).version != self._version

    def _take(self) -> int:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            with self._database.transaction(self._maker_id) as session:
                fencing = take_lease(session, self._connection_id, seconds=LEASE_SECONDS)
            if fencing is not None:
                return fencing
            if time.monotonic() > deadline:
                raise CompanyBusy(str(self._connection_id))
            time.sleep(0.2)

    def _renew(self, fencing: int, is_over: threading.Event) -> None:
        while not is_over.wait(RENEWED_AFTER):
            try:
                with self._database.transaction(self._maker_id) as session:
                    renew_lease(
                        session, self._connection_id, fencing=fencing, seconds=LEASE_SECONDS
                    )
            except SQLAlchemyError:
                log.warning("lease not renewed", connection_id=str(self._connection_id))
