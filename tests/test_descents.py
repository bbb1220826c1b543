"""Descents: the tree that needs the fewest inventions, with a text that is not there where that explains more."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.collate.branchings import arborescence
from tellings.collate.copies import ODDS, Copies
from tellings.collate.descents import LOST, ROOT, Descents, Witness


def text(units: str, changed: str = "", **head: object) -> Witness:
    """A witness whose units are letters; those in `changed` are worded otherwise."""
    numbers = tuple(ord(letter) - ord("a") for letter in units)
    words = tuple((letter, "went", "otherwise" if letter in changed else "home") for letter in units)
    return Witness(numbers, words, **head)  # type: ignore[arg-type]


def tree(*witnesses: Witness, agency: bool = False) -> tuple[int, ...]:
    return Descents(witnesses, [1.0] * 26, agency=agency).tree().parents


def test_who_cut_from_the_end_took_from_the_fuller():
    assert tree(text("abcde"), text("abcdefghij")) == (1, ROOT)


def test_a_sentence_that_two_have_was_made_once():
    # The third has what the second put in, so it is from the second, though it is as much of the first.
    assert tree(text("abcdefgh"), text("abcxdefgh"), text("abcxdef"))[2] == 1


def test_a_changed_wording_that_two_have_was_made_once():
    first, second = text("abcdefghij"), text("abcdefgh", changed="bd")
    assert tree(first, second, text("abcdef", changed="bd"))[2] == 1


def test_dates_turn_an_arrow_that_the_text_leaves_open():
    early, late = {"date": "2031-05-01"}, {"date": "2031-05-02"}
    assert tree(text("abcdef", **late), text("abcdxef", **early)) == (1, ROOT)
    assert tree(text("abcdef", **early), text("abcdxef", **late)) == (ROOT, 0)


def test_one_wrong_date_of_a_root_does_not_unseat_it():
    root = text("abcdefghij", date="2031-06-30")
    copies = [text(units, date="2031-05-02") for units in ("abcde", "abcdefg", "abcf", "abcdehi")]
    assert tree(root, *copies) == (ROOT, 0, 0, 0, 0)


def test_each_has_what_another_lacks_so_all_are_from_a_text_that_is_not_there():
    missing = [text(units, credited=True) for units in ("abcdefgh", "abcdijkl", "efghijkl")]
    found = Descents(missing, [1.0] * 26, agency=True).tree()
    assert found.parents == (LOST, LOST, LOST)
    assert found.lost > ODDS["early"]


def test_an_agencys_own_text_is_the_root_of_those_that_credit_it():
    own = text("abcdefgh", signed=True, credited=True)
    copies = [text("abcdxyefgh", credited=True), text("abcdef", credited=True)]
    assert tree(own, *copies, agency=True) == (ROOT, 0, 0)


def test_an_agency_does_not_take_from_an_outlet():
    own = text("abcde", signed=True, credited=True)
    assert tree(text("abcdefgh"), own, agency=True)[1] == ROOT


def test_who_names_an_outlet_took_from_it():
    first, second = text("abcdefgh"), text("abcdefgh")
    assert tree(first, second, text("abcdef", heard=frozenset([1])))[2] == 1


def test_two_children_of_a_later_version_that_is_not_there_come_from_the_version_that_is():
    own = text("abcdefgh", signed=True, credited=True)
    copies = [text("avwxybcdefghp", credited=True), text("avwxyqbcdefgh", credited=True), text("abcde", credited=True)]
    found = Descents([own, *copies], [1.0] * 26, agency=True).tree()
    assert found.parents[3] == 0
    assert set(found.parents[1:3]) <= {0, 1, 2}


def test_many_witnesses_of_one_text_hang_on_it():
    root = text("abcdefghij")
    copies = [text("abcdefghij"[: 4 + number % 5] + chr(ord("k") + number % 16)) for number in range(30)]
    near = {number: [0, *range(max(1, number - 3), number)] for number in range(31)}
    found = Descents([root, *copies], [1.0] * 26, nearest=near).tree()
    assert found.parents[0] == ROOT
    assert sum(parent == 0 for parent in found.parents) >= 10
    assert found.parents == Descents([root, *copies], [1.0] * 26, nearest=near).tree().parents


def test_a_text_alone_is_its_own_root_unless_it_names_an_agency():
    assert tree(text("abc")) == (ROOT,)
    assert tree(text("abc", credited=True), agency=True) == (LOST,)


def worded(one: str, two: str) -> float:
    """What it costs to change the words of one sentence to those of another."""
    source, copy = (Witness((0,), (tuple(words.split()),)) for words in (one, two))
    copies = Copies([source, copy], [1.0])
    return copies.worded(copies.texts[0], copy)


def test_a_name_spelt_otherwise_costs_more_than_another_word():
    assert worded("fog in varanger", "fog in varangar") > worded("fog in haste", "fog in panic")
    assert worded("one strike more", "one strikes more") == worded("one strike more", "one raid more")


def test_a_figure_that_falls_costs_more_than_one_that_rises():
    assert worded("about 60 were hurt", "about 50 were hurt") > worded("about 50 were hurt", "about 60 were hurt")


def test_a_label_swapped_throughout_is_one_decision():
    def swapped(count: int) -> float:
        lines = [tuple(f"the crew saw lamp{at} fail".split()) for at in range(6)]
        copy = [tuple("sailors" if word == "crew" else word for word in line) for line in lines[:count]] + lines[count:]
        source, changed = Witness(tuple(range(6)), tuple(lines)), Witness(tuple(range(6)), tuple(copy))
        copies = Copies([source, changed], [1.0] * 6)
        return copies.worded(copies.texts[0], changed)

    assert swapped(0) < swapped(1) < swapped(5)
    assert swapped(5) - swapped(1) < 4 * (swapped(1) - swapped(0))


def test_a_lost_order_is_that_of_most_copies():
    # One report moved a sentence; the others did not all move another.
    whole = [text(units, credited=True) for units in ("abcdefgh", "abcdefxgh", "fabcdeghij")]
    found = Descents(whole, [1.0] * 26, agency=True)
    found.tree()
    assert Copies(whole, [1.0] * 26).moved([0, 1, 2, 3]) == 0.0
    assert found._versions._ordered([5, 0, 1, 2, 3, 4, 6, 7], [(0, 0), (0, 1), (0, 2)]) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_two_versions_that_are_lost_are_told_apart_by_what_the_later_added():
    early = [text(units, credited=True) for units in ("abcdefgh", "abcdefg", "abcdefghk")]
    late = [text(units, credited=True) for units in ("awxybzcdefgh", "awxybzcdef", "awxybzcdefghj")]
    tree = Descents([*early, *late], [1.0] * 26, agency=True).tree()
    assert tree.parents == (LOST,) * 6
    # What the later added was not given to those who wrote from the earlier.
    assert not tree.given[0] >> 23 & 1
    assert tree.given[3] >> 23 & 1


def test_a_report_with_a_byline_is_likelier_where_the_text_began():
    assert tree(text("abcdef", byline=True), text("abcdexf")) == (ROOT, 0)
    assert tree(text("abcdef"), text("abcdexf", byline=True)) == (1, ROOT)


COSTS = st.floats(0, 10, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.data(), st.booleans())
def test_no_tree_is_cheaper_than_the_arborescence(size, data, many):
    edges = {(a, b): data.draw(COSTS) for a in range(size) for b in range(size) if a != b}
    roots = {at: data.draw(COSTS) for at in range(size)}

    def cost(parents: tuple[int, ...] | list[int]) -> float:
        return sum(roots[at] if p == ROOT else edges[p, at] for at, p in enumerate(parents))

    def is_tree(parents: tuple[int, ...]) -> bool:
        tops = parents.count(ROOT)
        if tops < 1 or (tops > 1 and not many) or any(p == at for at, p in enumerate(parents)):
            return False
        for start in range(size):
            at, steps = start, 0
            while at != ROOT and steps <= size:
                at, steps = parents[at], steps + 1
            if steps > size:
                return False
        return True

    found = arborescence(size, edges, roots, many=many)
    assert is_tree(tuple(found))
    least = min(cost(p) for p in product(range(-1, size), repeat=size) if is_tree(p))
    assert cost(found) == pytest.approx(least)


def test_an_agency_that_put_in_what_no_copy_has_sent_an_earlier_version():
    # Nobody would leave out just these and keep all the rest.
    late, one, two = text("awbxcydzefgh", signed=True), text("abcdefgh", credited=True), text("abcdefgh", credited=True)
    assert tree(late, one, two, agency=True) == (LOST, LOST, LOST)


def test_an_agency_that_is_there_is_the_root_where_its_copies_are_shorter():
    own, one, two = text("abcdefghijkl", signed=True), text("abcdef", credited=True), text("abcdegh", credited=True)
    assert tree(own, one, two, agency=True) == (ROOT, 0, 0)
