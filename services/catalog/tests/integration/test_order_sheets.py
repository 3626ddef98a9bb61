"""The order sheet: taken away at the buyer's terms, brought back, and what becomes of each row."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalog.deps import Deps
from catalog.jobs.order_sheets import purge_order_sheets
from catalog.store.models import Product, Sku
from catalog.store.order_sheet_models import OrderSheet
from common.clock import utc_now
from common.testing import PeerServer
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
LINK = sample_answer("links", "links/resolve")
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
SHOP = f"/shop/{LINK['token']}"
SHEET = f"{SHOP}/sheets/{LINE['catalog_id']}"
HEAD = "SKU number,Model number,Colour,Size,Quantity\n"
OWN = "TEE-001-WHT-M,TEE-001,ホワイト,M,"
ChangeCatalog = Callable[..., None]


class Cart:
    """checkout's cart as its contract says it behaves."""

    def __init__(self, peers: PeerServer) -> None:
        self.cells: dict[tuple[str, str], int] = {}
        self.version = 0
        self.owners: list[tuple[str, str]] = []
        peers.answers[("checkout", "carts/read")] = self.read
        peers.answers[("checkout", "carts/write")] = self.write

    def read(self, asked: dict[str, Any]) -> dict[str, Any]:
        lines = [
            {"catalog_id": c, "sku_id": s, "quantity": q} for (c, s), q in self.cells.items() if q
        ]
        return {"version": self.version, "units": sum(self.cells.values()), "lines": lines}

    def write(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.owners.append((asked["buyer_id"], asked["link_id"]))
        told, changed = [], False
        for line in asked["lines"]:
            cell = (line["catalog_id"], line["sku_id"])
            told.append(line | {"before": self.cells.get(cell, 0)})
            changed |= self.cells.get(cell, 0) != line["quantity"]
            self.cells[cell] = line["quantity"]
        self.version += changed
        return {"version": self.version, "units": sum(self.cells.values()), "lines": told}


@pytest.fixture
def cart(peers: PeerServer) -> Cart:
    return Cart(peers)


@pytest.fixture
def change_sku(deps: Deps, maker_id: UUID) -> Callable[..., None]:
    def change(**changed: Any) -> None:
        with deps.database.transaction(maker_id) as session:
            for name, value in changed.items():
                setattr(session.get_one(Sku, UUID(LINE["sku_id"])), name, value)

    return change


def upload(client: FlaskClient, content: str | bytes, name: str = "sheet.csv") -> TestResponse:
    body = content.encode() if isinstance(content, str) else content
    return client.post(SHEET, data={"file": (io.BytesIO(body), name)})


def fates(client: FlaskClient, content: str | bytes) -> list[tuple[str, str]]:
    """Return result and note of each row of the file that comes back."""
    answer = upload(client, content)
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location)
    assert page.status_code == 200
    text = client.get(f"{answer.location}/result.csv").get_data().decode("utf-8-sig")
    return [(row["Result"], row["Note"]) for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.rule("R56", "R57", "R59", "R62", "R64")
def test_the_sheet_is_the_catalog_at_the_buyers_terms(buyer: FlaskClient, cart: Cart) -> None:
    cart.cells[LINE["catalog_id"], LINE["sku_id"]] = 7
    reply = buyer.get(f"{SHEET}/order-sheet.xlsx")
    page = load_workbook(io.BytesIO(reply.get_data())).worksheets[0]
    said = [[cell.value for cell in row] for row in page.iter_rows()]
    at = next(n for n, row in enumerate(said) if "SKU番号" in row)
    row = dict(zip(said[at], said[at + 1], strict=True))
    assert row["SKU番号"] == "TEE-001-WHT-M"
    assert (row["商品名"], row["単価"], row["通貨"]) == ("オーガニックTシャツ", 4080, "JPY")
    assert row["数量"] == 7
    assert page.protection.sheet
    locked = {said[at][cell.column - 1]: cell.protection.locked for cell in page[at + 2]}
    assert [name for name, is_locked in locked.items() if not is_locked] == ["数量"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-bom", "cp932"])
def test_a_csv_is_written_in_every_encoding_and_read_again(
    buyer: FlaskClient, cart: Cart, encoding: str
) -> None:
    reply = buyer.get(f"{SHEET}/order-sheet.csv?encoding={encoding}")
    text = reply.get_data().decode("utf-8-sig" if encoding == "utf-8-bom" else encoding)
    [row] = csv.DictReader(io.StringIO(text))
    row["数量"] = "１２"
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, row)
    writer.writeheader()
    writer.writerow(row)
    assert fates(buyer, buffer.getvalue().encode(encoding.removesuffix("-bom")))[0][0]
    assert cart.cells == {(LINE["catalog_id"], LINE["sku_id"]): 12}


def test_uploading_twice_changes_nothing(buyer: FlaskClient, cart: Cart) -> None:
    assert fates(buyer, f"{HEAD}{OWN}12\n") == [("In the cart", "")]
    assert fates(buyer, f"{HEAD}{OWN}12\n") == [("Unchanged", "")]
    assert cart.version == 1
    assert fates(buyer, f"{HEAD}{OWN}\n") == [("", "")]
    assert cart.cells == {(LINE["catalog_id"], LINE["sku_id"]): 12}
    assert fates(buyer, f"{HEAD}{OWN}0\n") == [("Taken out of the cart", "It was 12 before.")]
    assert set(cart.owners) == {
        (sample_answer("identity", "buyers/read")["buyer_id"], LINK["link_id"])
    }


@pytest.mark.rule("R84")
@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (f"{OWN}twelve", "Not a number"),
        (f"{OWN}-1", "Not a number"),
        (f"{OWN}=6*2", "Not a number"),
        (f"{OWN}100000", "Too many"),
        (f"{OWN}1,200", "Too many cells"),
        (f"{OWN}7", "Not a multiple"),
        (f"{OWN}6", "Below the minimum"),
        ("TEE-009-WHT-M,,,,12", "Unknown SKU"),
        (",,,,12", "Unknown SKU"),
        ("TEE-001-WHT-M,TEE-002,ホワイト,M,12", "Row mixed up"),
        ("TEE-001-WHT-M,TEE-001,ネイビー,M,12", "Row mixed up"),
        ("TEE-001-WHT-M,TEE-001,ホワイト,L,12", "Row mixed up"),
    ],
)
def test_every_row_that_is_not_taken_says_why(
    buyer: FlaskClient, cart: Cart, change_sku: Callable[..., None], row: str, fate: str
) -> None:
    change_sku(minimum=12, multiple=6)
    if fate == "Not a multiple":
        row = f"{OWN}13"
    [(told, note)] = fates(buyer, f"{HEAD}{row}\n")
    assert (told, bool(note)) == (fate, True)
    assert cart.version == 0


def test_two_quantities_of_one_sku_count_neither(buyer: FlaskClient, cart: Cart) -> None:
    told = fates(buyer, f"{HEAD}{OWN}12\n{OWN}13\n")
    assert [fate for fate, _ in told] == ["Two quantities"] * 2
    assert cart.version == 0


@pytest.mark.rule("R74")
def test_after_the_deadline_every_row_says_so(
    buyer: FlaskClient, cart: Cart, change_catalog: ChangeCatalog
) -> None:
    change_catalog(order_deadline_at=utc_now() - timedelta(seconds=1))
    assert fates(buyer, f"{HEAD}{OWN}12\n")[0][0] == "After the deadline"
    assert cart.version == 0
    assert 'type="file"' not in buyer.get(SHEET).text


@pytest.mark.rule("R58")
def test_without_a_price_there_is_nothing_to_order(
    buyer: FlaskClient, cart: Cart, peers: PeerServer
) -> None:
    known = sample_answer("identity", "buyers/read")
    peers.answers[("identity", "buyers/read")] = known | {
        "terms": known["terms"] | {"currency": "EUR"}
    }
    assert fates(buyer, f"{HEAD}{OWN}12\n")[0][0] == "Not available at your terms"
    assert cart.version == 0


@pytest.mark.rule("R93", "R95")
def test_a_view_only_link_has_no_sheet(buyer: FlaskClient, cart: Cart, peers: PeerServer) -> None:
    peers.answers[("links", "links/resolve")] = LINK | {"view_only": True}
    assert buyer.get(SHEET).status_code == 403
    assert buyer.get(f"{SHEET}/order-sheet.xlsx").status_code == 403
    assert upload(buyer, f"{HEAD}{OWN}12\n").status_code == 403
    assert "/sheets/" not in buyer.get(f"{SHOP}/catalogs/{LINE['catalog_id']}").text
    assert cart.version == 0


@pytest.mark.rule("R68", "R203")
def test_whose_catalog_and_whose_sheet(
    buyer: FlaskClient, client: FlaskClient, cart: Cart, deps: Deps, change_catalog: ChangeCatalog
) -> None:
    place = upload(buyer, f"{HEAD}{OWN}12\n").location
    assert client.get(place).status_code == 302
    with deps.database.transaction(UUID(LINK["maker_id"])) as session:
        session.scalars(select(OrderSheet)).one().buyer_id = UUID(int=8)
    assert buyer.get(place).status_code == 404
    assert buyer.get(f"{place}/result.xlsx").status_code == 404
    change_catalog(status="closed")
    assert buyer.get(SHEET).status_code == 404
    assert upload(buyer, f"{HEAD}{OWN}13\n").status_code == 404
    assert cart.version == 1


def test_what_we_write_runs_nowhere(buyer: FlaskClient, cart: Cart, deps: Deps) -> None:
    with deps.database.transaction(UUID(LINK["maker_id"])) as session:
        session.get_one(Product, UUID(LINE["product_id"])).names = {"ja": "=HYPERLINK(1)"}
    page = load_workbook(io.BytesIO(buyer.get(f"{SHEET}/order-sheet.xlsx").get_data())).worksheets[
        0
    ]
    name = next(cell for row in page.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)")
    assert name.data_type == "s"
    text = buyer.get(f"{SHEET}/order-sheet.csv").get_data().decode("utf-8-sig")
    assert "\n'=HYPERLINK(1)" in text
    place = upload(buyer, f"Remark,{HEAD}+1+cmd|' /C calc'!A0,{OWN}12\n").location
    assert "\r\n'+1+cmd" in buyer.get(f"{place}/result.csv").get_data().decode("utf-8-sig")
    back = load_workbook(io.BytesIO(buyer.get(f"{place}/result.xlsx").get_data())).worksheets[0]
    assert next(cell.data_type for cell in back[2] if cell.value) == "s"


def test_a_formula_counts_by_its_last_result_and_merged_cells_by_the_first(
    buyer: FlaskClient, cart: Cart
) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Spring order"])
    page.append(["Quantity", "SKU number", "Product"])
    page.append(["=6*2", "tee-001-wht-m", "Tee"])
    page.append([4, None, None])
    page.merge_cells("B3:B4")
    whole = io.BytesIO()
    book.save(whole)
    given = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(given, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"<f>6*2</f><v />", b"<f>6*2</f><v>12</v>").replace(b"<f>6*2</f><v></v>", b"<f>6*2</f><v>12</v>"))  # fmt: skip
    place = upload(buyer, given.getvalue(), "spring.xlsx").location
    page = load_workbook(io.BytesIO(buyer.get(f"{place}/result.xlsx").get_data())).worksheets[0]
    assert [row[3].value for row in page.iter_rows(min_row=3)] == ["In the cart", "Unknown SKU"]
    assert cart.cells == {(LINE["catalog_id"], LINE["sku_id"]): 12}


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 2**20))
    return buffer.getvalue()


def far_row() -> bytes:
    """Return a workbook whose only row says to be the 900 millionth."""
    book = Workbook()
    book.worksheets[0].append(["SKU number", "Quantity"])
    whole, given = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(given, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="1"', b'<row r="900000000"'))
    return given.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 \x00\x01",
        b"PK\x03\x04nothing",
        b"SKU number,Price\nA,1\n",
        b"SKU number,SKU,Quantity\nA,A,1\n",
        (HEAD + f"{OWN}1\n" * 20_001).encode(),
        b"SKU number,Quantity\n" + b"A" * 10_001 + b",1\n",
        bomb(),
        far_row(),
    ],
    ids=["empty", "pdf", "zip", "names", "twice", "rows", "cell", "bomb", "far"],
)
def test_what_is_no_order_sheet_is_refused_with_a_sentence(
    buyer: FlaskClient, cart: Cart, content: bytes
) -> None:
    reply = upload(buyer, content, "x.xlsx")
    assert reply.status_code == 422
    assert 'class="notice notice--bad' in reply.text
    assert cart.version == 0


def test_sheets_are_forgotten_after_a_month_and_only_the_newest_stay(
    buyer: FlaskClient, cart: Cart, deps: Deps
) -> None:
    maker = UUID(LINK["maker_id"])
    for number in range(22):
        upload(buyer, f"{HEAD}{OWN}{number}\n")
    with deps.database.transaction(maker) as session:
        assert session.scalar(select(func.count()).select_from(OrderSheet)) == 20
        for sheet in session.scalars(select(OrderSheet).limit(19)):
            sheet.created_at = utc_now() - timedelta(days=31)
    purge_order_sheets(deps, None)  # type: ignore[arg-type]
    with deps.database.transaction(maker) as session:
        assert session.scalar(select(func.count()).select_from(OrderSheet)) == 1
