"""Makes or changes an endpoint of a brand."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from common.errors import Conflict, FieldError, Invalid
from notifications.domain.targets import checked_url
from notifications.domain.webhooks import TYPES
from notifications.gateways.brands import Brand
from notifications.store.webhook_models import WebhookEndpoint
from notifications.store.webhooks import list_endpoints

MOST = 10


class TooManyWebhooks(Conflict):
    code = "too_many_webhooks"


def create_endpoint(
    session: Session,
    *,
    maker_id: UUID,
    brand: Brand,
    url: str,
    types: Sequence[str],
    allow_loopback: bool,
) -> WebhookEndpoint:
    """Add an endpoint. Raises Invalid, TooManyWebhooks."""
    target = checked_url(url, allow_loopback=allow_loopback)
    wanted = known_types(types)
    if len(list_endpoints(session, [brand.brand_id])) >= MOST:
        raise TooManyWebhooks("A brand has at most ten webhooks.")
    endpoint = WebhookEndpoint(
        maker_id=maker_id,
        brand_id=brand.brand_id,
        brand_name=brand.name,
        time_zone=brand.time_zone,
        url=target,
        types=wanted,
    )
    session.add(endpoint)
    session.flush()
    return endpoint


def known_types(types: Sequence[str]) -> list[str]:
    """Return the chosen types in our order. Raises Invalid when there are none."""
    chosen = [each for each in TYPES.values() if each in types]
    if not chosen or set(types) - set(chosen):
        wrong = FieldError("types", "required", "Choose at least one event.")
        raise Invalid("Please check the marked fields.", errors=[wrong])
    return chosen
