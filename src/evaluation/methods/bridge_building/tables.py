"""The raw table of bridge-building: how many people were reached at each step into a community."""

from evaluation.project.tables import one_of, text, whole

STEPS = ("awareness", "accompaniment", "hosting", "community")
ROLES = ("user", "participant", "volunteer")

TABLES = {
    "bridge_counts": (
        {
            "period": text(),
            "step": one_of(*STEPS),
            "role": one_of(*ROLES),
            "reached": whole(),
            "came_from_before": whole(required=False),
        },
        ["period", "step", "role"],
    ),
}
