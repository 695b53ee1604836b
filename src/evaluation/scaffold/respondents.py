"""Questions that tell who answers, marked in the codebook of an export until somebody decides."""

from dataclasses import replace

from evaluation.language.background import about_respondent
from evaluation.project.codebook import Codebook, Question
from evaluation.scaffold.inference import Doubt

RULE = "background"
# fewer options make no groups, and more none that a reader can overlook
FEWEST, MOST = 2, 30


def with_backgrounds(
    codebook: Codebook, assumed: tuple[Doubt, ...]
) -> tuple[Codebook, tuple[Doubt, ...]]:
    """The codebook with `background` at the questions that ask who answers, and the doubts with one
    for each; whether its options are a scale is no longer doubted, since groups need no order.

    codebook, assumed: as `infer` gives them.
    """
    questions, found = dict(codebook.questions), {}
    for name, question in codebook.questions.items():
        if words := _words_about_respondent(question):
            questions[name] = replace(question, background=True)
            found[name] = words
    kept = [each for each in assumed if each.rule != "no_order" or each.question not in found]
    told = [Doubt(RULE, name, words) for name, words in found.items()]
    return Codebook(codebook.groups, questions), (*kept, *told)


def about_respondents(question: Question) -> bool:
    """Whether a question is shown among those that tell who answered: one that makes groups, or a
    number such as an age.

    question: one of a codebook.
    """
    asked = [*question.question.values(), *question.label.values()]
    return question.background or (
        question.type == "number" and not question.group and any(map(about_respondent, asked))
    )


def _words_about_respondent(question: Question) -> str | None:
    """The words by which a question asks who answers; none of what is judged on a known scale, of
    the items of a battery, and of what has no exclusive options."""
    if question.type != "single" or question.group:
        return None
    if not FEWEST <= len(question.options) <= MOST:
        return None
    texts = [*question.question.values(), *question.label.values()]
    return next(filter(None, map(about_respondent, texts)), None)
