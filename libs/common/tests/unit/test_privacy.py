"""What erasure makes of values, and by which keys a person is found."""

import json

import pytest

from common.ids import new_id
from common.privacy import (
    EMAIL,
    EMPTY,
    MENTIONS,
    NAME,
    NULL,
    OWN_EMAIL,
    Person,
    digest_of,
    json_text,
    kept,
    only,
    within,
)
from common.privacy.fates import is_erased

MAKER, OTHER = new_id(), new_id()
HANA = Person(
    emails=("hana_1@shop.example",),
    maker_ids=(MAKER, OTHER),
    is_whole=True,
    buyer_ids=(new_id(),),
    names={str(MAKER): ("Boutique",)},
)
WORD = "erased-0123456789ab"


class TestFates:
    @pytest.mark.parametrize(
        ("fate", "value", "left"),
        [
            (NULL, "x", None),
            (EMPTY, ["x"], []),
            (EMPTY, {"a": 1}, {}),
            (EMPTY, None, None),
            (NAME, "Hana", WORD),
            (NAME, None, None),
            (EMAIL, "hana_1@shop.example", f"{WORD}@erased.invalid"),
            (OWN_EMAIL, "HANA_1@shop.example", f"{WORD}@erased.invalid"),
            (OWN_EMAIL, "other@shop.example", "other@shop.example"),
            (MENTIONS, "550 <Hana_1@shop.example>: no", "550 <…>: no"),
            (MENTIONS, ["hana_1@shop.example", "b@c.example"], ["b@c.example"]),
            (
                MENTIONS,
                {"a": {"b": "to hana_1@shop.example"}, "n": 1},
                {"a": {"b": "to …"}, "n": 1},
            ),
            (MENTIONS, "joan.hana_1@shop.example", "joan.hana_1@shop.example"),
            (MENTIONS, "hana_1@shop.example.org, x", "hana_1@shop.example.org, x"),
            (MENTIONS, "hana_1@shop.example-2.org", "hana_1@shop.example-2.org"),
            (MENTIONS, "a HANA_1@shop.example. b", "a …. b"),
            (MENTIONS, "連絡先hana_1@shop.exampleまで", "連絡先…まで"),
            (only("kind"), {"kind": "offline", "name": "Hana"}, {"kind": "offline"}),
            (kept("the law"), "Hana", "Hana"),
        ],
    )
    def test_are_what_their_words_say(self, fate: object, value: object, left: object) -> None:
        once = fate.change(value, HANA, WORD)  # type: ignore[attr-defined]
        assert once == left
        assert fate.change(once, HANA, WORD) == left  # type: ignore[attr-defined]

    def test_reach_into_json_and_leave_the_rest_and_the_original(self) -> None:
        fate = within({"buyer.name": NAME, "lines.*.note": NULL, "gone.for.long": NULL})
        told = {"buyer": {"name": "Hana", "id": 1}, "lines": [{"note": "a", "n": 2}, {"n": 3}]}
        changed = fate.change(told, HANA, WORD)
        assert changed == {
            "buyer": {"name": WORD, "id": 1},
            "lines": [{"note": None, "n": 2}, {"n": 3}],
        }
        assert told["buyer"] == {"name": "Hana", "id": 1}
        assert json.loads(json_text(fate).change(json.dumps(told), HANA, WORD)) == changed
        assert fate.change(None, HANA, WORD) is None


class TestPerson:
    def test_survives_the_wire(self) -> None:
        assert Person.of_json(json.loads(json.dumps(HANA.as_json()))) == HANA

    def test_s_address_is_looked_for_as_it_is(self) -> None:
        assert HANA.params(None)["email_patterns"] == [r"%hana\_1@shop.example%"]

    def test_s_names_are_looked_for_at_their_maker_only(self) -> None:
        assert HANA.params(MAKER)["names"] == ["Boutique"]
        assert HANA.params(OTHER)["names"] == []

    def test_s_account_is_left_alone_when_one_maker_asks(self) -> None:
        part = Person(emails=HANA.emails, maker_ids=(MAKER,), is_whole=False)
        assert part.params(MAKER)["emails"] == list(HANA.emails)
        assert part.params(None)["account_emails"] == []


def test_a_digest_names_nobody_without_the_key() -> None:
    assert digest_of("Hana@x.example", key="a") == digest_of("hana@x.example", key="a")
    assert digest_of("hana@x.example", key="a") != digest_of("hana@x.example", key="b")


def test_nothing_is_sent_to_a_pseudonym() -> None:
    assert is_erased(EMAIL.change("hana_1@shop.example", HANA, WORD))
    assert not is_erased("erased.invalid@shop.example")
