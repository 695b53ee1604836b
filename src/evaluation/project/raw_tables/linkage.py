"""Tables by which quotations are checked for details that point at one unit."""

from evaluation.project.tables import text

OPTIONAL = {"required": False}

TABLES = {
    "units": (
        {"unit": text(), "municipality": text(), "project": text()},
        ["unit", "municipality", "project"],
    ),
    "passages": (
        {
            "id": text(),
            "chapter": text(),
            "municipality": text(**OPTIONAL),
            "project": text(**OPTIONAL),
        },
        ["id"],
    ),
}
