"""Visiting the pages of the site: which there are, what went wrong, what has the focus."""

from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import Page

# the fixtures of the two ways to read the site
WAYS = ("from_disk", "from_server")
CHAPTER = "notebooks/33_capacity_building.html"
# notes that are folded away, and those with the numbers of a figure
NOTE = "details.callout"
FIGURE_DATA = f"{NOTE}.figure-data, .figure-data {NOTE}"
# the reader has chosen to see which numbers are links
SOURCES_SHOWN = "localStorage.setItem('sources', 'shown')"
# whether the ground of a page is light or dark
PAINTED = """() => Math.max(...getComputedStyle(document.body).backgroundColor
  .match(/[0-9.]+/g).slice(0, 3).map(Number)) > 128 ? 'light' : 'dark'"""


def pairwise(first: tuple, second: tuple, third: tuple) -> list[tuple]:
    """Of three things with two values each, the four triples in which every two values meet.

    Opening a page costs a second, and what fails in one triple of values fails in one pair of them.
    """
    return [(first[one], second[other], third[one ^ other]) for one in (0, 1) for other in (0, 1)]


def paths(site: Path) -> list[str]:
    """All pages of the site in both languages, below its folder, the front door included."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert found, site
    return found


def troubles(page: Page, address: str) -> list[str]:
    """A list that fills with what goes wrong on a page while it is used.

    Told are messages that the browser calls an error, exceptions of a script, requests that fail
    and requests to anything that is not below the site's address.
    """
    found: list[str] = []

    def told(what: str, detail: str) -> None:
        found.append(f"{unquote(page.url.removeprefix(address))}: {what}: {detail}")

    page.on("console", lambda said: said.type == "error" and told("console", said.text))
    page.on("pageerror", lambda error: told("exception", str(error)))
    page.on("requestfailed", lambda request: told("failed request", request.url))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:")) or told("foreign request", request.url)
        ),
    )
    page.on("response", lambda got: got.status >= 400 and told(str(got.status), got.url))
    return found


def focused(page: Page) -> dict:
    """The element that has the focus: tag, id, class, address, text and how it is seen.

    `shown` says that it has an area within the window, `ringed` that an outline of at least one
    pixel surrounds it.
    """
    return page.evaluate(
        """() => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          return {
            tag: element.tagName.toLowerCase(), id: element.id, classes: element.className,
            href: element.href || "", text: element.textContent.trim().slice(0, 60),
            shown: box.width > 4 && box.height > 4 && box.bottom > 0 && box.right > 0
              && box.top < innerHeight && box.left < innerWidth,
            ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
          };
        }"""
    )
