"""The raw table of bridge-building: how many people were reached at each step into a community."""

from evaluation.project.tables import code_of, one_of, text, whole

# the instrument: the steps of the model, see `methods.bridge_building.scores`
STEPS = ("awareness", "accompaniment", "hosting", "community")

TABLES = {
    "bridge_counts": (
        {
            "period": text(),
            "step": one_of(*STEPS),
            "role": code_of("bridge_building_role"),
            "reached": whole(),
            "came_from_before": whole(required=False),
        },
        ["period", "step", "role"],
    ),
}
