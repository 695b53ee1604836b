"""The words of texts that survey programs keep as HTML."""

from html.parser import HTMLParser


def plain_text(markup: str) -> str:
    """The words of a text with HTML in it, on one line."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return " ".join("".join(reader.words).split())


class _Words(HTMLParser):
    BLOCKS = frozenset({"br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4"})
    SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in self.SILENT
        self.words.append(" " if tag in self.BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = False
        self.words.append(" " if tag in self.BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.words.append("" if self.silent else data)
