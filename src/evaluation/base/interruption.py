"""Ctrl-C and SIGTERM end a command, even where Python loses the exception they raise.

An exception raised while an object is deleted, or while a library in C is imported, is printed
and forgotten, or becomes another one. That it was asked to end is remembered here.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

_asked = False
# blocks that are not to be cut short, one in the other
_whole = 0


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGINT and SIGTERM while the block runs."""
    global _asked, _whole
    _asked, _whole = False, 0
    # one that is ignored, as by a shell for what it starts in the background, stays so
    numbers = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) is not signal.SIG_IGN
    ]
    before = {number: signal.signal(number, _end) for number in numbers}
    told = sys.unraisablehook
    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else told(lost)
    try:
        yield
    except Exception:
        check_interrupted()
        raise
    finally:
        _asked = False
        sys.unraisablehook = told
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def not_cut_short() -> Iterator[None]:
    """Let a block come to its end first, such as one that cleans up after an interruption.

    Whoever asks twice is asked to wait for it. A block that ended without an error is followed by
    the interruption that came meanwhile.
    """
    global _whole
    if current_thread() is not main_thread():  # no other is interrupted
        yield
        return
    before, _whole = _asked, _whole + 1
    try:
        yield
    finally:
        _whole -= 1
    if _asked and not before and not _whole:
        raise KeyboardInterrupt


def check_interrupted() -> None:
    """Raise the KeyboardInterrupt that was lost, if one was."""
    if _asked:
        raise KeyboardInterrupt


def _end(*_: Any) -> None:
    global _asked
    _asked = True
    if not _whole:
        raise KeyboardInterrupt
