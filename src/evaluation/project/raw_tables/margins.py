"""What is known of everybody who could have answered, and how many each respondent stands for."""

from evaluation.project.tables import decimal, text, whole

TABLES = {
    # how many of the population gave each answer to a background question, from a register
    "margins": ({"question": text(), "option": text(), "count": whole(1)}, ["question", "option"]),
    # of how a sample was drawn: how many of the population a respondent was drawn for
    "weights": (
        {"respondent": text(), "wave": whole(1), "weight": decimal()},
        ["respondent", "wave"],
    ),
}
