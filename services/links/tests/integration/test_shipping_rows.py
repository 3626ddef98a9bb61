"""Shipping Fee Settings: a row for each Currency × Country, each with the groups that fit it."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from common.ids import new_id
from common.testing import PeerServer
from common.testing.peers import sample_answer

from .conftest import CATALOG
from .test_links import resolve
from .test_media import made

FORM = {"name": "Spring", "catalog_ids": str(CATALOG), "payment_methods": "outside"}
JAPAN, EVERYWHERE, DOLLARS = (str(new_id()) for _ in range(3))


@pytest.fixture(autouse=True)
def brand(peers: PeerServer) -> None:
    """Give the brand three groups, and buyers in Japan, Germany and the United States."""
    groups = [(JAPAN, "JPY", "JP"), (EVERYWHERE, "JPY", None), (DOLLARS, "USD", None)]
    peers.answers["checkout", "ordering/read"] = sample_answer("checkout", "ordering/read") | {
        "rate_groups": [
            {
                "rate_group_id": id_,
                "code": "G",
                "name": f"Group {number}",
                "currency": currency,
                "country": country,
                "is_usable": number != 2,
            }
            for number, (id_, currency, country) in enumerate(groups)
        ]
    }
    markets = [("JPY", "JP"), ("JPY", "DE"), ("USD", "US"), ("EUR", "FR")]
    peers.answers["identity", "brands/terms-in-use"] = {
        "rows": [
            {"trade_term_id": str(new_id()), "currency": one, "country": two, "buyers": 1}
            for one, two in markets
        ]
    }


def rows(page: str) -> dict[str, list[str]]:
    """Return the groups that each row offers, by what the row is labelled."""
    found = re.findall(
        r'<label class="rate__pair" for="(rate-\d+)">(.*?)</label>\s*<select[^>]*>(.*?)</select>',
        page,
        re.S,
    )
    return {
        " ".join(re.sub("<.*?>", "", label).split()): re.findall(
            r'<option value="([^"]+)"', options
        )
        for _, label, options in found
    }


def row(currency: str, country: str, group: str) -> dict[str, Any]:
    names = ("shipping_currency", "shipping_country", "rate_group_ids")
    return dict(zip(names, (currency, country, group), strict=True))


@pytest.mark.rule("R132", "R133", "R134")
def test_each_combination_offers_the_groups_that_fit_it(staff: FlaskClient) -> None:
    page = html.unescape(staff.get("/links/new").get_data(as_text=True))
    assert rows(page) == {
        "JPY × All Countries": [EVERYWHERE],
        "JPY × Germany": [EVERYWHERE],
        "JPY × Japan": [JAPAN, EVERYWHERE],
        "USD × All Countries": [DOLLARS],
        "USD × United States": [DOLLARS],
    }
    assert "Group 2 (All Countries), not usable" in page


@pytest.mark.rule("R133", "R134", "D16")
def test_a_group_of_all_countries_can_be_chosen_for_one_country(
    staff: FlaskClient, client: FlaskClient
) -> None:
    chosen = [row("JPY", "", EVERYWHERE), row("JPY", "JP", JAPAN), row("JPY", "DE", EVERYWHERE)]
    sent = {name: [each[name] for each in chosen] for name in chosen[0]}
    answer = resolve(client, made(staff, **sent)).json
    assert answer["shipping_rows"] == [
        {"currency": "JPY", "country": None, "rate_group_id": EVERYWHERE},
        {"currency": "JPY", "country": "JP", "rate_group_id": JAPAN},
        {"currency": "JPY", "country": "DE", "rate_group_id": EVERYWHERE},
    ]


@pytest.mark.rule("R132", "R134", "D16")
@pytest.mark.parametrize(
    "wrong",
    [
        [row("JPY", "DE", JAPAN)],
        [row("USD", "JP", JAPAN)],
        [row("JPY", "", JAPAN)],
        [row("JPY", "JP", str(new_id()))],
        [row("JPY", "JP", JAPAN), row("JPY", "JP", EVERYWHERE)],
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_the_right_ones_stay(
    staff: FlaskClient, wrong: list[dict[str, Any]]
) -> None:
    chosen = [row("USD", "US", DOLLARS), *wrong]
    sent = {name: [each[name] for each in chosen] for name in chosen[0]}
    reply = staff.post("/links/new", data=FORM | sent)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert 'id="shipping_rows-error"' in page
    assert re.search(f'value="{DOLLARS}"[^>]* selected', page)


@pytest.mark.rule("R132", "R131")
def test_without_groups_the_section_offers_nothing(staff: FlaskClient, peers: PeerServer) -> None:
    peers.answers["checkout", "ordering/read"] = sample_answer("checkout", "ordering/read") | {
        "rate_groups": []
    }
    page = staff.get("/links/new").get_data(as_text=True)
    assert "rate_group_ids" not in page
    assert "Create a shipping rate group first" in page
    made(staff)
