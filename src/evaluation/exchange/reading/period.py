"""When the answers of an export were given, by the days that its program recorded."""

from datetime import date

from evaluation.exchange.reading.export import Export
from evaluation.exchange.reading.placing.vocabulary import is_wholly, words
from evaluation.exchange.reading.values import days


def period(export: Export) -> tuple[date, date] | None:
    """The first and the last day of the answers; None where the export does not tell.

    export: whose columns beside the questions may be days, such as those of beginning and end.
    """
    found = []
    for column, cells in export.background.items():
        if is_wholly(words(str(column)), "technical") != "period":
            continue
        read = days(cells.astype(str))
        if read is not None and read[1] is None:
            found += [date.fromisoformat(day) for day in read[0] if day]
    return (min(found), max(found)) if found else None
