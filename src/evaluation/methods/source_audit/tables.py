"""Tables of an audit: what a source prints as figures, says of them and adds up."""

from evaluation.project.raw_tables import published
from evaluation.project.tables import one_of, text, whole

OPTIONAL = {"required": False}
CLAIMS = ("same", "cause", "more")

TABLES = {
    "published_figures": published.TABLES["published_figures"],
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
