"""What a figure finds, in words: the title above its bars.

A finding says nothing of what is hidden, names together what ties, and compares no shares that are
not asked of the same people.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from evaluation.language.texts import Texts
from evaluation.report.order import Order, Place, Ranked, listed
from evaluation.report.shares import Share

if TYPE_CHECKING:
    from evaluation.report.figures import Drawing

NAMED = 2  # entries of one place that a title names; more are counted


def of_order(order: Order, texts: Texts, answer: str = "") -> str:
    """The largest and the smallest share of ranked bars; empty where all are hidden.

    order: see `Report.order`; texts: of the language, `report.texts`; answer: the label of the one
    that all shares are about, in quotes.
    """
    first, last = order.first, order.last
    if first.share.hidden:
        return ""
    if first == last and len(first.entries) == 1:
        return of_answers(answer, list(first.entries), texts)
    if first == last:
        found = texts("figure_texts.finding.alike", share=first.share.full)
    else:
        found = texts(
            "figure_texts.finding.ends",
            first=_named(first, texts),
            first_share=first.share.count_of_n,
            last=_named(last, texts),
            last_share=last.share.count_of_n,
        )
    told = texts("figure_texts.finding.about", answer=answer, finding=found) if answer else found
    return texts("figure_texts.finding.among_shown", finding=told) if first.among_shown else told


def of_most(label: str, first: Place) -> str:
    """The answer that most gave to a question; empty where all are hidden.

    label: what the question is called; first: see `Order.first`.
    """
    if first.share.hidden:
        return ""
    name, texts = _named(first, first.share.texts), first.share.texts
    told = texts("figure_texts.finding.most", label=label, name=name, share=first.share.count_of_n)
    return texts("figure_texts.finding.among_shown", finding=told) if first.among_shown else told


def of_answer(label: str, answer: str, share: Share) -> str:
    """How many gave an answer to a question, in words and numbers; empty where that is hidden.

    label: what the question is called; answer: the label of the answer, in quotes; share: of those
    who gave it.
    """
    if share.hidden:
        return ""
    return share.texts(
        "figure_texts.finding.answer",
        label=label,
        words=share.words,
        answer=answer,
        share=share.count_of_n,
    )


def of_answers(answer: str, entries: list[Ranked], texts: Texts) -> str:
    """How many gave the same answer to each of some questions; empty where one is hidden.

    answer: its label, in quotes, or empty; entries: the questions with their shares; texts: of the
    language, `report.texts`.
    """
    if any(entry.share.hidden for entry in entries):
        return ""
    items = listed(entries, texts)
    return texts("figure_texts.finding.answers", answer=answer, items=items) if answer else items


def found(drawing: "Drawing", title: str, asked: tuple[str, ...]) -> "Drawing":
    """The drawing of answers, whose alternative text begins with what it finds.

    drawing: of answers; title: what it finds, or empty; asked: the words of the questions.
    """
    alt = f"{title}. {drawing.alt}" if title else drawing.alt
    return replace(drawing, alt=alt, asked=asked)


def _named(place: Place, texts: Texts) -> str:
    if len(place.entries) <= NAMED:
        return texts.enumeration([entry.name for entry in place.entries])
    return texts("figure_texts.finding.several", count=texts.number_word(len(place.entries)))
