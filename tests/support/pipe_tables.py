"""Reading pipe tables back."""

import re


def cells(table) -> list[list[str]]:
    """Rows of a pipe table, unescaped."""
    lines = [line for line in table.source.split("\n") if line.startswith("| ")]
    split = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in lines]
    return [[re.sub(r"\\(.)", r"\1", cell) for cell in row] for row in split]
