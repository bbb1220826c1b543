"""Time expressions of the marked reports: span and value F, and a general date parser beside it.

    python bench/times.py [--errors]

The set is `tests/reports/times`, its mark-up is told in `tests/reports/README.md`. The peer is the
search of `dateparser`, which Tellings does not use itself; where it is not installed
(`pip install dateparser`) its rows are left out.

A peer's date has no precision and no end, so that it is right where it begins as the marked value
does, cut to the marked precision; a marked "?" it can only leave out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import marked_times  # noqa: E402  # needs the path above
from marked import Marked, Score, folder  # noqa: E402
from marked_times import Expression  # noqa: E402


def peer(report: Marked) -> list[Expression]:
    """What the search of dateparser finds in a report, with the day of publication as its base."""
    search: Any = import_module("dateparser.search").search_dates
    base = dt.datetime.fromisoformat(report.value("published") or "")
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    out: list[Expression] = []
    place = 0
    for line in report.text.splitlines():  # line by line: one wrong split does not spoil a report
        begin = place
        for words, date in search(line, languages=["en"], settings=settings) or ():
            start = report.text.find(words, begin, place + len(line))
            if start >= 0:
                begin = start + len(words)
                out.append(Expression(start, begin, date.date().isoformat()))
        place += len(line) + 1
    return out


def begins(want: Expression, got: Expression) -> bool:
    """Whether a peer's day lies in the marked value's first date."""
    return want.value is not None and got.value is not None and got.value.startswith(want.value)


def shown(name: str, score: Score) -> str:
    """One line of the table."""
    return (
        f"{name:12} F {score.f:.3f}  precision {score.precision:.3f}  recall {score.recall:.3f}"
        f"  ({score.right} right, {score.found} found, {score.marked} marked)"
    )


def errors() -> None:
    """Every marked expression that is not found as marked, and what is found and not marked."""
    for report in folder("times"):
        want, got = marked_times.gold(report), marked_times.ours(report)
        for sign, these, those in (("-", want, got), ("+", got, want)):
            for x in these:
                if x not in those:
                    what = f"{x.relation} {x.value}..{x.last} {x.clock}"
                    context = report.text[max(0, x.start - 40) : x.end + 25].replace("\n", " ")
                    print(f"{report.name[:12]:12} {sign} {report.text[x.start : x.end]!r:36} {what:40} | {context}")


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    args = parser.parse_args()
    if args.errors:
        errors()
    print("tellings")
    for name, score in marked_times.rows().items():
        print(shown(name, score))
    try:
        theirs = marked_times.rows(peer, same=begins)
    except ImportError:
        print("dateparser is not installed: no peer")
        return 0
    print("dateparser")
    for name in ("span", "value", "span, met", "value, met"):
        print(shown(name, theirs[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
