"""Card payment against the Stripe twin over real HTTP, webhooks included; tests are the worker."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from checkout.deps import Deps
from checkout.jobs.card_payments import RECONCILE_SECONDS, reconcile_payments
from checkout.store.brands import enter_brand
from checkout.store.models import Order, Payment
from checkout.store.stripe import claim_account, lock_settings
from checkout.usecases.begin_payment import WATCH
from checkout.usecases.receive_webhook import WEBHOOK
from common.delivery import JobRun
from common.delivery.outbound import kinds
from common.delivery.outbound_leases import claim_call
from common.delivery.outbound_runner import perform
from common.errors import NotFound
from common.money import Money
from common.testing import PeerServer
from twins.clients import StripeControl
from twins.server import Running, running_twins
from twins.settings import Settings as TwinSettings
from twins.stripe.world import API_KEY, READY, WEBHOOK_SECRET

from ..conftest import MEN, TOKEN, Shopper, World, sku

NEXT_DUE = text("""
select min(extract(epoch from case when state = 'sending' then lease_until else next_attempt_at end
  - now())) from outbound_call where state in ('pending', 'unknown', 'accepted', 'sending')
""")
PASS_TIME = text("""
update outbound_call set next_attempt_at = next_attempt_at - make_interval(secs => :seconds),
  lease_until = lease_until - make_interval(secs => :seconds)
""")
END_LEASES = text("""
update outbound_call set state = 'unknown', lease_until = null, next_attempt_at = now()
where state = 'sending' and lease_until < now()
""")


@pytest.fixture(scope="session")
def twins() -> Iterator[Running]:
    with running_twins(TwinSettings()) as running:
        yield running


@pytest.fixture
def more_settings(twins: Running) -> dict[str, str]:
    return {
        "STRIPE_SECRET_KEY": API_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_URL": twins.stripe,
        "STRIPE_PAGE_ORIGIN": twins.home,
    }


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def bounded(app: Flask) -> Any:
    """Let a body end where it ends, as the real server does; this one gives the bare socket."""

    def answer(environ: Any, start: Any) -> Any:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        return app(environ, start)

    return answer


@pytest.fixture
def stripe(twins: Running, app: Flask) -> Iterator[StripeControl]:
    """Give the twin's control; its webhooks reach the service over real HTTP."""
    server = ThreadedWSGIServer("127.0.0.1", 0, bounded(app), handler=Quiet)
    server.daemon_threads = False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with StripeControl(twins.stripe) as control:
        control.reset()
        control.turn(last_seconds=0.1, retry_seconds=0.1, tries=3)
        control.send_webhooks_to(f"http://127.0.0.1:{server.server_port}/webhooks/stripe")
        yield control
        control.reset()
    server.shutdown()
    server.server_close()


def take_cards(deps: Deps, world: World, **changed: Any) -> None:
    """Let the brand take cards through the account that can be paid; the link offers both ways."""
    world.link["payment_methods"] = ["outside", "stripe"]
    ready = {
        "stripe_add_on": True,
        "stripe_account_id": READY,
        "details_submitted": True,
        "charges_enabled": True,
        "payouts_enabled": True,
        "commerce_page_url": "https://nord.example/tokushoho",
    }
    with deps.database.transaction(world.maker_id) as session:
        row = lock_settings(session, brand_id=world.brand_id, maker_id=world.maker_id)
        for name, value in (ready | changed).items():
            setattr(row, name, value)
        claim_account(session, READY, maker_id=world.maker_id)
        enter_brand(session, brand_id=world.brand_id, maker_id=world.maker_id)


@dataclass
class Till:
    """A buyer with a full cart, the twin's payment page, and the worker."""

    shopper: Shopper
    stripe: StripeControl
    deps: Deps
    world: World
    peers: PeerServer
    staff: FlaskClient
    form: dict[str, Any] = field(default_factory=dict)

    def fill(self) -> None:
        """Put goods of both catalogs into the cart: 39,864 yen with tax."""
        assert self.shopper.put(sku(1), 3).status_code == 200
        assert self.shopper.put(sku(3), 2, catalog=MEN).status_code == 200

    def confirm(self, **changed: Any) -> Any:
        """Fill the cart, confirm by card, and return the answer."""
        self.fill()
        self.form = self.shopper.form(payment_method="stripe", **changed)
        return self.shopper.send(self.form)

    def open(self) -> str:
        """Return the twin's session that the buyer was led to."""
        reply = self.confirm()
        assert reply.status_code == 303, reply.text[:2000]
        led = self.shopper.client.get(reply.location)
        assert led.status_code == 302
        return str(led.location).rsplit("/", 1)[1]

    def press(self, session_id: str, *buttons: str) -> str | None:
        return self.stripe.press(session_id, *buttons).headers.get("location")

    def come_back(self) -> Any:
        """Open the page that Stripe sends the buyer to, and press its button."""
        payment = self.payments()[-1]
        here = f"/checkout/{TOKEN}/payments/{payment.id}"
        page = self.shopper.client.get(here)
        if page.status_code == 200 and "check-payment" in page.text:
            return self.shopper.client.post(f"{here}/check")
        return page

    def seen(self) -> str:
        """Return what the buyer's browser shows of the newest payment."""
        here = f"/checkout/{TOKEN}/payments/{self.payments()[-1].id}"
        return str(self.shopper.client.get(here, follow_redirects=True).text)

    def work(self, seconds: int = 60) -> None:
        """Let so much time pass for the worker: whatever is due in it is done when it is due.

        The time between is skipped, half a minute at most, as often as the reconcile runs.
        """
        self.hear_webhooks()
        left = float(seconds)
        while left > 0:
            with self.deps.database.transaction() as session:
                due = session.scalar(NEXT_DUE)
                step = min(max(float(due or 0), 0.0) + 0.5, left, RECONCILE_SECONDS)
                step = step if due is not None else min(left, RECONCILE_SECONDS)
                session.execute(PASS_TIME, {"seconds": step})
                session.execute(END_LEASES)
            work_due(self.deps)
            left -= step

    def hear_webhooks(self) -> None:
        """Wait until every webhook that Stripe sends by itself now has come and was answered."""
        times = {"never": 0, "held": 0, "twice": 2}.get(self.stripe.turn()["webhooks"], 1)
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            if all(len(each["answers"]) >= times for each in self.stripe.deliveries()):
                return
            time.sleep(0.02)

    def payments(self) -> list[Payment]:
        with self.deps.database.transaction(self.world.maker_id) as session:
            return list(session.scalars(select(Payment).order_by(Payment.created_at, Payment.id)))

    def orders(self) -> list[Order]:
        with self.deps.database.transaction(self.world.maker_id) as session:
            return list(session.scalars(select(Order).order_by(Order.order_number)))

    def states(self) -> list[str]:
        return [each.state for each in self.payments()]

    def check_books(self) -> None:
        """Demand that all money Stripe holds stands against confirmed orders, and the reverse."""
        held = sum(each["paid"] - each["refunded"] for each in self.stripe.sessions())
        by_card = [each.total for each in self.orders() if each.payment_method == "stripe"]
        assert held == Money.total(by_card, "JPY").minor
        for payment in self.payments():
            own = [o.total for o in self.orders() if o.checkout_attempt_id == payment.id]
            if payment.state == "placed":
                assert Money.total(own, "JPY") == payment.amount
            else:
                assert own == []

    def answer(self, service: str, question: str, change: Callable[[Any], Any]) -> None:
        """Change what a peer answers from now on."""
        before: Any = self.peers.answers[(service, question)]
        self.peers.answers[(service, question)] = lambda asked: change(before(asked))

    def lose_link(self) -> None:
        def gone(_asked: Any) -> Any:
            raise NotFound("deleted")

        self.peers.answers[("links", "links/resolve")] = gone

    def set_catalogs(self, **changed: Any) -> None:
        """Change what catalog says of every catalog now."""
        self.answer(
            "catalog",
            "catalogs/read",
            lambda said: {"catalogs": [each | changed for each in said["catalogs"]]},
        )


def work_due(deps: Deps) -> None:
    """Perform every outbound call of card payment that is due, then reconcile."""
    for kind in (kinds()[WATCH], kinds()[WEBHOOK]):
        for _ in range(50):
            call = claim_call(deps.database, kind)
            if call is None:
                break
            perform(deps.database, deps, kind, call)
    reconcile_payments(deps, JobRun("checkout.reconcile_payments", 1))


@pytest.fixture
def till(
    shopper: Shopper, stripe: StripeControl, peers: PeerServer, staff: FlaskClient, world: World
) -> Till:
    deps = cast(Deps, shopper.client.application.extensions["deps"])
    take_cards(deps, world)
    return Till(shopper, stripe, deps, world, peers, staff)
