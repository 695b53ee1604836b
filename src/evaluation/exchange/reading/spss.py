"""SPSS data files (.sav, .zsav, .por), read by pyreadstat."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.parts import Part, assembled, number_text
from evaluation.language.detection import language_of
from evaluation.project.codebook import Option, Question

FORMAT = "SPSS"
SYSTEM_FILE = (b"$FL2", b"$FL3")
# the first 200 characters may be in any alphabet, and 256 more say which; then comes the mark
PORTABLE_FILE = b"SPSSPORT"
PORTABLE_AT = 456
# days and times are seconds since the first day of the Gregorian calendar
EPOCH = np.datetime64("1582-10-14", "s")
LAST_SECOND = int((np.datetime64("9999-12-31T23:59:59") - EPOCH) / np.timedelta64(1, "s"))
DAYS = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR")
MOMENTS = ("DATETIME", "YMDHMS")
TIMES = ("TIME", "DTIME", "MTIME")
# a scale of which only the ends are labelled has at most this many steps
STEPS = 20
IDENTITIES = {
    *("id", "respid", "resp_id", "respondent", "respondentid", "respondent_id"),
    *("caseid", "case_id", "serial", "lbnr", "løbenr"),
}


@dataclass(frozen=True)
class Variable:
    """A variable of the file.

    values: numbers or text, None where there is none; labels: of the values that are answers;
    missing_labels: of those that the file declares missing, which `missing` recognises.
    """

    name: str
    format: str
    text: str
    values: pd.Series
    labels: dict[Any, str]
    missing_labels: dict[Any, str]
    missing: Callable[[object], bool]

    @property
    def is_text(self) -> bool:
        return not pd.api.types.is_numeric_dtype(self.values)

    @property
    def present(self) -> set[Any]:
        """The values that are answers."""
        return {value for value in self.values.dropna().unique() if not self.missing(value)}

    @property
    def answers(self) -> pd.Series:
        """The values without those that the file declares missing."""
        return self.values.where(self.values.isin(list(self.present)))


def recognises(path: Path) -> bool:
    """Whether the file begins as SPSS data do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(600)
    if head.startswith(SYSTEM_FILE):
        return True
    return head.translate(None, b"\r\n")[PORTABLE_AT:].startswith(PORTABLE_FILE)


def read(path: Path) -> Export:
    """The answers and variables of an SPSS file.

    A variable whose answers are labelled is a single choice; a value that the file declares
    missing is no answer, and a remark tells how often it stands there. A variable of
    which few values are labelled is a number or text, and a remark tells the labels. Dates are
    text as 2025-03-31. A multiple response set is one question. In a portable file missing values
    are no answers, labelled or not. Raises InputError for a file that is damaged and a date
    outside the calendar.
    """
    table, meta, remarks = _file(path)
    variables = {name: _variable(name, table[name], meta) for name in table.columns}
    rows = pd.RangeIndex(1, len(table) + 1)
    respondents = pd.Series(rows.astype(str), index=rows, dtype=object)
    identity = _identity(variables)
    if identity:
        column = _written(variables.pop(identity), path.name)
        respondents = column.set_axis(rows)
        remarks.append(Remark("identity", identity))
    else:
        named = [name for name in variables if _names_respondents(variables[name])]
        remarks += [Remark("respondent_repeated", name) for name in named if len(table)]

    sets = _sets(meta.mr_sets, variables, remarks)
    in_sets = {name for _, members, _ in sets for name in members}
    told = [text for (_, text), _, _ in sets]
    told += [variable.text for variable in variables.values()]
    told += [label for variable in variables.values() for label in variable.labels.values()]
    language = language_of(told)
    remarks.append(Remark("language_assumed", value=language))
    parts = []
    taken: set[str] = set()
    for name, variable in variables.items():
        for (set_name, text), members, counted in sets:
            if name == members[0]:
                asked = Question(
                    question_id(set_name, taken), "multiple", {language: text}, {language: text}
                )
                chosen = [variables[member] for member in members]
                parts.append(_multiple(asked, chosen, counted, language))
        if name not in in_sets:
            text = {language: variable.text}
            asked = Question(question_id(name, taken), "text", text, text)
            parts.append(_part(asked, variable, language, path.name, remarks))
    return assembled(path.name, parts, (), respondents, language, FORMAT, remarks)


def _file(path: Path) -> tuple[pd.DataFrame, Any, list[Remark]]:
    """The values as they are stored, declared missing ones too, with what the file tells."""
    with path.open("rb") as file:
        system_file = file.read(4) in SYSTEM_FILE
    problem = None
    # old files name no encoding, or a wrong one
    for encoding in (None, "WINDOWS-1252") if system_file else (None,):
        try:
            if system_file:
                table, meta = pyreadstat.read_sav(
                    path, encoding=encoding, user_missing=True, disable_datetime_conversion=True
                )
            else:
                table, meta = pyreadstat.read_por(path, disable_datetime_conversion=True)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
            problem = error
        else:
            formats = meta.original_variable_types
            if not all(isinstance(formats.get(name), str) for name in table.columns):
                problem = "variables without a format"
                break
            remarks = [Remark("encoding_replaced", path.name, encoding)] if encoding else []
            return table, meta, remarks
    raise InputError(
        path.name,
        "the file is a whole SPSS file",
        "export it again as .sav",
        value=str(problem),
    )


def _variable(name: str, values: pd.Series, meta: Any) -> Variable:
    if meta.readstat_variable_types[name] == "string":
        written = values.astype(object).map(lambda text: str(text).rstrip() or None, "ignore")
        values = written.where(written.notna(), None)
    else:
        values = pd.to_numeric(values).astype("float64")
    ranges = [
        (_trimmed(limits["lo"]), _trimmed(limits["hi"]))
        for limits in meta.missing_ranges.get(name, [])
    ]

    def missing(value: Any) -> bool:
        return any(low <= value <= high for low, high in ranges)

    labels: dict[Any, str] = {}
    missing_labels: dict[Any, str] = {}
    for value, label in meta.variable_value_labels.get(name, {}).items():
        value = _trimmed(value)
        found = missing_labels if missing(value) else labels
        found[value] = one_line(label) or _code(value)
    return Variable(
        name=name,
        format=meta.original_variable_types[name].rstrip("0123456789."),
        text=one_line(meta.column_names_to_labels[name] or "") or name,
        values=values,
        labels=dict(sorted(labels.items())),
        missing_labels=dict(sorted(missing_labels.items())),
        missing=missing,
    )


def _trimmed(value: Any) -> Any:
    return value.rstrip() if isinstance(value, str) else value


def _code(value: Any) -> str:
    """A value as the file shows it; "" for none."""
    if pd.isna(value):
        return ""
    return value if isinstance(value, str) else number_text(value)


def _listed(labels: dict[Any, str]) -> str:
    return ", ".join(f"{_code(value)} = {label}" for value, label in labels.items())


def _identity(variables: dict[str, Variable]) -> str | None:
    """The variable that tells the respondents apart, known by its name."""
    for name, variable in variables.items():
        values = variable.values
        if _names_respondents(variable) and values.notna().all() and values.is_unique:
            return name if len(values) else None
    return None


def _names_respondents(variable: Variable) -> bool:
    return variable.name.casefold() in IDENTITIES and not variable.labels


def _sets(
    declared: dict[str, Any], variables: dict[str, Variable], remarks: list[Remark]
) -> list[Any]:
    """((name, text), variables, counted value or None) of every usable multiple response set.

    In a set of categories every answer has a label, by any of its variables; a set that has not,
    that counts a text, or that shares a variable with an earlier one, is left out with a remark.
    """
    found = []
    used: set[str] = set()
    for name, told in declared.items():
        members = [member for member in told["variable_list"] if member in variables]
        counted = told["counted_value"]
        if told["type"] == "C":
            labels = set().union(*(variables[member].labels for member in members))
            present = set().union(*(variables[member].present for member in members))
            usable = bool(labels) and present <= labels
        else:
            # the library does not give the value that counts where it is a text
            usable = counted is not None
        if not members or used & set(members) or not usable:
            remarks.append(Remark("set_left_out", name))
            continue
        used |= set(members)
        found.append(((name, one_line(told["label"] or "") or name), members, counted))
    return found


def _multiple(asked: Question, members: list[Variable], counted: Any, language: str) -> Part:
    """A set as one question: an option per variable, or per value of a set of categories.

    Who has no value in any variable of the set gave no answer.
    """
    valid = pd.DataFrame({variable.name: variable.answers for variable in members})
    answered = valid.notna().any(axis=1)
    options, columns = [], {}
    taken: set[str] = set()
    if counted is None:
        labels: dict[Any, str] = {}
        for variable in members:
            labels = variable.labels | labels
        chosen = {_code(value): (labels[value], valid.eq(value).any(axis=1)) for value in labels}
    else:
        chosen = {
            variable.name: (variable.text, valid[variable.name].map(_code) == str(counted))
            for variable in members
        }
    for name, (label, given) in chosen.items():
        code = option_code(name, taken)
        options.append(Option(code, {language: label}))
        columns[f"{asked.id}.{code}"] = given.map({True: "1", False: "0"}).where(answered, "")
    asked = replace(asked, type="multiple", options=tuple(options))
    return Part(asked, pd.DataFrame(columns))


def _part(
    asked: Question, variable: Variable, language: str, file: str, remarks: list[Remark]
) -> Part:
    """A variable as a question of the type that its values and labels allow."""
    labels = _options(variable)
    if left_out := _missing(variable):
        remarks.append(Remark("missing_not_counted", variable.name, left_out))
    if labels is None:
        if variable.labels:
            remarks.append(Remark("labels_unused", variable.name, _listed(variable.labels)))
        numeric = not (variable.is_text or variable.format in {*DAYS, *MOMENTS, *TIMES})
        asked = replace(asked, type="number" if numeric else "text")
        return Part(asked, _written(variable, file).to_frame(asked.id))
    unlabelled = [value for value in labels if value not in variable.labels]
    if unlabelled:
        told = ", ".join(map(_code, unlabelled))
        remarks.append(Remark("code_without_label", variable.name, told))
    options, codes = [], {}
    taken: set[str] = set()
    for value, label in labels.items():
        codes[value] = option_code(_code(value), taken)
        options.append(Option(codes[value], {language: label}))
    answers = variable.values.map(codes).astype(object).where(variable.values.isin(list(codes)), "")
    asked = replace(asked, type="single", options=tuple(options))
    return Part(asked, answers.to_frame(asked.id))


def _missing(variable: Variable) -> str:
    """The values that the file declares missing, with their labels and how often they stand in it;
    "" where there are none."""
    counts = variable.values.dropna().value_counts()
    present = {value: int(count) for value, count in counts.items() if variable.missing(value)}
    return ", ".join(
        _listed({value: variable.missing_labels[value]}) + f" × {count}"
        if value in variable.missing_labels
        else f"{_code(value)} × {count}"
        for value, count in sorted(present.items())
    )


def _options(variable: Variable) -> dict[Any, str] | None:
    """Value -> label of a single choice; None for a number or text.

    Values without a label are options of their own where they are the steps between the labelled
    ends of a scale, and where more values have labels than have not.
    """
    labels, unlabelled = variable.labels, variable.present - set(variable.labels)
    if not labels:
        return None
    if not unlabelled:
        return labels
    low, high = min(labels), max(labels)
    whole = not variable.is_text and all(value.is_integer() for value in {*labels, *unlabelled})
    if whole and high - low <= STEPS and all(low < value < high for value in unlabelled):
        steps = (float(step) for step in range(int(low), int(high) + 1))
        return {step: labels.get(step, _code(step)) for step in steps}
    if len(unlabelled) < len(labels):
        return dict(sorted((labels | {value: _code(value) for value in unlabelled}).items()))
    return None


def _written(variable: Variable, file: str) -> pd.Series:
    """The answers of a number or text as text, "" where there is none."""
    if variable.format not in {*DAYS, *MOMENTS, *TIMES}:
        return variable.answers.map(_code).astype(object)
    written = variable.answers.map(
        lambda seconds: _moment(seconds, variable.format) if pd.notna(seconds) else ""
    )
    if written.isna().any():
        row = int(written.isna().to_numpy().argmax())
        raise InputError(
            file,
            "a date lies between the years 1582 and 9999",
            "correct it in SPSS",
            row=row + 1,
            column=variable.name,
            value=number_text(variable.values.iloc[row]),
        )
    return written.astype(object)


def _moment(seconds: float, format: str) -> str | None:
    """Seconds as a day, a day with its time, or a time; None outside the calendar."""
    if not 0 <= seconds <= LAST_SECOND:
        return None
    if format in TIMES:
        minutes, second = divmod(int(seconds), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
    moment = EPOCH + np.timedelta64(int(seconds), "s")
    if format in DAYS:
        return str(moment.astype("datetime64[D]"))
    return str(moment).replace("T", " ")
