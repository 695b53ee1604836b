"""An export whose texts name nobody: those of questions, options and groups are published.

The options of a file may be what people wrote: SPSS makes labels of texts, and a form gets an
option for a single respondent.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.disclosure.personal import find, mask
from evaluation.exchange.reading.drafting import OPTIONS
from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import option_code, question_id, slug
from evaluation.exchange.reading.placing.shapes import names_in, names_person
from evaluation.exchange.reading.recognise import read_export
from evaluation.exchange.reading.tables import Known
from evaluation.language.texts import LANGUAGES, texts
from evaluation.project.codebook import OTHER_ANSWERS, Codebook, Group, Option, Question

# so many signs of a wording make an id that is made of it
LONG = 20
TEXTS = ("label", "question", "note", "in_text")


def read_unnamed(
    source: Path,
    readings: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Export:
    """The export at `source` as `read_export` gives it, and without what may name a person.

    readings: of questions also by the ids that they have here, without the name in their wording.
    """
    if readings:
        before = read_export(source, None, known)
        wordings = {new: old for old, new in _plain_ids(before, _masks(before)).items()}
        readings = {wordings.get(called, called): each for called, each in readings.items()}
    return unnamed(read_export(source, readings, known), readings)


def unnamed(export: Export, readings: Mapping[str, str] | None = None) -> Export:
    """The export with what may name a person masked in its texts, and the options whose labels hold
    such a thing together in one, "other answers", which is told.

    readings: as its reader had them; who says that a question has options has seen these.
    """
    seen = {slug(called) for called, reading in (readings or {}).items() if reading == OPTIONS}
    words = texts(_language(export))
    masks = _masks(export)
    export = _named_plainly(export, masks)
    responses, remarks = export.responses, list(export.remarks)
    questions = {}
    for name, asked in export.codebook.questions.items():
        hidden = [] if {name, *map(slug, asked.question.values())} & seen else _telling(asked)
        question: Question = _masked(asked, masks)
        if hidden and asked.type == "single" and len(hidden) == len(asked.options):
            # addresses, numbers and names are no list that was chosen from
            labels = {each.code: next(iter(each.label.values())) for each in hidden}
            responses = responses.assign(**{name: responses[name].map(labels | {"": ""})})
            question = replace(question, type="text", options=(), group=None, inferred=False)
            remarks.append(Remark("may_be_names", name))
        elif hidden:
            label = dict.fromkeys(hidden[0].label, words("survey_words.other_answers"))
            # what few gave is together already
            joined = [each for each in question.options if each in hidden or each.label == label]
            kept = [option for option in question.options if option not in joined]
            code = option_code(OTHER_ANSWERS, {option.code for option in kept})
            question = replace(question, options=(*kept, Option(code, label)))
            responses = _together(responses, question, [each.code for each in joined], code)
            remarks.append(Remark("labels_withheld", name, str(len(hidden))))
        if any(names_in(text) for text in asked.question.values()):
            remarks.append(Remark("names_masked", name))
        questions[name] = question
    groups: dict[str, Group] = {
        name: _masked(group, masks) for name, group in export.codebook.groups.items()
    }
    withheld = {each.place for each in remarks if each.rule in ("labels_withheld", "may_be_names")}
    return replace(
        export,
        responses=responses,
        codebook=Codebook(groups, questions),
        remarks=tuple(
            replace(each, value=", ".join(_plainly(part, masks) for part in each.value.split(", ")))
            for each in remarks
            if each.rule != "options_alike" or each.place not in withheld
        ),
    )


def _plainly(part: str, masks: dict[str, str]) -> str:
    return mask(part, masks, names_in(part))


def _language(export: Export) -> str:
    return export.language if export.language in LANGUAGES else "en"


def _masks(export: Export) -> dict[str, str]:
    return texts(_language(export)).below("masks")


def _plain_ids(export: Export, masks: dict[str, str]) -> dict[str, str]:
    """Id that was made of a text that tells -> one made of the masked text."""
    codebook = export.codebook
    taken = set(codebook.questions) | set(codebook.groups)
    parts: list[Question | Group] = [*codebook.questions.values(), *codebook.groups.values()]
    names = {}
    for part in parts:
        texts_of = [next(iter(text.values())) for text in (part.question, part.label) if text]
        # the name of a variable may tell nothing that its wording does
        named = names_person(part.id.replace("_", " "))
        told = [text for text in texts_of if named or slug(text)[:LONG] in part.id]
        if text := next((each for each in told if find(each, names_in(each))), None):
            names[part.id] = question_id(mask(text, masks, names_in(text)), taken)
    return names


def _named_plainly(export: Export, masks: dict[str, str]) -> Export:
    """The export with ids that were made of a text that tells made of the masked one."""
    names = _plain_ids(export, masks)
    if not names:
        return export

    def renamed(column: str) -> str:
        question, point, option = column.partition(".")
        return f"{names.get(question, question)}{point}{option}"

    questions = {
        names.get(name, name): replace(
            question,
            id=names.get(name, name),
            group=names.get(question.group, question.group) if question.group else question.group,
        )
        for name, question in export.codebook.questions.items()
    }
    groups = {
        names.get(name, name): replace(group, id=names.get(name, name))
        for name, group in export.codebook.groups.items()
    }
    return replace(
        export,
        codebook=Codebook(groups, questions),
        responses=export.responses.rename(columns=renamed),
        remarks=tuple(
            replace(each, place=names.get(each.place, each.place)) for each in export.remarks
        ),
    )


def _tells(option: Option) -> bool:
    return bool(find(" ".join(option.label.values())))


def _telling(question: Question) -> list[Option]:
    """The options whose labels may name a person; all of them where most do, as the others are then
    persons too."""
    named = [option for option in question.options if any(map(names_person, option.label.values()))]
    listed = [option for option in question.options if option.code != OTHER_ANSWERS]
    if 2 * len(named) > len(listed):
        return list(question.options)
    return [option for option in question.options if option in named or _tells(option)]


def _together(
    responses: pd.DataFrame, question: Question, hidden: list[str], code: str
) -> pd.DataFrame:
    """The responses with the hidden codes of a question as one."""
    if question.type != "multiple":
        cells = responses[question.id]
        return responses.assign(**{question.id: cells.where(~cells.isin(hidden), code)})
    columns = [f"{question.id}.{each}" for each in hidden]
    given = responses[columns]
    ticked = (given == "1").any(axis=1).map({True: "1", False: "0"})
    together = ticked.where((given != "").any(axis=1), "")
    left = responses.drop(columns=columns)
    left.insert(list(responses).index(columns[0]), f"{question.id}.{code}", together)
    return left


def _masked(part: Any, masks: dict[str, str]) -> Any:
    """A question or a group with masks in its own texts, and in the name of its section."""
    found: dict[str, Any] = {
        name: {
            language: mask(written, masks, names_in(written)) for language, written in text.items()
        }
        for name in TEXTS
        if isinstance(text := getattr(part, name, None), dict)
    }
    if section := getattr(part, "section", ""):
        found["section"] = mask(section, masks, names_in(section))
    return replace(part, **found)
