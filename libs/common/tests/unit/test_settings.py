import pytest

from common.settings import MissingSettings, Settings
from common.testing import settings_env


def test_names_everything_that_is_missing_at_once() -> None:
    env = settings_env("links", database_url="postgresql://x", cache_url="redis://x")
    del env["BROKER_URL"], env["SECRET_KEY"]
    with pytest.raises(MissingSettings, match=r"BROKER_URL, SECRET_KEY"):
        Settings.from_env(env)


def test_the_public_address_decides_on_secure_cookies() -> None:
    env = settings_env("links", database_url="postgresql://x", cache_url="redis://x")
    assert not Settings.from_env(env).is_secure
    assert Settings.from_env(env | {"PUBLIC_URL": "https://orders.example"}).is_secure
