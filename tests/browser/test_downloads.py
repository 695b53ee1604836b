"""A file to download is what its name says, also from a server."""

from conftest import LANGUAGES


def test_a_pdf_is_one_and_a_table_is_read_as_text(page, site, from_server):
    for language in LANGUAGES:
        pdfs = list((site / language).glob("*.pdf"))
        assert len(pdfs) == 3  # the report, its page, and its data and annexes
        for pdf in pdfs:
            got = page.request.get(f"{from_server}{language}/{pdf.name}")
            assert got.headers["content-type"] == "application/pdf"
            assert got.body().startswith(b"%PDF-")
        tables = list((site / language / "downloads").glob("*.csv"))
        assert tables, language
        for table in tables:
            head, *rows = table.read_text("utf-8-sig").splitlines()
            assert head and rows, table.name
