"""Link Management: searched, narrowed, ordered and paged; QR codes; copies."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.ids import new_id
from common.testing.peers import sample_answer
from devstack.databases import ServiceDatabase
from links.deps import Deps
from links.domain.listing import Order, Show
from links.store.links import add_link
from links.store.listing import LinkPage, list_links
from links.store.models import Link, LinkCount

from .conftest import BRAND, CATALOG, MAKER, signed_in
from .test_links import make

API = "/api/links/v1/links"
PAGE = 3


def stored(deps: Deps, name: str, **changed: Any) -> Link:
    link = Link(
        maker_id=MAKER,
        brand_id=changed.pop("brand_id", BRAND),
        token=new_id().hex[:22],
        name=name,
        description="",
        view_only=False,
        transition=False,
        address_shown=True,
        release_at=changed.pop("release_at", None),
        expires_at=changed.pop("expires_at", None),
        catalog_ids=[str(CATALOG)],
        lookbook_ids=[],
        payment_methods=["outside"],
        shipping_rows=[],
        contacts=[],
    )
    link.status = changed.pop("status", "open")
    orders = changed.pop("orders", 0)
    with deps.database.transaction(MAKER) as session:
        add_link(session, link)
        count = update(LinkCount).where(LinkCount.link_id == link.id)
        session.execute(count.values(orders=orders))
    return link


@pytest.fixture
def seven(deps: Deps) -> list[Link]:
    """Seven links that every order puts differently."""
    now = utc_now()
    return [
        stored(
            deps,
            name,
            release_at=now + timedelta(days=release) if release else None,
            expires_at=now + timedelta(days=expiry) if expiry else None,
            orders=orders,
        )
        for name, release, expiry, orders in (
            ("delta", -3, 9, 4),
            ("Alpha", None, None, 0),
            ("bravo", 5, 30, 7),
            ("echo", -9, -1, 2),
            ("golf", None, 4, 7),
            ("charlie", 2, None, 1),
            ("foxtrot", -1, 8, 0),
        )
    ]


def pages(deps: Deps, order: Order) -> Iterator[LinkPage]:
    cursor = None
    while True:
        with deps.database.transaction(MAKER) as session:
            page = list_links(
                session, brand_ids=[BRAND], now=utc_now(), order=order, cursor=cursor, size=PAGE
            )
        yield page
        if page.next is None:
            return
        cursor = page.next


def names(page: LinkPage) -> list[str]:
    return [row.link.name for row in page.rows]


@pytest.mark.parametrize("order", Order)
def test_every_order_walks_all_links_once_and_back(
    deps: Deps, seven: list[Link], order: Order
) -> None:
    walked = list(pages(deps, order))
    assert [len(page.rows) for page in walked] == [3, 3, 1]
    assert {name for page in walked for name in names(page)} == {link.name for link in seven}
    assert walked[0].previous is None
    with deps.database.transaction(MAKER) as session:
        back = list_links(
            session,
            brand_ids=[BRAND],
            now=utc_now(),
            order=order,
            cursor=walked[2].previous,
            size=PAGE,
        )
    assert names(back) == names(walked[1])
    assert back.previous is not None
    assert back.next is not None


def test_orders_mean_what_they_say(deps: Deps, seven: list[Link]) -> None:
    def first(order: Order) -> list[str]:
        return names(next(pages(deps, order)))

    assert first(Order.NEWEST) == ["foxtrot", "charlie", "golf"]
    assert first(Order.RELEASE) == ["echo", "delta", "foxtrot"]
    assert first(Order.EXPIRY) == ["echo", "golf", "foxtrot"]
    assert first(Order.ORDERS) == ["golf", "bravo", "delta"]


@pytest.mark.rule("R9", "R12")
@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.OPEN, {"delta", "Alpha", "golf", "foxtrot"}),
        (Show.NOT_YET_RELEASED, {"bravo", "charlie"}),
        (Show.EXPIRED, {"echo"}),
        (Show.VOID, {"hotel"}),
    ],
)
def test_the_filter_shows_what_links_are_now(
    deps: Deps, seven: list[Link], staff: FlaskClient, show: Show, expected: set[str]
) -> None:
    stored(deps, "hotel", status="void")
    found = staff.get(f"{API}?show={show.value}").json or {}
    assert {each["name"] for each in found["links"]} == expected
    page = staff.get(f"/links?show={show.value}").text
    assert {name for name in [*expected, "india"] if f">{name}</a>" in page} == expected


def test_words_are_found_anywhere_in_the_name_however_they_are_written(
    deps: Deps, staff: FlaskClient
) -> None:
    stored(deps, "Spring ２７ — 東京ショールーム")
    stored(deps, "Spring 27, Paris 100%")

    def found(words: str) -> set[str]:
        answer = staff.get(API, query_string={"search": words}).json or {}
        return {each["name"][-6:] for each in answer["links"]}

    assert found("27 SPRING") == {"ショールーム", "s 100%"}
    assert found("ｼｮｰﾙｰﾑ") == {"ショールーム"}
    assert found("0%") == {"s 100%"}
    assert found("%") == {"s 100%"}
    assert found("spring autumn") == set()


def test_pages_of_the_list_link_to_their_neighbours(staff: FlaskClient, deps: Deps) -> None:
    for number in range(51):
        stored(deps, f"link {number:02}")
    first = staff.get("/links?sort=name").text
    assert "link 49" in first
    assert "link 50" not in first
    found = re.search(r'rel="next" href="([^"]+)"', first)
    assert found
    second = staff.get(found.group(1).replace("&amp;", "&")).text
    assert "link 50" in second
    assert 'rel="prev"' in second
    page = parse_qs(urlsplit(found.group(1).replace("&amp;", "&")).query)["page"][0]
    for wrong in (f"/links?sort=newest&page={page}", "/links?page=%00", "/links?sort=price"):
        assert staff.get(wrong).status_code == 404


def plan_of(session: Session, order: Order) -> str:
    """Return how PostgreSQL reads the first page in that order."""
    asked: list[Any] = []
    run = session.execute

    def note(query: Any, *given: Any, **more: Any) -> Any:
        asked.append(query)
        return run(query, *given, **more)

    session.execute = note  # type: ignore[method-assign, assignment]
    list_links(session, brand_ids=[BRAND, new_id()], now=utc_now(), order=order)
    words = asked[0].compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    escaped = f"explain {words}".replace(":", "\\:")
    return "\n".join(run(text(escaped)).scalars())


@pytest.mark.parametrize("order", Order)
def test_the_list_reads_an_index_not_the_table(
    deps: Deps, store: ServiceDatabase, seven: list[Link], order: Order
) -> None:
    fill = text(
        "insert into links (id, maker_id, brand_id, token, name, description, status, version,"
        " view_only, transition, address_shown, release_at, expires_at, catalog_ids, lookbook_ids,"
        " payment_methods, shipping_rows, videos, background, contacts)"
        " select gen_random_uuid(), maker_id, brand_id, 'filled' || n, 'link ' || n, '', 'open', 1,"
        " false, false, true, now() + n * interval '1 minute', now() + n * interval '1 hour', '[]',"
        " '[]', '[]', '[]', '[]', '{}', '[]' from links, generate_series(1, 3000) n where id = :id"
    )
    with deps.database.transaction(MAKER) as session:
        session.execute(fill, {"id": seven[1].id})
        session.execute(
            text(
                "insert into link_counts (link_id, maker_id, signed_in, orders)"
                " select id, maker_id, 0, 0 from links on conflict do nothing"
            )
        )
    with psycopg.connect(store.owner_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("analyze links")
        owner.execute("analyze link_counts")
    with deps.database.transaction(MAKER) as session:
        plan = plan_of(session, order)
    index = "ix_link_counts_by_orders" if order is Order.ORDERS else f"ix_links_by_{order.value}"
    assert index in plan or (order is Order.NEWEST and "pk_links" in plan), plan
    assert "Seq Scan" not in plan


@pytest.mark.rule("R6")
def test_other_types_have_a_tab_of_their_own_and_say_they_are_empty(staff: FlaskClient) -> None:
    make(staff)
    page = staff.get("/links").text
    assert "Customer Order Links</a>" in page.replace("\n", "")
    other = staff.get("/links/standard").text
    assert "No other types of links" in other
    assert "Secret showroom plan" not in other


@pytest.mark.rule("R7")
def test_the_qr_code_is_there_to_see_and_to_download(staff: FlaskClient) -> None:
    link = make(staff)
    page = staff.get(f"/links/{link['id']}/qr").text
    assert "<svg" in page
    assert f'data-copy="{link["url"]}"' in page
    file = staff.get(f"/links/{link['id']}/qr.svg")
    assert (file.mimetype, file.text[:4]) == ("image/svg+xml", "<svg")
    opening = file.text.split(">")[0]
    assert "viewBox" in opening
    assert "width" not in opening, "a smaller page would cut it"


@pytest.mark.rule("R14", "R15")
def test_a_copy_is_open_under_an_address_of_its_own(staff: FlaskClient) -> None:
    link = make(staff, passcode="spring-27", view_only=True, contacts=[{"email": "a@b.example"}])
    staff.post(f"/links/{link['id']}/status", data={"status": "void"})
    reply = staff.post(f"/links/{link['id']}/duplicate")
    assert reply.status_code == 303
    copy = staff.get(f"{API}/{UUID(reply.location.split('/')[2])}").json or {}
    assert copy["name"] == "Secret showroom plan (copy)"
    assert copy["token"] != link["token"]
    assert (copy["status"], copy["has_passcode"]) == ("open", True)
    own = {"id", "name", "token", "url", "status", "state", "version", "created_at", "changed_at"}
    assert {k: v for k, v in copy.items() if k not in own} == {
        k: v for k, v in link.items() if k not in own
    }


@pytest.mark.rule("R16", "R203")
def test_another_brands_link_has_no_code_and_no_copy(
    staff: FlaskClient, app: Flask, cache_url: str
) -> None:
    link = make(staff)
    stranger = signed_in(app, cache_url, brand_ids=[new_id()])
    assert stranger.get(f"/links/{link['id']}/qr").status_code == 404
    assert stranger.post(f"/links/{link['id']}/duplicate").status_code == 404
    assert stranger.post(f"{API}/{link['id']}/duplicate", json={"name": "x"}).status_code == 404
    reader = signed_in(app, cache_url, role="member_read")
    assert reader.post(f"/links/{link['id']}/duplicate").status_code == 403


def test_the_list_names_catalogs_and_lives_without_the_catalog_service(
    staff: FlaskClient, peers: Any
) -> None:
    make(staff)
    name = sample_answer("catalog", "catalogs/read")["catalogs"][0]["name"]
    assert f"<span>{name}</span>" in staff.get("/links").text
    asked = [each for each in peers.asked if each[1] == "catalogs/read" and each[2]["catalog_ids"]]
    assert len(asked) == 1
