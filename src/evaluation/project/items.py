"""The questions that methods bring, and what an evaluation declares in their place.

A method brings its questions in an items.yml of its own. A folder may have a data/raw/items.yml:
a question in it takes the place of the one with its id, with other words and, where a table takes
its codes from the question (see `tables.code_of`), other codes. It stands beside the codebook
because every question of the codebook is a column of the survey.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.base.methods import methods
from evaluation.project.codebook import Codebook, Question, load_codebook

BROUGHT = "items.yml"  # in the folder of a method
FILE = "data/raw/items.yml"


@cache
def fragment(name: str) -> Codebook:
    """The questions and options of an instrument, with their texts in Danish and English.

    name: of the instrument's folder.

    Raises KeyError, naming what exists, for an unknown instrument.
    """
    files = {name: method.folder / BROUGHT for name, method in methods().items()}
    bringing = {name: file for name, file in files.items() if file.is_file()}
    if name not in bringing:
        raise KeyError(f"the instruments are {', '.join(bringing)}, not {name}")
    return load_codebook(bringing[name], f"{name}/{BROUGHT}")


@cache
def brought() -> dict[str, Question]:
    """The questions of all methods, by id."""
    found: dict[str, Question] = {}
    for name, method in methods().items():
        if not (method.folder / BROUGHT).is_file():
            continue
        for id_, question in fragment(name).questions.items():
            if id_ in found:
                raise InputError(
                    f"method {name}",
                    f"its questions have ids of their own, but {id_} is another method's too",
                    f"rename the question in {BROUGHT} of the method",
                )
            found[id_] = question
    return found


def declared(path: Path, languages: tuple[str, ...]) -> dict[str, Question]:
    """The questions of all methods, by id, with those that a file declares in their place.

    path: of the file; languages: those of the report.

    Raises InputError as `load_codebook` does, and for a question that no method brings.
    """
    own = load_codebook(path, FILE, languages).questions
    for id_ in own:
        if id_ not in brought():
            raise InputError(
                FILE,
                "a question stands here in the place of one that a method brings",
                "use the id of such a question; those of your survey belong into the codebook",
                row=f"question {id_}",
                value=id_,
            )
    return brought() | own


def check_codes(items: Mapping[str, Question], open_: Mapping[str, int | None]) -> None:
    """Raise InputError where a declared question has other codes than it may have.

    items: see `declared`; open_: the questions from which tables take their codes, and how many
    options they have where a method rests on their number.
    """
    for id_, question in items.items():
        own = brought()[id_]
        # not whether it is the same object: two threads may have read it at once
        if question == own:
            continue
        number = open_.get(id_)
        if id_ not in open_ and (question.type, question.codes) != (own.type, own.codes):
            _refuse(
                question,
                f"this question may have other words, and keeps its type {own.type}"
                + (f" and its codes {', '.join(own.codes)}" if own.codes else ""),
                "restore them; other codes are for you to declare in " + ", ".join(sorted(open_)),
            )
        if id_ in open_ and question.type != "single":
            _refuse(question, "codes are declared in a question of type single", "correct its type")
        if number is not None and len(question.codes) != number:
            _refuse(
                question,
                f"this question has {number} options, because the method rests on their number",
                "leave as many options",
            )


def _refuse(question: Question, rule: str, remedy: str) -> None:
    found = ", ".join([question.type, *question.codes])
    raise InputError(FILE, rule, remedy, row=f"question {question.id}", value=found)
