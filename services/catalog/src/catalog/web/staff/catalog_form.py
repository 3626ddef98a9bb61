"""The catalog form: its fields as text, from a catalog, from what was sent, and on to a draft."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import request

from catalog.domain.catalog_rules import CatalogDraft, RateGroup
from catalog.gateways.checkout import Ordering
from catalog.gateways.identity import Brand
from catalog.store.models import Catalog
from catalog.web.staff.room import texts_sent
from common.errors import FieldError, Invalid
from common.local_time import local_of
from common.web.local_times import read_moment

MOMENTS = ("open_at", "order_deadline_at")


@dataclass
class CatalogForm:
    """The form's fields as text; nothing typed is lost by an error."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    code: str = ""
    status: str = "closed"
    moments: dict[str, str] = field(default_factory=lambda: dict.fromkeys(MOMENTS, ""))
    zones: dict[str, str] = field(default_factory=lambda: dict.fromkeys(MOMENTS, ""))
    payment_methods: list[str] = field(default_factory=lambda: ["outside"])
    address_shown: bool = True
    rate_group_ids: list[str] = field(default_factory=list)
    version: int = 0


def form_of(catalog: Catalog, zone: str) -> CatalogForm:
    """Return the catalog as the form shows it to somebody in that zone."""
    stored = {name: getattr(catalog, name) for name in MOMENTS}
    return CatalogForm(
        names=dict(catalog.names),
        descriptions=dict(catalog.descriptions),
        code=catalog.code or "",
        status=catalog.status,
        moments={name: local_of(at, zone) if at else "" for name, at in stored.items()},
        zones=dict.fromkeys(MOMENTS, zone),
        payment_methods=list(catalog.payment_methods),
        address_shown=catalog.address_shown,
        rate_group_ids=[str(row["rate_group_id"]) for row in catalog.shipping_rows],
        version=catalog.version,
    )


def form_sent(brand: Brand) -> CatalogForm:
    """Return what was sent."""
    sent = request.form
    return CatalogForm(
        names=texts_sent("names", brand.languages),
        descriptions=texts_sent("descriptions", brand.languages),
        code=sent.get("code", ""),
        status=sent.get("status", ""),
        moments={name: sent.get(name, "") for name in MOMENTS},
        zones={name: sent.get(f"{name}_zone", "") for name in MOMENTS},
        payment_methods=sent.getlist("payment_methods"),
        address_shown="address_shown" in sent,
        rate_group_ids=[each for each in sent.getlist("rate_group_ids") if each],
        version=sent.get("version", 0, type=int),
    )


def draft_of(
    form: CatalogForm, ordering: Ordering, *, zone: str, catalog: Catalog | None = None
) -> CatalogDraft:
    """Return the form as a draft. Raises Invalid for times that cannot be read.

    `zone` is used where the browser did not name its own; `catalog` is what is edited.
    """
    errors: list[FieldError] = []
    moments = {name: _moment(form, name, zone, catalog, errors) for name in MOMENTS}
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    groups: dict[str, RateGroup] = {group.id: group for group in ordering.rate_groups}
    return CatalogDraft(
        names=form.names,
        descriptions=form.descriptions,
        code=form.code.strip() or None,
        status=form.status,
        open_at=moments["open_at"],
        order_deadline_at=moments["order_deadline_at"],
        payment_methods=tuple(dict.fromkeys(form.payment_methods)),
        address_shown=form.address_shown,
        shipping_rows=tuple(
            {
                "currency": groups[each].currency if each in groups else "",
                "country": groups[each].country if each in groups else None,
                "rate_group_id": each,
            }
            for each in form.rate_group_ids
        ),
    )


def _moment(
    form: CatalogForm, name: str, zone: str, catalog: Catalog | None, errors: list[FieldError]
) -> datetime | None:
    """Return the instant; an empty field is none."""
    if not form.moments[name]:
        return None
    stored = getattr(catalog, name) if catalog else None
    typed_in = form.zones[name] or zone
    return read_moment(name, form.moments[name], typed_in, stored=stored, errors=errors)
