"""The quality gate: how well single reports are read must not drop below these floors.

Named mentions are measured on the invented reports of `reports/names`, always. The marked data
sets are measured where they lie beside the repository, in `../shared`; of each only every n-th
article, in the order of the set, so that the gate stays quick. `bench/annotate.py` measures with
the same functions on all of them. Speed is not a matter of this gate.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "bench"))

import annotate as bench  # noqa: E402  # of `bench`, needs the path above
import marked  # noqa: E402

# What is measured, and the least that it may be: a little under what was measured, since the last digits of the
# encoder differ with the processor. A figure that has grown is no reason to lower one.
FLOORS: dict[str, dict[str, float]] = {
    "names": {"all F": 0.825, "person F": 0.79, "organisation F": 0.80, "place F": 0.865, "group F": 0.81},
    "mentions": {"all F": 0.83},
    "polnear.dev": {"content F": 0.89, "source F": 0.82, "cue F": 0.725, "source right": 0.86},
    "toponyms.geovirus": {"placed": 0.90, "found F": 0.935},
    "toponyms.gwn": {"placed": 0.62, "found F": 0.81},
}
# Of each set, one article of so many.
EVERY = {"mentions": 5, "polnear.dev": 1, "toponyms.geovirus": 3, "toponyms.gwn": 3}
TASKS = {"polnear.dev": "attributions", "toponyms.geovirus": "toponyms", "toponyms.gwn": "toponyms"}

shared = pytest.mark.skipif(
    not (SHARED / "bench" / "score_annotations.py").exists(),
    reason=f"the marked data sets are not here: there is no {SHARED}",
)


def dropped(name: str, got: dict[str, float]) -> list[str]:
    """The figures that lie below their floors, in words."""
    return [f"{what} {got[what]:.3f} < {floor}" for what, floor in FLOORS[name].items() if got[what] < floor]


# ---------------------------------------------------------------- on our own reports


def test_named_mentions_of_our_own_reports_are_found():
    assert dropped("names", bench.flat(bench.names())) == []


def test_our_own_reports_are_all_there_and_marked_with_kinds():
    reports = marked.folder("names")
    marks = [(report.words(mark), mark.label) for report in reports for mark in report.marks]
    assert (len(reports), len(marks)) == (20, 529)
    assert {label for _, label in marks} == set(bench.KINDS)
    assert all(words == words.strip() for words, _ in marks)
    assert not any(c in report.text for report in reports for c in "[]|")


# ---------------------------------------------------------------- on the marked data sets


@shared
@pytest.mark.parametrize("name", TASKS)
def test_marked_articles_are_read_as_well_as_before(name):
    gold = bench.rows(SHARED, name)[:: EVERY[name]]
    assert dropped(name, bench.figures(SHARED, TASKS[name], gold, bench.annotations(gold))) == []


@shared
def test_named_mentions_of_regions_never_learned_from_are_found():
    gold = bench.left_out(SHARED)[:: EVERY["mentions"]]
    assert dropped("mentions", bench.figures(SHARED, "mentions", gold, bench.annotations(gold))) == []


@shared
@pytest.mark.parametrize(("name", "task"), [*TASKS.items(), ("worldwide_ner", "mentions")])
def test_the_gate_sees_what_is_perfect_and_what_is_empty(name, task):
    gold = bench.rows(SHARED, name)[:20]
    perfect = [{**row, "places": row.get("toponyms")} for row in gold]
    best, worst = (bench.figures(SHARED, task, gold, found) for found in (perfect, []))
    floors = FLOORS.get(name, FLOORS["mentions"])
    assert all(best[what] >= 0.99 for what in floors)
    assert all(worst[what] == 0 for what in floors)


# ---------------------------------------------------------------- the measure by exact spans


def test_exact_spans_count_parts_and_wholes():
    text = "“No,” she said."
    gold = [{"id": "a", "text": text, "attributions": [{"source": [[6, 9]], "cue": [[10, 14]], "content": [[0, 5]]}]}]
    near = {"source": [[6, 9]], "cue": [[9, 14]], "content": [[0, 3], [3, 6]]}
    off = {"source": [[6, 8]], "cue": [], "content": [[0, 4]]}
    same = bench.exact(gold, [{"id": "a", "attributions": [near]}])
    assert {name: (s.right, s.found, s.marked) for name, s in same.items()} == dict.fromkeys(same, (1, 1, 1))
    other = bench.exact(gold, [{"id": "a", "attributions": [off]}])
    assert [other[name].right for name in ("content", "source", "cue", "all three")] == [0, 0, 0, 0]
    assert [other[name].found for name in ("content", "source", "cue", "all three")] == [1, 1, 0, 1]
    assert bench.exact(gold, [])["all three"].f == 0
