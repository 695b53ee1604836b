"""Pictures of a fixed set of pages, to look at: `python tests/browser/screenshots.py`.

Each page of each language is taken at three widths, in light and in dark, from reports/site into
reports/screenshots.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

LANGUAGES = ("da", "en")
PAGES = {
    "front": "index.html",
    "chapter": "notebooks/33_capacity_building.html",
    "evidence": "notebooks/40_evidence.html",
    "codebook": "notebooks/91_codebook.html",
    "ledger": "notebooks/93_number_ledger.html",
}
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
# the ledger goes on for a hundred thousand pixels: its beginning shows how it looks
LOWEST, TALLEST = 900, 3000


def take(browser: Browser, site: Path, target: Path, pages: dict[str, str]) -> list[Path]:
    """Write the pictures of pages (name -> path), named page-language-width-scheme.png, and give
    their paths."""
    target.mkdir(parents=True, exist_ok=True)
    taken = []
    page = browser.new_page(reduced_motion="reduce")
    for (name, path), language in product(pages.items(), LANGUAGES):
        page.goto((site / language / path).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": LOWEST})
            height = page.evaluate("document.scrollingElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                taken.append(target / f"{name}-{language}-{width}-{scheme}.png")
                page.screenshot(path=taken[-1])
    page.close()
    return taken


if __name__ == "__main__":
    from chromium import executable, launched

    reports = Path(__file__).parents[2] / "reports"
    if not (reports / "site").is_dir():
        sys.exit("There is no report in reports/site: build it with `make report` first.")
    if not executable():
        sys.exit("Pictures are taken with Chromium: install it (Debian's package chromium) first.")
    with launched() as chromium:
        pictures = take(chromium, reports / "site", reports / "screenshots", PAGES)
    print(f"{len(pictures)} pictures in {reports / 'screenshots'}")
