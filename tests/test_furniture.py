"""Furniture: what goes, what stays, and that the offsets hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import furniture
from tellings.records import Annotated, Found, Removed, Report
from tellings.text import Span

BODY = (
    "A footbridge over the river Olla fell on Monday evening, the fire service of Harrow said, and two people were "
    "taken to hospital with broken bones.\n"
    "Mayor Tilda Brindle came to the place an hour later and said that the Olla bridge had been inspected in March.\n"
    "The bridge, which was built in 1990, is used by some four hundred schoolchildren every day, according to the "
    "council of Harrow, and there is no other way across for two miles.\n"
    "Engineers from Quorn and Sons said that it was too early to name a cause, but that the river had been high.\n"
    "The council will meet on Wednesday, and the mayor promised that a ferry would run until the autumn.\n"
)


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    a = Annotated(Report("r", text, title=Found(title, "given") if title else None))
    return [(r.kind, a.quote(r.span)) for r in furniture.find(a)]


def test_a_report_alone_keeps_every_word():
    assert kinds(BODY) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("News   /   Harrow", "navigation"),
        ("Remember meForgot password?", "login"),
        ("Log in with Facebook", "login"),
        ("Tuesday 07 July 2020", "page_date"),
        ("Publish Date: 3 May 2021 - 18:40", "page_date"),
        ("Last updated: 2021-05-03 18:40", "page_date"),
        ("Article ID: 48213", "page_date"),
        ("Facebook Twitter Pinterest WhatsApp", "share"),
        ("Share this story", "share"),
        ("Skip to main content", "navigation"),
        ("Enlarge this image toggle caption Ola Berg/Harrow Photos Ola Berg/Harrow Photos", "navigation"),
        ("Advertisement Continue reading the main story", "advertisement"),
        ("Subscribe to our newsletter", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Our morning newsletter brings you Harrow before breakfast. Subscribe.", "advertisement"),
        ("View this post on Instagram", "share"),
        ("This website uses cookies to improve your visit.", "notice"),
        ("Powered by machine translation", "notice"),
    ],
)
def test_furniture_at_the_head(line: str, kind: str):
    assert kinds(f"{line}\n{BODY}") == [(kind, line)]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("* Comment:", "comment"),
        ("Leave a comment", "comment"),
        ("More about Harrow, bridges, Olla", "related"),
        ("Latest News\nTop Stories", "related"),
        ("READ MORE: Ten bridges that never fell", "related"),
        ("You may also like\nA cat that swims\nThe best soups of Harrow", "related"),
        ("Our site can be reached at the following mirrors:\nHarrow Daily Radio", "related"),
        ("Copyright 2019 Harrow Daily. All rights reserved.", "copyright"),
        ("© 2019 Harrow Daily", "copyright"),
        ("(Reporting by Ada Pell; Editing by Tom Rook)", "footer"),
        ("Follow us on Twitter @harrowdaily", "share"),
        ("Read more: The bridges of Harrow are old.", "related"),
        ("A post shared by Tilda Brindle (@tilda) on May 3, 2021 at 6:40pm PDT", "share"),
    ],
)
def test_furniture_at_the_foot(lines: str, kind: str):
    assert kinds(BODY + lines) == [(kind, lines)]


@pytest.mark.parametrize(
    "line",
    [
        "Bridge falls in Harrow, two hurt",
        "By Ada Pell in Harrow (ANP)",
        "Source: Agencies",
        "- 'A long way round' -",
        "The mayor, Tilda Brindle, on the bridge over the Olla in March. (Photo by ANP)",
        "Share prices of Quorn and Sons fell by a tenth.",
        "More about the work of the divers:",
        "In 2019 the council of Harrow had 12 members.",
        "Photographs of the bridge hang in the town hall of Harrow.",
    ],
)
def test_what_belongs_to_the_report_stays(line: str):
    assert kinds(f"{line}\n{BODY}{line}\n") == []


def test_the_headline_stays_even_if_it_reads_like_furniture():
    assert kinds("Top News\n" + BODY, title="Top News") == []
    assert kinds("Top News\n" + BODY) != []


def test_the_caption_of_another_story_goes():
    other = "Senator Will Gadd (L) talks to Judge Rosa Melk at a flower show in Port Vane on June 3. (Photo by ANP)"
    assert kinds(f"Bridge falls\n{other}\n{BODY}") == [("caption_other", other)]


def test_a_series_of_other_pictures_goes_as_a_whole():
    lines = [
        f"{n}/12 Comet {name} The {name} Nebula is seen by Telescope Vega over Port Vane in this image"
        for n, name in enumerate(("Arda", "Belt", "Corr", "Dorn"), 1)
    ]
    found = kinds(BODY + "\n".join(lines))
    assert [kind for kind, _ in found] == ["caption_other"]
    assert "12 Comet Dorn" in found[0][1]


def test_the_heading_of_a_gallery_goes_and_its_captions_stay():
    heading = "Photos: The bridge of Harrow falls"
    told = ["Divers search the Olla.", "Mayor Brindle looks on.", "The bridge was built in 1990."]
    lines = [f"{heading} {what} Hide Caption {n} of 3" for n, what in enumerate(told, 1)]
    text = BODY + "\n".join(lines)
    a = Annotated(Report("r", text))
    removed = furniture.find(a)
    assert {r.kind for r in removed} == {"navigation"}
    left = "".join(c for k, c in enumerate(text) if not any(r.span.start <= k < r.span.end for r in removed))
    assert "Photos" not in left
    assert all(what in left for what in told)


def test_a_line_that_speaks_of_a_newsletter_stays():
    line = "The mayor said in her newsletter that the bridge would be built again."
    assert kinds(BODY + line + "\n") == []


def test_a_cut_teaser_above_its_own_line_goes():
    teaser = "The council will meet on Wednesday, and the mayor prom..."
    assert kinds(BODY.replace("The council will", teaser + "\nThe council will")) == [("related", teaser)]


def test_words_glued_to_a_headline_and_a_date_beside_the_byline_go():
    found = kinds(f"article imageBridge falls in Harrow\nBy Ada Pell (ANP)     May 3, 2021 in Travel\n{BODY}")
    assert found == [("navigation", "article image"), ("page_date", "May 3, 2021 in Travel")]


def test_what_the_page_knew_is_among_it_and_nothing_overlaps():
    text = f"Share\n{BODY}Latest News\n"
    known = Removed(Span("r", 0, 9), "navigation")
    found = furniture.find(Annotated(Report("r", text, removed=(known,))))
    assert found[0] == known
    assert [r.kind for r in found[1:]] == ["related"]


def test_a_text_of_nothing_but_links_is_left_alone():
    assert kinds("Home\nLatest News\nSign in\nSubscribe\n") == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Share", "Log in", "A dog ran.", "© 2019", "May 3, 2021", "\x00", "…", "1/3 A B", "2/3 C"])
    ),
    st.sampled_from(["\n", "\r\n", "   ", "\u2028"]),
)
def test_spans_are_sorted_apart_and_not_empty(lines: list[str], gap: str):
    text = gap.join(lines)
    found = furniture.find(Annotated(Report("r", text)))
    for r in found:
        assert 0 <= r.span.start < r.span.end <= len(text)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
