"""How long a sign-in lasts, absolutely, whatever is done with it."""

from datetime import timedelta

from identity.domain.methods import Method

STAFF = timedelta(hours=12)
OPERATOR = timedelta(hours=12)
USER = timedelta(days=14)
BUYER = timedelta(days=7)
BRAND_CREDENTIALS = timedelta(hours=12)
BUYER_CHOICE = timedelta(minutes=15)
CLAIM = timedelta(days=14)
INVITATION = timedelta(days=14)
PASSWORD_RESET = timedelta(hours=1)
EMAIL_CHANGE = timedelta(hours=24)
SECOND_STEP = timedelta(minutes=10)
LINKS_PER_BROWSER = 20


def of_buyer(method: Method) -> timedelta:
    """Return how long a buyer signed in by that method stays so."""
    return BRAND_CREDENTIALS if method is Method.BRAND_CREDENTIALS else BUYER
