"""Measure builds against doing the same by hand, and write benchmarks/results.md.

Everything happens in copies in a temporary place. What is compared takes turns, so that a machine
that is busy for a while is busy for both.
"""

import argparse
import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks import folders, page, work
from benchmarks.measure import NOTHING, Cost

HERE = Path(__file__).parent
CHAPTERS = (1, 4, 16, 64)
LOOP = "papermill command in a loop, plus rendering"
CLEAN, CELLS = "both editions from clean", "the cells alone, in one process"
COLD, WARM = "executing all, cold kernels", "executing all, forked kernels"
UNCHANGED, NUMBER = "nothing changed", "one number of the raw data changed"
PARAGRAPH, EXPORT = (
    "one paragraph saved, until it stands in the preview",
    "new and build from an export",
)
# what keeps a goal from being met; how much each part takes stands in a table of the page
WHY = {
    LOOP: "What is left is the work of the cells and of rendering, which the loop has too: no "
    "kernel makes it faster than the line below the goal says.",
    PARAGRAPH: "A kernel executes the chapter, which is compared with the others and rendered.",
    NUMBER: "What depends on a number is known by file, not by row: every chapter that reads the "
    "indicators is executed again, and every PDF that has one of them is set again.",
    CLEAN: "Rendering takes the most, and executing not much less.",
    EXPORT: "Each question has its figure, its table, its numbers and their alternative text, on a "
    "page and in the PDF, and what is published is attacked as an outsider would.",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of everything (default 3)")
    parser.add_argument("--short", action="store_true", help="one run, without loop and growth")
    parser.add_argument("--export", type=Path, help="a survey export to make a folder from")
    parser.add_argument("--output", type=Path, default=HERE, help="the folder of the page")
    asked = parser.parse_args()
    costs: dict[str, list[Cost]] = defaultdict(list)
    growth: dict[int, list[Cost]] = defaultdict(list)
    parts: dict[tuple[str, str], list[Cost]] = defaultdict(list)

    def add(name: str, measured: dict[str, Cost]) -> None:
        costs[name].append(sum(measured.values(), NOTHING))
        for part, each in measured.items():
            parts[name, part].append(each)

    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        folder = folders.copied(Path(scratch) / "evaluation")
        for run in range(1 if asked.short else asked.runs):
            costs[CLEAN].append(work.clean(folder))
            costs[UNCHANGED].append(work.unchanged(folder))
            costs[PARAGRAPH].append(work.paragraph_saved(folder))
            work.unchanged(folder)
            add(NUMBER, work.number_changed(folder))
            if asked.export:
                made = Path(scratch) / f"made-{run}"
                add(EXPORT, work.from_export(asked.export, made))
                shutil.rmtree(made)
            if asked.short:
                continue
            loop, rendered = work.papermill_loop(folder), work.rendered(folder)
            add(LOOP, {work.EXECUTING: loop, work.RENDERING: rendered})
            parts[CLEAN, CELLS].append(work.cells_alone(folder))
            for name, warm in ((COLD, "0"), (WARM, "1")):
                costs[name].append(work.executed(folder, warm))
            parts[CLEAN, work.EXECUTING].append(costs[WARM][-1])
            parts[CLEAN, work.RENDERING].append(rendered)
            for chapters in CHAPTERS:
                grown = folders.of_chapters(Path(scratch) / f"growth-{chapters}-{run}", chapters)
                growth[chapters].append(work.clean(grown))
                shutil.rmtree(grown)
    print(page.written(asked.output, costs, list(goals(costs, parts)), parts, growth))


def goals(costs: dict[str, list[Cost]], parts: dict[tuple[str, str], list[Cost]]):
    """What is to be reached, and whether it is: (work, goal, measured, met or None, what is said
    where it is not)."""

    def middle(name: str, what: str) -> float | None:
        return median(getattr(run, what) for run in costs[name]) if costs.get(name) else None

    def ratio(one: str, other: str) -> float | None:
        above, below = middle(one, "seconds"), middle(other, "seconds")
        return above / below if above and below else None

    def row(work: str, goal: str, value: float | None, form: str, least=None, most=None, why=""):
        met = None
        if value is not None and (least is not None or most is not None):
            met = value >= (least or 0) and value <= (most or value)
        return work, goal, "" if value is None else form.format(value), met, why

    faster = ratio(LOOP, CLEAN)
    name = f"{CLEAN}, against the {LOOP}"
    yield row(name, "≥ 5 ×", faster, "{:.1f} ×", least=5, why=WHY[LOOP])
    # two at a time, where there are two cores; and pages are rendered as they are
    least = [
        cells.processor / (os.cpu_count() or 1) + rendered.seconds
        for cells, rendered in zip(parts[CLEAN, CELLS], parts[CLEAN, work.RENDERING], strict=True)
    ]
    loop = middle(LOOP, "seconds")
    bound = loop / median(least) if loop and least else None
    yield row("the same, if kernels took no time beside their cells", "no goal", bound, "{:.1f} ×")
    yield row(UNCHANGED, "≤ 1 s", middle(UNCHANGED, "seconds"), "{:.2f} s", most=1)
    shown = middle(PARAGRAPH, "seconds")
    yield row(PARAGRAPH, "≤ 3 s", shown, "{:.1f} s", most=3, why=WHY[PARAGRAPH])
    name, share = f"{NUMBER}, against from clean", ratio(NUMBER, CLEAN)
    yield row(name, "≤ 1/4", share, "{:.2f}", most=0.25, why=WHY[NUMBER])
    name, memory = f"memory of {CLEAN}", middle(CLEAN, "memory")
    yield row(name, "≤ 600 MB", memory, "{:.0f} MB", most=600, why=WHY[CLEAN])
    export = middle(EXPORT, "processor")
    yield row(EXPORT, "≤ 20 s of processor time", export, "{:.0f} s", most=20, why=WHY[EXPORT])
    yield row(f"{WARM}, against cold ones", "no goal", ratio(COLD, WARM), "{:.1f} ×")


if __name__ == "__main__":
    main()
