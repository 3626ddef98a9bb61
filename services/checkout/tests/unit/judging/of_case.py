"""A plain case as the service's own values, and its judgement as plain values."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from checkout.domain.judgement import Judgement, judge
from checkout.domain.payment import CardSettings
from checkout.domain.pricing import Line, PricedCatalog, Tax
from checkout.domain.shipping import Destination, RateGroup, ShippingRate, ShippingRow
from checkout.domain.terms import LinkTerms
from common.money import Money

SPACE = UUID(int=7)
READY = CardSettings(
    add_on=True,
    account_id="acct_1",
    details_submitted=True,
    charges_enabled=True,
    payouts_enabled=True,
    commerce_page_url="https://brand.example/commerce",
)
Case = dict[str, Any]


def judged(case: Case) -> Judgement:
    """Return what the service says of the case."""
    priced = [_priced(case, n, catalog) for n, catalog in enumerate(case["catalogs"])]
    return judge(
        link=link_of(case),
        currency=case["currency"],
        priced=priced,
        catalog_rows={
            each.catalog_id: tuple(map(_row, catalog["rows"]))
            for each, catalog in zip(priced, case["catalogs"], strict=True)
        },
        groups={_id(name): _group(name, group) for name, group in case["groups"].items()},
        card=_card(case),
        destination=Destination(country=case["country"], state=case["state"]),
    )


def plainly(said: Judgement) -> dict[str, Any]:
    """Return the judgement in the calculator's words."""
    orders = said.quote.orders if said.quote else ()
    return {
        "orders": [
            {
                "goods": order.goods.minor,
                "tax": sum(tax.amount.minor for tax in order.taxes),
                "applies": order.shipping is not None,
                "rate": order.shipping.rate_code if order.shipping else None,
                "fee": _minor(order.shipping.fee if order.shipping else None),
                "fee_tax": _minor(order.shipping.tax if order.shipping else None),
                "total": order.total.minor,
            }
            for order in orders
        ],
        "total": said.quote.total.minor if said.quote else None,
        "is_address_shown": said.need.is_shown,
        "methods": sorted(said.methods),
    }


def link_of(case: Case) -> LinkTerms:
    return LinkTerms(
        link_id=SPACE,
        token="a-token",
        maker_id=SPACE,
        brand_id=SPACE,
        view_only=False,
        transition=False,
        address_shown=case["is_address_shown"],
        payment_methods=tuple(case["methods"]),
        shipping_rows=tuple(map(_row, case["link_rows"])),
        catalog_ids=(),
    )


def _card(case: Case) -> CardSettings:
    if case["is_stripe_ready"]:
        return READY if case["add_on"] else CardSettings(account_id="acct_1")
    return CardSettings(add_on=case["add_on"])


def _priced(case: Case, number: int, catalog: Case) -> PricedCatalog:
    currency = case["currency"]
    lines = tuple(_line(currency, n, *line) for n, line in enumerate(catalog["lines"]))
    goods = Money(sum(unit * quantity for unit, quantity in catalog["lines"]), currency)
    return PricedCatalog(
        catalog_id=_id(f"catalog {number}"),
        catalog_name=f"Catalog {number}",
        is_orderable=True,
        reason=None,
        lines=lines,
        goods=goods,
        taxes=tuple(_tax(goods, amount) for amount in catalog["taxes"]),
    )


def _line(currency: str, number: int, unit: int, quantity: int) -> Line:
    price = Money(unit, currency)
    return Line(
        catalog_id=SPACE,
        sku_id=_id(f"sku {number}"),
        sku_number=f"SKU-{number}",
        product_id=None,
        model_number="M",
        product_name="Tee",
        properties={},
        list_price=price,
        unit_price=price,
        rate=None,
        tax_id=None,
        quantity=quantity,
        amount=Money(unit * quantity, currency),
        is_orderable=True,
        reason=None,
    )


def _tax(goods: Money, amount: int) -> Tax:
    return Tax(
        tax_id=None,
        name="VAT",
        percent="10",
        is_reduced=False,
        rounding="half_up",
        base=goods,
        amount=Money(amount, goods.currency),
    )


def _row(row: Case) -> ShippingRow:
    return ShippingRow(
        currency=row["currency"], country=row["country"], rate_group_id=_id(row["group"])
    )


def _group(name: str, group: Case) -> RateGroup:
    percent = group["tax_percent"]
    return RateGroup(
        rate_group_id=_id(name),
        code=name,
        name=name,
        currency=group["currency"],
        country=group["country"],
        is_enabled=group["is_enabled"],
        tax_percent=Decimal(percent) if percent is not None else None,
        rates=tuple(_rate(group["currency"], rate) for rate in group["rates"]),
    )


def _rate(currency: str, rate: Case) -> ShippingRate:
    def limit(name: str) -> Money | None:
        return Money(rate[name], currency) if rate[name] is not None else None

    return ShippingRate(
        code=rate["code"],
        name=rate["code"],
        fee=Money(rate["fee"], currency),
        minimum=limit("minimum"),
        maximum=limit("maximum"),
        prefectures=frozenset(rate["prefectures"]),
    )


def _minor(amount: Money | None) -> int | None:
    return amount.minor if amount is not None else None


def _id(name: str) -> UUID:
    return uuid5(SPACE, name)
