"""The raw table of the collaboration phases, see `methods.collaboration_phases.scores`."""

from evaluation.project.tables import day, one_of, text

# the instrument: the phases of the model in order (Social- og Boligstyrelsen 2023, chapter 6),
# each with the steps that it advises; the last has none
PHASES = {
    "phases_before_start": (
        "phase_advice_ally",
        "phase_advice_right_entry",
        "phase_advice_mutual_curiosity",
        "phase_advice_complementary_competences",
    ),
    "phases_start_up": (
        "phase_advice_early_involvement",
        "phase_advice_partner_organisation",
        "phase_advice_paid_staff_both_sides",
        "phase_advice_local",
    ),
    "phases_formalisation": (
        "phase_advice_agreement_from_start",
        "phase_advice_management_backing",
        "phase_advice_steering_group",
    ),
    "phases_project_period": (
        "phase_advice_personal_relation",
        "phase_advice_ongoing_dialogue",
    ),
    "phases_anchoring": (),
}

TABLES = {
    "phase_steps": (
        {
            "id": text(),
            "phase": one_of(*PHASES),
            # empty for a step of one's own
            "step": text(required=False),
            "planned": day(required=False),
            "done": day(required=False),
            "evidence": text(required=False),
        },
        ["id"],
    ),
}
