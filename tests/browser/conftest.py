"""Fixtures: the browser, the built site's two addresses, and pages that are closed after a test."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .chromium import executable, launched

# only for what never comes: a busy machine must not fail a test
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; without one they are skipped, but not in CI."""
    if not executable():
        told = "no Chromium is installed (Debian's package chromium): the site is not opened"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="package")
def site(built) -> Path:
    return built / "reports" / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        """Requests are judged by the tests, not logged."""


@pytest.fixture(scope="package")
def from_disk(site) -> str:
    """The address of the site's folder, with a slash at the end."""
    return site.as_uri() + "/"


@pytest.fixture(scope="package")
def from_server(site) -> Iterator[str]:
    """The address of the site on a local web server, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def address(request) -> str:
    """One of the two ways to read the site: the parameter is the name of its fixture."""
    return request.getfixturevalue(request.param)


@contextmanager
def opened_page(
    browser: Browser, width: int = 1440, height: int = 900, **options
) -> Iterator[Page]:
    """A page of a reader's own; options: of a browser context."""
    viewport = {"width": width, "height": height}
    with browser.new_context(viewport=viewport, reduced_motion="reduce", **options) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def new_page(browser) -> Iterator[Callable[..., Page]]:
    """Opens a page that is closed after the test, see `opened_page`."""
    with ExitStack() as opened:
        yield lambda *size, **options: opened.enter_context(opened_page(browser, *size, **options))


@pytest.fixture
def page(new_page) -> Page:
    """A page on a wide screen in a light colour scheme."""
    return new_page()
