import pytest

from identity.web.callers import neighbourhood


@pytest.mark.rule("R54")
@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_customer_has_one_address(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted
