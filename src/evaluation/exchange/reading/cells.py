"""The cells of one question, as the codes, numbers and days that an export has."""

from collections.abc import Iterable

import pandas as pd

from evaluation.base.errors import InputError
from evaluation.exchange.reading.export import Remark
from evaluation.exchange.reading.markup import plain_text
from evaluation.exchange.reading.values import days, numbers

# what programs write for "not asked" in a table of full answers
NOT_ASKED = ("N/A", "n/a")


def coded(column: pd.Series, options: Iterable[tuple[str, str, str]], file: str) -> pd.Series:
    """Cells that hold the codes of a file, or its labels, as option codes.

    options: (code of the file, label, option code). Codes go before labels. Raises InputError
    for a cell that is neither, and for a label that two options share.
    """
    options = list(options)
    by_code = {code: option for code, _, option in options}
    by_label: dict[str, set[str]] = {}
    for _, label, option in options:
        by_label.setdefault(label, set()).add(option)
    found = {"": ""}
    for cell in column.unique():
        labelled = by_label.get(plain_text(cell), set())
        if not cell:
            continue
        if cell in by_code:
            found[cell] = by_code[cell]
        elif len(labelled) == 1:
            found[cell] = next(iter(labelled))
        elif cell in NOT_ASKED:
            found[cell] = ""
        else:
            rule = (
                "two options have this label"
                if labelled
                else f"an answer is one of {', '.join(by_code) or 'no options'}"
            )
            raise InputError(
                file,
                rule,
                "export the codes of the answers" if labelled else "correct the answer",
                row=int(column.index[column == cell][0]),
                column=str(column.name),
                value=cell,
            )
    return column.map(found)


def numeric(column: pd.Series, file: str, remarks: list[Remark]) -> pd.Series:
    """Cells of a number question as numbers with a decimal point.

    Raises InputError for a cell that is none.
    """
    column = column.where(~column.isin(NOT_ASKED), "")
    if (column == "").all():
        return column
    read = numbers(column)
    if read is None:
        wrong = next((cell for cell in column if cell and numbers(pd.Series([cell])) is None), None)
        wrong = wrong or next(cell for cell in column if cell)
        raise InputError(
            file,
            "the answers to this question are numbers, all with the same decimal mark",
            "correct the answer",
            row=int(column.index[column == wrong][0]),
            column=str(column.name),
            value=wrong,
        )
    written, unclear = read
    remarks.extend([Remark(unclear, str(column.name))] if unclear else [])
    return written


def dated(column: pd.Series, remarks: list[Remark]) -> pd.Series:
    """Cells of a date question as 2025-03-31; as they are, with a remark, where that is unclear."""
    column = column.where(~column.isin(NOT_ASKED), "")
    if (column == "").all():
        return column
    written, unclear = days(column) or (column, "day_unclear")
    remarks.extend([Remark(unclear, str(column.name))] if unclear else [])
    return written


def chosen(columns: dict[str, pd.Series], cells: list[pd.Series]) -> pd.DataFrame:
    """One column of True and False per option as "1" and "0".

    cells: what the file has for the options. Who has nothing in any of them gave no answer.
    """
    answered = ~pd.concat(cells, axis=1).isin(["", *NOT_ASKED]).all(axis=1)
    return pd.DataFrame(
        {
            name: column.map({True: "1", False: "0"}).where(answered, "")
            for name, column in columns.items()
        }
    )
