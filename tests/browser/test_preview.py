"""A previewed page follows what is saved, where the reader was, and shows a mistake as text."""

import urllib.request

import pytest
from playwright.sync_api import expect

from evaluation.publish.serving import Served

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head>
<body><h1>{title}</h1><div style="height: 9000px"></div></body></html>"""


@pytest.fixture
def served(tmp_path):
    site = tmp_path / "site"
    (site / "notebooks").mkdir(parents=True)
    write(site, "First")
    with Served(site, port=0) as running:
        yield running


def write(site, title: str) -> None:
    (site / "notebooks" / "one.html").write_text(PAGE.format(title=title), "utf-8")


@pytest.fixture
def page(browser, served):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}notebooks/one.html")
    yield page
    context.close()


def test_a_page_that_changed_is_loaded_again_where_the_reader_was(page, served):
    expect(page.locator("h1")).to_have_text("First")
    page.evaluate("scrollTo(0, 4000)")
    write(served.site, "Second")
    served.tell(None)
    expect(page.locator("h1")).to_have_text("Second")
    page.wait_for_function("scrollY === 4000")


def test_a_page_that_is_as_it_was_stays(page, served):
    page.evaluate("window.loaded = 1")
    served.tell(None)
    write(served.site, "Second")
    served.tell(None)
    expect(page.locator("h1")).to_have_text("Second")
    assert page.evaluate("window.loaded") is None
    page.evaluate("window.loaded = 2")
    served.tell(None)
    served.tell("a mistake")
    expect(page.get_by_role("alert")).to_have_text("a mistake")
    assert page.evaluate("window.loaded") == 2


def test_a_mistake_is_shown_as_text_until_it_is_mended(page, served):
    served.tell("cell 3: <b>bold</b> <img src=x onerror=alert(1)>")
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("cell 3: <b>bold</b> <img src=x onerror=alert(1)>")
    assert alert.locator("b, img").count() == 0
    expect(page.locator("h1")).to_have_text("First")
    write(served.site, "Mended")
    served.tell(None)
    expect(page.locator("h1")).to_have_text("Mended")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_where_there_is_no_page_yet_the_mistake_is_all_there_is(browser, served):
    served.tell("_quarto.yml: no chapters")
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    expect(page.get_by_role("alert")).to_have_text("_quarto.yml: no chapters")
    context.close()


def test_only_the_machine_itself_is_served_and_only_the_folder(served):
    assert served.address.startswith("http://localhost:")
    for path in ("../secret.txt", "%2e%2e/secret.txt"):
        (served.site.parent / "secret.txt").write_text("secret", "utf-8")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{served.address}{path}")
