"""Ctrl-C and SIGTERM end a command, even where Python loses the exception they raise.

An exception raised while an object is deleted, or while a library in C is imported, is printed
and forgotten, or becomes another one. That it was asked to end is remembered here.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_asked = False


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGINT and SIGTERM while the block runs."""
    global _asked
    _asked = False
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


def check_interrupted() -> None:
    """Raise the KeyboardInterrupt that was lost, if one was."""
    if _asked:
        raise KeyboardInterrupt


def _end(*_: Any) -> None:
    global _asked
    _asked = True
    raise KeyboardInterrupt
