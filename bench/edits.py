"""Planted edits found between invented reports and their copies, by kind.

    python bench/edits.py [--errors]

The set is `tests/reports/edits`, its mark-up is told in `tests/reports/README.md`. Style is right where
a change of style is told as nothing or as "reworded". As a peer in the same run, a plain word diff
(difflib), which finds every change and tells none apart: its row is the share of planted edits that it marks
and the share of what it marks that is not style.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from marked_edits import Pair, pairs, tally  # noqa: E402  # needs the path above


def word_diff(every: list[Pair]) -> tuple[float, float]:
    """The share of planted edits that a word diff marks, and the share of its marks that meet one."""
    hit = planted = right = marks = 0
    for pair in every:
        one, two = ([m.span() for m in re.finditer(r"\w+", text)] for text in (pair.source, pair.copy))
        words = [pair.source[a:b] for a, b in one], [pair.copy[a:b] for a, b in two]
        codes = difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes()
        spans = [
            ((one[a][0], one[b - 1][1]) if a < b else (0, 0), (two[c][0], two[d - 1][1]) if c < d else (0, 0))
            for tag, a, b, c, d in codes
            if tag != "equal"
        ]  # fmt: skip
        matter = [x for x in pair.planted if x.kind != "style"]
        meets = [
            [any(s[0] < e[1] and s[1] > e[0] for s, e in ((old, x.old), (new, x.new)) if e[1] > e[0]) for x in matter]
            for old, new in spans
        ]
        planted += len(matter)
        hit += sum(any(row[k] for row in meets) for k in range(len(matter)))
        marks += len(meets)
        right += sum(any(row) for row in meets)
    return hit / max(1, planted), right / max(1, marks)


def main() -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was told wrongly")
    args = parser.parse_args()
    every = pairs()
    told = tally(every)
    kinds = sorted((set(told.planted) | set(told.told)) - {"style", "reworded"})
    print(f"{'kind':<22}{'planted':>8}{'told':>6}{'P':>7}{'R':>7}")
    for kind in kinds:
        print(
            f"{kind:<22}{told.planted[kind]:>8}{told.told[kind]:>6}"
            f"{told.precision(kind):>7.3f}{told.recall(kind):>7.3f}"
        )
    matter = sum(told.planted[k] for k in kinds), sum(told.told[k] for k in kinds)
    print(f"{'all of these':<22}{matter[0]:>8}{matter[1]:>6}{told.precision(*kinds):>7.3f}{told.recall(*kinds):>7.3f}")
    print(f"{'style left alone':<22}{told.planted['style']:>8}{'':>6}{'':>7}{told.recall('style'):>7.3f}")
    recall, precision = word_diff(every)
    print(f"{'word diff':<22}{matter[0]:>8}{'':>6}{precision:>7.3f}{recall:>7.3f}")
    if args.errors:
        print(*told.notes, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
