"""How well quantities are read: scores on the marked reports of `tests/reports/things`.

    python bench/quantities.py [--faults]

Reports 01 to 24 served to see what the rules miss; 25 to 28 were marked after the rules were written.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print the scores; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", action="store_true", help="list what is missed, read otherwise or not marked")
    args = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    marked = import_module("marked_quantities")

    for title, first, last in (("01 to 24", 1, 24), ("25 to 28", 25, 99)):
        s = marked.score(marked.gold(first, last))
        print(
            f"{title:<20} n {s.marked}  span F {s.span:.3f}  value F {s.value:.3f}  whole F {s.whole:.3f}  "
            f"of those met: bound {s.bound:.3f}  unit {s.unit:.3f}  kind {s.kind:.3f}"
        )
        if args.faults:
            print("\n".join(f"  {line}" for line in s.faults))
    return 0


if __name__ == "__main__":
    sys.exit(main())
