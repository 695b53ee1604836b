"""Every page loads completely, from disk and from a server, and asks nobody else for anything."""

from .visits import paths, troubles

# a picture that cannot be drawn is no error to a browser, but it has no width
UNDRAWN = "() => [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src)"


def test_every_page_loads_without_an_error_or_a_foreign_request(page, site, address):
    found = troubles(page, address)
    for path in paths(site):
        page.goto(address + path, wait_until="load")
        assert page.locator("main").inner_text().strip(), f"{path} shows nothing"
        # else a browser asks the server for one, and tells that there is none
        if not page.locator("link[rel=icon]").count():
            found.append(f"{path}: names no icon")
        found += [f"{path}: not drawn: {source}" for source in page.evaluate(UNDRAWN)]
    assert not found
