"""What was not sure when a folder was made: it is told until a person has decided."""

import io
from dataclasses import asdict, dataclass
from pathlib import Path

from ruamel.yaml import YAML

from evaluation.base.errors import InputError
from evaluation.base.yaml_files import line_of, read_yaml

FILE = "data/raw/doubts.yml"
FIELDS = ("about", "told", "change")


@dataclass(frozen=True)
class Doubt:
    """about: a question or a column of the export; told: what was assumed; change: what to do where
    that is wrong."""

    about: str
    told: str
    change: str


def doubts_text(doubts: list[Doubt], heading: str, before: str = "") -> str:
    """Doubts as `read_doubts` reads them, below those of a file and, in a new one, a comment.

    before: the text of the file, "" where there is none.
    """
    yaml = YAML(typ="rt")
    yaml.width = 10_000  # folded lines would end in spaces
    stream = io.StringIO()
    yaml.dump([asdict(doubt) for doubt in doubts], stream)
    kept = before if before.endswith("\n") or not before else f"{before}\n"
    return (kept or f"# {heading}\n") + stream.getvalue()


def read_doubts(path: Path, name: str = FILE) -> list[tuple[Doubt, int]]:
    """The doubts that are left, each with its line; none where there is no file.

    Raises InputError for a file of another form.
    """
    if not path.is_file():
        return []
    content = read_yaml(path, name) or []
    found = []
    for at, entry in enumerate(content if isinstance(content, list) else [None]):
        if not isinstance(entry, dict) or set(entry) != set(FIELDS):
            raise InputError(
                name,
                f"a doubt has {', '.join(FIELDS)}",
                "delete the whole entry once it is decided, from its - to the next one",
                row=line_of(content, [at]) or 1,
            )
        found.append(
            (Doubt(**{field: str(entry[field]) for field in FIELDS}), line_of(content, [at]) or 1)
        )
    return found
