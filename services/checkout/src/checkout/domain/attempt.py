"""What may refuse a placing besides its content (K15)."""

from common.errors import Conflict, Invalid


class CartChanged(Conflict):
    """Somebody changed the shared cart while this order was being placed."""

    code = "cart_changed"
    rule = "R180"


class AttemptInFlight(Conflict):
    """The same order is being placed right now; the answer will be there in a moment."""

    code = "attempt_in_flight"
    rule = "R180"


class OtherContent(Invalid):
    """The key of an earlier attempt came with another content."""

    code = "attempt_reused"
    rule = "R180"


class CartIsEmpty(Conflict):
    code = "cart_empty"


class ViewOnly(Conflict):
    """The link is for looking: no cart, no order (R93, R95)."""

    status = 403
    code = "view_only"
    rule = "R95"
