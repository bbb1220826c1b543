"""The page in a browser: it loads nothing, breaks nothing, and can be used with keyboard and without script.

Chromium is named by TELLINGS_CHROMIUM or found on the path. Without one these tests are skipped on
a desk, and fail where CI is set: a check that cannot run there must not look passed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import invented_story
import pytest
from conftest import needs_browser
from playwright.sync_api import BrowserContext, Page

from tellings.present.pages import page

pytestmark = needs_browser

DOSSIERS = {"story": invented_story.dossier, "one": invented_story.single, "hostile": invented_story.hostile}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for name, make in DOSSIERS.items():
        (made / f"{name}.html").write_text(page(make()), encoding="utf-8")
    return made


class Watched:
    """A page with all that went wrong while it was open."""

    def __init__(self, context: BrowserContext, file: Path, hash_: str = "") -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("dialog", lambda d: (self.wrong.append(d.message), d.dismiss()))
        self.page.on("request", lambda r: None if r.url.split("#")[0] == file.as_uri() else self.wrong.append(r.url))
        self.page.goto(file.as_uri() + hash_)


@pytest.fixture
def show(browser, folder):
    contexts: list[BrowserContext] = []

    def opened(name: str, hash_: str = "", **options: Any) -> Watched:
        contexts.append(browser.new_context(**options))
        return Watched(contexts[-1], folder / f"{name}.html", hash_)

    yield opened
    for context in contexts:
        context.close()


WIDTHS = (360, 768, 1440)
MODES = ("light", "dark", "print", "forced")
MATRIX = [
    *(("story", width, mode) for width in WIDTHS for mode in MODES),
    ("one", 360, "light"),
    ("hostile", 360, "light"),
    ("hostile", 1440, "print"),
]
AXE = {  # axe takes seconds: every width and every mode once
    ("story", 360, "light"),
    ("story", 768, "dark"),
    ("story", 768, "print"),
    ("story", 1440, "light"),
    ("story", 1440, "forced"),
    ("hostile", 360, "light"),
}


@pytest.mark.parametrize(("name", "width", "mode"), MATRIX)
def test_page_holds_at_every_width_in_every_mode(show, name, width, mode):
    """Nothing is loaded, nothing goes wrong, nothing is cut or scrolls sideways, and axe finds no violation."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "bypass_csp": True}  # axe is put into it
    if mode == "dark":
        options["color_scheme"] = "dark"
    if mode == "forced":
        options["forced_colors"] = "active"
    shown = show(name, **options)
    if mode == "print":
        shown.page.emulate_media(media="print")
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert shown.wrong == []
    assert shown.page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    if (name, width, mode) in AXE:
        found = Axe().run(shown.page)
        assert found.violations_count == 0, found.generate_report()
        assert shown.wrong == []


@pytest.mark.parametrize("name", DOSSIERS)
def test_policy_of_the_page_lets_its_own_script_and_style_work(show, name):
    shown = show(name)  # with the policy in force
    shown.page.wait_for_timeout(50)
    assert shown.wrong == []
    assert shown.page.evaluate("document.styleSheets.length") >= 1
    assert shown.page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("name", DOSSIERS)
@pytest.mark.parametrize("width", [320, 1024])
def test_no_page_scrolls_sideways(show, name, width):
    shown = show(name, viewport={"width": width, "height": 800})
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_times_of_the_browser_are_told(show, record_property):
    """First paint and the end of loading, for the record: a slow machine is no fault of the page."""
    for name in DOSSIERS:
        shown = show(name)
        for _ in range(200):  # the page's policy forbids `wait_for_function`
            if shown.page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
                break
            shown.page.wait_for_timeout(50)
        paint, loaded = shown.page.evaluate(
            """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
            performance.getEntriesByType('navigation')[0].loadEventEnd]"""
        )
        record_property(f"{name} first paint ms", round(paint))
        record_property(f"{name} loaded ms", round(loaded))
        assert 0 < paint < 20_000


def test_tab_reaches_every_link_in_the_order_of_the_page(show):
    shown = show("story")
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    order = shown.page.evaluate(
        """() => [...document.querySelectorAll(
            'a[href], summary, button, select, input:checked, input:not([type=radio]), [tabindex="0"]')]
        .map((element, number) => { element.dataset.number = number; return number })"""
    )
    reached: list[int] = []
    for _ in order:
        shown.page.keyboard.press("Tab")
        number = shown.page.evaluate("Number(document.activeElement.dataset.number ?? -1)")
        reached.append(number)
    assert reached == order


def test_focus_is_seen(show):
    shown = show("story")
    for _ in range(6):
        shown.page.keyboard.press("Tab")
        assert shown.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_skip_link_leads_to_the_dossier(show):
    shown = show("story")
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")
    assert shown.page.evaluate("document.activeElement.id") == "main"


def test_link_shows_the_exact_words_in_the_report(show):
    shown = show("story")
    shown.page.click("#brief li:nth-child(2) a.sig")
    marked = shown.page.evaluate("[...CSS.highlights.get('found')].map(String).join('')")
    assert marked == "One woman was hurt, the union said."
    box = shown.page.locator(".bar-box")
    assert "The Quay" in box.inner_text()
    box.get_by_text("Back").click()
    shown.page.wait_for_timeout(100)
    assert shown.page.locator(".bar-box").count() == 0


def test_offsets_count_code_points_and_line_ends(show):
    shown = show("hostile")
    href = shown.page.locator("#brief a.sig").first.get_attribute("href")
    assert href
    shown.page.locator("#brief a.sig").first.click()
    marked = shown.page.evaluate("[...CSS.highlights.get('found')].map(String).join('')")
    _, start, end = href.split("-")
    assert marked == invented_story.HOSTILE[int(start) : int(end)].replace("\0", "\ufffd").replace("\ud800", "\ufffd")


def test_link_opens_what_is_folded(show):
    shown = show("story", hash_="#arrow-r1-r2")
    assert shown.page.locator("#arrow-r1-r2").is_visible()


def test_filters_work(show):
    shown = show("story")
    rows = shown.page.locator("table.matrix tbody tr:visible")
    assert rows.count() == 3
    shown.page.check("#show-disputed")
    assert rows.count() == 1
    shown.page.check("#show-one")
    assert rows.count() == 1
    assert "They went quietly" in rows.first.inner_text()


def test_page_works_without_script(show):
    shown = show("story", java_script_enabled=False)
    assert shown.wrong == []
    shown.page.check("#show-disputed")
    assert shown.page.locator("table.matrix tbody tr:visible").count() == 1
    assert not shown.page.get_by_text("Open all").is_visible()
    shown.page.click("#brief li:nth-child(2) a.sig")
    assert shown.page.url.endswith("#" + shown.page.locator("i:target").get_attribute("id"))


def test_paper_lists_the_reports_and_has_them_in_full_only_if_asked(show):
    shown = show("story")
    shown.page.emulate_media(media="print")
    opened = shown.page.get_by_text("The cheese fair of Nyborg opened its doors")
    assert not shown.page.get_by_role("navigation").first.is_visible()
    assert not opened.is_visible()
    assert shown.page.locator("#reports .report h3").last.is_visible()
    shown.page.emulate_media(media="screen")
    shown.page.check("#paper-all")
    shown.page.emulate_media(media="print")
    assert opened.is_visible()
    assert shown.page.locator("#stemma .why").first.is_visible()


def test_printing_leaves_the_page_as_it_was(show):
    shown = show("story")
    folded = "document.querySelectorAll('details:not([open])').length"
    before = shown.page.evaluate(folded)
    shown.page.check("#paper-all")
    assert shown.page.pdf(format="A4").startswith(b"%PDF")
    assert shown.page.evaluate(folded) == before > 0


def test_dates_follow_the_reader(show):
    shown = show("story", locale="de-DE")
    assert shown.page.locator("#r1 time").inner_text() == "04.05.2021"
    drawn = shown.page.locator("#time svg .date").all_text_contents()
    assert "3. Mai" in drawn
    assert not any("May" in words for words in drawn)
    assert "04.05.2021" in " ".join(shown.page.locator("#stemma svg .note").all_text_contents())


def test_a_narrow_timeline_shows_its_fullest_day_first(show):
    shown = show("story", viewport={"width": 360, "height": 800})
    shown.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seen = shown.page.evaluate(
        """() => { const box = document.querySelector('[data-middle]').getBoundingClientRect();
            const dots = [...document.querySelectorAll('#time .event')];
            const most = dots.reduce((a, b) => (b.r.baseVal.value > a.r.baseVal.value ? b : a));
            const dot = most.getBoundingClientRect();
            return [dot.left - box.left, box.right - dot.right] }"""
    )
    assert min(seen) > 0


def test_paper_holds_every_view(show):
    shown = show("story", viewport={"width": 794, "height": 1123})
    shown.page.emulate_media(media="print")
    for view in ("#brief", "#conflicts .card", "#stemma svg", "#claims", "#names", "#time svg", "#map svg", "#reports"):
        assert shown.page.locator(view).first.is_visible()
    assert shown.page.locator("#claims").get_by_text("They went quietly").first.is_visible()
    assert not shown.page.locator("#reports nav").is_visible()
    brief, stemma = (shown.page.locator(view).bounding_box() for view in ("#brief", "#stemma"))
    assert brief
    assert stemma
    assert brief["x"] + brief["width"] <= stemma["x"]  # both on the first page


@pytest.mark.parametrize("view", ["#claims", "#names"])
def test_many_columns_stand_below_each_row_where_there_is_no_room_beside_it(show, view):
    shown = show("story", viewport={"width": 768, "height": 900})
    shown.page.evaluate(
        """view => { const table = document.querySelector(`${view} table`);
        table.classList.add('tight');
        for (const row of table.rows) for (let n = 0; n < 9; n += 1) {
            const cell = row.cells[1].cloneNode(true);
            cell.append(' some more words of a source');
            row.append(cell);
        } }""",
        view,
    )
    box = shown.page.locator(f"{view} .scroll").first
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    shown.page.set_viewport_size({"width": 1440, "height": 900})
    assert box.evaluate("box => getComputedStyle(box.querySelector('tr')).display") == "table-row"


def test_every_item_leads_to_its_words_and_back(show):
    """From a conflict, a statement, a date and a place to the report, and from its sentence back to the item."""
    shown = show("story")
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for item in ("#conflict-1", "#claim-1", "#place-1", "#day-2021-05-03"):
        href = shown.page.locator(f"{item} a[href^='#r']").first.get_attribute("href")
        assert href
        back = shown.page.evaluate(
            """href => { const at = document.getElementById(href.slice(1));
            const notes = at.closest('p').querySelectorAll('small a');
            return [...notes].map(a => a.getAttribute('href')) }""",
            href,
        )
        assert item in back


def test_copied_words_differ_without_colour(show):
    """The origin of copied words is told by a letter and a line, not by colour alone; conflicts by a frame."""
    shown = show("story", forced_colors="active")
    letters = shown.page.evaluate(
        "[...document.querySelectorAll('.text p.e')].map(p => getComputedStyle(p, '::before').content)"
    )
    assert letters
    assert all("A" in letter for letter in letters)
    line = "getComputedStyle(document.querySelector('.text u')).textDecorationLine"
    assert shown.page.evaluate(line) == "underline"
    frame = "getComputedStyle(document.querySelector('.text .v')).outlineStyle"
    assert shown.page.evaluate(frame) == "solid"


def test_furniture_is_grey_and_can_be_unfolded(show):
    shown = show("story")
    folded = shown.page.locator("#reports details.furniture").first
    assert not shown.page.get_by_text("Home | Log in").is_visible()
    folded.locator("summary").focus()
    shown.page.keyboard.press("Enter")
    assert shown.page.get_by_text("Home | Log in").is_visible()


def test_links_stand_in_the_margin_where_there_is_room(show):
    boxes = """() => { const p = [...document.querySelectorAll('.text p')].find(p => p.querySelector('small'));
        return [p.querySelector('span').getBoundingClientRect().right,
            p.querySelector('small').getBoundingClientRect().left] }"""
    right, left = show("story", viewport={"width": 1440, "height": 900}).page.evaluate(boxes)
    assert left > right
    right, left = show("story", viewport={"width": 360, "height": 800}).page.evaluate(boxes)
    assert left < 360


def test_forced_colours_keep_the_drawing(show):
    shown = show("story", forced_colors="active")
    stroke = shown.page.evaluate("getComputedStyle(document.querySelector('.node polygon, .node circle')).stroke")
    assert stroke != "none"
    assert shown.wrong == []
