"""One command at a time writes into an evaluation folder, whether or not another was killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.locks import alone
from evaluation.base.whole_changes import finish
from evaluation.base.whole_files import sweep

# what builds work with
STAGED = "reports/.build"
LOCK = f"{STAGED}/lock"
# what builds make
GENERATED = ("data/processed", "reports")


@contextmanager
def working_on(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Be the only command that writes into the folder `root` while the block runs; `say` tells for
    whom it waits.

    What a command that was killed has left is brought to its end, or removed, first.
    """
    with alone(root / LOCK, say):
        finish(root)
        for made in GENERATED:
            sweep(root / made)
        yield
