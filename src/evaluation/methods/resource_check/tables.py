"""The raw table of the resource check, see `methods.resource_check.scores`."""

from evaluation.project.tables import code_of, one_of, text, whole

# the instrument: the topics of Dansk Flygtningehjælp (2017), the KEM project
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
# from the lowest; the scale is this library's own
LEVELS = ("not_started", "begun", "in_place", "in_use")

TABLES = {
    "resource_checks": (
        {
            "unit": text(),
            "side": code_of("resource_check_side", exactly=2),
            "wave": whole(1),
            "topic": one_of(*TOPICS),
            "level": one_of(*LEVELS),
        },
        ["unit", "wave", "topic"],
    ),
}
