"""REFI-QDA: qualitative codings from NVivo, MAXQDA, ATLAS.ti and other programs, as tables.

Standard: REFI-QDA 1.5 (2019), schemas project:1.0 and codebook:1.0; the draft codebook:0:4 that
older ATLAS.ti writes has the same elements.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading import refi_archive
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.refi_archive import Texts, read_root
from evaluation.exchange.reading.xml_files import local_name

FORMAT = "REFI-QDA"
SOURCES = {
    "TextSource": "text",
    "PictureSource": "picture",
    "PDFSource": "pdf",
    "AudioSource": "audio",
    "VideoSource": "video",
}
# what holds a text that is coded by position
TEXTS = ("TextSource", "Representation", "Transcript", "TextDescription")
IN_TEXT = ("PlainTextSelection", "TranscriptSelection")
SELECTIONS = (*IN_TEXT, "AudioSelection", "VideoSelection", "PictureSelection", "PDFSelection")
# the standard counts Unicode code points; NVivo counts as Windows does, and takes two for some
IN_UTF16 = ("NVivo",)
UNKNOWN = "unknown"

recognises = refi_archive.recognises


@dataclass(frozen=True)
class Coding:
    """The codings of a project, or the codes of a codebook without any.

    codes: id, name, parent (id of the code above, or ""), description, in the order of the file.
    sources: id, name, kind, case. codings: source (id), coder (name), code (id), start and end
    (Int64; characters of a text, milliseconds of a recording, missing for a whole source and for
    an area), quotation ("" where there is no text). remarks: what was left out.
    """

    codes: pd.DataFrame
    sources: pd.DataFrame
    codings: pd.DataFrame
    remarks: tuple[Remark, ...] = ()

    def units(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The tables `coding_units` and `codings` of the instrument of coding quality.

        A unit is a source. Who coded nothing in a source does not count as having read it: a
        project does not tell readers. A code is called by its name, after those above it where
        names repeat. Sources without a coding are left out.
        """
        named = self.sources.set_index("id")
        units = _told_apart(self.sources["id"], self.sources["name"])
        codes = _told_apart(self.codes["id"], self.code_paths())
        found = pd.DataFrame(
            {
                "unit": self.codings["source"].map(units),
                "coder": self.codings["coder"].str.replace(";", ","),
                "code": self.codings["code"].map(codes),
                "source": self.codings["source"],
            }
        ).drop_duplicates(["unit", "coder", "code"])
        coders = found.groupby("source", sort=False)["coder"].agg(
            lambda names: ";".join(dict.fromkeys(names))
        )
        coded = [source for source in self.sources["id"] if source in coders.index]
        table = pd.DataFrame(
            {
                "unit": [units[source] for source in coded],
                "case": [named["case"][source] or units[source] for source in coded],
                "coders": [coders[source] for source in coded],
            },
            dtype=object,
        )
        return table, found[["unit", "coder", "code"]].reset_index(drop=True)

    def code_paths(self) -> pd.Series:
        """The name of every code, with those above it where another one has the same."""
        names = dict(zip(self.codes["id"], self.codes["name"], strict=True))
        parents = dict(zip(self.codes["id"], self.codes["parent"], strict=True))
        repeated = set(self.codes["name"][self.codes["name"].duplicated()])

        def path(code: str) -> str:
            above = [names[code]]
            while names[code] in repeated and parents[code]:
                code = parents[code]
                above.insert(0, names[code])
            return " / ".join(above)

        return self.codes["id"].map(path)


def read(path: Path) -> Coding:
    """The codes, sources and codings of a project (.qdpx) or codebook (.qdc).

    A text that is not in the archive, and a position outside its text, give no quotation and a
    remark. Raises InputError for a file that is damaged or too large, and for a coding whose code
    does not exist.
    """
    root, texts = read_root(path)
    codes = _codes(root, path.name)
    users = {
        _id(user): one_line(user.get("name") or user.get("id") or "") or _id(user)
        for user in _below(root, "User")
    }
    cases = {
        _reference(source): one_line(case.get("name") or "")
        for case in _below(root, "Case")
        for source in _below(case, "SourceRef")
    }
    utf16 = (root.get("origin") or "").startswith(IN_UTF16)
    remarks: list[Remark] = []
    sources, codings = [], []
    holder = next(iter(_below(root, "Sources")), None)
    for source in holder if holder is not None else ():
        kind = SOURCES.get(local_name(source))
        if kind is None:
            continue
        identity = _id(source)
        path_of_text = source.get("plainTextPath") or source.get("path") or ""
        name = one_line(source.get("name") or "") or path_of_text or identity
        sources.append((identity, name, kind, cases.get(identity, "")))
        for coding in _codings(source, texts, utf16, path.name, remarks):
            if coding["code"] not in codes:
                raise InputError(
                    path.name,
                    "a coding refers to a code of the codebook",
                    "export the project again",
                    row=f"source {name}",
                    value=coding["code"],
                )
            coder = users.get(coding["coder"], coding["coder"]) or UNKNOWN
            codings.append({**coding, "source": identity, "coder": coder})
    if any(coding["coder"] == UNKNOWN for coding in codings):
        remarks.append(Remark("coder_unknown", path.name))
    whole_cases = sum(len(_below(case, "CodeRef")) for case in _below(root, "Case"))
    if whole_cases:
        remarks.append(Remark("case_codes_left_out", path.name, str(whole_cases)))
    columns = ["source", "coder", "code", "start", "end", "quotation"]
    table = pd.DataFrame(codings, columns=columns).astype({"start": "Int64", "end": "Int64"})
    return Coding(
        pd.DataFrame(codes.values(), columns=["id", "name", "parent", "description"], dtype=object),
        pd.DataFrame(sources, columns=["id", "name", "kind", "case"], dtype=object),
        table,
        tuple(remarks),
    )


def _codes(root: Element, name: str) -> dict[str, tuple[str, str, str, str]]:
    """Id -> (id, name, parent, description), the codes below a code after it."""
    found: dict[str, tuple[str, str, str, str]] = {}
    top = next(iter(_below(root, "Codes")), None)
    waiting = [(code, "") for code in reversed(_children(top, "Code"))] if top is not None else []
    while waiting:
        code, parent = waiting.pop()
        identity, label = _id(code), one_line(code.get("name") or "")
        if not identity or not label or identity in found:
            raise InputError(
                name,
                "a code has a name and an id of its own",
                "export it again",
                value=label or identity,
            )
        told = next(iter(_children(code, "Description")), None)
        description = (told.text if told is not None else code.get("description")) or ""
        found[identity] = (identity, label, parent, description.strip())
        waiting += [(child, identity) for child in reversed(_children(code, "Code"))]
    if not found:
        raise InputError(name, "there is a code", "export it again: the codebook is empty")
    return found


@dataclass(frozen=True)
class _Place:
    """Where in a source a coding stands: the text around it, the part that is coded, by whom.

    wide: the positions of the characters that count twice.
    """

    text: str | None = None
    wide: tuple[int, ...] = ()
    sync: tuple[tuple[str, str], ...] = ()
    start: int | None = None
    end: int | None = None
    quotation: str = ""
    coder: str = ""


def _codings(
    source: Element, texts: Texts, utf16: bool, name: str, remarks: list[Remark]
) -> Iterator[dict[str, Any]]:
    """The codings of a source, with the ids of coder and code."""
    waiting = [(source, _Place())]
    while waiting:
        element, place = waiting.pop()
        kind = local_name(element)
        if kind == "Coding":
            coded = next(iter(_children(element, "CodeRef")), None)
            yield {
                "coder": _guid(element.get("creatingUser") or place.coder),
                "code": _reference(coded) if coded is not None else "",
                "start": place.start,
                "end": place.end,
                "quotation": place.quotation,
            }
            continue
        if kind in TEXTS:
            text = _text(element, texts)
            wide = _wide(text) if utf16 and text else ()
            place = _Place(text, wide, _sync_points(element))
            if place.text is None and any(_below(element, part) for part in IN_TEXT):
                remarks.append(Remark("text_missing", name, _title(element)))
        elif kind in SELECTIONS:
            place = _selected(element, place, name, remarks)
        waiting += [(child, place) for child in reversed(element)]


def _selected(selection: Element, place: _Place, name: str, remarks: list[Remark]) -> _Place:
    """The place of a selection, its positions counted in characters."""
    coder = selection.get("creatingUser") or ""
    if local_name(selection) == "TranscriptSelection":
        positions = dict(place.sync)
        sides = [
            positions.get(selection.get(side) or "") for side in ("fromSyncPoint", "toSyncPoint")
        ]
    else:
        sides = [
            selection.get(first) or selection.get(second)
            for first, second in (("startPosition", "begin"), ("endPosition", "end"))
        ]
    ends = [end for end in sides if end is not None]
    if len(ends) < len(sides):
        return replace(place, start=None, end=None, quotation="", coder=coder)
    if not all(re.fullmatch(r"\d{1,12}", end) for end in ends):
        raise InputError(
            name,
            "the positions of a selection are whole numbers",
            "export the project again",
            row=f"selection {_title(selection)}",
            value=" to ".join(ends),
        )
    start, end = map(int, ends)
    if local_name(selection) not in IN_TEXT or place.text is None:
        return replace(place, start=start, end=end, quotation="", coder=coder)
    start, end = (position - bisect_left(place.wide, position) for position in (start, end))
    if not start <= end <= len(place.text):
        remarks.append(Remark("position_outside", name, _title(selection)))
        return replace(place, start=None, end=None, quotation="", coder=coder)
    return replace(place, start=start, end=end, quotation=place.text[start:end], coder=coder)


def _text(element: Element, texts: Texts) -> str | None:
    content = next(iter(_children(element, "PlainTextContent")), None)
    if content is not None:
        return content.text or ""
    return texts.text(element.get("plainTextPath") or "")


def _wide(text: str) -> tuple[int, ...]:
    """The positions in UTF-16 of the characters that take two places there."""
    found = (index for index, character in enumerate(text) if character > "\uffff")
    return tuple(index + earlier for earlier, index in enumerate(found))


def _sync_points(transcript: Element) -> tuple[tuple[str, str], ...]:
    """Id and position in the text of the points that tie a transcript to its recording."""
    points = _children(transcript, "SyncPoint")
    return tuple((point.get("guid") or "", point.get("position") or "") for point in points)


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local_name(child) == name]


def _below(element: Element, name: str) -> list[Element]:
    return [child for child in element.iter() if local_name(child) == name]


def _title(element: Element) -> str:
    return one_line(element.get("name") or element.get("plainTextPath") or _id(element))


def _guid(text: str) -> str:
    """An id as all programs could write it: some put braces around it, some use capitals."""
    return text.strip().strip("{}").casefold()


def _id(element: Element) -> str:
    return _guid(element.get("guid") or "")


def _reference(element: Element) -> str:
    return _guid(element.get("targetGUID") or "")


def _told_apart(ids: pd.Series, names: pd.Series) -> dict[str, str]:
    """Id -> name, with a number where it repeats."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for identity, name in zip(ids, names, strict=True):
        label, count = name, 1
        while label in used:
            count += 1
            label = f"{name} ({count})"
        used.add(label)
        found[identity] = label
    return found
