"""One running Orderlink for all journeys of a test process, and buyers to play them with."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from common.db import Database
from common.ids import new_id
from devstack.testing.any_stack import AnyStack
from devstack.testing.chosen import chosen_stack
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.gateways.passwords import Passwords

MakeBuyer = Callable[..., cast.Buyer]


@pytest.fixture(scope="session")
def stack(servers_folder: Path) -> Iterator[AnyStack]:
    """Give the stack that STACK names: embedded servers, or containers."""
    with chosen_stack(servers_folder / "stack") as running:
        yield running


@pytest.fixture(scope="session")
def world(stack: AnyStack) -> Mapping[str, Any]:
    """Give what var/demo.json says of the stack."""
    return stack.world


@pytest.fixture(scope="session")
def make_buyer(stack: AnyStack) -> Iterator[MakeBuyer]:
    """Give a function that adds an offline buyer of NORD with its own sign-ins."""
    database = Database(stack.environment("identity")["DATABASE_URL"])
    passwords, numbers = Passwords(), itertools.count(1)

    def make(**changed: Any) -> cast.Buyer:
        buyer = new_buyer(next(numbers), **changed)
        with database.transaction(cast.MAKER_ID) as session:
            add_buyer(session, buyer, passwords)
        return buyer

    yield make
    database.close()


def new_buyer(number: int, **changed: Any) -> cast.Buyer:
    """Return a buyer like AOYAMA that nobody has met yet."""
    email = f"buyer{number}@shop{number}.example"
    own = {
        "id": new_id(),
        "key": f"buyer{number}",
        "name": f"ブティック {number}",
        "unique_code": f"SHOP-{number:05}",
        "contact_email": email,
        "login_email": email,
        "passcode": f"passcode-{number:05}",
    }
    return replace(cast.AOYAMA, **(own | changed))
