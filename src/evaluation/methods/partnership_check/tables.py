"""The raw tables of the partnership check, see `methods.partnership_check.scores`."""

from evaluation.project.tables import code_of, one_of, text, whole

# the instrument: the elements of VIVE (2018), Partnerskaber, in their families; the family and
# the name of an element together are its id among the frameworks
FAMILIES = {
    "relational": (
        "relational_prior_experience",
        "relational_trust_respect",
        "relational_personal_relations",
        "relational_negotiation",
        "relational_flexibility_openness",
        "relational_dialogue",
    ),
    "structural": (
        "structural_shared_vision",
        "structural_transparency",
        "structural_time_resources_knowledge",
        "structural_progress",
        "structural_shared_commitment",
        "structural_legitimacy",
        "structural_political_climate",
        "structural_all_stakeholders",
        "structural_cross_sector_leadership",
        "structural_formal_economy",
    ),
    "organisational": (
        "organisational_mandate",
        "organisational_mutual_benefit",
        "organisational_investment",
    ),
}
ELEMENTS = tuple(element for family in FAMILIES.values() for element in family)
# from the lowest; the scale is this library's own
RATINGS = ("1", "2", "3", "4", "5")
DONT_KNOW = "dont_know"

TABLES = {
    "partners": (
        {
            "id": text(),
            "sector": code_of("partnership_check_sector"),
            "named": one_of("true", "false"),
        },
        ["id"],
    ),
    "partner_ratings": (
        {
            "partner": text(),
            "wave": whole(1),
            "element": one_of(*ELEMENTS),
            "rating": one_of(*RATINGS, DONT_KNOW),
        },
        ["partner", "wave", "element"],
    ),
}
