"""Mixtures: a stretch that a report took from a second text is found, and the tree is drawn without it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.collate.descents import LOST, ROOT, Descents, Witness
from tellings.collate.mixtures import Mixed, Second, mixed


def text(units: str, changed: str = "", **head: object) -> Witness:
    """A witness whose units are letters; those in `changed` are worded otherwise."""
    numbers = tuple(ord(letter) - ord("a") for letter in units)
    words = tuple((letter, "went", "otherwise" if letter in changed else "home") for letter in units)
    return Witness(numbers, words, **head)  # type: ignore[arg-type]


def mix(*witnesses: Witness, agency: bool = False) -> Mixed:
    return mixed(Descents(witnesses, [1.0] * 26, agency=agency))


def units(letters: str) -> tuple[int, ...]:
    return tuple(ord(letter) - ord("a") for letter in letters)


ROOTED = text("abcdefghij")
GIVER = text("abcdexyzfgh")


def test_a_stretch_of_another_copys_own_news_is_taken_from_it():
    # The third has the root's end, which the giver cut, and the giver's own news elsewhere.
    dates = {"date": "2031-05-01"}, {"date": "2031-05-02"}
    giver, taker = text("abcdexyzfgh", **dates[0]), text("abxyzcdefghij", **dates[1])
    found = mix(ROOTED, giver, taker, text("abcdefgh"), text("abcdefghi"))
    assert found.seconds == (Second(2, 1, units("xyz")),)
    assert found.tree.parents == (ROOT, 0, 0, 0, 0)


def test_what_a_copys_copy_has_of_its_parent_is_no_mixture():
    found = mix(ROOTED, GIVER, text("abcdexyzf"), text("abcdefgh"))
    assert found.seconds == ()
    assert found.tree.parents[2] == 1


def test_what_all_copies_of_a_lost_text_have_is_no_mixture():
    copies = [text(some, credited=True) for some in ("abcdefgh", "abcdijkl", "efghijkl", "abcdefij")]
    found = mix(*copies, agency=True)
    assert found.seconds == ()
    assert found.tree.parents == (LOST,) * 4


def test_a_stretch_that_two_of_many_copies_of_a_lost_text_have_in_other_places_was_in_one_of_them_first():
    letters = ("abcdefgh", "abcxyzdefghi", "axyzbcdefghi", "abcdefghi", "abcdefgi")
    copies = [text(some, credited=True) for some in letters]
    found = mix(*copies, agency=True)
    assert [(one.units, {one.target, one.source}) for one in found.seconds] == [(units("xyz"), {1, 2})]
    assert found.tree.parents == (LOST,) * 5


def test_the_dates_tell_who_took_it():
    early, late = {"date": "2031-05-01T10:00"}, {"date": "2031-05-01T18:00"}
    root = text("abcdefghij", date="2031-05-01T08:00")
    one, two = "abcdexyzfgh", "abcxyzdefghij"
    for first, second, taker in ((early, late, 2), (late, early, 1)):
        found = mix(root, text(one, **first), text(two, **second), text("abcdefgh", **late), text("abcdef", **late))
        assert [one.target for one in found.seconds] == [taker]


def test_quoted_words_that_anyone_may_quote_are_no_stretch():
    witnesses = [ROOTED, GIVER, text("abxyzcdefghij"), text("abcdefgh"), text("abcdefghi")]
    assert mixed(Descents(witnesses, [1.0] * 26, stated=frozenset(units("xyz")))).seconds == ()


def test_two_witnesses_mix_nothing():
    assert mix(text("abcdefxyz"), text("xyzabcdef")).seconds == ()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_the_reports_does_not_matter(order: list[int]):
    dates = [f"2031-05-01T{hour:02}:00" for hour in (8, 9, 11, 12, 14)]
    letters = ("abcdefghij", "abcdexyzfgh", "abxyzcdefghij", "abcdefgh", "abcdkfghi")
    witnesses = [text(some, date=date) for some, date in zip(letters, dates, strict=True)]
    found = mix(*(witnesses[at] for at in order))
    assert [(order[one.target], order[one.source], one.units) for one in found.seconds] == [(2, 1, units("xyz"))]
    parents = {order[at]: order[parent] if parent >= 0 else parent for at, parent in enumerate(found.tree.parents)}
    assert parents == {0: ROOT, 1: 0, 2: 0, 3: 0, 4: 0}


@pytest.mark.parametrize("count", [15, 20])
def test_of_very_many_reports_nothing_is_taken_out(count: int):
    copies = [text("abcdefghij"[: 4 + number % 6] + chr(ord("k") + number % 16)) for number in range(count)]
    assert mix(ROOTED, *copies).seconds == ()
