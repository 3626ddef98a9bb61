"""Behaviours 1 to 4: the first login."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from twins.clients import NextEngineControl
from twins.server import Running

CALLBACK = "http://127.0.0.1:21099/next-engine/callback"
CLIENT = {"client_id": "orderlink-demo", "client_secret": "next-engine-demo-secret"}


def sign_in(twins: Running, **query: str) -> httpx.Response:
    return httpx.get(f"{twins.next_engine}/users/sign_in/", params=query, trust_env=False)


def returned(twins: Running) -> dict[str, str]:
    """Go through the browser's part; return uid and state of the callback."""
    response = sign_in(twins, client_id="orderlink-demo", redirect_uri=CALLBACK)
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    return {name: query[name][0] for name in ("uid", "state")}


def exchange(twins: Running, **form: str) -> dict[str, str]:
    response = httpx.post(f"{twins.next_engine}/api_neauth/", data=form, trust_env=False)
    answer: dict[str, str] = response.json()
    return answer


@pytest.fixture(autouse=True)
def _fresh(control: NextEngineControl) -> None:
    """Every test here starts from a reset twin."""


def test_01_sign_in_sends_the_browser_back_with_uid_and_state(twins: Running) -> None:
    response = sign_in(twins, client_id="orderlink-demo", redirect_uri=CALLBACK)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{CALLBACK}?uid=")
    assert "state=" in response.headers["Location"]


@pytest.mark.parametrize(
    "query",
    [
        {"client_id": "somebody else"},
        {"client_id": "orderlink-demo", "redirect_uri": "http://evil.example/"},
        {},
    ],
)
def test_01_a_stranger_is_not_redirected(twins: Running, query: dict[str, str]) -> None:
    response = sign_in(twins, **query)

    assert response.status_code == 400
    assert "Location" not in response.headers


def test_01_with_two_companies_a_person_chooses(twins: Running, control: NextEngineControl) -> None:
    control.add_company("NE_EXAMPLE_2", name="二番商店")

    page = sign_in(twins, client_id="orderlink-demo")
    assert page.status_code == 200
    assert "二番商店" in page.text

    chosen = sign_in(twins, client_id="orderlink-demo", company="NE_EXAMPLE_2")
    query = parse_qs(urlsplit(chosen.headers["Location"]).query)
    answer = exchange(twins, uid=query["uid"][0], state=query["state"][0], **CLIENT)
    assert answer["company_ne_id"] == "NE_EXAMPLE_2"
    control.remove_company("NE_EXAMPLE_2")


@pytest.mark.parametrize("path", ["api_neauth", "api_neauth/"])
def test_02_four_right_values_give_a_pair_and_the_company(twins: Running, path: str) -> None:
    form = returned(twins) | CLIENT
    answer = httpx.post(f"{twins.next_engine}/{path}", data=form, trust_env=False).json()

    assert answer["result"] == "success"
    assert {"access_token", "refresh_token", "access_token_end_date"} <= answer.keys()
    assert answer["company_ne_id"] == "NE_EXAMPLE_1"
    assert answer["pic_mail_address"] == "ops@example.jp"


def test_03_missing_uid_wrong_secret_unknown_state(twins: Running) -> None:
    visit = returned(twins)

    assert exchange(twins, state=visit["state"], **CLIENT)["code"] == "001001"
    assert exchange(twins, **visit, **CLIENT | {"client_secret": "no"})["code"] == "001003"
    assert exchange(twins, **visit | {"state": "no"}, **CLIENT)["code"] == "002005"


def test_03_a_state_lives_five_minutes(twins: Running, control: NextEngineControl) -> None:
    visit = returned(twins)
    control.advance_clock(seconds=301)

    assert exchange(twins, **visit, **CLIENT)["code"] == "002005"


def test_03_a_state_opens_once_unless_switched(twins: Running, control: NextEngineControl) -> None:
    visit = returned(twins)
    assert exchange(twins, **visit, **CLIENT)["result"] == "success"
    assert exchange(twins, **visit, **CLIENT)["code"] == "002005"

    control.turn(single_use_state=False)
    assert exchange(twins, **visit, **CLIENT)["result"] == "success"


@pytest.mark.parametrize("path", ["api_neauth", "api_v1_login_company/info"])
def test_04_get_is_never_a_success(twins: Running, path: str, control: NextEngineControl) -> None:
    pair = control.issue_tokens()
    response = httpx.get(f"{twins.next_engine}/{path}", params=pair, trust_env=False)

    assert response.json()["result"] == "error"
