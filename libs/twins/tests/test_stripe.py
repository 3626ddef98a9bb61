"""The Stripe twin, asked through stripe-python as checkout asks it. Numbers: README, Stripe."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import stripe
from stripe import StripeClient

from twins.clients import StripeControl
from twins.server import Running
from twins.stripe.money import check_amount
from twins.stripe.world import API_KEY, NEW, NO_PAYOUTS, READY, WEBHOOK_SECRET

BACK, AWAY = "http://127.0.0.1:21098/back", "http://127.0.0.1:21098/away"


class Shop:
    """A receiver of webhooks that keeps what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, str]] = []
        self.status = 200
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.got.append((body, self.headers["Stripe-Signature"]))
                self.send_response(shop.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def events(self) -> list[stripe.Event]:
        return [stripe.Webhook.construct_event(*got, WEBHOOK_SECRET) for got in list(self.got)]

    def types(self, at_least: int) -> list[str]:
        """Return the events' types once there are so many."""
        until = time.monotonic() + 60
        while len(self.got) < at_least and time.monotonic() < until:
            time.sleep(0.02)
        return [event.type for event in self.events()]


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()


@pytest.fixture
def control(twins: Running, shop: Shop) -> Iterator[StripeControl]:
    with StripeControl(twins.stripe) as control:
        control.reset()
        control.send_webhooks_to(f"http://127.0.0.1:{shop.server.server_port}/hook")
        control.turn(last_seconds=0.1, retry_seconds=0.1)
        yield control
        control.reset()


@pytest.fixture
def client(twins: Running, control: StripeControl) -> StripeClient:
    return StripeClient(API_KEY, base_addresses={"api": twins.stripe}, max_network_retries=0)


def wish(amount: int = 14264, currency: str = "jpy", **changed: Any) -> Any:
    item = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Women"}}
    return {
        "mode": "payment",
        "line_items": [{"price_data": item, "quantity": 1}],
        "success_url": BACK,
        "cancel_url": AWAY,
        "metadata": {"payment_id": "p1"},
        "payment_intent_data": {"metadata": {"payment_id": "p1"}},
        **changed,
    }


def make(client: StripeClient, key: str = "", *, account: str = READY, **changed: Any) -> Any:
    options: Any = {"stripe_account": account}
    if key:
        options["idempotency_key"] = key
    return client.v1.checkout.sessions.create(wish(**changed), options)


def on(account: str = READY) -> Any:
    return {"stripe_account": account}


class TestSessions:
    def test_s1_a_session_is_open_unpaid_and_has_a_page(self, client: StripeClient) -> None:
        session = make(client)

        assert (session.status, session.payment_status, session.amount_total) == (
            "open",
            "unpaid",
            14264,
        )
        assert session.payment_intent is None
        page = httpx.get(session.url, trust_env=False)
        assert "14,264 JPY" in page.text
        assert (
            "form-action 'self' http://127.0.0.1:21098" in page.headers["content-security-policy"]
        )
        for button in ("pay", "decline", "secure", "cancel"):
            assert f'value="{button}"' in page.text

    def test_s2_another_account_does_not_find_it(self, client: StripeClient) -> None:
        session = make(client)

        with pytest.raises(stripe.InvalidRequestError, match="No such session"):
            client.v1.checkout.sessions.retrieve(session.id, options=on(NO_PAYOUTS))
        with pytest.raises(stripe.PermissionError, match="does not have access"):
            make(client, account="acct_of_nobody")

    def test_s3_a_wrong_key_is_refused(self, twins: Running, control: StripeControl) -> None:
        stranger = StripeClient("sk_test_wrong", base_addresses={"api": twins.stripe})

        with pytest.raises(stripe.AuthenticationError):
            make(stranger)

    def test_s4_an_account_without_charges_cannot_be_paid(self, client: StripeClient) -> None:
        with pytest.raises(stripe.InvalidRequestError, match="charges"):
            make(client, account=NEW)

    @pytest.mark.parametrize(
        ("changed", "param"),
        [
            ({"line_items": []}, "line_items"),
            ({"amount": 49}, "line_items"),
            ({"amount": 1001, "currency": "kwd"}, "line_items[0][price_data][unit_amount]"),
            ({"amount": 1050, "currency": "isk"}, "line_items[0][price_data][unit_amount]"),
            ({"mode": "setup"}, "mode"),
            ({"success_url": "javascript:alert(1)"}, "success_url"),
            ({"expires_at": int(time.time()) + 60}, "expires_at"),
            ({"expires_at": int(time.time()) + 90000}, "expires_at"),
        ],
    )
    def test_s5_bad_parameters_are_refused_by_name(
        self, client: StripeClient, changed: dict[str, Any], param: str
    ) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            make(client, **changed)
        assert refused.value.param == param

    def test_s5_three_decimals_end_in_zero(self) -> None:
        check_amount(5120, "kwd", param="x")

    def test_s6_an_open_session_can_be_expired_once(self, client: StripeClient) -> None:
        session = make(client)
        assert client.v1.checkout.sessions.expire(session.id, options=on()).status == "expired"

        with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
            client.v1.checkout.sessions.expire(session.id, options=on())

    def test_s7_it_expires_by_itself(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        session = make(client, expires_at=int(time.time()) + 1860)
        control.advance_clock(seconds=1900)

        assert client.v1.checkout.sessions.retrieve(session.id, options=on()).status == "expired"
        assert shop.types(1) == ["checkout.session.expired"]
        assert control.press(session.id, "pay").status_code == 200
        assert control.sessions()[0]["paid"] == 0

    def test_s8_accounts_tell_what_they_may(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        states = [
            (a.details_submitted, a.charges_enabled, a.payouts_enabled)
            for a in (client.v1.accounts.retrieve(each) for each in (READY, NEW, NO_PAYOUTS))
        ]
        assert states == [(True, True, True), (False, False, False), (True, True, False)]
        control.remove_account(NO_PAYOUTS)
        for gone in ("acct_of_nobody", NO_PAYOUTS):
            with pytest.raises(stripe.PermissionError):
                client.v1.accounts.retrieve(gone)


class TestPaying:
    def test_s9_paying_charges_once_and_sends_the_browser_back(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        session = make(client)

        answers = [control.press(session.id, "pay") for _ in range(3)]

        assert [(a.status_code, a.headers["location"]) for a in answers] == [(303, BACK)] * 3
        paid = client.v1.checkout.sessions.retrieve(session.id, options=on())
        assert (paid.status, paid.payment_status) == ("complete", "paid")
        intent = client.v1.payment_intents.retrieve(str(paid.payment_intent), options=on())
        assert (intent.status, intent.amount_received) == ("succeeded", 14264)
        assert intent.metadata["payment_id"] == "p1"
        assert control.sessions()[0]["paid"] == 14264

    def test_s10_a_decline_leaves_the_page_open(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        session = make(client)

        answer = control.press(session.id, "decline")

        assert (answer.status_code, "declined" in answer.text) == (200, True)
        assert client.v1.checkout.sessions.retrieve(session.id, options=on()).status == "open"
        assert shop.types(1) == ["payment_intent.payment_failed"]
        control.press(session.id, "pay")
        assert control.sessions()[0]["paid"] == 14264

    def test_s11_three_d_secure_asks_once_more(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        session = make(client)

        assert "3-D Secure" in control.press(session.id, "secure").text
        assert control.sessions()[0]["paid"] == 0
        assert "declined" in control.press(session.id, "secure", "fail").text
        assert control.press(session.id, "secure", "authorize").headers["location"] == BACK
        assert control.sessions()[0]["paid"] == 14264

    def test_s12_abandoned_or_cancelled_nothing_is_charged(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        session = make(client)

        assert control.press(session.id, "cancel").headers["location"] == AWAY
        assert control.sessions()[0]["paid"] == 0

    def test_s13_a_refund_gives_back_what_was_charged_and_no_more(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        session = make(client)
        control.press(session.id, "pay")
        intent = control.sessions()[0]["payment_intent"]

        refund = client.v1.refunds.create(
            {"payment_intent": intent, "metadata": {"payment_id": "p1"}}, options=on()
        )

        assert (refund.status, refund.amount) == ("succeeded", 14264)
        found = client.v1.refunds.list({"payment_intent": intent}, options=on()).data
        assert [each.metadata["payment_id"] for each in found if each.metadata] == ["p1"]
        with pytest.raises(stripe.InvalidRequestError, match="already been refunded"):
            client.v1.refunds.create({"payment_intent": intent}, options=on())
        assert control.sessions()[0]["refunded"] == 14264


class TestIdempotencyKeys:
    def test_s14_the_same_key_gives_the_same_answer(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        first, second = make(client, "k1"), make(client, "k1")

        assert first.id == second.id
        assert second.last_response.headers["Idempotent-Replayed"] == "true"
        assert len(control.sessions()) == 1

    def test_s15_another_body_under_the_key_is_an_error(self, client: StripeClient) -> None:
        make(client, "k1")

        with pytest.raises(stripe.IdempotencyError, match="same parameters"):
            make(client, "k1", amount=999)

    def test_s16_keys_belong_to_one_account(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        assert make(client, "k1").id != make(client, "k1", account=NO_PAYOUTS).id

    def test_s17_a_repeat_while_the_first_is_at_work_makes_no_second(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        def attempt(_: int) -> str:
            try:
                return str(make(client, "k1").id)
            except stripe.APIError as conflict:
                return "" if conflict.http_status == 409 else repr(conflict)

        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(attempt, range(16)))

        assert len(made - {""}) == 1
        assert len(control.sessions()) == 1

    def test_s18_what_was_refused_is_not_kept(self, client: StripeClient) -> None:
        with pytest.raises(stripe.InvalidRequestError):
            make(client, "k1", amount=1)

        assert make(client, "k1").status == "open"

    def test_s19_a_key_is_forgotten_after_a_day(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        first = make(client, "k1")
        control.advance_clock(seconds=24 * 3600)

        assert make(client, "k1").id != first.id


class TestFaults:
    @pytest.mark.parametrize(("kind", "made"), [("timeout_before", 0), ("timeout_after", 1)])
    def test_s20_a_timeout_before_or_after_the_effect(
        self, client: StripeClient, control: StripeControl, kind: str, made: int
    ) -> None:
        control.order_fault(kind, endpoint="checkout.sessions.create")

        with pytest.raises(stripe.APIConnectionError):
            make(client, "k1")

        assert len(control.sessions()) == made
        assert make(client, "k1").status == "open"
        assert len(control.sessions()) == 1

    @pytest.mark.parametrize(("executed", "made"), [(False, 0), (True, 1)])
    def test_s21_a_stored_500_stays_under_its_key(
        self, client: StripeClient, control: StripeControl, executed: bool, made: int
    ) -> None:
        control.order_fault("stored_500", endpoint="checkout.sessions.create", executed=executed)

        for _ in range(2):
            with pytest.raises(stripe.APIError) as wrong:
                make(client, "k1")
            assert wrong.value.http_status == 500

        assert len(control.sessions()) == made
        assert make(client, "k2").status == "open"

    def test_s22_too_many_requests(self, client: StripeClient, control: StripeControl) -> None:
        control.order_fault("rate_limit", times=2)

        for _ in range(2):
            with pytest.raises(stripe.RateLimitError):
                make(client, "k1")
        assert make(client, "k1").status == "open"

    def test_s23_a_500_that_is_not_kept_passes(
        self, client: StripeClient, control: StripeControl
    ) -> None:
        control.order_fault("error_500", skip=1)
        make(client)

        with pytest.raises(stripe.APIError):
            make(client, "k1")
        assert make(client, "k1").status == "open"
        assert control.faults()[0]["hit"] == 1

    def test_s24_control_refuses_what_it_does_not_know(self, control: StripeControl) -> None:
        for wrong in ({"kind": "nonsense"}, {"kind": "rate_limit", "nonsense": 1}):
            with pytest.raises(ValueError, match=r"kind|unknown"):
                control.order_fault(**wrong)
        with pytest.raises(ValueError, match="webhooks"):
            control.turn(webhooks="perhaps")


class TestWebhooks:
    DONE = ("payment_intent.succeeded", "checkout.session.completed")

    def test_s25_first_before_the_browser_is_sent_back(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        session = make(client)
        control.press(session.id, "pay")

        assert tuple(event.type for event in shop.events()) == self.DONE
        completed = shop.events()[1]
        assert completed.account == READY
        assert completed.data.object["id"] == session.id
        assert completed.data.object["payment_status"] == "paid"

    def test_s26_last(self, client: StripeClient, control: StripeControl, shop: Shop) -> None:
        control.turn(webhooks="last")
        control.press(make(client).id, "pay")

        assert shop.got == []
        assert tuple(shop.types(2)) == self.DONE

    def test_s27_twice(self, client: StripeClient, control: StripeControl, shop: Shop) -> None:
        control.turn(webhooks="twice")
        control.press(make(client).id, "pay")

        assert tuple(shop.types(4)) == self.DONE * 2
        assert len({event.id for event in shop.events()}) == 2

    def test_s28_out_of_order(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        control.turn(webhooks="out_of_order")
        control.press(make(client).id, "pay")

        assert tuple(shop.types(2)) == self.DONE[::-1]

    def test_s29_never(self, client: StripeClient, control: StripeControl, shop: Shop) -> None:
        control.turn(webhooks="never", last_seconds=0.0)
        control.press(make(client).id, "pay")
        time.sleep(0.2)

        assert shop.got == []
        assert [each["answers"] for each in control.deliveries()] == [[], []]

    def test_s30_held_until_something_else_has_happened(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        control.turn(webhooks="held")
        control.press(make(client).id, "pay")
        assert shop.got == []

        assert control.send_held() == 2
        assert tuple(shop.types(2)) == self.DONE

    def test_s31_what_was_not_answered_by_2xx_comes_again(
        self, client: StripeClient, control: StripeControl, shop: Shop
    ) -> None:
        shop.status = 503
        control.press(make(client).id, "decline")
        shop.status = 200

        assert shop.types(2) == ["payment_intent.payment_failed"] * 2
        until = time.monotonic() + 60  # The shop knows of an answer before the twin notes it.
        while len(control.deliveries()[0]["answers"]) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        assert control.deliveries()[0]["answers"] == [503, 200]

    @pytest.mark.parametrize("signature", ["bad", "old"])
    def test_s32_signatures_can_be_wrong(
        self, client: StripeClient, control: StripeControl, shop: Shop, signature: str
    ) -> None:
        control.turn(signature=signature, tries=1)
        control.press(make(client).id, "decline")

        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(*shop.got[0], WEBHOOK_SECRET)

    def test_s33_a_changed_account_is_announced(self, control: StripeControl, shop: Shop) -> None:
        control.put_account(READY, name="NORD", charges_enabled=False)

        [event] = shop.events()
        assert (event.type, event.data.object["charges_enabled"]) == ("account.updated", False)


def test_s34_the_page_shows_payments_and_turns_switches(
    twins: Running, client: StripeClient, control: StripeControl
) -> None:
    session = make(client, "k-visible")
    control.press(session.id, "pay")
    press = {"action": "webhooks", "webhooks": "never"}
    fault = {"action": "fault", "kind": "rate_limit", "endpoint": "*", "seconds": "0"}

    for form in (press, fault):
        answer = httpx.post(f"{twins.stripe}/switches", data=form, trust_env=False)
        assert answer.status_code == 303
    page = httpx.get(f"{twins.stripe}/", trust_env=False).text

    assert session.id[:18] in page
    assert "k-visible" in page
    assert "<option selected>never</option>" in page
    assert "rate_limit" in page
    assert API_KEY in page
