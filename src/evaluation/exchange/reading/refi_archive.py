"""The files of a REFI-QDA exchange: a project (.qdpx, a ZIP archive) or a codebook (.qdc, XML).

Nothing is unpacked: a path in the archive is only ever a name to look up in it, and what is read
is no larger than `LARGEST`, however little room it takes in the archive.
"""

import zipfile
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from evaluation.base.errors import InputError
from evaluation.exchange.reading.xml_files import local_name, parse_xml
from evaluation.exchange.reading.zip_files import BROKEN

LARGEST = 100_000_000
# codebook:1.0, codebook:0:4 (older ATLAS.ti), project:1.0
NAMESPACE = "urn:QDA-XML:"
ROOTS = ("Project", "CodeBook")
PROJECT = ".qde"
INTERNAL = "internal://"


def recognises(path: Path) -> bool:
    """Whether a file is a REFI-QDA project or codebook."""
    if not path.is_file():
        return False
    if zipfile.is_zipfile(path):
        try:
            return any(map(_is_project, _members(path)))
        except InputError:
            return False
    with path.open("rb") as file:
        return NAMESPACE.encode() in file.read(2000).replace(b"\0", b"")


def read_root(path: Path) -> tuple[Element, "Texts"]:
    """The root of the project or codebook, and the texts that it refers to.

    Raises InputError for an archive that is damaged, protected or too large, and for XML of
    another kind.
    """
    if not zipfile.is_zipfile(path):
        if path.stat().st_size > LARGEST:
            raise _too_large(path.name, path.name, path.stat().st_size)
        return _checked(parse_xml(path.read_bytes(), path.name), path.name), Texts(path, {})
    members = _members(path)
    projects = [name for name in members if _is_project(name)]
    if len(projects) != 1:
        raise InputError(
            path.name,
            "the archive holds one project (.qde)",
            "export it again as REFI-QDA",
            value=", ".join(projects) or "none",
        )
    texts = Texts(path, members)
    content = texts.content(projects[0])
    return _checked(parse_xml(content, f"{path.name}, {projects[0]}"), path.name), texts


class Texts:
    """The plain texts in an archive, found by the references of its project."""

    def __init__(self, path: Path, members: dict[str, zipfile.ZipInfo]):
        self.path, self.members = path, members

    def text(self, reference: str) -> str | None:
        """The text that a project refers to; None for one that is not in the archive.

        Raises InputError for a text that is not in UTF-8.
        """
        # some programs leave out the scheme; folders are called Sources or sources
        wanted = PurePosixPath(reference.removeprefix(INTERNAL)).name.casefold()
        name = next(
            (name for name in self.members if PurePosixPath(name).name.casefold() == wanted), None
        )
        if name is None or not wanted:
            return None
        try:
            return self.content(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(
                self.path.name, "the texts of a project are in UTF-8", "export it again", value=name
            ) from None

    def content(self, name: str) -> bytes:
        info = self.members[name]
        if info.file_size > LARGEST:
            raise _too_large(self.path.name, name, info.file_size)
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(info)
        except BROKEN as error:
            raise _broken(self.path.name, f"{name}: {error}") from None


def _members(path: Path) -> dict[str, zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {info.filename: info for info in archive.infolist()}
    except BROKEN as error:
        raise _broken(path.name, str(error)) from None


def _broken(file: str, found: str) -> InputError:
    return InputError(
        file,
        "the archive is whole and has no password",
        "export it again without a password",
        value=found,
    )


def _is_project(name: str) -> bool:
    return "/" not in name and name.casefold().endswith(PROJECT)


def _checked(root: Element, name: str) -> Element:
    if not root.tag.startswith("{" + NAMESPACE) or local_name(root) not in ROOTS:
        raise InputError(
            name, "the XML is a project or codebook of REFI-QDA", "export it again", value=root.tag
        )
    return root


def _too_large(file: str, name: str, size: int) -> InputError:
    return InputError(
        file,
        f"a part of the file is unpacked no larger than {LARGEST} bytes",
        "leave large sources out of the export",
        value=f"{name}: {size} bytes",
    )
