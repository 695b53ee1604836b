"""What earlier renderings made, kept in a folder by what it was made of: whatever comes of the same
again is read instead of made."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from evaluation.base.whole_files import written_whole


def digest(*made_of: Any) -> str:
    """A name for what values of JSON make up together."""
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


class Kept:
    """A folder of results. Those that a rendering did not ask for are forgotten at its end."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._asked: set[str] = set()
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The result of `make` by its name, see `digest`."""
        with self._lock:
            self._asked.add(name)
        path = self._folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            made = make()
        with self._lock, written_whole(path) as partial:
            partial.write_bytes(made)
        return made

    def value(self, name: str, make: Callable[[], Any]) -> Any:
        """As `get`, for values of JSON."""
        return json.loads(self.get(name, lambda: json.dumps(make()).encode()))

    def forget_others(self) -> None:
        for path in self._folder.iterdir():
            if path.name not in self._asked:
                path.unlink(missing_ok=True)
