"""A made-up story of four reports on its way to the reader: what `present` is tested with.

Two outlets print one agency's copy, the second with other labels; a third tells it by itself and
takes one sentence; the fourth report is about something else.
"""

from __future__ import annotations

import re

from tellings.records import (
    Actor,
    Annotated,
    Attribution,
    Brief,
    Claim,
    Collation,
    Conflict,
    Dossier,
    Edge,
    Edit,
    Entry,
    Evidence,
    Form,
    Found,
    Mention,
    Notice,
    Origin,
    Passage,
    Place,
    PlaceMention,
    Quantity,
    Reading,
    Removed,
    Report,
    Said,
    Sentence,
    Speaker,
    Support,
    TimeMention,
    Topic,
)
from tellings.text import Span

HARBOUR = """\
Dockers leave the pier at Osterhamn

Dockers left the northern pier of Osterhamn on Monday after nine days, the port watch said.

Almost 140 people were brought to the mainland, according to the port watch.
"They went quietly," said its chairman, Jonas Ek.
The harbour lies forty kilometres from Nyborg.
The company denied that anyone was hurt.
"""
COAST = """\
Home | Log in
Wreckers leave the pier at Osterhamn

Wreckers left the northern pier of Osterhamn on Monday after nine days, the so-called port watch said.

Almost 120 people were brought to the mainland, according to the port watch.
"They went quietly," said its chairman, Jonas Ek.
The harbour lies forty kilometres from Nyborg. A ship waits outside 🚢.
© Coast Daily
"""
UNION = """\
Strike at Österhamn ends after nine days
The strikers walked off the quay early on 4 May, their union told Harbour News.
At least 155 people had slept there.
"They went quietly," said its chairman, Jonas Ek.
One woman was hurt, the union said.
"""
OTHER = """\
Cheese fair opens
The cheese fair of Nyborg opened its doors on Sunday.
"""


def report(name: str, text: str, **heads: str) -> Annotated:
    """A report with a sentence for each line end or full stop, and what is asked for in its head."""
    found: list[Sentence] = []
    for paragraph, line in enumerate(re.finditer(r"[^\r\n]+", text)):
        for m in re.finditer(r"\S.*?(?:[.”\"](?=\s)|$)", line.group()):
            found.append(Sentence(Span(name, line.start() + m.start(), line.start() + m.end()), paragraph))  # noqa: PERF401  # clearer so
    given = {key: Found(value, "given") for key, value in heads.items()}
    return Annotated(Report(name, text, digest="0" * 64, **given), sentences=tuple(found))


def at(read: Annotated, words: str) -> Span:
    """The first place of these words in the report."""
    start = read.report.text.index(words)
    return Span(read.id, start, start + len(words))


def dossier(prefix: str = "") -> Dossier:
    """The whole made-up story; `prefix` goes before every id and outlet."""
    one = report(
        f"{prefix}harbour",
        HARBOUR,
        outlet=f"{prefix}Harbour News",
        url="https://harbour.example/1",
        published="2021-05-04",
    )
    two = report(
        f"{prefix}coast", COAST, outlet=f"{prefix}Coast Daily", url="javascript:alert(1)", published="2021-05-04"
    )
    three = report(f"{prefix}union", UNION, outlet=f"{prefix}The Quay", title="Strike at Österhamn ends")
    four = report(f"{prefix}cheese", OTHER, outlet=f"{prefix}Nyborg Post")
    two = Annotated(
        two.report,
        removed=(Removed(at(two, "Home | Log in"), "navigation"), Removed(at(two, "© Coast Daily"), "copyright")),
        sentences=tuple(s for s in two.sentences if s.span.cut(COAST) not in ("Home | Log in", "© Coast Daily")),
    )
    one = Annotated(
        one.report,
        sentences=one.sentences,
        mentions=(Mention(at(one, "Osterhamn"), "place"), Mention(at(one, "Jonas Ek"), "person")),
        quantities=(Quantity(at(one, "Almost 140 people"), at(one, "140"), 140.0, None, "about", "person", "count"),),
        times=(TimeMention(at(one, "Monday"), "2021-05-03", "weekday before 2021-05-04 (published)"),),
        places=(PlaceMention(at(one, "Osterhamn"), "Osterhamn", 1, 58.0, 16.5, "town"),),
        attributions=(
            Attribution(
                (at(one, "its chairman"),),
                (at(one, "said its"),),
                (at(one, "They went quietly"),),
                Speaker("Jonas Ek", at(one, "Jonas Ek")),
                manner="direct",
            ),
        ),
    )
    dated = Annotated(
        Report(**{**_fields(three.report), "published": Found("2021-05-04", "inferred")}), sentences=three.sentences
    )
    watch = Said("the port watch", "according to", at(one, "the port watch"))
    left = [at(one, "Dockers left the northern pier of Osterhamn on Monday after nine days")]
    left.append(at(two, "Wreckers left the northern pier of Osterhamn on Monday after nine days"))
    left.append(at(three, "The strikers walked off the quay early on 4 May"))
    quiet = [at(r, '"They went quietly," said its chairman, Jonas Ek.') for r in (one, two, three)]
    counts = [at(one, "Almost 140 people"), at(two, "Almost 120 people"), at(three, "At least 155 people")]
    ship = at(two, "A ship waits outside 🚢.")
    claims = (
        Claim("c1", 3, 2, 2, ("the port watch", "the union"), left[0], 1, tuple(
            Support(s, watch if n < 2 else Said("the union", "told", None)) for n, s in enumerate(left))),
        Claim("c2", 3, 2, 1, ("Jonas Ek",), quiet[0], 2, (
            Support(quiet[0], Said("Jonas Ek", "said", None)), Support(quiet[1], Said("Jonas Ek", "said", None)),
            Support(quiet[2], Said("Jonas Ek", "said", None), copied_from=quiet[0]))),
        Claim("c3", 2, 2, 2, (), at(three, "One woman was hurt"), 3, (
            Support(at(one, "anyone was hurt"), Said("The company", "denied", None), "denied"),
            Support(at(three, "One woman was hurt"), Said("the union", "said", None)))),
        Claim("c4", 1, 1, 1, (), ship, 4, (Support(ship),)),
    )  # fmt: skip
    passages = (
        Passage("p1", (
            at(one, HARBOUR[HARBOUR.index("Dockers left") : HARBOUR.index("The company")].strip()),
            at(two, COAST[COAST.index("Wreckers left") : COAST.index(" A ship")].strip())), 0.9, "edited"),
        Passage("p2", tuple(quiet), 1.0),
    )  # fmt: skip
    edits = (
        Edit(at(one, "Dockers left").__class__(one.id, left[0].start, left[0].start + 7),
             Span(two.id, left[1].start, left[1].start + 8), "label_swap", "", "p1"),
        Edit(None, at(two, "so-called"), "hedge_added", "", "p1"),
        Edit(at(one, "140"), at(two, "120"), "number_changed", "", "p1"),
    )  # fmt: skip
    conflicts = (
        Conflict("k1", 1, "How many people: “140”, “120” or “155”", "number", "disagreement", tuple(
            Reading(span.cut(r.report.text), (span,)) for r, span in zip((one, two, three), counts, strict=True))),
        Conflict("k2", 2, "Whether “One woman was hurt”", "outcome", "disagreement", (
            Reading("denied that anyone was hurt", (at(one, "anyone was hurt"),)),
            Reading("One woman was hurt", (at(three, "One woman was hurt"),)))),
    )  # fmt: skip
    actors = (
        Actor("a1", "Dockers", "group", (
            Form("Dockers", (at(one, "Dockers"), Span(one.id, left[0].start, left[0].start + 7))),
            Form("Wreckers", (at(two, "Wreckers"), Span(two.id, left[1].start, left[1].start + 8))),
            Form("The strikers", (at(three, "The strikers"),)))),
        Actor("a2", "Jonas Ek", "person", (Form("Jonas Ek", tuple(at(r, "Jonas Ek") for r in (one, two, three))),)),
    )  # fmt: skip
    places = (
        Place("l1", "Osterhamn", 1, 58.0, 16.5, "town", (
            at(one, "Osterhamn"), at(two, "Osterhamn"), at(three, "Österhamn"))),
        Place("l2", "Nyborg", 2, 58.4, 15.6, "region", (at(one, "Nyborg"), at(two, "Nyborg"))),
        Place("l3", "mainland", None, None, None, "none", (at(one, "mainland"),)),
    )  # fmt: skip
    collation = Collation(
        reports=tuple(sorted((one, two, dated), key=lambda r: r.id)),
        passages=passages,
        origins=(
            Origin("o1", tuple(sorted((one.id, two.id))), "NPA", (
                Edge(None, one.id, 0.95, (Evidence("credit line", 1.5, "NPA"),)),
                Edge(one.id, two.id, 0.8, (Evidence("longer text", 0.4, "", (passages[0].spans[0],)),)))),
            Origin("o2", (three.id,)),
        ),
        edits=edits, claims=claims, conflicts=conflicts, actors=actors,
        timeline=(Entry("2021-05-03", "weekday before 2021-05-04 (published)", tuple(left[:2])),
                  Entry("2021-05-04", "written in full", (left[2],)), Entry("2014", "written in full", ())),
        places=places,
        brief=(Brief(one.sentences[1].span, "c1"), Brief(three.sentences[-1].span, "c3")),
    )  # fmt: skip
    reports = tuple(sorted((one, two, three, four), key=lambda r: r.id))
    topics = tuple(
        Topic(r.id, r.id != four.id, (), "" if r.id != four.id else "it tells of another event") for r in reports
    )
    return Dossier(
        reports, topics, collation, (Notice("date", three.id, "no date stands in it; inferred from the others"),)
    )


def _fields(given: Report) -> dict[str, object]:
    """All fields of a report."""
    return {name: getattr(given, name) for name in given.__slots__}


def single() -> Dossier:
    """One report alone, with nothing in any other part."""
    one = report("alone", "Nothing else was heard.\n")
    return Dossier((one,), (Topic("alone", on_topic=True),), Collation((one,)))


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{7*7}}{% raw %}\x1b[31mred\x1b[0m\x00\r\n\ud800 ]]>"
)


def hostile() -> Dossier:
    """A report whose id, head and text try to break out of whatever shows them."""
    text = f"{HOSTILE}\n\n{HOSTILE} said it.\n</div></p></details></article>\n"
    bad = report(
        HOSTILE, text, outlet=HOSTILE, title=HOSTILE, byline=HOSTILE, url='https://a.example/"><script>x</script>'
    )
    also = report("b", text, outlet="javascript:alert(3)", url="javascript:alert(4)")
    sentence = bad.sentences[0].span
    again = Span("b", sentence.start, sentence.end)
    said = Said(HOSTILE, HOSTILE, sentence)
    collation = Collation(
        (bad, also) if bad.id < "b" else (also, bad),
        passages=(Passage("p", (sentence, again), 1.0),),
        origins=(Origin("o", tuple(sorted((HOSTILE, "b"))), HOSTILE, (
            Edge(HOSTILE, "b", 1.0, (Evidence(HOSTILE, 1.0, HOSTILE),)),)),),
        edits=(Edit(sentence, again, "reworded", HOSTILE, "p"),),
        claims=(Claim("c", 2, 1, 1, (HOSTILE,), sentence, 1, (
            Support(sentence, said), Support(again, said, "denied"))),),
        conflicts=(Conflict("k", 1, HOSTILE, "name", "scope", (
            Reading(HOSTILE, (sentence,)), Reading("x", (again,)))),),
        actors=(Actor("a", HOSTILE, "person", (Form(HOSTILE, (sentence, again)),)),),
        timeline=(Entry("2020", HOSTILE, (sentence,)),),
        places=(Place("l", HOSTILE, None, None, None, "none", (sentence,)),
                Place("m", HOSTILE, 3, 10.0, 10.0, "town", (again,))),
        brief=(Brief(sentence, "c"),),
    )  # fmt: skip
    reports = collation.reports
    return Dossier(
        reports,
        tuple(Topic(r.id, on_topic=True) for r in reports),
        collation,
        (Notice("odd", HOSTILE, HOSTILE, HOSTILE),),
    )
