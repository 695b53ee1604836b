"""Digests of files: what tells that one has changed."""

import hashlib
from pathlib import Path

from evaluation.base.plain_files import there


def digest(path: Path) -> str | None:
    """SHA-256 of a file; None where there is none."""
    if not there(path):
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
