"""What a list of options tells that was taken from the answers.

An answer becomes an option of such a list where it is a step of a known scale, or where several
gave it in the same words (see `exchange.reading.forms.closed`); what fewer gave is one option, the
other answers. So the reader knows how many gave each at the least, and where the hidden ones have
no more together, how many gave each.
"""

from collections.abc import Collection, Mapping

from evaluation.language.scales import is_known
from evaluation.project.codebook import OTHER_ANSWERS, Question
from evaluation.project.config import MIN_CELL


def least(question: Question) -> dict[str, int]:
    """How many gave each option at the least, joined ones among them, as the list tells; empty
    where it tells nothing.

    question: one of a codebook. The items of a battery share a list, which any of them may have
    made.
    """
    if not question.inferred or question.type == "multiple" or question.group is not None:
        return {}
    found = {
        option.code: 1
        if option.code.startswith(OTHER_ANSWERS) or any(map(is_known, option.label.values()))
        else MIN_CELL
        for option in question.options
    }
    joined = {
        one.code: sum(found.get(code, 1) for code in one.options) for one in question.collapse
    }
    return found | joined


def told_by_sum(question: Question, options: Collection[str], together: int) -> bool:
    """Whether the list tells how many gave each of some options that were given by `together`.

    question: see `least`; options: codes, joined ones among them.
    """
    at_least = least(question)
    return bool(at_least) and together == sum(at_least.get(code, 1) for code in options)


def told_of_parts(question: Question, counts: Mapping[str, int], min_cell: int) -> set[str]:
    """The joined options of which the list tells how many gave each part, a few one of them.

    question: see `least`; counts: how many gave each option; min_cell: the smallest count that may
    be shown.
    """
    at_least = least(question)
    return {
        one.code
        for one in question.collapse
        if one.code in counts
        and told_by_sum(question, one.options, counts[one.code])
        and any(at_least[code] < min_cell for code in one.options)
    }
