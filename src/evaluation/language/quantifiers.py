"""Words for shares: the ones this report chooses, and what the words of others stand for.

`QUANTIFIERS` is the report's own published table: every share has exactly one quantifier in it.
Other reports use more words and use them more loosely; `phrases_in` finds theirs in a text and
`read` reads one that is quoted, each with the shares it fits as the field uses it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction as F
from functools import cache
from typing import Any

# (from, up to, key): shares s with from <= s < up to; equal ends mean exactly that share
QUANTIFIERS = (
    (F(0), F(0), "none"),
    (F(0), F(20, 100), "few"),
    (F(20, 100), F(1, 4), "almost_quarter"),
    (F(1, 4), F(1, 4), "quarter"),
    (F(1, 4), F(30, 100), "over_quarter"),
    (F(30, 100), F(1, 3), "almost_third"),
    (F(1, 3), F(1, 3), "third"),
    (F(1, 3), F(40, 100), "over_third"),
    (F(40, 100), F(1, 2), "almost_half"),
    (F(1, 2), F(1, 2), "half"),
    (F(1, 2), F(60, 100), "over_half"),
    (F(60, 100), F(2, 3), "almost_two_thirds"),
    (F(2, 3), F(2, 3), "two_thirds"),
    (F(2, 3), F(72, 100), "over_two_thirds"),
    (F(72, 100), F(3, 4), "almost_three_quarters"),
    (F(3, 4), F(3, 4), "three_quarters"),
    (F(3, 4), F(80, 100), "over_three_quarters"),
    (F(80, 100), F(95, 100), "great_majority"),
    (F(95, 100), F(1), "almost_all"),
    (F(1), F(1), "all"),
)


def quantifier(k: int, n: int) -> str:
    """Key of the quantifier that fits a share.

    k, n: its counts. Raises ValueError unless 0 <= k <= n, n > 0.
    """
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"a share needs 0 <= k <= n and n > 0, not {k} of {n}")
    share = F(int(k), int(n))
    exact = next((key for low, high, key in QUANTIFIERS if low == high == share), None)
    return exact or next(key for low, high, key in QUANTIFIERS if low <= share < high)


@dataclass(frozen=True)
class Span:
    """Shares from `low` to `high`; without the end itself where it is `open_low`, `open_high`."""

    low: F
    high: F
    open_low: bool = False
    open_high: bool = False

    def __contains__(self, share: F) -> bool:
        above = self.low < share if self.open_low else self.low <= share
        return above and (share < self.high if self.open_high else share <= self.high)


@dataclass(frozen=True)
class Phrase:
    """A quantifier in a text: its place, its words, and the shares it fits.

    `shares` is None for a word that names no size (`many`).
    """

    start: int
    end: int
    words: str
    shares: Span | None


@dataclass(frozen=True)
class Reading:
    """What a quoted quantifier says, all of it at once: sizes, percentages and a rank.

    `rank` is "most" or "fewest" (of several figures), or None. A reading without any of the
    three names no size.
    """

    spans: tuple[Span, ...]
    percentages: tuple[int, ...]
    rank: str | None


NEAR = F(7, 100)  # how far `almost` and `just over` reach from a fraction
ABOUT = F(5, 100)
PLAIN = F(3, 100)  # a bare `two thirds`; a bare `half` is exact, being easy to hit

NOTHING, EVERYTHING = Span(F(0), F(0)), Span(F(1), F(1))
MORE_THAN_HALF = Span(F(1, 2), F(1), open_low=True)
LESS_THAN_HALF = Span(F(0), F(1, 2), open_high=True)
LARGE = Span(F(3, 4), F(1))
SMALL = Span(F(0), F(1, 4), open_low=True)
ALMOST_NOTHING = Span(F(0), F(1, 10), open_low=True)
ALMOST_EVERYTHING = Span(F(9, 10), F(1), open_high=True)
NOT_EVERYTHING = Span(F(0), F(1), open_high=True)

# shares, Danish, English: words that are about a share wherever they stand before one
IN_PROSE = (
    (NOT_EVERYTHING, r"(?:ikke|langt fra) alle", r"(?:not|far from) all"),
    (ALMOST_NOTHING, r"næsten ingen", r"almost none|hardly any"),
    (
        ALMOST_EVERYTHING,
        r"(?:næsten|stort set|så godt som) alle",
        r"(?:almost|nearly|virtually) all",
    ),
    # "of all 21" names the whole; "in all", "all the same" are no quantifiers
    (
        EVERYTHING,
        r"(?<!af )(?<!blandt )(?:alle|samtlige)",
        r"(?<!in )(?<!at )(?<!of )(?<!among )all(?! the same\b| in all\b| along\b| but\b| told\b)",
    ),
    (NOTHING, r"ingen", r"none"),
    (
        LARGE,
        r"langt (?:størstedelen|størsteparten|hovedparten|de fleste)"
        r"|(?:et stort|det store) flertal",
        r"(?:a|the) (?:great|vast|large|overwhelming) majority",
    ),
    # the most answers, most often: a rank, a comparison
    (
        MORE_THAN_HALF,
        r"størstedelen|størsteparten|hovedparten|de fleste|(?:et )?flertal(?:let)?",
        r"(?:a|the) (?:clear )?majority"
        r"|(?<!the )(?<!at )most(?=\s(?:of|have|had|are|were|say|see|find|\w*[^\Wus]s)\b)",
    ),
    (MORE_THAN_HALF, r"en (?:stor|betydelig) del", r"a (?:large|considerable) (?:part|share)"),
    (SMALL, r"et lille mindretal", r"a small minority"),
    (LESS_THAN_HALF, r"et mindretal|mindretallet", r"(?:a|the) minority"),
    (SMALL, r"(?<!de )(?<!den )(?<!hver )enkelte", r"a few|few(?= of\b)"),
    (LESS_THAN_HALF, r"(?:kun|blot)(?=\W{0,2}\d)", r"only(?=\W{0,2}\d)"),
    (MORE_THAN_HALF, r"hele(?=\W{0,2}\d)", r"(?:fully|as many as)(?=\W{0,2}\d)"),
)
# words that are about a share only where somebody has said which
QUOTED = (
    (MORE_THAN_HALF, r"generelt|overordnet", r"generally|on the whole"),
    # of the answers that are named together with it
    (EVERYTHING, r"resten|de resterende", r"the rest|the remaining"),
    (SMALL, r"(?:kun )?(?:få|en enkelt)", r"(?:only )?(?:few|a single)"),
    (None, r"mange|flere|nogle", r"many|several|some"),
)
RANKS = {
    "da": {"flest": "most", "færrest": "fewest"},
    "en": {"the largest number": "most", "the smallest number": "fewest"},
}
# Danish, English, the shares around a fraction f
MODIFIERS = (
    (
        r"knap|næsten|lidt under|ikke helt",
        r"almost|nearly|just under|(?:slightly|a little) (?:under|less than)|not quite",
        lambda f: Span(f - NEAR, f, open_high=True),
    ),
    (
        r"godt|lidt over|lidt (?:mere|flere) end",
        r"just over|(?:slightly|a little) (?:over|more than)",
        lambda f: Span(f, f + NEAR, open_low=True),
    ),
    (r"over|(?:mere|flere) end", r"over|more than", lambda f: Span(f, F(1), open_low=True)),
    (
        r"under|(?:mindre|færre) end",
        r"under|(?:less|fewer) than",
        lambda f: Span(F(0), f, open_high=True),
    ),
    (r"mindst", r"at least", lambda f: Span(f, F(1))),
    (r"højst", r"at most", lambda f: Span(F(0), f)),
    (
        r"omkring|cirka|ca\.",
        r"about|around|roughly|approximately",
        lambda f: Span(f - ABOUT, f + ABOUT),
    ),
)
NUMERATORS = {
    "da": {"en": 1, "én": 1, "to": 2, "tre": 3, "fire": 4},
    "en": {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4},
}
DENOMINATORS = {
    "da": {"tredjedel": 3, "fjerdedel": 4, "femtedel": 5, "sjettedel": 6, "tiendedel": 10},
    "en": {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10},
}
HALF = {"da": r"halvdelen", "en": r"(?<!first )(?<!second )(?<!other )half(?!-| a\b)"}
SIGNS = {"¼": F(1, 4), "⅓": F(1, 3), "½": F(1, 2), "⅔": F(2, 3), "¾": F(3, 4)}
PERCENTAGE = re.compile(r"(\d{1,3})\s?%")


def phrases_in(text: str, language: str) -> list[Phrase]:
    """The quantifiers in a running text, in order and without overlap.

    Only words that name the size of a share: no ranks (`the largest number`) and no words that
    may mean something else (`generally`, `the rest`).
    """
    return list(_find(text, language, IN_PROSE))


def read(words: str, language: str) -> Reading:
    """What a quantifier says that somebody put on a known share: `over to tredjedele (69 %)`.

    Raises ValueError, naming them, for words that are in no table.
    """
    phrases = list(_find(words, language, IN_PROSE + QUOTED))
    left = words
    for phrase in reversed(phrases):
        left = left[: phrase.start] + left[phrase.end :]
    left = PERCENTAGE.sub("", left).casefold()
    rank = next((name for name in RANKS[language] if name in left), None)
    left = left.replace(rank or "", "")
    unknown = left.strip(" ()")
    if unknown:
        raise ValueError(f"no table of quantifiers has the words {unknown!r}")
    return Reading(
        spans=tuple(phrase.shares for phrase in phrases if phrase.shares is not None),
        percentages=tuple(int(value) for value in PERCENTAGE.findall(words)),
        rank=rank and RANKS[language][rank],
    )


def _find(text: str, language: str, table: tuple[Any, ...]) -> Iterator[Phrase]:
    pattern, shares = _compiled(language, table)
    for match in pattern.finditer(re.sub(r"\s", " ", text)):
        fraction = match.group("fraction")
        if fraction is None:
            span = shares[str(match.lastgroup)]
        else:
            exact = _fraction(fraction.casefold(), language)
            modifier = next((name for name in shares if name[0] == "m" and match.group(name)), None)
            width = F(0) if exact == F(1, 2) else PLAIN
            span = shares[modifier](exact) if modifier else Span(exact - width, exact + width)
        yield Phrase(match.start(), match.end(), match.group(), span)


@cache
def _compiled(language: str, table: tuple[Any, ...]) -> tuple[re.Pattern[str], dict[str, Any]]:
    """A pattern with a named group per row (w0, …; modifiers m0, …), and what each stands for.

    Longer phrases begin earlier than the shorter ones inside them, so the first match is the
    longest.
    """
    column = 1 if language == "da" else 2
    words = {f"w{i}": row for i, row in enumerate(table)}
    modifiers = {f"m{i}": row for i, row in enumerate(MODIFIERS)}
    either = "|".join(f"(?P<{name}>{row[column - 1]})" for name, row in modifiers.items())
    numerator, denominator = "|".join(NUMERATORS[language]), "|".join(DENOMINATORS[language])
    fraction = "|".join(
        [
            HALF[language],
            rf"(?:{numerator})[ -](?:{denominator})[es]?(?! part(?:y|ies)\b)",
            r"[1-9]/(?:10|[2-9])",
            *SIGNS,
        ]
    )
    alternatives = [
        rf"(?:(?:{either}) )?(?P<fraction>{fraction})",
        *(f"(?P<{name}>{row[column]})" for name, row in words.items()),
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
    return pattern, {
        **{name: row[0] for name, row in words.items()},
        **{name: row[2] for name, row in modifiers.items()},
    }


def _fraction(words: str, language: str) -> F:
    if words in SIGNS:
        return SIGNS[words]
    if "/" in words:
        return F(words)
    parts = re.split("[ -]", words)
    if len(parts) == 1:
        return F(1, 2)
    below = next(value for name, value in DENOMINATORS[language].items() if name in parts[1])
    return F(NUMERATORS[language][parts[0]], below)
