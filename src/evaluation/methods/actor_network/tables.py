"""The raw tables of the actor network: who takes part, and who says they work with whom."""

from evaluation.project.tables import code_of, one_of, text, whole

OPTIONAL = {"required": False}
# from 1, the lowest, to 4, the highest; the scale is this library's own
RATING = (1, 4)

TABLES = {
    "actors": (
        {
            "id": text(),
            "sector": code_of("actor_network_sector"),
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
