"""base.plain_files: what stands at the place of a file may be anything."""

import pytest
from mutations import WHOLE
from refusals import refusal, tells

from evaluation.base.plain_files import read_text

NO_TEXT = {
    "it is missing": "the file exists, but it is missing",
    "it is a folder": "a file stands here",
    "it is a pipe": "a file stands here",
    "it is a link to itself": "a link leads to a file",
    "it is a link to nowhere": "the file exists, but it is missing",
    "it is a link to a device without end": "a file stands here",
    "it is in UTF-16": "the file is in UTF-8",
    "it has a letter of Windows": "the file is in UTF-8",
    "it is a picture": "the file is in UTF-8",
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_refused_at_once_under_the_name_of_its_file(tmp_path, name):
    path = tmp_path / "x"
    path.write_text("a: 1\n" * 20, "utf-8")
    WHOLE[name](path)
    tells(refusal(read_text, path, "data/raw/x.yml"), "data/raw/x.yml", NO_TEXT[name])


def test_a_text_has_no_byte_order_mark_and_keeps_its_line_ends(tmp_path):
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfa\r\nb\n")
    assert read_text(tmp_path / "x", "x") == "a\r\nb\n"
