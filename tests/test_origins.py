"""Origins: copies stand together, whoever reports alone stands alone, and each arrow has its reasons."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import ALONE, REPRINT, SHORT, WIRE, report, story

from tellings.collate import origins, passages
from tellings.collate.alignments import lines
from tellings.collate.layouts import lay_out
from tellings.records import Collation, Found, Origin
from tellings.text import Span


def given_(value: str) -> Found:
    return Found(value, "given")


def groups(c: Collation) -> list[tuple[str, ...]]:
    return [o.reports for o in c.origins]


def arrows(o: Origin) -> dict[str, str | None]:
    return {e.target: e.source for e in o.edges}


def test_copies_stand_together_and_who_reports_alone_stands_alone():
    c = story([report("a", WIRE), report("b", REPRINT), report("c", SHORT), report("d", ALONE)])
    assert groups(c) == [("a", "b", "c"), ("d",)]
    assert [o.id for o in c.origins] == ["origin-1", "origin-2"]


def test_a_shared_statement_makes_no_origin():
    statement = (
        '"Our divers will not rest before every compartment of the hull has been searched twice," the company said.'
    )
    one = report(
        "a", f"Statement\n\n{statement}\nBakers on the northern shore sold nothing but dry biscuits that morning.\n"
    )
    two = report(
        "b", f"Reaction\n\n{statement}\nRelatives waited in the gymnasium, wrapped in blankets from the barracks.\n"
    )
    assert groups(story([one, two])) == [("a",), ("b",)]


def test_the_fuller_report_is_the_source_where_nothing_else_tells():
    c = story([report("a", SHORT), report("b", WIRE)])
    edge = c.origins[0].edges[0]
    assert (edge.source, edge.target) == ("b", "a")
    assert edge.share > 0.8
    assert any(e.name == "completeness" and e.weight > 0 for e in edge.evidence)


def test_the_earlier_report_is_the_source():
    early = report("b", SHORT + WIRE, published=given_("2031-05-02"))
    late = report("a", WIRE, published=given_("2031-05-03"))
    edge = story([early, late]).origins[0].edges[0]
    assert (edge.source, edge.target) == ("b", "a")
    assert any(e.name == "time" and e.weight == 1.0 for e in edge.evidence)


def test_the_time_of_day_counts_where_all_have_one():
    early = report("b", WIRE, published=given_("2031-05-02T06:40"))
    late = report("a", WIRE, published=given_("2031-05-02T11:15"))
    assert arrows(story([early, late]).origins[0]) == {"a": "b"}


def test_what_the_agency_signed_stands_first():
    signed = report("z", WIRE, byline=given_("Mara Lind (Northwire)"), credits=(given_("Northwire"),))
    copy = report("a", REPRINT + "A reader wrote in.", published=given_("2031-05-01"))
    found = story([signed, copy]).origins[0]
    assert found.source == "Northwire"
    assert arrows(found) == {"a": "z"}
    assert any(e.name == "credit" for e in found.edges[0].evidence)


def test_an_agency_that_is_not_there_is_a_hypothetical_root():
    reprints = [
        report(name, text, outlet=given_(f"The {name} Post"), credits=(given_("Northwire"),))
        for name, text in (("a", WIRE), ("b", REPRINT))
    ]
    found = story(reprints).origins[0]
    assert found.source == "Northwire"
    assert arrows(found) == {"a": None, "b": None}
    assert all(e.share > 0.5 for e in found.edges)


def test_a_byline_in_another_outlet_is_a_reprint():
    reprints = [
        report(
            name,
            text,
            outlet=given_(f"The {name} Post"),
            byline=given_("Mara Lind, Northwire"),
            credits=(given_("Northwire"),),
        )
        for name, text in (("a", WIRE), ("b", REPRINT))
    ]
    assert arrows(story(reprints).origins[0]) == {"a": None, "b": None}


def test_told_to_an_agency_is_no_credit_of_the_text():
    text = WIRE
    at = text.index("told Northwire")
    told = report("a", text, credits=(Found("Northwire", "text", Span("a", at, at + len("told Northwire"))),))
    assert story([told, report("b", ALONE)]).origins[0].source is None


def test_agencies_in_general_are_no_source():
    assert story([report("a", WIRE, credits=(given_("Agencies"),)), report("b", ALONE)]).origins[0].source is None


def test_doubts_put_into_the_copy_speak_for_the_direction():
    doubting = WIRE.replace("the coastguard", "the so-called coastguard")
    edge = story([report("a", WIRE), report("b", doubting)]).origins[0].edges[0]
    assert edge.target == "b"
    assert any(e.name == "doubts put in" and e.weight > 0 for e in edge.evidence)


def test_two_that_share_wording_and_name_one_paper_as_their_source_are_one_origin():
    shared = "Harbour pilots had complained for months about the faded markings along the channel."
    one = report("a", f"Pilots\n\nThe former captain told the Lundsvik Courier that he was ignored.\n{shared}\n{OWN}")
    two = report(
        "b", f"Channel\n\nAn engineer told the Lundsvik Courier about letters nobody answered.\n{shared}\n{OWN2}"
    )
    c = story([one, two])
    assert groups(c) == [("a", "b")]
    assert c.origins[0].source == "Lundsvik Courier"
    assert arrows(c.origins[0]) == {"a": None, "b": None}


OWN = (
    "Old nets dried on the racks behind the cannery all winter.\n"
    "A brass bell from the wreck hangs in the chapel porch today.\n"
    "Children paint its clapper blue before the midsummer dance.\n"
    "Nobody remembers who carried it uphill after the storm.\n"
    "Three sailmakers mended canvas by lantern while gulls quarrelled overhead.\n"
    "Their grandfather wagered a violin on the weather and lost.\n"
)
OWN2 = (
    "Insurance brokers in Marstad calculated premiums through the weekend.\n"
    "Their spreadsheets disagree about depreciation of the engine.\n"
    "Lawyers asked for copies of every maintenance invoice since spring.\n"
    "The regulator keeps a cupboard of unread inspection forms.\n"
    "Parliament may debate lighthouse funding when the recess ends.\n"
    "A petition with green ink signatures lies at the library desk.\n"
)


def test_one_outlets_own_background_makes_no_origin():
    background = "Harbour pilots had complained for months about the faded markings along the channel.\n"
    texts = {"a": background + OWN, "b": background + "\n".join(OWN2.splitlines()[:2])}
    apart = [report(name, text, outlet=given_(f"The {name} Post")) for name, text in texts.items()]
    house = [report(name, text, outlet=given_("The Post")) for name, text in texts.items()]
    assert groups(story(apart)) == [("a", "b")]
    assert groups(story(house)) == [("a",), ("b",)]


def test_shares_say_what_part_of_each_stands_in_the_other():
    c = story([report("a", WIRE), report("c", SHORT)])
    share = origins.shares(c.reports, lines(c.reports), c.passages)
    assert share.whole[1, 0] > 0.8
    assert 0.5 > share.whole[0, 1] > 0.1
    assert share.whole[0, 0] == 0.0


def test_no_reports_no_origins():
    assert origins.find(Collation(())) == ()
    assert [o.reports for o in origins.find(Collation((report("a", WIRE),)))] == [("a",)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([WIRE, REPRINT, SHORT, ALONE]), min_size=1, max_size=6))
def test_every_report_stands_in_one_origin_and_the_arrows_make_a_tree(texts):
    c = story([report(f"r{n}", text) for n, text in enumerate(texts)])
    members = [name for o in c.origins for name in o.reports]
    assert sorted(members) == sorted(r.id for r in c.reports)
    for o in c.origins:
        parents = arrows(o)  # of two arrows to a report the main parent's comes last
        assert {e.target for e in o.edges} == parents.keys()
        for name in o.reports:
            seen = set()
            at: str | None = name
            while at in parents:
                assert at not in seen
                seen.add(at)
                at = parents[at]
        roots = sum(name not in parents for name in o.reports)
        assert roots == 1 or (roots == 0 and None in parents.values())
        assert all(0.0 <= e.share <= 1.0 for e in o.edges)
        drawn = {(e.source, e.target) for e in o.edges}
        assert all((target, source) not in drawn for source, target in drawn)  # nobody took from his own copy


SPELT = "Fishermen from Torsk, Lundsvik and Varanger had begged the ministry for a second lightship."


def test_an_odd_spelling_tells_for_one_parent_and_against_the_other():
    odd = WIRE + SPELT.replace("Varanger", "Varangar")
    wire = report("a", odd, published=given_("2031-05-02"), byline=given_("Mara Lind"))
    more = "\nNobody drowned, though two sailors swam ashore in their boots.\n"
    other = report("b", WIRE + SPELT + more, published=given_("2031-05-03"))
    copy = report("c", WIRE + SPELT + more + "Divers smoked.", published=given_("2031-05-04"))
    edge = next(e for e in story([wire, other, copy]).origins[0].edges if e.target == "c")
    spelling = next(e for e in edge.evidence if e.name == "shared spelling")
    assert edge.source == "b"
    assert spelling.weight > 0
    assert spelling.note == "only b has “Varanger”"
    assert [s.cut(copy.report.text) for s in spelling.spans] == ["Varanger"]


def test_wording_that_only_the_other_has_speaks_against_a_parent():
    rest = "".join(
        f"Sailor{at} polished lantern{at} while gulls circled above jetty{at} all through May.\n" for at in range(9)
    )
    long = report("a", WIRE + rest, published=given_("2031-05-02"), outlet=given_("The Torsk Courier"))
    own = "".join(f"Porter{at} stacked crate{at} behind shed{at} before sunrise on Thursday.\n" for at in range(3))
    short = report("b", SHORT + SPELT + own, published=given_("2031-05-02"))
    told = WIRE + rest + "The Torsk Courier first reported the news.\n" + SPELT.replace("second", "third")
    copy = report("c", told, published=given_("2031-05-04"))
    edge = next(e for e in story([long, short, copy]).origins[0].edges if e.target == "c")
    assert edge.source == "a"
    wording = next(e for e in edge.evidence if e.name == "shared wording")
    assert wording.note.startswith("only a has")
    assert -0.6 <= wording.weight <= 0.6


def test_parents_of_the_same_words_give_no_evidence_of_wording():
    c = story([report("a", WIRE), report("b", WIRE), report("d", REPRINT)])
    edge = next(e for e in c.origins[0].edges if e.target == "d")
    assert not any(x.name.startswith("shared") for x in edge.evidence)


TRAM = (
    "Tram leaves the rails in Odby\n"
    "\n"
    "A tram left the rails on the steep bend below the cathedral of Odby on Monday and hit a bakery.\n"
    "Four passengers and the baker's apprentice were bruised by flying loaves, a fireman said.\n"
    "Brakes on the older carriages had squealed since the frost, conductors told their depot.\n"
    "Engineers will grind the worn curve at night until Easter.\n"
    "Buses carry commuters between the theatre and the tannery meanwhile.\n"
    "The line opened in 1904 and climbs forty metres past orchards.\n"
)


def test_a_report_of_two_copies_belongs_to_its_main_one_and_has_both_for_parents():
    passages = "".join(f"{line}\n" for line in TRAM.splitlines()[3:6])
    day = {"ferry": "2031-05-02", "reprint": "2031-05-03", "tram": "2031-05-02", "line": "2031-05-03"}
    texts = {"ferry": WIRE, "reprint": REPRINT, "tram": TRAM, "line": TRAM.replace("Odby", "Oddby")}
    reports = [report(name, text, published=given_(day[name])) for name, text in texts.items()]
    c = story([*reports, report("mixed", WIRE + passages, published=given_("2031-05-04"))])
    assert sorted(groups(c)) == [("ferry", "mixed", "reprint"), ("line", "tram")]
    found = [e for o in c.origins for e in o.edges if e.target == "mixed"]
    assert [e.source for e in found] == ["tram", "ferry"]
    second = next(x for x in found[0].evidence if x.name == "second source")
    mixed = c.report("mixed").report.text
    assert "".join(span.cut(mixed) for span in second.spans).startswith("Four passengers")


def test_one_passage_taken_from_elsewhere_ties_no_two_copies_together():
    passages = "".join(f"{line}\n" for line in TRAM.splitlines()[3:5])
    mixed = report("mixed", REPRINT + passages)
    c = story([report("a", WIRE), report("b", WIRE + "Nobody drowned.\n"), mixed, report("t", TRAM), report("u", TRAM)])
    assert sorted(groups(c)) == [("a", "b", "mixed"), ("t", "u")]


def test_a_line_that_says_whom_a_report_follows_is_no_sentence_of_a_copy():
    first = report("a", WIRE, outlet=given_("The Lundsvik Courier"))
    follows = "The Lundsvik Courier first reported the news.\n"
    others = [
        report(name, text + follows, outlet=given_(f"The {name} Post")) for name, text in (("b", REPRINT), ("c", WIRE))
    ]
    found = story([first, *others]).origins[0]
    assert arrows(found) == {"b": "a", "c": "a"}
    assert all(any(x.note == "names The Lundsvik Courier" for x in e.evidence) for e in found.edges)


def test_the_order_of_the_reports_does_not_matter():
    texts = {"k": WIRE, "d": REPRINT, "x": SHORT, "b": WIRE + SPELT, "q": TRAM, "e": TRAM + SPELT}
    names = sorted(texts)
    one = story([report(name, texts[name]) for name in names])
    two = story([report(name, texts[name]) for name in reversed(names)])
    assert one.origins == two.origins


def test_a_credit_in_brackets_is_no_sentence_of_a_copy():
    # Were it one, whoever cut the text from its end would have kept its last line and dropped all before.
    full = report(
        "a", WIRE + "(Northwire)\n", credits=(Found("Northwire", "given", Span("a", len(WIRE) + 1, len(WIRE) + 10)),)
    )
    head = "".join(line + "\n" for line in WIRE.splitlines()[:5])
    cut = report(
        "b", head + "(Northwire)\n", credits=(Found("Northwire", "given", Span("b", len(head) + 1, len(head) + 10)),)
    )
    c = replace(Collation((full, cut)), passages=())
    c = replace(c, passages=passages.find(c))
    layout = lay_out(c, lines(c.reports), [frozenset(), frozenset()])
    told = {
        one.span.cut(c.reports[at].report.text) for at, units in enumerate(layout.reports) for one in units.values()
    }
    assert told
    assert not any("Northwire" in one and len(one) < 20 for one in told)


def test_who_names_its_own_writer_is_likelier_the_source():
    first = report("a", WIRE, byline=given_("Mara Lind"))
    second = report("b", WIRE.replace("blocked by", "full of"))
    edge = story([first, second]).origins[0].edges[0]
    assert (edge.source, edge.target) == ("a", "b")
    assert any(e.name == "byline" and e.weight > 0 for e in edge.evidence)


def test_all_that_name_one_paper_which_reports_the_news_are_one_origin():
    c = story(
        [
            report(
                "a", f"A bill of millions\n\nThe Lundsvik Courier reports that a baker was billed for millions.\n{OWN}"
            ),
            report("b", f"Shock by post\n\nThe baker told the Lundsvik Courier that she laughed.\n{OWN2}"),
            report("c", f"Too many noughts\n\nThe Lundsvik Courier reported the mistake on Monday.\n{OWN3}"),
        ]
    )
    assert groups(c) == [("a", "b", "c")]
    assert c.origins[0].source == "Lundsvik Courier"


def test_what_people_told_one_paper_makes_no_origin():
    c = story(
        [
            report("a", f"A bill of millions\n\nThe baker told the Lundsvik Courier that she wept.\n{OWN}"),
            report("b", f"Shock by post\n\nHer husband laughed about it when he told the Lundsvik Courier.\n{OWN2}"),
            report("c", f"Too many noughts\n\nThe Lundsvik Courier reported the mistake on Monday.\n{OWN3}"),
        ]
    )
    assert len(groups(c)) == 3


def test_a_ministry_that_all_say_reports_a_figure_is_no_paper():
    c = story(
        [
            report("a", f"Fewer eels\n\nFisheries Ministry reports hardly any eels.\n{OWN}"),
            report("b", f"Traps stay empty\n\nLandings halved within a decade, Fisheries Ministry reported.\n{OWN2}"),
            report("c", f"Smokehouses close\n\nPer Fisheries Ministry, nobody caught more than forty.\n{OWN3}"),
        ]
    )
    assert len(groups(c)) == 3


OWN3 = (
    "Grandmothers on the square compare the price of lamp oil.\n"
    "A postman from the valley wears two watches out of habit.\n"
    "Electric trams were promised here before the second war.\n"
    "The archive keeps every unpaid invoice in a shoebox.\n"
    "Crows have learnt to open the lids of the recycling crates.\n"
    "Snow is expected above the tree line during carnival.\n"
)
