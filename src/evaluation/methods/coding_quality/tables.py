"""The raw tables of coding quality: which codes each coder gave to each unit of the material."""

from evaluation.project.tables import code_of, text

TABLES = {
    # one row a unit, in the order in which the cases were analysed; case is whom or what it is
    # about, coders are those who read it, separated by ;
    "coding_units": ({"unit": text(), "case": text(), "coders": text()}, ["unit"]),
    "codings": (
        {"unit": text(), "coder": text(), "code": code_of("coding_quality_code")},
        ["unit", "coder", "code"],
    ),
}
