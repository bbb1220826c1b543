"""Which pairs of reports are weighed, and how alike they are, on invented text."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.cluster import candidates
from tellings.cluster.candidates import Kept, Pairs, join, keys, likeness, meet, prints, rows_of, together, weigh
from tellings.cluster.signs import Signs, gather, sign
from tellings.records import Found, Report

U64, U32 = np.uint64, np.uint32


def words(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # no secret
    return ["".join(chance.choices("bcdfghlmnprstu", k=6)) for _ in range(count)]


def signs(*texts: tuple[str, str | None]) -> Signs:
    return gather(
        sign(Report(f"r{n}", text, published=Found(day, "given") if day else None))
        for n, (text, day) in enumerate(texts)
    )


def none() -> Pairs:
    return Pairs(np.zeros(0, U32), np.zeros(0, U32), np.zeros(0, np.uint16))


def listed(pairs: Pairs) -> list[tuple[int, int, int]]:
    return list(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.shared.tolist(), strict=True))


def met(rows: list[tuple[int, int]], days: list[float] | None = None, most: int = 2000) -> list[tuple[int, int, int]]:
    count = max((report for _, report in rows), default=0) + 1
    when = np.asarray(days if days is not None else [0.0] * count)
    return listed(meet(np.asarray([k for k, _ in rows], U64), np.asarray([r for _, r in rows], U32), when, most))


def test_reports_that_share_a_key_meet_once_and_what_they_share_is_counted():
    assert met([(5, 0), (5, 2), (9, 0), (9, 2), (7, 1), (8, 2)]) == [(0, 2, 2)]


def test_nobody_meets_where_nothing_is_shared():
    assert met([]) == []
    assert met([(1, 0), (2, 1)]) == []


def test_few_that_hold_a_key_all_meet():
    assert [(a, b) for a, b, _ in met([(1, n) for n in range(8)])] == list(combinations(range(8), 2))


def test_of_many_that_hold_a_key_each_meets_the_next_by_date():
    days = [float(n * 37 % 101) for n in range(101)]
    found = met([(1, n) for n in range(101)], days)
    assert all(abs(days[a] - days[b]) <= 2 for a, b, _ in found)
    assert len(found) == 2 * 101 - 3


def test_a_key_that_far_too_many_hold_says_nothing():
    assert met([(1, n) for n in range(31)], most=30) == []
    assert met([(1, n) for n in range(30)], most=30) != []
    assert met([(1, n) for n in range(2001)]) == []
    assert met([(1, n) for n in range(2000)]) != []


def test_pairs_grow_with_rows_and_not_with_their_squares():
    sizes = [len(met([(1, n) for n in range(count)])) for count in (500, 1000)]
    assert sizes[1] < 2.1 * sizes[0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 30)), max_size=150, unique=True),
    st.lists(st.one_of(st.just(math.nan), st.integers(0, 9).map(float)), min_size=31, max_size=31),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
)
def test_neither_the_order_of_rows_nor_the_buckets_make_a_difference(
    rows: list[tuple[int, int]], days: list[float], chance: random.Random, buckets: int
):
    when = np.asarray(days)

    def found(some: list[tuple[int, int]]) -> Pairs:
        return meet(np.asarray([k for k, _ in some], U64), np.asarray([r for _, r in some], U32), when)

    expected = listed(found(rows))
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert listed(found(shuffled)) == expected
    parts = [found([row for row in shuffled if row[0] % buckets == n]) for n in range(buckets)]
    assert listed(join(parts)) == expected
    assert all(a < b for a, b, _ in expected)
    assert expected == sorted(set(expected))


def test_two_of_the_strongest_words_make_a_key():
    one = "they saw Torhaven, Pellworth " + " ".join(words(1, 40))
    some = signs((one, None), ("they met. " * 9 + "then Torhaven met Pellworth", None), ("Torhaven", None), ("", None))
    key, report = keys(some, 100)
    assert set(report.tolist()) <= {100, 101}
    assert (100, 101) in [(a, b) for a, b, _ in met(list(zip(key.tolist(), report.tolist(), strict=True)), [0.0] * 102)]


def test_a_copied_passage_makes_reports_meet():
    copied = " ".join(words(1, 30))
    some = signs(*((" ".join(words(n, 300)) + (copied if n in (11, 13) else ""), None) for n in range(10, 15)))
    assert [(a, b) for a, b, _ in listed(meet(*prints(some), some.days))] == [(1, 3)]


# ---------------------------------------------------------------- likeness


def test_likeness_falls_softly_with_dates_and_hard_with_days_told():
    nan = math.nan
    same = float(likeness(0.5, 0.0, nan))
    assert same == 0.5
    assert 0.3 <= float(likeness(0.5, 400.0, nan)) < float(likeness(0.5, 10.0, nan)) < same
    assert float(likeness(0.5, nan, nan)) < same
    assert float(likeness(0.5, 0.0, 40.0)) < 0.07
    assert float(likeness(0.5, 400.0, 0.0)) == 0.5
    assert float(likeness(0.95, 400.0, 40.0)) > 0.5  # one text, printed late


def test_weighing_gives_the_cosine_of_words_and_the_days_apart():
    some = signs(
        (" ".join(words(1, 9)), "2030-01-01"), (" ".join(words(1, 9)), "2030-01-11"), (" ".join(words(2, 9)), None)
    )
    pairs = Pairs(np.asarray([0, 0, 1], U32), np.asarray([1, 2, 2], U32), np.ones(3, np.uint16))
    kept = weigh(some, pairs, none(), 0.0)
    assert np.allclose(kept.words, [1, 0, 0], atol=1e-6)
    assert kept.apart[0] == 10
    assert np.isnan(kept.apart[1:]).all()
    assert kept.prints.tolist() == [0, 0, 0]
    assert len(weigh(some, pairs, none())) == 1


def test_pairs_found_both_ways_are_weighed_once_with_the_prints_they_share():
    some = signs((" ".join(words(1, 40)), None), (" ".join(words(1, 40)), None))
    copied = meet(*prints(some), some.days)
    kept = weigh(some, meet(*keys(some), some.days), copied)
    assert len(kept) == 1
    assert kept.prints.tolist() == copied.shared.tolist() == [len(set(some.prints.tolist()))]


def test_ranges_weighed_apart_and_blocks_give_the_same(monkeypatch: pytest.MonkeyPatch):
    some = signs(*((" ".join(words(n // 3, 30) + words(n + 90, 20)), "2030-01-01") for n in range(30)))
    pairs = meet(*keys(some), some.days)
    whole = weigh(some, pairs, none())

    def part(low: int, high: int) -> Kept:
        inside = (pairs.left >= low) & (pairs.left < high)
        return weigh(some, Pairs(pairs.left[inside], pairs.right[inside], pairs.shared[inside]), none())

    monkeypatch.setattr(candidates, "_BLOCK", 7)
    for again in (weigh(some, pairs, none()), together([part(10, 30), part(0, 10)])):
        for name in ("left", "right", "likeness", "words", "prints", "apart"):
            assert np.array_equal(getattr(again, name), getattr(whole, name), equal_nan=True)
    assert len(whole) >= 30


def test_without_days_told_signs_are_weighed_by_their_dates():
    from dataclasses import replace

    some = signs(
        ("It fell on Monday. " + " ".join(words(1, 9)), "2030-01-01"),
        ("It fell on Monday. " + " ".join(words(1, 7) + words(2, 3)), "2030-06-01"),
    )
    pairs = Pairs(np.zeros(1, U32), np.ones(1, U32), np.zeros(1, np.uint16))
    known = weigh(some, pairs, none(), 0.0).likeness[0]
    unknown = np.full(2, np.nan)
    assert known < 0.2 < weigh(replace(some, first=unknown, last=unknown), pairs, none(), 0.0).likeness[0]


def test_two_words_of_one_number_cost_no_row_of_all_columns():
    """Sparse rows in which a column stands twice are multiplied by way of a row of two thousand million columns."""
    one, other = (sign(Report(name, " ".join(words(7, 9)))) for name in "ab")
    terms = one.terms.copy()
    terms[4] = terms[3]
    some = gather([replace(one, terms=terms), other])
    table = rows_of(some)
    assert table.has_canonical_format
    assert np.diff(table.indptr).tolist() == [len(terms) - 1, len(terms)]
    assert table.data[3] == pytest.approx(one.weights[3] + one.weights[4])
    assert some.weights[: len(terms)].tolist() == one.weights.tolist()  # the signs themselves stay
    assert np.diff(rows_of(gather([one, other])).indptr).tolist() == [len(terms)] * 2
