"""Rivals: which pairs part, what drafts they make, and what is quoted for them, on invented reports."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import answers, claims, conflicts, contrasts, pairs, passages, rivals, values
from tellings.records import Annotated, Collation, Found, Report
from tellings.text import Span


def read(name: str, text: str) -> Annotated:
    """One report, read by the package."""
    return pipeline.annotate([Report(name, text, published=Found("2031-05-07", "given"))])[0]


HARBOUR = (
    (
        "The ferry Solvang ran aground off Hedby on Monday. Divers said the hull was torn open along its whole length. "
        "It is not known whether the captain was awake.\n"
    ),
    (
        "The ferry Solvang ran aground off Hedby on Tuesday. Divers said the hull was barely scratched along it. "
        "The captain was awake, the mate insisted.\n"
    ),
    "Off Hedby the ferry Solvang ran aground on a sandbank. The hull was torn open, a diver said.\n",
)


def story(*texts: str) -> tuple[pairs.Layout, list[contrasts.Told], dict[str, str], Collation]:
    c = Collation(tuple(read(chr(97 + k), text) for k, text in enumerate(texts)))
    origin = claims.roots(c)
    layout = pairs.lay_out(c.reports, origin)
    return layout, conflicts.leaders(layout, c.reports), origin, c


def test_every_candidate_has_a_value_for_every_point_and_parts_on_something():
    layout, told, origin, c = story(*HARBOUR)
    found = rivals.candidates(layout, told, origin, passages.find(c))
    assert found.first
    assert found.values.shape == (len(found.first), len(rivals.POINTS))
    assert all(found.points)
    assert all(a < b for a, b in zip(found.first, found.second, strict=True))


def test_statements_alike_in_all_words_are_no_candidates():
    layout, told, origin, _ = story("The ferry ran aground off Hedby.\n", "The ferry ran aground off Hedby.\n")
    assert rivals.candidates(layout, told, origin).first == []
    assert rivals.candidates(layout, told, origin).values.shape == (0, len(rivals.POINTS))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The captain never left the bridge of the ferry.", "no"),
        ("It is unclear who steered the ferry that night.", "unsure"),
        ("The ferry sank because of a torn hull.", "cause"),
        ("The owners will raise the ferry in spring.", "ahead"),
    ],
)
def test_signs_are_read_from_the_words(text, sign):
    _, told, _, _ = story(text)
    assert rivals.signs(told[0], sign)
    plain = story("The ferry lay off Hedby.")[1][0]
    assert not rivals.signs(plain, sign)


def drafts(chance: dict[tuple[int, int], float], bars: rivals.Bars):
    """The drafts of three statements that part on a number, two by two."""
    layout, told, origin, _ = story(
        "The fire destroyed 14 barns in Torsby.\n",
        "The fire destroyed 22 barns in Torsby.\n",
        "The fire destroyed 31 barns in Torsby.\n",
    )
    ends = sorted(chance)
    points = [contrasts.between(told[a], told[b]) for a, b in ends]
    found = rivals.Candidates([a for a, _ in ends], [b for _, b in ends], points, None)
    out = rivals.draft(found, told, [chance[two] for two in ends], bars)
    return out, rivals.marks(out, layout, told, origin)


def test_the_likeliest_pair_opens_a_draft_and_a_third_statement_joins_as_a_reading():
    ((one,), values) = drafts({(0, 1): 0.5, (0, 2): 0.4, (1, 2): 0.4}, rivals.Bars(0.3, 0.2, 0.3))
    assert sorted(one.members()) == [0, 1, 2]
    assert len(one.readings) > 1
    assert values.shape == (1, len(rivals.MARKS))


def test_a_statement_below_the_bar_does_not_join_and_a_pair_below_it_opens_nothing():
    ((one,), _) = drafts({(0, 1): 0.5, (0, 2): 0.1}, rivals.Bars(0.3, 0.2, 0.3))
    assert one.members() == [0, 1]
    assert drafts({(0, 1): 0.2, (0, 2): 0.1}, rivals.Bars(0.3, 0.2, 0.3))[0] == []


def test_sentences_that_part_on_a_value_are_not_said_to_part_in_wording():
    _, told, _, _ = story("The fire destroyed 14 barns in Torsby.\n", "The fire destroyed 22 barns in Torsby.\n")
    point = contrasts.between(told[0], told[1])
    found = rivals.Candidates([0], [1], [point], None)
    sharp = rivals.Draft(point[0], [(point[0].left, [0]), (point[0].right, [1])], [0.5], valued=True)
    bars = rivals.Bars(0.3, 0.2, 0.3)
    assert len(rivals.draft(found, told, [0.5], bars)) == 1
    assert rivals.draft(found, told, [0.5], bars, [sharp]) == []


def answered(*texts: str, taken: frozenset[int] = frozenset()) -> list[rivals.Draft]:
    """The drafts of values, all pairs that may answer one question taken to do so."""
    layout, told, origin, c = story(*texts)
    found = answers.lay(values.values(told, c.reports), layout, told, origin, {}, reports=c.reports)
    return rivals.of_answers(found, told, [0.5] * len(found.first), rivals.Bars(0.3, 0.2, 0.3, 0.3), taken)


BARNS = [f"The fire destroyed {count} barns in the village of Torsby.\n" for count in (14, 22, 31)]


def test_values_that_part_are_readings_of_one_draft():
    (one,) = answered(*BARNS)
    assert [members for _, members in one.readings] == [[0], [1], [2]]
    assert one.point.slot.startswith("number of “")
    assert "barns" in one.point.slot


def test_a_count_that_was_told_elsewhere_opens_no_draft():
    assert answered(*BARNS[:2], taken=frozenset({1})) == []


def test_a_draft_in_the_sentences_of_a_better_one_is_known_as_such():
    layout, told, origin, _ = story(*HARBOUR)
    point = contrasts.between(told[0], told[-1])
    spans = told[0].statement.span, told[-1].statement.span
    first = point[0] if point else contrasts.Contrast("outcome", "telling", "what is told: “ferry”", *spans)
    twice = [rivals.Draft(first, [(spans[0], [0]), (spans[1], [len(told) - 1])], [0.5]) for _ in range(2)]
    values = rivals.marks(twice, layout, told, origin)
    overlap = rivals.MARKS.index("overlap")
    assert values[:, overlap].tolist() == [0.0, 1.0]


def test_what_speaks_for_a_draft_sums_to_its_log_odds():
    weights = rivals.Weights(-1.0, tuple(0.5 for _ in rivals.MARKS))
    row = [float(k % 3) for k in range(len(rivals.MARKS))]
    import numpy as np

    total = -1.0 + sum(weight for _, weight in rivals.weigh(row, weights))
    assert weights.chances(np.array([row]))[0] == pytest.approx(1 / (1 + np.exp(-total)))


def test_supports_are_whole_sentences_unless_two_readings_stand_in_one():
    sentences = {"a": [Span("a", 0, 90), Span("a", 91, 140)], "b": [Span("b", 0, 700)]}
    left, right, other = Span("a", 5, 30), Span("a", 40, 80), Span("a", 100, 120)
    assert conflicts.widened([[left], [other]], sentences) == [(Span("a", 0, 90),), (Span("a", 91, 140),)]
    assert conflicts.widened([[left], [right]], sentences) == [(left,), (right,)]
    assert conflicts.widened([[Span("b", 5, 30)], [other]], sentences)[0] == (Span("b", 5, 30),)
    assert conflicts.widened([[Span("c", 5, 30)], [other]], sentences)[0] == (Span("c", 5, 30),)
    assert conflicts.widened([[left, Span("a", 10, 20)], [other]], sentences)[0] == (Span("a", 0, 90),)
