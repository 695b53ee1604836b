"""Open answers: the sheet on which people code and approve them, and the names to mask in them."""

from evaluation.project.tables import one_of, text, whole

OPTIONAL = {"required": False}

TABLES = {
    # codes: of the question that has coding_of, separated by ;
    "open_answers": (
        {
            "question": text(),
            "respondent": text(),
            "wave": whole(1),
            "answer": text(),
            "codes": text(**OPTIONAL),
            "approved": one_of("yes", "no", required=False),
        },
        ["question", "respondent", "wave"],
    ),
    "names": ({"name": text()}, ["name"]),
}
