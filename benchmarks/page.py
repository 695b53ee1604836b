"""The page of results: Markdown, with a plot of the growth beside it."""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from math import isnan
from pathlib import Path
from statistics import median

from matplotlib.figure import Figure

from benchmarks.measure import Cost

PACKAGES = ("evaluation-report", "papermill", "nbclient", "ipykernel", "matplotlib", "pandas")


def written(
    folder: Path,
    costs: Mapping[str, Sequence[Cost]],
    goals: Sequence[tuple[str, str, str, bool | None, str]],
    parts: Mapping[tuple[str, str], Sequence[Cost]],
    growth: Mapping[int, Sequence[Cost]],
) -> Path:
    """Write results.md, and growth.svg where growth was measured; returns the page.

    costs: what was measured, of each several runs; goals: what, goal, measured, whether met (None:
    not measured, or no goal), why where it is not; parts: costs by (work, part); growth: chapters
    -> builds.
    """
    lines = [
        "# What a build costs",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `make bench`: {_machine()}.",
        f"Versions: {_versions()}. What is compared was run in turns; read ratios, not seconds.",
        "",
        "## Goals",
        "",
        *_table(
            ("work", "goal", "measured", "met"),
            [(what, goal, told, _met(met)) for what, goal, told, met, _ in goals],
        ),
        "",
        *(f"- {what}: {why}" for what, _, _, met, why in goals if met is False),
        "",
        "## All runs",
        "",
        "Median (least to most). Memory is the most at a time of all processes together.",
        "",
        *_table(
            ("work", "runs", "seconds", "processor seconds", "memory, MB"),
            [(what, str(len(runs)), *_figures(runs)) for what, runs in costs.items()],
        ),
    ]
    if parts:
        rows = [(what, part, *_figures(runs)) for (what, part), runs in sorted(parts.items())]
        head = ("work", "part", "seconds", "processor seconds", "memory, MB")
        lines += ["", "## Where the time goes", "", *_table(head, rows)]
    if growth:
        _draw(folder / "growth.svg", growth)
        rows = [(str(chapters), *_figures(runs)) for chapters, runs in growth.items()]
        head = ("chapters", "seconds", "processor seconds", "memory, MB")
        lines += ["", "## Growth", "", "Both editions from clean.", "", *_table(head, rows)]
        lines += ["", "![Seconds of a build by the number of its chapters](growth.svg)"]
    page = folder / "results.md"
    page.write_text("\n".join(lines) + "\n", "utf-8")
    return page


def _met(met: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[met]


def _figures(runs: Sequence[Cost]) -> tuple[str, str, str]:
    each = zip(*((run.seconds, run.processor, run.memory) for run in runs), strict=True)
    seconds, processor, memory = map(list, each)
    return _spread(seconds, 2), _spread(processor, 2), _spread(memory, 0)


def _spread(values: Sequence[float], digits: int) -> str:
    if any(map(isnan, values)):
        return ""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"load at the end {load}"
    )


def _versions() -> str:
    told = [f"{package} {version(package)}" for package in PACKAGES]
    return ", ".join([f"Python {sys.version.split()[0]}", *told])


def _draw(path: Path, growth: Mapping[int, Sequence[Cost]]) -> None:
    figure = Figure(figsize=(6, 3.5), layout="constrained")
    axes = figure.subplots()
    chapters = list(growth)
    for name in ("seconds", "processor"):
        values = [median(getattr(run, name) for run in growth[number]) for number in chapters]
        axes.plot(chapters, values, "o-", label=name)
    axes.set(xlabel="chapters", ylabel="seconds", xlim=(0, None), ylim=(0, None))
    axes.legend()
    figure.savefig(path)
