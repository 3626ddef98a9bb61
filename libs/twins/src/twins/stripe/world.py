"""All that the twin holds: accounts, sessions, payments, refunds, and what it was told to do."""

import secrets
import string
import threading
from dataclasses import dataclass, field
from typing import Any

from twins.clock import VirtualClock
from twins.stripe.errors import ApiError, missing
from twins.stripe.faults import Faults
from twins.stripe.journal import Journal
from twins.stripe.keys import Keys
from twins.stripe.switches import Switches

Json = dict[str, Any]
API_KEY = "sk_test_orderlink_demo"
WEBHOOK_SECRET = "whsec_orderlink_demo"
READY, NEW, NO_PAYOUTS = "acct_demo_nord", "acct_demo_new", "acct_demo_nopayouts"


@dataclass
class Held:
    """An object of one connected account, as the API shows it."""

    account: str
    shown: Json


@dataclass
class World:
    """One platform with its connected accounts. `lock` guards all tables."""

    webhook_url: str
    api_key: str = API_KEY
    webhook_secret: str = WEBHOOK_SECRET
    lock: threading.RLock = field(default_factory=threading.RLock)
    clock: VirtualClock = field(default_factory=VirtualClock)
    switches: Switches = field(default_factory=Switches)
    faults: Faults = field(default_factory=Faults)
    keys: Keys = field(default_factory=Keys)
    journal: Journal = field(default_factory=Journal)
    accounts: dict[str, Json] = field(default_factory=dict)
    sessions: dict[str, Held] = field(default_factory=dict)
    intents: dict[str, Held] = field(default_factory=dict)
    refunds: dict[str, Held] = field(default_factory=dict)
    intent_wishes: dict[str, Json] = field(default_factory=dict)
    """By session: the metadata that its intent shall have."""
    line_names: dict[str, list[str]] = field(default_factory=dict)
    """By session: what the payment page lists."""
    deliveries: list[Json] = field(default_factory=list)
    """Every event with its tries, oldest first."""
    held_events: list[Json] = field(default_factory=list)

    def now(self) -> int:
        return int(self.clock.now().timestamp())

    def account(self, account_id: str) -> Json:
        """Return a connected account. Raises ApiError, as Stripe does, for one that is not ours."""
        found = self.accounts.get(account_id)
        if found is None:
            raise ApiError(
                403,
                f"The provided key does not have access to account '{account_id}' (or that account "
                "does not exist). Application access may have been revoked.",
                code="account_invalid",
            )
        return found

    def find(self, kind: str, account: str, object_id: str) -> Json:
        """Return a session, intent or refund of that account. Raises ApiError (404)."""
        table: dict[str, Held] = getattr(self, f"{kind}s")
        held = table.get(object_id)
        if held is None or held.account != account:
            raise missing(kind, object_id)
        return held.shown

    def reset(self) -> None:
        """Forget everything but the seeded accounts."""
        with self.lock:
            for table in (self.sessions, self.intents, self.refunds):
                table.clear()
            self.deliveries.clear()
            self.held_events.clear()
            self.switches = Switches()
            self.faults.clear()
            self.keys.clear()
            self.journal.clear()
            self.clock.reset()
            seed(self)


def seed(world: World) -> None:
    """One account that can be paid, one that has not applied yet, one that gets no payouts."""
    world.accounts = {
        READY: new_account(READY, name="NORD"),
        NEW: new_account(NEW, name="New brand", details_submitted=False, charges_enabled=False),
        NO_PAYOUTS: new_account(NO_PAYOUTS, name="No payouts yet", payouts_enabled=False),
    }


def new_account(
    account_id: str,
    *,
    name: str,
    details_submitted: bool = True,
    charges_enabled: bool = True,
    payouts_enabled: bool = True,
) -> Json:
    return {
        "id": account_id,
        "object": "account",
        "business_profile": {"name": name, "url": None},
        "country": "JP",
        "default_currency": "jpy",
        "details_submitted": details_submitted,
        "charges_enabled": charges_enabled,
        "payouts_enabled": payouts_enabled and details_submitted,
        "type": "standard",
    }


def new_id(prefix: str) -> str:
    letters = string.ascii_letters + string.digits
    return f"{prefix}_{''.join(secrets.choice(letters) for _ in range(24))}"
