"""Questions that look sensitive, as long as nobody has said whether they are."""

from collections.abc import Iterator

from evaluation.base.yaml_files import line_of, read_yaml
from evaluation.disclosure.sensitive import sensitive_words
from evaluation.project.codebook import FILE
from evaluation.project.folder import Folder
from evaluation.survey.check.problem import Problem


def undecided(folder: Folder) -> Iterator[Problem]:
    """The questions of the codebook of `folder` that look so and do not say it; none where every
    count may be told."""
    if folder.config().min_cell == 1:
        return
    codebook, content = folder.codebook(), read_yaml(folder.root / FILE, FILE)
    for at, question in enumerate(codebook.questions.values()):
        words = sensitive_words(question, codebook)
        if words and question.sensitive is None:
            yield Problem(
                "sensitive",
                FILE,
                "a question that looks sensitive says whether it is",
                "write sensitive: true, which hides the question too where nearly all answered"
                " alike, or sensitive: false",
                line_of(content, ["questions", at]),
                value=words,
            )
