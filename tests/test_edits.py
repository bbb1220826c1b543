"""Edits: each planted change is found once, of its kind, with the words that changed; style alone is no edit."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import ALONE, REPRINT, WIRE, report, said, story, tagged
from marked_edits import Tally, pairs, tally

from tellings.collate import differences, edits
from tellings.records import Annotated, Collation, Edit, Found

VERBS = ["struck", "injuring", "said", "had", "left", "was", "failed", "felt", "told", "complained", "blocked", "runs"]
TAGS = dict.fromkeys([*VERBS, "withdrew", "inspect", "grumbled"], "VERB") | {
    **dict.fromkeys(["the", "a", "every"], "DET"),
    **dict.fromkeys(["though", "greatly"], "ADV"),
    **dict.fromkeys(["of", "in", "on", "with", "for", "by", "along", "from", "about", "towards", "until"], "ADP"),
    **dict.fromkeys(["passenger", "outer", "dense", "thick", "faded", "damaged", "greedy"], "ADJ"),
}


def pair(old: str, new: str) -> Collation:
    """A wire text and one copy, `old` replaced by `new` in it."""
    assert old in WIRE
    source = report("a", WIRE, published=Found("2031-05-02", "given"))
    copy = report("b", WIRE.replace(old, new), published=Found("2031-05-03", "given"))
    return story([tagged(source, TAGS), tagged(copy, TAGS)])


def told(c: Collation) -> list[tuple[str, str, str]]:
    """Each edit: its kind and the words on both sides."""
    return [(e.kind, c.quote(e.before) if e.before else "", c.quote(e.after) if e.after else "") for e in c.edits]


def only(c: Collation) -> tuple[str, str, str]:
    found = told(c)
    assert len(found) == 1, found
    return found[0]


def test_a_copy_without_changes_has_no_edits():
    assert story([report("a", WIRE), report("b", WIRE)]).edits == ()


def test_a_label_swapped():
    kind, before, after = only(pair("Harbour pilots", "Wreckers"))
    assert kind == "label_swap"
    assert "Harbour pilots" in before
    assert "Wreckers" in after


def test_a_number_changed():
    kind, before, after = only(pair("nearly 300 people", "nearly 200 people"))
    assert (kind, "300" in before, "200" in after) == ("number_changed", True, True)


def test_a_hedge_added():
    kind, _, after = only(pair("the coastguard", "the so-called coastguard"))
    assert kind == "hedge_added"
    assert "so-called" in after


def test_a_negation_put_in():
    kind, _, after = only(pair("had complained for", "had never complained for"))
    assert kind == "negation_changed"
    assert "never" in after


def test_words_dropped_within_a_sentence_are_shown_with_their_place():
    kind, before, after = only(pair(", injuring dozens of commuters,", ","))
    assert kind == "dropped"
    assert "injuring dozens of commuters" in before
    assert after
    assert "commuters" not in after


def test_words_added_within_a_sentence():
    kind, before, after = only(pair("the damaged hull", "the damaged hull and the propellers"))
    assert kind == "added"
    assert "propellers" in after
    assert "hull" in before


def test_a_sentence_left_out_between_others():
    line = next(x for x in WIRE.splitlines() if x.startswith("Every road"))
    kind, before, after = only(pair(line + "\n", ""))
    assert (kind, before, after) == ("dropped", line, "")


def test_a_sentence_put_in_between_others():
    line = next(x for x in WIRE.splitlines() if x.startswith("Every road"))
    more = "Nobody had counted the lifejackets since Easter."
    kind, before, after = only(pair(line, f"{more}\n{line}"))
    assert (kind, before, after) == ("added", "", more)


def test_a_sentence_given_to_another_speaker():
    line = "Every road towards the pier was blocked by ambulances until midnight, {} said."
    source = WIRE.replace(line.format("harbour master Ivar Lie"), "Ivar Lie was pale.\n" + line.format("he"))
    copy = WIRE.replace(line.format("harbour master Ivar Lie"), "Berit Moe was pale.\n" + line.format("he"))
    one = said(report("a", source), line.format("he"), "he", "said", "Ivar Lie")
    two = said(report("b", copy), line.format("he"), "he", "said", "Berit Moe")
    moved = [e for e in story([one, two]).edits if e.kind == "attribution_changed"]
    assert len(moved) == 1
    assert "Ivar Lie" in moved[0].note
    assert "Berit Moe" in moved[0].note


def test_an_attribution_left_out():
    source = said(
        report("a", WIRE),
        "Every road towards the pier was blocked by ambulances until midnight, harbour master Ivar Lie said.",
        "harbour master Ivar Lie",
        "said",
        "Ivar Lie",
    )
    copy = report("b", WIRE.replace(", harbour master Ivar Lie said.", "."), published=Found("2031-05-03", "given"))
    c = story([source, copy])
    assert only(c)[0] == "attribution_changed"
    assert "left out" in c.edits[0].note or "put in" in c.edits[0].note


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the coastguard", "The Coastguard"),
        ("sister ships", "sister-ships"),
        ("coastguard", "coast guard"),
        ("passenger Signe Holt told", "passenger Signe Hoelt told"),
        (
            '"We felt a violent jolt and then everybody was shouting,"',
            "“We felt a violent jolt and then everybody was shouting”,",
        ),
        ("the outer breakwater", "outer breakwater"),
    ],
)
def test_style_alone_is_no_edit(old, new):
    assert told(pair(old, new)) == []


def test_the_source_is_named_first():
    c = story(
        [
            report("z", WIRE, byline=Found("Mara Lind (Northwire)", "given"), credits=(Found("Northwire", "given"),)),
            report("a", REPRINT),
        ]
    )
    assert c.edits
    assert {e.before.report for e in c.edits if e.before} == {"z"}
    assert {e.after.report for e in c.edits if e.after} == {"a"}


def test_reports_that_share_nothing_have_no_edits():
    assert story([report("a", WIRE), report("d", ALONE)]).edits == ()
    assert edits.find(Collation(())) == ()


def test_every_edit_names_the_passage_that_it_lies_in():
    c = pair("nearly 300 people", "nearly 200 people")
    assert c.edits[0].passage in {p.id for p in c.passages}


def test_names_are_known_in_two_spellings():
    assert differences.spelt("mohammed", "muhammad")
    assert differences.spelt("tsar", "tsars")
    assert not differences.spelt("mali", "malawi")
    assert not differences.spelt("niger", "nigeria")
    assert not differences.spelt("1,300", "1,200")


def swaps(c: Collation) -> list[tuple[str, str]]:
    return [(before, after) for kind, before, after in told(c) if kind == "label_swap"]


def test_two_nouns_with_and_are_one_label():
    c = pair("Harbour pilots had complained", "Greedy wreckers and idle captains had complained")
    assert swaps(c) == [("Harbour pilots", "Greedy wreckers and idle captains")]


def test_a_word_with_hyphens_is_not_cut():
    c = pair("Harbour pilots had complained", "Anti-union wreckers had complained")
    assert swaps(c) == [("Harbour pilots", "Anti-union wreckers")]


def test_a_label_and_a_verb_are_two_edits():
    c = pair("Harbour pilots had complained for months about", "Wreckers grumbled for months about")
    assert swaps(c) == [("Harbour pilots", "Wreckers")]
    assert [(k, b, a) for k, b, a in told(c) if k != "label_swap"] == [("reworded", "had complained", "grumbled")]


def test_an_edit_covers_whole_noun_phrases():
    kind, before, after = only(pair("two sister ships", "two sister barges"))
    assert (before, after) == ("two sister ships", "two sister barges")
    assert kind in {"label_swap", "reworded"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the island of Torsk", "Torsk"),
        ("its radar failed", "its radar had failed"),
        ("passenger Signe Holt told", "passenger Signe Holt has told"),
        ("was blocked by", "had been blocked by"),
        ("until midnight", "until midnight though"),
    ],
)
def test_the_kind_of_a_place_and_tense_are_no_edits(old, new):
    assert told(pair(old, new)) == []


def test_the_order_puts_first_what_changes_most():
    text = WIRE.replace("nearly 300 people", "nearly 200 people").replace("dense fog", "thick fog")
    text = text.replace("the coastguard", "the so-called coastguard")
    one = report("a", WIRE, published=Found("2031-05-02", "given"))
    two = report("b", text, published=Found("2031-05-03", "given"))
    kinds = [e.kind for e in story([tagged(one, TAGS), tagged(two, TAGS)]).edits]
    assert kinds == ["number_changed", "hedge_added", "reworded"]


def test_many_sentences_left_out_are_told_by_the_most_telling():
    def line(at: int) -> str:
        return f"Crate{at} of smoked herring from shed{at} went overboard near buoy{at} without anybody noticing."

    kept = [line(at) for at in range(0, 60, 2)]
    every = [line(at) for at in range(60)]
    every[21] = "Inspector Ola Berg counted 73 empty crates of smoked herring behind the shed."
    c = story([report("a", "\n".join(every)), report("b", "\n".join(kept))])
    dropped = [e for e in c.edits if e.kind == "dropped" and e.after is None]
    assert 0 < len(dropped) <= 12
    assert any("73 empty crates" in c.quote(e.before) for e in dropped if e.before)


def test_changes_of_two_lines_grow_to_whole_units_and_meet():
    gaps = [differences.Change(1, 2, 1, 2), differences.Change(3, 4, 3, 4)]
    assert differences.widened(gaps, [(0, 2)], []) == [
        differences.Change(0, 2, 0, 2),
        differences.Change(3, 4, 3, 4),
    ]
    assert differences.widened(gaps, [(1, 4)], []) == [differences.Change(1, 4, 1, 4)]
    assert differences.widened([], [(0, 2)], [(1, 3)]) == []


def test_words_that_only_moved_are_no_change():
    c = story(
        [
            report("a", WIRE),
            report(
                "b",
                WIRE.replace(
                    "The vessel had left the island of Torsk with nearly 300 people aboard",
                    "With nearly 300 people aboard the vessel had left the island of Torsk",
                ),
            ),
        ]
    )
    assert told(c) == []


WORDS = st.sampled_from(
    ["never", "so-called", "41", "harbour", "reportedly", "wreckers", "Torsk", "said", "the", "of", "pilots"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.booleans(), WORDS), max_size=12))
def test_any_changes_give_spans_that_hold(changes):
    words = WIRE.split(" ")
    for at, instead, word in changes:
        words[at % len(words) : at % len(words) + instead] = [word]
    c = story([tagged(report("a", WIRE), TAGS, ["Signe Holt"]), tagged(report("b", " ".join(words)), TAGS)])
    for e in c.edits:
        assert isinstance(e, Edit)
        assert e.before or e.after
        for span in (e.before, e.after):
            if span:
                text = c.report(span.report).report.text
                assert 0 <= span.start < span.end <= len(text)
                assert not span.cut(text)[0].isspace()
        assert e.kind == "attribution_changed" or not (e.before and e.after) or c.quote(e.before) != c.quote(e.after)
    assert len(set(c.edits)) == len(c.edits)


def test_annotations_of_any_depth_are_enough():
    days = Found("2031-05-02", "given"), Found("2031-05-03", "given")
    given = report("a", WIRE, published=days[0]), report("b", REPRINT, published=days[1])
    bare = [Annotated(r.report, sentences=r.sentences) for r in given]
    assert {"hedge_added", "number_changed", "dropped"} <= {e.kind for e in story(bare).edits}


@cache
def marked(kept: bool) -> Tally:
    """What is found in the marked pairs: those that the rules were written beside, or those kept back."""
    return tally(p for p in pairs() if p.name.startswith("kept-") is kept)


MATTER = (
    "label_swap", "dropped", "added", "hedge_added", "attribution_changed", "number_changed", "date_changed",
    "negation_changed", "agent_removed",
)  # fmt: skip


def test_the_marked_set_is_large_enough():
    told = marked(kept=False)
    assert sum(told.planted[kind] for kind in MATTER) >= 60
    assert told.planted["style"] >= 40


@pytest.mark.parametrize("kind", MATTER)
def test_planted_edits_are_found_as_what_they_are(kind):
    assert marked(kept=False).recall(kind) >= 0.85, marked(kept=False).notes


@pytest.mark.parametrize(
    ("kept", "precision", "recall", "style"), [(False, 0.92, 0.95, 0.92), (True, 0.80, 0.80, 0.85)]
)
def test_edits_that_matter_are_told_apart_from_style(kept, precision, recall, style):
    told = marked(kept)
    assert told.precision(*MATTER) >= precision, told.notes
    assert told.recall(*MATTER) >= recall, told.notes
    assert told.recall("style") >= style, told.notes


def test_an_agent_left_out_of_a_passive():
    kind, before, after = only(pair("was blocked by ambulances until", "was blocked until"))
    assert (kind, before) == ("agent_removed", "by ambulances")
    assert "was blocked" in after


def test_a_passive_that_names_the_agent_is_no_edit():
    old, new = "divers inspect the damaged hull", "the damaged hull was inspected by divers"
    assert not [e for e in told(pair(old, new)) if e[0] == "agent_removed"]


def test_what_turns_a_statement_round_comes_before_labels():
    text = WIRE.replace("had complained", "had never complained").replace("Harbour pilots", "Wreckers")
    one, two = (report(name, t, published=Found(day, "given")) for name, t, day in
                (("a", WIRE, "2031-05-02"), ("b", text, "2031-05-03")))  # fmt: skip
    kinds = [e.kind for e in story([tagged(one, TAGS), tagged(two, TAGS)]).edits]
    assert kinds == ["negation_changed", "label_swap"]


def test_a_source_that_both_name_and_introduce_otherwise():
    lines = (
        "Gulls circled above the harbour all afternoon, the campaign group Quay Watch said.",
        "Three barges will be towed to the dry dock, the so-called Quay Watch said.",
    )
    sources = "the campaign group Quay Watch", "the so-called Quay Watch"
    days = Found("2031-05-02", "given"), Found("2031-05-03", "given")
    given = [
        said(report(name, WIRE + line + "\n", published=day), line, source, "said", "Quay Watch")
        for name, line, source, day in zip("ab", lines, sources, days, strict=True)
    ]
    hedged = [x for x in told(story(given)) if x[0] == "hedge_added"]
    assert hedged == [("hedge_added", f"{sources[0]} said", f"{sources[1]} said")]


def swapped(old: str, new: str, rest: str, names: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """The edits where one more sentence of the wire text begins with other words in the copy."""
    tags = TAGS | dict.fromkeys(["his", "left", "other", "trapped", "linked"], "ADJ") | {"left": "ADJ", "and": "CCONJ"}
    days = Found("2031-05-02", "given"), Found("2031-05-03", "given")
    return told(
        story(
            tagged(report(name, f"{WIRE}{begin} {rest}\n", published=day), tags, names)
            for name, begin, day in zip("ab", (old, new), days, strict=True)
        )
    )


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("And Ann Holm", "And Jo Berg", ("Ann Holm", "Jo Berg")),
        ("And the tugboat", "And the carrier raft", ()),
        ("And the first-stage pumps", "And the pumps", ()),
        ("And your favourite lantern", "And your own torch", ()),
        ("And the company", "And Nordferry", ("Nordferry",)),
        ("And his left hand", "And his other hand", ()),
    ],
)
def test_two_things_or_two_people_are_no_label_swap(old, new, names):
    found = swapped(old, new, "blocked the narrow entrance of the inner harbour basin.", names)
    assert [e for e in found if e[0] == "label_swap"] == []


def test_two_descriptions_of_one_actor_are_a_label_swap():
    found = swapped("And the strikers", "And the thugs", "blocked the narrow entrance of the inner basin.")
    assert [e[0] for e in found] == ["label_swap"]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("And Qasim", "And al-Kassem", ("Qasim", "Kassem")),
        ("And Ann Holm", "And Holm", ("Ann Holm", "Holm")),
        ("And NFSA", "And the National Ferry Safety Agency", ("NFSA", "National Ferry Safety Agency")),
    ],
)
def test_a_name_in_another_spelling_or_in_full_is_no_edit(old, new, names):
    assert swapped(old, new, "blocked the narrow entrance of the inner harbour basin.", names) == []


def test_a_number_put_into_other_units_is_told_once():
    rest = "of rope lay along the narrow entrance of the inner harbour basin."
    found = swapped("And ten metres (33 feet)", "And twelve metres (39 feet)", rest)
    assert [e[0] for e in found] == ["number_changed"]


def test_the_same_unit_counted_otherwise_in_a_longer_wording():
    old = "And the diver went slowly down the 40 m dark"
    new = "And the six-year-old seal that lives here went into the 80 m deep"
    found = swapped(old, new, "shaft beside the narrow entrance of the inner harbour basin.")
    assert "number_changed" in [e[0] for e in found]


def test_a_hedge_that_both_have_is_none_put_in():
    rest = "drift towards the narrow entrance of the inner harbour basin."
    assert "hedge_added" not in [e[0] for e in swapped("And which they think could", "And which may", rest)]


def test_the_verb_of_saying_is_no_label():
    line = "Every lamp along the pier will be replaced before the autumn gales, Quay Watch %s."
    given = [
        said(
            report(name, f"{WIRE}{line % cue}\n", published=Found(day, "given")), line % cue, "Quay Watch", cue,
            "Quay Watch",
        )
        for name, cue, day in (("a", "confirmed", "2031-05-02"), ("b", "revealed", "2031-05-03"))
    ]  # fmt: skip
    assert "label_swap" not in [e[0] for e in told(story(given))]


def test_a_quotation_is_not_given_to_another_by_a_pronoun():
    words = '"The ropes were rotten and nobody came to look at them in time,"'
    one, two = f"{words} Ivar Lie said.", f"{words} she said."
    given = [
        said(
            report("a", f"{WIRE}{one}\n", published=Found("2031-05-02", "given")), one, "Ivar Lie", "said", "Ivar Lie"
        ),
        said(report("b", f"{WIRE}{two}\n", published=Found("2031-05-03", "given")), two, "she", "said", "Signe Holt"),
    ]
    assert not [e for e in story(given).edits if e.kind == "attribution_changed"]


def test_a_copy_of_a_text_that_is_not_there_is_also_set_beside_the_copy_that_has_most_of_the_same():
    barge = (
        "A barge loaded with gravel broke loose above the weir at Oddland on Sunday and drifted for an hour.",
        "The lock keeper closed both gates and called two tugs from the lower harbour.",
        "Anglers on the eastern bank pulled three deckhands out of the cold water.",
        "The owner of the barge said that its mooring rope had been renewed in March.",
        "Engineers will look at the pillars of the railway bridge before trains may cross it again.",
        "Gravel from the hull blocks the narrow channel beside the mill for the second time this year.",
        "A cafe on the quay gave soup and blankets to everybody who had helped.",
        "The mayor thanked the volunteers in a short speech from the steps of the mill.",
    )

    def told(lines: str, old: str = "-", new: str = "") -> str:
        return (
            "Barge breaks loose\n\n"
            + "".join(barge[int(at)].replace(old, new) + "\n" for at in lines)
            + "(Northwire)\n"
        )

    texts = {"a": told("012356"), "b": told("012457"), "c": told("03467", "soup", "stale bread")}
    c = story([report(name, text) for name, text in texts.items()])
    assert [(e.source, e.target) for e in c.origins[0].edges] == [(None, "a"), (None, "b"), (None, "c")]
    # The largest of the three has no word of the cafe.
    changed = [e for e in c.edits if e.before is not None and e.after is not None]
    assert [(e.before.report, e.after.report) for e in changed if e.before and e.after] == [("a", "c")]
