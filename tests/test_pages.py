"""The page without a browser: what it quotes, links to, escapes and leaves out."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import invented_story
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.collate.contrasts import SLOTS
from tellings.present import drawings, layers, maps, sigla, summaries, tables
from tellings.present.pages import page
from tellings.records import (
    Annotated,
    Collation,
    Conflict,
    Dossier,
    Edge,
    Notice,
    Origin,
    Passage,
    Place,
    Reading,
    Removed,
    Report,
    Sentence,
    Topic,
)
from tellings.text import Span

ALL = [invented_story.dossier, invented_story.single, invented_story.hostile]


@pytest.fixture(scope="module")
def told():
    return lxml.html.document_fromstring(page(invented_story.dossier()))


def words(element) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def crowd(number: int, *, origins: int = 1) -> Dossier:
    """A story of many reports: copies of one sentence, spread over some origins."""
    text = "The bridge at Nyborg fell on Monday.\nNobody was under it.\n"
    reports = tuple(
        Annotated(
            Report(f"r{n:04}", text),
            sentences=(Sentence(Span(f"r{n:04}", 0, 36), 0), Sentence(Span(f"r{n:04}", 37, 57), 1)),
        )
        for n in range(number)
    )
    parts = [[r.id for r in reports[part::origins]] for part in range(origins)]
    collation = Collation(
        reports,
        passages=(Passage("p", tuple(Span(r.id, 0, 36) for r in reports), 1.0),),
        origins=tuple(
            Origin(f"o{n}", tuple(part), None, tuple(Edge(part[0], to, 1.0) for to in part[1:]))
            for n, part in enumerate(parts)
        ),
    )
    return Dossier(reports, tuple(Topic(r.id, on_topic=True) for r in reports), collation)


# ---------------------------------------------------------------- the page is safe and whole


@pytest.mark.parametrize("make", ALL)
def test_page_loads_nothing(make):
    found = lxml.html.document_fromstring(page(make()))
    assert not found.xpath(
        "//link | //img | //iframe | //object | //embed | //base | //form | //video | //audio | //source"
    )
    assert not found.xpath("//script[@src] | //@srcset | //@style | //@background | //use")
    assert not [name for name in found.xpath("//@*") if name.attrname.startswith("on")]
    for href in found.xpath("//@href"):
        assert re.match(r"#|https?://", href), href
    assert "@import" not in page(make())
    assert not re.search(r"url\((?!#)", page(make()))


@pytest.mark.parametrize("make", ALL)
def test_policy_allows_its_own_style_and_script_alone(make):
    found = lxml.html.document_fromstring(page(make()))
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert [child.tag for child in found.head][:2] == ["meta", "meta"]  # before anything that it rules
    for tag in ("style", "script"):
        (element,) = found.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text():
    html = page(invented_story.hostile())
    found = lxml.html.document_fromstring(html)
    assert len(found.xpath("//script")) == 1
    assert not found.xpath("//img")
    assert "{{7*7}}" in html
    assert "49" not in words(found.xpath("//h1")[0])
    assert "<script>alert(1)" not in html
    html.encode("utf-8")
    assert "\0" not in html


def test_only_web_addresses_become_links():
    found = lxml.html.document_fromstring(page(invented_story.dossier()))
    outside = found.xpath("//a[not(starts-with(@href, '#'))]")
    assert [a.get("href") for a in outside] == ["https://harbour.example/1"]
    assert "noreferrer" in outside[0].get("rel")
    hostile = lxml.html.document_fromstring(page(invented_story.hostile()))
    assert not [a for a in hostile.xpath("//a/@href") if "javascript" in a]


@pytest.mark.parametrize(
    ("url", "ok"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("https://", False),
        ("https:///a", False),
        ("https://exa mple.org", False),
        ("https://example.org/\nx", False),
        ("https:\\\\example.org", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("", False),
        (None, False),
    ],
)
def test_web_address(url, ok):
    assert sigla.web_address(url) == (url if ok else None)


@pytest.mark.parametrize("make", [*ALL, lambda: crowd(30, origins=4), lambda: crowd(60, origins=20)])
def test_every_link_leads_somewhere_and_ids_are_single(make):
    found = lxml.html.document_fromstring(page(make()))
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in found.xpath("//@href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("make", ALL)
def test_headings_stand_in_order(make):
    found = lxml.html.document_fromstring(page(make()))
    levels = [int(h.tag[1]) for h in found.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_same_dossier_same_page():
    assert page(invented_story.dossier()) == page(invented_story.dossier())


# ---------------------------------------------------------------- the views


def test_views_stand_in_order(told):
    assert told.xpath("//section/@id") == [
        "brief",
        "conflicts",
        "stemma",
        "claims",
        "sides",
        "names",
        "time",
        "map",
        "reports",
        "notices",
    ]


def test_one_report_shows_its_text_and_says_that_there_is_nothing_to_compare():
    found = lxml.html.document_fromstring(page(invented_story.single()))
    assert found.xpath("//section/@id") == ["reports"]
    assert "nothing to compare" in words(found.xpath("//h1")[0])
    assert "Nothing else was heard." in words(found.xpath("//div[@class='text']")[0])


def test_headline(told):
    assert words(told.xpath("//h1")[0]) == "3 outlets, 2 origins: two of them print one NPA copy"


@pytest.mark.parametrize(
    ("dossier", "line"),
    [
        (crowd(2), "2 reports, 1 origin: both print one copy"),
        (crowd(12), "12 reports, 1 origin: all print one copy"),
        (crowd(4, origins=4), "4 reports, 4 origins: each is written apart from the others"),
        (crowd(23, origins=2), "23 reports, 2 origins: 12 of them print one copy, 11 another"),
        (crowd(7, origins=3), "7 reports, 3 origins: three of them print one copy, two another"),
    ],
)
def test_headline_counts(dossier, line):
    assert summaries.headline(dossier) == line


def test_headline_tells_of_passages_taken_without_one_copy():
    apart = crowd(4, origins=4)
    origins = apart.collation.origins
    taken = replace(origins[1], edges=(Edge("r0000", "r0001", 0.3),))
    lost = replace(origins[2], edges=(Edge(None, "r0002", 0.0),))
    dossier = replace(apart, collation=replace(apart.collation, origins=(origins[0], taken, lost, origins[3])))
    line = "4 reports, 4 origins: no two print one copy, one takes passages of another"
    assert summaries.headline(dossier) == line
    found = lxml.html.document_fromstring(page(dossier))
    assert words(found.xpath("//figcaption")[0]) == "Copies of their own, some with passages of another"


def test_notices_name_reports_as_the_page_does():
    text = "Ferry runs aground off Vindo\nNobody was hurt.\n"
    reports = tuple(
        invented_story.report(name, text) for name in ("003_27a750264782e4de", "004_1f00aa2264782e4d", "late")
    )
    notices = (
        Notice("date_inferred", reports[0].id, f"its date is inferred from {reports[1].id}, late"),
        Notice("unreadable", "pile/late.txt", "it is empty"),
    )
    topics = tuple(Topic(r.id, on_topic=True) for r in reports)
    names = sigla.Sigla(Dossier(reports, topics, Collation(reports), notices))
    summaries.label(names)
    (named, first), (nobody, second) = summaries.notices(names)
    assert (named, nobody) == (names.named[reports[0].id], None)
    assert first.what == f"its date is inferred from {names.named[reports[1].id].siglum}, late"
    assert second == notices[1]


def test_the_top_tells_how_firm_the_story_stands_and_where_reports_differ_most(told):
    standing = told.xpath("//p[@class='standing']")[0]
    assert words(standing) == (
        "2 of 4 statements stand on two independent origins or more. "
        "On 2 points the reports cannot all be right. 1 report set aside."
    )
    first, second = told.xpath("//ul[@class='glance']/li")
    assert first.xpath("./a/@href") == ["#conflict-1"]
    assert words(first).startswith("≠1 How many people")
    assert [words(q) for q in second.xpath(".//q")] == ["denied that anyone was hurt", "One woman was hurt"]


def test_the_brief_marks_what_is_told_otherwise_and_what_was_swapped(told):
    first, second = told.xpath("//ol[@class='brief']/li")
    assert words(second.xpath(".//a[@class='hot']")[0]) == "One woman was hurt"
    assert "≠2 elsewhere denied that anyone was hurt A1" in words(second)
    assert not first.xpath(".//a[@class='hot']")
    assert "⇄ Dockers became Wreckers in A2" in words(first)


def test_a_report_without_outlet_is_named_by_its_site_or_its_headline():
    text = "Ferry runs aground off Vindo\nNobody was hurt.\n"
    reports = (
        invented_story.report("003_27a750264782e4de", text, title="Ferry runs aground off Vindo"),
        invented_story.report("9f" * 20, text),
        invented_story.report("a", text, url="https://www.vindo.example:8080/ferry?id=1"),
        invented_story.report("vindo-post-late", text),
    )
    names = sigla.Sigla(Dossier(reports, tuple(Topic(r.id, on_topic=True) for r in reports), Collation(reports)))
    summaries.label(names)
    assert [names.named[r.id].label for r in reports] == [
        "“Ferry runs aground off Vindo”",
        "“Ferry runs aground off Vindo”",
        "vindo.example",
        "vindo-post-late",
    ]


def told_on(*dates: str) -> summaries.First | None:
    """Which of some reports that all tell one reading, published on these dates, is dated first."""
    text = "Nine boats sank.\n"
    reports = tuple(invented_story.report(f"r{n}", text, published=date) for n, date in enumerate(dates))
    reading = Reading("Nine boats", tuple(invented_story.at(r, "Nine boats") for r in reports))
    conflict = Conflict("k", 1, "How many boats", "number", "update", (reading,))
    collation = Collation(reports, conflicts=(conflict,))
    names = sigla.Sigla(Dossier(reports, tuple(Topic(r.id, on_topic=True) for r in reports), collation))
    return summaries.cards(names)[0].sides[0].first


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("2020-05-04T10:00:00", "2020-05-04T09:30:00+02:00"), ("r1", "2020-05-04T09:30")),
        (("2020-05-04", "2020-05-03"), ("r1", "2020-05-03")),
        (("2020-05-03", "2020-05-03T09:30"), None),  # the first may have come at any hour of the day
        (("2020-05-03", "2020-05-03"), None),
        (("some day",), None),
    ],
)
def test_the_first_dated_report_is_named_only_where_it_is_known(dates, first):
    found = told_on(*dates)
    assert (found and (found.cite.named.id, found.when)) == first


def test_statements_stand_in_the_order_of_their_ranks():
    base = invented_story.dossier()
    claims = tuple(replace(c, rank=5 - c.rank) for c in base.collation.claims)
    names = sigla.Sigla(replace(base, collation=replace(base.collation, claims=claims)))
    assert [c.id for c in names.claims] == ["c4", "c3", "c2", "c1"]
    assert names.number == {"c4": 1, "c3": 2, "c2": 3, "c1": 4}


def worded(*, values: int) -> Dossier:
    """The invented story with so many of its conflicts, and twenty matters of wording behind them."""
    base = invented_story.dossier()
    sides = base.collation.conflicts[1].readings
    told = tuple(
        Conflict(f"w{n}", 3 + n, f"{('what', 'how it')[n % 2]} is told: “hurt”", "outcome", "scope", sides)
        for n in range(20)
    )
    return replace(base, collation=replace(base.collation, conflicts=(*base.collation.conflicts[:values], *told)))


def test_slots_of_wording_are_known_by_the_words_that_collation_gives_them():
    for name, slot in SLOTS.items():
        conflict = Conflict("k", 1, slot.format("the pier"), "outcome", "scope", ())
        assert tables.is_wording(conflict) == (name in ("wording", "telling")), name


def test_other_wordings_are_folded_below_the_values_and_counted():
    found = lxml.html.document_fromstring(page(worded(values=2)))
    assert len(found.xpath("//ul[@class='glance']/li")) == 2
    assert "On 2 points the reports cannot all be right. 1" in words(found.xpath("//p[@class='standing']")[0])
    assert [a.get("id") for a in found.xpath("//section[@id='conflicts']/article")] == ["conflict-1", "conflict-2"]
    (folded,) = found.xpath("//section[@id='conflicts']/details")
    assert words(folded.xpath("summary")[0]) == "Told in other words (20)"
    assert folded.get("open") is None
    assert len(folded.xpath("article")) == tables.CARDS - 2
    assert words(folded.xpath("p")[0]) == "6 more stand in the JSON document."
    assert not found.xpath("//ol[@class='brief']//a[contains(@href, '#conflict-3')]")


def test_a_story_that_differs_in_wording_alone_says_so():
    found = lxml.html.document_fromstring(page(worded(values=0)))
    assert not found.xpath("//ul[@class='glance']")
    line = words(found.xpath("//p[@class='standing']")[0])
    assert f"{summaries.NO_VALUE} 20 points are told in other words." in line
    assert not found.xpath("//section[@id='conflicts']/article")
    assert words(found.xpath("//section[@id='conflicts']/p")[0]) == summaries.NO_VALUE


def test_what_stands_at_the_top_is_among_the_three_conflicts_that_matter_most():
    base = invented_story.dossier()
    sharp = base.collation.conflicts[0]
    vague = [replace(sharp, id=f"v{n}", rank=n, nature="scope") for n in (1, 2)]

    def glance(*told: Conflict) -> list[str]:
        dossier = replace(base, collation=replace(base.collation, conflicts=told))
        return lxml.html.document_fromstring(page(dossier)).xpath("//ul[@class='glance']/li/a/@href")

    assert glance(*vague, replace(sharp, rank=3)) == ["#conflict-3"]
    assert glance(*vague, replace(vague[0], id="v3", rank=3), replace(sharp, rank=4)) == []


def test_a_toll_stands_at_the_top_with_its_nature_whatever_its_rank():
    base = invented_story.dossier()
    sharp = base.collation.conflicts[0]
    vague = [replace(sharp, id=f"v{n}", rank=n, nature="scope") for n in (1, 3, 4)]
    toll = replace(sharp, id="toll", rank=5, slot="number of “people were injured”", nature="scope")
    dossier = replace(base, collation=replace(base.collation, conflicts=(*vague, replace(sharp, rank=2), toll)))
    first, second = lxml.html.document_fromstring(page(dossier)).xpath("//ul[@class='glance']/li")
    assert first.xpath("./a/@href") == ["#conflict-2"]
    assert second.xpath("./a/@href") == ["#conflict-5"]
    assert words(second).endswith("(scope: they may speak of different things)")
    assert "they" not in words(first)


def test_a_name_that_is_written_in_two_ways_is_no_point_on_which_somebody_must_be_wrong():
    base = invented_story.dossier()
    first, second = base.collation.conflicts
    named = replace(base, collation=replace(base.collation, conflicts=(replace(first, kind="name"), second)))
    standing = summaries.standing(named)
    assert (standing.clashes, standing.others) == (1, 1)
    found = lxml.html.document_fromstring(page(named))
    assert found.xpath("//ul[@class='glance']/li/a/@href") == ["#conflict-2"]


def test_a_conflict_touches_the_words_of_its_reading_and_not_their_whole_sentence():
    read = invented_story.report("a", "Nine boats sank when the storm came at noon.\n")
    reading = Reading("Nine boats", (read.sentences[0].span,))
    conflict = Conflict("k", 1, "How many boats", "number", "disagreement", (reading,))
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,), conflicts=(conflict,))))
    known = tables.points(names, (conflict,), 20)
    assert [p.number for p in known.all(invented_story.at(read, "Nine boats sank"))] == [1]
    assert known.all(invented_story.at(read, "the storm came at noon")) == []


def test_brief_quotes_and_counts(told):
    first = words(told.xpath("//section[@id='brief']//li")[0])
    assert "Dockers left the northern pier of Osterhamn on Monday after nine days, the port watch said." in first
    assert "3 outlets, 2 origins, 2 sources: the port watch, the union" in first


def test_conflicts_show_readings_with_who_and_origin(told):
    cards = told.xpath("//article[@class='card']")
    assert len(cards) == 2
    text = words(cards[0])
    assert "How many people: “140”, “120” or “155”" in text
    assert "they cannot all be right" in text
    assert [words(h) for h in cards[0].xpath(".//h4")] == [
        "Almost 140 people",
        "Almost 120 people",
        "At least 155 people",
    ]
    assert "from the union" in words(cards[1])
    assert [words(m) for m in cards[1].xpath(".//mark")] == ["anyone was hurt", "One woman was hurt"]


def test_matrix_tells_states_apart_in_words(told):
    rows = told.xpath("//table[@class='matrix']//tbody/tr")
    cells = [[(td.get("class"), *td.xpath("a/@aria-label"), words(td)) for td in row.xpath("td")] for row in rows]
    assert cells[0] == [
        ("copies", "copies", "○ the port watch = NPA copy"),
        ("copies", "copies", "○ the port watch = A1"),
        ("attributes", "attributes", "❞ the union"),
    ]
    assert cells[2] == [("denies", "denies", "✕ The company"), ("x", ""), ("attributes", "attributes", "❞ the union")]
    assert cells[1][2] == ("copies", "copies", "○ Jonas Ek = A1")
    assert ["one" in row.get("class") for row in rows] == [False, True, False]
    assert ["disputed" in row.get("class") for row in rows] == [False, False, True]
    assert "A ship waits outside" in words(told.xpath("//ul[@class='single']")[0])


def test_side_by_side_marks_edits_by_kind(told):
    side = told.get_element_by_id("side-r1-r2")
    marks = {(m.tag, m.get("class"), words(m)) for m in side.xpath(".//del | .//ins")}
    assert marks == {
        ("del", "label_swap", "Dockers"),
        ("ins", "label_swap", "Wreckers"),
        ("ins", "hedge_added", "so-called"),
        ("del", "number_changed", "140"),
        ("ins", "number_changed", "120"),
    }
    assert "words unchanged" in words(side.xpath(".//details[@class='fold']/summary")[0])
    assert "82 % of A2 stands in A1" in words(side.xpath("./summary")[0])


def test_names_keep_each_label_in_its_column(told):
    (row,) = told.xpath("//table[contains(@class, 'names')]//tbody/tr")
    assert [words(td.xpath(".//a")[0]) for td in row.xpath("td")] == ["Dockers", "Wreckers", "The strikers"]
    assert "Dockers A1 became Wreckers A2" in words(row.xpath("th")[0])
    assert words(row.xpath("th/a")[0]) == "Dockers / Wreckers"  # headed by no side's word alone
    assert "⇄ for “Dockers” in A1" in words(row.xpath("td")[1])
    assert "⇄ replaced in A2" in words(row.xpath("td")[0])
    assert "Jonas Ek" in words(told.xpath("//ul[@class='others']")[0])


def test_timeline_and_map(told):
    assert [words(t) for t in told.xpath("//section[@id='time']//li/h3")] == ["2021-05-03", "2021-05-04"]
    assert "weekday before 2021-05-04 (published)" in words(told.get_element_by_id("day-2021-05-03"))
    places = told.xpath("//section[@id='map']//li")
    assert "Osterhamn ×2 A1 Österhamn B town" in words(places[0])
    assert "mainland" in words(told.get_element_by_id("map"))
    radii = {c.get("class"): float(c.get("r")) for c in told.xpath("//section[@id='map']//circle")}
    assert radii["disc region"] > 2 * radii["disc town"]


def test_reports_dim_furniture_and_mark_shared_words(told):
    coast = told.get_element_by_id("r2")
    assert [words(f) for f in coast.xpath(".//details[@class='furniture']/p")] == ["Home | Log in", "© Coast Daily"]
    assert "navigation" in words(coast.xpath(".//details[@class='furniture']/summary")[0])
    shared = re.sub(r"\s+", " ", "".join(u.text_content() for u in coast.xpath(".//u")))
    assert "Wreckers left the northern pier" in shared
    assert "(date inferred)" in words(told.get_element_by_id("r3"))
    assert "set aside" in words(told.get_element_by_id("r4"))
    backs = told.get_element_by_id("r3").xpath(".//small//a/@href")
    assert {"#claim-1", "#claim-2", "#conflict-1", "#conflict-2", "#brief", "#day-2021-05-04"} <= set(backs)


def test_notices_are_shown(told):
    text = words(told.get_element_by_id("notices"))
    assert "it tells of another event" in text
    assert "no date stands in it" in text


# ---------------------------------------------------------------- many reports


def test_many_reports_are_bundled_and_folded():
    found = lxml.html.document_fromstring(page(crowd(200)))
    (svg,) = found.xpath("//section[@id='stemma']//svg")
    assert len(svg.xpath(".//a[contains(@class, 'node')]")) < 12
    assert "and 193 more" in words(svg)
    assert len(found.xpath("//article[@data-siglum]")) == 200
    assert not found.xpath("//details[@class='full'][@open]")


def test_page_grows_with_the_reports_and_not_with_their_pairs():
    few, many = len(page(crowd(50))), len(page(crowd(200)))
    assert many < 5 * few
    assert many < 400_000


def test_many_columns_become_origins_or_a_list():
    names = sigla.Sigla(crowd(30, origins=4))
    assert [(c.head, len(c.reports)) for c in tables.columns(names)] == [("A", 8), ("B", 8), ("C", 7), ("D", 7)]
    assert tables.columns(sigla.Sigla(crowd(60, origins=30))) == ()


# ---------------------------------------------------------------- the parts


def plain(html: str) -> str:
    """The text of a report's body: the furniture's summary and the links behind sentences left out."""
    found = lxml.html.fragment_fromstring(html, create_parent="div")
    for aside in found.xpath(".//summary | .//small"):
        aside.drop_tree()
    return found.text_content()


alphabet = st.text(alphabet="ab <&.\n\r\u2028é🚢\t", max_size=60)


@settings(max_examples=150)
@given(alphabet, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6), st.data())
def test_a_body_holds_every_word_once_in_order(text, raw, data):
    spans = [Span("a", min(pair), min(max(pair), len(text))) for pair in raw if min(pair) < len(text)]
    cut = data.draw(st.integers(0, len(text)))
    sentences = tuple(Sentence(s, 0) for s in (Span("a", 0, cut), Span("a", cut, len(text))) if len(s))
    removed = tuple(Removed(s, "share") for s in spans[:2])
    read = Annotated(Report("a", text), removed=removed, sentences=sentences)
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    owner = names.named["a"]
    shared = [layers.Shared(s.start, s.end, owner, (), 0, "copied") for s in spans[2:3]]
    for span in spans:
        names.cite(span, "#1", "#claim-1")
    html = str(layers.body(names, read, shared))
    assert "".join(plain(html).split()) == "".join(text.split())
    for span in spans:
        assert html.count(f"<i id=r1-{span.start}-{span.end}>") == 1
    for found in re.finditer(r"<p data-at=(\d+)", html):
        assert text[int(found[1])] not in "\r\n"


def test_paragraphs_know_their_place():
    text = "One.\r\n\r\n  Two <b>.\n"
    read = invented_story.report("a", text)
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    html = str(layers.body(names, read, ()))
    assert re.findall(r"data-at=(\d+)", html) == ["0", "8"]
    assert "&lt;b&gt;" in html


def test_sigla_name_large_origins_first():
    names = sigla.Sigla(crowd(5, origins=3))
    assert [n.siglum for n in names.named.values()] == ["A1", "A2", "B1", "B2", "C"]
    assert sigla.letters(26 * 27) == "AAA"


def test_context_is_cut_to_the_sentence():
    long = "word " * 100
    read = invented_story.report("a", f"{long}here it is {long.strip()}.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    context = names.context(Span("a", len(long), len(long) + 10))
    assert context.exact == "here it is"
    assert context.before.startswith("…")
    assert context.after.endswith("…")
    assert len(context.before) < 160 > len(context.after)


def test_a_ring_of_arrows_is_drawn_whole():
    base = crowd(3)
    ring = Origin("o", ("r0000", "r0001", "r0002"), None, tuple(
        Edge(a, b, 1.0) for a, b in (("r0000", "r0001"), ("r0001", "r0002"), ("r0002", "r0000"))
    ))  # fmt: skip
    names = sigla.Sigla(replace(base, collation=replace(base.collation, origins=(ring,))))
    (tree,) = drawings.stemmata(names)
    assert len(tree.nodes) == 3
    assert len(tree.lines) == 3


def test_a_report_of_a_copy_that_is_not_there_stands_alone_with_its_source():
    base = crowd(2, origins=2)
    origins = (Origin("o", ("r0000",), "NPA", (Edge(None, "r0000", 0.0),)), Origin("p", ("r0001",)))
    names = sigla.Sigla(replace(base, collation=replace(base.collation, origins=origins)))
    (tree,) = drawings.stemmata(names)
    assert [node.note for node in tree.nodes] == ["from NPA", ""]
    assert [(line.percent, line.source_text) for line in tree.lines] == [(0, "NPA copy, not among the reports")]


def test_map_has_no_frame_without_coordinates():
    read = invented_story.report("a", "Nowhere is far.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    assert maps.draw(names, ()) is None
    drawn = maps.draw(names, (Place("x", "Nowhere", None, None, None, "none", (Span("a", 0, 7),)),))
    assert drawn is not None
    assert (drawn.discs, len(drawn.outside), drawn.land) == ((), 1, "")


@settings(max_examples=60, deadline=None)  # the outlines are read once
@given(
    st.lists(
        st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["town", "region", "country"])), max_size=6
    )
)
def test_any_places_can_be_drawn(many):
    read = invented_story.report("a", "Nowhere is far.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    places = tuple(
        Place(f"p{n}", "Nowhere", n, lat, lon, precision, (Span("a", 0, 7),))
        for n, (lat, lon, precision) in enumerate(many)
    )
    drawn = maps.draw(names, places)
    assert (drawn is None) == (not places)
    if drawn:
        assert len(drawn.discs) + len(drawn.outside) == len(places)
        for disc in drawn.discs:
            assert 0 <= disc.x <= 360
            assert 0 <= disc.y <= 270
