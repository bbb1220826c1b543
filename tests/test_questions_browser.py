"""Twelve questions that an editor asks of a story: each is answered on the demo's page within three clicks.

A click is a click or a field filled in; reading costs nothing, but what answers must be in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import needs_browser
from playwright.sync_api import Browser, Locator, Page, expect

import tellings
from tellings.present.pages import page

pytestmark = needs_browser

DEMO = Path(tellings.__file__).parent / "demo" / "reports"
MOST = 3
HEIGHT = 900


class Editor:
    """Somebody who asks the page, and counts the clicks."""

    def __init__(self, shown: Page) -> None:
        self.page = shown
        self.clicks = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST, "too many clicks"
        what.click()

    def view(self, name: str) -> None:
        self.click(self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True))

    def find(self, words: str) -> Locator:
        """The statements that hold these words."""
        self.clicks += 1
        assert self.clicks <= MOST, "too many clicks"
        self.page.get_by_role("searchbox").fill(words)
        return self.page.locator("#claims .claim:visible")

    def sees(self, where: Locator, *words: str) -> None:
        """These words stand there in this order, and can be seen (the marks of quotations are drawn)."""
        expect(where).to_be_visible()
        text = " ".join(where.inner_text().split())
        assert re.search(".*?".join(map(re.escape, words)), text, re.DOTALL), f"{words} not in {text}"

    def waits(self, truth: str) -> None:
        """Until this is so; the page's policy forbids `wait_for_function`."""
        for _ in range(200):
            if self.page.evaluate(truth):
                return
            self.page.wait_for_timeout(25)
        pytest.fail(f"never so: {truth}")

    def reads(self, words: str) -> None:
        """The page has gone to these words of a report, and they are marked and in sight."""
        self.waits("CSS.highlights.has('found')")
        marked = self.page.evaluate("[...CSS.highlights.get('found')].map(String).join('')")
        assert words in " ".join(marked.split())
        top = self.page.evaluate("[...CSS.highlights.get('found')][0].getBoundingClientRect().top")
        assert 0 <= top < HEIGHT

    def card(self, words: str) -> Locator:
        return self.page.locator(".card").filter(has_text=words)

    def column(self, outlet: str) -> int:
        heads = self.page.locator("table.names thead th").all_inner_texts()
        return next(n for n, head in enumerate(heads) if outlet in head)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "demo.html"
    made.write_text(page(tellings.compare([DEMO])), encoding="utf-8")
    return made


@pytest.fixture
def editor(browser: Browser, file: Path) -> Iterator[Editor]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": HEIGHT})
    shown = context.new_page()
    shown.goto(file.as_uri())
    yield Editor(shown)
    context.close()


def test_how_many_independent_accounts_are_there_and_who_prints_whose(editor: Editor) -> None:
    editor.sees(editor.page.locator("h1"), "7 reports, 3 origins", "five of them print one Northwire copy")
    assert editor.clicks == 0


def test_does_any_report_say_eleven_people_and_from_whom(editor: Editor) -> None:
    found = editor.find("eleven taken to hospital")
    editor.click(found.first.locator("em a").first)
    reading = editor.page.locator(".reading").filter(has=editor.page.get_by_role("heading", name="Eleven people"))
    editor.sees(reading, "Øvrebø", "Vestfold Tribune")
    editor.click(reading.locator("li a.sig").first)
    editor.reads("Eleven people were taken to the hospital")


def test_which_report_had_the_figure_fourteen_first(editor: Editor) -> None:
    found = editor.find("at least 14 people were injured")
    editor.click(found.first.locator("em a").first)
    reading = editor.page.locator(".reading").filter(has=editor.page.get_by_role("heading", name="At least 14 people"))
    editor.sees(reading, "first dated: A3", "11 Mar 2031, 11:15")
    expect(reading).to_be_in_viewport()


def test_what_does_an_outlet_call_the_strikers_where_the_agency_wrote_strikers(editor: Editor) -> None:
    editor.view("Names")
    row = editor.page.locator("table.names tbody tr").filter(has_text="Saboteurs").filter(has_text="Strikers").last
    cells = row.locator("th, td")
    editor.sees(cells.nth(editor.column("Morning Ledger")), "Saboteurs", "⇄ for “Strikers” in A3")
    editor.sees(cells.nth(editor.column("Public Voice")), "Workers", "⇄ for “Strikers” in A3")
    editor.sees(cells.nth(0), "Strikers / Saboteurs / Workers")  # the row takes no side's word
    editor.click(cells.nth(editor.column("Morning Ledger")).get_by_role("link", name="Saboteurs").first)
    editor.reads("Saboteurs")


def test_who_said_that_the_roads_were_closed(editor: Editor) -> None:
    found = editor.find("roads to the harbour were closed")
    editor.sees(found.first, "Elin Brekke, Kari Moen", "disputed")
    editor.click(found.first.locator("em a").first)
    card = editor.card("who said “All roads to the harbour")
    expect(card).to_be_in_viewport()
    editor.sees(card, "Kari Moen", "2 reports", "Elin Brekke", "1 report", "The Public Voice", "words of A3")


def test_is_a_sentence_of_the_brief_told_otherwise_elsewhere(editor: Editor) -> None:
    otherwise = editor.page.locator(".brief .touch", has_text="≠").first
    editor.sees(otherwise, "≠")
    value = otherwise.locator("q").first.inner_text()
    editor.click(otherwise.locator("a.ref").first)
    editor.reads(value)


def test_when_did_the_police_begin_and_who_says_so(editor: Editor) -> None:
    found = editor.find("3.30")
    assert found.locator("a.sig").all_inner_texts() == ["C"] * found.count()  # nobody else tells it
    editor.sees(found.first, "The police began to clear the road at 3.30 a.m.", "C", "from")
    editor.click(found.first.locator("a.sig"))
    editor.reads("began to clear the road at 3.30 a.m.")


def test_does_anybody_deny_that_they_began_early(editor: Editor) -> None:
    found = editor.find("started early").filter(has_text="denied by")
    expect(found).to_have_count(1)
    editor.sees(found, "the operation had started early", "denied by Kari Moen")


def test_what_stands_on_one_origin_only_and_what_is_disputed(editor: Editor) -> None:
    rows = editor.page.locator("#claims .claim:visible")
    editor.click(editor.page.get_by_label("one independent origin only"))
    expect(rows.filter(has_text="Elin Brekke, called on both sides")).to_have_count(1)
    assert rows.count() > 30
    assert not rows.filter(has_text="2 origins").count()
    editor.click(editor.page.get_by_label("disputed"))
    expect(rows.filter(has_text="people were injured").filter(has_text="At least 14 people")).to_have_count(1)
    assert 1 < rows.count() < 12


def test_how_much_of_an_outlet_is_agency_copy(editor: Editor) -> None:
    editor.sees(editor.page.locator("#stemma"), "The Coastal Herald", "86 %")


def test_which_named_source_stands_behind_a_statement(editor: Editor) -> None:
    found = editor.find("plan would go ahead")
    editor.sees(found.first, "4 reports", "1 origin", "source: Henrik Dahl")
    cell = found.first.locator("td").nth(1)
    editor.sees(cell, "○", "Henrik Dahl", "= A1")  # the second report copies the first
    editor.click(cell.get_by_role("link"))
    editor.reads("the plan would go ahead")


def test_which_report_was_set_aside_and_why(editor: Editor) -> None:
    editor.click(editor.page.locator(".standing").get_by_role("link", name="1 report"))
    notices = editor.page.locator("#notices")
    editor.sees(notices, "The Skagen Gazette", "set aside")
    expect(notices).to_be_in_viewport()


def test_a_quotation_can_be_taken_along_with_its_source(editor: Editor) -> None:
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sentence = editor.page.locator(".brief > li").first
    editor.click(sentence.get_by_role("button"))
    editor.waits("document.querySelector('.brief .copy').textContent === 'Copied'")
    taken = editor.page.evaluate("navigator.clipboard.readText()")
    assert f"“{sentence.locator('q').first.inner_text()}” (" in taken
    assert re.search(r"2031-03-1[12]", taken)
