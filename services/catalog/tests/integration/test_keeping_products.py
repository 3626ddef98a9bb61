"""Products as staff and programs keep them: made, numbered, priced, pictured, copied, deleted."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from catalog.deps import Deps
from catalog.store.keeping import list_images_of, list_skus_of
from catalog.store.models import Product, Sku
from catalog.store.prices import list_prices
from catalog.store.products import get_product, list_brand_products
from common.testing.files import make_picture
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
BRAND = UUID(sample_answer("links", "links/resolve")["brand_id"])
PRODUCT, TAX = UUID(LINE["product_id"]), UUID(LINE["tax_id"])
TERM = sample_answer("identity", "brands/read")["trade_terms"][0]["trade_term_id"]
FORM: dict[str, Any] = {
    "model_number": "COAT-1",
    "names.en": "Wool coat",
    "names.ja": "ウールコート",
    "category": "outer",
    "tax_id": str(TAX),
    "colour_codes": ["NVY", "", "ECR"],
    "colour_names.en": ["Navy", "", "Ecru"],
    "colour_names.ja": ["ネイビー", "", "エクリュ"],
    "colour_hexes": ["#1b2340", "#808080", "#e8e0d0"],
    "sizes": "S, M、L",
}
BODY: dict[str, Any] = {
    "brand_id": str(BRAND),
    "model_number": "API-1",
    "names": {"en": "By a program"},
    "colours": [{"code": "BLK", "names": {"en": "Black"}, "hex": "#000000"}],
    "sizes": ["S", "M"],
    "prices": [{"trade_term_id": TERM, "currency": "JPY", "minor": 12000}],
}
API, FILES = "/api/catalog/v1/products", "/api/catalog/v1/files/product-images"


def make(client: FlaskClient, **changed: Any) -> UUID:
    response = client.post("/products/new", data=FORM | changed)
    assert response.status_code == 302, response.text
    return UUID(response.location.split("/")[2])


def picture_of(product_id: object) -> dict[str, Any]:
    return {"product_id": str(product_id), "file": (io.BytesIO(make_picture()), "a.png")}


def skus_of(deps: Deps, maker_id: UUID, product_id: UUID) -> dict[str, Sku]:
    with deps.database.transaction(maker_id) as session:
        return {f"{s.colour}/{s.size}": s for s in list_skus_of(session, product_id)}


def product_of(deps: Deps, maker_id: UUID, product_id: UUID) -> Product:
    with deps.database.transaction(maker_id) as session:
        return get_product(session, product_id, brand_ids=[BRAND])[0]


@pytest.mark.rule("R83")
def test_a_template_makes_a_sku_of_every_colour_in_every_size(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    skus = skus_of(deps, maker_id, make(staff))
    assert list(skus) == ["NVY/S", "NVY/M", "NVY/L", "ECR/S", "ECR/M", "ECR/L"]
    assert skus["ECR/M"].number == "COAT-1-ECR-M"
    assert skus["ECR/M"].colour_names == {"en": "Ecru", "ja": "エクリュ"}


def test_rows_for_more_colours_are_added_without_script_and_lose_nothing(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    empty = staff.get("/products/new").text
    assert 'name="more"' in empty
    assert empty.count('name="colour_codes"') == 3
    more = staff.post("/products/new", data=FORM | {"more": "colours", "sizes": ""})
    assert more.status_code == 200
    assert re.findall(r'name="colour_codes" value="(.*?)"', more.text) == ["NVY", "", "ECR"] + 3 * [
        ""
    ]
    assert 'value="エクリュ"' in more.text
    assert 'value="Wool coat"' in more.text
    with deps.database.transaction(maker_id) as session:
        made = list_brand_products(session, brand_ids=[BRAND], search="COAT-1", limit=9)
    assert made == []
    here = f"/products/{make(staff)}/edit"
    version = {"version": "1"}
    again = staff.post(here, data=FORM | version | {"more": "colours", "model_number": "Typed"})
    assert (again.status_code, again.text.count('name="colour_codes"')) == (200, 6)
    assert 'value="Typed"' in again.text
    assert 'value="Typed"' not in staff.get(here).text


@pytest.mark.rule("R83")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"model_number": "TEE-001"}, "model_number"),
        ({"model_number": ""}, "model_number"),
        ({"names.en": "", "names.ja": " "}, "names"),
        ({"colour_codes": ["", "", ""], "colour_names.en": [], "colour_names.ja": []}, "colours"),
        ({"colour_codes": ["NVY", "", "NVY"]}, "colours"),
        ({"sizes": " , "}, "sizes"),
        ({"sizes": "S, S"}, "sizes"),
        ({"tax_id": str(UUID(int=77))}, "tax_id"),
        ({"model_number": "TEE", "colour_codes": ["001-WHT"], "sizes": "M"}, "skus.001-WHT.M"),
    ],
)
def test_what_is_missing_or_taken_is_said_and_nothing_typed_is_lost(
    staff: FlaskClient, deps: Deps, maker_id: UUID, changed: dict[str, Any], field: str
) -> None:
    response = staff.post("/products/new", data=FORM | changed)
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text
    assert 'value="outer"' in response.text
    with deps.database.transaction(maker_id) as session:
        assert len(list_brand_products(session, brand_ids=[BRAND])) == 1


@pytest.mark.rule("R83")
def test_an_edited_template_keeps_old_skus_and_gaps(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    product_id = make(staff)
    before = skus_of(deps, maker_id, product_id)
    kept = {f"made.{at}": "yes" for at in range(6) if at != 1}
    numbers = {f"number.{at}": f"N-{at}" for at in range(6)}
    path = f"/products/{product_id}"
    assert staff.post(f"{path}/skus", data=kept | numbers | {"version": 1}).status_code == 302
    changed = {"colour_codes": ["NVY", "RED"], "colour_names.en": ["Navy", "Red"]}
    changed |= {"colour_names.ja": [], "colour_hexes": ["#1b2340", "#ff0000"]}
    edited = staff.post(f"{path}/edit", data=FORM | changed | {"version": 2})
    assert edited.status_code == 302, edited.text
    after = skus_of(deps, maker_id, product_id)
    assert list(after) == ["NVY/S", "NVY/L", "RED/S", "RED/M", "RED/L"]
    assert after["NVY/S"].id == before["NVY/S"].id
    assert after["NVY/S"].number == "N-0"


@pytest.mark.rule("R83")
def test_sku_numbers_are_unique_and_two_may_swap(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    product_id = make(staff, sizes="S", **{"colour_codes": ["NVY", "ECR"]})
    path = f"/products/{product_id}/skus"
    data = {"made.0": "yes", "made.1": "yes", "version": 1}
    data |= {"number.0": "COAT-1-ECR-S", "number.1": "COAT-1-NVY-S", "minimum.0": "6"}
    assert staff.post(path, data=data | {"multiple.0": "3"}).status_code == 302
    skus = skus_of(deps, maker_id, product_id)
    assert skus["NVY/S"].number == "COAT-1-ECR-S"
    assert (skus["NVY/S"].minimum, skus["NVY/S"].multiple) == (6, 3)
    for wrong in (
        {"number.0": "TEE-001-WHT-M"},
        {"number.0": "X", "number.1": "X"},
        {"multiple.0": "4"},
        {"minimum.0": "0"},
        {"minimum.0": "six"},
    ):
        refused = staff.post(path, data=data | {"version": 2} | wrong)
        assert refused.status_code == 422, wrong
        assert "field__error" in refused.text
    assert staff.post(path, data={"version": 2}).status_code == 422, "One SKU must stay."
    assert staff.post(path, data=data | {"version": 1}).status_code == 412


@pytest.mark.rule("R57", "R58", "R64")
def test_prices_are_typed_in_one_grid_and_buyers_get_them(
    staff: FlaskClient, deps: Deps, maker_id: UUID, ask: Ask
) -> None:
    path = f"/products/{PRODUCT}/prices"
    sent = {f"price.{TERM}.JPY": "１,０００", f"price.{TERM}.USD": "48.5", "version": 1}
    assert 'value="6800"' in staff.get(path).text
    assert staff.post(path, data=sent).status_code == 302
    with deps.database.transaction(maker_id) as session:
        prices = {each.currency: each.minor for each in list_prices(session, product_id=PRODUCT)}
    assert prices == {"JPY": 1000, "USD": 4850}
    assert ask("prices/read")["catalogs"][0]["lines"][0]["list_price"]["minor"] == 1000
    for wrong in ("12.5", "-1", "abc", "1e30"):
        refused = staff.post(path, data=sent | {f"price.{TERM}.JPY": wrong, "version": 2})
        assert refused.status_code == 422
        assert f'value="{wrong}"' in refused.text
    assert staff.post(path, data={"version": 2}).status_code == 302
    assert ask("prices/read")["catalogs"][0]["lines"][0]["reason"] == "no_price"


def test_pictures_are_stored_anew_sorted_and_described(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    path = f"/products/{PRODUCT}/images"
    files = [(io.BytesIO(make_picture(colour=c)), f"{c}.png") for c in ("teal", "red")]
    upload = f"/products/files/{PRODUCT}"
    sent = staff.post(upload, data={"files": files, "colour": "WHT"})
    assert sent.status_code == 302, sent.text
    with deps.database.transaction(maker_id) as session:
        first, second = list_images_of(session, PRODUCT)
    assert deps.storage.has(f"{first.key}-1200.webp")
    order = {"image_ids": [str(first.id), str(second.id)], "up": str(second.id)}
    words = {f"alt.{second.id}.en": "From behind", f"colour.{second.id}": "NONE"}
    assert staff.post(f"{path}/order", data=order | words).status_code == 302
    with deps.database.transaction(maker_id) as session:
        again = list_images_of(session, PRODUCT)
    assert [each.id for each in again] == [second.id, first.id]
    assert (again[0].alts, again[0].colour) == ({"en": "From behind"}, None)
    broken = staff.post(upload, data={"files": [(io.BytesIO(b"GIF89a<script>"), "a.gif")]})
    assert broken.status_code == 422
    removed = {"image_ids": [str(first.id)], "remove": str(first.id)}
    assert staff.post(f"{path}/order", data=removed).status_code == 302
    with deps.database.transaction(maker_id) as session:
        assert [each.id for each in list_images_of(session, PRODUCT)] == [second.id]


def test_a_copy_has_its_own_numbers_and_is_in_no_catalog(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    made = [staff.post(f"/products/{PRODUCT}/duplicate").location.split("/")[2] for _ in range(2)]
    copies = [product_of(deps, maker_id, UUID(each)) for each in made]
    assert [each.model_number for each in copies] == ["TEE-001-2", "TEE-001-3"]
    assert skus_of(deps, maker_id, copies[0].id)["WHT/M"].number == "TEE-001-2-WHT-M"
    with deps.database.transaction(maker_id) as session:
        assert [p.minor for p in list_prices(session, product_id=copies[0].id)] == [6800]


def test_only_the_typed_word_deletes_and_carts_just_miss_it(staff: FlaskClient, ask: Ask) -> None:
    path = f"/products/{PRODUCT}/delete"
    assert staff.get(path).status_code == 200
    assert staff.post(path, data={"word": "Confirm"}).status_code == 422
    assert ask("prices/read")["catalogs"][0]["lines"][0]["is_orderable"]
    assert staff.post(path, data={"word": "confirm"}).status_code == 302
    assert ask("prices/read")["catalogs"][0]["lines"][0]["reason"] == "not_in_catalog"


def test_many_change_together_or_not_at_all(staff: FlaskClient, deps: Deps, maker_id: UUID) -> None:
    other = make(staff)
    ids = [str(PRODUCT), str(other)]
    page = staff.get(f"/products/bulk?ids={ids[0]}&ids={ids[1]}")
    assert "TEE-001" in page.text
    sent = {"ids": ids, "category": "sale", "tax_id": "none", "percent": "-12.5"}
    assert staff.post("/products/bulk", data=sent).status_code == 302
    found = product_of(deps, maker_id, PRODUCT)
    assert (found.category, found.tax_id) == ("sale", None)
    with deps.database.transaction(maker_id) as session:
        assert [p.minor for p in list_prices(session, product_id=PRODUCT)] == [5950]
    for wrong in ({"percent": "-91"}, {"percent": "x"}, {"tax_id": str(UUID(int=9))}):
        refused = staff.post("/products/bulk", data=sent | {"category": "other"} | wrong)
        assert refused.status_code == 422, wrong
    assert product_of(deps, maker_id, other).category == "sale"
    gone = {"ids": [*ids, str(UUID(int=3))], "word": "confirm"}
    assert staff.post("/products/bulk/delete", data=gone).status_code == 404
    assert staff.post("/products/bulk/delete", data={"ids": ids}).status_code == 422
    assert product_of(deps, maker_id, other)
    assert (
        staff.post("/products/bulk/delete", data={"ids": ids, "word": "confirm"}).status_code == 302
    )
    assert "No products yet" in staff.get("/products").text


def test_the_list_is_searched_and_narrowed(staff: FlaskClient) -> None:
    make(staff)
    for query, found in (
        ("q=ｃｏａｔ", ["COAT-1"]),
        ("q=ウール", ["COAT-1"]),
        ("q=tee-001", ["TEE-001"]),
        ("q=%25", []),
        ("category=outer", ["COAT-1"]),
        ("only=unpriced", ["COAT-1"]),
        ("", ["COAT-1", "TEE-001"]),
    ):
        text = staff.get(f"/products?{query}").text
        assert [each for each in ("COAT-1", "TEE-001") if f">{each}</td>" in text] == found, query


def test_programs_keep_products_by_the_same_rules(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    made = staff.post(API, json=BODY)
    assert made.status_code == 201, made.text
    whole = made.json or {}
    assert [each["number"] for each in whole["skus"]] == ["API-1-BLK-S", "API-1-BLK-M"]
    assert whole["prices"][0]["minor"] == 12000
    path, tag = f"{API}/{whole['id']}", made.headers["ETag"]
    body = {name: value for name, value in BODY.items() if name != "brand_id"}
    sku = {"colour": "BLK", "size": "M", "number": "OWN", "minimum": 2}
    changed = body | {"skus": [sku], "prices": []}
    assert staff.put(path, json=changed).status_code == 428
    put = staff.put(path, json=changed, headers={"If-Match": tag})
    assert put.status_code == 200, put.text
    assert [each["number"] for each in put.json["skus"]] == ["OWN"]
    assert staff.put(path, json=changed, headers={"If-Match": tag}).status_code == 412
    assert staff.post(API, json=BODY).json["errors"][0]["field"] == "model_number"
    assert staff.post(API, json=BODY | {"stock": 3}).status_code == 422
    wrong = BODY | {"model_number": "API-2"}
    wrong["prices"] = [{"trade_term_id": TERM, "currency": "GBP", "minor": 1}]
    assert staff.post(API, json=wrong).json["errors"][0]["code"] == "R61"
    assert staff.post(f"{path}/copies", json={}).json["model_number"] == "API-1-2"
    many = {"product_ids": [whole["id"]], "category": "new", "tax_id": None}
    assert staff.patch(API, json=many).status_code == 204
    image = staff.post(FILES, data=picture_of(whole["id"])).json
    wish = {"images": [{"id": image["id"], "colour": "BLK", "alts": {"en": "Front"}}]}
    assert staff.put(f"{path}/images", json=wish).json["images"][0]["colour"] == "BLK"
    assert staff.get(path).json["category"] == "new"
    assert staff.delete(path, json={"word": "no"}).status_code == 422
    assert staff.delete(path, json={"word": "confirm"}).status_code == 204
    assert staff.get(path).status_code == 404


@pytest.mark.rule("R203")
def test_another_brands_product_is_not_there(staff: FlaskClient, stranger: FlaskClient) -> None:
    page, api = f"/products/{PRODUCT}", f"{API}/{PRODUCT}"
    for path in ("", "/edit", "/skus", "/prices", "/images", "/delete"):
        assert stranger.get(page + path).status_code == 404, path
    for path in ("/edit", "/skus", "/prices", "/images/order", "/delete", "/duplicate"):
        assert stranger.post(page + path, data=FORM).status_code == 404, path
    many = {"ids": str(PRODUCT), "word": "confirm"}
    assert stranger.get(f"/products/bulk?ids={PRODUCT}").status_code == 404
    assert stranger.post("/products/bulk", data=many).status_code == 404
    assert stranger.post("/products/bulk/delete", data=many).status_code == 404
    assert stranger.post("/products/new", data=FORM | {"brand": str(BRAND)}).status_code == 404
    body = {name: value for name, value in BODY.items() if name != "brand_id"}
    assert stranger.get(api).status_code == 404
    assert stranger.post(API, json=BODY).status_code == 404
    assert stranger.put(api, json=body, headers={"If-Match": '"1"'}).status_code == 404
    assert stranger.delete(api, json={"word": "confirm"}).status_code == 404
    assert stranger.post(f"{api}/copies", json={}).status_code == 404
    assert stranger.patch(API, json={"product_ids": [str(PRODUCT)]}).status_code == 404
    assert stranger.put(f"{api}/images", json={"images": []}).status_code == 404
    assert stranger.post(FILES, data=picture_of(PRODUCT)).status_code == 404
    assert stranger.post(f"/products/files/{PRODUCT}", data={"files": []}).status_code == 404
    assert staff.get(page).status_code == 200
