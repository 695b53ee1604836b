"""exchange.reading.recognise: the format is known by the content, and whatever is none is named."""

import bz2
import gzip
import lzma
import zipfile

import pandas as pd
import pyreadstat
import pytest
from exports import write_workbook, written
from refusals import refusal, tells
from source_packages import samples
from test_surveyxact import write_trio

from evaluation.exchange.reading.recognise import READERS, read_export

ROWS = [["sted", "alder"], ["Nord", "3"], ["Syd", "4"]]


@pytest.mark.slow
def test_the_name_of_a_file_tells_nothing(tmp_path):
    text = tmp_path / "svar.xlsx"
    text.write_bytes(written(ROWS, ";", "utf-8"))
    book = write_workbook(tmp_path / "bog.xlsx", {"x": ROWS}).rename(tmp_path / "svar.csv")
    without = tmp_path / "svar"
    without.write_bytes(written(ROWS, "\t", "utf-16"))
    found = [read_export(path) for path in (text, book, without)]
    assert all(list(export.responses["sted"]) == ["Nord", "Syd"] for export in found)


@pytest.mark.slow
def test_an_export_is_read_by_the_reader_of_its_format(tmp_path):
    assert read_export(write_trio(tmp_path / "a", ",", "utf-8")).format == "SurveyXact"
    path = tmp_path / "svar.csv"
    path.write_bytes(written(ROWS, ",", "utf-8"))
    assert read_export(path).format == "CSV"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "a Word file of the old format"),
        (b"PK\x03\x04 and no end", "a damaged ZIP archive"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b'{"SurveyEntry": {"SurveyID": "SV_1"}}', "a survey of Qualtrics without its answers"),
        (b"<html><body>a;b</body></html>", "HTML or XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "HTML or XML"),
        (b"<?xml version='1.0'?><document><LimeSurveyDocType>Group<", "a part of a survey"),
        (b'{"a": 1, "b": 2}', "JSON"),
        (b"", "an empty file"),
        (b"en linje prosa uden tegn", "no table"),
        (b"Navn;Svar\nBo;\x81\x8d\n", "text in an encoding that is not known"),
    ],
)
def test_content_that_no_reader_knows_is_named_with_what_is_read(tmp_path, content, found):
    path = tmp_path / "svar.csv"
    path.write_bytes(content)
    tells(refusal(read_export, path), "svar.csv", found, "SurveyXact", "Excel", "Remedy: ")


@pytest.mark.parametrize("opener", [open, gzip.open, bz2.open, lzma.open])
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"X\n\0\0\0\3\0\4", "an object of R (.rds)"),
        (b"A\n3\n262402\n", "an object of R (.rds)"),
        (b"RDX3\nX\n\0\0\0\3", "data of R (.RData)"),
    ],
)
def test_files_of_r_are_refused_by_name_with_the_way_out(tmp_path, opener, content, found):
    path = tmp_path / "svar.rds"
    with opener(path, "wb") as stream:
        stream.write(content)
    tells(refusal(read_export, path), found, "haven::write_sav(", "'answers.sav'")
    # what the remedy gives
    pyreadstat.write_sav(pd.DataFrame({"x": [1.0, 2.0]}), tmp_path / "answers.sav")
    assert len(read_export(tmp_path / "answers.sav").responses) == 2


@pytest.mark.slow
def test_real_files_of_r_are_refused_by_name():
    files = samples("rdata", ".rds", ".rda")
    for path in files.values():
        tells(refusal(read_export, path), "R", "haven::write_sav(")
    assert len(files) > 50


@pytest.mark.slow
def test_an_archive_is_refused_with_what_is_in_it_and_the_remedy_works(tmp_path):
    path = tmp_path / "svar.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Svar.csv", written(ROWS, ",", "utf-8"))
    tells(refusal(read_export, path), "a ZIP archive with Svar.csv", "Remedy: unpack it")
    zipfile.ZipFile(path).extractall(tmp_path / "pakket ud")
    assert len(read_export(tmp_path / "pakket ud").responses) == 2
    packed = tmp_path / "svar.csv.gz"
    packed.write_bytes(gzip.compress(written(ROWS, ",", "utf-8")))
    tells(refusal(read_export, packed), "a compressed file", "Remedy: unpack it")
    packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
    assert len(read_export(packed.with_suffix("")).responses) == 2


def test_a_folder_that_is_no_export_is_refused_with_what_is_in_it(tmp_path):
    tells(refusal(read_export, tmp_path), "an empty folder")
    for name in ("svar.csv", "andre.csv"):
        (tmp_path / name).write_bytes(written(ROWS, ",", "utf-8"))
    tells(refusal(read_export, tmp_path), "andre.csv, svar.csv", "a folder holds one export")


def test_a_folder_that_holds_one_file_is_read_past_what_programs_write_beside_it(tmp_path):
    (tmp_path / "svar.csv").write_bytes(written(ROWS, ",", "utf-8"))
    for lock in ("~$svar.xlsx", ".~lock.svar.csv#", ".DS_Store"):
        (tmp_path / lock).write_bytes(b"\x05Bo")
    assert len(read_export(tmp_path).responses) == 2
    message = refusal(read_export, tmp_path / ".~lock.svar.csv#")
    named = next(name for name in message.split() if name.rstrip(",") == "svar.csv")
    assert len(read_export(tmp_path / named.rstrip(",")).responses) == 2


def test_a_path_that_is_not_there_is_refused(tmp_path):
    tells(refusal(read_export, tmp_path / "væk.csv"), "væk.csv", "is missing")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_no_reader_stumbles_over_the_files_of_others(tmp_path, reader):
    for position, content in enumerate([b"", b"\0", b"PK\x03\x04", b"\xff\xfe", b"<a", b"a;b\n1"]):
        path = tmp_path / f"{position}.csv"
        path.write_bytes(content)
        assert reader.recognises(path) in (True, False)
    assert reader.recognises(tmp_path) in (True, False)
