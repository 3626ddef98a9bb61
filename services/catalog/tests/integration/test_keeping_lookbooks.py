"""Lookbooks and taxes as staff keeps them."""

import io
import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from catalog.deps import Deps
from catalog.store.lookbooks import get_lookbook, list_credits
from catalog.store.models import Lookbook
from common.testing.files import make_picture
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
Ask = Callable[..., dict[str, Any]]
LINK = sample_answer("links", "links/resolve")
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
BRAND, BOOK, TAX = UUID(LINK["brand_id"]), UUID(LINK["lookbook_ids"][0]), UUID(LINE["tax_id"])
PRODUCT = UUID(LINE["product_id"])
FORM = {"names.en": "Harbour", "status": "draft"}
TAX_FORM = {"names.en": "VAT", "country": "DE", "percent": "19", "rounding": "half_up"}


def noise(side: int) -> bytes:
    """Return a picture that does not compress, about three bytes a pixel."""
    sheet = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(sheet, "PNG")
    return sheet.getvalue()


def saved(client: FlaskClient, path: str = "new", **sent: Any) -> TestResponse:
    files = [(io.BytesIO(each), "a.png") for each in sent.pop("files", [make_picture()])]
    return client.post(f"/lookbooks/files/{path}", data=FORM | sent | {"files": files})


def book_of(deps: Deps, maker_id: UUID, response: TestResponse) -> Lookbook:
    with deps.database.transaction(maker_id) as session:
        lookbook_id = UUID(response.location.rsplit("/", 1)[1])
        return get_lookbook(session, lookbook_id, brand_ids=[BRAND])


@pytest.mark.rule("R151")
@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"names.en": " "}, "names"),
        ({"status": ""}, "status"),
        ({"files": []}, "files"),
        ({"files": [b"GIF89a no picture"]}, "files"),
        ({"model_numbers": "TEE-001 NONE"}, "model_numbers"),
    ],
)
def test_name_status_and_a_picture_are_required(
    staff: FlaskClient, sent: dict[str, Any], field: str
) -> None:
    refused = saved(staff, **sent)
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text


@pytest.mark.rule("R151")
def test_a_large_picture_is_warned_about_and_a_larger_one_refused(staff: FlaskClient) -> None:
    small, large, too_large = noise(300), noise(360), noise(1100)
    assert len(small) < 300 * 2**10 < len(large) < 3 * 2**20 < len(too_large)
    warning = "is larger than 300 KB"
    assert warning not in staff.get(saved(staff, files=[small]).location).text
    assert warning in staff.get(saved(staff, files=[large]).location).text
    assert saved(staff, files=[too_large]).status_code == 422


@pytest.mark.rule("R151")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_these_kinds_of_pictures_are_taken(staff: FlaskClient, kind: str) -> None:
    assert saved(staff, files=[make_picture(kind=kind)]).status_code == 302
    assert saved(staff, files=[make_picture(kind="BMP")]).status_code == 422


@pytest.mark.rule("R149", "R150")
def test_a_lookbook_is_sorted_credited_published_and_deleted(
    staff: FlaskClient, deps: Deps, maker_id: UUID, ask: Ask
) -> None:
    files = [make_picture(colour=each) for each in ("teal", "red")]
    made = saved(staff, files=files, model_numbers="TEE-001")
    book = book_of(deps, maker_id, made)
    first, second = book.keys
    with deps.database.transaction(maker_id) as session:
        assert [each.id for each in list_credits(session, book.id)] == [PRODUCT]
    known = [
        each["status"] for each in ask("lookbooks/read", lookbook_ids=[str(book.id)])["lookbooks"]
    ]
    assert known == ["draft"]
    changed = {"version": 1, "status": "public", "keys": [second, first, "brands/x/other"]}
    words = {f"alt.{second}.en": "A red coat"}
    assert saved(staff, str(book.id), files=[], **changed, **words).status_code == 302
    again = book_of(deps, maker_id, made)
    assert (again.keys, again.alts) == ([second, first], {second: {"en": "A red coat"}})
    answer = ask("lookbooks/read", lookbook_ids=[str(book.id)])
    assert answer["lookbooks"][0]["status"] == "public"
    assert saved(staff, str(book.id), files=[], **changed).status_code == 412
    both = {"version": 2, "keys": [first], "remove": [first, second]}
    assert saved(staff, str(book.id), files=[], **both).status_code == 422, "One must stay."
    delete = f"/lookbooks/{book.id}/delete"
    assert staff.post(delete, data={"word": ""}).status_code == 422
    assert staff.post(delete, data={"word": "confirm"}).status_code == 302
    assert ask("lookbooks/read", lookbook_ids=[str(book.id)])["lookbooks"] == []


@pytest.mark.rule("R63")
def test_a_tax_is_kept_and_lines_follow_it(staff: FlaskClient, ask: Ask) -> None:
    def taxes() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ask("prices/read")["catalogs"][0]["taxes"]
        return found

    path = f"/products/taxes/{TAX}"
    changed = TAX_FORM | {"country": "JP", "percent": "8", "is_reduced": "yes", "version": 1}
    assert taxes()[0]["amount"]["minor"] == 1224
    assert staff.post(path, data=changed).status_code == 302
    assert (taxes()[0]["amount"]["minor"], taxes()[0]["is_reduced"]) == (979, True)
    assert staff.post(path, data=changed).status_code == 412
    assert staff.post(path, data=TAX_FORM | {"version": 2}).status_code == 302
    assert taxes() == [], "It is Germany's now, the buyer is in Japan."


@pytest.mark.parametrize(
    "changed",
    [{"names.en": ""}, {"country": "XX"}, {"percent": "101"}, {"percent": "1.23456"},
     {"percent": "NaN"}, {"percent": ""}, {"rounding": "even"}],
)  # fmt: skip
def test_a_tax_that_cannot_be_is_refused(staff: FlaskClient, changed: dict[str, str]) -> None:
    assert staff.post("/products/taxes/new", data=TAX_FORM | changed).status_code == 422


def test_only_a_tax_that_nothing_carries_is_deleted(staff: FlaskClient) -> None:
    delete = f"/products/taxes/{TAX}/delete"
    assert staff.post(delete, data={"word": "no"}).status_code == 422
    assert staff.post(delete, data={"word": "confirm"}).status_code == 409
    sent = {"ids": str(PRODUCT), "tax_id": "none"}
    assert staff.post("/products/bulk", data=sent).status_code == 302
    assert staff.post(delete, data={"word": "confirm"}).status_code == 302
    assert staff.post("/products/taxes/new", data=TAX_FORM).status_code == 302
    assert "VAT" in staff.get("/products/taxes").text


@pytest.mark.rule("R203")
def test_another_brands_lookbooks_and_taxes_are_not_there(stranger: FlaskClient) -> None:
    book, tax = f"/lookbooks/{BOOK}", f"/products/taxes/{TAX}"
    assert stranger.get(book).status_code == stranger.get(tax).status_code == 404
    assert saved(stranger, str(BOOK)).status_code == 404
    assert saved(stranger, brand=str(BRAND)).status_code == 404
    for path in (f"{book}/delete", tax, f"{tax}/delete"):
        assert stranger.post(path, data={"word": "confirm"}).status_code == 404


@pytest.mark.rule("R151", "R203")
def test_programs_keep_lookbooks_and_taxes_by_the_same_rules(
    staff: FlaskClient, stranger: FlaskClient
) -> None:
    api = "/api/catalog/v1"
    file = {"brand_id": str(BRAND), "file": (io.BytesIO(make_picture()), "a.png")}
    key = staff.post(f"{api}/files/lookbook-images", data=file).json["key"]
    body = {"names": {"en": "By a program"}, "status": "public", "keys": [key]}
    own = body | {"brand_id": str(BRAND), "model_numbers": ["TEE-001"]}
    made = staff.post(f"{api}/lookbooks", json=own)
    assert made.status_code == 201, made.text
    path, tag = f"{api}/lookbooks/{made.json['id']}", {"If-Match": made.headers["ETag"]}
    for wrong in ({"keys": []}, {"keys": ["../secret"]}, {"names": {}}, {"status": "hidden"}):
        assert staff.post(f"{api}/lookbooks", json=own | wrong).status_code == 422, wrong
        assert staff.put(path, json=body | wrong, headers=tag).status_code == 422, wrong
    assert staff.put(path, json=body).status_code == 428
    assert staff.put(path, json=body | {"status": "draft"}, headers=tag).json["status"] == "draft"
    assert staff.put(path, json=body, headers=tag).status_code == 412
    assert staff.get(path).json["model_numbers"] == []
    tax = {"names": {"en": "VAT"}, "country": "FR", "percent": "20", "rounding": "up"}
    made = staff.post(f"{api}/taxes", json=tax | {"brand_id": str(BRAND)})
    taxes = f"{api}/taxes/{made.json['id']}"
    tag = {"If-Match": made.headers["ETag"]}
    assert staff.put(taxes, json=tax | {"percent": "101"}, headers=tag).status_code == 422
    assert staff.put(taxes, json=tax | {"percent": "5.5"}, headers=tag).json["percent"] == "5.5"
    for url in (path, taxes):
        assert stranger.delete(url, json={"word": "confirm"}).status_code == 404
        assert stranger.put(url, json=body if url == path else tax, headers=tag).status_code == 404
        assert staff.delete(url, json={"word": "no"}).status_code == 422
        assert staff.delete(url, json={"word": "confirm"}).status_code == 204
    assert stranger.get(path).status_code == 404
    assert len(staff.get(f"{api}/taxes").json["taxes"]) == 1
