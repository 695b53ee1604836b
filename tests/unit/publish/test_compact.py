"""A compacted PDF is the same document in fewer bytes."""

import io

import pytest
import typst
from pypdf import PdfReader

from evaluation.publish.embedded.compact import compact, compact_all

SOURCE = """
#set document(title: "Prøve")
#set text(lang: "da")
#set heading(numbering: "1")
= Kapitel æøå
#for i in range(60) [
  #table(columns: 3, table.header[A][B][C], ..range(30).map(j => [#(i * j)]))
]
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    source = tmp_path_factory.mktemp("typst") / "long.typ"
    source.write_text(SOURCE, "utf-8")
    return typst.compile(str(source), pdf_standards=["ua-1", "a-2a"], timestamp=0)


def read(document):
    return PdfReader(io.BytesIO(document))


@pytest.mark.slow
def test_it_is_much_smaller(document):
    assert len(compact(document)) < len(document) / 3


@pytest.mark.slow
def test_its_bytes_depend_on_the_document_alone(document):
    assert compact(document) == compact(document)
    assert compact(compact(document)) == compact(document)


@pytest.mark.slow
def test_the_text_the_outline_and_the_metadata_stay(document):
    before, after = read(document), read(compact(document))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]
    assert [entry.title for entry in after.outline] == [entry.title for entry in before.outline]
    assert after.metadata == before.metadata
    assert (
        after.root_object["/Metadata"].get_data() == before.root_object["/Metadata"].get_data()
    ), "the standards are declared there"


@pytest.mark.slow
def test_the_tags_stay(document):
    assert tags(read(compact(document)).root_object["/StructTreeRoot"]) == tags(
        read(document).root_object["/StructTreeRoot"]
    )


def tags(element):
    """The tree of tags below an element of the structure."""
    below = element.get("/K", [])
    below = below if isinstance(below, list) else [below]
    children = [child.get_object() for child in below]
    return (
        element.get("/S"),
        [tags(child) for child in children if isinstance(child, dict) and "/S" in child],
    )


@pytest.mark.slow
def test_every_pdf_of_a_folder_is_compacted_and_nothing_else(document, tmp_path):
    (tmp_path / "report.pdf").write_bytes(document)
    (tmp_path / "index.html").write_text("<p>", "utf-8")
    compact_all(tmp_path)
    assert (tmp_path / "report.pdf").read_bytes() == compact(document)
    assert (tmp_path / "index.html").read_text("utf-8") == "<p>"
