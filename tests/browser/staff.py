"""The sign-in of brand staff, as they type it; where it leads is each test's own to see."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page


def send_sign_in(page: Page, world: Mapping[str, Any], *, query: str = "") -> None:
    staff = world["staff"][0]
    page.goto(f"{world['gateway']}/signin{query}")
    page.get_by_label("Email").fill(staff["email"])
    page.get_by_label("Password", exact=True).fill(staff["password"])
    page.get_by_role("button", name="Sign in").click()
