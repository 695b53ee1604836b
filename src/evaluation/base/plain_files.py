"""Reading a file that somebody wrote, which may be anything else at its place."""

from pathlib import Path

from evaluation.base.errors import InputError, not_utf8, unusable

RESTORE = "restore it or correct the path"


def read_text(path: Path, name: str, missing: str = RESTORE) -> str:
    """The text of a file in UTF-8, without a byte order mark and with the line ends of the file.

    name: what messages call it; missing: what to do where it is missing. Raises InputError for
    what is no file that can be read: a missing one, a folder, a pipe, which would never end, a
    file of another user, and for another encoding.
    """
    check_plain(path, name, missing)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(name, error) from None
    except OSError as error:
        raise unusable(error, name, named=True) from None


def check_plain(path: Path, name: str, missing: str = RESTORE) -> None:
    """Raise InputError unless there is a file at `path`."""
    try:
        path.stat()
    except FileNotFoundError:
        raise InputError(name, "the file exists, but it is missing", missing) from None
    except OSError as error:
        raise unusable(error, name, named=True) from None
    if not path.is_file():
        raise InputError(
            name,
            "a file stands here, and no folder, pipe or device",
            "put the file there, and give the other a name of its own",
        )


def there(path: Path) -> bool:
    """Whether a file lies at a path; none does at a name that no system takes, such as one that is
    too long or has a NUL."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
