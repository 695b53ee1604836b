"""What an export does not tell of its questions: order, answers beside the scale, headline.

Everything inferred is a proposal; what is uncertain comes back as a doubt, for the author to
decide in the codebook.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from evaluation.language.scales import beside_of, is_no, is_yes, neutral, places, ranks
from evaluation.project.codebook import Codebook, Option, Question


@dataclass(frozen=True)
class Doubt:
    """Something that was assumed: the key of its text, the question it is about, and the words in
    it that it rests on, where it rests on these."""

    rule: str
    question: str
    words: str = ""

    @property
    def named(self) -> str:
        return f"{self.question} ({self.words})" if self.words else self.question


def infer(codebook: Codebook, language: str) -> tuple[Codebook, tuple[Doubt, ...]]:
    """The codebook with ordered scales, options beside them and headlines, and the doubts.

    codebook: as a reader gives it, with types single, multiple, number and text. A single-choice
    question becomes ordinal where the order of its options is recognised; they then stand from the
    most to the least, those beside the scale last. Ranges of numbers are put in order and stay what
    they are. The headline is what lies above the neutral step of a scale or, where it has none,
    above its middle, or the affirmative of two answers.
    """
    questions, doubts = {}, []
    for question in codebook.questions.values():
        inferred, rules = _inferred(question, language)
        questions[question.id] = inferred
        doubts += [Doubt(rule, question.id) for rule in rules]
    return Codebook(codebook.groups, questions), tuple(doubts)


def _inferred(question: Question, language: str) -> tuple[Question, list[str]]:
    if question.type != "single":
        return question, []
    aside = beside_of([option.label[language] for option in question.options])
    options = [
        replace(option, off_scale=True) if option.label[language] in aside else option
        for option in question.options
    ]
    on_scale = [option for option in options if not option.off_scale]
    beside = [option for option in options if option.off_scale]
    labels = [option.label[language] for option in on_scale]
    found = ranks(labels)
    if found is None:
        found = places(labels)
        in_order = _sorted(on_scale, found) if found else on_scale
        rules = ["no_order"] if found is None and len(on_scale) > 2 else []
        headline = _affirmative(on_scale, labels)
        return replace(question, options=(*in_order, *beside), headline=headline), rules
    ordered = _sorted(on_scale, found)
    above = _above(ordered, language)
    headline = tuple(option.code for option in ordered[:above])
    # a scale that is known, with its neutral step, leaves nothing to doubt
    rules = [] if neutral([option.label[language] for option in ordered]) else ["headline"]
    rules += [] if _one_way(found) else ["reordered"]
    asked = replace(question, type="ordinal", options=(*ordered, *beside), headline=headline)
    return asked, rules


def _above(ordered: list[Option], language: str) -> int:
    """How many options of a scale lie above its neutral step, wherever that stands; without one,
    above the middle. A neutral answer is never among them."""
    middle = neutral([option.label[language] for option in ordered])
    return min(middle) if middle else len(ordered) // 2


def _sorted(options: list[Option], found: list[int]) -> list[Option]:
    return [options[at] for at in sorted(range(len(options)), key=found.__getitem__)]


def _affirmative(options: list[Option], labels: list[str]) -> tuple[str, ...]:
    if len(labels) != 2 or not any(map(is_no, labels)):
        return ()
    return tuple(
        option.code for option, label in zip(options, labels, strict=True) if is_yes(label)
    )


def _one_way(found: list[int]) -> bool:
    steps = [high > low for low, high in pairwise(found)]
    return all(steps) or not any(steps)
