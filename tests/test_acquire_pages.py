"""HTML pages: the article and what the page says of itself, on invented pages."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from tellings.acquire.files import read
from tellings.errors import Unreadable
from tellings.records import Found, Notice, Report

PARAGRAPHS = (
    (
        "A passenger ferry with 212 people on board ran aground off the town of Varmo early on Wednesday, "
        "the coast guard said, and two people were hurt."
    ),
    (
        "The ferry, the Nordlys, was on its way from Larvo when it struck a rock in thick fog, a spokeswoman said, "
        "and tugs were trying to free it in the evening."
    ),
    (
        "Passengers were brought ashore in fishing boats by people of the town, among them a teacher who had heard "
        "a bang and seen nothing at all in the fog."
    ),
)
ARTICLE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
NAVIGATION = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
FOOT = (
    '<aside><h3>Related</h3><ul><li><a href="/o">Bakers of Larvo go on strike</a> '
    '<time datetime="2020-01-01">1 Jan</time></li></ul></aside><footer>About us. Contact. Terms.</footer>'
)


def page(head: str = "", body: str = "", *, lang: str = "", title: str = "Ferry runs aground off Varmo") -> str:
    """An invented page."""
    return (
        f"<!doctype html><html{lang}><head><title>{title}</title>{head}</head><body>{NAVIGATION}"
        f"<article>{body or f'<h1>Ferry runs aground off Varmo</h1>{ARTICLE}'}</article>{FOOT}</body></html>"
    )


def linked(**fields: object) -> str:
    """JSON-LD of an article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def report_of(tmp_path: Path, markup: str | bytes, name: str = "p.html") -> tuple[Report, tuple[Notice, ...]]:
    path = tmp_path / name
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    reports, notices = read([path])
    return reports[0], notices


def test_article_headline_first_without_furniture(tmp_path: Path) -> None:
    report, notices = report_of(tmp_path, page())
    lines = [line for line in report.text.split("\n") if line]
    assert lines == ["Ferry runs aground off Varmo", *PARAGRAPHS]
    assert notices == ()
    assert report.id == "p"
    assert report.path == str(tmp_path / "p.html")
    assert report.digest is not None


def test_headline_is_put_first_where_extraction_drops_it(tmp_path: Path) -> None:
    markup = page(body=ARTICLE).replace("<article>", "<header><h1>Ferry runs aground off Varmo</h1></header><article>")
    report, _ = report_of(tmp_path, markup)
    assert report.text.startswith("Ferry runs aground off Varmo\n")
    assert report.text.count("Ferry runs aground") == 1


def test_linked_data(tmp_path: Path) -> None:
    head = linked(
        headline="Ferry runs aground off Varmo",
        datePublished="2021-03-03T10:00:00Z",
        author=[{"@type": "Person", "name": "Ada Lind"}, {"@type": "Person", "name": "Ole Bakk"}],
        publisher={"@type": "Organization", "name": "The Varmo Courier"},
        inLanguage="en",
        url="https://courier.example/a",
        creditText="AFP",
    )
    report, _ = report_of(tmp_path, page(head))
    assert report.outlet == Found("The Varmo Courier", "page")
    assert report.title == Found("Ferry runs aground off Varmo", "page")
    assert report.byline == Found("Ada Lind, Ole Bakk", "page")
    assert report.published == Found("2021-03-03T10:00:00+00:00", "page")
    assert report.url == Found("https://courier.example/a", "page")
    assert report.credits == (Found("AFP", "page"),)


def test_linked_data_in_a_graph_beside_broken_ones(tmp_path: Path) -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {"@type": ["Thing", "NewsArticle"], "datePublished": "2021-03-03"},
        ]
    }
    head = (
        '<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json">[[[[[[[[[[1]]]]]]]]]]</script>'
        f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    )
    assert report_of(tmp_path, page(head))[0].published == Found("2021-03-03", "page")


def test_open_graph_and_meta(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Varmo Courier">'
        '<meta property="og:title" content="Ferry aground - Varmo Courier">'
        '<meta property="article:published_time" content="2021-03-03T11:00:00+01:00">'
        '<meta name="author" content="Ada Lind">'
        '<link rel="canonical" href="https://courier.example/ferry"><meta name="syndication-source" content="Reuters">'
    )
    report, _ = report_of(tmp_path, page(head, body=ARTICLE))
    assert report.outlet == Found("Varmo Courier", "page")
    assert report.title == Found("Ferry aground", "page")
    assert report.byline == Found("Ada Lind", "page")
    assert report.published == Found("2021-03-03T11:00:00+01:00", "page")
    assert report.url == Found("https://courier.example/ferry", "page")
    assert [c.value for c in report.credits] == ["Reuters"]


def test_outlet_of_a_page_that_names_only_its_address(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://www.courier.example/ferry">'
    assert report_of(tmp_path, page(head))[0].outlet == Found("courier.example", "page")


def test_the_headline_as_printed_goes_before_its_short_form(tmp_path: Path) -> None:
    head = '<meta property="og:title" content="Ferry runs aground">'
    body = f"<h1>Ferry runs aground off Varmo in thick fog</h1>{ARTICLE}"
    assert report_of(tmp_path, page(head, body))[0].title == Found("Ferry runs aground off Varmo in thick fog", "page")


@pytest.mark.parametrize(
    "mark",
    [
        '<time datetime="2021-03-03T08:00">today</time>',
        "<time>3 March 2021</time>",
        '<span class="publish-date">March 3, 2021</span>',
        '<span itemprop="datePublished" content="2021-03-03">x</span>',
    ],
)
def test_a_date_beside_the_headline(tmp_path: Path, mark: str) -> None:
    report, _ = report_of(tmp_path, page(body=f"<h1>Ferry runs aground off Varmo</h1><div>{mark}</div>{ARTICLE}"))
    assert report.published is not None
    assert report.published.value[:10] == "2021-03-03"
    assert report.published.where == "page"


@pytest.mark.parametrize("head", ["", '<meta name="date" content="03/04/2021">', '<meta name="date" content="today">'])
def test_dates_of_other_articles_do_not_count(tmp_path: Path, head: str) -> None:
    assert report_of(tmp_path, page(head))[0].published is None


def test_the_words_go_before_what_the_page_calls_its_language(tmp_path: Path) -> None:
    assert report_of(tmp_path, page(lang=' lang="fr-FR"'))[0].language == Found("en", "text")
    german = (
        "<h1>Fähre läuft vor Varmo auf Grund</h1>"
        "<p>Eine Fähre mit 212 Menschen an Bord ist am Mittwoch vor der Stadt Varmo auf Grund gelaufen. "
        "Zwei Menschen wurden dabei verletzt, wie die Küstenwache am Abend mitteilte.</p>"
    )
    report, notices = report_of(tmp_path, page(body=german, lang=' lang="en"', title="Fähre"), "q.html")
    assert report.language == Found("de", "text")
    assert [n.kind for n in notices] == ["language"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-8", ""), ("cp1252", "iso-8859-1"), ("cp1251", "windows-1251"), ("utf-16", "")],
)
def test_encodings(tmp_path: Path, encoding: str, declared: str) -> None:
    words = "Вармо" if encoding == "cp1251" else "“Çà”"
    head = f'<meta charset="{declared}">' if declared else ""
    body = f"<h1>Ferry runs aground off Varmo</h1><p>{words} {PARAGRAPHS[0]}</p>{ARTICLE}"
    report, _ = report_of(tmp_path, page(head, body).encode(encoding))
    assert words in report.text


def test_an_article_only_in_linked_data(tmp_path: Path) -> None:
    markup = page(
        linked(headline="Ferry runs aground off Varmo", articleBody="\n\n".join(PARAGRAPHS)), body="<div id=app></div>"
    )
    report, _ = report_of(tmp_path, markup)
    assert [line for line in report.text.split("\n") if line] == ["Ferry runs aground off Varmo", *PARAGRAPHS]


def test_credits_in_the_text_of_a_page(tmp_path: Path) -> None:
    body = (
        f"<h1>Ferry runs aground off Varmo</h1><p>VARMO, Norland (AFP) - {PARAGRAPHS[0]}</p>{ARTICLE}"
        "<p>A sailor told Reuters he saw nothing.</p>"
    )
    report, _ = report_of(tmp_path, page(body=body))
    assert [(c.value, c.where) for c in report.credits] == [("AFP", "text"), ("Reuters", "text")]
    for credit in report.credits:
        assert credit.span is not None
        assert credit.value in credit.span.cut(report.text)


def test_a_page_under_the_name_of_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    report, _ = report_of(tmp_path, page(), "p.txt")
    assert report.text.startswith("Ferry runs aground off Varmo\n")
    assert "<p>" not in report.text


def test_scripts_and_hidden_markup_are_not_text(tmp_path: Path) -> None:
    body = (
        f"<h1>Ferry runs aground off Varmo</h1><script>alert('x')</script><!-- secret -->{ARTICLE}<style>p{{}}</style>"
    )
    text = report_of(tmp_path, page(body=body))[0].text
    assert "alert" not in text
    assert "secret" not in text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><form><input name=q></form></body></html>",
        "<html></html>",
        "<html><body>" + "<div>" * 10_000,
        "<html><body>" + "<b><i>" * 9_000 + "x" + "</body>",
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body>&b;</body></html>",
        "<html><body><script>" + "<!--" * 30_000,
        "<html><body><p " + "".join(f"a{n}=1 " for n in range(40_000)) + ">x</p>",
        "<html><body>\x00\x01<p>x",
    ],
)
def test_pages_without_an_article_or_built_to_be_slow(tmp_path: Path, markup: str) -> None:
    (tmp_path / "p.html").write_text(markup, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"p\.html"):
        read([tmp_path / "p.html"])


def test_what_a_parser_raises_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "extract", fail)
    (tmp_path / "p.html").write_text(page(), encoding="utf-8")
    with pytest.raises(Unreadable, match="RecursionError"):
        read([tmp_path / "p.html"])


def test_metadata_is_bounded_and_writable(tmp_path: Path) -> None:
    head = linked(headline="x " * 9000, author="\ud800", publisher={"name": ["y" * 9000]}, datePublished={"a": 1})
    report, _ = report_of(tmp_path, page(head, body=ARTICLE))
    assert report.byline is None
    assert report.published is None
    for found in (report.title, report.outlet):
        assert found is not None
        assert len(found.value) <= 600


def test_levels_of_logging_are_put_back(tmp_path: Path) -> None:
    logging.getLogger("trafilatura").setLevel(logging.INFO)
    try:
        report_of(tmp_path, page())
        assert logging.getLogger("trafilatura").level == logging.INFO
    finally:
        logging.getLogger("trafilatura").setLevel(logging.NOTSET)


def test_a_site_name_in_an_h1_is_no_headline(tmp_path: Path) -> None:
    head = '<meta property="og:site_name" content="The Varmo Courier">'
    graph = {"@graph": [{"@type": "WebPage", "datePublished": "2021-03-03T06:07:08+00:00"}]}
    head += f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    markup = page(head, title="Ferry runs aground off Varmo – The Varmo Courier")
    markup = markup.replace("<nav>", "<header><h1><a href=/>The Varmo Courier</a></h1></header><nav>")
    report, _ = report_of(tmp_path, markup)
    assert report.title == Found("Ferry runs aground off Varmo", "page")
    assert report.published == Found("2021-03-03T06:07:08+00:00", "page")
    assert report.text.startswith("Ferry runs aground off Varmo\n")


def test_a_page_laid_out_in_a_table(tmp_path: Path) -> None:
    cell = "<BR><BR>".join(PARAGRAPHS)
    markup = (
        "<HTML><HEAD><TITLE>Varmo Courier: Ferry runs aground off Varmo</TITLE></HEAD>"
        "<BODY><TABLE><TR><TD><A HREF=/>Home</A>"
        "</TD><TD><B>Ferry runs aground off Varmo</B><BR><I>By Ada Lind, March 3, 2021</I><BR><BR>"
        f"{cell}<BR></TD></TR></TABLE>&copy; 2021 Varmo Courier</BODY></HTML>"
    )
    report, _ = report_of(tmp_path, markup)
    assert set(PARAGRAPHS) <= set(report.text.split("\n"))
    assert "|" not in report.text
    assert report.title == Found("Ferry runs aground off Varmo", "page")
    assert (report.published and report.published.value, report.byline and report.byline.value) == (
        "2021-03-03",
        "Ada Lind",
    )
    assert report.outlet is not None
    assert report.outlet.value == "Varmo Courier"
    assert report.outlet.where == "text"


def test_a_table_inside_an_article_stays(tmp_path: Path) -> None:
    table = "<table><tr><th>Town</th><th>Boats</th></tr><tr><td>Varmo</td><td>14</td></tr></table>"
    report, _ = report_of(tmp_path, page(body=f"<h1>Ferry runs aground off Varmo</h1>{ARTICLE}{table}"))
    assert "Varmo | 14" in report.text
