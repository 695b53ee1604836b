"""Whether a rendered site asks another host for anything: a page that does tells somebody who
reads it, and is broken where there is no network.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from evaluation.base.errors import InputError

# what a browser fetches by itself, by element; a link is followed by the reader only
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
# relations of <link> that fetch nothing
FOLLOWED = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
HOST = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
IN_STYLES = re.compile(
    r"(?:@import\s*(?:url\()?|url\()\s*['\"]?\s*((?:https?:)?//[^'\")\s;]+)", re.I
)


def check_asks_nobody(site: Path) -> None:
    """Raises InputError for the first page, style sheet or drawing that fetches from elsewhere."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".css", ".svg"):
            address = next(asked(path.read_text("utf-8"), path.suffix), None)
            if address is not None:
                raise InputError(
                    path.relative_to(site),
                    "a page asks no other host for anything",
                    "put the file into the folder and refer to it there; a theme's web font is "
                    "switched off by _extensions/rapport/theme.scss",
                    value=address,
                )


def asked(text: str, suffix: str = ".html") -> Iterator[str]:
    """The addresses at other hosts that a page (or style sheet, `.css`) has a browser fetch."""
    if suffix != ".css":
        reader = _Reader()
        reader.feed(text)
        yield from reader.found
        text = "\n".join(reader.styles)
    for match in IN_STYLES.finditer(text):
        yield match[1]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.styles: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        self.styles.append(given.get("style", ""))
        names = FETCHED.get(tag, ())
        if tag == "link" and not FOLLOWED & set(given.get("rel", "").lower().split()):
            names = ("href",)
        self.found += [given[name].strip() for name in names if HOST.match(given.get(name, ""))]

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)
