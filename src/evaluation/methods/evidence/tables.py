"""Tables of an evidence synthesis: frameworks, coded findings, and what is argued from them."""

from evaluation.project.tables import in_languages, one_of, text, whole

OPTIONAL = {"required": False}
DIRECTIONS = ("promotes", "hinders", "mixed")
LEVELS = ("organisation", "intervention", "citizen")
BASES = ("survey", "interview", "observation", "register", "stated", "literature")

TABLES = {
    "documents": (
        {
            "id": text(),
            "author": text(),
            "year": whole(1900, 2100),
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
    # what the evaluator concludes, whether that something was promoted or that something stood
    # in its way, and what else could explain it
    "conclusions": (
        {
            "id": text(),
            **in_languages(),
            "section": text(),
            "claims": one_of("promotes", "hinders"),
            "elements": text(),
            "links": text(**OPTIONAL),
            **in_languages("rivals"),
        },
        ["id"],
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
