"""What could be shown of questions of which most is hidden, told to the author alone.

Arguments of the same name are the same in all functions:

- tables: the indicators of each wave with all their counts, see `survey.indicators.indicators`;
- codebook: the questions behind them;
- min_cell: the smallest count that may be shown, at least 2;
- responses: one row per respondent and wave, see `survey.responses.responses`.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from evaluation.base.errors import InputError
from evaluation.base.frames import labelled
from evaluation.base.yaml_files import line_of, read_yaml
from evaluation.disclosure import collapse, secondary, suppress
from evaluation.disclosure.joining import chains, proposed
from evaluation.disclosure.rules import base_of
from evaluation.language.texts import Texts, texts
from evaluation.project.codebook import FILE, Codebook, Collapse, Question, entry_of
from evaluation.project.folder import Folder
from evaluation.survey import responses as survey
from evaluation.survey.indicators import indicators
from evaluation.survey.waves import PAIRS, changes, indicators_by_wave, told_by_few

EXCLUSIVE = ("single", "ordinal")
# what a table has counts of
KEY = ("question", "wave")
KEYS = 4  # blanks before the keys of a question


def proposals(folder: Folder) -> list[str]:
    """Sentences on the questions of which more than half of the counts are hidden, and on those of
    which changes are, in the first language of the report: what to write into the codebook so that
    most is shown, or that nothing of the kind helps. None where no survey or no threshold is.

    folder: of an evaluation. Raises InputError where its survey cannot be used.
    """
    config, codebook = folder.config(), folder.codebook()
    if config.survey is None or config.min_cell == 1:
        return []
    responses = survey.responses(folder.read_survey(), codebook, config.survey)
    tables = [indicators(rows, codebook, None) for _, rows in labelled(responses.groupby("wave"))]
    words = texts(config.languages[0])
    content = read_yaml(folder.root / FILE, FILE)
    place = {name: at for at, name in enumerate(codebook.questions)}
    told = []
    mostly = mostly_hidden(tables, codebook, config.min_cell)
    joins = joined(tables, codebook, config.min_cell, mostly)
    for name, parts in joins.items():
        said = words(
            "proposals.join", question=name, place=_place(words, content, place[name], "collapse")
        )
        told.append(_with_lines(said, {"collapse": [entry_of(part) for part in parts]}))
    left = [name for name in mostly if name not in joins]
    if left:
        told.append(words("proposals.nothing", questions=", ".join(left)))
    few = told_by_few(responses, codebook, config.min_cell)
    for wave in sorted({wave for wave, _ in few}):
        names = [name for name in codebook.questions if (wave, name) in few]
        told.append(words("proposals.few", wave=wave, questions=", ".join(names)))
    headlines = other_headlines(responses, codebook, config.min_cell)
    # once options are joined another headline may be right
    headlines = {name: codes for name, codes in headlines.items() if name not in joins}
    for name, codes in headlines.items():
        if codes:
            said = words(
                "proposals.headline",
                question=name,
                place=_place(words, content, place[name], "headline"),
            )
            told.append(_with_lines(said, {"headline": list(codes)}))
    left = [name for name, codes in headlines.items() if not codes]
    if left:
        told.append(words("proposals.no_headline", questions=", ".join(left)))
    return told


def is_much_hidden(folder: Folder) -> bool:
    """Whether more than half of the counts of a question, or its changes, are hidden in what the
    notebooks of `folder` have written: `proposals`, which counts anew, may have something to say.
    """
    tables = [folder.read(name) for name in ("indicators", "changes") if folder.has(name)]
    return any(
        (table.groupby([name for name in KEY if name in table])["suppressed"].mean() > 1 / 2).any()
        for table in tables
        if {"question", "suppressed"} <= set(table)
    )


def mostly_hidden(tables: Sequence[pd.DataFrame], codebook: Codebook, min_cell: int) -> list[str]:
    """The questions with options of which more than half of the counts in all waves are hidden.

    tables, codebook, min_cell: as for the module.
    """
    hidden = pd.concat([_hidden(table, codebook, codebook.collapses, min_cell) for table in tables])
    share = hidden.groupby("question", sort=False)["hidden"].mean()
    return [str(name) for name in share.index[share > 1 / 2]]


def joined(
    tables: Sequence[pd.DataFrame], codebook: Codebook, min_cell: int, names: Sequence[str]
) -> dict[str, tuple[Collapse, ...]]:
    """For each of the questions `names` that it helps, the options to publish as one in place of
    those that the codebook joins: more counts, and more than half of them, are shown then.

    tables, codebook, min_cell: as for the module.
    """
    apart = {base_of(codebook, name) for name in codebook.questions}
    found: dict[str, tuple[Collapse, ...]] = {}
    for name in names:
        question = codebook.questions[name]
        if question.type not in EXCLUSIVE:
            continue
        rows = [table[table["question"] == name] for table in tables]
        waves = [dict(zip(each["option"], map(int, each["k"]), strict=True)) for each in rows]
        totals = {code: sum(wave.get(code, 0) for wave in waves) for code in question.codes}
        filters = {code for code in question.codes if f"{name}.{code}" in apart}
        asked = [wave for wave in waves if wave]
        groups = proposed(asked, chains(question, filters, totals), min_cell)
        parts = _collapses(question, groups)
        if parts and _helps(tables, codebook, min_cell, name, parts):
            found[name] = parts
    return found


def other_headlines(
    responses: pd.DataFrame, codebook: Codebook, min_cell: int
) -> dict[str, tuple[str, ...]]:
    """For each question of which no change between waves is shown, the headline nearest to its own
    with which one is; empty where there is none.

    The headline of a scale takes in more or fewer of the options from its end of the scale.
    responses, codebook, min_cell: as for the module.
    """
    try:
        published = indicators_by_wave(responses, codebook, None, min_cell)
    except InputError:  # a build refuses it, and nothing is shown of any question
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name in _without_change(responses, codebook, published, min_cell):
        question = codebook.questions[name]
        found[name] = ()
        for codes in _cuts(question):
            other = Codebook({}, {name: replace(question, headline=codes, base=None)})
            if not _without_change(responses, other, published, min_cell):
                found[name] = codes
                break
    return found


def _without_change(
    responses: pd.DataFrame, codebook: Codebook, published: pd.DataFrame, min_cell: int
) -> list[str]:
    """The questions that are followed from wave to wave, and of which no change is shown."""
    table = changes(responses, codebook, published, min_cell)
    followed = table[table["method"] == PAIRS]
    hidden = (followed["refused"] == "hidden").groupby(followed["question"], sort=False).all()
    return [str(name) for name in hidden.index[hidden]]


def _cuts(question: Question) -> list[tuple[str, ...]]:
    """Headlines of as many options from the same end of a scale, the nearest to its own first."""
    scale = [option.code for option in question.options if not option.off_scale]
    own = set(question.headline)
    if question.type != "ordinal":
        return []
    ends = [scale, scale[::-1]]
    cuts = [
        tuple(code for code in scale if code in end[:size])
        for end in ends
        if own == set(end[: len(own)])
        for size in range(1, len(scale))
        if size != len(own)
    ]
    whole = [
        codes
        for codes in cuts
        if all(
            set(part.options) <= set(codes) or set(part.options).isdisjoint(codes)
            for part in question.collapse
        )
    ]
    return sorted(whole, key=lambda codes: abs(len(codes) - len(own)))


def _hidden(
    table: pd.DataFrame,
    codebook: Codebook,
    collapses: Mapping[str, list[tuple[str, list[str]]]],
    min_cell: int,
) -> pd.DataFrame:
    """question and hidden of each count of a wave."""
    joined_ = collapse(table, codebook, collapses)
    hidden = secondary(joined_, codebook, min_cell)
    return pd.DataFrame({"question": joined_["question"], "hidden": hidden})


def _helps(
    tables: Sequence[pd.DataFrame],
    codebook: Codebook,
    min_cell: int,
    name: str,
    parts: tuple[Collapse, ...],
) -> bool:
    """Whether a build that joins the options shows more of a question, and most of it."""
    linked = _linked(codebook, name)
    book = Codebook(
        {}, {each: codebook.questions[each] for each in codebook.questions if each in linked}
    )
    question = replace(book.questions[name], collapse=parts)
    other = Codebook({}, book.questions | {name: question})
    asked = [table[table["question"].isin(linked)].reset_index(drop=True) for table in tables]
    before, after = (
        [shown for table in asked for shown in _published(table, each, min_cell, name)]
        for each in (book, other)
    )
    return sum(after) > sum(before) and 2 * sum(after) > len(after)


def _linked(codebook: Codebook, name: str) -> set[str]:
    """A question with those that it filters and is filtered by, and so on: the n of one is a count
    of another."""
    links = [(each.id, each.base[0]) for each in codebook.questions.values() if each.base]
    linked, size = {name}, 0
    while size < len(linked):
        size = len(linked)
        linked |= {each for link in links if linked.intersection(link) for each in link}
    return linked


def _published(table: pd.DataFrame, codebook: Codebook, min_cell: int, name: str) -> list[bool]:
    """Which counts of a question a build shows of a wave."""
    try:
        published = suppress(table, codebook, min_cell, codebook.collapses)
    except InputError:  # nothing of the wave may be shown
        return [False] * int((table["question"] == name).sum())
    return (~published.loc[published["question"] == name, "suppressed"]).tolist()


def _collapses(question: Question, groups: Sequence[tuple[str, ...]]) -> tuple[Collapse, ...]:
    labels = {option.code: option.label for option in question.options}
    found, taken = [], set(question.codes)
    for codes in groups:
        ordered = [code for code in question.codes if code in codes]
        code = next(each for each in _codes(ordered) if each not in taken)
        taken.add(code)
        label = {
            language: " / ".join(labels[each][language] for each in ordered)
            for language in labels[ordered[0]]
        }
        found.append(Collapse(code, label, tuple(ordered)))
    return tuple(found)


def _codes(parts: Sequence[str]) -> Iterator[str]:
    code = f"{parts[0]}_{parts[-1]}"
    while True:
        yield code
        code += "_joined"


# what is told


def _place(words: Texts, content: Any, at: int, key: str) -> str:
    """Where in the codebook the lines stand that are told: in place of what is there, or below the
    type of the question."""
    question = content["questions"][at]
    there = key in question
    row = line_of(content, ["questions", at, key if there else "type"])
    return words(f"proposals.{'instead' if there else 'below'}", entry=key, row=row, file=FILE)


def _with_lines(said: str, lines: dict[str, Any]) -> str:
    yaml = YAML(typ="rt")
    yaml.width = 10_000  # folded lines would end in spaces
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(lines, stream)
    return "\n".join([said, *(" " * KEYS + line for line in stream.getvalue().splitlines())])
