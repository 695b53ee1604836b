"""Addresses of machines in a network: IP of both versions, and of a device (MAC)."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "network_address"
FOUR = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
SIX = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{6,45}(?:\.\d{1,3}){0,3}(?![\w:])")
DEVICE = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])"
)
NUMBERED = re.compile(rf"(?:(?<!\w)|(?<=\d)){any_of('numbered')}\W{{0,3}}$", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """Addresses of machines in a plain text."""
    for match in FOUR.finditer(text):
        if _is(IPv4Address, match.group()) and not NUMBERED.search(text[: match.start()]):
            yield Found(KIND, match.start(), match.end())
    for match in SIX.finditer(text):
        if _is(IPv6Address, match.group()):
            yield Found(KIND, match.start(), match.end())
    for match in DEVICE.finditer(text):
        yield Found(KIND, match.start(), match.end())


def _is(kind: type[IPv4Address] | type[IPv6Address], written: str) -> bool:
    try:
        kind(written)
    except AddressValueError:
        return False
    return True
