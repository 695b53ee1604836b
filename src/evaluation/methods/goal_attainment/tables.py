"""The raw table of goal attainment: how far each unit attained each goal, wave by wave."""

from evaluation.project.tables import code_of, decimal, text, whole

TABLES = {
    # level: -2 much less than expected, 0 as expected, 2 much more than expected (Kiresuk and
    # Sherman 1968)
    "goal_levels": (
        {
            "unit": text(),
            "goal": code_of("goal_attainment_name"),
            "wave": whole(1),
            "level": whole(-2, 2),
            "weight": decimal(),
        },
        ["unit", "goal", "wave"],
    ),
}
