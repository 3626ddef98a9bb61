"""How we speak to Stripe: the client, and its errors in our words (K16)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe
from stripe import StripeClient

from common.tracing import span

TIMEOUT_SECONDS = 8.0


class StripeAway(Exception):
    """No usable answer: what was asked for may have happened or not. The same key may be tried."""


class StripeFailureKept(Exception):
    """A 500 that Stripe has stored under the key: the same key gives it for ever."""


class StripeRefused(Exception):
    """Stripe understood and said no; trying again as it is will not help."""


class StripeUnknown(StripeRefused):
    """Stripe has no such object: made under another key, or in another mode."""


def make_client(*, secret_key: str, api_url: str) -> StripeClient:
    """Return the platform's client; retries are ours, for they must survive a restart."""
    # The library tells every request at info, and each of them is one line of ours already.
    logging.getLogger("stripe").setLevel(logging.WARNING)
    return StripeClient(
        secret_key or "none",
        base_addresses={"api": api_url},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def on(account_id: str, key: str | None = None) -> Any:
    """Return the options of a call for that connected account, under that idempotency key."""
    options = {"stripe_account": account_id}
    return options | {"idempotency_key": key} if key else options


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's errors into ours; nothing of a request is in their words."""
    try:
        with span("Stripe", kind="client"):
            yield
    except stripe.RateLimitError as busy:
        raise StripeAway("Stripe asks for a pause.") from busy
    except stripe.IdempotencyError as used:
        raise StripeFailureKept("Stripe knows this key with another content.") from used
    except stripe.InvalidRequestError as no:
        kind = StripeUnknown if no.code == "resource_missing" else StripeRefused
        raise kind(no.user_message or "Stripe refused.") from no
    except stripe.PermissionError as no:
        raise StripeRefused(no.user_message or "Stripe refused.") from no
    except stripe.AuthenticationError as no:
        raise StripeRefused("Stripe does not know our key.") from no
    except stripe.StripeError as lost:
        if _is_kept(lost):
            raise StripeFailureKept("Stripe failed and keeps to it.") from lost
        raise StripeAway("Stripe did not answer.") from lost


def _is_kept(lost: stripe.StripeError) -> bool:
    headers = {str(name).lower(): value for name, value in (lost.headers or {}).items()}
    return (lost.http_status or 0) >= 500 and headers.get("idempotent-replayed") == "true"
