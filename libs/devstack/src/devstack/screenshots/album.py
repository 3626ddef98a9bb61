"""The pictures as they are taken, and what was wrong on them."""

import io
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

SIZES = {1440: 900, 390: 844}
TALLEST = 6000
LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


class Album:
    """Writes `<role>-<page>-<language>-<width>.webp` and notes pages that do not fit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []
        self.troubles: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def count(self) -> int:
        return len(self.names)

    def add(self, page: Page, name: str, language: str) -> None:
        """Photograph the open page at each width, whole."""
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(LOADED)
            wider = page.evaluate(TOO_WIDE)
            if wider > 0:
                self.troubles.append(f"{page.url} is {wider} px too wide at {width} ({language})")
            self.keep(f"{name}-{language}-{width}", page.screenshot(full_page=True))
        page.set_viewport_size({"width": 1440, "height": SIZES[1440]})

    def keep(self, name: str, picture: bytes) -> None:
        image: Image.Image = Image.open(io.BytesIO(picture))
        if image.height > TALLEST:
            image = image.crop((0, 0, image.width, TALLEST))
        image.save(self.folder / f"{name}.webp", quality=80, method=2)
        self.names.append(name)

    def write_index(self) -> None:
        """Write a page that shows them all side by side."""
        rows = "".join(
            f'<figure><img loading="lazy" src="{escape(name)}.webp" height="420">'
            f"<figcaption>{escape(name)}</figcaption></figure>"
            for name in sorted(self.names)
        )
        style = "body{display:flex;flex-wrap:wrap;font:12px sans-serif}figure{margin:8px}"
        html = f"<!doctype html><meta charset=utf-8><style>{style}</style>{rows}"
        (self.folder / "index.html").write_text(html)
