"""The drawings: the stemma of any size, and any two reports side by side, with and without script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import invented_story
import lxml.html
import pytest
from conftest import needs_browser
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tellings.present import columns, drawings, sigla
from tellings.present.pages import page
from tellings.records import (
    Annotated,
    Collation,
    Dossier,
    Edge,
    Edit,
    Evidence,
    Found,
    Origin,
    Passage,
    Report,
    Sentence,
    Topic,
)
from tellings.text import Span

SURE = (Evidence("time", 1.5, "Monday before Tuesday"),)
BESIDE = (Evidence("second source", 1.5, "6 sentences that its main source lacks"),)


def words(element) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def report(name: str, lines: list[str], outlet: str | None = None) -> Annotated:
    """A report of these lines, each a sentence."""
    spans, at = [], 0
    for line in lines:
        spans.append(Sentence(Span(name, at, at + len(line)), len(spans)))
        at += len(line) + 1
    text = "".join(f"{line}\n" for line in lines)
    return Annotated(Report(name, text, outlet=Found(outlet or name, "given")), sentences=tuple(spans))


def story(
    names: list[str], origins: tuple[Origin, ...], outlets: dict[str, str] | None = None, lines: list[str] | None = None
) -> Dossier:
    text = lines or ["The mill at Borgund burned down on Friday."]
    reports = tuple(report(name, text, (outlets or {}).get(name)) for name in sorted(names))
    collation = Collation(reports, origins=origins)
    return Dossier(reports, tuple(Topic(r.id, on_topic=True) for r in reports), collation)


def stemmata(dossier: Dossier) -> tuple[drawings.Stemma, ...]:
    return drawings.stemmata(sigla.Sigla(dossier))


def batched(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip(names[::2], names[1::2], strict=True)


def numbered(count: int) -> list[str]:
    return [f"n{n:03}" for n in range(count)]


# ---------------------------------------------------------------- the stemma


def test_lost_text_is_dashed_and_a_guess_dotted():
    told = lxml.html.document_fromstring(page(invented_story.dossier()))
    svg = told.xpath("//section[@id='stemma']//svg")
    assert len(svg) == 2
    assert svg[0].xpath(".//g[starts-with(@class, 'gone')]")
    first, second = svg[0].xpath(".//a[starts-with(@class, 'edge')]")
    assert first.get("class") == "edge lost"
    assert second.get("class") == "edge guessed"
    assert second.get("aria-label") == "A2 took 80 % of its text from A1; the direction is a guess"
    assert "A1 took 95 % of its text from NPA copy, not among the reports" in words(first)


def test_every_arrow_tells_its_evidence_in_a_panel():
    told = lxml.html.document_fromstring(page(invented_story.dossier()))
    for edge in told.xpath("//section[@id='stemma']//a[starts-with(@class, 'edge')]"):
        panel = edge.getnext()
        assert panel.tag.lower() == "foreignobject"
        inside = panel.xpath("./div")[0]
        assert inside.get("id") == edge.get("aria-describedby")
        assert edge.get("aria-label") in words(inside)
        assert told.get_element_by_id(edge.get("href")[1:]) is not None


def test_two_parents_are_both_drawn():
    edges = (Edge("n000", "n002", 0.6, SURE), Edge("n001", "n002", 0.3, BESIDE), Edge("n000", "n001", 0.5, SURE))
    (tree,) = stemmata(story(numbered(3), (Origin("o", tuple(numbered(3)), None, edges),)))
    kinds = {arrow.target: arrow.kind for arrow in tree.arrows}
    assert len(kinds) == 3
    assert sorted(kinds.values()) == [(), (), ("second",)]
    (second,) = (arrow for arrow in tree.arrows if "second" in arrow.kind)
    assert second.spoken == "A3 also took 30 % of its text from A2"
    assert second.reasons == ("+ second source: 6 sentences that its main source lacks",)


def test_second_source_of_another_origin_stands_at_the_edge():
    origins = (
        Origin("o1", ("n000", "n001"), None, (Edge("n000", "n001", 0.9, SURE),)),
        Origin("o2", ("n002",), None, (Edge("n001", "n002", 0.2, BESIDE),)),
    )
    _, alone = stemmata(story(numbered(3), origins))
    (arrow,) = alone.arrows
    assert arrow.port is not None
    assert arrow.port[0].siglum == "A2"
    assert arrow.port[1] < drawings.WIDTH


def test_successive_versions_are_told_from_copies():
    origin = Origin(
        "o",
        tuple(numbered(3)),
        "Nordwire",
        (Edge("n000", "n001", 0.7, SURE), Edge("n001", "n002", 0.9, SURE)),
    )
    (tree,) = stemmata(story(numbered(3), (origin,), {"n000": "Nordwire", "n001": "Nordwire"}))
    assert [node.signed for node in tree.nodes] == [True, True, False]
    assert [arrow.kind for arrow in tree.arrows] == [("version",), ()]
    assert tree.title == "Origin A: 3 reports from Nordwire copy, 2 versions of it among them"


def test_origins_differ_in_colour_and_in_shape():
    origins = tuple(
        Origin(
            f"o{n}", (f"n{2 * n:03}", f"n{2 * n + 1:03}"), None, (Edge(f"n{2 * n:03}", f"n{2 * n + 1:03}", 1.0, SURE),)
        )
        for n in range(6)
    )
    drawn = stemmata(story(numbered(12), origins))
    assert len({tree.hue for tree in drawn}) == 6
    assert len({tree.nodes[0].shape for tree in drawn}) == 6


def test_ring_of_arrows_draws_everyone_once():
    edges = (Edge("n000", "n001", 0.5), Edge("n001", "n002", 0.5), Edge("n002", "n000", 0.5))
    (tree,) = stemmata(story(numbered(3), (Origin("o", tuple(numbered(3)), None, edges),)))
    assert sorted(node.named.id for node in tree.nodes if node.named) == numbered(3)


@st.composite
def families(draw) -> Dossier:
    """A story of one origin: any tree, with second sources and lost texts, and arrows from elsewhere."""
    count = draw(st.integers(2, 60))
    names = numbered(count)
    edges: list[Edge] = []
    for at, name in enumerate(names):
        parent = draw(st.integers(-2, at - 1))
        if parent >= -1:
            edges.append(Edge(names[parent] if parent >= 0 else None, name, draw(st.floats(0, 1)), SURE))
        if draw(st.integers(0, 5)) == 0:
            edges.append(Edge(draw(st.sampled_from([*names, "zzz"])), name, 0.2, BESIDE))
    edges = [edge for edge in edges if edge.source != edge.target]
    origins = (
        Origin("o", tuple(names), draw(st.sampled_from([None, "Nordwire"])), tuple(edges)),
        Origin("p", ("zzz",)),
    )
    return story([*names, "zzz"], origins)


@settings(max_examples=40, deadline=None)
@given(families())
def test_every_report_is_drawn_or_bundled_and_nothing_overlaps(dossier):
    tree, alone = stemmata(dossier)
    drawn = [node.named.id for node in tree.nodes if node.named]
    assert len(drawn) == len(set(drawn))
    assert len(drawn) + tree.bundled == len(dossier.reports) - 1
    assert len(tree.nodes) <= 40
    rows = [node.y for node in tree.nodes]
    assert len(set(rows)) == len(rows)
    for node in (*tree.nodes, *alone.nodes):
        assert 0 < node.y < max(tree.height, alone.height)
        assert 0 < node.x < drawings.WIDTH
    for arrow in tree.arrows:
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", arrow.path)]
        assert all(-10 <= n <= max(drawings.WIDTH, tree.height) for n in numbers)


@pytest.mark.parametrize("count", [3, 12, 40, 200])
def test_drawing_stays_readable_with_any_number(count):
    names = numbered(count)
    edges = tuple(Edge(names[(n - 1) // 4], names[n], 0.5, SURE) for n in range(1, count))
    (tree,) = stemmata(story(names, (Origin("o", tuple(names), None, edges),)))
    assert len(tree.nodes) <= 40
    assert (tree.bundled > 0) == (count > 20)
    assert len(tree.members) == count


def test_many_origins_are_folded():
    origins = tuple(Origin(f"o{n}", (f"n{2 * n:03}", f"n{2 * n + 1:03}")) for n in range(20))
    told = lxml.html.document_fromstring(page(story(numbered(40), origins)))
    stemma = told.get_element_by_id("stemma")
    assert len(stemma.xpath("./div/figure")) == 6
    (more,) = stemma.xpath("./details[@class='more']")
    assert words(more.xpath("./summary")[0]) == "14 more origins, each of few reports"
    assert len(more.xpath(".//figure")) == 14


# ---------------------------------------------------------------- side by side

FIRST, SECOND, THIRD = "The tower stood empty for years.", "A crane came from the coast today.", "It holds 40 men."


def moved() -> Dossier:
    """Two reports of one text; the second tells it in another order, with another number."""
    a = report("a", [FIRST, SECOND, THIRD, "By Ida Holt"])
    b = report("b", ["By Jon Vik", SECOND, "It holds 30 men.", FIRST, "Nobody lives near the tower now."])
    at = {one.id: [s.span for s in one.sentences] for one in (a, b)}
    passages = (
        Passage("p1", (at["a"][0], at["b"][3]), 1.0),
        Passage("p2", (at["a"][1], at["b"][1]), 1.0),
        Passage("p3", (at["a"][2], at["b"][2]), 0.9, "edited"),
    )
    before = Span("a", at["a"][2].start + 9, at["a"][2].start + 11)
    after = Span("b", at["b"][2].start + 9, at["b"][2].start + 11)
    collation = Collation(
        (a, b),
        passages,
        (Origin("o", ("a", "b"), None, (Edge("a", "b", 1.0, SURE),)),),
        (Edit(before, after, "number_changed", "", "p3"), Edit(at["a"][1], None, "dropped", "", "p2")),
    )
    return Dossier((a, b), (Topic("a", on_topic=True), Topic("b", on_topic=True)), collation)


def pair_of(dossier: Dossier) -> columns.Pair:
    c = dossier.collation
    ((pair,), more) = columns.pairs(sigla.Sigla(dossier), c.passages, c.edits)
    assert more == 0
    return pair


def test_moved_passages_stand_on_both_sides_under_one_number():
    rows = [row for block in pair_of(moved()).blocks for row in block.rows]
    left, right = (row for row in rows if row.kind == "moved")
    assert (left.number, right.number) == (1, 1)
    assert (left.left, left.right) == (FIRST, None)
    assert (right.left, right.right) == (None, FIRST)
    assert rows.index(left) < rows.index(right)


def test_lines_of_credit_are_kept_apart():
    blocks = [block for block in pair_of(moved()).blocks if block.kind == "lines"]
    assert [row.left or row.right for block in blocks for row in block.rows] == ["By Jon Vik", "By Ida Holt"]


def test_what_another_copy_dropped_is_not_struck_out():
    html = "".join(row.left or "" for block in pair_of(moved()).blocks for row in block.rows)
    assert "dropped" not in html
    assert '<del class="number_changed" title="number changed">40</del>' in html


def test_each_kind_of_edit_has_its_own_mark():
    told = page(moved())
    style = told[told.index("<style>") : told.index("</style>")]
    rules = [re.findall(rf"\.{kind} {{([^}}]*)}}", style) for kind in columns.KINDS]
    assert all(rule for rule in rules)
    assert len({tuple(rule) for rule in rules}) == len(columns.KINDS)


def test_woven_spans_give_back_the_passages_and_edits():
    dossier = moved()
    c = dossier.collation
    names = sigla.Sigla(dossier)
    woven = json.loads(columns.weave(names, c.passages, c.edits))
    ids = {named.anchor: named.id for named in names.listed}
    reports = [ids[anchor] for anchor in woven["reports"]]
    assert woven["from"] == [-1, 0]

    def spans(flat: list[int]) -> tuple[Span, ...]:
        many = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
        return tuple(Span(reports[r], start, start + size) for r, start, size in many if r >= 0)

    assert [spans(flat) for flat in woven["passages"]] == [p.spans for p in c.passages]
    assert [spans(edit[1:]) for edit in woven["edits"]] == [tuple(filter(None, (e.before, e.after))) for e in c.edits]


def test_woven_data_are_small_and_cannot_end_their_element():
    told = lxml.html.document_fromstring(page(invented_story.hostile()))
    for element in told.xpath("//*[@id='woven']"):
        json.loads(element.text_content())


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def shown(browser, tmp_path):
    contexts = []

    def opened(dossier: Dossier, hash_: str = "", **options: Any) -> Page:
        file = tmp_path / "page.html"
        file.write_text(page(dossier), encoding="utf-8")
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.on("pageerror", lambda e: pytest.fail(str(e)))
        tab.goto(file.as_uri() + hash_)
        return tab

    yield opened
    for context in contexts:
        context.close()


@needs_browser
@pytest.mark.parametrize("script", [True, False])
def test_panel_opens_on_focus_and_on_hover(shown, script):
    tab = shown(invented_story.dossier(), java_script_enabled=script)
    edge, panel = tab.locator("a.edge").first, tab.locator(".tell").first
    assert not panel.is_visible()
    for _ in range(200):  # the keyboard alone must get there
        tab.keyboard.press("Tab")
        if panel.is_visible():
            break
    assert panel.is_visible()
    tab.mouse.click(1, 1)
    assert not panel.is_visible()
    edge.locator("path.reach").hover(force=True)
    assert panel.is_visible()


@needs_browser
def test_moved_words_are_joined_by_a_line_on_wide_screens_only(shown):
    tab = shown(moved(), viewport={"width": 1200, "height": 900})
    tab.wait_for_selector("svg.knots path")
    assert tab.locator("svg.knots path").count() == 1
    narrow = shown(moved(), viewport={"width": 360, "height": 800})
    narrow.wait_for_timeout(100)
    assert narrow.locator("svg.knots path").count() == 0
    assert narrow.locator(".knot").count() == 2


@needs_browser
def test_any_two_reports_can_be_set_side_by_side(shown):
    tab = shown(moved(), viewport={"width": 1200, "height": 900})
    tab.select_option("#side-right", index=0)  # the default has the source on the left: turn it round
    tab.select_option("#side-left", index=1)
    rows = tab.locator("#side-any .row")
    kinds = [rows.nth(n).get_attribute("class") for n in range(rows.count())]
    assert kinds.count("row moved") == 2
    assert "row lines" in kinds
    assert tab.locator("#side-any del.number_changed").all_text_contents() == ["30"]
    assert tab.locator("#side-any ins.number_changed").all_text_contents() == ["40"]


@needs_browser
def test_script_and_server_lay_the_same_rows(shown):
    tab = shown(moved(), viewport={"width": 1200, "height": 900})
    tab.select_option("#side-left", index=1)
    tab.select_option("#side-left", index=0)
    tab.select_option("#side-right", index=1)
    tab.evaluate("document.querySelectorAll('#sides details').forEach(d => { d.open = true })")
    read = """side => [...side.querySelectorAll('.row:not(.head)')].map(row =>
        [row.className, ...[...row.children].map(p => p.textContent.replace(/\\s+/g, ' ').trim())])"""
    static = tab.locator("details.side").first.evaluate(read)
    assert tab.locator("#side-any .side").evaluate(read) == static


@needs_browser
def test_link_to_a_pair_that_is_not_prepared_opens_it(shown):
    tab = shown(moved(), "#side-r2-r1", viewport={"width": 1200, "height": 900})
    assert tab.locator("#side-any #side-r2-r1").count() == 1


@needs_browser
def test_chooser_is_hidden_without_script(shown):
    tab = shown(moved(), java_script_enabled=False)
    assert not tab.locator(".choose").is_visible()
    assert tab.locator("details.side").count() == 1


def test_legend_shows_dropped_words_struck_out():
    told = lxml.html.document_fromstring(page(moved()))
    assert [words(e) for e in told.xpath("//p[contains(@class, 'legend')]//del")] == ["dropped"]
