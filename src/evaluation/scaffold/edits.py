"""Changes to files that an author writes too: what is not changed stays, comments and all."""

import io
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter

from evaluation.base.errors import InputError
from evaluation.base.yaml_files import read_yaml
from evaluation.project.codebook import Codebook, entry_of
from evaluation.scaffold.matching import Matching, grown

BOOK = "_quarto.yml"
KINDS = {str: "string", int: "integer", float: "number", bool: "boolean"}
Period = tuple[date, date]
WIDTH = 10_000  # folded lines would end in spaces


class Stated(RoundTripRepresenter):
    """Says null in so many words: an entry of evaluation.yml without a value looks forgotten."""

    def represent_none(self, _: None) -> Any:
        return self.represent_scalar("tag:yaml.org,2002:null", "null")


Stated.add_representer(type(None), Stated.represent_none)


def with_questions(path: Path, known: Codebook, matching: Matching) -> str:
    """The text of the codebook at `path`, `known`, with what a wave brought that is new."""
    content = _content(path)
    at = {name: position for position, name in enumerate(known.questions)}
    for same in matching.same:
        if not same.added:
            continue
        entry = content["questions"][at[same.known.id]]
        # a list of its own: another question may refer to the same one by an anchor
        options = entry["options"] = CommentedSeq(entry["options"])
        codes = list(same.known.codes)
        for option, after in same.added:
            place = codes.index(after) + 1 if after else 0
            codes.insert(place, option.code)
            options.insert(place, entry_of(option))
        headline = grown(same).headline
        if headline != same.known.headline:
            entry["headline"] = CommentedSeq(headline)
    if matching.groups:
        content.setdefault("groups", []).extend(map(entry_of, matching.groups))
    content["questions"].extend(entry_of(question) for _, question in matching.new)
    return _written(content)


def with_first_answers(path: Path, wave: int, key: str | None, period: Period | None) -> str:
    """The text of evaluation.yml at `path` with what the first answers tell: the column that
    identifies the respondents, and the first and the last day, where they are known."""
    content = _content(path)
    if key is not None:
        content["key"] = key
    _add_period(content, wave, period)
    return _written(content, Stated)


def with_wave(path: Path, wave: int, earlier: list[int], period: Period | None) -> str:
    """The text of evaluation.yml at `path` with one more wave.

    The parameter `wave`, where it is declared, is raised; a population that is a number becomes one
    for each wave, and nobody knows yet that of this one. period: the first and the last day of its
    answers, where they are known.
    """
    content = _content(path)
    population = content["population"]
    if isinstance(population, int):
        each = CommentedMap(dict.fromkeys(earlier, population) | {wave: None})
        # on one line: what stands below the entry is a comment on the next
        each.fa.set_flow_style()
        content["population"] = each
    elif isinstance(population, dict):
        population[wave] = None
    _add_period(content, wave, period)
    if "wave" in content["parameters"]:
        content["parameters"]["wave"]["value"] = wave
    return _written(content, Stated)


def with_method(path: Path, files: list[str], parameters: dict[str, object]) -> str:
    """The text of evaluation.yml at `path` with `files` as the last notebooks of its pipeline,
    unless they are in it, and `parameters`, name -> default, declared."""
    content = _content(path)
    content["pipeline"].extend(file for file in files if file not in content["pipeline"])
    for name, default in parameters.items():
        content["parameters"][name] = {"type": KINDS[type(default)], "value": default}
    return _written(content, Stated)


def with_chapters(path: Path, files: list[str]) -> str:
    """The text of _quarto.yml at `path` with `files` as its last chapters, unless they are
    chapters already.

    Raises InputError where it lists no chapters.
    """
    content = _content(path)
    try:
        chapters = content["book"]["chapters"]
    except (KeyError, TypeError):
        chapters = None
    if not isinstance(chapters, list):
        rule, remedy = "book.chapters lists the chapters of a report", "list index.ipynb there"
        raise InputError(BOOK, rule, remedy)
    chapters.extend(file for file in files if file not in chapters)
    return _written(content)


def _add_period(content: Any, wave: int, period: Period | None) -> None:
    if period is None:
        return
    days = CommentedSeq(period)
    days.fa.set_flow_style()
    if "period" in content:
        content["period"][wave] = days
        return
    # above the others: what stands below the last entry is a comment on nothing
    place = list(content).index("population") + 1
    content.insert(place, "period", CommentedMap({wave: days}))
    content["period"].fa.set_flow_style()


def _content(path: Path) -> Any:
    read_yaml(path)  # refuses what is no YAML
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    return yaml.load(path.read_text("utf-8"))


def _written(content: Any, representer: type[RoundTripRepresenter] = RoundTripRepresenter) -> str:
    yaml = YAML(typ="rt")
    yaml.Representer = representer
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()
