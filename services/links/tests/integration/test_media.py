"""Videos, background and lookbooks of a link, through the form, the upload route and resolve."""

import io
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from common.delivery import JobRun
from common.ids import new_id
from common.testing import PeerServer
from common.testing.files import EndlessFilm, make_mp4, make_picture, make_webm
from common.testing.peers import sample_answer
from links.deps import Deps
from links.domain.files import IMAGE_WIDTHS
from links.jobs.uploads import sweep_uploads
from links.store.models import Upload

from .conftest import BRAND, CATALOG, MAKER, signed_in
from .test_links import make, resolve
from .test_passcode import row

FORM = {"name": "Spring", "catalog_ids": str(CATALOG), "payment_methods": "outside"}
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
Media = Callable[[str], Path]


@pytest.fixture
def media(deps: Deps) -> Media:
    """Give a function from an address under /media to the file behind it."""
    root = Path(deps.settings.media_root)
    return lambda url: root / url.removeprefix("/media/")


def send(
    staff: FlaskClient, kind: str, data: bytes, name: str = "file", **headers: str
) -> TestResponse:
    field = {"video": "video_file", "image": "background_file"}[kind]
    return staff.post(
        "/links/files",
        data={"kind": kind, field: (io.BytesIO(data), name)},
        headers={"Accept": "application/json", **headers},
    )


def sent(staff: FlaskClient, kind: str, data: bytes, name: str = "file") -> dict[str, Any]:
    reply = send(staff, kind, data, name)
    assert reply.status_code == 201, reply.get_data(as_text=True)
    return dict(reply.json or {})


def made(staff: FlaskClient, **changed: Any) -> str:
    reply = staff.post("/links/new", data=FORM | changed)
    assert reply.status_code == 302, reply.get_data(as_text=True)
    page = staff.get("/links").get_data(as_text=True)
    return page.split('data-copy="http://127.0.0.1:8080/l/')[1].split('"')[0]


@pytest.mark.rule("R145", "R155")
def test_links_and_files_of_videos_travel_in_their_order(
    staff: FlaskClient, client: FlaskClient, media: Media
) -> None:
    film, live = sent(staff, "video", make_mp4()), sent(staff, "video", make_webm(live=True))
    links = [YOUTUBE, "", "https://vimeo.com/76979871"]
    token = made(staff, video_links=links, video_files=[film["id"], live["id"]])
    videos = resolve(client, token).json["videos"]
    assert [(each["kind"], each["url"]) for each in videos] == [
        ("embed", PLAYER),
        ("embed", "https://player.vimeo.com/video/76979871"),
        ("file", f"/media/links/{film['id']}.mp4"),
        ("file", f"/media/links/{live['id']}.webm"),
    ]
    assert media(videos[2]["url"]).read_bytes() == make_mp4()


@pytest.mark.rule("R155")
@pytest.mark.parametrize(
    "typed",
    [
        "http://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://evil.example/embed/dQw4w9WgXcQ",
        f'<iframe src="{PLAYER}"></iframe>',
        "javascript:alert(1)",
    ],
)
def test_a_foreign_embed_is_refused_at_its_field_and_never_markup(
    staff: FlaskClient, typed: str
) -> None:
    reply = staff.post("/links/new", data=FORM | {"video_links": [YOUTUBE, typed]})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert 'id="videos.1-error"' in page
    assert 'id="videos.0-error"' not in page
    assert "<iframe" not in page
    assert YOUTUBE in page


@pytest.mark.rule("R155")
def test_pages_frame_exactly_the_two_players(client: FlaskClient, staff: FlaskClient) -> None:
    policy = client.get(f"/l/{made(staff)}").headers["Content-Security-Policy"]
    [frames] = [each for each in policy.split("; ") if each.startswith("frame-src")]
    assert frames.split()[1:] == ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]


@pytest.mark.rule("R146", "R147")
def test_a_background_image_is_stored_in_widths_and_shown_behind_the_passcode(
    staff: FlaskClient, client: FlaskClient, media: Media
) -> None:
    image = sent(staff, "image", make_picture((3000, 2000), kind="JPEG"), "IMG_1.jpg")
    token = made(
        staff,
        background="image",
        background_image=image["id"],
        has_passcode="yes",
        passcode="spring-27",
    )
    background = resolve(client, token).json["background"]
    for width in IMAGE_WIDTHS:
        url = f"/media/links/{image['id']}-{width}.webp"
        assert f"{url} {width}w" in background["srcset"]
        assert Image.open(media(url)).size == (width, round(width * 2 / 3))
    page = client.get(f"/l/{token}").get_data(as_text=True)
    assert f'<img src="{background["url"]}" srcset="{background["srcset"]}"' in page


@pytest.mark.rule("R26", "R146", "R147")
def test_a_background_video_is_silent_behind_the_expired_screen(
    staff: FlaskClient, client: FlaskClient
) -> None:
    limits = {"has_expiration": "yes", "expires_at": "2026-01-01T00:00", "expires_at_zone": "UTC"}
    token = made(staff, background="video", background_url=YOUTUBE, **limits)
    assert resolve(client, token).json["background"]["url"] == PLAYER
    reply = client.get(f"/l/{token}")
    page = reply.get_data(as_text=True)
    assert reply.status_code == 410
    [frame] = [line for line in page.splitlines() if "<iframe" in line]
    assert f'src="{PLAYER}?autoplay=1&amp;mute=1' in frame
    assert 'tabindex="-1"' in frame
    assert "data-calm" in frame


@pytest.mark.rule("R146")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"background": "image"}, "background_file"),
        ({"background": "image", "background_image": str(new_id())}, "background_file"),
        ({"background": "image", "background_image": "nonsense"}, None),
        ({"background": "video"}, "background.url"),
        ({"background": "video", "background_url": "  "}, "background.url"),
        ({"background": "hologram"}, "background"),
        ({"video_files": str(new_id())}, "videos.0"),
    ],
)
def test_a_background_without_its_image_or_address_is_refused(
    staff: FlaskClient, changed: dict[str, str], field: str | None
) -> None:
    reply = staff.post("/links/new", data=FORM | changed)
    assert reply.status_code == 422
    if field:
        assert f'id="{field}-error"' in reply.get_data(as_text=True)
    assert 'data-copy="' not in staff.get("/links").get_data(as_text=True)


@pytest.mark.rule("R146")
def test_empty_forgets_what_the_other_kinds_had(staff: FlaskClient, client: FlaskClient) -> None:
    token = made(staff, background="empty", background_url=YOUTUBE)
    assert resolve(client, token).json["background"]["kind"] == "empty"
    assert "<iframe" not in client.get(f"/l/{token}").get_data(as_text=True)


@pytest.mark.rule("R203", "R146")
def test_another_brands_upload_cannot_be_named(
    app: Flask, cache_url: str, staff: FlaskClient
) -> None:
    other = signed_in(app, cache_url, brand_ids=[new_id()], maker_id=new_id())
    image = sent(other, "image", make_picture())
    reply = staff.post(
        "/links/new", data=FORM | {"background": "image", "background_image": image["id"]}
    )
    assert reply.status_code == 422
    assert image["url"] not in reply.get_data(as_text=True)


@pytest.mark.rule("R145", "R146")
@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("video", b"MZ no film", "no MP4 or WebM"),
        ("video", make_picture(), "no MP4 or WebM"),
        ("video", make_mp4()[:-3], "broken or cut short"),
        ("video", make_mp4(b"", handler=b"soun"), "broken or cut short"),
        ("video", b"", "empty"),
        ("image", make_mp4(), "no JPEG"),
        ("image", b"<svg onload='alert(1)'></svg>", "no JPEG"),
        ("image", make_picture((300, 300), kind="JPEG")[:-900], "broken or cut short"),
        ("image", make_picture() + b"<script>alert(1)</script>", "Something else is hidden"),
        ("image", make_picture() + bytes(20 * 2**20), "larger than 20 MiB"),
    ],
)
def test_a_wrong_file_gets_a_sentence_at_its_field_and_leaves_nothing(
    staff: FlaskClient, deps: Deps, kind: str, data: bytes, words: str
) -> None:
    reply = send(staff, kind, data, "Showroom.mp4" if kind == "image" else "IMG.jpg")
    assert reply.status_code == 422
    problem = reply.json or {}
    assert words in problem["detail"]
    assert (
        problem["errors"][0]["field"] == {"video": "video_file", "image": "background_file"}[kind]
    )
    with deps.database.transaction(MAKER) as session:
        assert session.query(Upload).count() == 0


def test_without_script_the_form_comes_back_with_the_file_and_all_that_was_typed(
    staff: FlaskClient,
) -> None:
    typed = FORM | {"name": "Kept words", "background": "video", "background_url": "half ty"}
    film = {"kind": "video", "video_file": (io.BytesIO(make_mp4()), "films/Spring.mp4")}
    page = staff.post("/links/files", data=typed | film).get_data(as_text=True)
    assert 'value="Kept words"' in page
    assert 'value="half ty"' in page
    assert "Spring.mp4" in page
    assert "films" not in page
    assert 'action="/links/new"' in page
    wrong = {"kind": "video", "video_file": (io.BytesIO(b"no film"), "a.mp4")}
    reply = staff.post("/links/files", data=typed | wrong)
    assert reply.status_code == 422
    assert 'id="video_file-error"' in reply.get_data(as_text=True)
    assert 'value="Kept words"' in reply.get_data(as_text=True)


def test_a_file_that_was_chosen_but_never_sent_is_said(staff: FlaskClient) -> None:
    reply = staff.post("/links/new", data=FORM | {"video_file": "Spring.mp4"})
    assert reply.status_code == 422
    assert "Press Upload beside the file first" in reply.get_data(as_text=True)


@pytest.mark.rule("R16")
@pytest.mark.parametrize("role", ["member_read", None])
def test_only_who_may_write_uploads_and_a_stranger_is_refused_unread(
    app: Flask, cache_url: str, role: str | None
) -> None:
    who = signed_in(app, cache_url, role=role) if role else app.test_client()
    body = EndlessFilm(b"", 50 * 2**20, b"")
    reply = who.post(
        "/links/files",
        input_stream=body,
        content_length=body.size,
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": "application/json"},
    )
    assert reply.status_code == (403 if role else 401)


def test_other_pages_take_no_large_body(staff: FlaskClient) -> None:
    assert staff.post("/links/new", data=FORM | {"description": "x" * 2**21}).status_code == 413


def test_a_large_video_goes_through_in_flat_memory(
    staff: FlaskClient, deps: Deps, media: Media
) -> None:
    size = 190 * 2**20
    head = make_mp4(b"")[:-8]
    box_head = (size + 8).to_bytes(4) + b"mdat"
    begin = (
        b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nvideo\r\n'
        b'--x\r\nContent-Disposition: form-data; name="video_file"; filename="a.mp4"\r\n'
        b"Content-Type: video/mp4\r\n\r\n"
    )
    body = EndlessFilm(begin + head + box_head, size, b"\r\n--x--\r\n")
    with peak_memory() as peak:
        reply = staff.post(
            "/links/files",
            input_stream=body,
            content_length=body.size,
            content_type="multipart/form-data; boundary=x",
            headers={"Accept": "application/json"},
        )
    assert reply.status_code == 201, reply.get_data(as_text=True)
    stored = media((reply.json or {})["url"])
    assert stored.stat().st_size == len(head) + 8 + size
    stored.unlink()
    assert peak.grown_bytes < 64 * 2**20


class peak_memory:
    """Watches this process while the block runs."""

    def __enter__(self) -> "peak_memory":
        self._process, self._is_over = psutil.Process(), threading.Event()
        self._before = self._top = self._process.memory_info().rss
        self._watch = threading.Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._is_over.is_set():
            self._top = max(self._top, self._process.memory_info().rss)
            time.sleep(0.01)

    @property
    def grown_bytes(self) -> int:
        return self._top - self._before


@pytest.mark.rule("R145", "R146")
def test_files_that_no_link_shows_are_removed_after_a_day(
    staff: FlaskClient, client: FlaskClient, deps: Deps, media: Media
) -> None:
    film, unused = sent(staff, "video", make_mp4()), sent(staff, "video", make_mp4(b"other"))
    image, late = sent(staff, "image", make_picture()), sent(staff, "image", make_picture())
    token = made(staff, video_files=film["id"], background="image", background_image=image["id"])
    with deps.database.transaction(MAKER) as session:
        for each in (film, unused, image):
            session.get_one(Upload, UUID(each["id"])).created_at -= timedelta(hours=25)
    for _ in range(2):
        sweep_uploads(deps, JobRun("links.uploads", 1))
        there = [media(each["url"]).exists() for each in (film, unused, image, late)]
        assert there == [True, False, True, True]
    reply = staff.post("/links/new", data=FORM | {"video_files": unused["id"]})
    assert reply.status_code == 422
    staff.post(f"/links/{row(deps, token).id}/status", data={"status": "deleted", "name": "Spring"})
    sweep_uploads(deps, JobRun("links.uploads", 2))
    there = [media(each["url"]).exists() for each in (film, image, late)]
    assert there == [False, False, True]


@pytest.mark.rule("R148", "R149", "R150")
def test_lookbooks_are_chosen_with_their_status_beside_and_told_as_chosen(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer
) -> None:
    one, two = str(new_id()), str(new_id())
    template = sample_answer("catalog", "lookbooks/read")["lookbooks"][0]
    peers.answers["catalog", "lookbooks/read"] = {
        "lookbooks": [
            template | {"lookbook_id": one, "name": "Coast", "status": "public"},
            template | {"lookbook_id": two, "name": "Harbour", "status": "draft"},
        ]
    }
    page = staff.get("/links/new").get_data(as_text=True)
    assert page.index("Coast") < page.index("Public", page.index("Coast")) < page.index("Harbour")
    assert "Draft" in page[page.index("Harbour") :]
    token = made(staff, lookbook_ids=[one, two])
    # Which of them are Public now is catalog's to say, at each visit: links keeps both.
    assert resolve(client, token).json["lookbook_ids"] == [one, two]


@pytest.mark.rule("R145", "R146", "R27")
def test_the_api_takes_files_and_says_no_passcode(staff: FlaskClient, client: FlaskClient) -> None:
    def put(kind: str, data: bytes) -> TestResponse:
        form = {"kind": kind, "brand_id": str(BRAND), "file": (io.BytesIO(data), "a")}
        return staff.post("/api/links/v1/files", data=form)

    film, image = put("video", make_webm()).json or {}, put("image", make_picture()).json or {}
    assert put("video", b"no film").status_code == 422
    link = make(
        staff,
        videos=[{"url": YOUTUBE}, {"upload_id": film["id"]}],
        background={"kind": "image", "upload_id": image["id"]},
        passcode="spring-27",
    )
    assert "passcode" not in link
    assert link["has_passcode"] is True
    assert link["background"]["upload_id"] == image["id"]
    answer = resolve(client, link["token"]).json
    assert [each["kind"] for each in answer["videos"]] == ["embed", "file"]
    assert answer["passcode_version"] == 1
    body = {"brand_id": str(BRAND), "name": "x", "catalog_ids": [str(CATALOG)]}
    wrong = {"background": {"kind": "image"}, "payment_methods": ["outside"]}
    reply = staff.post("/api/links/v1/links", json=body | wrong)
    assert reply.status_code == 422
    assert (reply.json or {})["errors"][0]["field"] == "background.image"
