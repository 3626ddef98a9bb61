"""What catalog asks of a cart: what is in it, and many cells at once, as an order sheet sets them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from common.service_tokens import TokenMaker
from common.testing import make_keys
from common.testing.peers import sample, sample_answer

from .conftest import MEN, WOMEN, Shopper, World, sku

Ask = Callable[..., Any]


@pytest.fixture
def ask(app: Flask, world: World) -> Ask:
    private, _ = make_keys()
    token = TokenMaker(service="catalog", private_key=private["catalog"]).token_for("checkout")

    def asked(question: str, **changed: Any) -> Any:
        whose = {
            "maker_id": str(world.maker_id),
            "brand_id": str(world.brand_id),
            "buyer_id": world.buyer["buyer_id"],
            "link_id": str(world.link_id),
        }
        return app.test_client().post(
            f"/internal/v1/{question}",
            json=whose | changed,
            headers={"Authorization": f"Bearer {token}"},
        )

    return asked


def line(sku_id: str, quantity: Any, catalog: str = WOMEN) -> dict[str, Any]:
    return {"catalog_id": catalog, "sku_id": sku_id, "quantity": quantity}


def test_many_cells_are_set_at_once_and_the_same_again_changes_nothing(
    ask: Ask, shopper: Shopper
) -> None:
    shopper.put(sku(1), 3)
    shopper.put(sku(2), 5)
    shopper.put(sku(3), 2, catalog=MEN)
    wanted = [line(sku(1), 12), line(sku(2), 0), line(sku(4), 6), line(sku(9), 0)]
    first = ask("carts/write", lines=wanted).get_json()
    again = ask("carts/write", lines=wanted).get_json()
    assert [each["before"] for each in first["lines"]] == [3, 5, 0, 0]
    assert [each["before"] for each in again["lines"]] == [12, 0, 6, 0]
    assert (first["version"], first["units"]) == (4, 20)
    assert (again["version"], again["units"]) == (4, 20)
    read = ask("carts/read").get_json()
    assert read["version"] == 4
    assert sorted((each["sku_id"], each["quantity"]) for each in read["lines"]) == [
        (sku(1), 12),
        (sku(3), 2),
        (sku(4), 6),
    ]


def test_samples_have_the_shape_of_the_answers(ask: Ask) -> None:
    empty = ask("carts/read").get_json()
    assert empty == {"version": 0, "units": 0, "lines": []}
    written = ask("carts/write", lines=sample("checkout", "carts/write")["request"]["lines"])
    told, shown = written.get_json(), sample_answer("checkout", "carts/write")
    assert told | {"version": 4} == shown
    read = ask("carts/read").get_json()
    assert read | {"version": 4} == sample_answer("checkout", "carts/read")


@pytest.mark.rule("R84")
@pytest.mark.parametrize("quantity", [-1, 1.5, "3", 100_000, None])
def test_one_wrong_quantity_refuses_all(ask: Ask, quantity: Any) -> None:
    reply = ask("carts/write", lines=[line(sku(1), 1), line(sku(2), quantity)])
    assert reply.status_code == 422
    assert ask("carts/read").get_json()["version"] == 0


@pytest.mark.rule("R203")
def test_a_cart_is_read_only_as_its_own_maker_and_brand(ask: Ask, shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    for stranger in ("maker_id", "brand_id"):
        assert ask("carts/read", **{stranger: str(uuid4())}).get_json()["lines"] == []
    assert ask("carts/read").get_json()["units"] == 3


@pytest.mark.rule("R88")
def test_a_standard_orders_cart_is_named_by_its_catalog(ask: Ask, shopper: Shopper) -> None:
    shopper.put(sku(1), 3)
    place = {"link_id": None, "catalog_id": WOMEN}
    assert ask("carts/write", lines=[line(sku(1), 7)], **place).get_json()["units"] == 7
    assert ask("carts/read", **place).get_json()["units"] == 7
    assert ask("carts/read").get_json()["units"] == 3
    assert ask("carts/read", link_id=None).status_code == 422
    assert ask("carts/read", catalog_id=WOMEN).status_code == 422
