"""Behaviours 48 and 49, and the front door."""

import json

import httpx
import pytest

from twins.clients import NextEngineControl
from twins.server import Running
from twins.settings import RefusesToStart, Settings
from twins.testing import Caller

PORTS = {"TWINS_HTTP_PORT": "21000", "TWINS_SMTP_PORT": "21001"}


def test_48_production_is_refused() -> None:
    with pytest.raises(RefusesToStart, match="ORDERLINK_ENV=production"):
        Settings.from_env(PORTS | {"ORDERLINK_ENV": "production"})


@pytest.mark.parametrize("port", ["", "http", "70000"])
def test_a_port_must_be_one(port: str) -> None:
    with pytest.raises(RefusesToStart, match="TWINS_HTTP_PORT"):
        Settings.from_env(PORTS | {"TWINS_HTTP_PORT": port})


@pytest.mark.parametrize(
    "path",
    [
        "",
        "next-engine/",
        "next-engine/api_neauth",
        "next-engine/_control/clock",
        "mail/",
        "stripe/",
        "stripe/v1/x",
        "no",
    ],
)
def test_48_every_answer_is_marked(twins: Running, path: str) -> None:
    response = httpx.get(f"{twins.home}/{path}", trust_env=False)

    assert response.headers["X-Orderlink-Twin"]
    assert response.status_code == (404 if path == "no" else 401 if "v1" in path else 200)


def test_49_the_log_of_requests_knows_no_token_and_no_secret(
    caller: Caller, control: NextEngineControl
) -> None:
    caller.call("login_company/info", wait_flag="1")
    caller.send("api_neauth", uid="u", state="st-4711", client_secret="geheim")

    log = json.dumps(control.requests())

    for secret in (*caller.pair.values(), "st-4711", "geheim"):
        assert secret not in log
    assert '"wait_flag": "1"' in log
    assert control.request_counts() == {"login_company/info": 1, "neauth": 1}


def test_the_home_page_lists_every_twin(twins: Running) -> None:
    page = httpx.get(f"{twins.home}/", trust_env=False).text

    assert f"{twins.next_engine}" in page
    assert f"{twins.mail}" in page
    assert f"{twins.stripe}" in page


def test_another_site_cannot_turn_the_switches(twins: Running) -> None:
    response = httpx.post(
        f"{twins.next_engine}/_control/reset",
        headers={"Sec-Fetch-Site": "cross-site"},
        trust_env=False,
    )

    assert response.status_code == 403


def test_control_refuses_what_it_does_not_know(control: NextEngineControl) -> None:
    with pytest.raises(ValueError, match="unknown"):
        control.turn(nonsense=True)
    with pytest.raises(ValueError, match="duplicate"):
        control.turn(duplicate="maybe")
    with pytest.raises(ValueError, match="no company"):
        control.issue_tokens(company="NE_NOBODY")


def test_a_shop_can_be_added(caller: Caller, control: NextEngineControl) -> None:
    control.add_company("NE_SHOPS")
    control.add_shop("77", pattern_id="78", name="支店", company="NE_SHOPS")
    caller.pair = {
        name: value
        for name, value in control.issue_tokens(company="NE_SHOPS").items()
        if name in ("access_token", "refresh_token")
    }

    assert {"shop_id": "77"} in caller.search("master_shop", "shop_id")
    control.remove_company("NE_SHOPS")
    assert caller.call("login_company/info")["code"] == "002002"
