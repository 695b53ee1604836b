"""The book that `_quarto.yml` and a profile describe, as far as the embedded renderer knows it.

Whatever it does not know is refused by name: a report must not silently lose what Quarto
would have shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn

from evaluation.base.errors import InputError
from evaluation.base.markdown import CONTROLS
from evaluation.base.plain_files import there
from evaluation.base.yaml_files import check_schema, line_of, read_yaml
from evaluation.language.dates import day_text
from evaluation.language.texts import LANGUAGES
from evaluation.project.extension import is_there

ANY = None  # whatever stands below this key is read or harmless
TYPST = "rapport-typst"
FORMATS = ("html", "pdf")
# what Quarto replaces in the name of a file, and what an address cannot hold as it is
UNSAFE = re.compile(r"[ <>()|:&;#?*'\\/\"%{}^`~\x00-\x1f]")
MOST_OF_A_NAME = 120
SCHEMA = resources.files("evaluation.publish").joinpath("schemas", "book.json")
INCLUDES = ("include-before-body", "include-after-body")
# the options that are paths, and whether something has to be there before a build
PATHS = (
    (("project", "output-dir"), False),
    (("bibliography",), True),
    (("format", "html", "css"), True),
    *((("format", "html", include), True) for include in INCLUDES),
)
# the places of pages that the PDF of the report does not hold
PRINTED = ("annexes", "site")
HOME = ("index.ipynb", "index.qmd")
PAGES = (".ipynb", ".qmd")  # how the files that are pages end
# what Quarto, run at the root, would empty before it renders into it
KEPT = ((), ("data",), ("notebooks",), ("_extensions",))
KNOWN = {
    "project": {"type", "output-dir", "pre-render", "resources"},
    "profile": {"group"},
    "book": {
        "title",
        "subtitle",
        "author",
        "date",
        "chapters",
        "appendices",
        "downloads",
        "page-footer",
        "site-url",
    },
    "print": {*PRINTED, "summary"},
    "lang": ANY,
    "edition": ANY,
    "cover-note": ANY,
    "colophon": ANY,
    "language": ANY,
    "bibliography": ANY,
    "link-citations": ANY,
    "number-sections": ANY,
    "toc": ANY,
    "toc-depth": ANY,
    "execute": {"echo", "ipynb"},
    "ipynb-filters": ANY,
    "format": {"html", TYPST},
}
KNOWN_FORMATS = {
    "html": {
        "theme",
        "respect-user-color-scheme",
        "css",
        "html-math-method",
        "include-before-body",
        "include-after-body",
    },
    TYPST: {"citeproc", "callout-icon", "pdf-standard", "font-paths", "toc-depth"},
}


@dataclass(frozen=True)
class Book:
    """A book in one language. Paths are relative to `root`, with forward slashes.

    annexes, site_only: the appendices that are in a second PDF, and those that are in none;
    summary: the chapters of a short PDF, which are in the report too; colophon: (term, text) of
    its entries.
    """

    root: Path
    language: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: date | None
    chapters: tuple[str, ...]
    appendices: tuple[str, ...]
    bibliography: str | None
    toc_depth: int
    annexes: tuple[str, ...] = ()
    site_only: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    site_url: str = ""
    edition: str = ""
    cover_note: str = ""
    colophon: tuple[tuple[str, str], ...] = ()
    resources: tuple[str, ...] = ()
    footer: dict[str, Any] = field(default_factory=dict)
    html: dict[str, Any] = field(default_factory=dict)
    typst: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> tuple[str, ...]:
        return self.chapters + self.appendices

    @property
    def texts(self) -> list[str]:
        """The pages that are text and no notebook: chapters, and what lies beside the settings."""
        chapters = [file for file in self.pages if file.endswith(".qmd")]
        return sorted({*chapters, *(path.name for path in self.root.glob("*.qmd"))})

    @property
    def named_files(self) -> tuple[str, ...]:
        """The files of the folder that the settings of its pages name, besides the chapters."""
        themes = self.html.get("theme", [])
        parts = themes.values() if isinstance(themes, dict) else [themes]
        entries = [self.bibliography or [], *parts]
        entries += [self.html.get(key, []) for key in ("css", *INCLUDES)]
        names = [
            name for entry in entries for name in ([entry] if isinstance(entry, str) else entry)
        ]
        return tuple(name for name in names if there(self.root / name))

    @property
    def output(self) -> str:
        """Where the staged project is rendered to."""
        return f"reports/site/{self.language}"

    @property
    def pdf_name(self) -> str:
        """The title as the name of a file, as Quarto makes it one."""
        return f"{file_stem(self.title) or 'report'}.pdf"

    @property
    def moment(self) -> datetime | None:
        """The time that the report's PDF is stamped with."""
        return datetime.combine(self.date, time.min, UTC) if self.date else None

    @property
    def long_date(self) -> str:
        return day_text(self.date, self.language) if self.date else ""


def named(book: Book, words: dict[str, str]) -> list[tuple[str, str]]:
    """(label, name of the file) of each PDF of a book, the report's first."""
    names = [(words["pdf"], book.pdf_name)]
    for kind in ("summary", "annexes"):
        if getattr(book, kind):
            names.append((words[f"pdf_{kind}"], volume_name(book, words[kind])))
    return names


def volume_name(book: Book, called: str) -> str:
    """The name of the file of another PDF of a book than the report; called: in words."""
    return f"{book.pdf_name.removesuffix('.pdf')}-{file_stem(called)}.pdf"


def file_stem(title: str) -> str:
    """A title as the name of a file without its ending, as Quarto makes it one."""
    return UNSAFE.sub("-", " ".join(title.split())).strip(".-")[:MOST_OF_A_NAME]


def read_book(root: Path, profile: str) -> Book:
    """The book below `root` under a profile.

    Raises InputError, with file and line, for a key, format or chapter entry that the embedded
    renderer does not know, and for a chapter file that is missing.
    """
    content: dict[str, Any] = {}
    for name in ("_quarto.yml", f"_quarto-{profile}.yml"):
        part = read_yaml(root / name, name)
        if part is None:  # an empty file says nothing
            continue
        _write_days(part)
        check_schema(part, SCHEMA, name)
        _check_signs(part, name)
        _check_keys(part, name)
        _check_paths(part, name, root)
        _check_footer(part, name, root)
        _check_pages(part, name, root)
        content = _merge(content, part)
    book = content.get("book", {})
    if "title" not in book:
        raise InputError(
            f"_quarto-{profile}.yml", "a report has a title", "write it as book: {title: ...}"
        )
    authors = book.get("author", [])
    chapters = tuple(book.get("chapters", []))
    if not chapters or chapters[0] not in HOME:
        raise InputError(
            "_quarto.yml", f"a book begins with {' or '.join(HOME)}", "make it the first chapter"
        )
    appendices = tuple(book.get("appendices", []))
    printed = content.get("print", {})
    annexes, site_only = _printed_elsewhere(printed, appendices)
    return Book(
        root=root,
        language=content.get("lang", profile),
        title=book["title"],
        subtitle=book.get("subtitle", ""),
        authors=tuple([authors] if isinstance(authors, str) else authors),
        date=date.fromisoformat(book["date"]) if book.get("date") else None,
        chapters=chapters,
        appendices=appendices,
        annexes=annexes,
        site_only=site_only,
        summary=_summary(printed, chapters),
        site_url=book.get("site-url", "").rstrip("/"),
        bibliography=content.get("bibliography"),
        toc_depth=content.get("toc-depth", 3),
        edition=str(content.get("edition", "")),
        cover_note=content.get("cover-note", ""),
        colophon=tuple((entry["term"], entry["text"]) for entry in content.get("colophon", [])),
        resources=tuple(content.get("project", {}).get("resources", [])),
        footer=dict(book.get("page-footer", {})),
        html=content.get("format", {}).get("html", {}),
        typst=content.get("format", {}).get(TYPST, {}),
        words=dict(content.get("language", {})),
    )


def _write_days(content: Any) -> None:
    """YAML reads a day without quotation marks as a date: Quarto takes it for its text."""
    book = content.get("book") if isinstance(content, dict) else None
    if isinstance(book, dict) and isinstance(book.get("date"), date):
        book["date"] = book["date"].isoformat()


def _check_signs(content: Any, name: str) -> None:
    """No text has a sign without a shape, which neither a page nor a PDF can show."""
    for path, text in _texts(content, ()):
        if CONTROLS.search(text):
            raise InputError(
                name,
                f"{'.'.join(map(str, path))} is a text without control characters",
                "write the text again without them",
                row=line_of(content, path),
                value=text,
            )


def _texts(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The texts below a node, each with the keys and indices that lead to it."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict | list):
        for key, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _texts(part, (*path, key))


def _check_paths(content: Any, name: str, root: Path) -> None:
    """What is used from the folder lies in it, and nothing is written outside of it."""
    for path, needed in PATHS:
        node = content
        for key in path:
            node = node.get(key) if isinstance(node, dict) else None
        for value in [node] if isinstance(node, str) else node or []:
            if not _is_inside(value) or (needed and not is_there(root, value)):
                raise InputError(
                    name,
                    f"{'.'.join(path)} is a path in the folder"
                    + (", of a file that is there" if needed else ""),
                    "correct the path, or put the file into the folder",
                    row=line_of(content, path),
                    value=value,
                )
    output = content.get("project", {}).get("output-dir")
    if output is not None and Path(output).parts[:1] in KEPT:
        raise InputError(
            name,
            "project.output-dir is a folder of its own: Quarto empties it before it renders",
            f"write output-dir: reports/.quarto/{LANGUAGES[0]}, with the language of the file",
            row=line_of(content, ("project", "output-dir")),
            value=output,
        )


def _is_inside(file: str) -> bool:
    """Whether a path leads to a place in the folder."""
    return not Path(file).is_absolute() and ".." not in Path(file).parts


def _is_page(root: Path, file: str) -> bool:
    """Whether a path leads to a file in the folder that may be a page."""
    return file.endswith(PAGES) and _is_inside(file) and there(root / file)


def _check_keys(content: Any, name: str) -> None:
    groups: list[tuple[tuple[str, ...], Any, Any]] = [((), content, KNOWN)]
    groups += [
        ((key,), content[key], known)
        for key, known in KNOWN.items()
        if known is not ANY and isinstance(content.get(key), dict)
    ]
    groups += [
        (("format", key), content["format"][key], known)
        for key, known in KNOWN_FORMATS.items()
        if isinstance(content.get("format", {}).get(key), dict)
    ]
    for path, entries, known in groups:
        for key in entries:
            if key not in known:
                _refuse(content, name, [*path, key], "the option")


def _refuse(content: Any, name: str, path: list[Any], what: str) -> NoReturn:
    raise InputError(
        name,
        f"the embedded renderer knows what is used, but not {what} {'.'.join(map(str, path))}",
        "remove it, or render with Quarto",
        row=line_of(content, path),
    )


def _merge(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """As Quarto merges a profile: mappings by key, lists one after the other."""
    merged = dict(base)
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value)
        elif isinstance(value, list) and isinstance(merged.get(key), list):
            merged[key] = [*merged[key], *value]
        else:
            merged[key] = value
    return merged


def _check_footer(content: Any, name: str, root: Path) -> None:
    """Links at the foot of the pages lead to pages of the project."""
    links = content.get("book", {}).get("page-footer", {}).get("right", [])
    for position, entry in enumerate(links):
        # Quarto looks for a file of this very name: an anchor would make a dead link
        if not _is_page(root, entry.get("href", "")) or "text" not in entry:
            raise InputError(
                name,
                "an entry of book.page-footer.right has a text, and as href a chapter of the book",
                "correct the entry, without an anchor",
                row=line_of(content, ["book", "page-footer", "right", position]),
                value=dict(entry),
            )


def _check_pages(content: Any, name: str, root: Path) -> None:
    """Chapters and appendices are files of the project that may be pages."""
    for key in ("chapters", "appendices"):
        for position, entry in enumerate(content.get("book", {}).get(key, [])):
            row = line_of(content, ["book", key, position])
            if isinstance(entry, dict):
                raise InputError(
                    name,
                    f"an entry of book.{key} is a file; the embedded renderer knows no parts",
                    "list the files, or render with Quarto",
                    row=row,
                    value=dict(entry),
                )
            if not _is_page(root, entry):
                raise InputError(
                    name,
                    f"an entry of book.{key} is a file of the project, {' or '.join(PAGES)}",
                    "restore the file or correct the entry; the notebooks of a method are written"
                    " by `evaluation add METHOD`",
                    row=row,
                    value=entry,
                )


def _printed_elsewhere(
    wanted: dict[str, list[str]], appendices: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The appendices of the second PDF and those of the site only, as `print` names them.

    Raises InputError unless they are the last appendices, in this order: letters run on from one
    PDF to the next.
    """
    annexes, site_only = (tuple(wanted.get(key, [])) for key in PRINTED)
    named = [(key, at) for key in PRINTED for at in range(len(wanted.get(key, [])))]
    files = annexes + site_only
    last = appendices[max(0, len(appendices) - len(files)) :]
    for (key, at), file, expected in zip_longest(named, files, last):
        if file != expected:
            raise InputError(
                "_quarto.yml",
                "the appendices that print names are the last of book.appendices, in the order"
                " annexes, site",
                "order book.appendices: those of the report, then print.annexes, then print.site;"
                " take out of print what the book does not have",
                row=line_of(wanted, [key, at]),
                value=file,
            )
    return annexes, site_only


def _summary(wanted: dict[str, list[str]], chapters: tuple[str, ...]) -> tuple[str, ...]:
    """The chapters of the short PDF, as `print` names them: a book of its own, for Quarto too."""
    files = tuple(wanted.get("summary", []))
    for at, file in enumerate(files):
        if file not in chapters or (at == 0 and file not in HOME):
            raise InputError(
                "_quarto.yml",
                f"print.summary names chapters of the book, {' or '.join(HOME)} first",
                "name files that stand under book.chapters, and the first of these first",
                row=line_of(wanted, ["summary", at]),
                value=file,
            )
    return files
