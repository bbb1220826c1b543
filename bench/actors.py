"""Score the actors of the marked stories: who is one actor under all names and labels.

    python bench/actors.py [--errors] [--story NAME]...

`tests/reports/actors/NAME/*.txt` are the reports of one invented story with each form of each
actor marked. Every mark is an item; B-cubed precision and recall compare the marks that stand for
one actor with those that a predicted actor holds. A mark is held where a form's span is the
marked one, but for an article or owner before it and "'s" behind it; one that no actor holds
stands alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from marked import REPORTS, Marked, folder  # noqa: E402  # the path is set first

from tellings import pipeline  # noqa: E402
from tellings.records import Actor, Found, Report  # noqa: E402

_BEFORE = re.compile(r"(?i)(?:the|a|an|its|his|her|their|our) ")
_BEHIND = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall summed over items."""

    precision_sum: float = 0.0
    recall_sum: float = 0.0
    items: int = 0

    def __add__(self, other: BCubed) -> BCubed:
        """Both together."""
        return BCubed(
            self.precision_sum + other.precision_sum, self.recall_sum + other.recall_sum, self.items + other.items
        )

    @property
    def precision(self) -> float:
        """The mean share of an item's predicted group that is its own actor's."""
        return self.precision_sum / self.items if self.items else 0.0

    @property
    def recall(self) -> float:
        """The mean share of an item's actor that stands in its predicted group."""
        return self.recall_sum / self.items if self.items else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def stories() -> list[str]:
    """The names of the marked stories, sorted."""
    return sorted(path.name for path in (REPORTS / "actors").iterdir() if path.is_dir())


def actors(reports: list[Marked]) -> tuple[Actor, ...]:
    """What the program finds in the reports of a story, one a day."""
    given = [
        Report(r.name, r.text, outlet=Found(r.name, "given"), published=Found(f"2031-05-{n:02}", "given"))
        for n, r in enumerate(reports, 3)
    ]
    return pipeline.collate(pipeline.annotate(given)).actors


def score(reports: list[Marked], found: tuple[Actor, ...]) -> tuple[BCubed, list[str]]:
    """The score of one story, and a line for each actor that is split or thrown together with another."""
    text = {r.name: r.text for r in reports}

    def bare(report: str, start: int, end: int) -> tuple[str, int, int]:
        quote = text[report][start:end]
        if before := _BEFORE.match(quote):
            start += before.end()
        if behind := _BEHIND.search(quote):
            end -= len(behind.group())
        return report, start, end

    held = {
        bare(span.report, span.start, span.end): number
        for number, actor in enumerate(found)
        for form in actor.forms
        for span in form.spans
    }
    items: list[tuple[str, object, str]] = []
    for report in reports:
        for mark in report.marks:
            place = bare(report.name, mark.start, mark.end)
            items.append((mark.label, held.get(place, place), f"{report.name}: {report.words(mark)}"))
    gold: defaultdict[str, set[int]] = defaultdict(set)
    predicted: defaultdict[object, set[int]] = defaultdict(set)
    for number, (label, group, _) in enumerate(items):
        gold[label].add(number)
        predicted[group].add(number)
    total = BCubed()
    for label, group, _ in items:
        both = len(gold[label] & predicted[group])
        total += BCubed(both / len(predicted[group]), both / len(gold[label]), 1)
    lines = [
        f"{label} is split: " + " | ".join("; ".join(items[n][2] for n in sorted(part)) for part in parts)
        for label, mine in sorted(gold.items())
        if len(parts := [predicted[g] & mine for g in sorted({items[n][1] for n in mine}, key=str)]) > 1
    ]
    lines += [
        "thrown together: " + " | ".join(f"{items[n][0]} {items[n][2]}" for n in sorted(some))
        for _, some in sorted(predicted.items(), key=lambda item: min(item[1]))
        if len({items[n][0] for n in some}) > 1
    ]
    return total, lines


def main() -> int:
    """Print one line a story and the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list what is split and what is thrown together")
    parser.add_argument("--story", action="append", default=[], help="only this story; may be repeated")
    args = parser.parse_args()
    total = BCubed()
    for name in args.story or stories():
        reports = folder(f"actors/{name}")
        one, lines = score(reports, actors(reports))
        total += one
        print(f"{name:<12}{one.precision:7.3f}{one.recall:7.3f}{one.f:7.3f}{one.items:6}")
        for line in lines if args.errors else ():
            print(f"    {line}")
    print(f"{'all':<12}{total.precision:7.3f}{total.recall:7.3f}{total.f:7.3f}{total.items:6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
