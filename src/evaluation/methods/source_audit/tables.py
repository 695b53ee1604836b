"""Tables of an audit: what a source prints as figures, says of them and adds up."""

from evaluation.project.raw_tables import published
from evaluation.project.tables import in_languages, one_of, optional, text, whole

OPTIONAL = {"required": False}
TRANSLATED = {
    name: optional(column) for name, column in in_languages("quantifier", **OPTIONAL).items()
}
CLAIMS = ("same", "cause", "more")
# what does not go together in a document, other than figures, their words and totals
DISCREPANCIES = (
    "contradiction",
    "beyond",
    "number",
    "omission",
    "naming",
    "numbering",
    "reference",
)

TABLES = {
    "published_figures": published.TABLES["published_figures"],
    "statements": (
        {
            "id": text(),
            "section": text(),
            "page": whole(1),
            **in_languages("paraphrase"),
            "quantifier": text(**OPTIONAL),
            # the same in the language of an edition, where that is not the source's
            **TRANSLATED,
            "indicator": text(**OPTIONAL),
            "claim": one_of(*CLAIMS),
            **in_languages("note", **OPTIONAL),
        },
        ["id"],
    ),
    "totals": (
        {
            "list": text(),
            "id": text(),
            "kind": one_of("total", "part"),
            "document": text(),
            **in_languages(),
            "found": whole(**OPTIONAL),
            "value": whole(),
            "section": text(),
            "page": whole(1),
        },
        ["list", "id"],
    ),
    # sections and pages are separated by ;
    "discrepancies": (
        {
            "id": text(),
            "document": text(),
            "section": text(),
            "page": text(**OPTIONAL),
            "kind": one_of(*DISCREPANCIES),
            **in_languages(),
        },
        ["id"],
    ),
}
