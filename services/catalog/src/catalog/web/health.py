"""What catalog looks at beside what every service does: see `common.health`."""

from collections.abc import Mapping

from catalog.deps import Deps
from catalog.usecases.price_sample import price_sample
from common.health import Check, Unwell
from common.health.files import check_files


def check_price(deps: Deps) -> str:
    """A line of a real product is priced by the way that buyers' lines are."""
    with deps.database.transaction() as session:
        line = price_sample(session, now=deps.now())
    if line is None:
        return "nothing has a price yet"
    if line.unit_price is None or line.unit_price != line.list_price:
        raise Unwell("a line with a list price came out without its price")
    return f"a line in {line.unit_price.currency} has its price"


CHECKS: Mapping[str, Check] = {"sample price": check_price, "files": check_files}
