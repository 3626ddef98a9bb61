"""See it as…: cart and checkout say what the buyer could do, and take nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkout.store.models import Cart
from common.clock import utc_now

from .conftest import World

TOKEN = "p_" + "A" * 22


@pytest.fixture
def look(world: World) -> None:
    """Let links answer a preview's token."""
    now = utc_now()
    preview = {
        "buyer_id": world.buyer["buyer_id"],
        "at": now.isoformat(),
        "expires_at": (now + timedelta(minutes=30)).isoformat(),
    }
    world.link |= {"token": TOKEN, "preview": preview}


@pytest.mark.usefixtures("look")
def test_cart_and_checkout_say_what_the_buyer_could_do(
    staff: FlaskClient, session: Session
) -> None:
    for path in (f"/cart/{TOKEN}", f"/checkout/{TOKEN}"):
        page = staff.get(f"{path}?language=en").text
        assert "What this buyer could do here" in page
        assert "You see this as" in page
    assert staff.get(f"/cart/{TOKEN}/lines").json == {
        "version": 0,
        "lines": [],
        "units": 0,
        "amounts": [],
    }
    assert session.scalar(select(func.count()).select_from(Cart)) == 0


@pytest.mark.rule("R95")
@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/cart/{}/lines"), ("POST", "/cart/{}"), ("POST", "/checkout/{}")],
)
def test_a_preview_takes_no_line_and_no_order(staff: FlaskClient, method: str, path: str) -> None:
    reply = staff.open(path.format(TOKEN), method=method, json={})
    assert reply.status_code == 403
    assert "preview" in reply.text
