"""What a method asks of whole raw tables, as `evaluation check` asks it of a folder."""

from collections.abc import Callable

from evaluation.project.folder import Folder

Rule = Callable[[Folder], None]


def of_tables(rule: Callable[..., None], *names: str) -> Rule:
    """A rule on some raw tables as a rule on a folder; one that lacks a table is not asked.

    rule: takes the tables in the order of `names`, and raises InputError for what is wrong.
    """

    def ask(folder: Folder) -> None:
        if all(map(folder.has_raw, names)):
            rule(*map(folder.read_raw, names))

    return ask
