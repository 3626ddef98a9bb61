"""Photograph the gallery: `python libs/common/tests/gallery/shoot.py [page …]` writes var/gallery/*.png."""

import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).parent.parent))

from gallery.app import create_app
from gallery.samples import PAGES

HOUSE = Path(__file__).parents[4]
PORT = 23010
ALL_PICTURES = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""
WIDTHS = {"desk": 1440, "phone": 390}


def shoot(pages: list[str]) -> None:
    """Write one picture for each page, width and language; tell what the browser complained of."""
    target = HOUSE / "var" / "gallery"
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--hide-scrollbars"]
        )
        for name, width in WIDTHS.items():
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.on("console", lambda words: print("console:", words.text, file=sys.stderr))
            for page in pages:
                for language in ("en", "ja"):
                    tab.goto(f"http://127.0.0.1:{PORT}/{page}?language={language}")
                    tab.wait_for_load_state("networkidle")
                    tab.evaluate(ALL_PICTURES)
                    tab.screenshot(
                        path=target / f"{page.replace('/', '_')}.{name}.{language}.png",
                        full_page=True,
                    )
        browser.close()


if __name__ == "__main__":
    server = make_server("127.0.0.1", PORT, create_app(HOUSE / "var" / "pictures"), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shoot(sys.argv[1:] or [*PAGES, "error/503"])
    server.shutdown()
