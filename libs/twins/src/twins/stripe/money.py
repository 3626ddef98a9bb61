"""What amounts Stripe takes. Source: https://docs.stripe.com/currencies"""

from twins.stripe.errors import bad_param

THREE_DECIMALS = {"bhd", "jod", "kwd", "omr", "tnd"}
"""Given in thousandths, the last digit 0."""
WHOLE_IN_HUNDREDTHS = {"isk", "ugx"}
"""Without decimals, but given in hundredths: the last two digits 00."""
SMALLEST = {"jpy": 50, "usd": 50, "eur": 50, "gbp": 30, "krw": 100, "kwd": 150}


def check_amount(amount: int, currency: str, *, param: str) -> None:
    """Raise ApiError for an amount that this currency does not have."""
    if amount < 0:
        raise bad_param(param, "This value must be greater than or equal to 0.")
    step = 10 if currency in THREE_DECIMALS else 100 if currency in WHOLE_IN_HUNDREDTHS else 1
    if amount % step:
        raise bad_param(param, f"Amounts in {currency} must be a multiple of {step}.")


def check_total(amount: int, currency: str) -> None:
    """Raise ApiError for a total below the smallest charge."""
    if amount < SMALLEST.get(currency, 1):
        raise bad_param(
            "line_items",
            "The Checkout Session's total amount due must convert to at least 50 cents.",
            code="amount_too_small",
        )
