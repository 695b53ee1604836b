"""Questions of which it is a disclosure too that all answered them alike, by their words."""

from evaluation.language.sensitive import touching
from evaluation.project.codebook import Codebook, Question


def sensitive_words(question: Question, codebook: Codebook) -> str | None:
    """The words by which a question touches what is nobody else's business, in small letters; None
    where it does not, or has no options: of numbers and texts nothing is told that many share.

    codebook: for the stem of its battery.
    """
    group = codebook.groups.get(question.group) if question.group else None
    stem = (group.question or group.label) if group else {}
    asked = [
        f"{words.get(language, '')} {text}"
        for words, texts in ((stem, question.question), ({}, question.label))
        for language, text in texts.items()
    ]
    answers = [text for option in question.options for text in option.label.values()]
    found = [touching(text, asked=True) for text in (*asked, question.id) if question.options]
    found += [touching(text, asked=False) for text in answers]
    return next(filter(None, found), None)
