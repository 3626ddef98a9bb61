"""The demo world's part in checkout: shipping rates, ways to pay, NEXT ENGINE for NORD."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import structlog
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from checkout.store.brands import enter_brand
from checkout.store.models import RateGroupRow, ShippingRateRow
from checkout.store.next_engine import find_shop, put_company, put_shop
from checkout.store.stripe import claim_account, lock_settings
from common.db import Database
from devstack.world import cast

log = structlog.get_logger()

SHOP_ID, PATTERN_ID = "2", "11"
"""The twin's shop that keeps prices without tax, and its upload pattern (twins' seed)."""
STRIPE_ACCOUNT = "acct_demo_nord"
"""The twin's account that can be paid."""
JAPAN = ZoneInfo("Asia/Tokyo")
ISLANDS = ["北海道", "沖縄県"]
Rate = tuple[str, str, int, int | None, int | None, list[str]]
RATES: dict[UUID, tuple[Rate, ...]] = {
    cast.RATE_GROUP_JP_ID: (
        ("STD", "宅配便", 800, None, 49_999, []),
        ("FREE", "送料無料", 0, 50_000, None, []),
        ("FAR", "宅配便（北海道・沖縄）", 1_600, None, 49_999, ISLANDS),
    ),
    cast.RATE_GROUP_US_ID: (
        ("GROUND", "Ground", 45_00, None, 999_99, []),
        ("FREIGHT", "Freight", 120_00, 1000_00, None, []),
    ),
}


def load(database: Database, *, now: datetime, env: Mapping[str, str]) -> None:
    """Write the settings that are not there yet, and sign in at the twin while that is needed."""
    with database.transaction(cast.MAKER_ID) as session:
        for brand in cast.BRANDS:
            enter_brand(session, brand_id=brand.id, maker_id=cast.MAKER_ID)
            lock_settings(session, brand_id=brand.id, maker_id=cast.MAKER_ID)
        _take_cards(session, now=now)
        if session.get(RateGroupRow, cast.RATE_GROUP_JP_ID) is None:
            _add_groups(session)
        shop = find_shop(session, brand_id=cast.NORD.id)
    if shop is not None and shop.state == "connected" and shop.refresh_ends_at > now:
        return
    tokens = _issued_tokens(env.get("NEXT_ENGINE_API_URL", ""))
    if tokens is not None:
        with database.transaction(cast.MAKER_ID) as session:
            _connect(session, tokens, Fernet(env["TOKEN_ENCRYPTION_KEY"].encode()))


def _take_cards(session: Session, *, now: datetime) -> None:
    """Connect NORD to the twin's account that can be paid, unless staff has set something."""
    settings = lock_settings(session, brand_id=cast.NORD.id, maker_id=cast.MAKER_ID)
    if settings.stripe_account_id is not None or settings.stripe_add_on:
        return
    claim_account(session, STRIPE_ACCOUNT, maker_id=cast.MAKER_ID)
    settings.stripe_account_id, settings.stripe_add_on = STRIPE_ACCOUNT, True
    settings.details_submitted = settings.charges_enabled = settings.payouts_enabled = True
    settings.commerce_page_url = "https://nord.example/commercial-transactions"
    settings.checked_at = now


def _add_groups(session: Session) -> None:
    for group_id, code, name, currency, country in (
        (cast.RATE_GROUP_JP_ID, "JP", "Japan standard", "JPY", "JP"),
        (cast.RATE_GROUP_US_ID, "US", "United States", "USD", "US"),
    ):
        group = RateGroupRow(
            id=group_id,
            maker_id=cast.MAKER_ID,
            brand_id=cast.NORD.id,
            code=code,
            name=name,
            currency=currency,
            country=country,
        )
        session.add(group)
        session.flush()
        session.add_all(
            ShippingRateRow(
                maker_id=cast.MAKER_ID,
                rate_group_id=group_id,
                code=rate_code,
                name=rate_name,
                fee_minor=fee,
                minimum_minor=minimum,
                maximum_minor=maximum,
                prefectures=list(prefectures),
            )
            for rate_code, rate_name, fee, minimum, maximum, prefectures in RATES[group_id]
        )


def _issued_tokens(api_url: str) -> Mapping[str, str] | None:
    """Log in at the twin through its control plane; None when there is no twin there."""
    try:
        answer = httpx.post(f"{api_url}/_control/tokens", json={}, timeout=5, trust_env=False)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        log.warning("next engine twin away, not connected")
        return None
    return dict(answer.json())


def _connect(session: Session, tokens: Mapping[str, str], cipher: Fernet) -> None:
    connection_id = put_company(
        session,
        maker_id=cast.MAKER_ID,
        company_id=tokens["company_ne_id"],
        company_name=tokens["company_name"],
        access_token=cipher.encrypt(tokens["access_token"].encode()),
        refresh_token=cipher.encrypt(tokens["refresh_token"].encode()),
        access_ends_at=_instant(tokens["access_token_end_date"]),
        refresh_ends_at=_instant(tokens["refresh_token_end_date"]),
    )
    put_shop(
        session,
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        connection_id=connection_id,
        shop_id=SHOP_ID,
        pattern_id=PATTERN_ID,
    )


def _instant(text: str) -> datetime:
    """Their dates are Japan's, without a zone."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAPAN).astimezone(UTC)
