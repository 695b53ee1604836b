"""One command at a time writes into an evaluation folder, whether or not another was killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.base.locks import alone, unchanged
from evaluation.base.whole_changes import finish, is_unfinished, sweep_undecided
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
        sweep_undecided(root)
        for made in GENERATED:
            sweep(root / made)
        yield


def bring_to_end(root: Path, say: Callable[[str], None]) -> None:
    """Bring to its end what a command was killed in the middle of, so that what is read in the
    folder `root` is of before or of after; `say` tells for whom it waits."""
    sweep_undecided(root)
    if is_unfinished(root):
        with working_on(root, say):
            pass


@contextmanager
def reading(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Have no other command write into the folder `root` while the block runs; `say` tells for
    whom it waits."""
    bring_to_end(root, say)
    with unchanged(root / LOCK, say):
        yield
