"""Measure a build of both languages from clean, and one with nothing changed.

usage: python benchmarks/build_time.py [--runs N]

The folder is copied to a temporary place, so that the report in reports/ stays as it is. Seconds
depend on the machine; the ratio between the two builds says whether the cache works.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
GENERATED = shutil.ignore_patterns(
    ".git", ".venv", "reports", "processed", "__pycache__", ".*_cache", "tests", "fonts"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="unchanged builds to time (default 3)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        folder = Path(scratch) / "evaluation"
        shutil.copytree(ROOT, folder, ignore=GENERATED)
        clean = seconds(folder)
        unchanged = median(seconds(folder) for _ in range(runs))
    print(f"both languages from clean  {clean:7.1f} s")
    print(f"nothing changed            {unchanged:7.1f} s  (median of {runs})")
    print(f"ratio                      {clean / unchanged:7.0f}")


def seconds(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "evaluation.cli", "build", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
