"""The raw tables of meetings and grants, see `methods.meetings_grants.scores`."""

from evaluation.project.tables import day, one_of, text, whole

KINDS = ("network_day", "course", "working_meeting", "public_event", "other")

TABLES = {
    "meetings": (
        {"id": text(), "date": day(), "kind": one_of(*KINDS), "host": text(required=False)},
        ["id"],
    ),
    "attendance": ({"meeting": text(), "actor": text()}, ["meeting", "actor"]),
    "grants": (
        {
            "id": text(),
            "actor": text(),
            "theme": text(),
            "amount": whole(1),
            "date": day(),
        },
        ["id"],
    ),
}
