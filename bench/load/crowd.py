"""The buyers of a load run and what they were told they had ordered."""

import itertools
import threading
from types import TracebackType
from typing import Self

from tests.conftest import new_buyer

from common.db import Database
from devstack.testing.stack import RunningStack
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.gateways.passwords import Passwords


class Buyers:
    """Makes offline buyers that nobody has met, and collects the receipts."""

    def __init__(self, stack: RunningStack) -> None:
        self._database = Database(stack.environment("identity")["DATABASE_URL"])
        self._passwords, self._numbers = Passwords(), itertools.count(1)
        self._lock = threading.Lock()
        self.one_user = threading.Lock()
        """The demo world has one user who orders; whoever is the user has the cart alone."""
        self.receipts: list[tuple[str, ...]] = []

    def make(self) -> cast.Buyer:
        with self._lock:
            buyer = new_buyer(next(self._numbers))
        with self._database.transaction(cast.MAKER_ID) as session:
            add_buyer(session, buyer, self._passwords)
        return buyer

    def keep(self, receipt: tuple[str, ...]) -> None:
        with self._lock:
            self.receipts.append(receipt)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()
