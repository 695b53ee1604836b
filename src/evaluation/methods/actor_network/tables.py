"""The raw tables of the actor network: who takes part, and who says they work with whom."""

from evaluation.project.tables import one_of, text, whole

OPTIONAL = {"required": False}
SECTORS = ("municipality", "association", "business", "institution", "other")
# from 1, the lowest, to 4, the highest
RATING = (1, 4)

TABLES = {
    "actors": (
        {
            "id": text(),
            "sector": one_of(*SECTORS),
            "named": one_of("true", "false"),
            "answered": one_of("true", "false"),
        },
        ["id"],
    ),
    "ties": (
        {
            "from": text(),
            "to": text(),
            "closeness": whole(*RATING),
            "since": whole(1900, 2100, **OPTIONAL),
            "trust": whole(*RATING, **OPTIONAL),
            "value": whole(*RATING, **OPTIONAL),
        },
        ["from", "to"],
    ),
}
