"""The one way to tell a user that input cannot be used."""

from collections.abc import Callable
from pathlib import Path


class InputError(Exception):
    """Input that its author can mend.

    The message is complete on its own: which file, where in it, what was found, which rule
    it breaks and what to do. `row` is a line number, or words that tell the place. A rule says
    what holds where the input is right; the message calls it a rule that was broken, or it
    would read as what was found. The command line prints the message without a traceback, masked,
    and exits with 2. The parts of the message are attributes of the same names.
    """

    def __init__(
        self,
        file: str | Path,
        rule: str,
        remedy: str,
        *,
        row: int | str | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        self.file, self.rule, self.remedy = str(file), rule, remedy
        self.row, self.column, self.value = row, column, value
        super().__init__(self.told(repr))

    def told(self, shown: Callable[[object], str], text: Callable[[str], str] = str) -> str:
        """The message with the value as `shown` gives it, and its other words as `text` does.

        What was received from another process has no parts, and is `text` as a whole.
        """
        if not hasattr(self, "rule"):
            return text(str(self))
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}" if isinstance(self.row, int) else text(self.row))
        if self.column is not None:
            place.append(f"column {text(self.column)}")
        found = "" if self.value is None else f" Found: {shown(self.value)}."
        rule, remedy = text(self.rule), text(self.remedy)
        return f"Rule broken in {', '.join(place)}: {rule}.{found} Remedy: {remedy}."

    @classmethod
    def passed_on(cls, message: str) -> "InputError":
        """The same refusal, received as text from another process."""
        error = cls.__new__(cls)
        Exception.__init__(error, message)
        return error


def not_utf8(file: str | Path, error: UnicodeDecodeError) -> InputError:
    """The refusal of a file in another encoding, with the row of the first foreign byte."""
    return InputError(
        file,
        "the file is in UTF-8",
        "save it as UTF-8 (it looks like an older Windows encoding)",
        row=error.object[: error.start].count(b"\n") + 1,
        value=error.object[error.start : error.start + 8],
    )
