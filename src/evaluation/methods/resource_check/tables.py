"""The raw table of the resource check, see `methods.resource_check.scores`."""

from evaluation.project.tables import one_of, text, whole

SIDES = ("association", "municipality")
TOPICS = (
    "vision",
    "strategy",
    "action_plan",
    "fundraising",
    "leadership_roles",
    "cooperation_plan",
    "budget_accounts",
    "monitoring_evaluation",
)
# from the lowest
LEVELS = ("not_started", "begun", "in_place", "in_use")

TABLES = {
    "resource_checks": (
        {
            "unit": text(),
            "side": one_of(*SIDES),
            "wave": whole(1),
            "topic": one_of(*TOPICS),
            "level": one_of(*LEVELS),
        },
        ["unit", "wave", "topic"],
    ),
}
