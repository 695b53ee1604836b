"""Pages served to the browser of this machine, each of which loads itself again when it is told to.

Nothing is written into the pages themselves: what is served is the report, with a script that
listens.
"""

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from threading import Condition, Thread
from types import MappingProxyType
from typing import Any, Self

CHANGES = "/.preview/changes"
SCRIPT = "/.preview/script.js"
# the script knows which state of its page it is in
TAG = f'<script src="{SCRIPT}" data-state="STATE" defer></script>'
STATE = "X-State"
# where there is no page yet, what the script has to say is all there is
EMPTY = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head><body></body></html>
"""
QUIET = 15  # seconds after which a listener is told that nothing has changed


class Served:
    """A folder as a website on the machine itself, for as long as the block lasts."""

    def __init__(self, site: Path, port: int):
        self.site = site
        self.version = 0
        self.problem: str | None = None
        self.changed = Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, self))
        self.address = f"http://localhost:{self._server.server_port}/"

    def tell(self, problem: str | None) -> None:
        """Tell every open page that the pages have changed, or what keeps them from it."""
        with self.changed:
            self.version, self.problem = self.version + 1, problem
            self.changed.notify_all()

    def state(self) -> bytes:
        return json.dumps({"version": self.version, "problem": self.problem}).encode()

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, served: Served, *args: Any):
        self.served = served
        super().__init__(*args, directory=str(served.site))

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == CHANGES:
            self._tell_changes()
        elif path == SCRIPT:
            script = resources.files("evaluation.publish").joinpath("templates", "preview.js")
            self._send(script.read_bytes(), "text/javascript")
        elif path.endswith(("/", ".html")):
            self._send_page(path)
        else:
            super().do_GET()

    def _send_page(self, path: str) -> None:
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        page = file.read_bytes() if file.is_file() else EMPTY
        state = sha256(page).hexdigest()
        script = TAG.replace("STATE", state).encode()
        page = page.replace(b"</head>", script + b"</head>", 1)
        self._send(page, "text/html; charset=utf-8", {STATE: state})

    def _send(
        self, content: bytes, kind: str, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _tell_changes(self) -> None:
        """Server-sent events: the state at once, and again whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        said = None
        try:
            while True:
                with self.served.changed:
                    if said == self.served.version:
                        self.served.changed.wait(QUIET)
                    said, state = self.served.version, self.served.state()
                self.wfile.write(b"data: " + state + b"\n\n")
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the page was closed

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass
