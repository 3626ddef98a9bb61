import contextlib
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.domain.buyer_details import BuyerInvalid, Choices, read_details
from identity.domain.deletion import Fate, Ties, fate_of
from identity.domain.generated import make_passcode, make_unique_code
from identity.domain.passcode import WeakPasscode, check_passcode
from identity.domain.password import check_password

TERM = UUID(int=7)
CHOICES = Choices(["en", "ja"], ["JPY", "EUR"], {"wholesale": TERM})
GIVEN = {
    "name": "Boutique",
    "country": "JP",
    "language": "ja",
    "currency": "JPY",
    "trade_term": "wholesale",
    "rate_value": "0.6",
}


def wrong(**changed: Any) -> set[str]:
    with pytest.raises(BuyerInvalid) as refused:
        read_details({**GIVEN, **changed}, CHOICES)
    return {error.field for error in refused.value.errors}


class TestReadDetails:
    def test_reads_what_is_needed_and_leaves_the_rest_empty(self) -> None:
        details = read_details(GIVEN, CHOICES)
        assert (details.trade_term_id, details.rate_value) == (TERM, Decimal("0.6"))
        assert details.unique_code is None
        assert details.is_company

    def test_names_every_wrong_field_at_once(self) -> None:
        assert wrong(name=" ", country="XX", currency="", rate_value="cheap") == {
            "name",
            "country",
            "currency",
            "rate_value",
        }

    @pytest.mark.rule("R61")
    @pytest.mark.parametrize(
        ("field", "value"), [("language", "fr"), ("currency", "USD"), ("trade_term", "vip")]
    )
    def test_terms_are_only_what_the_maker_enables(self, field: str, value: str) -> None:
        assert wrong(**{field: value}) == {field}

    @pytest.mark.parametrize(
        ("kind", "value", "read"),
        [
            ("ratio", "0.5500", "0.55"),
            ("ratio", "０．６", "0.6"),
            ("ratio", "1.2345", "1.2345"),
            ("percent_off", "33.3333", "33.3333"),
            ("percent_off", "40 %", "40"),
            ("percent_off", "0", "0"),
        ],
    )
    def test_a_rate_has_up_to_four_decimals(self, kind: str, value: str, read: str) -> None:
        details = read_details({**GIVEN, "rate_kind": kind, "rate_value": value}, CHOICES)
        assert details.rate_value == Decimal(read)

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("ratio", "0"),
            ("ratio", "0.12345"),
            ("ratio", "-1"),
            ("ratio", "11"),
            ("ratio", "1e2"),
            ("ratio", "NaN"),
            ("ratio", "1,5"),
            ("percent_off", "100.0001"),
            ("percent_off", ""),
        ],
    )
    def test_another_rate_is_refused(self, kind: str, value: str) -> None:
        assert wrong(rate_kind=kind, rate_value=value) == {"rate_value"}

    def test_lists_are_read_however_they_are_separated(self) -> None:
        details = read_details(
            {
                **GIVEN,
                "tags": "Tokyo、VIP, Tokyo\nnew",
                "recipients": ["A@x.example", "a@x.example", "b@x.example"],
            },
            CHOICES,
        )
        assert details.tags == ["Tokyo", "VIP", "new"]
        assert details.recipients == ["a@x.example", "b@x.example"]
        assert wrong(recipients="a@x.example, nobody") == {"recipients"}

    def test_a_person_is_called_by_its_names(self) -> None:
        person = {**GIVEN, "type": "person", "name": "", "first_name": "Hana", "last_name": "Mori"}
        assert read_details(person, CHOICES).name == "Hana Mori"

    @given(st.dictionaries(st.sampled_from(sorted([*GIVEN, "tags", "phone"])), st.text()))
    def test_whatever_is_typed_is_read_or_refused(self, typed: dict[str, str]) -> None:
        with contextlib.suppress(BuyerInvalid):
            assert read_details({**GIVEN, **typed}, CHOICES).name


class TestGenerated:
    @pytest.mark.rule("R48")
    def test_codes_differ(self) -> None:
        assert len({make_unique_code() for _ in range(200)}) == 200

    def test_a_passcode_is_also_good_enough_as_a_password(self) -> None:
        for _ in range(50):
            check_password(make_passcode())
            check_passcode(make_passcode(), unique_code="A")


@pytest.mark.parametrize("passcode", ["short", "aaaaaaaa", "AOYAMA-01", "x" * 65])
def test_a_guessable_passcode_is_refused(passcode: str) -> None:
    with pytest.raises(WeakPasscode):
        check_passcode(passcode, unique_code="aoyama-01")


@pytest.mark.rule("R166")
@pytest.mark.parametrize(
    ("ties", "fate"),
    [
        (Ties(True, False, False), Fate.DELETED),
        (Ties(True, True, True), Fate.HAS_ORDERS),
        (Ties(True, False, True), Fate.INVITATION_PENDING),
        (Ties(False, False, False), Fate.CONNECTED),
    ],
)
def test_orders_and_pending_invitations_keep_a_buyer(ties: Ties, fate: Fate) -> None:
    assert fate_of(ties) is fate
