"""The resource check: how far each side has come, whether it moved, and where the sides differ."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd

from evaluation.base.frames import each_row
from evaluation.methods import items
from evaluation.methods.resource_check.scores import ALPHA
from evaluation.methods.resource_check.tables import LEVELS, TOPICS
from evaluation.report import formats
from evaluation.report.figures import Drawing
from evaluation.report.figures.profile import Point, profile
from evaluation.report.report import Report, lower_first, upper_first
from evaluation.report.tables import Column, Markdown

NAME = "resource_check"
RAW = "resource_checks"
DIRECTIONS = ("pairs", "up", "same", "down")


# figures
# the method's own words
_text = partial(formats.text, method=NAME)
_column = partial(formats.column, method=NAME)


def waves(report: Report, side: str) -> Drawing:
    """The median level of each topic on one side, in the first and in the last wave.

    report: from `open_report`; side: its code.
    """
    found = _side(report.read("resource_check_profile"), side)
    return _medians(report, formats.first_and_last(report, found))


def sides(report: Report) -> Drawing:
    """The median level of each topic on each side, in the last wave.

    report: from `open_report`.
    """
    found = formats.last_wave(report.read("resource_check_profile"))
    blocks = {name: _side(found, side) for side, name in _sides(report).items()}
    return _medians(report, {name: block for name, block in blocks.items() if len(block)})


def _medians(report: Report, blocks: dict[str, pd.DataFrame]) -> Drawing:
    """The medians of each topic; blocks: series -> rows of the profile."""
    medians = {series: _by_topic(block)["median"] for series, block in blocks.items()}
    rows = [
        (
            name,
            [Point(series, formats.known(of_topic[topic])) for series, of_topic in medians.items()],
        )
        for topic, name in _topics(report).items()
    ]
    drawing = profile(rows if blocks else [], list(blocks), _scale(report), report.texts)
    return formats.with_numbers(drawing, formats.points(report, rows), RAW, NAME)


# tables


def levels(report: Report, side: str) -> Markdown:
    """How many of one side are on each level of each topic, wave by wave.

    report: from `open_report`; side: its code.
    """
    found = _side(report.read("resource_check_profile"), side)
    numbers = sorted(map(int, found["wave"].unique()))
    names = items.options(report, NAME, TOPICS[0])
    rows = []
    for topic, name in _topics(report).items():
        for wave in numbers:
            of_topic = _of_wave(found, wave)
            of_topic = of_topic[of_topic["topic"] == topic].set_index("level")
            n, middle = of_topic[["n", "median"]].iloc[0]
            counts = [formats.number(report, of_topic.loc[level, "k"]) for level in names]
            rows.append(
                [
                    name,
                    report.number(wave),
                    *counts,
                    formats.number(report, n),
                    _median(report, middle, bool(of_topic["suppressed"].any())),
                ]
            )
    columns = [
        _column(report, "topic", 24),
        _column(report, "wave", 8, numeric=True),
        *(Column(heading, 11, numeric=True) for heading in names.values()),
        _column(report, "n", 8, numeric=True),
        _column(report, "median", 17),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def changes(report: Report, side: str) -> Markdown:
    """How many of one side moved up or down on each topic, and whether a test tells them apart.

    report: from `open_report`; side: its code.
    """
    found = _side(report.read("resource_check_change"), side)
    rows = [
        [
            _topics(report)[row.topic],
            *(formats.number(report, getattr(row, name)) for name in DIRECTIONS),
            _tested(report, row.refused, row.p_sign_holm),
        ]
        for row in each_row(found)
    ]
    columns = [
        _column(report, "topic", 26),
        *(_column(report, name, 12, numeric=True) for name in DIRECTIONS),
        _column(report, "p", 20),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


def side_by_side(report: Report) -> Markdown:
    """The medians of both sides in the last wave, and whether a test tells them apart.

    report: from `open_report`.
    """
    rows = [
        [
            _topics(report)[row["topic"]],
            *(
                _median(report, row[f"median_{side}"], row["refused"] == "hidden")
                for side in _sides(report)
            ),
            _tested(report, row["refused"], row["p_holm"]),
        ]
        for _, row in formats.last_wave(report.read("resource_check_sides")).iterrows()
    ]
    columns = [
        _column(report, "topic", 26),
        *(Column(median_of(report, side), 20) for side in _sides(report)),
        _column(report, "p", 20),
    ]
    return formats.table(report, columns, rows, RAW, NAME)


# sentences


def standing(report: Report, side: str) -> str:
    """Where one side is furthest and where it is least far, in the last wave.

    report: from `open_report`; side: its code.
    """
    found = formats.last_wave(_side(report.read("resource_check_profile"), side))
    of = {"side": _the_side(report, side)}
    if found.empty:
        return _sourced([_text(report, "nobody", **of)], side)
    medians = _by_topic(found)["median"].dropna()
    if medians.empty:
        return _sourced([_text(report, "standing.none", **of)], side)
    ends = {"high": medians.max(), "low": medians.min()}
    words = {
        f"{end}_level": formats.level(report, value, _scale(report)) for end, value in ends.items()
    }
    lists = {end: _listed(report, medians.index[medians == value]) for end, value in ends.items()}
    key = "spread" if ends["high"] > ends["low"] else "alike"
    told = [_text(report, f"standing.{key}", **of, **lists, **words)]
    rest = [topic for topic in TOPICS if topic not in medians.index]
    if rest:
        told.append(_text(report, "standing.rest", topics=_listed(report, rest)))
    return _sourced(told, side)


def movement(report: Report, side: str) -> str:
    """In how many topics more of one side moved up than down, and what the tests say.

    report: from `open_report`; side: its code.
    """
    table = report.read("resource_check_change")
    found = _side(table, side)
    of = {"side": _the_side(report, side)}
    if found.empty:
        return _sourced([_text(report, "one_wave" if table.empty else "nobody", **of)], side)
    known = found[found["pairs"].fillna(0) > 0]
    rose, fell = (known["up"] > known["down"]).sum(), (known["up"] < known["down"]).sum()
    topics = {"up": rose, "down": fell, "even": len(known) - rose - fell}
    unknown = len(found) - len(known)
    told = []
    if len(known):
        fields = {key: formats.of_all(report, k, len(found)) for key, k in topics.items()}
        for wave in ("before", "after"):
            fields[wave] = report.number(int(found[wave].iloc[0]))
        told.append(_text(report, "movement.counted", **of, **fields))
    if unknown:
        fields = {"topics": formats.of_all(report, unknown, len(found))}
        told.append(_text(report, "movement.unknown", **fields))
    return _sourced([*told, _test_result(report, found, "p_sign_holm")], side)


def distance(report: Report) -> str:
    """On which topics the two sides are furthest apart in the last wave, and what tests say.

    report: from `open_report`.
    """
    found = formats.last_wave(report.read("resource_check_sides"))
    gaps = found.set_index("topic")["gap"].dropna().abs()
    if gaps.empty:
        return _sourced([_text(report, "distance.none")], *_sides(report))
    widest = gaps.max()
    told = _text(
        report,
        "distance.widest" if widest else "distance.alike",
        wave=report.number(int(found["wave"].iloc[0])),
        topics=_listed(report, gaps.index[gaps == widest]),
        gap=formats.decimal(report, widest),
    )
    return _sourced([told, _test_result(report, found, "p_holm")], *_sides(report))


# what the sides are called


def side(report: Report, side: str) -> str:
    """What a side is called, as `Associations`.

    report: from `open_report`; side: its code.
    """
    items.check_code(report, NAME, "side", side)
    return _sides(report)[side]


def heading(report: Report, side: str) -> str:
    """A side as a heading names it, as `The associations`.

    report: from `open_report`; side: its code.
    """
    return upper_first(_the_side(report, side))


def median_of(report: Report, side: str) -> str:
    """What the median of a side is called, as `Median of the associations`.

    report: from `open_report`; side: its code.
    """
    return _of_side(report, "median_of", side)


def answers_of(report: Report, side: str) -> str:
    """What the answers of a side are called, as `Answers of the associations`.

    report: from `open_report`; side: its code.
    """
    return _of_side(report, "answers_of", side)


def both_sides(report: Report) -> str:
    """Both sides in a sentence, as `associations and municipalities`.

    report: from `open_report`.
    """
    return report.texts.enumeration([lower_first(name) for name in _sides(report).values()])


def both_sides_heading(report: Report) -> str:
    """Both sides in a heading, as `Associations and municipalities`.

    report: from `open_report`.
    """
    return upper_first(both_sides(report))


def one_against_the_other(report: Report) -> str:
    """One side and the other, as `Associations against municipalities`.

    report: from `open_report`.
    """
    one, other = _sides(report).values()
    return _text(report, "against", one=one, other=lower_first(other))


def _sides(report: Report) -> dict[str, str]:
    return items.options(report, NAME, "side")


def _the_side(report: Report, side: str) -> str:
    items.check_code(report, NAME, "side", side)
    return items.in_text(report, NAME, "side")[side]


def _of_side(report: Report, key: str, side: str) -> str:
    name = _the_side(report, side)
    # Danish adds no second s to a name
    ending = "ends_in_s" if name.endswith(("s", "x", "z")) else "other"
    return upper_first(_text(report, f"{key}.{ending}", side=name))


def _test_result(report: Report, found: pd.DataFrame, column: str) -> str:
    """Which topics' tests are below the usual level."""
    tested = found.dropna(subset=column)
    alpha = formats.decimal(report, ALPHA)
    if tested.empty:
        return _text(report, "tests.none")
    below = tested["topic"][tested[column] <= ALPHA]
    if below.empty:
        return _text(report, "tests.not_below", alpha=alpha)
    return _text(report, "tests.below", alpha=alpha, topics=_listed(report, below))


# what they share


def _sourced(told: list[str], *about: str) -> str:
    return formats.sourced(" ".join(told), RAW, *about)


def _topics(report: Report) -> dict[str, str]:
    return {topic: items.label(report, NAME, topic) for topic in TOPICS}


def _listed(report: Report, topics: Iterable[str]) -> str:
    return formats.quoted(report, [_topics(report)[topic] for topic in topics])


def _scale(report: Report) -> list[str]:
    """The levels from the lowest."""
    names = items.options(report, NAME, TOPICS[0])
    return [names[level] for level in LEVELS]


def _median(report: Report, value: Any, hidden: bool) -> str:
    if pd.notna(value):
        return formats.level(report, value, _scale(report))
    return report.texts("hidden" if hidden else "not_available")


def _tested(report: Report, refused: str, p: Any) -> str:
    return _text(report, f"refused.{refused}") if refused else formats.p_value(report, p)


def _side(table: pd.DataFrame, side: str) -> pd.DataFrame:
    return table[table["side"] == side]


def _of_wave(table: pd.DataFrame, wave: int) -> pd.DataFrame:
    return table[table["wave"] == wave]


def _by_topic(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a topic, by topic."""
    return rows.drop_duplicates("topic").set_index("topic")
