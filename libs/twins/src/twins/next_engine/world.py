"""All of the twin's state: one app, the companies that use it, faults, switches and the clock."""

import itertools
import threading
import time
from dataclasses import dataclass

from twins.clock import VirtualClock
from twins.next_engine.company import Company
from twins.next_engine.faults import Faults
from twins.next_engine.journal import Journal
from twins.next_engine.signin import Doorbell
from twins.next_engine.switches import Switches
from twins.next_engine.tokens import read_token

# Numbers start from the seconds since here: rising from one start of the twin to the next.
_NUMBERS_BEGIN = 1_750_000_000


@dataclass(kw_only=True)
class App:
    """The application that was registered at NEXT ENGINE."""

    client_id: str = "orderlink-demo"
    client_secret: str = "next-engine-demo-secret"
    redirect_uri: str = ""


class World:
    """What one NEXT ENGINE knows. `lock` guards the set of companies, each company has its own."""

    def __init__(self, redirect_uri: str) -> None:
        self.lock = threading.Lock()
        self.ids = itertools.count(int(time.time()) - _NUMBERS_BEGIN)
        self.app = App(redirect_uri=redirect_uri)
        self.companies: dict[str, Company] = {}
        self.clock = VirtualClock()
        self.switches = Switches()
        self.faults = Faults()
        self.journal = Journal()
        self.doorbell = Doorbell()

    def company_of(self, access_token: str) -> Company | None:
        """Return the company the token speaks of, whether or not the token still lives."""
        claims = read_token(access_token)
        return self.companies.get(claims.company_ne_id) if claims else None

    def first_company(self) -> Company:
        return next(iter(self.companies.values()))

    def reset(self) -> None:
        """Forget orders, faults, switches, requests and the moved clock; logins stay."""
        for company in list(self.companies.values()):
            with company.lock:
                company.forget_orders()
        self.clock.reset()
        self.switches = Switches()
        self.faults.clear()
        self.journal.clear()
