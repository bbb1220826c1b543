"""Passages: what reports share is found, in any order and manner; quoted words and names alone are not shared text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import ALONE, REPRINT, SHORT, WIRE, report, story

from tellings.collate import passages
from tellings.collate.alignments import Weights, lines, quotations, rarity
from tellings.records import Annotated, Attribution, Collation, Removed
from tellings.text import Span, View

OTHER = """\
Museum opens new wing

Visitors queued around the block as the city museum of Halden unlocked its glass extension for the first time.
Curators hope that the sculptures will lure back families who stayed away during the long renovation.
"""


def find(*reports: Annotated) -> tuple[Collation, list[tuple[set[str], list[str]]]]:
    c = Collation(tuple(sorted(reports, key=lambda r: r.id)))
    found = passages.find(c)
    return c, [({s.report for s in p.spans}, [c.quote(s) for s in p.spans]) for p in found]


def pairs(*reports: Annotated) -> set[tuple[str, str]]:
    _, found = find(*reports)
    return {(a, b) for names, _ in found for a in names for b in names if a < b}


def test_a_copy_of_itself_is_one_passage():
    c, found = find(report("a", WIRE), report("b", WIRE))
    assert len(found) == 1
    assert found[0][1] == [WIRE.strip()] * 2
    assert passages.find(c)[0].manner == "copied"
    assert passages.find(c)[0].similarity == 1.0


def test_an_edited_copy_is_found_as_edited():
    c, found = find(report("a", WIRE), report("b", REPRINT))
    ferry = next(words for _, words in found if "nearly 300" in words[0])
    assert "nearly 200" in ferry[1]
    assert any(p.manner == "edited" for p in passages.find(c))


def test_sentences_in_another_order_are_found():
    _, found = find(report("a", WIRE), report("c", SHORT))
    shared = [words[1] for _, words in found]
    assert any(words.startswith("The company") for words in shared)
    assert any(words.startswith("Harbour pilots") for words in shared)


def test_a_reworded_sentence_is_found():
    told = "Nobody\n\nDivers will inspect the damaged hull, and the company withdrew from service two sister ships.\n"
    reworded = "Divers inspect the damaged hull while the company withdrew two sister ships from service on Friday."
    c, found = find(report("a", told), report("b", "Somebody\n\n" + reworded + "\n"))
    assert len(found) == 1
    assert "sister ships" in found[0][1][0]
    assert passages.find(c)[0].similarity < 1.0


def test_reports_that_quote_the_same_words_do_not_share_text():
    assert ("a", "d") not in pairs(report("a", WIRE), report("d", ALONE))


def test_quoted_words_shown_without_marks_are_known_from_another_report():
    plain = "Post\n\nThe captain wrote this afterwards.\nThe sea was a grey wall and the whistle drowned in foam.\n"
    marked = 'Words\n\nShe recalled: "The sea was a grey wall and the whistle drowned in foam."\n'
    again = "Other\n\nOn her page stood this sentence too.\nThe sea was a grey wall and the whistle drowned in foam.\n"
    assert pairs(report("a", plain), report("c", again)) == {("a", "c")}
    assert pairs(report("a", plain), report("b", marked), report("c", again)) == set()


def test_a_quotation_inside_a_copied_stretch_belongs_to_it():
    _, found = find(report("a", WIRE), report("b", REPRINT))
    assert any("violent jolt" in words[0] for _, words in found)


def test_direct_speech_known_from_attributions_is_no_reuse():
    line = "The grain silos tilted slowly before they crumbled into the shallow basin"
    one, two = (report(name, f"{name} news\n\n{line}, witnesses said.\n") for name in "ab")
    assert pairs(one, two) == {("a", "b")}
    quoted = []
    for r in (one, two):
        start = r.report.text.index(line)
        direct = Attribution((), (), (Span(r.id, start, start + len(line)),), manner="direct")
        quoted.append(Annotated(r.report, sentences=r.sentences, attributions=(direct,)))
    assert pairs(*quoted) == set()


def test_names_and_titles_alone_are_no_reuse():
    one = (
        "Talks\n\nPrime Minister Astrid Falkenberg of Norland met Foreign Minister Olav Brandt of Sudland on Sunday.\n"
    )
    two = "Visit\n\nCrowds cheered when Prime Minister Astrid Falkenberg of Norland greeted Foreign Minister Brandt.\n"
    assert pairs(report("a", one), report("b", two)) == set()


def test_removed_text_is_not_compared():
    tail = "Redistribution, broadcasting or rewriting of this material requires permission granted beforehand."
    both = [report("a", f"One\n\nThe lynx slept.\n{tail}\n"), report("b", f"Two\n\nSnow melted early.\n{tail}\n")]
    assert pairs(*both) == {("a", "b")}
    cut = [
        Annotated(
            r.report,
            removed=(Removed(Span(r.id, r.report.text.index(tail), len(r.report.text)), "copyright"),),
            sentences=r.sentences,
        )
        for r in both
    ]
    assert pairs(*cut) == set()


def test_reports_of_other_things_share_nothing():
    assert pairs(report("a", WIRE), report("b", OTHER)) == set()
    assert passages.find(Collation((report("a", WIRE),))) == ()
    assert passages.find(Collation(())) == ()


def test_many_copies_make_groups_and_not_pairs():
    many = [report(f"r{n:02}", WIRE.replace("dense fog", f"dense fog {n}")) for n in range(30)]
    c, found = find(*many)
    assert len(found) == 1
    assert len(found[0][0]) == 30
    assert len(passages.find(c)[0].spans) == 30


def test_one_span_a_report_even_where_it_repeats_itself():
    line = "Harbour pilots had complained for months about the faded markings along the channel."
    _, found = find(report("a", f"{line}\n{line}\n"), report("b", f"Heading\n{line}\n"))
    assert all(len(words) == len(names) for names, words in found)
    assert found


def test_line_ends_and_odd_text_do_no_harm():
    crlf = WIRE.replace("\n", "\r\n")
    c, found = find(report("a", WIRE), report("b", crlf), report("c", ""), report("d", "\x00 \u200b \U0001f6a2 ''"))
    assert any({"a", "b"} == names for names, _ in found)
    assert all(s.end <= len(c.report(s.report).report.text) for p in passages.find(c) for s in p.spans)


def test_one_endless_line_is_compared_in_pieces():
    endless = " ".join(WIRE.split()) * 40
    one, two = report("a", endless), report("b", endless)
    assert max(len(line.words) for many in lines((one, two)) for line in many) <= 120
    assert pairs(one, two) == {("a", "b")}


def test_an_unclosed_quotation_holds_to_the_end_of_its_line():
    text = 'She said: "It was dark\nThe lamp was out.'
    assert quotations(View("a", text)) == (Span("a", 10, 22),)


def test_an_apostrophe_opens_no_quotation():
    assert quotations(View("a", "The boats' owners and the pilots' union didn't meet at six o'clock on Monday.")) == ()


def test_what_is_common_is_worth_less():
    weights = Weights([line for many in lines((report("a", WIRE),)) for line in many])
    assert weights.of("the") < weights.of("people") < weights.of("breakwater")
    assert weights.of("lundsvik") < weights.of("markings")
    assert rarity("the") < rarity("people") < rarity("breakwater")


def test_the_same_whatever_the_hash_seed():
    code = (
        "from invented_copies import *\n"
        "c = story([report('a', WIRE), report('b', REPRINT), report('c', SHORT), report('d', ALONE)])\n"
        "print(c.passages, c.origins, c.edits)"
    )
    out = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        out.add(run.stdout)
    assert len(out) == 1


SENTENCES = st.lists(
    st.sampled_from([line for text in (WIRE, REPRINT, SHORT, ALONE, OTHER) for line in text.splitlines() if line]),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=5), st.randoms())
def test_any_mixture_of_sentences_gives_spans_that_hold(texts, random):
    reports = [report(f"r{n}", "\n".join(one)) for n, one in enumerate(texts)]
    c = story(reports)
    length = {r.id: len(r.report.text) for r in reports}
    for p in c.passages:
        names = [s.report for s in p.spans]
        assert len(names) == len(set(names)) >= 2
        assert all(0 <= s.start < s.end <= length[s.report] for s in p.spans)
        assert 0.0 <= p.similarity <= 1.0
    assert list(c.passages) == sorted(c.passages, key=lambda p: p.spans)
    random.shuffle(reports)
    assert story(reports) == c


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=2, max_size=4))
def test_any_text_is_borne(texts):
    c = story([report(f"r{n}", one) for n, one in enumerate(texts)])
    assert sorted(name for o in c.origins for name in o.reports) == [f"r{n}" for n in range(len(texts))]


def test_evidence_adds_up_and_tells_a_copy_from_a_report_of_its_own():
    c = Collation(tuple(report(name, text) for name, text in zip("abd", (WIRE, REPRINT, ALONE), strict=True)))
    read = passages.Shared(c)
    totals = {pair: sum(e.weight for e in read.evidence(pair)) for pair in ((0, 1), (0, 2), (1, 2))}
    assert totals[0, 1] > 0 > totals[0, 2]
    assert totals[0, 1] > 0 > totals[1, 2]
    assert [e.name for e in read.evidence((0, 1))] == ["shared words", "chance"]


def test_every_passage_tells_why_its_reports_share_text():
    found = passages.find(Collation((report("a", WIRE), report("b", REPRINT))))
    assert found
    assert all(sum(e.weight for e in p.evidence) > 0 for p in found)


def test_a_higher_bar_finds_no_more():
    c = Collation(tuple(report(name, text) for name, text in zip("abc", (WIRE, REPRINT, SHORT), strict=True)))
    assert passages.find(c, 1000.0) == ()
    assert len(passages.find(c, -1000.0)) >= len(passages.find(c))


OWN = (
    "We are closing the lower quay for our winter repairs, and our crews will replace its rotten oak piles.\n"
    "We will open the quay again when our divers have tested each of the piles.\n"
)
QUOTING = (
    'Quay to close\nThe port wrote: "We are closing the lower quay for our winter repairs, and our crews '
    'will replace its rotten oak piles."\nShopkeepers are not amused.\n'
)


def test_what_is_quoted_from_a_statement_in_the_story_is_taken_from_it():
    assert pairs(report("a", OWN), report("b", QUOTING)) == {("a", "b")}
    other = "Works ahead\nA notice says: " + QUOTING.splitlines()[1].partition(": ")[2] + "\nGulls have moved in.\n"
    assert pairs(report("b", QUOTING), report("c", other)) == set()


def test_a_talk_printed_turn_by_turn_is_no_statement():
    talk = "".join(f"{who}, HOST: {line}\n" for who, line in zip(("LEE", "AAS"), OWN.splitlines(), strict=True))
    assert pairs(report("a", talk), report("b", QUOTING)) == set()
