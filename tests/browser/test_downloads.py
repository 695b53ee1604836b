"""Every file that the site offers is there, from a server as well, and has something in it."""

from conftest import LANGUAGES

from .visits import paths

OFFERED = """() => [...document.querySelectorAll("a[href]")].map((link) => link.href)
  .filter((address) => address.includes("/downloads/") || address.endsWith(".pdf"))"""


def test_every_offered_file_is_there_and_not_empty(page, site, from_server):
    offered: dict[str, str] = {}
    for path in paths(site):
        page.goto(from_server + path, wait_until="domcontentloaded")
        offered |= dict.fromkeys(page.evaluate(OFFERED), path)
    for address, path in offered.items():
        got = page.request.get(address)
        assert got.ok, f"{path}: {address} is answered with {got.status}"
        assert got.body().strip(), f"{path}: {address} is empty"
    for language in LANGUAGES:
        own = {path for path in offered if path.startswith(f"{from_server}{language}/")}
        assert any(path.endswith(".pdf") for path in own), language
        assert any("/downloads/" in path for path in own), language


def test_a_pdf_is_one_and_a_table_is_read_as_text(page, site, from_server):
    for language in LANGUAGES:
        pdfs = list((site / language).glob("*.pdf"))
        assert len(pdfs) == 2  # the report, and its data and annexes
        for pdf in pdfs:
            got = page.request.get(f"{from_server}{language}/{pdf.name}")
            assert got.headers["content-type"] == "application/pdf"
            assert got.body().startswith(b"%PDF-")
        tables = list((site / language / "downloads").glob("*.csv"))
        assert tables, language
        for table in tables:
            head, *rows = table.read_text("utf-8-sig").splitlines()
            assert head and rows, table.name
