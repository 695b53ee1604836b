"""What a column is, before what it says: identity or contact, technical, a weight, or an answer.

Judged by the words of its heading and by the shape of its cells, whatever type these have. What
may name a person is never an answer; what is not sure is read the safe way, and told.
"""

import re
from dataclasses import dataclass

import pandas as pd

from evaluation.exchange.reading.forms.stems import parts, without_text
from evaluation.exchange.reading.forms.ticks import is_ticked
from evaluation.exchange.reading.placing import shapes
from evaluation.exchange.reading.placing.shapes import HALF, MOST, share
from evaluation.exchange.reading.placing.vocabulary import (
    asks_one,
    is_device,
    is_numbered,
    is_part,
    is_status,
    is_wholly,
    named,
    words,
)
from evaluation.exchange.reading.values import are_counted_days, days, numbers, whole
from evaluation.language.scales import is_known

# the roles that are no question
IDENTITY, TECHNICAL, WEIGHT = "identity", "technical", "weight"
# the kind of an identity that stands in several rows
REPEATED = "repeated"
ANSWER, TEXT = "answer", "text"
# so many different answers tell something of a column
FEW = 5
# so many names are no chance
SEVERAL = 3
# the mean of a weight is about one
WEIGHTS = (0.2, 5.0)
# so many cells of a long table are looked at
SAMPLE = 2000
DIGITS = r"[-\d.,]+"
# so many rows counted from one, or so many numbers that only grow, are no chance
COUNTED, GROWING = 10, 20
# a table with several rows a person has at most so many for each, on average
ROWS = 10
AGES = 120
# how columns without a heading are called here, and by other programs
UNNAMED = re.compile(r"column \d+|unnamed: ?\d+|\.\.\.\d+|x|v1", re.IGNORECASE)
# a heading of so few words is about the name that it asks for
ABOUT = 5
# how a single word ends that names a day or a time: Startdatum
PERIODS = ("date", "dato", "datum", "time", "tid", "zeit", "stamp", "stempel", "tidspunkt")
# a heading of so few words that ends in one of these asks for names: Deltagernes navne
NAMING, NAMES = 3, frozenset({"navn", "navne", "navnet", "name", "names", "namn", "namen"})
INITIALS = frozenset({"initialer", "initials", "initialen", "initialerne", "initiales"})
# so many digits at least has a number that tells persons apart
NUMBERED = 4
# numbers with more decimals are computed, and with so many they are no mean of a few answers
MEASURED, AVERAGE = 2, 3
# an address of mail in words
SPELLED = re.compile(r"\W(?:at|snabel-?a|arroba|ät|chez)\W", re.IGNORECASE)
NOTE = re.compile(r"\([^()]*\)|\[[^][]*\]")
CONTACTS = ("email", "person", "machine", "phone")
CODES = frozenset({"code", "codes", "kode", "koder", "kod"})


@dataclass(frozen=True)
class Place:
    """The role of a column, and what kind it is of; `sure`: no person has to look at it."""

    role: str
    kind: str = ""
    sure: bool = True


def place(heading: str, cells: pd.Series) -> Place:
    """The role of a column with a heading and cells of text, "" where there is no answer."""
    filled = cells[cells != ""]
    if filled.empty:
        return Place(ANSWER)
    told = words(heading)
    kind = is_wholly(told, "technical") or ("status" if _names_status(told) else None)
    if kind and _is_technical(kind, told, filled):
        return Place(TECHNICAL, kind)
    if len(filled) >= COUNTED and list(filled.map(whole)) in _counters(len(filled)):
        return Place(TECHNICAL, "counter")
    if len(filled) >= COUNTED and UNNAMED.fullmatch(heading) and _are_row_names(filled):
        return Place(IDENTITY, "identity", sure=False)
    if share(filled, shapes.is_time) >= MOST and numbers(filled) is None:
        return Place(TEXT, "time")
    stem, part = parts(heading)
    if stem and is_ticked(filled, part):
        return Place(ANSWER)
    # what all answer in known words is a question, whatever it is about: "Do you have an e-mail?"
    if all(map(is_known, filled.unique())) and not filled.str.fullmatch(DIGITS).all():
        return Place(ANSWER)
    # what most cells look like, a part of very many tells; what a single one holds, all do
    some = filled.iloc[:: max(1, len(filled) // SAMPLE)]
    # (optional) is no part of what a heading names
    plain = words(NOTE.sub(" ", heading)) or told
    found = _by_heading(plain, some) or _by_shape(heading, told, some)
    if found is None and not heading.endswith("?"):
        if _is_growing(some):
            found = Place(IDENTITY, "identity", sure=False)
        elif _is_stepping(filled):
            found = Place(IDENTITY, REPEATED, sure=False)
    return found or _answer(heading, told, filled)


def _by_heading(told: list[str], filled: pd.Series) -> Place | None:
    for kind in (named(told, "anywhere"), is_wholly(told, "short")):
        if kind and _fits(kind, filled):
            return Place(IDENTITY, kind)
        if kind == "person" and len(told) <= ABOUT and _may_be_written(filled):
            return Place(IDENTITY, kind)
        if kind == "person" and len(told) <= ABOUT and share(filled, _may_be_typed) >= MOST:
            return Place(TEXT, "person", sure=False)
    if told and len(told) <= NAMING and told[-1] in NAMES and share(filled, _are_names) >= HALF:
        return Place(IDENTITY, "person", sure=False)
    if told and len(told) <= NAMING and told[-1] in INITIALS:
        return Place(IDENTITY, "person")
    if len(told) <= NAMING and is_numbered(told) and _tells_apart(filled):
        return Place(IDENTITY, "case_number", sure=False)
    if told and told[-1] == "id" and len(told) <= ABOUT and filled.nunique() >= FEW:
        return Place(IDENTITY, "identity", sure=_varied(filled) >= MOST)
    if is_wholly(told, "weight") and _is_weight(filled):
        return Place(WEIGHT)
    if len(told) <= NAMING and is_part(told, "weight") and _is_computed(filled, MEASURED):
        return Place(WEIGHT)
    if len(told) <= NAMING and _is_weight(filled) and _is_computed(filled, AVERAGE):
        return Place(WEIGHT)
    if is_wholly(told, "population_weight") and numbers(filled) is not None:
        return Place(WEIGHT)
    return None


def _fits(kind: str, filled: pd.Series) -> bool:
    """Whether cells can be what the heading names; one word in all of them (`anonymous`) is what
    tools write where they keep no contact."""
    if kind in CONTACTS and filled.nunique() == 1 and len(filled) >= FEW:
        return True
    if kind == "person":
        return max(share(filled, _may_be_name), share(filled, shapes.has_first_name)) >= HALF
    if kind == "named":
        return share(filled, shapes.has_first_name) >= HALF
    if kind == "email":
        return share(filled, lambda text: "@" in text or SPELLED.search(text)) >= 0.3
    if kind in ("person_number", "phone", "case_number"):
        fewest = 5 if kind == "phone" else 1
        return share(filled, lambda text: sum(map(str.isdigit, text)) >= fewest) >= HALF and not (
            kind != "case_number" and share(filled, lambda text: len(text) < 4) >= HALF
        )
    if kind == "birth":
        return days(filled) is not None or are_counted_days(filled)
    if kind == "address":
        return share(filled, shapes.is_street) >= 0.3 or _varied(filled) >= HALF
    if kind == "place":
        return share(filled, lambda text: shapes.is_coordinates(text) or "." in text) >= HALF
    if kind == "machine":
        return share(filled, lambda text: shapes.is_machine(text) or shapes.is_token(text)) >= 0.3
    if kind == "organisation":
        return _varied(filled) >= HALF and numbers(filled) is None
    return _varied(filled) >= MOST


def _may_be_name(text: str) -> bool:
    parts = text.split()
    named = [part for part in parts if part not in shapes.PARTICLES]
    return bool(named and len(parts) <= 5 and named[0][0].isupper() and not re.search(r"\d", text))


def _are_names(text: str) -> bool:
    """Whether a cell holds a name, or several with a sign between them."""
    parts = [part for part in re.split(r"\s*[,;\n/&]\s*|\s+(?:og|and|und|och)\s+", text) if part]
    return bool(parts) and all(
        shapes.is_name(part) or shapes.has_first_name(part) for part in parts
    )


def _may_be_typed(text: str) -> bool:
    """Whether a cell may be a name in small letters: a few words that are no known answer."""
    return len(text.split()) <= ABOUT and not re.search(r"\d", text) and not is_known(text)


def _may_be_written(filled: pd.Series) -> bool:
    """Whether cells may be names as people type them, in small letters, or numbers in place of
    names: nearly all are different, and short."""
    return bool(_varied(filled) >= MOST and filled.str.count(r"\S+").max() <= ABOUT)


def _tells_apart(filled: pd.Series) -> bool:
    """Whether whole numbers of several digits are nearly all different."""
    long = re.compile(rf"\d{{{NUMBERED},}}(?:\.0)?")
    return bool(filled.map(long.fullmatch).notna().all() and _varied(filled) >= MOST)


def _is_growing(filled: pd.Series) -> bool:
    """Whether whole numbers grow from row to row, as a tool numbers its responses; a table may be
    in the order of an age."""
    if len(filled) < GROWING or not filled.str.fullmatch(r"\d+(?:\.0)?").all():
        return False
    values = pd.to_numeric(filled)
    return bool(values.max() > AGES and (values.diff().iloc[1:] > 0).all())


def _is_stepping(filled: pd.Series) -> bool:
    """Whether rows are counted from zero or one with several rows a number, as a table with several
    rows a person numbers these."""
    several = filled.nunique()
    are_whole = filled.str.fullmatch(r"\d+(?:\.0)?").all()
    if not (are_whole and GROWING <= several < len(filled) <= ROWS * several):
        return False
    values = pd.to_numeric(filled)
    return bool(values.iloc[0] in (0, 1) and values.diff().iloc[1:].isin([0, 1]).all())


def _names_status(told: list[str]) -> bool:
    """Whether a heading of few words ends in one of status, in a longer word too: Svarsstatus."""
    return 0 < len(told) <= NAMING and told[-1].endswith("status")


def _is_technical(kind: str, told: list[str], filled: pd.Series) -> bool:
    if kind == "period":
        if share(filled, shapes.is_time) >= MOST and numbers(filled) is None:
            return True
        in_digits = bool(filled.str.fullmatch(r"\d{4,}").all())
        several = len(told) > 1 or told[0].endswith(PERIODS)
        named_fully = several and (days(filled) is not None or in_digits)
        return share(filled, shapes.is_moment) >= HALF or named_fully or are_counted_days(filled)
    if kind == "counter":
        return list(filled) in _counters(len(filled))
    if kind == "time_used":
        return share(filled, lambda text: any(map(str.isdigit, text))) >= MOST
    if kind == "language":
        return numbers(filled) is None
    if kind == "status":
        told_of = [is_status(cell) for cell in filled.unique()]
        often = share(filled, is_status) >= HALF or 2 * sum(told_of) >= len(told_of)
        return numbers(filled) is not None or often
    if kind == "thing":
        return share(filled, is_device) >= HALF
    return True


def _is_weight(filled: pd.Series) -> bool:
    read = numbers(filled)
    if read is None:
        return False
    values = pd.to_numeric(read[0])
    return bool(
        (values % 1 != 0).any() and (values >= 0).all() and WEIGHTS[0] < values.mean() < WEIGHTS[1]
    )


def _is_computed(filled: pd.Series, decimals: int) -> bool:
    """Whether numbers have more decimals than somebody would write."""
    form = re.compile(rf"\d+[.,]\d{{{decimals + 1},}}")
    return share(filled, form.fullmatch) >= MOST


def _by_shape(heading: str, told: list[str], filled: pd.Series) -> Place | None:
    varied = _varied(filled)
    if share(filled, shapes.is_email) >= HALF:
        return Place(IDENTITY, "email")
    if share(filled, shapes.is_machine) >= MOST:
        return Place(IDENTITY, "machine")
    if share(filled, shapes.is_coordinates) >= MOST:
        return Place(IDENTITY, "place")
    if share(filled, shapes.is_person_number) >= MOST and varied >= HALF:
        return Place(IDENTITY, "person_number")
    if share(filled, shapes.is_grouped_phone) >= MOST:
        return Place(IDENTITY, "phone", sure=False)
    if share(filled, shapes.is_handle) >= MOST and varied >= HALF:
        return Place(IDENTITY, "account", sure=False)
    if share(filled, shapes.is_street) >= HALF:
        return Place(IDENTITY, "address", sure=False)
    if share(filled, shapes.is_moment) >= MOST and not heading.endswith("?"):
        return Place(TECHNICAL, "period")
    if filled.nunique() >= FEW and share(filled, _is_opaque) >= (
        MOST if varied >= MOST or share(filled, shapes.is_long_number) >= MOST else 2
    ):
        return Place(IDENTITY, "identity", sure=False)
    return _names(told, filled)


def _are_row_names(filled: pd.Series) -> bool:
    """Whether whole numbers or texts without a heading tell the rows apart, as R writes them."""
    return bool(filled.is_unique and not filled.str.contains(r"\d[.,]\d").any())


def _counters(several: int) -> tuple[list[str], list[str]]:
    """The rows counted from 0, and from 1."""
    return [str(row) for row in range(several)], [str(row + 1) for row in range(several)]


def _is_opaque(text: str) -> bool:
    # amounts are round, numbers of people and cases are not
    return shapes.is_token(text) or (shapes.is_long_number(text) and not text.endswith("000"))


def _names(told: list[str], filled: pd.Series) -> Place | None:
    """A column of names of persons, by the names or by a heading that asks who."""
    if share(filled, is_known) >= HALF:
        return None
    first = share(filled, shapes.starts_with_person)
    capital = share(filled, shapes.is_name)
    asks = named(told, "who") is not None
    if (first >= HALF and share(filled, _may_be_name) >= MOST) or (asks and capital >= HALF):
        return Place(IDENTITY, "person", sure=False)
    # in small letters too, as people type them
    if asks and first >= HALF:
        return Place(IDENTITY, "person", sure=False)
    if first >= MOST and filled.nunique() >= SEVERAL:
        return Place(TEXT, "person", sure=False)
    if share(filled, shapes.has_initial) >= MOST and not _are_lettered(filled):
        return Place(IDENTITY, "person", sure=False)
    # options may be meant: a person decides
    if asks and share(filled, shapes.are_initials) >= MOST:
        return Place(TEXT, "person", sure=False)
    if asks_one(told) and share(filled, _may_be_name) >= MOST:
        return Place(TEXT, "person", sure=False)
    if capital >= MOST and filled.nunique() >= FEW:
        return Place(TEXT, "person", sure=False)
    if asks and share(filled, shapes.holds_first_name) >= HALF:
        return Place(TEXT, "personal", sure=False)
    return None


def _are_lettered(filled: pd.Series) -> bool:
    """Whether cells are lettered, by the alphabet or after one word: A. Yes, Hold B."""
    letters = sorted({text[0] for text in filled.unique()})
    in_order = letters[0] == "A" and ord(letters[-1]) - ord("A") < len(letters)
    return in_order or filled.str.split().str[0].nunique() == 1


def _answer(heading: str, told: list[str], filled: pd.Series) -> Place:
    if _are_numbers_of_places(told, filled):
        return Place(TEXT, "code")
    if (
        numbers(filled) is None
        and days(filled) is None
        and any(map(shapes.tells_of_person, filled.unique()))
    ):
        return Place(TEXT, "personal", sure=False)
    open_ = named(told, "open") or is_wholly(told, "open_short") or without_text(heading) != heading
    if numbers(filled) is None and open_:
        return Place(TEXT, "open")
    return Place(ANSWER)


def _are_numbers_of_places(told: list[str], filled: pd.Series) -> bool:
    """Whether digits name a place or thing, which makes no quantity of them."""
    if named(told, "codes"):
        return share(filled, lambda text: text.isdigit() and len(text) > 2) >= HALF
    short = 1 < len(told) <= ABOUT
    return short and bool(CODES & {*told}) and share(filled, str.isdigit) >= HALF


def _varied(filled: pd.Series) -> float:
    """How many different texts there are, as a share of the cells."""
    return float(filled.nunique() / len(filled))
