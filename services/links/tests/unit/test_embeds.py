"""Whatever address of a video is copied: the player's own, or a refusal. Never anything else."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from common.web.security import FRAMES
from links.domain.embeds import PLAYERS, EmbedRefused, player_url

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
VIMEO = "https://player.vimeo.com/video/76979871"


@pytest.mark.rule("R155", "R145")
@pytest.mark.parametrize(
    "typed",
    [
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=43s",
        "https://www.youtube.com/watch/?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        "https://www.youtube.com/live/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/v/dQw4w9WgXcQ",
        "https://www.youtube.com/e/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=share-token",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        "  HTTPS://WWW.YouTube.com/embed/dQw4w9WgXcQ \n",
    ],
)
def test_every_address_of_a_youtube_video_becomes_the_one_player(typed: str) -> None:
    assert player_url(typed) == YOUTUBE


@pytest.mark.rule("R155", "R145")
@pytest.mark.parametrize(
    ("typed", "player"),
    [
        ("https://vimeo.com/76979871", VIMEO),
        ("https://www.vimeo.com/76979871?share=copy", VIMEO),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
        ("https://vimeo.com/groups/films/videos/76979871", VIMEO),
        ("https://vimeo.com/album/1234567/video/76979871", VIMEO),
        ("https://vimeo.com/showcase/1234567/video/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
        (
            "https://player.vimeo.com/video/76979871?autoplay=1&h=8272103f6e",
            VIMEO + "?h=8272103f6e",
        ),
        ("https://vimeo.com/76979871/8272103f6e", VIMEO + "?h=8272103f6e"),
    ],
)
def test_every_address_of_a_vimeo_video_becomes_the_one_player(typed: str, player: str) -> None:
    assert player_url(typed) == player


def test_the_products_own_example_is_taken() -> None:
    made = player_url("https://www.youtube.com/embed/xxxxxxxx")
    assert made == "https://www.youtube-nocookie.com/embed/xxxxxxxx"


@pytest.mark.rule("R155")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("http://www.youtube.com/embed/dQw4w9WgXcQ", "not_https"),
        ("www.youtube.com/embed/dQw4w9WgXcQ", "not_https"),
        ("//www.youtube.com/embed/dQw4w9WgXcQ", "not_https"),
        ("javascript:alert(1)", "not_https"),
        ("data:text/html,hello", "not_https"),
        ('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', "no_address"),
        ('https://www.youtube.com/embed/x"onload="alert(1)', "no_address"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ\n<script>", "no_address"),
        ("https://www.youtube.com\\@evil.example/embed/dQw4w9WgXcQ", "no_address"),
        ("https://www.youtube.com/embed/ｄQw4w9WgXcQ", "no_address"),
        ("https://[::1/embed/dQw4w9WgXcQ", "no_address"),
        ("https://" + "a" * 500, "no_address"),
        ("https://www.youtube.com@evil.example/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://evil.example/https://www.youtube.com/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://evilyoutube.com/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://www.youtube.com:8443/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://user:pw@www.youtube.com/embed/dQw4w9WgXcQ", "unknown_host"),
        ("https://www.dailymotion.com/video/x8abc", "unknown_host"),
        ("https://www.youtube.com/", "no_video"),
        ("https://www.youtube.com/@brand", "no_video"),
        ("https://www.youtube.com/embed/videoseries?list=PL1", "no_video"),
        ("https://www.youtube.com/embed/live_stream?channel=UC1", "no_video"),
        ("https://www.youtube.com/playlist?list=PL123", "no_video"),
        ("https://www.youtube.com/redirect?q=https://evil.example", "no_video"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ/../../redirect", "no_video"),
        ("https://www.youtube.com/watch?v=", "no_video"),
        ("https://youtu.be/", "no_video"),
        ("https://vimeo.com/", "no_video"),
        ("https://vimeo.com/brand", "no_video"),
        ("https://player.vimeo.com/external/76979871.hd.mp4", "no_video"),
    ],
)
def test_anything_else_is_refused(typed: str, code: str) -> None:
    with pytest.raises(EmbedRefused) as refused:
        player_url(typed)
    assert refused.value.code == code


ALPHABET = st.text("abYZ019_-?&=/#%@:.\\<>\"' \n\x00ｄ", max_size=40)


@pytest.mark.rule("R155")
@given(host=st.sampled_from([*PLAYERS, "evil.example", ""]), rest=ALPHABET, before=ALPHABET)
@example(host="youtu.be", rest="/abcdefghijk", before="https://")
@settings(max_examples=500, deadline=None)
def test_nothing_typed_ever_leads_out_of_the_two_players(host: str, rest: str, before: str) -> None:
    for typed in (before + host + rest, f"https://{host}{rest}", f"https://{host}/embed/{rest}"):
        try:
            made = player_url(typed)
        except EmbedRefused:
            continue
        parts = urlsplit(made)
        assert f"{parts.scheme}://{parts.netloc}" in FRAMES.split()
        assert not set(made) & set("<>\"'\\ #")
        assert player_url(made) == made
