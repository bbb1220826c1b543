"""The simulator's families: the same each time, with a truth that holds, and arrows that are found in plain ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import stemma
from simulator import family


@pytest.mark.parametrize("seed", range(2000, 2040))
def test_a_family_is_the_same_each_time_and_its_truth_holds(seed):
    made = family(seed)
    assert made == family(seed)
    ids = [told.id for told in made.reports]
    assert 2 <= len(ids) == len(set(ids)) <= 12
    assert sorted(name for members in made.origins for name in members) == sorted(ids)
    assert made.parents.keys() == set(ids)
    for members, root in zip(made.origins, made.roots, strict=True):
        mains = {name: made.parents[name][0] for name in members if made.parents[name]}
        assert root in members if root is not None else None in mains.values()
    for name, parents in made.parents.items():
        assert name not in parents
        assert len(set(parents)) == len(parents) <= 2


@pytest.mark.parametrize("seed", range(2000, 2040))
def test_no_slot_or_choice_is_left_open(seed):
    assert not any(set("{}[]^@|") & set(told.text + told.title) for told in family(seed).reports)


def test_the_truth_marked_against_itself_is_wholly_right():
    from tellings.records import Edge, Origin

    made = family(2003)
    origins = tuple(
        Origin(f"o{k}", members, None, tuple(Edge(p, name, 0.5) for name in members for p in made.parents[name]))
        for k, members in enumerate(made.origins)
    )
    marks = stemma.mark(made, origins)
    assert [marks.share(name) for name in ("arrows", "drawn", "families")] == [1.0, 1.0, 1.0]
    assert marks.partition() == pytest.approx(1.0)


def test_most_of_a_familys_arrows_are_found_with_dates_and_without():
    total = stemma.Marks()
    for seed in (2000, 2001, 2002):
        made = family(seed)
        read = stemma.read(list(made.reports))
        total.add(stemma.mark(made, stemma.found(read)))
        total.add(stemma.mark(made, stemma.found(stemma.undated(read))))
    assert total.share("arrows") >= 0.6
    assert total.partition() >= 0.9
