"""What an operator reads of an error: enough to understand it, nothing of anybody's."""

import base64
import random
import secrets
from uuid import uuid4

import pytest

from common.operations.masking import LONGEST, masked

pytestmark = pytest.mark.rule("K11")

CANARIES = {
    "hana.sato+shop@aoyama.example": "550 5.1.1 <{}>: no such box",
    "ada@b.example.": "refused by {}",
    "+81 3-1234-5678": "not a number: {}",
    "03-1234-5678": "phone '{}' is too long",
    "(03) 1234-5678": "phone {}",
    "09012345678": "tel {} refused",
    "+33 1 42 68 53 00": "called {}",
    "555-123-4567": "fax {}",
    "4242 4242 4242 4242": "card {} was declined",
    "4242424242424242": "card {} was declined",
    "150-0001": "zip {} unknown",
    "〒150-0001": "住所 {}",
    "東京都渋谷区神宮前1-2-3": "address {} has no town",
    "大阪府大阪市北区梅田2丁目": "address '{}'",
    "港区南青山5-3-1": "address '{}'",
    "221B Baker Street": "cannot deliver to {}, London",
    "Torstraße 12a": "cannot deliver to {}, Berlin",
    "12 rue de la Paix": "cannot deliver to {}, Paris",
    "SW1A 1AA": "postcode {} unknown",
    "winter-2024": "passcode={} is wrong",
    "w1nter": "the passcode w1nter did not fit",
    "hunter": "password: '{}' refused",
    "s3cr3tValue": "{{'refresh_token': '{}', 'uid': 7}}",
    "abcdefgh": "Authorization: Bearer {}",
    "nobodyKnowsThisToken00": "https://order.example/l/{} is gone",
    "shortToken": "GET /l/{}?preview=1 failed",
    "state=abc&code=xyz": "https://base.example/callback?{} answered 500",
    "5f4dcc3b5aa765d61d8327deb882cf99": "key {} refused",
    "smtp-user:pa55": "smtp://{}@mail.example:25 refused",
}


@pytest.mark.parametrize("canary", CANARIES)
def test_what_is_somebodys_is_not_shown(canary: str) -> None:
    said = CANARIES[canary].format(canary)
    assert canary in said
    assert canary.strip(".") not in masked(said)
    assert "…" in masked(said)


def test_no_random_secret_is_shown() -> None:
    generator = random.Random(7)
    for _ in range(1000):
        raw = generator.randbytes(generator.choice((16, 24, 32)))
        for secret in (raw.hex(), base64.urlsafe_b64encode(raw).decode().rstrip("=")):
            assert masked(f"remote said {secret}, sorry") == "remote said …, sorry"
    assert "ey" not in masked("Bearer " + ".".join(secrets.token_urlsafe(30) for _ in range(3)))


@pytest.mark.parametrize(
    "error",
    [
        "RuntimeError: poison",
        "NEXT ENGINE says 002004: the access token has ended",
        "PeerUnavailable: identity answered 503 within 2.0 s",
        "IntegrityError: violates unique constraint uq_outbound_call_event_id_kind_recipient",
        "nothing here reads checkout.order_completed.v9",
        "payload does not fit: {'lines': {0: {'sku_id': ['Missing data for required field.']}}}",
        "Timeout: connection to 127.0.0.1:5432 timed out on 2026-11-30 08:15:00+00:00",
        "sqlalchemy.exc.NoSuchModuleError: TooManyRequestsForThisShopError",
        "order NORD-00001234 has no address (R182), 4000 JPY",
        "550 5.7.1 relaying denied at /usr/lib/python3.11/site-packages/psycopg/connection.py",
        "the link is not here yet",
        "住所がありません（R182）",
    ],
)
def test_what_an_error_is_understood_by_stays(error: str) -> None:
    assert masked(error) == error


def test_ids_stay_and_the_endless_ends() -> None:
    subject = f"order {uuid4()} of {uuid4()} is gone"
    assert masked(subject) == subject
    assert masked("na " * 1000) == ("na " * 1000)[:LONGEST] + "…"
    assert masked(None) == ""


def test_a_long_error_is_masked_at_once() -> None:
    for nasty in ("a" * 100_000, "0-" * 50_000, "A a " * 20_000, "町" * 50_000, "+1 " * 30_000):
        masked(nasty)
