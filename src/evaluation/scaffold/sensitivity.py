"""Questions that look sensitive, marked in the codebook of an export until somebody decides."""

from dataclasses import replace

from evaluation.disclosure.sensitive import sensitive_words
from evaluation.project.codebook import Codebook
from evaluation.scaffold.inference import Doubt

RULE = "sensitive"


def marked(codebook: Codebook) -> tuple[Codebook, tuple[Doubt, ...]]:
    """The codebook with `sensitive` at the questions that look so, and a doubt for each.

    codebook: as `infer` gives it, in which nobody has decided anything.
    """
    questions, doubts = dict(codebook.questions), []
    for name, question in codebook.questions.items():
        if words := sensitive_words(question, codebook):
            questions[name] = replace(question, sensitive=True)
            doubts.append(Doubt(RULE, name, words))
    return Codebook(codebook.groups, questions), tuple(doubts)
