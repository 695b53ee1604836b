"""What every refusal of input has in common."""

import pytest

from evaluation.base.errors import InputError


def refusal(call, *arguments, **options) -> str:
    """The message with which `call` refuses its input: one line, with a remedy, for people."""
    with pytest.raises(InputError) as caught:
        call(*arguments, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert ". Remedy: " in message
    for internal in ("np.", "Timestamp", "Traceback", "<NA>", "NodeNG", "ordereddict"):
        assert internal not in message, message
    return message


def tells(message: str, *parts: str) -> bool:
    missing = [part for part in parts if part not in message]
    assert not missing, f"{missing} not told in: {message}"
    return True
