"""Tables that hold what a report has published: figures, facts, objectives, statements."""

from evaluation.project.tables import one_of, text, whole

OPTIONAL = {"required": False}
CLAIMS = ("same", "cause", "more")
SUPPORT = ("supported", "partly", "not_assessable", "contradicted")
VERDICTS = ("achieved", "partly", "reshaped", "not_achieved", "open")

TABLES = {
    "published_figures": (
        {
            "question": text(),
            "option": text(),
            "percent": whole(0, 100, **OPTIONAL),
            "count": whole(**OPTIONAL),
            "n": whole(1),
            "basis": one_of("printed", "implied", "note"),
            "section": text(),
            "page": whole(1),
        },
        ["question", "option"],
    ),
    "facts": (
        {
            "id": text(),
            "value": whole(),
            "approximate": one_of("true", "false"),
            "da": text(),
            "en": text(),
            "section": text(),
            "page": whole(1),
        },
        ["id"],
    ),
    "data_basis": (
        {
            "id": text(),
            "method": one_of("survey", "interview", "observation"),
            "da": text(),
            "en": text(),
            "count": whole(**OPTIONAL),
            "of": text(**OPTIONAL),
            "section": text(),
            "page": whole(1),
            "note_da": text(**OPTIONAL),
            "note_en": text(**OPTIONAL),
        },
        ["id"],
    ),
    "objectives": (
        {
            "id": text(),
            "part": text(),
            "objective_da": text(),
            "objective_en": text(),
            "evidence": text(**OPTIONAL),
            "verdict": one_of(*VERDICTS),
            "verdict_da": text(),
            "verdict_en": text(),
            "support": one_of(*SUPPORT),
            "limits_da": text(),
            "limits_en": text(),
            "section": text(),
        },
        ["id"],
    ),
    "themes": (
        {
            "list": text(),
            "id": text(),
            "da": text(),
            "en": text(),
            "section": text(),
            "page": whole(1),
        },
        ["list", "id"],
    ),
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
    "statements": (
        {
            "id": text(),
            "section": text(),
            "page": whole(1),
            "paraphrase_da": text(),
            "paraphrase_en": text(),
            "quantifier": text(**OPTIONAL),
            "indicator": text(**OPTIONAL),
            "claim": one_of(*CLAIMS),
            "note_da": text(**OPTIONAL),
            "note_en": text(**OPTIONAL),
        },
        ["id"],
    ),
    "totals": (
        {
            "list": text(),
            "id": text(),
            "kind": one_of("total", "part"),
            "document": text(),
            "da": text(),
            "en": text(),
            "found": whole(**OPTIONAL),
            "value": whole(),
            "section": text(),
            "page": whole(1),
        },
        ["list", "id"],
    ),
}
