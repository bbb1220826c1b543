"""Claims: what is grouped, counted and chosen, on invented reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings import pipeline
from tellings.collate import claims, pairs, statements
from tellings.records import SURE, Carried, Claim, Clause, Collation, Found, Origin, Passage, Report
from tellings.text import Span

HARBOUR = "A ferry with forty passengers ran aground off the port of Melvaine on Tuesday."
RESCUE = "Divers rescued eleven sailors from the sinking trawler Grey Heron before dawn."
TAX = "The regional council approved a new tax on cruise ships last week."


def story(**texts: str) -> Collation:
    """The reports of a story, read by the package, one outlet each."""
    reports = [
        Report(name, text, outlet=Found(f"The {name}", "given"), published=Found("2031-05-07", "given"))
        for name, text in texts.items()
    ]
    return Collation(pipeline.annotate(reports))


def holding(c: Collation, found: tuple[Claim, ...], words: str) -> list[Claim]:
    """The claims of which a support quotes these words."""
    return [x for x in found if any(words in c.quote(s.span) for s in x.support)]


def three() -> Collation:
    return story(
        a=f"{HARBOUR}\n\n{TAX}\n",
        b=f"{RESCUE}\n\nA ferry carrying forty passengers ran aground near the port of Melvaine on Tuesday.\n",
        c="Bakers of the valley complained about the price of rye flour.\n\n"
        "Divers saved eleven sailors from the trawler Grey Heron.\n",
    )


def test_one_fact_in_two_reports_is_one_claim_and_other_facts_stay_apart():
    c = three()
    found = claims.find(c)
    ferry = holding(c, found, "ran aground off")
    assert len(ferry) == 1
    assert {s.span.report for s in ferry[0].support} == {"a", "b"}
    assert not set(ferry) & set(holding(c, found, "rye flour"))
    assert not set(ferry) & set(holding(c, found, "cruise ships"))


def test_words_of_one_family_join():
    c = three()
    (rescue,) = holding(c, claims.find(c), "rescued eleven sailors")
    assert {s.span.report for s in rescue.support} == {"b", "c"}


def test_every_statement_stands_in_exactly_one_claim():
    c = three()
    spans = [s.span for x in claims.find(c) for s in x.support]
    assert sorted(spans) == sorted(s.span for s in pairs.lay_out(c.reports, claims.roots(c)).statements)


def test_numbers_count_outlets_origins_and_what_was_copied():
    c = story(a=f"{HARBOUR}\n", b=f"{HARBOUR}\n", d=f"{HARBOUR}\n")
    outlet = Found("The Same", "given")
    reports = tuple(replace(r, report=replace(r.report, outlet=outlet)) if r.id in "ab" else r for r in c.reports)
    whole = [Span(r, 0, len(HARBOUR)) for r in "abd"]
    c = replace(
        c,
        reports=reports,
        origins=(Origin("origin-1", ("a", "b"), "Harbour Wire"), Origin("origin-2", ("d",))),
        passages=(Passage("passage-1", tuple(whole), 1.0),),
    )
    (claim,) = claims.find(c)
    assert (claim.outlets, claim.origins, claim.independent) == (2, 2, 1)
    copied = {s.span.report: s.copied_from for s in claim.support}
    assert copied["a"] is None
    assert copied["b"] is None
    assert copied["d"] is not None
    assert copied["d"].report == "a"


def test_without_passages_nothing_is_copied():
    c = story(a=f"{HARBOUR}\n", b=f"{HARBOUR}\n")
    (claim,) = claims.find(c)
    assert claim.origins == claim.independent == 2
    assert all(s.copied_from is None for s in claim.support)


def test_who_said_it_is_kept_with_the_words_at_the_spot():
    c = story(
        a="Mayor Ilse Brandt spoke on Monday. “The bridge will be closed until winter,” she said.\n",
        b="“The bridge will be closed until winter,” Ilse Brandt told the Melvaine Courier.\n",
    )
    (claim,) = holding(c, claims.find(c), "bridge will be closed")
    said = {s.span.report: s.attribution for s in claim.support if "bridge" in c.quote(s.span)}
    assert all(x is not None and "Brandt" in x.source_text for x in said.values())
    pronoun = said["a"]
    assert pronoun is not None
    assert pronoun.source is not None
    assert c.quote(pronoun.source) == "she"
    assert claim.sources == ("Ilse Brandt",)


def test_a_statement_without_a_source_has_no_attribution():
    c = three()
    assert all(s.attribution is None for x in holding(c, claims.find(c), "ran aground off") for s in x.support)


def test_ranks_count_from_one_and_wider_told_comes_first():
    c = three()
    found = claims.find(c)
    assert [x.rank for x in found] == list(range(1, len(found) + 1))
    assert [x.id for x in found] == [f"claim-{k}" for k in range(1, len(found) + 1)]
    assert [x.independent for x in found] == sorted((x.independent for x in found), reverse=True)


def test_the_title_avoids_loaded_words_and_a_pronoun_at_its_beginning():
    c = story(
        a="The regime massacred the peaceful marchers on the central square of Ostrel.\n",
        b="They shot at the marchers on the central square of Ostrel.\n",
        d="Soldiers shot at the marchers on the central square of Ostrel.\n",
    )
    (claim,) = [x for x in claims.find(c) if len(x.support) > 1]
    assert c.quote(claim.title).startswith("Soldiers")


def test_sentences_stand_in_where_no_clause_was_found():
    c = three()
    bare = replace(c, reports=tuple(replace(r, clauses=(), attributions=()) for r in c.reports))
    quoted = {bare.quote(s.span) for x in claims.find(bare) for s in x.support}
    assert HARBOUR in {q if q.endswith(".") else q + "." for q in quoted}


def test_the_order_of_reports_changes_nothing():
    c = three()
    again = Collation(pipeline.annotate([r.report for r in reversed(c.reports)]))
    assert claims.find(c) == claims.find(again)


def test_an_empty_story_and_an_empty_report_have_no_claims():
    assert claims.find(Collation(())) == ()
    assert claims.find(story(a="")) == ()


def test_a_claim_of_one_report_alone_is_kept():
    c = three()
    (tax,) = holding(c, claims.find(c), "cruise ships")
    assert (tax.outlets, tax.origins, len(tax.support)) == (1, 1, 1)


def test_near_copies_keep_numbers_and_names_apart():
    c = story(
        a="The storm tore the roofs off 40 houses in the village of Anvers on Friday night.\n",
        b="The storm tore the roofs off 60 houses in the village of Anvers on Friday night.\n",
        d="The storm tore the roofs off 40 houses in the village of Anvers on Friday evening.\n",
    )
    layout = pairs.lay_out(c.reports, claims.roots(c))
    groups = [{layout.statements[k].span.report for k in members} for members in layout.copies]
    assert {"a", "d"} in groups
    assert {"b"} in groups


def test_join_needs_the_mean_of_all_pairs():
    # 0 and 1 are alike, 2 is like 1 alone: the mean of .9 and 0 is below the bar.
    assert claims.join(3, [0, 1], [1, 2], [0.9, 0.5], 0.3) == [[0, 1], [2]]
    assert claims.join(3, [0, 1, 0], [1, 2, 2], [0.9, 0.5, 0.4], 0.3) == [[0, 1, 2]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=40), st.randoms())
def test_join_gives_each_item_once_in_any_order_of_pairs(pairs, random):
    chance = {(min(a, b), max(a, b)): round(p, 9) for a, b, p in pairs if a != b}
    items = sorted(chance.items())
    first, second, values = [a for (a, _), _ in items], [b for (_, b), _ in items], [p for _, p in items]
    groups = claims.join(10, first, second, values, 0.4)
    assert sorted(k for members in groups for k in members) == list(range(10))
    random.shuffle(items)
    again = claims.join(10, [a for (a, _), _ in items], [b for (_, b), _ in items], [p for _, p in items], 0.4)
    assert sorted(map(tuple, groups)) == sorted(map(tuple, again))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_odd_text_never_fails_and_quotes_hold(text):
    c = story(a=text, b=f"{HARBOUR} {text}")
    for claim in claims.find(c):
        for support in claim.support:
            assert len(c.quote(support.span)) == len(support.span) > 0


def test_clauses_that_make_no_words_are_left_out():
    c = story(a="— … —\n")
    empty = replace(c.reports[0], clauses=(Clause(Span("a", 0, 1), 0),)) if c.reports[0].sentences else c.reports[0]
    assert statements.read(empty) == ()


def test_the_title_is_the_support_most_like_the_others():
    c = story(
        a="Firefighters rescued a family of five from the burning mill in Ostrel on Sunday.\n",
        b="Firefighters rescued a family of five from a burning mill in the town of Ostrel.\n",
        d="A mill in Ostrel was burning.\n",
    )
    (claim, *_) = claims.find(c)
    assert "rescued" in c.quote(claim.title)


def test_opposites_of_two_origins_are_two_facts():
    c = story(
        a="The road to the harbour of Melvaine was closed on Tuesday.\n",
        b="The road to the harbour of Melvaine was open on Tuesday.\n",
    )
    assert all(x.origins == 1 for x in claims.find(c))


def test_a_number_in_words_is_its_figure():
    (one,) = statements.read(story(a="Some two hundred dockers sat on the quay of Melvaine.\n").reports[0])
    assert one.numbers == {"200"}


def test_a_story_leaves_nothing_behind_for_the_next():
    c, other = three(), story(a=f"{TAX}\n")
    before = claims.find(c)
    claims.find(other)
    assert claims.find(c) == before


def test_a_light_verb_alone_joins_nothing():
    from tellings.collate.statements import fold, kin, light_acts

    assert kin(fold("run")) in light_acts()
    assert kin(fold("running")) in light_acts()
    assert kin(fold("arrested")) not in light_acts()


def two(one: str, other: str) -> tuple[statements.Statement, statements.Statement]:
    """The first statements of two reports."""
    c = story(a=one, b=other)
    return statements.read(c.reports[0])[0], statements.read(c.reports[1])[0]


def test_details_that_exclude_each_other_are_named():
    number = two("The flood destroyed 40 houses in Ostrel.", "The flood destroyed 65 houses in Ostrel.")
    assert pairs.incompatible(*number) == "number"
    place = two("The capsule landed in the Pacific Ocean.", "The capsule landed in the Atlantic Ocean.")
    assert pairs.incompatible(*place) == "place"
    date = two("The court sentenced Brandt in January 2030.", "The court sentenced Brandt in February 2030.")
    assert pairs.incompatible(*date) == "date"
    denial = two("The pilot warned the tower of the storm.", "The pilot never warned the tower of the storm.")
    assert pairs.incompatible(*denial) == "denial"


def test_a_name_for_another_excludes_only_where_nothing_is_told():
    bare = two("Mayor Ilse Brandt, a former harbour pilot", "Judge Jonas Tveit, a former harbour pilot")
    assert pairs.incompatible(*bare) == "name"
    told = two("Ilse Brandt opened the harbour museum.", "Jonas Tveit opened the harbour museum.")
    assert pairs.incompatible(*told) is None


def test_details_that_may_both_hold_exclude_nothing():
    same = "The flood destroyed 40 houses in Ostrel on Monday."
    assert pairs.incompatible(*two(same, same)) is None
    assert pairs.incompatible(*two(same, "The flood destroyed houses and 3 bridges.")) is None
    finer = two("The court sentenced Brandt in January 2030.", "The court sentenced Brandt on 12 January 2030.")
    assert pairs.incompatible(*finer) is None


def test_statements_that_exclude_each_other_are_two_claims():
    c = story(
        a="The capsule of the Heron mission came down in the Pacific Ocean on Sunday evening.\n",
        b="The capsule of the Heron mission came down in the Atlantic Ocean on Sunday evening.\n",
    )
    assert all(x.origins == 1 for x in claims.find(c))


def test_how_a_pair_stands_does_not_depend_on_the_order_of_pairs():
    import numpy as np

    first, second = np.array([0, 0, 1, 1]), np.array([1, 2, 2, 3])
    chance, reports = np.array([0.9, 0.6, 0.7, 0.2]), ["a", "b", "c", "c"]
    rows = pairs.standing(first, second, chance, reports)
    assert rows.shape == (4, len(pairs.STANDING))
    turned = [3, 1, 0, 2]
    again = pairs.standing(first[turned], second[turned], chance[turned], reports)
    assert np.array_equal(rows[turned], again)
    column = dict(zip(pairs.STANDING, rows.T.tolist(), strict=True))
    assert column["both_best"] == [1.0, 1.0, 1.0, 0.0]  # 1 has a likelier match than 3 in the report of both
    assert column["least_best"][3] < column["least_best"][2] == 1.0
    assert column["through"][0] > column["through"][3]  # 0 and 1 share a third; 1 and 3 do not


def test_a_story_without_pairs_has_no_standing():
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    assert pairs.standing(none, none, np.zeros(0), []).shape == (0, len(pairs.STANDING))


def test_what_is_surely_one_fact_ranks_before_what_is_loosely_one():
    fire = "Firefighters rescued a family of five from the burning mill in Ostrel on Sunday."
    c = story(
        a=f"{fire}\n\nThe owner of the mill, a baker, sells rye flour to the villages of the valley.\n",
        b=f"{fire}\n\nBakers of the villages in the valley buy flour.\n",
        d="Firefighters have rescued five people, a family, from a mill that burned in Ostrel on Sunday.\n",
    )
    assert "family" in c.quote(claims.find(c)[0].title)


def test_the_title_of_a_relative_clause_names_who_did_it():
    c = story(
        a="Ilse Brandt, who founded the Halden shipyard in 1990, resigned on Monday.\n",
        b="Jonas Tveit spoke of Ilse Brandt, who founded the Halden shipyard in 1990.\n",
    )
    (claim,) = [x for x in claims.find(c) if len({s.span.report for s in x.support}) == 2]
    assert "Brandt" in c.quote(claim.title)


def test_two_claims_of_one_sentence_have_two_titles():
    one = "Divers who rescued eleven sailors from the trawler were praised by the mayor who opened the harbour museum."
    c = story(a=f"{one}\n", b="Divers rescued eleven sailors from the trawler.\n\nThe mayor opened the museum.\n")
    titles = [x.title for x in claims.find(c)]
    assert len(set(titles)) == len(titles)


def test_a_denial_is_one_of_the_titles_own_verb():
    c = story(
        a="The mayor of Melvaine closed the northern harbour on Tuesday, the harbour master wrote.\n",
        b="The mayor of Melvaine did not close the northern harbour on Tuesday, a pilot wrote.\n",
    )
    for claim in holding(c, claims.find(c), "northern harbour"):
        stances = {s.span.report: s.polarity for s in claim.support}
        assert stances[claim.title.report] == "affirmed"
        assert all(p == "denied" for name, p in stances.items() if name != claim.title.report)


@pytest.mark.parametrize(
    "words",
    [
        "The mayor of Melvaine closed not only the northern harbour on Tuesday.",
        "The mayor of Melvaine closed the northern harbour on Tuesday, and has no plan to open it.",
    ],
)
def test_a_not_that_negates_something_else_denies_nothing(words: str):
    c = story(a="The mayor of Melvaine closed the northern harbour on Tuesday.\n", b=f"{words}\n")
    assert all(s.polarity == "affirmed" for x in claims.find(c) for s in x.support)


def test_what_both_negate_is_denied_by_neither():
    c = story(
        a="There is no place for bribes in the port of Melvaine, the harbour master wrote.\n",
        b="The harbour master wrote that there is no place for bribes in the port of Melvaine.\n",
    )
    assert all(s.polarity == "affirmed" for x in claims.find(c) for s in x.support)


def test_a_source_of_what_perhaps_tells_something_else_is_no_source_of_the_claim():
    c = story(
        a=f"{HARBOUR} The northern channel stays closed until Friday, said Ilse Brandt of the coast guard.\n",
        b=f"{HARBOUR} “The channel of Ostrel was dredged last spring,” Jonas Solheim told the Quay Courier.\n",
    )
    for claim in claims.find(c):
        sure = {s.attribution.source_text for s in claim.support if s.chance >= SURE and s.attribution}
        assert set(claim.sources) <= sure


def test_of_two_titles_that_hold_one_another_the_fuller_counts_if_it_is_as_widely_told():
    text = "The channel stays closed until Friday. The channel stays closed. Pilots wait."
    c = story(a=f"{text}\n")
    reports = {r.id: r for r in c.reports}

    def told(words: str, outlets: int) -> Claim:
        start = text.index(words)
        carried = Carried(outlets, outlets, outlets)
        return Claim("", outlets, outlets, outlets, (), Span("a", start, start + len(words)), 0, (), carried)

    full, scrap = "The channel stays closed until Friday", "The channel stays closed."
    assert claims.repeated([told(scrap, 2), told("Pilots wait", 2), told(full, 2)], reports) == [0]
    assert claims.repeated([told(scrap, 3), told("Pilots wait", 2), told(full, 2)], reports) == [2]
    assert claims.repeated([told(full, 2), told(scrap, 2)], reports) == [1]
    assert claims.repeated([told(full, 2), told(scrap, 1)], reports) == []
