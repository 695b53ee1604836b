"""Python without a network: put on the path of a process, this refuses and tells every connection.

Sockets in the file system, by which a build talks to its kernels, are none.
"""

import os
import sys

CONNECTING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in CONNECTING:
        return
    address = arguments[-1] if event == "socket.connect" else arguments[0]
    if event == "socket.connect" and not isinstance(address, tuple):
        return
    with open(os.environ["CONNECTIONS"], "a", encoding="utf-8") as told:
        told.write(f"{event} {address}\n")
    raise OSError("there is no network")


sys.addaudithook(_refuse)
