"""The gate of grouping: how well reports of known events are grouped must not drop below these floors.

Reports of known events lie beside the repository, in `../shared`, and are measured where they are there; the frozen
pairs of `bench/alike` are always. `bench/stories.py` measures with the same functions and more deals.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT / "bench"))

import alike  # noqa: E402  # of `bench`, needs the path above
import stories as bench  # noqa: E402  # as above

from tellings.cluster.candidates import ALIKE  # noqa: E402  # as above
from tellings.cluster.stories import link  # noqa: E402  # as above

DEALS = 2

shared = pytest.mark.skipif(
    not (DATA / "news_cluster.jsonl.gz").exists(),
    reason=f"the reports of known events are not here: there is no {DATA}",
)


@pytest.fixture(scope="module")
def pile() -> bench.Pile:
    """The reports of known events, with those of no story."""
    return bench.load(DATA, strays=True)


@shared
@pytest.mark.parametrize(("strays", "least"), [(False, 0.96), (True, 0.95)])
def test_reports_of_known_events_are_grouped_as_well_as_before(pile: bench.Pile, strays: bool, least: float):
    without = () if strays else frozenset((DATA / "no_story.ids.txt").read_text(encoding="utf-8").split())
    known = [name not in without for name in pile.signs.ids]
    some = pile.take(np.flatnonzero(known))
    assert len(some.signs) == (610 if strays else 347)
    found, _ = bench.halves(some, DEALS, every=False)
    assert found[:, 2].mean() >= least
    groups = link(some.signs, bench.kept(some.signs, ALIKE))
    assert bench.scores(some.events, groups)[2] >= least


@shared
def test_a_pile_that_grows_day_by_day_is_grouped_as_well(pile: bench.Pile):
    assert bench.scores(pile.events, bench.grown(pile, bench.by_day(pile)))[2] >= 0.95


def test_the_gate_sees_what_is_perfect_and_what_is_not():
    gold = ["a", "a", "b", "c"]
    assert bench.scores(gold, [1, 1, 2, 3]).tolist() == [1, 1, 1, 1]
    assert bench.scores(gold, [1, 2, 3, 4])[1] < 1
    assert bench.scores(gold, [1, 1, 1, 1])[0] < 1


def test_pairs_alike_in_words_are_kept_apart_and_pairs_told_otherwise_are_joined():
    found = alike.figures(alike.grouped())
    assert found.apart >= 0.70
    assert found.joined >= 0.70
    assert len(found.strangers) <= 2
