"""What is told of the quotations, looked at again only where something that it rests on changed.

Whom their details point at is slow to find, and an unchanged report tells what it told before.
"""

import hashlib
import json
from pathlib import Path

from evaluation.base.digests import digest
from evaluation.base.whole_files import written_whole
from evaluation.notebook.cachekey import library_digest
from evaluation.project.config import FILE
from evaluation.project.folder import Folder


def warnings(root: Path, memory: Path) -> list[str]:
    """The warnings of `told.warnings` for the folder `root`; none where it has no quotations.

    memory: a file that remembers them. Raises InputError for tables that cannot be used.
    """
    folder = Folder(root)
    if not folder.has_raw("passages"):
        return []
    stamp = _stamp(root)
    try:
        known = json.loads(memory.read_text("utf-8"))
        if known["stamp"] == stamp:
            return known["warnings"]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never looked at, or damaged
    # tables are slow to import
    from evaluation.publish import told

    found = told.warnings(folder)
    memory.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(memory) as partial:
        partial.write_text(json.dumps({"stamp": stamp, "warnings": found}), "utf-8")
    return found


def _stamp(root: Path) -> str:
    """Digest of the library, the configuration and all raw data: a table may refer to others."""
    files = [
        root / FILE,
        *sorted(path for path in (root / "data/raw").rglob("*") if path.is_file()),
    ]
    content = {path.relative_to(root).as_posix(): digest(path) for path in files}
    return hashlib.sha256(json.dumps([library_digest(), content]).encode()).hexdigest()
