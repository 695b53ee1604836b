"""Variables with labels for their values, as statistics programs keep them, and the questions that
they are.

A reader of such a format makes `Variable`s of what the file has; how they become questions is the
same for all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.forms import missing, stems, ticks
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.parts import Part, assembled, number_text
from evaluation.exchange.reading.placing.withheld import withheld
from evaluation.exchange.reading.quantities import doubt
from evaluation.exchange.reading.rereading import reread
from evaluation.exchange.reading.tables import BESIDE, Known, drafted
from evaluation.language.detection import language_of
from evaluation.language.scales import is_beside, is_known
from evaluation.project.codebook import Option, Question

# what the library raises of a file that it cannot read
UNREADABLE = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, ValueError)
# a scale of which only the ends are labelled has at most this many steps
STEPS = 20
SECOND = np.timedelta64(1, "s")
FIRST, LAST = np.datetime64("1582-10-14", "s"), np.datetime64("9999-12-31T23:59:59")
IDENTITIES = {
    *("id", "respid", "resp_id", "respondent", "respondentid", "respondent_id"),
    *("caseid", "case_id", "serial", "lbnr", "løbenr"),
}
# (name, wording) of a question with several answers, its variables, and the value that counts in
# them; None where every value is an option
Set = tuple[tuple[str, str], list[str], Any]


@dataclass(frozen=True)
class Variable:
    """A variable of a file.

    values: the answers, numbers or text, None where there is none; labels: of these values;
    missing: what the file declares missing, as it is told, "" where it stands nowhere; moment:
    writes a number as the day or time that it is, None outside the calendar; no moment: it is none.
    """

    name: str
    text: str
    values: pd.Series
    labels: dict[Any, str]
    missing: str = ""
    moment: Callable[[float], str | None] | None = None

    @property
    def is_text(self) -> bool:
        return not pd.api.types.is_numeric_dtype(self.values)

    @property
    def present(self) -> set[Any]:
        return set(self.values.dropna().unique())


def export_of(
    file: str,
    variables: Sequence[Variable],
    sets: Iterable[Set],
    rows: int,
    format: str,
    remarks: list[Remark],
) -> Export:
    """The export of a file's variables, one row for each of `rows` respondents.

    A variable whose answers are labelled is a single choice; one of which few values are labelled
    is a number or text, and a remark tells the labels. A set is one question. What the file
    declares missing is no answer, and told. Raises InputError for a date outside the calendar.
    """
    known = {variable.name: variable for variable in variables}
    index = pd.RangeIndex(1, rows + 1)
    respondents = pd.Series(index.astype(str), index=index, dtype=object)
    identity = _identity(known)
    if identity:
        respondents = _written(known.pop(identity), file).set_axis(index)
        remarks.append(Remark("identity", identity))
    else:
        named = [name for name, variable in known.items() if _names_respondents(variable)]
        remarks += [Remark("respondent_repeated", name) for name in named if rows]

    kept = _usable(sets, known, remarks)
    ticked = _ticked(known, {name for _, members, _ in kept for name in members})
    in_sets = {name for _, members, _ in kept for name in members}
    told = [text for (_, text), _, _ in kept]
    told += [variable.text for variable in known.values()]
    told += [label for variable in known.values() for label in variable.labels.values()]
    language = language_of(told)
    remarks.append(Remark("language_assumed", value=language))
    parts = []
    taken: set[str] = set()
    for name, variable in known.items():
        for (set_name, text), members, counted in kept:
            if name == members[0]:
                asked = Question(
                    question_id(set_name, taken), "multiple", {language: text}, {language: text}
                )
                chosen = [known[member] for member in members]
                parts.append(_multiple(asked, chosen, counted, language))
        if name in ticked:
            parts += (
                [_several(ticked[name], language, taken)] if ticked[name][0] is variable else []
            )
        elif name not in in_sets:
            wording = {language: variable.text}
            asked = Question(question_id(name, taken), "text", wording, wording)
            parts.append(_part(asked, variable, language, file, remarks))
    return assembled(file, parts, (), respondents, language, format, remarks)


def export_of_any(
    file: str,
    variables: Sequence[Variable],
    rows: int,
    format: str,
    remarks: list[Remark],
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The export of variables of which none may have labels: then they are a plain table, and
    what they are is told as of any other, see `tables.read`. What tells who a person is stands in
    the background of either.
    """
    if any(variable.labels for variable in variables) or not rows:
        said = [name for name, reading in (readings or {}).items() if reading not in BESIDE]
        export = export_of(file, variables, (), rows, format, remarks)
        return reread(withheld(export, {*said, *(known or {})}), readings or {}, file)
    for variable in variables:
        if variable.missing:
            remarks.append(Remark("missing_not_counted", variable.name, variable.missing))
    answers = pd.DataFrame(
        {variable.name: _written(variable, file) for variable in variables}, dtype=str
    ).set_axis(pd.RangeIndex(1, rows + 1))
    wordings = {variable.name: variable.text for variable in variables}
    return drafted(file, answers, wordings, format, remarks, readings, known)


def texts_of(values: pd.Series) -> pd.Series:
    """The cells of a text variable without the blanks that pad them; None for nothing."""
    written = values.astype(object).map(lambda text: str(text).rstrip() or None, "ignore")
    return written.where(written.notna(), None)


def told_missing(values: Iterable[Any], labels: dict[Any, str]) -> str:
    """Values that a file declares missing, with their labels and how often they stand there."""
    counts = pd.Series(list(values), dtype=object).value_counts()
    return ", ".join(
        listed({value: labels[value]}) + f" × {count}"
        if value in labels
        else f"{shown(value)} × {count}"
        for value, count in sorted(counts.items(), key=lambda pair: (str(type(pair[0])), pair[0]))
    )


def label_text(value: Any, label: str) -> str:
    return one_line(label) or shown(value)


def shown(value: Any) -> str:
    """A value as the file shows it; "" for none."""
    if pd.isna(value):
        return ""
    return value if isinstance(value, str) else number_text(value)


def listed(labels: dict[Any, str]) -> str:
    return ", ".join(f"{shown(value)} = {label}" for value, label in labels.items())


def day(epoch: np.datetime64, unit: float) -> Callable[[float], str | None]:
    """Writes numbers, of so many seconds each since an epoch, as days: 2025-03-31."""
    return _calendar(epoch, unit, lambda moment: str(moment.astype("datetime64[D]")))


def moment(epoch: np.datetime64, unit: float) -> Callable[[float], str | None]:
    """The same as a day with its time."""
    return _calendar(epoch, unit, lambda moment: str(moment).replace("T", " "))


def _calendar(
    epoch: np.datetime64, unit: float, write: Callable[[np.datetime64], str]
) -> Callable[[float], str | None]:
    first, last = (float((end - epoch) / SECOND) for end in (FIRST, LAST))

    def written(value: float) -> str | None:
        seconds = value * unit
        return (
            write(epoch + np.timedelta64(int(seconds // 1), "s"))
            if (first <= seconds <= last)
            else None
        )

    return written


def time_of_day(seconds: float) -> str | None:
    """Seconds as hours, minutes and seconds; None for no time."""
    if not 0 <= seconds < float((LAST - FIRST) / SECOND):
        return None
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def _identity(variables: dict[str, Variable]) -> str | None:
    """The variable that tells the respondents apart, known by its name."""
    for name, variable in variables.items():
        values = variable.values
        whole = values.notna().all() and not variable.missing
        if _names_respondents(variable) and whole and values.is_unique:
            return name if len(values) else None
    return None


def _names_respondents(variable: Variable) -> bool:
    return variable.name.casefold() in IDENTITIES and not variable.labels


def _usable(
    sets: Iterable[Set], variables: dict[str, Variable], remarks: list[Remark]
) -> list[Set]:
    """The sets that can be counted.

    In a set of categories every answer has a label, by any of its variables; a set that has not,
    that has no variable in the file, or shares one with an earlier set, is left out with a remark.
    """
    found: list[Set] = []
    used: set[str] = set()
    for (name, text), listed_in, counted in sets:
        members = [member for member in listed_in if member in variables]
        labels = set().union(*(variables[member].labels for member in members))
        present = set().union(*(variables[member].present for member in members))
        labelled = counted is not None or (bool(labels) and present <= labels)
        if not members or used & set(members) or not labelled:
            remarks.append(Remark("set_left_out", name))
            continue
        used |= set(members)
        found.append(((name, one_line(text) or name), members, counted))
    return found


def _multiple(asked: Question, members: list[Variable], counted: Any, language: str) -> Part:
    """A set as one question: an option per variable, or per value of a set of categories.

    Who has no value in any variable of the set gave no answer.
    """
    valid = pd.DataFrame({variable.name: variable.values for variable in members})
    answered = valid.notna().any(axis=1)
    options, columns = [], {}
    taken: set[str] = set()
    if counted is None:
        labels: dict[Any, str] = {}
        for variable in members:
            labels = variable.labels | labels
        chosen = {shown(value): (labels[value], valid.eq(value).any(axis=1)) for value in labels}
    else:
        chosen = {
            variable.name: (variable.text, valid[variable.name].map(shown) == str(counted))
            for variable in members
        }
    for name, (label, given) in chosen.items():
        code = option_code(name, taken)
        options.append(Option(code, {language: label}))
        columns[f"{asked.id}.{code}"] = given.map({True: "1", False: "0"}).where(answered, "")
    asked = replace(asked, type="multiple", options=tuple(options))
    return Part(asked, pd.DataFrame(columns))


def _ticked(variables: dict[str, Variable], in_sets: set[str]) -> dict[str, list[Variable]]:
    """Name -> the variables of a question with several answers that is declared as none: neighbours
    with one stem that hold marks of chosen and not chosen, or one label each.

    Yes and no are answers to each, as the file declares them.
    """
    found: dict[str, list[Variable]] = {}
    free = [variable for name, variable in variables.items() if name not in in_sets]
    for stem, group in groupby(free, key=lambda variable: stems.parts(variable.text)[0]):
        run = list(group)
        labels = {label for variable in run for label in variable.labels.values()}
        known = [label for label in labels if is_known(label) and not ticks.says_ticked(label)]
        if stem is None or len(run) < 2 or known:
            continue
        cells = [_worded(variable) for variable in run]
        if ticks.marked(cells) or all(
            len(variable.labels) == 1 and variable.present <= variable.labels.keys()
            for variable in run
        ):
            found |= {variable.name: run for variable in run}
    return found


def _worded(variable: Variable) -> pd.Series:
    """The cells as a person reads them: with labels for values, "" where there is none."""
    return variable.values.map(
        lambda value: variable.labels.get(value, shown(value)) if pd.notna(value) else ""
    ).astype(object)


def _several(run: list[Variable], language: str, taken: set[str]) -> Part:
    """Such a question. Who has no value in any of its variables gave no answer."""
    stem = stems.parts(run[0].text)[0] or run[0].name
    cells = [_worded(variable) for variable in run]
    marks = ticks.marked(cells)
    given = [each.cells == "1" for each in marks] if marks else [each != "" for each in cells]
    answered = pd.concat([each != "" for each in cells], axis=1).any(axis=1)
    identity = question_id(stem, taken)
    codes: set[str] = set()
    options, columns = [], {}
    for variable, chosen in zip(run, given, strict=True):
        # where a value alone tells the option, its label says it without what tools put before it
        told = list(variable.labels.values()) if not marks else []
        label = told[0] if told else stems.parts(variable.text)[1]
        code = option_code(label, codes)
        options.append(Option(code, {language: label}))
        columns[f"{identity}.{code}"] = chosen.map({True: "1", False: "0"}).where(answered, "")
    text = {language: stem}
    return Part(Question(identity, "multiple", text, text, tuple(options)), pd.DataFrame(columns))


def _part(
    asked: Question, variable: Variable, language: str, file: str, remarks: list[Remark]
) -> Part:
    """A variable as a question of the type that its values and labels allow."""
    labels = _options(variable)
    if variable.missing:
        remarks.append(Remark("missing_not_counted", variable.name, variable.missing))
    if labels is None:
        variable = _without_beside(variable, remarks)
        unused = {value: label for value, label in variable.labels.items() if label != shown(value)}
        if unused:
            remarks.append(Remark("labels_unused", variable.name, listed(unused)))
        numeric = not (variable.is_text or variable.moment)
        cells = _written(variable, file)
        marks = missing.without_codes(cells)[1] if numeric else {}
        if marks:
            remarks.append(Remark("may_be_missing", asked.id, missing.told(marks)))
        if numeric and not variable.labels:
            unsure, safer = doubt(cells, variable.text, asked.id)
            remarks += [unsure] if unsure else []
            numeric = not safer
        asked = replace(asked, type="number" if numeric else "text")
        return Part(asked, cells.to_frame(asked.id))
    unlabelled = [value for value in labels if value not in variable.labels]
    if unlabelled:
        told = ", ".join(map(shown, unlabelled))
        remarks.append(Remark("code_without_label", variable.name, told))
    options, codes = [], {}
    taken: set[str] = set()
    for value, label in labels.items():
        codes[value] = option_code(shown(value), taken)
        options.append(Option(codes[value], {language: label}))
    answers = variable.values.map(codes).astype(object).where(variable.values.isin(list(codes)), "")
    given = not variable.labels
    asked = replace(asked, type="single", options=tuple(options), inferred=given)
    return Part(asked, answers.to_frame(asked.id))


def _without_beside(variable: Variable, remarks: list[Remark]) -> Variable:
    """A number without the values whose labels say that there is no answer: 99 = Don't know."""
    beside = {value: label for value, label in variable.labels.items() if is_beside(label)}
    here = variable.values.isin(list(beside))
    if not here.any():
        return variable
    told = told_missing(variable.values[here], beside)
    remarks.append(Remark("beside_not_counted", variable.name, told))
    kept = {value: label for value, label in variable.labels.items() if value not in beside}
    return replace(variable, values=variable.values.where(~here), labels=kept)


def _are_amounts(variable: Variable) -> bool:
    """Whether labels repeat the numbers that they stand for, which are no steps of a scale: years
    of school, or an age whose last label is 88 and more."""
    labels = variable.labels
    if variable.is_text or sum(label == shown(value) for value, label in labels.items()) * 2 <= len(
        labels
    ):
        return False
    steps = {high - low for low, high in pairwise(sorted({*labels, *variable.present}))}
    return steps != {1.0} or len(labels) > STEPS


def _options(variable: Variable) -> dict[Any, str] | None:
    """Value -> label of a single choice; None for a number or text.

    Values without a label are options of their own where they are the steps between the labelled
    ends of a scale, and where more values have labels than have not.
    """
    labels, unlabelled = variable.labels, variable.present - set(variable.labels)
    if not labels or _are_amounts(variable):
        return None
    if not unlabelled:
        return labels
    low, high = min(labels), max(labels)
    whole = not variable.is_text and all(value.is_integer() for value in {*labels, *unlabelled})
    if whole and high - low <= STEPS and all(low < value < high for value in unlabelled):
        steps = (float(step) for step in range(int(low), int(high) + 1))
        return {step: labels.get(step, shown(step)) for step in steps}
    if len(unlabelled) < len(labels):
        return dict(sorted((labels | {value: shown(value) for value in unlabelled}).items()))
    return None


def _written(variable: Variable, file: str) -> pd.Series:
    """The answers of a number or text as text, "" where there is none."""
    write = variable.moment
    if write is None:
        return variable.values.map(shown).astype(object)
    written = variable.values.map(lambda value: write(value) if pd.notna(value) else "")
    if written.isna().any():
        row = int(written.isna().to_numpy().argmax())
        raise InputError(
            file,
            "a date lies between the years 1582 and 9999",
            "correct it in the program that the file comes from, and export it again",
            row=row + 1,
            column=variable.name,
            value=number_text(variable.values.iloc[row]),
        )
    return written.astype(object)
