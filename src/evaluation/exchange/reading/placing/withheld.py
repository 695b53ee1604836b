"""An export without the questions that tell who a person is, or that a tool recorded, whatever
format it was read from.
"""

from collections.abc import Collection
from dataclasses import replace

from evaluation.exchange.reading.export import Export, Remark
from evaluation.exchange.reading.names import plain_words, slug
from evaluation.exchange.reading.placing import IDENTITY, TECHNICAL, WEIGHT, place
from evaluation.project.codebook import Codebook

# what is written or counted as it comes: options of a form name nobody
WRITTEN = ("text", "number")
# what tools record with labels
RECORDED = ("status", "language", "device", "thing")


def withheld(export: Export, asked: Collection[str] = ()) -> Export:
    """The export with what identifies or weighs people, or a tool records, in its background, and
    told; the number of a place or thing (`Area code`) is no quantity but text.

    asked: wordings or ids of what is known to be a question.
    """
    kept_out: dict[str, list[str]] = {IDENTITY: [], TECHNICAL: [], WEIGHT: []}
    unsure: list[str] = []
    codes: list[str] = []
    for question in export.codebook.questions.values():
        wording = next(iter(question.question.values()))
        called = {question.id, wording, slug(wording), plain_words(wording)}
        if question.type == "multiple" or called & set(asked):
            continue
        cells = export.responses[question.id]
        if question.type not in WRITTEN:
            # of labelled answers a tool's own record is known, such as Finished: True or False
            labels = {option.code: next(iter(option.label.values())) for option in question.options}
            found = place(wording, cells.map(labels | {"": ""}))
            if found.role == TECHNICAL and found.kind in RECORDED:
                kept_out[TECHNICAL].append(question.id)
            continue
        found = place(wording, cells)
        by_name = place(question.id, cells)
        # what is asked in words is no record of a tool, whatever its code and its cells look like
        if found.role not in kept_out and by_name.role in (IDENTITY, WEIGHT):
            found = by_name
        if found.kind == "code":
            codes.append(question.id)
        if found.role in kept_out:
            (kept_out[found.role] if found.sure else unsure).append(question.id)
    questions = {
        name: replace(question, type="text") if name in codes else question
        for name, question in export.codebook.questions.items()
    }
    export = replace(export, codebook=Codebook(export.codebook.groups, questions))
    gone = [*(name for names in kept_out.values() for name in names), *unsure]
    if not gone or len(gone) == len(export.codebook.questions):
        return export
    remarks = [
        Remark(f"{role}_beside", value=", ".join(names))
        for role, names in kept_out.items()
        if names
    ]
    remarks += [Remark("may_be_identity", name) for name in unsure]
    questions = {
        name: question for name, question in export.codebook.questions.items() if name not in gone
    }
    groups = {
        name: group
        for name, group in export.codebook.groups.items()
        if any(question.group == name for question in questions.values())
    }
    return replace(
        export,
        codebook=Codebook(groups, questions),
        responses=export.responses.drop(columns=gone),
        background=export.background.assign(**{name: export.responses[name] for name in gone}),
        remarks=(*export.remarks, *remarks),
    )
