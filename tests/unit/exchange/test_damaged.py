"""Whatever is wrong with a file: it is read, or refused with a message, and nothing else."""

import random

import pytest
from source_packages import sample_of

from evaluation.base.errors import InputError
from evaluation.exchange.reading import limesurvey, refi, spss, xlsform

FILES = {
    "spssio_test.sav": (spss, "savReaderWriter"),
    "zlib_compressed.zsav": (spss, "savReaderWriter"),
    "answers.lss": (limesurvey, "citric"),
    "widgets.xls": (xlsform, "pyxform"),
    "or_other.xlsx": (xlsform, "pyxform"),
    "portableQDA_Atlasti.qdc": (refi, "portableQDA"),
    "nvivo_project.qdpx": (refi, "qualitative-coding"),
}


def outcome(reader, path) -> str:
    try:
        if not reader.recognises(path):
            return "not recognised"
        reader.read(path)
    except InputError as error:
        assert path.name in str(error) and "Remedy: " in str(error)
        return "refused"
    return "read"


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_off_is_refused(tmp_path, name):
    reader, package = FILES[name]
    content = sample_of(package, name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content)
    assert outcome(reader, path) == "read"
    for tenth in range(10):
        path.write_bytes(content[: len(content) * tenth // 10])
        assert outcome(reader, path) in ("refused", "not recognised"), tenth


@pytest.mark.parametrize("name", FILES)
def test_nothing_another_kind_of_file_and_a_folder_are_not_read(tmp_path, name):
    reader, _ = FILES[name]
    path = tmp_path / name
    for content in (b"", b"%PDF-1.7\n1 0 obj", b"<p>a;b</p>", b"navn;alder\nBo;3\n"):
        path.write_bytes(content)
        assert outcome(reader, path) in ("refused", "not recognised"), content
    path.unlink()
    path.mkdir()
    assert outcome(reader, path) == "not recognised"


# the library behind SPSS files is not Python and may not survive every change
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, (reader, _) in FILES.items() if reader != spss])
def test_a_file_with_a_few_wrong_bytes_is_read_or_refused(tmp_path, name):
    reader, package = FILES[name]
    content = sample_of(package, name).read_bytes()
    chance = random.Random(1)
    for _ in range(15):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 5, 20])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / name).write_bytes(damaged)
        outcome(reader, tmp_path / name)
