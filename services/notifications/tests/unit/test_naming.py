from uuid import UUID

import pytest

from notifications.domain.naming import masked, message_id, message_id_header
from notifications.domain.recipients import once_each, staff_recipients

ORDER = UUID("01930000-0000-7000-8000-000000000001")


def name(**changed: object) -> str:
    given = {
        "subject_id": ORDER,
        "kind": "claim",
        "recipient": "a@b.example",
        "sender": "X <o@x.example>",
    }
    return message_id_header(**(given | changed))  # type: ignore[arg-type]


@pytest.mark.rule("R207")
def test_a_message_is_named_by_order_kind_and_recipient() -> None:
    assert name() == name(recipient="A@B.example")
    others = [name(kind="other"), name(recipient="c@b.example"), name(subject_id=UUID(int=1))]
    assert len({name(), *others}) == 4
    assert name().endswith("@x.example>")


def test_a_message_planned_once_more_from_its_event_is_the_same_message() -> None:
    given = {"event_id": ORDER, "subject_id": ORDER, "kind": "claim", "recipient": "a@b.example"}
    made = message_id(**given)  # type: ignore[arg-type]
    assert made == message_id(**given)  # type: ignore[arg-type]
    assert made.version == 7
    assert made.bytes[:6] == ORDER.bytes[:6]
    other = {"event_id": UUID(int=1), "kind": "other", "recipient": "c@b.example"}
    others = [message_id(**(given | {name: other[name]})) for name in other]  # type: ignore[arg-type]
    assert len({made, *others}) == 4


@pytest.mark.rule("R189")
def test_each_address_hears_once() -> None:
    assert once_each(["a@x.example", "A@X.example ", "b@x.example", ""]) == [
        "a@x.example",
        "b@x.example",
    ]


@pytest.mark.rule("R191")
def test_a_brand_has_at_most_five_addresses() -> None:
    brand = [f"{number}@b.example" for number in range(7)]
    assert staff_recipients(brand=brand, maker=["m@m.example"]) == [*brand[:5], "m@m.example"]


def test_an_address_is_masked_for_others() -> None:
    assert masked("buyer@boutique.example") == "b***@boutique.example"
