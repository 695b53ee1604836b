"""Digests of files: what tells that one has changed."""

import hashlib
import os
from pathlib import Path

from evaluation.base.plain_files import there

OTHER = "no file"


def digest(path: Path) -> str | None:
    """SHA-256 of a file; None where there is none, and words where something else stands there."""
    if not there(path):
        return OTHER if os.path.lexists(path) and not path.is_dir() else None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
