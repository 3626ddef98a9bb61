"""Catalogs as staff keeps them: made, edited, copied, deleted, and who may see them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.deps import Deps
from catalog.store.catalogs import list_catalogs
from catalog.store.editing import list_product_ids
from catalog.store.models import Catalog, Product
from common.testing import PeerServer
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
ChangeCatalog = Callable[..., None]
BUYER = sample_answer("identity", "buyers/search")["buyers"][0]
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
CATALOG, PRODUCT = UUID(LINE["catalog_id"]), UUID(LINE["product_id"])
BRAND = UUID(sample_answer("links", "links/resolve")["brand_id"])
FORM: dict[str, Any] = {
    "names.en": "AW27 Women",
    "names.ja": "2027年 秋冬",
    "code": "AW27",
    "status": "open",
    "payment_methods": ["outside"],
    "address_shown": "yes",
}


def saved(client: FlaskClient, path: str, **changed: Any) -> TestResponse:
    return client.post(path, data=FORM | changed)


def catalogs_of(deps: Deps, maker_id: UUID) -> list[Catalog]:
    with deps.database.transaction(maker_id) as session:
        return [each.catalog for each in list_catalogs(session, brand_ids=[BRAND])]


@pytest.mark.rule("R79")
def test_a_catalog_is_made_with_everything_the_form_says(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    moment = {"open_at": "2027-07-01T09:00", "open_at_zone": "Asia/Tokyo"}
    response = saved(staff, "/catalogs/new", **moment)
    assert response.status_code == 302
    made = catalogs_of(deps, maker_id)[-1]
    assert (made.names["ja"], made.code, made.status) == ("2027年 秋冬", "AW27", "open")
    assert made.open_at is not None
    assert made.open_at.isoformat() == "2027-07-01T00:00:00+00:00"


@pytest.mark.rule("R79")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"names.en": " ", "names.ja": ""}, "names"),
        ({"status": ""}, "status"),
        ({"payment_methods": []}, "payment_methods"),
    ],
)
def test_name_status_and_payment_are_required_and_nothing_typed_is_lost(
    staff: FlaskClient, deps: Deps, maker_id: UUID, changed: dict[str, Any], field: str
) -> None:
    before = len(catalogs_of(deps, maker_id))
    response = saved(staff, "/catalogs/new", **changed)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    assert 'value="AW27"' in response.text
    assert len(catalogs_of(deps, maker_id)) == before


@pytest.mark.rule("R74")
def test_the_list_says_whose_order_deadline_has_passed(staff: FlaskClient) -> None:
    assert "Order deadline passed" not in staff.get("/catalogs").text
    past = {"order_deadline_at": "2020-07-01T09:00", "order_deadline_at_zone": "Asia/Tokyo"}
    assert saved(staff, "/catalogs/new", **past).status_code == 302
    assert staff.get("/catalogs").text.count("Order deadline passed") == 1
    assert saved(staff, "/catalogs/new", code="C", status="closed", **past).status_code == 302
    assert staff.get("/catalogs").text.count("Order deadline passed") == 1


@pytest.mark.rule("R80")
def test_a_code_is_optional_but_unique(staff: FlaskClient) -> None:
    assert saved(staff, "/catalogs/new", code="").status_code == 302
    assert saved(staff, "/catalogs/new", code="").status_code == 302
    taken = saved(staff, "/catalogs/new", code="SS27")
    assert taken.status_code == 422
    assert "Another catalog has this code." in taken.text


@pytest.mark.rule("R80")
def test_a_catalog_keeps_its_own_code_and_may_not_take_anothers(staff: FlaskClient) -> None:
    edit = f"/catalogs/{CATALOG}/edit"
    assert saved(staff, "/catalogs/new").status_code == 302
    assert saved(staff, edit, code="SS27", version=1).status_code == 302
    assert saved(staff, edit, code="AW27", version=2).status_code == 422


@pytest.mark.rule("R76")
def test_any_status_changes_to_any_other(staff: FlaskClient, deps: Deps, maker_id: UUID) -> None:
    version = 1
    for status in ("limited", "open", "closed", "limited", "closed", "open"):
        done = saved(
            staff, f"/catalogs/{CATALOG}/edit", code="SS27", status=status, version=version
        )
        assert done.status_code == 302
        assert catalogs_of(deps, maker_id)[0].status == status
        version += 1


def test_a_second_editor_is_told_instead_of_overwriting(staff: FlaskClient) -> None:
    edit = f"/catalogs/{CATALOG}/edit"
    assert saved(staff, edit, code="", version=1).status_code == 302
    late = saved(staff, edit, code="MINE", version=1)
    assert late.status_code == 412
    assert 'value="MINE"' in late.text


@pytest.mark.rule("R77")
@pytest.mark.parametrize("word", ["", "Confirm", "confirm!", "yes"])
def test_another_word_deletes_nothing(staff: FlaskClient, ask: Ask, word: str) -> None:
    refused = staff.post(f"/catalogs/{CATALOG}/delete", data={"word": word})
    assert refused.status_code == 422
    assert ask("catalogs/read")["catalogs"]


@pytest.mark.rule("R77", "R78")
def test_the_word_deletes_for_good_and_links_just_miss_it(staff: FlaskClient, ask: Ask) -> None:
    assert staff.get(f"/catalogs/{CATALOG}/delete").status_code == 200
    assert ask("catalogs/read")["catalogs"], "Opening the page deletes nothing."
    assert staff.post(f"/catalogs/{CATALOG}/delete", data={"word": "confirm"}).status_code == 302
    assert ask("catalogs/read")["catalogs"] == []
    assert staff.get(f"/catalogs/{CATALOG}").status_code == 404
    assert saved(staff, "/catalogs/new", code="SS27").status_code == 302, "The code is free."


def test_a_copy_is_closed_and_has_the_same_products(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    assert staff.post(f"/catalogs/{CATALOG}/duplicate").status_code == 302
    copy = catalogs_of(deps, maker_id)[-1]
    assert (copy.status, copy.code, copy.names["en"]) == ("closed", None, "SS27 Women (copy)")
    with deps.database.transaction(maker_id) as session:
        assert list_product_ids(session, copy.id) == [PRODUCT]


@pytest.mark.rule("R72", "R71")
def test_access_is_given_and_taken_while_limited(
    staff: FlaskClient, ask: Ask, change_catalog: ChangeCatalog
) -> None:
    change_catalog(status="limited")
    path, who = f"/catalogs/{CATALOG}/access", {"buyer_ids": BUYER["buyer_id"]}
    assert staff.post(path, data=who | {"action": "grant"}).status_code == 302
    assert BUYER["name"] in staff.get(path).text
    assert ask("catalogs/read", buyer_id=BUYER["buyer_id"])["catalogs"][0]["is_visible"]
    assert staff.post(path, data=who | {"action": "revoke"}).status_code == 302
    assert not ask("catalogs/read", buyer_id=BUYER["buyer_id"])["catalogs"][0]["is_visible"]


@pytest.mark.rule("R72")
@pytest.mark.parametrize("status", ["open", "closed"])
@pytest.mark.parametrize("action", ["grant", "revoke"])
def test_access_is_neither_given_nor_taken_otherwise(
    staff: FlaskClient, change_catalog: ChangeCatalog, status: str, action: str
) -> None:
    change_catalog(status=status)
    data = {"action": action, "buyer_ids": BUYER["buyer_id"]}
    assert staff.post(f"/catalogs/{CATALOG}/access", data=data).status_code == 409


@pytest.mark.rule("R203")
def test_a_buyer_of_another_brand_gets_no_access(
    staff: FlaskClient, change_catalog: ChangeCatalog, peers: PeerServer
) -> None:
    change_catalog(status="limited")
    peers.answers[("identity", "buyers/search")] = {"buyers": []}
    data = {"action": "grant", "buyer_ids": BUYER["buyer_id"]}
    assert staff.post(f"/catalogs/{CATALOG}/access", data=data).status_code == 404


@pytest.mark.rule("R59")
def test_each_narrower_rate_wins_and_gives_way_when_removed(staff: FlaskClient, ask: Ask) -> None:
    def source() -> tuple[str, str]:
        rate = ask("prices/read")["catalogs"][0]["lines"][0]["rate"]
        return rate["source"], rate["value"]

    path = f"/catalogs/{CATALOG}/rates"
    common = {"buyer_id": BUYER["buyer_id"], "kind": "percent_off"}
    own = source()
    assert own[0] == "buyer"
    steps = [
        ({"value": "10"}, ("catalog", "10.0000")),
        (
            {"value": "20", "product_id": str(PRODUCT), "scope": "everywhere"},
            ("product", "20.0000"),
        ),
        (
            {"value": "30", "product_id": str(PRODUCT), "scope": "here"},
            ("catalog_product", "30.0000"),
        ),
    ]
    for sent, expected in steps:
        assert staff.post(path, data=common | sent).status_code == 302
        assert source() == expected
    for expected in [steps[1][1], steps[0][1], own]:
        page = staff.get(path).text
        last = page.rsplit("/removal", 1)[0].rsplit("/", 1)[1]
        assert staff.post(f"{path}/{last}/removal").status_code == 302
        assert source() == expected


@pytest.mark.parametrize("value", ["", "abc", "0", "11", "0.00001", "NaN"])
def test_a_ratio_that_cannot_be_is_refused(staff: FlaskClient, value: str) -> None:
    sent = {"buyer_id": BUYER["buyer_id"], "kind": "ratio", "value": value}
    refused = staff.post(f"/catalogs/{CATALOG}/rates", data=sent)
    assert refused.status_code == 422
    assert 'href="#value"' in refused.text


def test_products_are_added_sorted_and_taken_out(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    with deps.database.transaction(maker_id) as session:
        other = Product(
            maker_id=maker_id,
            brand_id=BRAND,
            model_number="TEE-002",
            names={"en": "Second"},
            descriptions={},
            materials={},
            category="",
            tax_id=None,
        )
        session.add(other)
    path = f"/catalogs/{CATALOG}/products"

    def order() -> list[UUID]:
        with deps.database.transaction(maker_id) as session:
            return list_product_ids(session, CATALOG)

    assert "TEE-002" in staff.get(path).text
    assert staff.post(f"{path}/add", data={"product_ids": str(other.id)}).status_code == 302
    assert order() == [PRODUCT, other.id]
    assert "1 product is added." in staff.get(path).text
    assert staff.post(f"{path}/add").status_code == 302
    assert "Choose at least one product to add." in staff.get(path).text
    staff.post(path, data={"product_ids": [str(other.id), str(PRODUCT)]})
    assert order() == [other.id, PRODUCT]
    staff.post(path, data={"up": str(PRODUCT)})
    assert order() == [PRODUCT, other.id]
    staff.post(path, data={"product_ids": []})
    assert order() == [PRODUCT, other.id], "An empty order loses nothing."
    staff.post(path, data={"remove": str(PRODUCT)})
    assert order() == [other.id]


@pytest.mark.rule("R203")
@pytest.mark.parametrize("page", ["", "/edit", "/delete", "/products", "/access", "/rates"])
def test_another_brands_catalog_is_not_there(
    staff: FlaskClient, stranger: FlaskClient, page: str
) -> None:
    assert staff.get(f"/catalogs/{CATALOG}{page}").status_code == 200
    assert stranger.get(f"/catalogs/{CATALOG}{page}").status_code == 404
    if page:
        data = FORM | {"word": "confirm"}
        assert stranger.post(f"/catalogs/{CATALOG}{page}", data=data).status_code == 404
