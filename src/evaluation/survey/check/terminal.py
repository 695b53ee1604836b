"""The problems of a check as text for a terminal: those of one kind and column in one paragraph."""

from evaluation.survey.check.problem import Problem, together

SHOWN = 5  # rows and values that are named


def listed(problems: list[Problem]) -> str:
    """What is wrong, the most serious first, below how much it is."""
    if not problems:
        return "nothing found"
    found = [problem.severity for problem in problems]
    heading = f"errors: {found.count('error')}, warnings: {found.count('warning')}"
    return "\n\n".join([heading, *map(_paragraph, together(problems))])


def _paragraph(problems: list[Problem]) -> str:
    first = problems[0]
    place = first.file if first.column is None else f"{first.file}, column {first.column}"
    lines = [f"{first.severity}: {place}", f"  rule: {first.rule}"]
    rows = [str(problem.row) for problem in problems if problem.row is not None]
    if rows:
        lines.append(f"  rows: {_few(rows)}")
    values = [repr(problem.value) for problem in problems if problem.value is not None]
    if values:
        lines.append(f"  found: {_few(list(dict.fromkeys(values)))}")
    remedies = list(dict.fromkeys(problem.remedy for problem in problems))
    lines.append(f"  remedy: {_few(remedies)}")
    return "\n".join(lines)


def _few(items: list[str]) -> str:
    more = f", and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(items[:SHOWN]) + more
