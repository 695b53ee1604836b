"""Linters for prose: every number is computed, and no word contradicts a number.

Digits and number words in Markdown cells and captions are findings, unless they stand in an
inline expression, an anchor, a citation or a list marker, or are allowed by name. So is a
quantifier beside a share that it does not fit, and a typed place in an order (`the largest
number`). What is typed may be right, and is a warning; a contradiction cannot be published.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nbformat import NotebookNode

from evaluation.base.errors import InputError
from evaluation.base.markdown import one_line
from evaluation.language.quantifiers import QUANTIFIERS, Phrase, phrases_in, quantifier
from evaluation.language.texts import texts
from evaluation.notebook import edition
from evaluation.notebook.inline import EXPRESSION, expressions
from evaluation.notebook.sentences import END, SENTENCE_END, START, sentences, unmarked

NUMBER_WORDS = {
    "da": (
        r"to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|(?:tret|fjor|fem|seks|syt|at|nit)ten"
        r"|tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems|hundrede|tusinde?"
        r"|halvdelen|tredjedele?|fjerdedele?|femtedele?"
    ),
    "en": (
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
        r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
        r"|half|thirds|(?:a|one) third(?! part)|quarters?|fifths"
    ),
}
# what a number in the source may belong to without being a statement
SKIPPED = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\[(?:\\.|[^\]\\\n])*\]\{\.asked\}"),  # the wording of a question
    re.compile(r"\[[^\]\n]*@[^\]\n]*\]"),  # citations and their locators
    re.compile(r"@[\w:-]+(?: \[[^\]\n]*\])?"),  # in the sentence, with its locator
    re.compile(r"\]\([^)\n]*\)"),  # link targets
    re.compile(r"\{[^}\n]*\}"),  # anchors and attributes
    re.compile(r"\[\^[^\]\n]+\]"),  # footnote marks
    re.compile(r"^\s*\d+\.\s", re.MULTILINE),  # ordered lists
    re.compile(r"`[^`\n]*`"),
)
# words for a place in an order, and the expressions that give one (see `order`)
RANK_WORDS = {
    "da": (
        r"flest|færrest|øverst|nederst|(?:længst|øverst) (?:oppe|nede)|(?:mest|mindst) udbredt"
        r"|oftest|sjældnest|størst|højest|lavest|fulgt af"
    ),
    "en": (
        r"the (?:largest|smallest) (?:number|share)|the (?:most|fewest)"
        r"|(?:most|least) (?:often|widespread|common)|at the (?:top|bottom)|comes? (?:first|last)"
        r"|highest|lowest|headed by|followed by"
    ),
}
PLACED = re.compile(r"\.(?:first|last|between|after_first|standing)\b")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

COUNT = r"\d+(?:[.,]\d{3})*"
VALUE = re.compile(f"{START}[^{END}]*{END}")
SHARE = re.compile(rf"{START}(?P<k>{COUNT})\s(?:af|of)\s(?P<n>{COUNT})(?:\s\(\d+\s?%\))?{END}")
# what joins a quantifier to the share it repeats: `12 of 16 have applied, that is three quarters`
REPEATS = re.compile(
    rf"(?:[^;{START}]*,\s*(?:altså|det vil sige|dvs\.|that is|i\.e\.|in other words)"
    rf"|\s*,?\s*(?:svarende til|eller|or))[\s,]*{START}?"
)
# what parts a quantifier from a share that follows: a bound, a new clause, …
PARTS = re.compile(
    rf";|{START}[^{END}]*\d\s(?:af|of)\s\d"
    r"|,\s*(?:og|men|mens|hvorimod|and|but|while|whereas|although)\b"
    rf"|\b(?:og|and)(?:\s\w+){{0,2}}\s$"
)
# … or, with a comma between them, that it stands in a clause of its own: `although all were asked`
SUBORDINATE = re.compile(
    r"(?:^|,)\s*(?:selv om|skønt|da|når|hvis|fordi|mens|(?:even )?though|although|when|if|since"
    r"|because|while)\b[^,]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TypedNumber:
    """A number typed in prose, and the line (from 1) it stands on."""

    line: int
    number: str
    text: str


def typed_numbers(markdown: str, language: str, allowed: tuple[str, ...] = ()) -> list[TypedNumber]:
    """Numbers typed into a piece of Markdown in one language; `allowed` names exceptions."""
    blanked = EXPRESSION.sub(lambda match: match.group(1) + _blank(match, 1), markdown)
    for pattern in SKIPPED:
        blanked = pattern.sub(_blank, blanked)
    for name in allowed:
        blanked = blanked.replace(name, " " * len(name))
    # right after a full stop is the middle of a name, such as ATLAS.ti
    words = re.compile(rf"(?<!\w\.)\b(?:{NUMBER_WORDS[language]})\b", re.IGNORECASE)
    found = []
    for number, line in enumerate(blanked.split("\n"), start=1):
        for match in [*DIGITS.finditer(line), *words.finditer(line)]:
            text = markdown.split("\n")[number - 1].strip()
            found.append(TypedNumber(number, match.group(), text))
    return found


@dataclass(frozen=True)
class TypedRank:
    """A place in an order typed beside a number, and its sentence."""

    words: str
    sentence: str


def typed_ranks(markdown: str, language: str) -> list[TypedRank]:
    """Words for a place in an order (`the largest number`) in a sentence with numbers, none of
    which is the place of an order: the words would stay where they are when the data change."""
    sources = {name: {"data": {"text/plain": repr(name)}} for name in expressions(markdown)}
    words = re.compile(rf"\b(?:{RANK_WORDS[language]})\b", re.IGNORECASE)
    found = []
    for sentence in sentences(markdown, sources):
        named = words.search(VALUE.sub("", sentence))
        if named and START in sentence and not PLACED.search(sentence):
            found.append(TypedRank(named.group(), one_line(VALUE.sub("…", sentence))))
    return found


def _blank(match: re.Match[str], group: int = 0) -> str:
    """Spaces in place of a match, with its line breaks, so that lines keep their numbers."""
    text = match.group()[len(match.group(group)) if group else 0 :]
    return re.sub(r"[^\n]", " ", text)


@dataclass(frozen=True)
class QuantifierConflict:
    """A quantifier beside a share that it does not fit, and the words that would fit."""

    sentence: str
    words: str
    share: str
    fitting: str


def quantifier_conflicts(
    markdown: str, results: dict[str, dict[str, Any]], language: str
) -> list[QuantifierConflict]:
    """Quantifiers that contradict the share they stand beside, in one piece of Markdown.

    results: expression -> recorded result (see `notebook.inline.results`). A share is an expression
    with the value `12 of 16` or `12 of 16 (75%)`. A quantifier, typed or computed, is judged by the
    share that follows it in its clause, or that it repeats (`…, that is three quarters`). Words
    of the report's own table have the shares of that table, others those of the field. A
    quantifier before a colon may also fit shares listed after it that add up.

    Raises KeyError for an expression without a result.
    """
    return [
        conflict
        for sentence in sentences(markdown, results)
        for conflict in _conflicts(sentence, language)
    ]


class Contradiction(Exception):
    """Prose of a chapter that contradicts its numbers: (place, conflict), one or more."""

    def __init__(self, found: list[tuple[str, QuantifierConflict]]):
        super().__init__("; ".join(f"{place}: {conflict.words}" for place, conflict in found))
        self.found = found

    def refusal(self, file: str) -> InputError:
        """The first contradiction for its author, with a list of the others."""
        (place, first), *more = self.found
        remedy = (
            f"write “{first.fitting}”, let the share choose its words (report.share(…).words), or "
            "give words about something else a sentence of their own"
        )
        if more:
            listed = ", ".join(
                f"“{conflict.words}” in {where} (write “{conflict.fitting}”)"
                for where, conflict in more
            )
            remedy += f"; the same goes for {listed}"
        return InputError(
            file,
            f"words fit the share beside them, but in “{first.sentence}” they do not",
            remedy,
            row=place,
            value=first.words,
        )


def check(notebook: NotebookNode, language: str) -> None:
    """Raise Contradiction where the prose of an executed edition contradicts its numbers.

    notebook: before `notebook.edition.finish`. A passage whose expressions were not all evaluated
    is left to whoever reports why.
    """
    found = [
        (place, conflict)
        for place, text, results in edition.prose(notebook)
        if results.keys() >= set(expressions(text))
        for conflict in quantifier_conflicts(text, results, language)
    ]
    if found:
        raise Contradiction(found)


def warnings(notebook: NotebookNode, language: str) -> list[str]:
    """What is typed into the prose of a source notebook in a language and would not follow other
    data, a sentence each: numbers, and places in an order."""
    one = copy.deepcopy(notebook)
    edition.begin(one, language)
    numbers = [
        f"{place}, line {typed.line}: a number is typed, {typed.number!r} in "
        f"“{_sentence_with(typed.number, typed.text)}”. "
        "Remedy: compute it with an inline expression."
        for place, text, _ in edition.prose(one)
        for typed in typed_numbers(text, language)
    ]
    ranks = [
        f"{place}: a place in an order is typed, {typed.words!r} in “{typed.sentence}”. "
        "Remedy: name what report.order(…) puts there."
        for place, text, _ in edition.prose(one)
        for typed in typed_ranks(text, language)
    ]
    return numbers + ranks


def _sentence_with(number: str, text: str) -> str:
    return next(sentence for sentence in SENTENCE_END.split(text) if number in sentence)


def _conflicts(sentence: str, language: str) -> list[QuantifierConflict]:
    found = []
    for phrase, shares in _pairs(sentence, language):
        counts = [_count(share.group("k")) for share in shares]
        n = _count(shares[0].group("n"))
        sums = [sum(counts[: length + 1]) for length in range(len(counts))]
        if not any(_fits(phrase, k, n, language) for k in sums if k <= n):
            found.append(
                QuantifierConflict(
                    sentence=one_line(unmarked(sentence)),
                    words=phrase.words,
                    share=unmarked(shares[0].group()),
                    fitting=texts(language)(f"quantifiers.{quantifier(counts[0], n)}"),
                )
            )
    return found


def _pairs(sentence: str, language: str) -> Iterator[tuple[Phrase, list[re.Match[str]]]]:
    """Each quantifier that stands beside a share, with the shares it may be about together."""
    shares = list(SHARE.finditer(sentence))
    phrases = phrases_in(sentence, language)
    for position, phrase in enumerate(phrases):
        before = [share for share in shares if share.end() <= phrase.start]
        if before and REPEATS.fullmatch(sentence, before[-1].end(), phrase.start):
            yield phrase, before[-1:]
            continue
        after = shares[len(before) :]
        nearer = phrases[position + 1 :]
        if not after or (nearer and nearer[0].start < after[0].start()):
            continue
        between = sentence[phrase.end : after[0].start()]
        aside = "," in between and SUBORDINATE.search(sentence[: phrase.start])
        if not aside and not PARTS.search(between):
            same = [share for share in after if share.group("n") == after[0].group("n")]
            yield phrase, same if ":" in between else after[:1]


def _fits(phrase: Phrase, k: int, n: int, language: str) -> bool:
    own = {texts(language)(f"quantifiers.{key}"): key for _, _, key in QUANTIFIERS}
    key = own.get(phrase.words.casefold())
    if key is not None:
        return quantifier(k, n) == key
    return phrase.shares is not None and Fraction(k, n) in phrase.shares


def _count(number: str) -> int:
    return int(re.sub("[.,]", "", number))
