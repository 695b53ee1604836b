"""The site as readers find it: an edition in each language, and a page above them."""

import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

from evaluation.base.whole_files import put_right, take_place
from evaluation.language.texts import LANGUAGES
from evaluation.project.working import STAGED
from evaluation.publish.embedded.book import Book, named
from evaluation.publish.embedded.words import words_of
from evaluation.publish.icon import icon

SITE = "reports/site"
NEW = f"{STAGED}/new"


def publish(
    root: Path,
    rendered: dict[str, Path],
    books: dict[str, Book],
    complete: Callable[[Path], None],
) -> None:
    """Put the new site together and let it take the place of the old one.

    complete: called with the new site before that.
    """
    site, new = root / SITE, root / NEW
    put_right(new, site)
    if site.is_dir():
        shutil.copytree(site, new)
    new.mkdir(exist_ok=True)
    for language in set(LANGUAGES) - set(books):
        shutil.rmtree(new / language, ignore_errors=True)
    for language, output in rendered.items():
        shutil.rmtree(new / language, ignore_errors=True)
        shutil.copytree(output, new / language)
    (new / "index.html").write_text(
        _front_door({name: book for name, book in books.items() if (new / name).is_dir()}),
        encoding="utf-8",
    )
    complete(new)
    take_place(new, site)


def _front_door(books: dict[str, Book]) -> str:
    """The page above the languages: the title in each, and a link to each report."""
    entries = "\n".join(
        f'<section lang="{language}"><h1><a href="{language}/index.html" hreflang="{language}">'
        f"{escape(book.title)}</a></h1><p>{escape(book.subtitle)}</p>"
        f'<p><a href="{language}/index.html">{escape(words_of(language)["home"])}</a>'
        + "".join(
            f' · <a href="{language}/{escape(name)}">{escape(label)}</a>'
            for label, name in named(book, words_of(language, book.words))
        )
        + "</p></section>"
        for language, book in books.items()
    )
    first = next(iter(books))
    return f"""<!DOCTYPE html>
<html lang="{first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(books[first].title)}</title>
<link rel="icon" href="{icon()}">
<link rel="stylesheet" href="{first}/site_libs/theme.css">
</head>
<body class="rapport front-door"><script src="{first}/site_libs/theme.js"></script>
<main class="content">
{entries}
</main></body>
</html>
"""
