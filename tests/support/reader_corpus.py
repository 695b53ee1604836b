"""Hundreds of made-up surveys against a reader of all that is published of them: `make corpus`.

With a number, as many surveys; each at the thresholds 3 and 5.
"""

import sys
from collections import Counter
from pathlib import Path

# run as a program, this finds what pytest has on its path
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from made_up_surveys import publish, survey  # noqa: E402
from reader import leaks  # noqa: E402

SURVEYS = 400
THRESHOLDS = (3, 5)


def main(number: int) -> int:
    """Print what was published and what the reader found; 1 where it found anything."""
    counts: Counter[str] = Counter()
    for seed in range(number):
        made = survey(seed)
        for min_cell in THRESHOLDS:
            published = publish(made, min_cell)
            if published is None:
                counts["not published"] += 1
                continue
            hidden = published.indicators["suppressed"]
            counts += Counter(published=1, hidden=int(hidden.sum()), shown=int((~hidden).sum()))
            for leak in leaks(published, made):
                counts["leaks"] += 1
                print(f"survey {seed}, min_cell {min_cell}: {leak}")
    told = ", ".join(f"{name} {counts[name]}" for name in ("published", "not published"))
    print(f"surveys {number} at {len(THRESHOLDS)} thresholds: {told}")
    print(f"counts hidden {counts['hidden']}, shown {counts['shown']}; leaks {counts['leaks']}")
    return int(counts["leaks"] > 0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if sys.argv[1:] else SURVEYS))
