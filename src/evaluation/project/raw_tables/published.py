"""Tables that hold what a report has published: figures, facts, objectives, themes."""

from evaluation.project.tables import in_languages, one_of, optional, text, whole

OPTIONAL = {"required": False}
SUPPORT = ("supported", "partly", "not_assessable", "contradicted")
VERDICTS = ("achieved", "partly", "reshaped", "not_as_intended", "not_achieved", "open")

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
            **in_languages(),
            "section": text(),
            "page": whole(1),
        },
        ["id"],
    ),
    "data_basis": (
        {
            "id": text(),
            "method": one_of("survey", "interview", "observation"),
            **in_languages(),
            "count": whole(**OPTIONAL),
            "of": text(**OPTIONAL),
            "section": text(),
            "page": whole(1),
            **in_languages("note", **OPTIONAL),
        },
        ["id"],
    ),
    "objectives": (
        {
            "id": text(),
            "part": text(),
            **in_languages("objective"),
            "evidence": text(**OPTIONAL),
            "verdict": one_of(*VERDICTS),
            **in_languages("verdict"),
            "support": one_of(*SUPPORT),
            **in_languages("limits"),
            "section": text(),
            # what is the authors' own reading: the verdict, or the objective too; empty, or
            # missing, where both are the source's
            "ours": optional(one_of("verdict", "objective", required=False)),
        },
        ["id"],
    ),
    "themes": (
        {
            "list": text(),
            "id": text(),
            **in_languages(),
            "section": text(),
            "page": whole(1),
        },
        ["list", "id"],
    ),
}
