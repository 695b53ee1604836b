"""The one way to tell a user that input cannot be used."""

import errno
import re
from collections.abc import Callable
from pathlib import Path

# line ends, and what a terminal would obey
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# letters that a message shows of a value, and of a rule that lists what there is
MOST_OF_A_VALUE, MOST_OF_A_RULE = 200, 600


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
        place = [few(self.file)]
        if self.row is not None:
            place.append(f"row {self.row}" if isinstance(self.row, int) else few(text(self.row)))
        if self.column is not None:
            place.append(f"column {few(text(self.column))}")
        found = "" if self.value is None else f" Found: {few(shown(self.value))}."
        rule, remedy = text(few(self.rule, MOST_OF_A_RULE)), text(few(self.remedy, MOST_OF_A_RULE))
        return f"Rule broken in {', '.join(place)}: {rule}.{found} Remedy: {remedy}."

    @classmethod
    def passed_on(cls, message: str) -> "InputError":
        """The same refusal, received as text from another process."""
        error = cls.__new__(cls)
        Exception.__init__(error, message)
        return error


def unobeyed(text: str) -> str:
    """Lines as a terminal shows them, without what it would obey: names of files hold that too."""
    return "\n".join(CONTROL.sub(" ", line) for line in text.split("\n"))


def few(text: str, most: int = MOST_OF_A_VALUE) -> str:
    """A text that somebody can read on a line: of a long one its beginning, and how long it is."""
    line = CONTROL.sub(" ", text)
    return line if len(line) <= most else f"{line[:most]} … ({len(line):,} letters in all)"


def not_utf8(file: str | Path, error: UnicodeDecodeError) -> InputError:
    """The refusal of a file in another encoding, with the row of the first foreign byte."""
    return InputError(
        file,
        "the file is in UTF-8",
        "save it as UTF-8 (it looks like an older Windows encoding)",
        row=error.object[: error.start].count(b"\n") + 1,
        value=error.object[error.start : error.start + 8],
    )


# what the system may answer, the rule that it breaks, and what its owner can do
NO_ROOM = ("there is room for what is written", "free some space on the disk, and run it again")
NO_RIGHT = (
    "the command may read and write this",
    "give yourself the right to it, or use a folder of your own",
)
ANSWERS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), NO_ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), NO_RIGHT),
    errno.ENOENT: ("what the command reads and writes stays where it is", "restore it"),
    errno.ELOOP: ("a link leads to a file", "remove the link, and put the file there"),
    errno.EISDIR: ("a file stands where a file is read", "remove the folder, or rename it"),
    errno.ENOTDIR: ("a folder stands where files are read", "remove the file, or rename it"),
    errno.ENAMETOOLONG: ("a name is as short as the system wants it", "give it a shorter name"),
}
OTHERWISE = ("the system does what a command asks of it", "mend what it names, and run it again")


def unusable(error: OSError, place: str | Path, *, named: bool = False) -> InputError:
    """What the system did not do, as a refusal.

    place: the file or folder where the error names none, or, where it is `named`, in any case.
    """
    rule, remedy = ANSWERS.get(error.errno or 0, OTHERWISE)
    file = place if named else error.filename2 or error.filename or place
    said = error.strerror or type(error).__name__
    return InputError(str(file), f"{rule}, but: {said}", remedy)
