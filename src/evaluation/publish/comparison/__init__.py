"""What changed between two published editions of a report, number by number.

Only what is published is read: the number ledger that each edition offers. A page of what changed
therefore tells nothing that its readers could not find out.
"""

from pathlib import Path

from evaluation.base.errors import InputError
from evaluation.base.spreadsheets import write_csv
from evaluation.base.whole_folders import check_nothing_there, made_whole
from evaluation.language.texts import LANGUAGES
from evaluation.publish.comparison import ledgers
from evaluation.publish.comparison.page import page

__all__ = ["compare"]


def compare(old: Path, new: Path, target: Path) -> list[str]:
    """Write what changed from one edition to the next into the folder `target`: a page and a CSV
    file for each language that both have. Returns a line for each, with its counts.

    old, new: evaluation folders that have been built, or copies of their published sites. Raises
    InputError where `target` holds something, and where one of them has no number ledger, or
    both have none in the same language.
    """
    check_nothing_there(target)
    editions = [ledgers.of_editions(folder) for folder in (old, new)]
    both = [language for language in LANGUAGES if all(language in each for each in editions)]
    if not both:
        raise InputError(
            new,
            f"both reports have an edition in the same language, as {', '.join(editions[0])}",
            "build the edition that is missing",
            value=", ".join(editions[1]),
        )
    lines = []
    with made_whole(target) as made:
        for language in both:
            before, after = (each[language] for each in editions)
            changed, same = ledgers.changes(before, after)
            write_csv(changed, made / f"{language}.csv")
            (made / f"{language}.html").write_text(page(changed, same, language), "utf-8")
            lines.append(f"{language}: {_counts(changed['change'].tolist(), same)}")
    return lines


def _counts(kinds: list[str], same: int) -> str:
    counts = [f"{kind} {kinds.count(kind)}" for kind in ledgers.KINDS]
    return ", ".join([*counts, f"as it was {same}"])
