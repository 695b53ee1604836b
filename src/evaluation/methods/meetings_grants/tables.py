"""The raw tables of meetings and grants, see `methods.meetings_grants.scores`."""

from evaluation.project.tables import code_of, day, text, whole

TABLES = {
    "meetings": (
        {
            "id": text(),
            "date": day(),
            "kind": code_of("meetings_grants_kind"),
            "host": text(required=False),
        },
        ["id"],
    ),
    "attendance": ({"meeting": text(), "actor": text()}, ["meeting", "actor"]),
    "grants": (
        {
            "id": text(),
            "actor": text(),
            "theme": code_of("meetings_grants_theme"),
            "amount": whole(1),
            "date": day(),
        },
        ["id"],
    ),
}
