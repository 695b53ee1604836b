"""Exports of SurveyXact: questions and answers from the three parts of `surveyxact_files`.

The form is that of real exports in Danish, Norwegian and German.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading import surveyxact_files
from evaluation.exchange.reading.batteries import batteries, item
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import option_code, question_id
from evaluation.exchange.reading.surveyxact_files import Parts, Variable, read_parts
from evaluation.exchange.reading.values import days, numbers, whole
from evaluation.language.detection import language_of
from evaluation.project.codebook import Codebook, Group, Option, Question

FORMAT = "SurveyXact"
# type, options, columns and remarks of a question
Read = tuple[str, Sequence[Option], dict[str, pd.Series], list[Remark]]
RESPONDENT = "respondentid"
OVERALL = "statoverall"
# so many without an answer tell, by what nearly all of them have, what was filled in beforehand
FEWEST, NEARLY_ALL = 3, 0.9
# what SurveyXact records of every respondent, by the name of the question in small letters
RECORDED = frozenset(
    {
        *("survey", RESPONDENT, "organization", "created", "modified", "closetime", "starttime"),
        *("difftime", "responsecollectsessions", "numberofreturnedmail", "importgroup"),
        *("distributionschedule", "email", "digitaldistributionstatus"),
        *("digitaldistributionerrormessage", "lang", OVERALL, "statinternal", "statcompletion"),
        *("statcreation", "statdistribution", "statsource", "statcollect"),
    }
)

recognises = surveyxact_files.recognises


def read(path: Path) -> Export:
    """The answers and questions of an export: a folder, one of its text files, or a workbook.

    Variables with 0 and 1 that belong together are one question of several answers, neighbours
    with one stem a group. What SurveyXact records itself, and closed variables without labels
    (what was known beforehand), go to `background`. In a question of several answers SurveyXact
    writes 0 for who was never asked as for who ticked nothing: nobody without a tick has answered
    it. Raises InputError where a part is missing, cannot be read or does not fit the others.
    """
    parts = read_parts(path)
    remarks = list(parts.remarks)
    filled = _filled_before(parts)
    asked = [row for row in parts.variables if _is_question(row, parts) and row.name not in filled]
    language = language_of(row.text for row in asked)
    questions = []
    columns: dict[str, pd.Series] = {}
    taken: set[str] = set()
    for rows in _gathered(asked):
        name = rows[0].question if rows[0].kind == "multiple" else rows[0].name
        identity = question_id(name, taken)
        text = rows[0].text
        if not text:
            text = name
            remarks.append(Remark("no_text", name))
        build = _several if rows[0].kind == "multiple" else _one
        kind, options, answers, told = build(rows, identity, parts, language)
        questions.append(
            Question(identity, kind, {language: text}, {language: text}, tuple(options))
        )
        columns |= answers
        remarks += told
    responses = pd.DataFrame(columns, index=parts.answers.index, dtype=str)
    remarks += _blank_untouched(responses, questions, parts.file)
    respondents, told = _respondents(parts)
    remarks += [*told, *_background_remarks(parts)]
    remarks += [Remark("filled_before", row.name, row.text) for row in filled.values()]
    remarks.append(Remark("language_assumed", value=language))
    groups, questions = _grouped(questions, language)
    codebook = Codebook(groups, {question.id: question for question in questions})
    beside = [row.name for row in parts.variables if row not in asked]
    background = parts.answers[beside]
    return Export(responses, codebook, respondents, language, FORMAT, tuple(remarks), background)


def _is_recorded(row: Variable) -> bool:
    return row.question.casefold() in RECORDED


def _is_question(row: Variable, parts: Parts) -> bool:
    return not _is_recorded(row) and (row.kind != "single" or row.name in parts.labels)


def _filled_before(parts: Parts) -> dict[str, Variable]:
    """The open variables that were filled in before anybody answered: nearly all who have answered
    none of the others have something in them too."""
    asked = [row for row in parts.variables if _is_question(row, parts)]
    closed = [row.name for row in asked if row.kind in ("single", "multiple")]
    written = {row.name: row for row in asked if row.kind not in ("single", "multiple")}
    if not closed or not written:
        return {}
    silent = parts.answers[closed].isin(["", "0"]).all(axis=1)
    if silent.sum() < FEWEST:
        return {}
    filled = (parts.answers.loc[silent, list(written)] != "").mean()
    return {name: row for name, row in written.items() if filled[name] >= NEARLY_ALL}


def _gathered(rows: Iterable[Variable]) -> list[list[Variable]]:
    """The variables of each question: several for one of several answers, else one."""
    found: dict[tuple[Any, ...], list[Variable]] = {}
    for row in rows:
        key = (row.question, row.text) if row.kind == "multiple" else (row.name,)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _one(rows: list[Variable], identity: str, parts: Parts, language: str) -> Read:
    """Type, options, columns and remarks of a question with one answer."""
    (row,) = rows
    cells = parts.answers[row.name]
    if row.kind == "single":
        return _single(row, identity, parts, language)
    remarks = []
    readers = {"double": (numbers, "number", "not_numbers"), "date": (_days, "text", "not_days")}
    if row.kind in readers:
        reader, kind, failure = readers[row.kind]
        found = reader(cells)
        if found is not None:
            cells, unclear = found
            remarks = [Remark(unclear, identity)] if unclear else []
            return kind, (), {identity: cells}, remarks
        if (cells == "").all():
            return kind, (), {identity: cells}, remarks
        remarks.append(Remark(failure, identity))
    elif row.kind != "string":
        remarks.append(Remark("type_unknown", identity, row.kind))
    return "text", (), {identity: cells}, remarks


def _days(cells: pd.Series) -> tuple[pd.Series, str | None] | None:
    return days(cells, day_first=True)


def _single(row: Variable, identity: str, parts: Parts, language: str) -> Read:
    labels = dict(parts.labels[row.name])
    cells = parts.answers[row.name].map(whole)
    by_text = {text: value for value, text in labels.items()}
    if not cells.isin([*labels, ""]).all() and cells.isin([*by_text, ""]).all():
        cells = cells.map(by_text).fillna("")
    unlabelled = dict.fromkeys(cell for cell in cells if cell and cell not in labels)
    labels |= {value: value for value in unlabelled}
    taken: set[str] = set()
    codes = {value: option_code(value, taken) for value in labels}
    options = [Option(codes[value], {language: text}) for value, text in labels.items()]
    told = [Remark("code_without_label", identity, ", ".join(unlabelled))] if unlabelled else []
    return "single", options, {identity: cells.map(codes | {"": ""})}, told


def _several(rows: list[Variable], identity: str, parts: Parts, language: str) -> Read:
    options, columns = [], {}
    taken: set[str] = set()
    for row in rows:
        code = option_code(row.value or row.name, taken)
        options.append(Option(code, {language: row.label or row.name}))
        columns[f"{identity}.{code}"] = _ticks(row, parts)
    return "multiple", options, columns, []


def _ticks(row: Variable, parts: Parts) -> pd.Series:
    """The answers to one of several options as 0, 1 or nothing; the words of labels count too."""
    meaning = {"": "", "0": "0", "1": "1"}
    words = {text: value for value, text in parts.labels.get(row.name, {}).items()}
    meaning = {word: value for word, value in words.items() if value in ("0", "1")} | meaning
    cells = parts.answers[row.name].map(whole)
    wrong = cells[~cells.isin(list(meaning))]
    if len(wrong):
        raise InputError(
            parts.file,
            "an answer to a question of several answers is 0 or 1",
            "correct the cell, or export the dataset with codes",
            row=int(wrong.index[0]),
            column=row.name,
            value=wrong.iloc[0],
        )
    return cells.map(meaning)


def _blank_untouched(responses: pd.DataFrame, questions: list[Question], file: str) -> list[Remark]:
    """Empty, in place, what SurveyXact fills with 0 where nobody answered; remarks on how often.

    Of a question with one option to tick, 0 is an answer unless the respondent gave none at all.
    """
    silent = responses.isin(["", "0"]).all(axis=1)
    several = {f"{question.id}.{code}" for question in questions for code in question.codes}
    plain = [column for column in responses if column not in several]
    # the code of a single answer may be 0, which is an answer
    silent &= (responses[plain] == "").all(axis=1)
    remarks = []
    for question in questions:
        if question.type != "multiple":
            continue
        columns = [f"{question.id}.{code}" for code in question.codes]
        empty = (responses[columns] == "0").all(axis=1)
        untouched = empty & ~silent if len(columns) > 1 else empty & False
        responses.loc[(empty & silent) | untouched, columns] = ""
        if untouched.any():
            remarks.append(Remark("nothing_ticked", question.id, str(int(untouched.sum()))))
    if silent.any():
        remarks.append(Remark("without_answers", file, str(int(silent.sum()))))
    return remarks


def _respondents(parts: Parts) -> tuple[pd.Series, list[Remark]]:
    index = parts.answers.index
    numbered = pd.Series([str(number) for number in range(1, len(index) + 1)], index=index)
    for row in parts.variables:
        if row.question.casefold() == RESPONDENT:
            cells = parts.answers[row.name].map(whole)
            if cells.is_unique and (cells != "").all():
                return cells.rename(None), []
            return numbered, [Remark("respondent_repeated", row.name)]
    return numbered, []


def _background_remarks(parts: Parts) -> list[Remark]:
    beside = [row for row in parts.variables if not _is_question(row, parts)]
    recorded = dict.fromkeys(row.question for row in beside if _is_recorded(row))
    remarks = [Remark("recorded", value=", ".join(recorded))] if recorded else []
    remarks += [Remark("background", row.name, row.text) for row in beside if not _is_recorded(row)]
    overall = [row for row in beside if row.question.casefold() == OVERALL]
    if overall:
        counts = [
            f"{row.label} {(parts.answers[row.name].map(whole) == '1').sum()}" for row in overall
        ]
        remarks.append(Remark("completion", value=", ".join(counts)))
    return remarks


def _grouped(questions: list[Question], language: str) -> tuple[dict[str, Group], list[Question]]:
    """The questions with batteries gathered into groups: item by item, under their stem."""
    texts = [question.question[language] for question in questions]
    scales = [
        # answers of several options are tables of their own, not items of one
        (question.type, question.id if question.type == "multiple" else question.options)
        for question in questions
    ]
    scales = [(kind, str(answers)) for kind, answers in scales]
    groups, grouped = {}, list(questions)
    taken: set[str] = set()
    for first, last, stem in batteries(texts, scales):
        name = question_id(f"{questions[first].id}_to_{questions[last].id}", taken)
        groups[name] = Group(name, {language: stem}, {language: stem})
        for at in range(first, last + 1):
            text = {language: item(texts[at], stem)}
            grouped[at] = replace(questions[at], question=text, label=text, group=name)
    return groups, grouped
