"""notebook.warm: forked kernels are as good as new ones."""

import ast
import atexit
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from conftest import REPOSITORY
from nbformat.v4 import new_code_cell, new_notebook

from evaluation.base.errors import InputError
from evaluation.base.locks import locked
from evaluation.base.scratch import OWNED, scratch
from evaluation.notebook.execute import execute
from evaluation.notebook.warm import provisioner
from evaluation.notebook.warm.forge import PRELOADED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]

# all that is imported beforehand may change what all others see, such as filters of warnings
PROBE = (
    "import "
    + ", ".join(PRELOADED)
    + """
import builtins, decimal, logging, os, random, signal, sys, warnings
{
    "globals": "left" in globals(),
    "builtins": hasattr(builtins, "left"),
    "modules": hasattr(numpy, "left") or "left" in sys.modules,
    "environment": "LEFT" in os.environ,
    "directory": os.path.basename(os.getcwd()),
    "random": (random.random(), numpy.random.rand()),
    "rcParams": matplotlib.rcParams["axes.titlesize"],
    "backend": matplotlib.rcParams["backend"],
    "pandas": pandas.get_option("display.max_rows"),
    "numpy": numpy.get_printoptions()["precision"],
    "decimal": decimal.getcontext().prec,
    "logging": logging.getLogger().level,
    "signals": str(signal.getsignal(signal.SIGUSR1)),
    "mask": os.umask(0o22),
    "limits": sys.getrecursionlimit(),
    "warnings": len(warnings.filters),
    "path": sys.path,
    "arguments": [os.path.basename(argument) for argument in sys.argv[:2]],
    "threads": os.environ["OMP_NUM_THREADS"],
}"""
)
LEAVE = """
import builtins, decimal, logging, os, random, signal, sys, types, warnings
import matplotlib, numpy, pandas
left = builtins.left = numpy.left = True
sys.modules["left"] = types.ModuleType("left")
os.environ["LEFT"] = "yes"
os.chdir("/")
random.seed(1); numpy.random.seed(1)
matplotlib.rcParams["axes.titlesize"] = 99
pandas.set_option("display.max_rows", 7)
numpy.set_printoptions(precision=3)
decimal.getcontext().prec = 5
logging.getLogger().setLevel(logging.DEBUG)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
os.umask(0o77)
sys.setrecursionlimit(5000)
warnings.simplefilter("ignore")
sys.path.append("/left")"""
CHANGED = ("globals", "builtins", "modules", "environment", "directory", "rcParams", "pandas")
CHANGED += ("numpy", "decimal", "logging", "signals", "mask", "limits")
CHANGED += ("warnings", "path")
FIGURE = """import matplotlib.pyplot as plt
figure, axes = plt.subplots()
_ = axes.plot([1, 3, 2])
axes.set_title("æøå")"""


def run(root, *cells: str, name: str = "one"):
    """An executed notebook with these cells."""
    (root / "notebooks").mkdir(exist_ok=True)
    (root / "evaluation.yml").touch()
    source, target = root / f"notebooks/{name}.ipynb", root / f"{name}.ipynb"
    made = new_notebook(cells=[new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)])
    nbformat.write(made, source)
    execute(source, target, {})
    return nbformat.read(target, as_version=4)


def value(notebook, cell: int = -1):
    return ast.literal_eval(notebook.cells[cell].outputs[0]["data"]["text/plain"])


@pytest.fixture
def cold(monkeypatch):
    monkeypatch.setenv(provisioner.SWITCH, "0")


def parent(notebook) -> int:
    return value(notebook)


def test_a_kernel_is_forked_and_a_cold_one_is_not(tmp_path, monkeypatch):
    cell = "import os\nos.getppid()"
    assert parent(run(tmp_path, cell)) != os.getpid()
    monkeypatch.setenv(provisioner.SWITCH, "0")
    assert parent(run(tmp_path, cell)) == os.getpid()


def test_nothing_of_a_kernel_is_left_in_the_next(tmp_path, monkeypatch):
    first = value(run(tmp_path, PROBE))
    changed = value(run(tmp_path, LEAVE, PROBE))
    # the probe sees what is changed
    assert all(first[what] != changed[what] for what in CHANGED)
    after = value(run(tmp_path, PROBE))
    assert first.pop("random") != after.pop("random")
    assert first == after
    monkeypatch.setenv(provisioner.SWITCH, "0")
    cold = value(run(tmp_path, PROBE))
    del cold["random"]
    assert after["directory"] == "notebooks"
    assert cold == after


def test_a_forked_kernel_gives_the_same_bytes(tmp_path, monkeypatch):
    cells = (
        FIGURE,
        "import pandas as pd\npd.DataFrame({'æ': [1.5, None]})",
        "pd.DataFrame([range(10_000, 10_030)])",
        "print('x')",
    )
    run(tmp_path, *cells, name="one")
    warm = (tmp_path / "one.ipynb").read_bytes()
    monkeypatch.setenv(provisioner.SWITCH, "0")
    run(tmp_path, *cells, name="one")
    assert (tmp_path / "one.ipynb").read_bytes() == warm
    assert b"image/png" in warm


@pytest.mark.parametrize("warm", ["0", "1"])
def test_a_style_beside_the_notebook_is_that_of_its_figures(tmp_path, monkeypatch, warm):
    monkeypatch.setenv(provisioner.SWITCH, warm)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/matplotlibrc").write_text("lines.linewidth: 7\n", "utf-8")
    code = "import matplotlib\nmatplotlib.rcParams['lines.linewidth']"
    assert value(run(tmp_path, code)) == 7


def test_a_kernel_that_dies_is_told(tmp_path):
    with pytest.raises(InputError, match="Python itself ended"):
        run(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


def test_where_nothing_can_be_forked_ordinary_kernels_do(tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "FORGE", tmp_path / "missing.py")
    monkeypatch.setattr(provisioner, "_forges", provisioner.Forges())
    assert parent(run(tmp_path, "import os\nos.getppid()")) == os.getpid()


def test_when_what_they_are_forked_from_is_gone_ordinary_kernels_do(tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "_forges", provisioner.Forges())
    cell = "import os\nos.getppid()"
    forge = parent(run(tmp_path, cell))
    os.kill(forge, signal.SIGKILL)
    assert parent(run(tmp_path, cell)) == os.getpid()


def test_kernels_end_with_what_they_are_forked_from(tmp_path):
    forge = provisioner.Forge()
    file = tmp_path / "kernel.json"
    argv = [provisioner.LAUNCHER, "-f", str(file)]
    env = {**os.environ, **provisioner.ONE_THREAD}
    kernel = forge.fork(argv, str(tmp_path), env)
    until(file.exists)
    assert kernel.poll() is None
    forge.close()
    until(lambda: kernel.poll() == 0)


def owned_scratch(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "ev-owned"
    folder.mkdir()
    (folder / OWNED).touch()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_files_of_a_parent_that_was_killed_go_when_the_system_lets_go_of_them(
    tmp_path, monkeypatch
):
    folder = owned_scratch(tmp_path, monkeypatch)
    forge = provisioner.Forge()
    kernel = forge.fork([provisioner.LAUNCHER], str(tmp_path), dict(os.environ))
    with (folder / OWNED).open() as owned:
        assert locked(owned)
        # as the system does it for a process that is killed: this before the lock
        forge._process.stdin.close()
        until(lambda: kernel.poll() == 0)
        time.sleep(0.2)
        assert folder.is_dir() and forge._process.poll() is None
    assert forge._process.wait() == 0 and not folder.exists()
    atexit.unregister(forge.close)


def test_the_files_of_a_parent_that_lives_are_its_own(tmp_path, monkeypatch):
    folder = owned_scratch(tmp_path, monkeypatch)
    provisioner.Forge().close()
    assert [path.name for path in folder.iterdir()] == [OWNED]


def test_a_kernel_of_another_python_or_environment_is_not_forked(tmp_path):
    command = [sys.executable, "-m", provisioner.LAUNCHER, "-f", "x"]
    env = {**os.environ, **provisioner.ONE_THREAD}
    assert provisioner.forked(["/usr/bin/python3", *command[1:]], str(tmp_path), env) is None
    assert provisioner.forked([sys.executable, "-m", "xeus"], str(tmp_path), env) is None
    forges = provisioner.Forges()
    forges.fork(command[2:], str(tmp_path), env).kill()
    elsewhere = {**env, "PYTHONPATH": str(tmp_path)}
    assert forges.fork(command[2:], str(tmp_path), elsewhere) is None


def test_the_time_of_a_kernel_counts_as_that_of_what_it_is_forked_from(tmp_path):
    """Else nobody could measure what a build costs."""
    forge = provisioner.Forge()
    file = tmp_path / "kernel.json"
    env = {**os.environ, **provisioner.ONE_THREAD}
    kernel = forge.fork([provisioner.LAUNCHER, "-f", str(file)], str(tmp_path), env)
    until(file.exists)
    parent = int(status(kernel.pid)[1])
    assert children(parent) == 0
    kernel.kill()
    until(lambda: children(parent) > 0)
    forge.close()


def status(pid: int) -> list[str]:
    """What Linux tells of a process, after its name."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def children(pid: int) -> int:
    """Processor time of the children that a process has waited for, in ticks."""
    return int(status(pid)[13])


@pytest.mark.parametrize("given", ["0", ""])
def test_make_switches_them_off(given):
    """`make -n` says what it would do."""
    command = ["make", "-n", "report", f"WARM={given}"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert f"{provisioner.SWITCH}={given} " in done.stdout


def until(holds, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_forge_that_was_released_is_made_again(tmp_path):
    first = parent(run(tmp_path, "import os\nos.getppid()"))
    provisioner.release()
    assert not Path(f"/proc/{first}").exists()
    assert parent(run(tmp_path, "import os\nos.getppid()")) not in (first, os.getpid())


def test_it_can_be_started_before_a_kernel_is_wanted(tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "_forges", provisioner.Forges())
    started = []
    monkeypatch.setattr(
        provisioner, "Forge", lambda forge=provisioner.Forge: started.append(forge()) or started[-1]
    )
    monkeypatch.setenv(provisioner.SWITCH, "0")
    provisioner.warm_up()
    assert not started
    monkeypatch.delenv(provisioner.SWITCH)
    provisioner.warm_up()
    assert len(started) == 1
    assert parent(run(tmp_path, "import os\nos.getppid()")) != os.getpid()
    assert len(started) == 1
    provisioner.release()


def test_a_forge_whose_temporary_files_went_with_a_command_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "_forges", provisioner.Forges())
    with scratch():
        first = parent(run(tmp_path, "import os\nos.getppid()"))
    assert parent(run(tmp_path, "import os\nos.getppid()")) not in (first, os.getpid())
    provisioner.release()
