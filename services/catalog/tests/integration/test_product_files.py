"""Files of products: planned, confirmed, applied, taken away again; ours and Shopify's."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalog.deps import Deps
from catalog.store.models import Price, Product, Sku
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
BRAND = sample_answer("links", "links/resolve")["brand_id"]
TERM = sample_answer("identity", "brands/read")["trade_terms"][0]
NEW, API = "/products/imports/new", "/api/catalog/v1/product-imports"
HEAD = "Model number,Name (en),商品名 (ja),Category,Tax,Colour,Colour name (ja),Shade,Size,SKU number,Minimum,In packs of,Price wholesale JPY,Price wholesale USD\n"
ROWS = (
    "KNIT-1,Fine knit,細編みニット,tops,消費税 10% (JP),GRY,グレー,#808080,S,K1-S,4,2,9800,70.50\n"
    "KNIT-1,Fine knit,,,,GRY,グレー,#808080,M,,,,,\n"
    "TEE-001,,オーガニックTシャツ,tops,消費税 10% (JP),WHT,ホワイト,#ffffff,M,TEE-001-WHT-M,,,7200,\n"
    "BAD-1,Bad,,,,RED,,#ff0000,S,,,,1.5,\n"
    "BAD-1,,,,,RED,,#ff0000,M,,x,,,\n"
)
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Variant SKU,Variant Price,Image Src,Status\n"
    "linen-shirt,Linen shirt,<p>Cool &amp; light</p><script>x()</script>,Nord,Shirts,a,Size,S,Color,"
    "Navy,'00123,120.00,https://cdn.example/1.jpg,active\n"
    "linen-shirt,,,,,,,M,,Navy,00124,120.00,,\n"
    "linen-shirt,,,,,,,,,,,,https://cdn.example/2.jpg,\n"
    "tote,Tote,,Nord,Bags,,Title,Default Title,,,,30,,draft\n"
)


def sent(client: FlaskClient, content: str | bytes, **more: Any) -> TestResponse:
    body = content.encode() if isinstance(content, str) else content
    return client.post(NEW, data={"file": (io.BytesIO(body), "products.csv"), **more})


def confirmed(client: FlaskClient, content: str | bytes, **more: Any) -> str:
    planned = sent(client, content, **more)
    assert planned.status_code == 302, planned.text
    assert client.post(f"{planned.location}/confirmation").status_code == 302
    return planned.location


def results(client: FlaskClient, location: str) -> list[dict[str, str]]:
    text = client.get(f"{location}/result.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def counts(deps: Deps, maker_id: UUID) -> tuple[int, ...]:
    with deps.database.transaction(maker_id) as session:
        tables = (Product, Sku, Price)
        return tuple(session.scalars(select(func.count()).select_from(t)).one() for t in tables)


def sku_of(deps: Deps, maker_id: UUID, number: str) -> tuple[Sku, Product, dict[str, int]]:
    with deps.database.transaction(maker_id) as session:
        sku = session.scalars(select(Sku).where(Sku.number == number)).one()
        prices = session.scalars(select(Price).where(Price.product_id == sku.product_id))
        return sku, session.get_one(Product, sku.product_id), {p.currency: p.minor for p in prices}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_rows_fate_is_told_before_anything_is_written(
    staff: FlaskClient, deps: Deps, maker_id: UUID, encoding: str
) -> None:
    before = counts(deps, maker_id)
    planned = sent(staff, (HEAD + ROWS).encode(encoding))
    page = staff.get(planned.location).text
    assert "2 new, 1 changed, 0 unchanged, 2 not possible." in page
    assert "This has more decimals than the currency." in page
    assert counts(deps, maker_id) == before
    staff.post(f"{planned.location}/confirmation")
    assert [row["Status"] for row in results(staff, planned.location)] == [
        "created", "created", "updated", "not imported", "not imported",
    ]  # fmt: skip
    assert counts(deps, maker_id) == (before[0] + 1, before[1] + 2, before[2] + 2)
    sku, product, prices = sku_of(deps, maker_id, "K1-S")
    assert (product.names["ja"], product.category) == ("細編みニット", "tops")
    assert (sku.minimum, sku.multiple, prices) == (4, 2, {"JPY": 9800, "USD": 7050})
    assert sku_of(deps, maker_id, "TEE-001-WHT-M")[2] == {"JPY": 7200}


@pytest.mark.rule("R83")
def test_the_same_file_twice_changes_nothing_and_a_corrected_result_can_be_read(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    location = confirmed(staff, HEAD + ROWS)
    before = counts(deps, maker_id)
    again = sent(staff, HEAD + ROWS)
    assert "0 new, 0 changed, 3 unchanged, 2 not possible." in staff.get(again.location).text
    result = staff.get(f"{location}/result.csv").get_data().decode("utf-8-sig")
    corrected = result.replace(",1.5,", ",15,").replace(",x,", ",3,")
    third = sent(staff, corrected)
    assert "2 new, 0 changed, 3 unchanged, 0 not possible." in staff.get(third.location).text
    assert counts(deps, maker_id) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_is_read_and_changes_nothing(staff: FlaskClient, kind: str) -> None:
    confirmed(staff, HEAD + ROWS.replace("Fine knit", "'=1+1"))
    exported = staff.get(f"/products/export.{kind}").get_data()
    if kind == "csv":
        assert b",'=1+1," in exported, "No spreadsheet may run it."
    planned = sent(staff, exported)
    assert "0 new, 0 changed, 3 unchanged, 0 not possible." in staff.get(planned.location).text
    assert "=1+1" in staff.get("/products").text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04 no zip",
        HEAD.encode(),
        (HEAD + 'A,"open quote').encode(),
        b"Model number,Colour,Size,Stock\nA,B,C,1\n",
        b"Name (en),Colour,Size\nA,B,C\n",
        b"Model number,Colour,Size\nA,B,C,D,E\n",
    ],
)
def test_a_broken_file_changes_nothing(
    staff: FlaskClient, deps: Deps, maker_id: UUID, content: bytes
) -> None:
    before = counts(deps, maker_id)
    refused = sent(staff, content)
    assert refused.status_code == 422
    assert "notice--bad" in refused.text
    assert counts(deps, maker_id) == before


def test_a_shopify_export_is_read_as_it_is(staff: FlaskClient, deps: Deps, maker_id: UUID) -> None:
    assert sent(staff, SHOPIFY).status_code == 422, "Whose prices these are must be said."
    how = {"trade_term_id": TERM["trade_term_id"], "currency": "USD", "language": "en"}
    location = confirmed(staff, SHOPIFY, **how)
    assert [row["Status"] for row in results(staff, location)] == [
        "created", "created", "not read", "created",
    ]  # fmt: skip
    sku, product, prices = sku_of(deps, maker_id, "00124")
    assert (sku.colour, sku.size, sku.colour_hex) == ("Navy", "M", "#1b2340")
    assert (product.model_number, product.descriptions) == ("linen-shirt", {"en": "Cool & light"})
    assert prices == {"USD": 12000}
    assert sku_of(deps, maker_id, "tote-ONE-ONE")[2] == {"USD": 3000}
    again = sent(staff, SHOPIFY, **how)
    assert "0 new, 0 changed, 3 unchanged" in staff.get(again.location).text


@pytest.mark.rule("R83")
def test_numbers_that_clash_are_refused_model_by_model(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    head = "Model number,Name (en),Colour,Size,SKU number\n"
    rows = "A,A,RED,S,TEE-001-WHT-M\nB,B,RED,S,SAME\nC,C,RED,S,SAME\nD,D,RED,S,1\nD,D,RED,S,2\nE,E,RED,S,E\nF,F,RED,S,F\n"
    before = counts(deps, maker_id)
    planned = sent(staff, head + rows)
    with deps.database.transaction(maker_id) as session:  # Somebody takes F's number meanwhile.
        row = session.scalars(select(Sku)).one()
        row.number = "F"
    staff.post(f"{planned.location}/confirmation")
    told = {row["Model number"]: row["Status"] for row in results(staff, planned.location)}
    assert told == dict.fromkeys("ABCDF", "not imported") | {"E": "created"}
    assert counts(deps, maker_id)[0] == before[0] + 1


def test_programs_import_and_cancel_by_the_same_steps(staff: FlaskClient) -> None:
    def planned() -> dict[str, Any]:
        file = {"file": (io.BytesIO((HEAD + ROWS).encode()), "a.csv")}
        response = staff.post(f"{API}?brand_id={BRAND}", data=file)
        assert response.status_code == 201, response.text
        return dict(response.json or {})

    first, second = planned(), planned()
    assert first["fates"] == {"create": 2, "update": 1, "error": 2}
    path = f"{API}/{first['import_id']}"
    assert staff.get(f"{path}/rows?fate=error").json["rows"][0]["model_number"] == "BAD-1"
    assert staff.put(f"{path}/confirmation").json["state"] == "done"
    assert staff.put(f"{path}/confirmation").status_code == 409
    other = f"{API}/{second['import_id']}"
    assert staff.delete(other).status_code == 204
    assert staff.put(f"{other}/confirmation").status_code == 409
    assert staff.get(f"{API}/export?brand_id={BRAND}").status_code == 200


@pytest.mark.rule("R203")
def test_another_brands_files_are_not_there(staff: FlaskClient, stranger: FlaskClient) -> None:
    location = sent(staff, HEAD + ROWS).location
    for path in ("", "/result.csv"):
        assert stranger.get(location + path).status_code == 404
    for path in ("/confirmation", "/cancellation"):
        assert stranger.post(location + path).status_code in (302, 404)
    assert "Nothing is written yet" in staff.get(location).text
    assert stranger.get(f"/products/export.csv?brand={BRAND}").status_code == 404
    api = f"{API}/{location.rsplit('/', 1)[1]}"
    assert stranger.get(api).status_code == 404
    assert stranger.put(f"{api}/confirmation").status_code == 404
    assert stranger.get(f"{API}/export?brand_id={BRAND}").status_code == 404


def lines(count: int) -> Iterator[str]:
    for n in range(count):
        yield f"M{n // 10},Model {n // 10},C{n % 5},S{n % 10},N{n},1000\n"


def test_a_large_file_goes_on_by_itself_and_tells_how_far_it_is(
    staff: FlaskClient, deps: Deps, maker_id: UUID
) -> None:
    from catalog.jobs.product_imports import apply_product_imports
    from common.delivery.jobs import JobRun

    head = "Model number,Name (en),Colour,Size,SKU number,Price wholesale JPY\n"
    location = confirmed(staff, head + "".join(lines(5000)))
    page = staff.get(location).text
    assert 'max="5000" value="4000"' in page
    apply_product_imports(deps, JobRun("apply_product_imports", 1))
    assert "The import is done" in staff.get(location).text
    assert counts(deps, maker_id)[1] == 5001
