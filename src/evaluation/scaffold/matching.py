"""Which questions of an export are those that an evaluation folder already has.

A question is the same where id or wording is, and its answers are of the same kind; an answer is
the same where code and label are, else where its label is, else where its code is. What is not
certain is told: answers to two questions that became one by mistake would look like a change.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from evaluation.exchange.reading.names import plain_words, question_id
from evaluation.project.codebook import Codebook, Group, Option, Question, column_of

CLOSED = ("single", "ordinal")


@dataclass(frozen=True)
class Note:
    """Something to tell of a question: the key of its text, and what was found there."""

    rule: str
    question: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Same:
    """A question of the export and the one of the folder that it is.

    codes: code of the export -> code of the folder; added: options that the folder's question has
    not got yet, each with the code that it comes after ("" = first).
    """

    asked: Question
    known: Question
    codes: dict[str, str] = field(default_factory=dict)
    added: tuple[tuple[Option, str], ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Matching:
    """same: the questions asked again; new: those asked for the first time, under ids that are
    free, as (question of the export, question of the folder); groups: the batteries that these
    need; dropped: ids of questions of the folder that the export has not got.
    """

    same: tuple[Same, ...]
    new: tuple[tuple[Question, Question], ...]
    groups: tuple[Group, ...]
    dropped: tuple[str, ...]
    notes: tuple[Note, ...]


def match(known: Codebook, asked: Codebook, responses: pd.DataFrame) -> Matching:
    """Match the questions of an export, `asked`, with those of a folder, `known`.

    responses: of the export. In this order: the same id and wording; the same wording, which one
    question on either side has; the same id. Kind and answers have to go together each time.
    """
    # who sorts open answers asks nobody
    questions = [q for q in known.questions.values() if q.was_asked]
    found: dict[str, Same] = {}
    for fits in (_same_id_and_wording, _same_wording, _same_id):
        open_ = [q for q in asked.questions.values() if q.id not in found]
        used = {same.known.id for same in found.values()}
        free = [q for q in questions if q.id not in used]
        for question in open_:
            partners = fits(question, free, open_, asked, known)
            tried = (_same(question, partner, asked, known, responses) for partner in partners)
            again = [fit for fit in tried if fit]
            # one of two with a wording may have answers of another kind
            if len(again) == 1:
                found[question.id] = again[0]
                free.remove(again[0].known)
    same = tuple(found[name] for name in asked.questions if name in found)
    new, groups = _new(known, asked, found)
    taken = {each.known.id for each in same}
    notes = [note for each in same for note in each.notes]
    notes += [
        Note("taken", renamed.id, after=question.id)
        for question, renamed in new
        if question.id in known.questions
    ]
    dropped = tuple(q.id for q in questions if q.id not in taken)
    return Matching(same, new, groups, dropped, tuple(notes))


def known_answers(known: Codebook) -> dict[str, tuple[str, frozenset[str]]]:
    """Wording of a question in plain words -> its type and the labels of its options, by which a
    reader knows the questions of a folder again."""
    return {
        wording: (
            question.type,
            frozenset(label for option in question.options for label in option.label.values()),
        )
        for question in known.questions.values()
        if question.was_asked
        for wording in (*_wordings(question, known), plain_words(question.id))
    }


def translated(matching: Matching, responses: pd.DataFrame) -> pd.DataFrame:
    """The responses of an export with the columns and codes of the folder; "" = no answer."""
    columns: dict[str, pd.Series] = {}
    for same in matching.same:
        columns |= _answers(same.asked, same.known, same.codes, responses)
    for question, renamed in matching.new:
        codes = {code: code for code in question.codes}
        columns |= _answers(question, renamed, codes, responses)
    return pd.DataFrame(columns, index=responses.index, dtype=str)


def extended(known: Codebook, matching: Matching) -> Codebook:
    """The codebook of the folder with the new options, questions and batteries."""
    questions = dict(known.questions)
    for same in matching.same:
        questions[same.known.id] = grown(same)
    questions |= {renamed.id: renamed for _, renamed in matching.new}
    return Codebook(known.groups | {group.id: group for group in matching.groups}, questions)


def grown(same: Same) -> Question:
    """The question of the folder with its new options. A step that lies among those of the
    headline, or beyond them on a scale that ends with them, is of the headline too: who agrees
    strongly agrees."""
    options = list(same.known.options)
    headline = set(same.known.headline)
    for option, after in same.added:
        codes = [each.code for each in options]
        place = codes.index(after) + 1 if after else 0
        steps = [each.code for each in options if not each.off_scale]
        told = [steps.index(code) for code in steps if code in headline]
        before = sum(code in steps for code in codes[:place])
        if same.known.type == "ordinal" and told and not option.off_scale:
            above = before > min(told) or min(told) == 0
            below = before <= max(told) or max(told) == len(steps) - 1
            headline |= {option.code} if above and below else set()
        options.insert(place, option)
    shown = tuple(option.code for option in options if option.code in headline)
    kept = same.known.headline if {*same.known.headline} == {*shown} else shown
    return replace(same.known, options=tuple(options), headline=kept)


def _answers(
    asked: Question, known: Question, codes: dict[str, Any], responses: pd.DataFrame
) -> dict[str, pd.Series]:
    if known.type == "multiple":
        return {
            column_of(known, codes[code]): responses[column_of(asked, code)] for code in asked.codes
        }
    cells = responses[asked.id]
    return {known.id: cells.map(codes | {"": ""}) if codes else cells}


# which question


def _same_id_and_wording(
    question: Question,
    free: list[Question],
    open_: list[Question],
    asked: Codebook,
    known: Codebook,
) -> list[Question]:
    named = _same_id(question, free, open_, asked, known)
    return [each for each in named if _wordings(each, known) & _wordings(question, asked)]


def _same_wording(
    question: Question,
    free: list[Question],
    open_: list[Question],
    asked: Codebook,
    known: Codebook,
) -> list[Question]:
    words = _wordings(question, asked)
    here = [each for each in open_ if words & _wordings(each, asked)]
    return [each for each in free if words & _wordings(each, known)] if len(here) == 1 else []


def _same_id(
    question: Question,
    free: list[Question],
    open_: list[Question],
    asked: Codebook,
    known: Codebook,
) -> list[Question]:
    return [each for each in free if each.id == question.id]


def _wordings(question: Question, codebook: Codebook) -> set[str]:
    """How a question is worded, after the stem of its battery, in each language."""
    group = codebook.groups.get(question.group) if question.group else None
    stem = (group.question or group.label) if group else {}
    return {
        plain_words(f"{stem.get(language, '')} {text}")
        for language, text in question.question.items()
    }


# which answers


def _same(
    question: Question, partner: Question, asked: Codebook, known: Codebook, responses: pd.DataFrame
) -> Same | None:
    """The two as one question, or None where their answers cannot be of one question."""
    notes = []
    if not _wordings(question, asked) & _wordings(partner, known):
        notes.append(Note("reworded", partner.id, _text(partner), _text(question)))
    elif question.id != partner.id:
        notes.append(Note("renamed", partner.id, question.id))
    kinds = (question.type, partner.type)
    if kinds in (("text", "text"), ("number", "number"), ("number", "text")):
        return Same(question, partner, notes=tuple(notes))
    if partner.type == "text" and question.type in CLOSED:
        # a table tells no types: short texts that several gave look like options
        codes = {option.code: _label(option) for option in question.options}
        return Same(question, partner, codes, notes=tuple(notes))
    if question.type == "text" and partner.type in CLOSED:
        by_label = _by_label(partner)
        given = [cell for cell in responses[question.id].unique() if cell]
        if not all(_sign_by_sign(cell) in by_label for cell in given):
            return None
        codes = {cell: by_label[_sign_by_sign(cell)] for cell in given}
        return Same(question, partner, codes, notes=tuple(notes))
    closed = question.type in CLOSED and partner.type in CLOSED
    if not closed and kinds != ("multiple", "multiple"):
        return None
    shared, added, told = _options(question, partner)
    if shared is None:
        return None
    return Same(question, partner, shared, added, (*notes, *told))


def _options(
    question: Question, partner: Question
) -> tuple[dict[str, str] | None, tuple[tuple[Option, str], ...], list[Note]]:
    """(codes, added, notes) of two questions with options; codes None where no label is shared."""
    taken = set(partner.codes)
    labels = {option.code: _labels(option) for option in partner.options}
    codes: dict[str, str] = {}
    # two options may have one label: what has the code too is the same, before any other
    for option in question.options:
        if _labels(option) & labels.get(option.code, set()):
            codes[option.code] = option.code
    for option in question.options:
        if option.code in codes:
            continue
        meant = [
            code
            for code, there in labels.items()
            if _labels(option) & there and code not in codes.values()
        ]
        if meant:
            codes[option.code] = meant[0]
    if not codes:
        return None, (), []
    known = {option.code: option for option in partner.options}
    recoded = [f"{old} → {new}" for old, new in codes.items() if old != new]
    notes = [Note("recoded", partner.id, after=", ".join(recoded))] if recoded else []
    added, last = [], ""
    for option in question.options:
        if option.code not in codes:
            if option.code in known and option.code not in codes.values():
                codes[option.code] = option.code
                told = _label(known[option.code]), _label(option)
                notes.append(Note("relabelled", partner.id, *told))
            else:
                code = option.code if option.code not in taken else _free(option.code, taken)
                taken.add(code)
                codes[option.code] = code
                added.append((replace(option, code=code), last))
                rule = "scale_changed" if partner.type == "ordinal" else "option_added"
                notes.append(Note(rule, partner.id, "", _label(option)))
        last = codes[option.code]
    return codes, tuple(added), notes


def _free(code: str, taken: set[str]) -> str:
    count = 2
    while f"{code}_{count}" in taken:
        count += 1
    return f"{code}_{count}"


def _by_label(question: Question) -> dict[str, str]:
    return {
        _sign_by_sign(label): option.code
        for option in question.options
        for label in option.label.values()
    }


def _labels(option: Option) -> set[str]:
    return {_sign_by_sign(label) for label in option.label.values()}


def _sign_by_sign(label: str) -> str:
    """A label for comparison: under 5 and over 5 differ by a sign."""
    return " ".join(label.casefold().split())


def _label(option: Option) -> str:
    return next(iter(option.label.values()))


def _text(question: Question) -> str:
    return next(iter(question.question.values()))


# new questions


def _new(
    known: Codebook, asked: Codebook, found: dict[str, Same]
) -> tuple[tuple[tuple[Question, Question], ...], tuple[Group, ...]]:
    """New questions under free ids, with group and base by the folder's names."""
    taken = {*known.questions, *known.groups}
    ids = {name: same.known.id for name, same in found.items()}
    groups: dict[str, Group] = {}
    new = []
    for question in asked.questions.values():
        if question.id in found:
            continue
        name = question_id(question.id, taken)
        ids[question.id] = name
        base = question.base
        if base is not None:
            filtering, code = base
            codes = found[filtering].codes if filtering in found else {}
            base = (ids[filtering], codes.get(code, code))
        group = question.group
        if group is not None:
            if group not in groups:
                groups[group] = _group(asked.groups[group], known, taken)
            group = groups[group].id
        new.append((question, replace(question, id=name, base=base, group=group)))
    needed = [group for group in groups.values() if group.id not in known.groups]
    return tuple(new), tuple(needed)


def _group(group: Group, known: Codebook, taken: set[str]) -> Group:
    """The battery of the folder with these words, else the battery under a free id."""
    words = {plain_words(text) for text in (group.question or group.label).values()}
    for there in known.groups.values():
        if words & {plain_words(text) for text in (there.question or there.label).values()}:
            return there
    return replace(group, id=question_id(group.id, taken))
