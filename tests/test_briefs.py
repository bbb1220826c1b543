"""The brief: which sentences are quoted, on invented reports."""

from __future__ import annotations

from tellings import pipeline
from tellings.records import Collation, Found, Report

SHARED = [
    "A ferry with forty passengers ran aground off the port of Melvaine on Tuesday.",
    "Divers rescued eleven sailors from the sinking trawler Grey Heron before dawn.",
    "The harbour master of Melvaine closed the northern channel to all shipping until Friday.",
]


def story(**texts: str) -> Collation:
    reports = [Report(n, t, outlet=Found(n, "given"), published=Found("2031-05-07", "given")) for n, t in texts.items()]
    return pipeline.collate(pipeline.annotate(reports))


def reworded() -> Collation:
    return story(
        a=f"{SHARED[0]} {SHARED[1]}\n\n{SHARED[2]}\n\n"
        "But the ferry company gave no reason for the accident at the port.\n",
        b="The northern channel was closed to all shipping by the harbour master of Melvaine until Friday.\n\n"
        "But a ferry with forty passengers ran aground off the port of Melvaine on Tuesday morning.\n",
        c="They rescued eleven sailors from the sinking trawler Grey Heron before dawn on Tuesday.\n\n"
        "The mayor of Ostrel opened a new library for the children of the lower town.\n",
    )


def test_sentences_are_quoted_whole_and_carry_their_claim():
    c = reworded()
    sentences = {s.span for r in c.reports for s in r.sentences}
    by_id = {claim.id: claim for claim in c.claims}
    assert 3 <= len(c.brief) <= 7
    for brief in c.brief:
        assert brief.span in sentences
        assert any(brief.span.holds(s.span) for s in by_id[brief.claim].support)


def test_what_several_origins_tell_comes_first():
    c = reworded()
    first = next(claim for claim in c.claims if claim.id == c.brief[0].claim)
    assert first.independent == max(claim.independent for claim in c.claims)
    assert "library" not in c.quote(c.brief[0].span)


def test_what_reports_open_with_comes_before_what_they_add():
    c = story(
        a=f"{SHARED[0]}\n\n{SHARED[1]}\n\nA crane fell.\n\nNobody slept.\n\nIt rained.\n\n{SHARED[2]}\n",
        b="A ferry with forty passengers has run aground outside the port of Melvaine.\n\nA crane fell.\n\n"
        "Nobody slept.\n\nIt rained.\n\nThe northern channel was closed to all shipping until Friday.\n",
    )
    assert "ferry" in c.quote(c.brief[0].span)


def test_no_sentence_opens_with_a_pronoun_or_but():
    c = reworded()
    assert not [b for b in c.brief if c.quote(b.span).startswith(("But ", "They ", "He ", "She ", "It "))]


def test_no_sentence_that_is_tied_to_the_one_before_it_is_quoted():
    tied = "On the other hand, the ferry Halden ran aground off Tromso harbour on Sunday with ninety people on board."
    free = "The ferry Halden ran aground off Tromso harbour on Sunday evening with ninety people on board."
    c = story(a=tied, b=free)
    assert [c.quote(item.span) for item in c.brief] == [free]


def test_no_post_and_no_sentence_of_the_writers_own_is_quoted():
    plain = "The mayor of Ostrel handed the keys of the old fort to the river council on Monday."
    c = story(
        a="Today we handed the keys of the old fort of Ostrel to the river council as a gift.",
        b="Today the keys of the old fort of #Ostrel were handed to the river council as a gift.",
        c=plain,
    )
    assert [c.quote(item.span) for item in c.brief] == [plain]


def test_no_sentence_whose_subject_is_a_pronoun_is_quoted():
    free = "The ferry Halden ran aground off Tromso harbour on Sunday evening with ninety people on board."
    c = story(a="On Sunday evening, it ran aground off Tromso harbour with ninety people on board.", b=free)
    assert [c.quote(item.span) for item in c.brief] == [free]


def test_a_report_from_another_time_is_not_quoted():
    told = "The trawler Grey Heron sank off Melvaine with eleven sailors on board{}."
    reports = [
        Report(n, told.format(more), outlet=Found(n, "given"), published=Found(day, "given"))
        for n, more, day in (
            ("a", ", the coastguard said", "2031-09-07"),
            ("b", ", the coastguard said", "2031-05-09"),
            ("c", ", the coastguard said", "2031-05-08"),
        )
    ]
    c = pipeline.collate(pipeline.annotate(reports))
    assert "a" not in [item.span.report for item in c.brief]


def test_no_sentence_repeats_another():
    c = story(a=f"{SHARED[0]}\n{SHARED[1]}\n", b=f"{SHARED[0]}\n{SHARED[1]}\n", c=f"{SHARED[1]}\n{SHARED[0]}\n")
    quoted = [c.quote(b.span) for b in c.brief]
    assert sorted(quoted) == sorted(set(quoted))
    assert len(quoted) == 2


def test_headlines_and_questions_are_not_quoted():
    c = story(
        a="Ferry Runs Aground Off Melvaine\n\nDid the ferry captain of Melvaine sleep on the bridge that night?\n",
        b="Ferry Runs Aground Off Melvaine\n\nDid the ferry captain of Melvaine sleep on the bridge that night?\n",
    )
    assert c.brief == ()


def test_the_less_loaded_wording_is_taken():
    c = story(
        a="The brutal regime shot at the heroic marchers on the central square of Ostrel on Sunday.\n",
        b="Soldiers shot at the marchers on the central square of Ostrel on Sunday afternoon.\n",
    )
    (first, *_) = c.brief
    assert c.quote(first.span).startswith("Soldiers")


def test_an_empty_story_has_no_brief():
    assert story(a="").brief == ()


def test_a_sentence_counts_with_who_tells_its_main_clause():
    side = "a ferry with forty passengers ran aground off the port of Melvaine on Tuesday"
    c = story(
        a=f"The bakers of Ostrel raised the price of rye flour on the day when {side}.\n",
        b=f"The {side.removeprefix('a ')}.\n",
        d=f"On Tuesday {side.removesuffix(' on Tuesday')}.\n",
    )
    by_id = {claim.id: claim for claim in c.claims}
    flour = [b for b in c.brief if "flour" in c.quote(b.span)]
    assert all(by_id[b.claim].outlets == 1 for b in flour)
    assert "flour" not in c.quote(c.brief[0].span)
    assert by_id[c.brief[0].claim].outlets > 1


def test_no_caption_is_quoted():
    plain = "The old bell tower of Ostrel fell into the market square early on Friday."
    c = story(
        a=f"The old bell tower of Ostrel is seen after it fell into the market square on Friday.\n\n{plain}\n",
        b=f"A post shared by the town of Ostrel shows how the bell tower fell into the market square.\n\n{plain}\n",
    )
    assert {c.quote(b.span) for b in c.brief} == {plain}


def test_a_sentence_is_quoted_without_the_place_where_it_was_filed():
    told = "The ferry Halden ran aground off Tromso harbour on Sunday evening with ninety people on board."
    c = story(a=f"OSTREL, Melvaine (Quay Wire) — {told}", b=f"OSTREL — {told}")
    assert {c.quote(b.span) for b in c.brief} == {told}


def test_the_caption_of_a_file_photo_is_not_quoted():
    lead = "A ferry with forty passengers ran aground off the port of Melvaine on Tuesday."
    frame = "FILE - In this May 3, 2030, file photo, the ferry lies in Melvaine."
    c = story(
        a=f"{frame} A ferry of forty passengers has run aground off the port of Melvaine. (Quay Wire)\n\n{lead}\n",
        b=f"{lead} {SHARED[1]}\n",
    )
    assert not [b for b in c.brief if "has run aground" in c.quote(b.span) or "FILE" in c.quote(b.span)]


def test_what_is_led_with_comes_before_what_lies_behind_it():
    behind = "The port of Melvaine is one of the oldest harbours on the northern coast and has three piers."
    c = story(
        a=f"{SHARED[0]}\n\n{behind}\n\n{SHARED[1]}\n",
        b="A ferry carrying forty passengers ran aground outside the port of Melvaine on Tuesday.\n\n"
        f"Nobody was hurt.\n\n{behind}\n",
        c="The tides were low at noon.\n\nA crane fell.\n",
    )
    assert "ferry" in c.quote(c.brief[0].span)


def test_no_sentence_that_speaks_of_somebody_not_named_is_quoted():
    free = "The mayor of Ostrel handed the keys of the old fort to the river council on Monday."
    c = story(a="In a ceremony, her deputy handed the keys of the old fort to the river council on Monday.", b=free)
    assert [c.quote(item.span) for item in c.brief] == [free]


def test_somebodys_words_are_not_quoted_without_saying_whose():
    words = "The keys of the old fort of Ostrel were sold to the river council for nothing at all."
    said = f"Ada Brook told the court on Friday: “The gates will be shut for ever. {words} Nobody asked for it.”"
    c = story(a=said, b=said)
    assert words not in [c.quote(item.span) for item in c.brief]
    c = story(a=words, b=words)
    assert [c.quote(item.span) for item in c.brief] == [words]


def test_what_others_quote_from_somebody_is_not_told_as_a_fact():
    view = "The keys of the old fort of Ostrel were sold to the river council for nothing at all."
    said = f"Ada Brook told the court on Friday: “{view}”"
    c = story(a=view, b=said)
    assert [c.quote(item.span) for item in c.brief] == [said]


def test_where_a_town_lies_is_not_what_happened():
    free = "The mayor of Ostrel handed the keys of the old fort to the river council on Monday."
    where = "Even at a trot the village is some two hours by mule from any railway, bakery or well."
    c = story(a=f"{free} {where}", b=f"{free} {where}")
    assert [c.quote(item.span) for item in c.brief] == [free]


def test_the_first_day_that_can_be_written_has_nothing_long_before_it():
    reports = [Report(n, SHARED[0], outlet=Found(n, "given"), published=Found("0001-01-01", "given")) for n in "ab"]
    c = pipeline.collate(pipeline.annotate(reports))
    assert [c.quote(item.span) for item in c.brief] == [SHARED[0]]
