"""Tables of an evidence synthesis: frameworks, coded findings, and what is argued from them."""

from evaluation.project.tables import one_of, text, whole

OPTIONAL = {"required": False}
DIRECTIONS = ("promotes", "hinders", "mixed")
LEVELS = ("organisation", "intervention", "citizen")
BASES = ("survey", "interview", "observation", "register", "literature")

TABLES = {
    "documents": (
        {
            "id": text(),
            "author": text(),
            "year": whole(1900, 2100),
            "title_da": text(),
            "title_en": text(),
            "da": text(),
            "en": text(),
        },
        ["id"],
    ),
    # the lists and models of the documents
    "families": (
        {
            "id": text(),
            "document": text(),
            "kind": text(),
            "da": text(),
            "en": text(),
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
            "da": text(),
            "en": text(),
            "document": text(),
            "section": text(),
            "parent": text(**OPTIONAL),
            "note_da": text(**OPTIONAL),
            "note_en": text(**OPTIONAL),
        },
        ["id"],
    ),
    # what the entries of several documents have in common
    "cross_themes": (
        {
            "id": text(),
            "da": text(),
            "en": text(),
            "definition_da": text(),
            "definition_en": text(),
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
            "da": text(),
            "en": text(),
        },
        ["id"],
    ),
    # every section of every document: it has findings, or a reason for having none
    "sections": (
        {
            "document": text(),
            "section": text(),
            "title_da": text(),
            "title_en": text(),
            "page": whole(1, **OPTIONAL),
            "status": one_of("findings", "none"),
            "reason_da": text(**OPTIONAL),
            "reason_en": text(**OPTIONAL),
        },
        ["document", "section"],
    ),
    # the theory of change
    "links": (
        {
            "id": text(),
            "from_element": text(),
            "to_element": text(),
            "da": text(),
            "en": text(),
            "document": text(),
            "section": text(),
        },
        ["id"],
    ),
    # what the evaluator concludes, whether that something was promoted or that something stood
    # in its way, and what else could explain it
    "conclusions": (
        {
            "id": text(),
            "da": text(),
            "en": text(),
            "section": text(),
            "claims": one_of("promotes", "hinders"),
            "elements": text(),
            "links": text(**OPTIONAL),
            "rivals_da": text(),
            "rivals_en": text(),
        },
        ["id"],
    ),
    # numbers that documents state about what they rest on
    "source_facts": (
        {
            "id": text(),
            "document": text(),
            "value": whole(),
            "da": text(),
            "en": text(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "projects": (
        {
            "id": text(),
            "name": text(),
            "partners_da": text(),
            "partners_en": text(),
            "purpose_da": text(),
            "purpose_en": text(),
            "target_da": text(),
            "target_en": text(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "cases": (
        {
            "aspect": text(),
            "case": text(),
            "aspect_da": text(),
            "aspect_en": text(),
            "case_da": text(),
            "case_en": text(),
            "da": text(),
            "en": text(),
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
            "effect_da": text(),
            "effect_en": text(),
            "da": text(),
            "en": text(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    "traditions": (
        {
            "id": text(),
            "table": text(),
            "row_da": text(),
            "row_en": text(),
            "tradition": text(),
            "da": text(),
            "en": text(),
            "section": text(),
            "page": whole(1, **OPTIONAL),
        },
        ["id"],
    ),
    # the stages of a literature search; no value where nobody reported one
    "search_steps": (
        {
            "id": text(),
            "da": text(),
            "en": text(),
            "value": whole(**OPTIONAL),
            "reported": one_of("true", "false"),
            "section": text(),
            "page": whole(1, **OPTIONAL),
            "note_da": text(**OPTIONAL),
            "note_en": text(**OPTIONAL),
        },
        ["id"],
    ),
}
