"""Which buyers will be shown "no shipping fee calculated" (R89, R90, D4, D16)."""

from links.domain.preflight.facts import BrandFacts, LinkFacts, RateGroupFacts
from links.domain.preflight.finding import Finding

FIELD = "shipping_rows"


def unusable(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Rows are set and none of them works: the catalogs' own shipping is used (R89)."""
    if link.view_only or not link.shipping_group_ids or _usable(link.shipping_group_ids, brand):
        return []
    return [Finding(code="no_rate_is_usable", rule="R89", field=FIELD)]


def uncovered(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Shipping applies, but not to the currency and country of some of the brand's buyers (D16)."""
    if link.view_only:
        return []
    rows = _usable(link.shipping_group_ids, brand)
    if rows:
        return _pairs(rows, brand, catalog=None)
    return [
        finding
        for each in brand.catalogs_of(link)
        for finding in _pairs(_usable(each.shipping_group_ids, brand), brand, catalog=each.name)
    ]


def in_force(link: LinkFacts, brand: BrandFacts) -> bool:
    """Whether a usable rate of the link, else of any of its catalogs, forces the address (D23)."""
    if _usable(link.shipping_group_ids, brand):
        return True
    return any(_usable(each.shipping_group_ids, brand) for each in brand.catalogs_of(link))


def _usable(group_ids: tuple[str, ...], brand: BrandFacts) -> list[RateGroupFacts]:
    known = (brand.rate_groups.get(each) for each in group_ids)
    return [group for group in known if group is not None and group.is_usable]


def _pairs(rows: list[RateGroupFacts], brand: BrandFacts, *, catalog: str | None) -> list[Finding]:
    """Return one finding per currency × country without a row; without rows none is wanted (R131)."""
    if not rows:
        return []
    buyers: dict[tuple[str, str], int] = {}
    for each in brand.terms:
        pair = (each.currency, each.country)
        buyers[pair] = buyers.get(pair, 0) + each.buyers
    return [
        Finding(
            code="no_rate_for_buyers",
            rule="D16",
            field=FIELD if catalog is None else None,
            values={"currency": currency, "country": country, "buyers": count, "catalog": catalog},
        )
        for (currency, country), count in sorted(buyers.items())
        if not any(r.currency == currency and r.country in (None, country) for r in rows)
    ]
