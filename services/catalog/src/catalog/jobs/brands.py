"""Keeps the copy of each brand's default language (R62) as identity has it."""

import structlog

from catalog.deps import Deps
from catalog.gateways.identity import read_brand
from catalog.store.brands import list_brands, remember_brand
from common.delivery.jobs import JobRun, every
from common.errors import Refusal

log = structlog.get_logger()


@every(300, "renew_brands")
def renew_brands(deps: Deps, run: JobRun) -> None:
    """Ask identity about every brand that has products here; an absent answer changes nothing."""
    with deps.database.transaction() as session:
        known = [(brand.brand_id, brand.maker_id) for brand in list_brands(session)]
    for brand_id, maker_id in known:
        try:
            brand = read_brand(deps.peers, brand_id)
        except Refusal as away:
            log.warning("brand not renewed", code=away.code)
            continue
        with deps.database.transaction() as session:
            remember_brand(
                session,
                brand_id=brand_id,
                maker_id=maker_id,
                default_language=brand.default_language,
            )
