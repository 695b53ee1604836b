"""What the chapters of all instruments share: numbers, origins, and how what is hidden is told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any

import pandas as pd

from evaluation.language.dates import day_text
from evaluation.report.figures import Drawing
from evaluation.report.figures.profile import Point
from evaluation.report.provenance import Count, Origin, Told, placed, told
from evaluation.report.report import Report, lower_first
from evaluation.report.tables import Cell, Column, Markdown, pipe_table

CHANCE = 0.05  # chance alone seldom gives a p below it


def number(report: Report, value: Any) -> str:
    """A count, or that it is hidden.

    report: from `open_report`; value: a whole number, or missing where it is hidden.
    """
    return report.texts("hidden") if pd.isna(value) else report.number(int(value))


def answered(report: Report, respondents: int, population: Any, origin: Origin) -> str:
    """`16 of 21 (76%)`, or `16` where nobody knows of how many.

    report: from `open_report`; respondents: how many answered; population: how many there were to
    ask, or missing; origin: of both.
    """
    count = Count(int(respondents), origin)
    if pd.isna(population):
        return report.number(count)
    return report.share_of(count, Count(int(population), origin)).full


def decimal(report: Report, value: float, places: int = 2) -> str:
    """A number rounded half up to at most `places` decimals.

    report: from `open_report`; value: the number; places: at least 0.
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return report.texts.number((whole if rounded == whole else rounded.normalize()) + 0)


def day(report: Report, value: Any) -> str:
    """A day as `31. mar. 2025`, and a dash for none.

    report: from `open_report`; value: a pandas Timestamp, or missing.
    """
    if pd.isna(value):
        return report.texts("not_available")
    return day_text(value.date(), report.language, "medium")


def percentage(report: Report, share: float) -> str:
    """A share from 0 to 1 as a whole percentage.

    report: from `open_report`; share: from 0 to 1.
    """
    rounded = Decimal(repr(float(share) * 100)).quantize(Decimal(1), ROUND_HALF_UP)
    return report.texts("percent", value=report.texts.number(int(rounded)))


def p_value(report: Report, p: float) -> str:
    """A p to three decimals, and a smaller one as below the smallest of these.

    report: from `open_report`; p: from 0 to 1.
    """
    least = 0.001
    if p < least:
        return report.texts("instrument_texts.below", value=decimal(report, least, 3))
    return decimal(report, p, 3)


def p_told(report: Report, p: float) -> str:
    """A p in a sentence: `p = 0.012`, and `p below 0.001`.

    report: from `open_report`; p: from 0 to 1.
    """
    value = p_value(report, p)
    # one below the smallest that is told begins with a word
    return report.texts(f"differences.{'p' if value[:1].isdigit() else 'p_below'}", value=value)


def level(report: Report, position: float, scale: Sequence[str]) -> str:
    """A median in words: a level of the scale (from the lowest), or between which two it lies.

    report: from `open_report`; position: 1 for the first level, half-way for a median between two;
    scale: what the levels are called.
    """
    low, high = int(position), -int(-position // 1)
    if low == high:
        return lower_first(scale[low - 1])
    ends = {
        end: report.texts("instrument_texts.quoted", label=scale[place - 1])
        for end, place in (("low", low), ("high", high))
    }
    return report.texts("instrument_texts.between_levels", **ends)


def last_wave(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last wave that there is.

    table: with a column wave; one without rows stays as it is.
    """
    return table[table["wave"] == table["wave"].max()] if len(table) else table


def first_and_last(report: Report, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of the first and of the last wave, by what the wave is called.

    report: from `open_report`; table: with a column wave; one without rows has neither.
    """
    shown = sorted({int(table["wave"].min()), int(table["wave"].max())} if len(table) else ())
    return {
        report.texts("instrument_texts.wave", number=report.number(wave)): table[
            table["wave"] == wave
        ]
        for wave in shown
    }


def known(value: Any) -> float | None:
    """A number, or None for one that is missing.

    value: a number as it stands in a table.
    """
    return None if pd.isna(value) else float(value)


def quoted(report: Report, labels: Iterable[str]) -> str:
    """Labels in a sentence: `“a”, “b” and “c”`.

    report: from `open_report`; labels: as they stand in figures and tables.
    """
    marked = [report.texts("instrument_texts.quoted", label=label) for label in labels]
    return report.texts.enumeration(marked)


def of_all(report: Report, part: int, whole: int) -> str:
    """`3 of 8`, for numbers of topics and steps, which hide nobody.

    report: from `open_report`; part, whole: counts of things, never of people.
    """
    return report.texts("count_of_n", k=report.number(part), n=report.number(whole))


def sourced(text: str, raw_table: str, *about: str) -> Told:
    """Text that remembers the raw table that it was computed from.

    text: what is told; raw_table: its name in data/raw, without `.csv`; about: ids of what it is
    about, for the ledger.
    """
    return Told(text, Origin(about, f"data/raw/{raw_table}.csv"))


def threshold(report: Report) -> str:
    """A sentence on the smallest count that the chapter shows.

    report: from `open_report`.
    """
    min_cell = report.folder.config().min_cell
    if min_cell == 1:
        return report.texts("instrument_texts.nothing_hidden")
    count = Count(min_cell, Origin(("min_cell",), "evaluation.yml"))
    return told(report.texts("instrument_texts.threshold", value=report.number(count)), count)


def text(report: Report, key: str, *, method: str, **fields: object) -> str:
    """A text of a method, in the language of the report.

    report: from `open_report`; key: the word in the method's file of words; method: its name, as
    `evaluation.methods` calls it; fields: what the text has places for.
    """
    return report.texts(f"{method}.{key}", **fields)


def column(report: Report, key: str, width: int, numeric: bool = False, *, method: str) -> Column:
    """A column of a method's table, headed by the method's own word.

    report: from `open_report`; key: the word below `columns` in the method's file of words; width:
    relative to the other columns; numeric: whether it is set to the right; method: see `text`.
    """
    return Column(report.texts(f"{method}.columns.{key}"), width, numeric)


def table(
    report: Report,
    columns: list[Column],
    rows: Sequence[Sequence[str]],
    raw_table: str,
    *about: str,
) -> Markdown:
    """A table whose numbers remember the raw table; one without rows says so.

    report: from `open_report`; columns: see `column`; rows: a text for each column; raw_table,
    about: see `sourced`.
    """
    cells = [[_remembered(cell, raw_table, *about) for cell in row] for row in rows]
    return told_table(report, columns, cells)


def told_table(
    report: Report, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> Markdown:
    """A table of cells that remember their origin; one without rows says so.

    report: from `open_report`; columns: see `column`; rows: a cell for each column.
    """
    nothing = [report.texts("instrument_texts.no_rows"), *[""] * (len(columns) - 1)]
    return pipe_table(columns, rows or [nothing])


def with_numbers(
    drawing: Drawing, numbers: Iterable[tuple[str, str, str]], raw_table: str, *about: str
) -> Drawing:
    """A drawing that remembers what it shows; numbers: (row, column, what stands there).

    drawing: see `report.figures`; raw_table, about: see `sourced`.
    """
    shown = [
        placed(row, column, [_remembered(text, raw_table, *about)]) for row, column, text in numbers
    ]
    return replace(drawing, numbers=tuple(chain(*shown)))


def points(report: Report, rows: list[tuple[str, list[Point]]]) -> list[tuple[str, str, str]]:
    """What a profile shows, as `with_numbers` takes it: medians and their ranges.

    report: from `open_report`; rows: (label, points), as the figure takes them.
    """
    return [
        (row, point.series, "; ".join(decimal(report, value) for value in values))
        for row, found in rows
        for point in found
        if (values := [v for v in (point.value, point.low, point.high) if v is not None])
    ]


def _remembered(text: str, raw_table: str, *about: str) -> str:
    has_number = any(character.isdigit() for character in text)
    return sourced(text, raw_table, *about) if has_number else text
