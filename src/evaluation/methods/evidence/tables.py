"""Tables of an evidence synthesis: frameworks, coded findings, and what is argued from them."""

from typing import Any

from evaluation.project.tables import in_languages, one_of, optional, text, whole

OPTIONAL = {"required": False}
DIRECTIONS = ("promotes", "hinders", "mixed")
LEVELS = ("organisation", "intervention", "citizen")
BASES = ("survey", "interview", "observation", "register", "stated", "literature")
# what a passage rests on; an aim says what was intended and shows nothing
AIM = "aim"
PASSAGE_BASES = (*BASES, AIM)
# how a passage stands to a link, and to a conclusion
SUPPORTS, CONTRADICTS, MIXED = RELATES = ("supports", "contradicts", "mixed")
FOR, AGAINST, BOTH = CLAIMS = ("for", "against", "mixed")
# why two documents are no two witnesses
DEPENDENCES = ("same_works", "same_study", "same_people", "repeats")


def passage(about: str, directions: tuple[str, ...]) -> dict[str, Any]:
    """Columns of a passage coded for what it says of a link or a conclusion, in words of one's
    own; `finding` where a finding retells it.

    about: the column that names what it is about; directions: those that it may have.
    """
    return {
        about: text(),
        "document": text(),
        "section": text(),
        "page": whole(1, **OPTIONAL),
        "direction": one_of(*directions),
        "basis": one_of(*PASSAGE_BASES),
        **in_languages(),
        "finding": text(**OPTIONAL),
    }


TABLES = {
    "documents": (
        {
            "id": text(),
            "author": text(),
            "year": whole(1900, 2100),
            # what it is called in tables and notes; without it, by author and year
            "short": optional(text(required=False)),
            **in_languages("title"),
            **in_languages(),
        },
        ["id"],
    ),
    # the lists and models of the documents
    "families": (
        {
            "id": text(),
            "document": text(),
            "kind": text(),
            **in_languages(),
            "section": text(),
        },
        ["id"],
    ),
    # their entries; `parent` is the element that an entry belongs under
    "frameworks": (
        {
            "id": text(),
            "family": text(),
            "level": one_of(*LEVELS),
            **in_languages(),
            "document": text(),
            "section": text(),
            "parent": text(**OPTIONAL),
            **in_languages("note", **OPTIONAL),
        },
        ["id"],
    ),
    # what the entries of several documents have in common
    "cross_themes": (
        {
            "id": text(),
            **in_languages(),
            **in_languages("definition"),
        },
        ["id"],
    ),
    "theme_elements": ({"theme": text(), "element": text()}, ["element"]),
    "findings": (
        {
            "id": text(),
            "document": text(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
            "elements": text(),
            "direction": one_of(*DIRECTIONS),
            "level": one_of(*LEVELS),
            "basis": one_of(*BASES),
            **in_languages(),
        },
        ["id"],
    ),
    # every section of every document: it has findings, or a reason for having none
    "sections": (
        {
            "document": text(),
            "section": text(),
            **in_languages("title"),
            "page": whole(1, **OPTIONAL),
            "status": one_of("findings", "none"),
            **in_languages("reason", **OPTIONAL),
        },
        ["document", "section"],
    ),
    # the theory of change
    "links": (
        {
            "id": text(),
            "from_element": text(),
            "to_element": text(),
            **in_languages(),
            "document": text(),
            "section": text(),
        },
        ["id"],
    ),
    # what a passage of a document says of the relation itself, not of its two ends
    "relations": (passage("link", RELATES), []),
    # what the evaluator concludes, and what else could explain it; earlier versions counted by
    # the column claims, which is no longer read
    "conclusions": (
        {
            "id": text(),
            **in_languages(),
            "section": text(),
            "claims": optional(text(required=False)),
            "elements": text(),
            "links": text(**OPTIONAL),
            **in_languages("rivals"),
        },
        ["id"],
    ),
    # what a passage says of what a conclusion claims; figure is the question of the codebook, or
    # the fact, that shows just that
    "claims": ({**passage("conclusion", CLAIMS), "figure": text(**OPTIONAL)}, []),
    # documents that build on the same, so that they are one witness and not two, and sections of
    # a document that repeat others of it (`repeats`); sections are separated by ;
    "dependence": (
        {
            "document": text(),
            "section": text(),
            "on_document": text(),
            "on_section": text(),
            "kind": one_of(*DEPENDENCES),
            **in_languages(),
        },
        [],
    ),
    # the findings coded once more, by somebody who did not see the codes that they have
    "second_codings": (
        {
            "finding": text(),
            "direction": one_of(*DIRECTIONS),
            "level": one_of(*LEVELS),
            "basis": one_of(*BASES),
            "elements": text(),
        },
        ["finding"],
    ),
    # numbers that documents state about what they rest on
    "source_facts": (
        {
            "id": text(),
            "document": text(),
            "value": whole(),
            **in_languages(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "projects": (
        {
            "id": text(),
            "name": text(),
            **in_languages("partners"),
            **in_languages("purpose"),
            **in_languages("target"),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "cases": (
        {
            "aspect": text(),
            "case": text(),
            **in_languages("aspect"),
            **in_languages("case"),
            **in_languages(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["aspect", "case"],
    ),
    "case_outcomes": (
        {
            "id": text(),
            "support_need": one_of("large", "small"),
            "effect_id": text(),
            **in_languages("effect"),
            **in_languages(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "traditions": (
        {
            "id": text(),
            "table": text(),
            **in_languages("row"),
            "tradition": text(),
            **in_languages(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    # the stages of a literature search; no value where nobody reported one
    "search_steps": (
        {
            "id": text(),
            **in_languages(),
            "value": whole(**OPTIONAL),
            "reported": one_of("true", "false"),
            "section": text(),
            "page": whole(1, **OPTIONAL),
            **in_languages("note", **OPTIONAL),
        },
        ["id"],
    ),
}
