"""What was not sure when a folder was made: it is told until a person has decided."""

from dataclasses import asdict, dataclass
from pathlib import Path

from ruamel.yaml import YAML

from evaluation.base.errors import InputError
from evaluation.base.whole_files import written_whole
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


def write_doubts(doubts: list[Doubt], path: Path, heading: str) -> None:
    """Write doubts, below a comment, as `read_doubts` reads them; no file where there are none."""
    if not doubts:
        return
    yaml = YAML(typ="rt")
    yaml.width = 10_000  # folded lines would end in spaces
    with written_whole(path) as partial, partial.open("w", encoding="utf-8") as stream:
        stream.write(f"# {heading}\n")
        yaml.dump([asdict(doubt) for doubt in doubts], stream)


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
