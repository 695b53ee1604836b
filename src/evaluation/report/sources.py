"""Where a number comes from, in words: document, section and page, and no file with its lines."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from evaluation.base.frames import each_row
from evaluation.language.texts import Texts
from evaluation.project.folder import Folder
from evaluation.project.printed import Printed

RAW = PurePosixPath("data/raw")
# the tables that say what one document has published, so that they need not name it
OF_OWN_DOCUMENT = ("published_figures", "facts", "data_basis", "objectives", "themes")
DOCUMENT = "document"  # the parameter that names the document of the survey
DOCUMENTS = "documents"  # the register of documents
MOST = 3  # places that are named one by one
BETWEEN = ";"  # sections in a cell


class Sources:
    """The places in print behind the numbers of an evaluation, in the words of one language."""

    def __init__(self, folder: Folder, texts: Texts):
        self.folder, self.texts = folder, texts
        self._printed: dict[str, dict[int, Printed]] = {}

    def words(self, file: str, rows: Sequence[int]) -> str:
        """`Als Research, section 3.2, p. 10`: where rows were printed; empty where that is
        not known, or in too many places to be named.

        file: as an origin has it, with the lines `rows`.
        """
        printed = self._places(file)
        places = dict.fromkeys(map(printed.get, rows))
        if not places or None in places or len(places) > MOST:
            return ""
        said: dict[str, list[str]] = {}
        for document, section, page in filter(None, places):
            said.setdefault(document, []).append(self._place(section, page))
        return "; ".join(
            ", ".join(filter(None, [self._names.get(document, document), *parts]))
            for document, parts in said.items()
        )

    def _places(self, file: str) -> dict[int, Printed]:
        if file not in self._printed:
            self._printed[file] = self._read_places(PurePosixPath(file))
        return self._printed[file]

    def _read_places(self, path: PurePosixPath) -> dict[int, Printed]:
        if path.parent != RAW or not self.folder.has_raw(path.stem):
            return {}
        found = self.folder.printed(path.stem)
        if path.stem not in OF_OWN_DOCUMENT:
            return found
        return {
            row: place._replace(document=place.document or self._own)
            for row, place in found.items()
        }

    def _place(self, section: str, page: str) -> str:
        """`section 3.2, p. 10`; a section without a number is quoted."""
        sections = section.replace("_", " ").split(BETWEEN)
        numbered = all(part[:1].isdigit() for part in sections)
        key = "sources.section" if numbered else "sources.titled"
        named = self.texts(key, section=self.texts.enumeration(sections)) if section else ""
        return ", ".join(filter(None, [named, page and self.texts("sources.page", page=page)]))

    @cached_property
    def _own(self) -> str:
        declared = self.folder.config().parameters.get(DOCUMENT, {})
        return str(declared.get("value", ""))

    @cached_property
    def _names(self) -> dict[str, str]:
        return document_names(self.folder)


def document_names(folder: Folder) -> dict[str, str]:
    """Id of each document of the register -> what it is called; empty where there is no register.

    folder: of the evaluation.
    """
    if not folder.has(DOCUMENTS):
        return {}
    rows = each_row(folder.read(DOCUMENTS))
    return {str(row.id): short_name(row._asdict()) for row in rows}


def short_name(document: Mapping[str, Any]) -> str:
    """What a document is called in tables and notes: its short name, or else author and year.

    document: a row of the register.
    """
    return document.get("short") or f"{document['author']} {document['year']}"
