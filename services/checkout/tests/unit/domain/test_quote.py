"""The quote adds up, survives its JSON, and tells what changed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout.domain.breakdown import hash_of, quote_as_json, quote_of_json
from checkout.domain.differences import differences, is_dearer
from checkout.domain.order_number import order_number
from checkout.domain.pricing import Line, PricedCatalog, Rate, Tax, obstacles
from checkout.domain.quantity import NotAQuantity, read_quantity
from checkout.domain.quote import NotQuotable, Quote, make_quote
from checkout.domain.shipping import Destination, RateGroup, ShippingRate, ShippingRow
from common.ids import new_id
from common.money import Money

CATALOG, TAX = new_id(), new_id()
GROUP = RateGroup(
    rate_group_id=new_id(),
    code="JP",
    name="Japan",
    currency="JPY",
    country="JP",
    is_enabled=True,
    rates=(ShippingRate(code="STD", name="Courier", fee=Money(800, "JPY")),),
    tax_percent=Decimal(10),
)
ROW = ShippingRow(currency="JPY", country="JP", rate_group_id=GROUP.rate_group_id)


def line(unit: int | None, quantity: int) -> Line:
    price = Money(unit, "JPY") if unit is not None else None
    return Line(
        catalog_id=CATALOG,
        sku_id=new_id(),
        sku_number=f"SKU-{unit}",
        product_id=new_id(),
        model_number="M",
        product_name="Tee",
        properties={"size": "M", "colour": "White"},
        list_price=price,
        unit_price=price,
        rate=Rate(kind="ratio", value="0.6", source="buyer", rule="R59"),
        tax_id=TAX,
        quantity=quantity,
        amount=price * quantity if price else None,
        is_orderable=price is not None,
        reason=None if price else "no_price",
    )


def catalog(*lines: Line) -> PricedCatalog:
    goods = Money.total((each.amount for each in lines if each.amount), "JPY")
    tax = Tax(
        tax_id=TAX,
        name="消費税",
        percent="10.00",
        is_reduced=False,
        rounding="down",
        base=goods,
        amount=Money(goods.minor // 10, "JPY"),
    )
    return PricedCatalog(
        catalog_id=CATALOG,
        catalog_name="Women",
        is_orderable=True,
        reason=None,
        lines=lines,
        goods=goods,
        taxes=(tax,),
    )


def quote(*catalogs: PricedCatalog, rows: tuple[ShippingRow, ...] = (ROW,)) -> Quote:
    return make_quote(
        catalogs,
        currency="JPY",
        link_rows=rows,
        catalog_rows={},
        groups={GROUP.rate_group_id: GROUP},
        destination=Destination(country="JP", state="東京都"),
    )


@pytest.mark.rule("R64", "R141")
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 99_999)), min_size=1, max_size=9))
def test_goods_taxes_and_shipping_add_up_to_the_total(cells: list[tuple[int, int]]) -> None:
    made = quote(catalog(*(line(unit, quantity) for unit, quantity in cells)))
    goods = sum(unit * quantity for unit, quantity in cells)
    assert made.total.minor == goods + goods // 10 + 800 + 80
    assert made.total == Money.total((order.total for order in made.orders), "JPY")


def test_the_frozen_breakdown_comes_back_as_it_was() -> None:
    made = quote(catalog(line(4080, 3), line(900, 10)))
    frozen = quote_as_json(made)
    assert quote_of_json(frozen) == made
    assert hash_of(frozen) == hash_of(dict(reversed(frozen.items())))
    assert hash_of(frozen) != hash_of(frozen | {"currency": "USD"})


def test_a_line_without_a_price_is_an_obstacle_and_never_quoted() -> None:
    whole = catalog(line(4080, 3), line(None, 1))
    [obstacle] = obstacles((whole,))
    assert (obstacle.reason, obstacle.rule) == ("no_price", "R58")
    with pytest.raises(NotQuotable):
        quote(whole)


class TestDifferences:
    def test_nothing_changed_is_empty(self) -> None:
        same = quote(catalog(line(4080, 3)))
        assert differences(same, same) == ()

    def test_a_new_price_names_the_sku_the_tax_and_the_total(self) -> None:
        before = line(4080, 3)
        dearer = replace(before, unit_price=Money(5000, "JPY"), amount=Money(15000, "JPY"))
        seen, now = quote(catalog(before)), quote(catalog(dearer))
        assert [each.kind for each in differences(seen, now)] == ["price", "tax", "total"]
        assert is_dearer(seen, now)
        assert not is_dearer(now, seen)

    def test_lines_quantities_and_fees_are_named(self) -> None:
        kept, gone, new = line(100, 1), line(200, 1), line(300, 1)
        more = replace(kept, quantity=2, amount=Money(200, "JPY"))
        seen, now = quote(catalog(kept, gone)), quote(catalog(more, new), rows=())
        kinds = [each.kind for each in differences(seen, now)]
        assert kinds[:3] == ["quantity", "line_removed", "line_added"]
        assert "shipping" in kinds


@pytest.mark.rule("R84")
@pytest.mark.parametrize("wrong", [-1, 100_000, 1.0, "1", None, True])
def test_a_quantity_is_whole_and_in_range(wrong: object) -> None:
    with pytest.raises(NotAQuantity):
        read_quantity(wrong)


def test_order_numbers_have_one_form() -> None:
    assert order_number("NORD", 42) == "NORD-00000042"
    for prefix, count in (("N", 1), ("nord", 1), ("TOOLONG", 1), ("NORD", 10**8)):
        with pytest.raises(ValueError, match="order number"):
            order_number(prefix, count)


def test_options_are_written_in_one_order_however_they_are_kept() -> None:
    assert line(1, 1).options == "White / M"
    assert replace(line(1, 1), properties={"colour": "White", "size": "M"}).options == "White / M"
