"""Every field of the link form by hand: made, edited, met by a buyer in every state."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.test_ordering import sign_in

from common.testing.files import make_mp4, make_picture

pytestmark = pytest.mark.browser
PASSCODE = "showroom-27"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give a folder with a film, a picture, and a film that is none."""
    (tmp_path / "Spring.mp4").write_bytes(make_mp4(bytes(3 * 2**20)))
    (tmp_path / "Gate.jpg").write_bytes(make_picture((2000, 1250), kind="JPEG", colour="#39465a"))
    (tmp_path / "Fake.mp4").write_bytes(b"MZ this is no film")
    return tmp_path


def toggle(page: Page, name: str, on: bool = True) -> None:
    page.get_by_role("switch", name=name, exact=True).set_checked(on, force=True)


def fill_basics(page: Page, name: str) -> None:
    page.get_by_label("Link Name").fill(name)
    toggle(page, "Make this link view-only")
    expect(page.locator("#view_only-states")).to_contain_text("Yes: Sets the link with cart")
    expect(page.locator("#view_only-states")).to_contain_text("No: Sets the link with cart")
    toggle(page, "Make this link view-only", on=False)
    toggle(page, "Transition offline buyers to customer-owned buyers on order completion")
    toggle(page, "Address", on=False)
    toggle(page, "Release Date")
    page.locator("#release_at").fill("2026-01-01T09:00")
    toggle(page, "Expiration Date")
    page.locator("#expires_at").fill("2031-12-31T18:00")
    page.get_by_label("Spring 27 Women").check()
    page.get_by_label("Spring 27 Men").check()
    page.get_by_label("Description").fill("For the showroom weeks")
    toggle(page, "Passcode")
    page.get_by_label("Passcode of the link").fill(PASSCODE)


def fill_shipping(page: Page) -> None:
    page.get_by_label("Pay outside the app").check()
    page.get_by_label(re.compile(r"^JPY × Japan")).select_option(index=1)
    page.locator("#rate-currency").select_option("USD")
    page.locator("#rate-country").select_option("US")


def fill_media(page: Page, shelf: Path) -> None:
    page.get_by_label("Video link 1").or_(page.locator("[id='videos.0']")).first.fill(
        "https://youtu.be/dQw4w9WgXcQ"
    )
    page.get_by_role("button", name="Add video link").click()
    page.locator("input[name=video_links]").last.fill("https://vimeo.com/76979871")
    page.get_by_label("Video file").set_input_files(shelf / "Fake.mp4")
    expect(page.locator("#video_file-said")).to_contain_text("no MP4 or WebM video")
    page.get_by_label("Video file").set_input_files(shelf / "Spring.mp4")
    expect(page.locator("[data-files=video] .file__name")).to_have_text("Spring.mp4")
    expect(page.locator("#video_file-said")).to_be_hidden()
    page.get_by_label("Image", exact=False).get_by_text("Image", exact=True).or_(
        page.locator("input[name=background][value=image]")
    ).first.check()
    page.get_by_label("Background image").set_input_files(shelf / "Gate.jpg")
    expect(page.get_by_alt_text("The chosen background")).to_be_visible()
    for lookbook in page.locator("input[name=lookbook_ids]").all():
        lookbook.check()


def fill_contacts(page: Page) -> None:
    page.get_by_label("First Name").first.fill("Mika")
    page.get_by_label("Last Name").first.fill("Lund")
    page.get_by_label("Contact email").first.fill("showroom@nord.example")
    page.get_by_label("Contact phone").first.fill("+81 3 5555 0142")
    page.get_by_label("Note").first.fill("Weekdays 10 to 18")
    page.get_by_role("button", name="Add an additional contact").click()
    page.get_by_label("First Name").last.fill("Nobody")
    page.get_by_role("button", name="Remove this contact").last.click()


def token_of(page: Page, name: str) -> str:
    row = page.locator("tr", has_text=name).locator("[data-copy]").first
    return str(row.get_attribute("data-copy")).rsplit("/", maxsplit=1)[-1]


def edit(page: Page, world: Mapping[str, Any], name: str) -> None:
    page.goto(f"{world['gateway']}/links")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_label("Link Name")).to_have_value(name)


def save(page: Page) -> None:
    send(page, "Save")


def send(page: Page, button: str) -> None:
    """Press it and arrive at the list; what the form still says fails the test in its words."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(r"/(links|new|edit)$"))
    page.wait_for_load_state()
    assert page.locator(".summary li").all_inner_texts() == []
    expect(page.get_by_role("heading", level=1)).to_contain_text("Link Management", timeout=20_000)


def serious(page: Page) -> list[str]:
    """Return what axe finds that shuts somebody out."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.rule("R1", "R13", "R22", "R26", "R27", "R66", "R133", "R145")
@pytest.mark.rule("R146", "R147", "R148", "R152", "R153", "D1", "D2", "D24")
def test_a_link_of_every_field_is_made_edited_and_met_in_every_state(
    context: BrowserContext,
    chromium: Browser,
    world: Mapping[str, Any],
    shelf: Path,
    screen: str,
) -> None:
    name, page = f"By hand on a {screen}", context.new_page()
    sign_in(page, world)
    page.goto(f"{world['gateway']}/links/new")
    fill_basics(page, name)
    fill_shipping(page)
    fill_media(page, shelf)
    fill_contacts(page)
    assert serious(page) == []
    send(page, "Create")
    token = token_of(page, name)

    edit(page, world, name)
    expect(page.locator("#release_at")).to_have_value("2026-01-01T09:00")
    expect(page.locator("input[name=video_links]").first).to_have_value(PLAYER)
    expect(page.locator("[data-files=video] .file__name")).to_have_text("Spring.mp4")
    expect(page.get_by_label("First Name")).to_have_value("Mika")
    expect(page.get_by_label("New passcode")).to_have_value("")
    expect(page.get_by_role("switch", name="Address", exact=True)).not_to_be_checked()
    assert page.get_by_label(re.compile(r"^JPY × Japan")).input_value()
    page.get_by_label("Description").fill("And the weeks after")
    save(page)

    buyer = chromium.new_context(
        viewport=page.viewport_size, locale="en-GB", timezone_id="Asia/Tokyo"
    )  # type: ignore[arg-type]
    gate = buyer.new_page()
    address = f"{world['gateway']}/l/{token}"
    gate.goto(address)
    expect(gate.get_by_role("heading", level=1)).to_have_text("Enter the passcode")
    expect(gate.locator(".background img")).to_be_visible()
    expect(gate.get_by_text("Mika Lund")).to_be_visible()
    assert serious(gate) == []
    gate.get_by_label("Passcode").fill("not this one")
    gate.get_by_role("button", name="Continue").click()
    expect(gate.locator("#passcode-error")).to_be_visible()
    gate.get_by_label("Passcode").fill(PASSCODE)
    gate.get_by_role("button", name="Continue").click()
    gate.wait_for_url("**/signin/**")
    enter(gate, world)
    gate.locator("a[href*='/catalogs/']").first.click()
    expect(gate.locator(f"iframe[src='{PLAYER}']")).to_be_attached()
    expect(gate.locator("video[src$='.mp4']")).to_be_attached()

    edit(page, world, name)
    page.locator("#release_at").fill("2031-03-10T09:00")
    save(page)
    reply = gate.goto(address)
    assert reply
    assert reply.status == 403
    expect(gate.locator("time")).to_contain_text("Mar 10, 2031, 9:00 AM (Asia/Tokyo)")
    expect(gate.get_by_text("Mika Lund")).to_be_visible()
    assert serious(gate) == []

    edit(page, world, name)
    page.locator("#release_at").fill("2026-01-01T09:00")
    page.locator("#expires_at").fill("2026-02-01T09:00")
    page.locator("input[name=background][value=video]").check()
    page.get_by_label("Background video").fill("https://youtu.be/dQw4w9WgXcQ")
    save(page)
    reply = gate.goto(address)
    assert reply
    assert reply.status == 410
    film = gate.locator(".background iframe")
    assert str(film.get_attribute("src")).startswith(f"{PLAYER}?autoplay=1&mute=1")
    assert serious(gate) == []
    gate.emulate_media(reduced_motion="reduce")
    gate.reload()
    expect(film).to_have_count(0)
    buyer.close()


def enter(page: Page, world: Mapping[str, Any]) -> None:
    buyer = world["buyers"]["brooklyn"]
    form = page.locator("form", has=page.get_by_role("button", name="Login with Offline Buyer"))
    form.get_by_label("Email").fill(buyer["email"])
    form.get_by_label("Password", exact=True).fill(buyer["password"])
    form.get_by_role("button", name="Login with Offline Buyer").click()
    page.wait_for_url("**/shop/**")


@pytest.mark.rule("D24")
@pytest.mark.parametrize(
    ("state", "status"),
    [("not_yet_released", 403), ("void", 403), ("expired", 410), ("nobody", 404)],
)
def test_a_closed_gate_says_why_and_fits_the_screen(
    context: BrowserContext, world: Mapping[str, Any], state: str, status: int
) -> None:
    page = context.new_page()
    unknown = f"{world['gateway']}/l/{'A' * 22}"
    reply = page.goto(world["links"][state]["url"] if state != "nobody" else unknown)
    assert reply
    assert reply.status == status
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []


def test_leaving_asks_only_when_something_was_changed(
    context: BrowserContext, world: Mapping[str, Any]
) -> None:
    page, asked = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, world)
    page.goto(f"{world['gateway']}/links/new")
    page.goto(f"{world['gateway']}/links")
    assert serious(page) == []
    assert asked == []
    page.goto(f"{world['gateway']}/links/new")
    page.get_by_role("button", name="Remove this contact").first.click()
    page.get_by_label("Link Name").fill("Never saved")
    page.goto(f"{world['gateway']}/links")
    assert asked == ["beforeunload"]


def test_without_script_a_file_is_uploaded_by_its_button(
    chromium: Browser, world: Mapping[str, Any], shelf: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world)
    page.goto(f"{world['gateway']}/links/new")
    page.get_by_label("Link Name").fill("Made without script")
    page.get_by_label("Video file").set_input_files(shelf / "Spring.mp4")
    page.locator("[data-upload=video]").get_by_role("button", name="Upload").click()
    expect(page.get_by_label("Link Name")).to_have_value("Made without script")
    expect(page.locator("[data-files=video] .file__name")).to_have_text("Spring.mp4")
    page.get_by_label("Spring 27 Women").check()
    page.get_by_label("Link Name").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Link Management")
    expect(page.get_by_text("Made without script").first).to_be_visible()
    context.close()
