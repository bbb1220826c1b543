"""Pairs of reports that share text: passages of Tellings beside an alignment of word n-grams.

    python bench/passim.py CLUSTERS_DIR

The peer is written after passim (Smith, Cordell and Mullen 2015), which itself needs Spark: two reports with
at least so many word 5-grams in common, of those that stand in 100 reports at most, are aligned locally, and
a local alignment of 50 characters or more is a passage. Five bars are tried; the best one for the peer is
set beside Tellings. Printed are P, R and F against the editors' pairs, which of the editors' pairs each finds
alone, and of what kind the shared text is: how much of it is quoted words, and how much of the words
of the reports' best pair of sentences both have. No text of the clusters is printed.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings import pipeline  # noqa: E402  # the package need not be installed
from tellings.acquire.files import read  # noqa: E402
from tellings.collate import passages  # noqa: E402
from tellings.collate.alignments import lines  # noqa: E402
from tellings.records import Collation  # noqa: E402

GRAM = 5
COMMON = 100
LEAST = 50
BARS = (1, 5, 20, 50, 100)

Pair = frozenset[str]


def grams(words: list[str]) -> set[tuple[str, ...]]:
    """The runs of five words of a text."""
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def aligned(one: list[str], two: list[str]) -> int:
    """The characters of the longest local alignment: equal runs with at most three other words between them."""
    best = size = 0
    last: tuple[int, int] | None = None
    for a, b, length in difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
        if last is None or a - last[0] > 3 or b - last[1] > 3:
            size = 0
        size += sum(len(word) + 1 for word in one[a : a + length])
        best, last = max(best, size), (a + length, b + length)
    return best


def peer(texts: dict[str, str], bar: int) -> set[Pair]:
    """The pairs of reports with a passage, as an alignment of n-grams finds them."""
    words = {name: re.findall(r"\w+", text.casefold()) for name, text in texts.items()}
    every = {name: grams(w) for name, w in words.items()}
    uses: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for one in every.values():
        for gram in one:
            uses[gram] += 1
    out: set[Pair] = set()
    for a, b in itertools.combinations(sorted(texts), 2):
        shared = sum(uses[gram] <= COMMON for gram in every[a] & every[b])
        if shared >= bar and aligned(words[a], words[b]) >= LEAST:
            out.add(frozenset((a, b)))
    return out


def kind(story: Collation, pair: Pair) -> str:
    """What two reports share: quoted words only, runs of words, or words that stand apart."""
    one, two = (many for many, r in zip(lines(story.reports), story.reports, strict=True) if r.id in pair)
    runs = [{g: all(x.quoted[k : k + GRAM]) for x in many for k, g in _places(x.words)} for many in (one, two)]
    shared = runs[0].keys() & runs[1].keys()
    if not shared:
        return "reworded"
    said = sum(runs[0][g] or runs[1][g] for g in shared)
    return "quoted words" if said == len(shared) else "runs of words"


def _places(words: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """The runs of five words with their places."""
    return [(at, words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)]


def main() -> int:
    """Compare and print; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    found: defaultdict[str, set[tuple[str, Pair]]] = defaultdict(set)
    kinds: dict[tuple[str, Pair], str] = {}
    for folder in sorted(p.parent for p in args.clusters.glob("*/gold.json")):
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        reports, _ = read([str(folder / "reports.jsonl")])
        story = Collation(pipeline.annotate([r for r in reports if gold["on_topic"].get(r.id)]))
        texts = {r.id: r.report.text for r in story.reports}
        here: dict[str, set[Pair]] = {
            "editors": {frozenset((p["a"], p["b"])) for p in gold["pairs"] if p["relation"] != "independent"},
            "Tellings": {
                frozenset(pair)
                for p in passages.find(story)
                for pair in itertools.combinations({s.report for s in p.spans}, 2)
            },
            **{f"{GRAM}-grams, {bar} shared": peer(texts, bar) for bar in BARS},
        }
        for name, pairs in here.items():
            found[name] |= {(folder.name, pair) for pair in pairs}
            kinds.update({(folder.name, pair): kind(story, pair) for pair in pairs})
    sought = found.pop("editors")
    print(f"{'pairs of reports':<22}{'told':>6}{'P':>7}{'R':>7}{'F':>7}")
    best = ""
    for name, told in found.items():
        hits = len(told & sought)
        f = 2 * hits / (len(told) + len(sought))
        print(f"{name:<22}{len(told):>6}{hits / len(told):>7.3f}{hits / len(sought):>7.3f}{f:>7.3f}")
        if name != "Tellings" and (not best or f > 2 * len(found[best] & sought) / (len(found[best]) + len(sought))):
            best = name
    rows = {
        "only Tellings, right": (found["Tellings"] - found[best]) & sought,
        f"only {best}, right": (found[best] - found["Tellings"]) & sought,
        "only Tellings, wrong": found["Tellings"] - found[best] - sought,
        f"only {best}, wrong": found[best] - found["Tellings"] - sought,
        "neither": sought - found["Tellings"] - found[best],
    }
    print(f"\n{'':<34}{'pairs':>6}{'runs of words':>15}{'quoted words':>14}{'reworded':>10}")
    for name, pairs in rows.items():
        count = [sum(kinds[pair] == k for pair in pairs) for k in ("runs of words", "quoted words", "reworded")]
        print(f"{name:<34}{len(pairs):>6}{count[0]:>15}{count[1]:>14}{count[2]:>10}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
