"""The questions that the columns of a plain table are, with the answers to them.

What the cells leave open is read the safe way, text for options, and told.
"""

import re
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.forms import missing, several, ticks
from evaluation.exchange.reading.forms.closed import Closed, closed
from evaluation.exchange.reading.forms.pools import pooled
from evaluation.exchange.reading.forms.stems import parts, without_text
from evaluation.exchange.reading.grid import one_line
from evaluation.exchange.reading.names import option_code, question_id, slug
from evaluation.exchange.reading.placing import TEXT, Place, shapes
from evaluation.exchange.reading.placing.vocabulary import is_wholly, words
from evaluation.exchange.reading.quantities import doubt
from evaluation.exchange.reading.values import days, numbers, with_unit
from evaluation.language.scales import is_known, is_worded, is_yes
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import OTHER_ANSWERS, Group, Option, Question
from evaluation.project.config import MIN_CELL

# what an author may say that a column of answers is, besides text
OPTIONS, NUMBER = "options", "number"
# q3_1 Mad: the number of an option, and its words
NUMBER_BEFORE = re.compile(r"^\d{1,2}[.:)]?\s+(?=[^\W\d])")
# so many different texts may be a list that was chosen from
LIST = 20
# and so many of many respondents
MANY = 0.05
# of those who ticked an option or wrote something, so many do both where the one explains the other
BESIDE = 0.9


@dataclass(frozen=True)
class Column:
    """A column of answers: its name, what was asked, its cells, its place, and labels that its
    question is known to have."""

    name: str
    text: str
    cells: pd.Series
    place: Place
    labels: frozenset[str] = frozenset()


def not_numbers(file: str, column: str, cells: pd.Series) -> InputError:
    """What is said of a column that somebody calls numbers and that has others."""
    wrong = [cell for cell in cells if cell and numbers(pd.Series([cell])) is None]
    value = next(iter(wrong), next(cell for cell in cells if cell))
    return InputError(
        file,
        "a column that --read calls number has numbers, with one decimal mark",
        f'correct the cell, or use --read "{column}=text"',
        row=int(cells[cells == value].index[0]),
        column=column,
        value=value,
    )


class Draft:
    """The questions that columns are, one after the other; file: their file, for messages."""

    def __init__(self, columns: list[Column], language: str, said: dict[str, str], file: str):
        columns = _side_by_side(columns)
        self.language, self.said, self.all, self.file = language, said, columns, file
        self.words = texts(language if language in LANGUAGES else "en")
        self.groups: dict[str, Group] = {}
        self.questions: dict[str, Question] = {}
        self.columns: dict[str, pd.Series] = {}
        self.remarks: list[Remark] = []
        self.taken: set[str] = set()
        runs = [list(run) for _, run in groupby(columns, key=_run)]
        found = [(run, self._ticked(run, _stem(run[0])) if len(run) > 1 else None) for run in runs]
        self.ticked = {run[0].name for run, ticked in found if ticked}
        batteries = self._batteries([each for run, ticked in found if not ticked for each in run])
        for run, ticked in found:
            if ticked:
                self._several(run, _stem(run[0]), ticked)
                continue
            for each in run:
                if self._is_summary(each):
                    self.remarks.append(Remark("summary_left_out", each.name))
                else:
                    self._add(each, batteries.get(each.name))

    def _is_summary(self, column: Column) -> bool:
        """Whether a column tells again what those after it tell one by one."""
        names = (column.text, column.name)
        parts_of_it = [each for each in self.all if each is not column and _stem(each) in names]
        if not parts_of_it or parts_of_it[0].name not in self.ticked:
            return False
        ticked = pd.concat([each.cells != "" for each in parts_of_it], axis=1).any(axis=1)
        return bool((ticked | (column.cells == "")).all())

    # questions of several answers, a column an option

    def _ticked(self, columns: list[Column], stem: str | None) -> list[ticks.Ticks | None] | None:
        """The ticks of the columns of one stem, None for one with other text; None for no ticks."""
        if any(each.name in self.said for each in columns):
            return None
        rest = [each for each in columns if not _is_text(each)]
        if len(rest) < len(columns):
            # what is written beside the options of a question is none of them
            options = self._ticked(rest, stem) if rest and len(columns) > 2 else None
            each_of = dict(zip((one.name for one in rest), options or [], strict=False))
            return [each_of.get(each.name) for each in columns] if options else None
        cells = [missing.without_words(each.cells)[0] for each in columns]
        marks_alone = all(map(_is_mark, columns))
        if (stem is not None or marks_alone) and (found := ticks.marked(cells)):
            return list(found)
        named = [ticks.labelled(each.cells, _part(each)) for each in columns]
        own = [
            each if each is None or stem or slug(each.label or "") == slug(column.text) else None
            for each, column in zip(named, columns, strict=True)
        ]
        labels = [found.label for found in own if found is not None]
        if len(labels) > 1 and len(set(labels)) == len(labels) and len(own) - len(labels) <= 1:
            rest = [column for column, each in zip(columns, own, strict=True) if each is None]
            return own if all(map(_is_free, rest)) else None
        if stem is None or len(columns) < 3:
            return None
        if codes := ticks.own_codes(cells):
            return list(codes)
        if not _is_free(columns[-1]):
            return None
        # the last option may be other answers, in words
        marked = ticks.marked(cells[:-1]) or ticks.own_codes(cells[:-1])
        return [*marked, None] if marked else None

    def _several(
        self, columns: list[Column], stem: str | None, found: list[ticks.Ticks | None]
    ) -> None:
        identity = question_id(stem or "_".join(map(_part, columns)), self.taken)
        options, cells, written = [], {}, []
        codes: set[str] = set()
        ticked_parts = [
            slug(_part(column))
            for column, ticked in zip(columns, found, strict=True)
            if ticked is not None
        ]
        for column, ticked in zip(columns, found, strict=True):
            part = _part(column)
            label = part
            if ticked is None and (slug(part) in ticked_parts or _is_beside_one(column, found)):
                # what was written beside an option that has a tick of its own
                written.append(column)
                continue
            if ticked is None:
                written.append(column)
                given = column.cells.map(lambda cell: "1" if cell else "")
                label = self.words("survey_words.other_answers") if part.isdigit() else part
            else:
                given = ticked.cells
                label = ticked.label if ticked.label and _is_code(part) else part
            code = option_code(label, codes)
            options.append(Option(code, {self.language: label}))
            cells[f"{identity}.{code}"] = given
        text = {self.language: stem or ", ".join(map(_part, columns))}
        question = Question(identity, "multiple", text, text, tuple(options))
        self.questions[identity] = question
        blank = all(ticked is None or ticked.is_blank for ticked in found)
        names = {each.name for each in columns}
        self.columns |= self._asked_of(pd.DataFrame(cells), identity, names, blank=blank)
        for column in written:
            self._add(replace(column, place=Place(TEXT, "open")), None)

    def _asked_of(
        self, cells: pd.DataFrame, identity: str, names: set[str], *, blank: bool
    ) -> dict[str, pd.Series]:
        """The ticks with 0 for what was not chosen.

        Where an empty cell is all that a file has for not chosen, who ticked nothing was asked all
        the same, unless nothing else was answered either.
        """
        answered = (cells == "1").any(axis=1)
        others = [each.cells != "" for each in self.all if each.name not in names]
        if blank:
            silent = ~answered
            asked = pd.concat(others, axis=1).any(axis=1) if others else answered | True
            if (silent & asked).any():
                count = str(int((silent & asked).sum()))
                self.remarks.append(Remark("nothing_chosen", identity, count))
            answered = asked | answered
            cells = cells.where(cells == "1", "0").where(answered, "", axis=0)
        else:
            filled = (cells != "").any(axis=1)
            partly = (cells == "").any(axis=1) & filled & answered
            cells = cells.where(~((cells == "") & _wide(partly, cells)), "0")
        return {str(name): cells[name] for name in cells}

    # questions of one column

    def _batteries(self, columns: list[Column]) -> dict[str, tuple[str, str, Closed]]:
        """Name of a column -> (group, stem, options) of the battery that it is an item of."""
        cells = [missing.without_words(each.cells)[0] for each in columns]
        found = {}
        for first, last, stem, options in pooled(
            [each.text for each in columns],
            cells,
            lambda at: (
                (columns[at].place.role == TEXT and not _is_worded(columns[at]))
                or columns[at].name in self.said
                or bool((cells[at] == "").all())
                or several.answers(cells[at]) is not None
            ),
        ):
            group = question_id(f"{stem}_items", self.taken)
            text = {self.language: stem}
            self.groups[group] = Group(group, text, text)
            for each in columns[first : last + 1]:
                found[each.name] = (group, stem, options)
        return found

    def _add(self, column: Column, battery: tuple[str, str, Closed] | None) -> None:
        identity = question_id(column.name, self.taken)
        text = {self.language: column.text}
        question = Question(identity, "text", text, text)
        if battery is not None:
            group, _, options = battery
            item = {self.language: _item(column)}
            cells, words = missing.without_words(column.cells)
            self._told_missing(identity, words)
            one = replace(question, question=item, label=item, group=group)
            self._closed(one, cells, options)
            return
        said = self.said.get(column.name)
        if said == TEXT:
            self._keep(question, column.cells)
            return
        read = self._read(column, question, said)
        if not read:
            cells, marks = missing.without_programs_words(column.cells)
            self._told_missing(identity, marks)
            self._keep(question, cells)

    def _read(self, column: Column, question: Question, said: str | None) -> bool:
        """Adds the question as what its cells are; whether they are more than text."""
        cells, words = missing.without_words(column.cells)
        cells, codes = (cells, {}) if said == NUMBER else missing.without_codes(cells)
        marks = words | codes
        is_text = column.place.role == TEXT
        bare, worded = missing.without_beside(cells)
        number = None if said == OPTIONS or is_text else self._number(bare, question.id)
        if number is not None:
            self._told_missing(question.id, marks | worded)
            # a person who says that they are numbers has seen them
            sure = said == NUMBER or not _is_bare(bare)
            unsure, safer = (None, False) if sure else doubt(number, column.text, question.id)
            self.remarks += [unsure] if unsure else []
            if not sure and (close := missing.apart(number)):
                self.remarks.append(Remark("may_be_missing", question.id, missing.told(close)))
            self._keep(replace(question, type=TEXT if safer else "number"), number)
            return True
        if said == NUMBER:
            raise not_numbers(self.file, column.name, bare)
        day = days(column.cells)
        if day is not None and said != OPTIONS:
            found, unclear = day
            self.remarks += [Remark(unclear, question.id)] if unclear else []
            self._keep(question, found)
            return True
        if not is_text or column.place.kind == "personal" or said == OPTIONS:
            listed = several.answers(cells, told=said == OPTIONS)
            if listed is not None and self._listed(question, listed, column, marks):
                return True
        if is_text and said != OPTIONS:
            if not column.place.sure:
                self.remarks.append(Remark("may_be_names", question.id))
            elif _is_worded(column):
                self.remarks.append(Remark("may_be_options", question.id))
            return False
        options = self._options_of(cells, said, column.labels)
        if options is None:
            if _looks_closed(cells) or several.may_be(cells):
                self.remarks.append(Remark("may_be_options", question.id))
            return False
        self._told_missing(question.id, marks)
        label = next(iter(options.labels), "")
        empty = (column.cells == "").any() and not ticks.is_no(label)
        if len(options.labels) == 1 and not options.rare and empty and not _is_step(label):
            self._ticked_alone(
                question, cells, column, column.text if ticks.is_mark(label) else label
            )
        else:
            self._closed(question, cells, options)
        return True

    def _ticked_alone(
        self, question: Question, cells: pd.Series, column: Column, label: str
    ) -> None:
        """A label or nothing is an option that was ticked: among its own answers it has all."""
        option = Option(option_code(label, set()), {self.language: label})
        asked = replace(question, type="multiple", options=(option,))
        self.questions[asked.id] = asked
        given = cells.map(lambda cell: "1" if cell else "").rename(f"{asked.id}.{option.code}")
        self.columns |= self._asked_of(given.to_frame(), asked.id, {column.name}, blank=True)

    def _number(self, cells: pd.Series, identity: str) -> pd.Series | None:
        read = numbers(cells)
        if read is None:
            bare = with_unit(cells)
            if bare is None:
                return None
            cells, unit = bare
            read = numbers(cells)
            if read is None:
                return None
            self.remarks += [Remark("unit_left_out", identity, unit)] if unit else []
        written, unclear = read
        self.remarks += [Remark(unclear, identity)] if unclear else []
        return written

    def _options_of(
        self, cells: pd.Series, said: str | None, labels: frozenset[str]
    ) -> Closed | None:
        filled = cells[cells != ""].map(one_line)
        options = closed([filled], labels)
        if said != OPTIONS:
            return options
        # a person has looked at them
        return Closed(tuple(str(label) for label in filled.unique()))

    def _listed(
        self, question: Question, listed: pd.Series, column: Column, marks: dict[str, int]
    ) -> bool:
        """A question of several answers whose cells list them; whether it is one."""
        if several.are_rankings(listed):
            self.remarks.append(Remark("ranking_as_text", question.id))
            self._keep(question, column.cells)
            return True
        each = pd.Series([option for row in listed for option in row], dtype=object)
        personal = {option for option in each.unique() if shapes.tells_of_person(option)}
        options = closed([each[~each.isin(personal)].map(one_line)], column.labels, is_list=True)
        if options is None:
            return False
        rare = {*options.rare, *personal}
        labels = sorted(options.labels, key=_alphabet)
        codes: set[str] = set()
        meaning = {label: option_code(label, codes) for label in labels}
        made = [Option(code, {self.language: label}) for label, code in meaning.items()]
        if rare:
            code = option_code(OTHER_ANSWERS, codes)
            made.append(Option(code, {self.language: self.words("survey_words.other_answers")}))
            meaning |= dict.fromkeys(rare, code)
            self.remarks.append(Remark("rare_answers", question.id, str(len(rare))))
        self._told_missing(question.id, marks)
        chosen = listed.map(lambda row: {meaning[one_line(option)] for option in row})
        cells = pd.DataFrame(
            {
                f"{question.id}.{option.code}": chosen.map(
                    lambda row, code=option.code: "1" if code in row else ""
                )
                for option in made
            }
        )
        asked = replace(question, type="multiple", options=tuple(made), inferred=True)
        self.questions[asked.id] = asked
        self.columns |= self._asked_of(cells, asked.id, {column.name}, blank=True)
        return True

    def _closed(self, question: Question, cells: pd.Series, options: Closed) -> None:
        cells = cells.map(one_line)
        codes: set[str] = set()
        # by the alphabet, since the order of the rows says nothing about the options
        labels = sorted({*options.labels, *options.added}, key=_alphabet)
        meaning = {label: option_code(label, codes) for label in labels}
        made = [Option(code, {self.language: label}) for label, code in meaning.items()]
        alike = [
            label
            for label in labels
            if slug(label) and sum(slug(one) == slug(label) for one in labels) > 1
        ]
        if alike:
            self.remarks.append(Remark("options_alike", question.id, ", ".join(alike)))
        if options.added:
            self.remarks.append(Remark("scale_completed", question.id, ", ".join(options.added)))
        if options.rare:
            code = option_code(OTHER_ANSWERS, codes)
            made.append(Option(code, {self.language: self.words("survey_words.other_answers")}))
            meaning |= dict.fromkeys(options.rare, code)
            self.remarks.append(Remark("rare_answers", question.id, str(len(options.rare))))
        given = not options.added  # or some of them may not be
        asked = replace(question, type="single", options=tuple(made), inferred=given)
        self._keep(asked, cells.map(meaning | {"": ""}))

    def _told_missing(self, identity: str, marks: dict[str, int]) -> None:
        if marks:
            self.remarks.append(Remark("marks_left_out", identity, missing.told(marks)))

    def _keep(self, question: Question, cells: pd.Series) -> None:
        self.questions[question.id] = question
        self.columns[question.id] = cells


def _wide(rows: pd.Series, like: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(dict.fromkeys(like.columns, rows))


def _alphabet(label: str) -> tuple[str, str]:
    return label.casefold(), label


def _stem(column: Column) -> str | None:
    return parts(without_text(column.text))[0] or parts(without_text(column.name))[0]


def _side_by_side(columns: list[Column]) -> list[Column]:
    """The columns with those of one stem together, where the first of them stands."""
    first: dict[str | None, int] = {}
    places = []
    for at, column in enumerate(columns):
        stem = _stem(column)
        places.append(at if stem is None else first.setdefault(stem, at))
    return [columns[at] for at in sorted(range(len(columns)), key=places.__getitem__)]


def _run(column: Column) -> tuple[str | None, str]:
    """What neighbours have in common that may be one question."""
    label = ticks.labelled(column.cells, column.text)
    own = label is not None and slug(label.label or "") == slug(column.text)
    return _stem(column), "label" if own else "mark" if _is_mark(column) else ""


def _is_text(column: Column) -> bool:
    """Whether a heading ends as tools end that of words beside an option."""
    return without_text(column.name) != column.name or without_text(column.text) != column.text


def _is_mark(column: Column) -> bool:
    """Whether a column holds a mark that says nothing else than chosen, such as x."""
    return all(ticks.is_mark(cell) for cell in column.cells.unique() if cell)


def _part(column: Column) -> str:
    stem, part = parts(without_text(column.text))
    name_stem, name_part = parts(without_text(column.name))
    part = part if stem or column.text != column.name else name_part
    return NUMBER_BEFORE.sub("", part) if stem or name_stem else part


def _item(column: Column) -> str:
    """What an item of a battery asks; a number that tools put behind a stem asks nothing."""
    part = _part(column)
    return column.text if part.isdigit() else part


def _is_code(part: str) -> bool:
    return part.isdigit() or len(part) < 3


def _is_beside_one(column: Column, found: list[ticks.Ticks | None]) -> bool:
    """Whether words stand where one of the options was ticked, but for few, and nowhere else."""
    filled = column.cells != ""
    chosen = [each.cells == "1" for each in found if each is not None]
    return any((filled & one).sum() >= BESIDE * (filled | one).sum() for one in chosen)


def _is_free(column: Column) -> bool:
    """Whether a column may hold other answers in words."""
    filled = column.cells[column.cells != ""]
    return numbers(filled) is None and not all(map(is_known, filled.unique()))


def _is_step(label: str) -> bool:
    """Whether a label is a step of a scale or beside it: nobody ticks that alone, but "other"."""
    return is_worded(label) and not is_yes(label) and not is_wholly(words(label), "open_short")


def _looks_closed(cells: pd.Series) -> bool:
    """Whether texts recur, though some are too rare or too long to be shown as options."""
    counts = cells[cells != ""].value_counts()
    recur = 3 * len(counts) <= 2 * counts.sum() and len(counts) > 1
    return bool(recur and len(counts) <= max(LIST, MANY * counts.sum()))


def _is_worded(column: Column) -> bool:
    """Whether a column whose heading speaks of free text holds a few texts that recur."""
    counts = column.cells[column.cells != ""].value_counts()
    often = int((counts >= MIN_CELL).sum())
    return column.place.kind == "open" and often > 2 and often == len(counts)


def _is_bare(cells: pd.Series) -> bool:
    """Whether numbers have no unit."""
    return bool(pd.to_numeric(cells[cells != ""], errors="coerce").notna().all())
