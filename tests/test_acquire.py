"""From files, rows and addresses to reports, and what is read from the head of a text."""

from __future__ import annotations

import codecs
import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tellings.acquire import agencies, dates, heads
from tellings.acquire.decodings import decode, unpack
from tellings.acquire.files import from_rows, read
from tellings.errors import TooLarge, Unreadable
from tellings.records import Found, Report

BODY = (
    "A ferry with 212 people on board ran aground off the town of Varmo on Wednesday, the coast guard said.\n"
    "Two people were hurt when it struck a rock in thick fog, and tugs were trying to free it in the evening.\n"
)


def one(text: str, **fields: str) -> Report:
    """The report of one row."""
    return from_rows([{"id": "a", "text": text, **fields}])[0][0]


def value(found: Found | None) -> str | None:
    return found.value if found is not None else None


def names(report: Report) -> list[str]:
    return [credit.value for credit in report.credits]


# ---------------------------------------------------------------- files


def test_text_stays_as_decoded(tmp_path: Path) -> None:
    text = "Line one\r\nLine “two”\r\n\tthree \n"
    for name, data in {
        "a.txt": text.encode(),
        "b.txt": codecs.BOM_UTF8 + (text + "b").encode(),
        "c.txt": codecs.BOM_UTF16_LE + (text + "c").encode("utf-16-le"),
        "d.txt": codecs.BOM_UTF16_BE + (text + "d").encode("utf-16-be"),
        "e.txt": codecs.BOM_UTF32_LE + (text + "e").encode("utf-32-le"),
        "f.txt": (text + "f").encode("utf-16-le"),
        "g.txt.gz": gzip.compress((text + "g").encode()),
    }.items():
        (tmp_path / name).write_bytes(data)
    reports, _ = read([tmp_path])
    assert {r.id: r.text for r in reports} == {"a": text, **{c: text + c for c in "bcdefg"}}


@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip("\ufeff \t\r\n\f\v\u00a0\u200b") and not t.isspace()))
@settings(max_examples=150)
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    try:
        decoded = decode(codecs.BOM_UTF8 + text.encode(), "a.txt")
    except Unreadable:
        assert any(ord(c) < 32 or c == "\x7f" for c in text) or text.isspace()
        return
    assert decoded.text == text


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_decoding_never_raises_anything_else(data: bytes) -> None:
    from tellings.errors import InputError

    try:
        text = decode(data, "x").text
    except InputError:
        return
    text.encode("utf-8")


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_unpacking_gives_back_what_was_packed_or_refuses(data: bytes, limit: int) -> None:
    packed = gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])
    if len(data) <= limit:
        assert unpack(packed, limit, "x") == data
    else:
        with pytest.raises(TooLarge):
            unpack(packed, limit, "x")


def test_kinds_and_endings(tmp_path: Path) -> None:
    row = {"id": "r", "outlet": "O", "title": "T", "published": "2021-03-03", "url": "https://o.example/a", "more": [1]}
    (tmp_path / "lines.jsonl").write_text(json.dumps({**row, "id": "l", "text": BODY + "l"}) + "\r\n", encoding="utf-8")
    (tmp_path / "list.json").write_text(
        json.dumps([{**row, "id": "i", "text": BODY + "i"}], indent=1), encoding="utf-8"
    )
    (tmp_path / "one.json").write_text(json.dumps({**row, "id": "o", "text": BODY + "o"}), encoding="utf-8")
    (tmp_path / "all.json").write_text(json.dumps({"reports": [{**row, "text": BODY + "r"}]}), encoding="utf-8-sig")
    (tmp_path / "really_lines.json").write_text(
        "\n".join(json.dumps({"id": f"x{n}", "text": f"{n} {BODY}"}) for n in range(2)), encoding="utf-8"
    )
    (tmp_path / "pretty.jsonl").write_text(
        json.dumps([{**row, "id": "p", "text": BODY + "p"}], indent=2), encoding="utf-8"
    )
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "z", "text": BODY + "z"}).encode()))
    reports, notices = read([tmp_path])
    assert [r.id for r in reports] == ["i", "l", "o", "p", "r", "x0", "x1", "z"]
    assert notices == ()
    lines = next(r for r in reports if r.id == "l")
    assert (lines.outlet, lines.title) == (Found("O", "given"), Found("T", "given"))
    assert (lines.published, lines.url) == (Found("2021-03-03", "given"), Found("https://o.example/a", "given"))
    assert lines.path == str(tmp_path / "lines.jsonl")
    assert lines.digest is not None
    assert len(lines.digest) == 64


def test_line_separators_inside_a_json_string_do_not_break_a_line(tmp_path: Path) -> None:
    text = f"One\u2028two\u0085three\n{BODY}"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text}, ensure_ascii=False), encoding="utf-8")
    assert read([tmp_path])[0][0].text == text


def test_a_file_named_directly_may_have_any_ending(tmp_path: Path) -> None:
    (tmp_path / "story.v2").write_text(BODY, encoding="utf-8")
    (tmp_path / "NOTES").write_text(BODY + "2", encoding="utf-8")
    (tmp_path / "rows.data").write_text(json.dumps({"id": "j", "text": BODY + "3"}), encoding="utf-8")
    reports, _ = read([tmp_path / "story.v2", tmp_path / "NOTES", tmp_path / "rows.data"])
    assert sorted(r.id for r in reports) == ["NOTES", "j", "story"]


def test_folders_globs_and_hidden_files(tmp_path: Path) -> None:
    for n, name in enumerate(["b/x.txt", "a/y.txt", "a/c/z.TXT", ".git/h.txt", "a/.h.txt"]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{n} {BODY}", encoding="utf-8")
    assert [r.id for r in read([tmp_path])[0]] == ["x", "y", "z"]
    assert [r.id for r in read([f"{tmp_path}/*/*.txt"])[0]] == ["x", "y"]
    assert [r.id for r in read([f"{tmp_path}/**/*.TXT"])[0]] == ["z"]
    assert [r.id for r in read([tmp_path / "a", tmp_path])[0]] == ["x", "y", "z"]


def test_names_that_collide_take_their_folder(tmp_path: Path) -> None:
    for n, name in enumerate(["a/report.txt", "b/report.txt", "other.txt"]):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{n} {BODY}", encoding="utf-8")
    reports, notices = read([tmp_path])
    assert [r.id for r in reports] == ["a/report", "b/report", "other"]
    assert notices == ()


def test_twins_of_one_outlet_count_once_and_those_of_two_do_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY.encode())
    (tmp_path / "b.txt").write_bytes(BODY.replace("\n", "\r\n").encode())
    reports, notices = read([tmp_path])
    assert [r.id for r in reports] == ["a"]
    assert [(n.kind, n.where.endswith("b.txt"), "a.txt" in n.what) for n in notices] == [("twin", True, True)]
    rows = [{"id": i, "outlet": o, "text": BODY} for i, o in (("a", "One"), ("b", "Two"), ("c", "one"), ("d", None))]
    reports, notices = from_rows(rows)
    assert [r.id for r in reports] == ["a", "b", "d"]
    assert [n.kind for n in notices] == ["twin"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(path)
    reports, notices = read([tmp_path, f"{tmp_path}/*.txt"])
    assert [r.id for r in reports] == ["a"]
    assert [(n.kind, n.where.endswith("link.txt")) for n in notices] == [("twin", True)]
    reports, notices = read([path, f"{tmp_path}/./a.txt"])
    assert [r.id for r in reports] == ["a"]
    assert [(n.kind, "named twice" in n.what) for n in notices] == [("twin", True)]


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_order_of_paths_and_rows_changes_nothing(tmp_path: Path, chance: random.Random) -> None:
    paths: list[Path] = []
    for n, name in enumerate(["x.txt", "k/x.txt", "same.txt", "rows.jsonl", "again.jsonl"]):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = f"{n % 3} {BODY}"
        path.write_text(json.dumps({"id": "x", "text": text}) if name.endswith("l") else text, encoding="utf-8")
        paths.append(path)
    expected = read(paths)
    rows: list[dict[str, str]] = [{"id": "r", "outlet": str(n % 2), "text": f"{n % 3} {BODY}"} for n in range(6)]
    rows += [{"text": f"{n} without id {BODY}"} for n in range(3)]
    from_python = from_rows(rows)
    chance.shuffle(paths)
    chance.shuffle(rows)
    assert read(paths) == expected
    assert from_rows(rows) == from_python


def test_records_pass_through_and_are_renamed_where_ids_collide(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry runs aground off the Varmo pier\n\n" + BODY, encoding="utf-8")
    first = read([tmp_path])[0]
    assert from_rows(first)[0] == first
    both, notices = from_rows([*first, {"id": "a", "outlet": "Other", "text": "Other. " + BODY}])
    assert [r.id for r in both] == ["a", "a-2"]
    assert [n.kind for n in notices] == ["same_id"]
    for report in both:
        for found in (report.title, report.outlet, *report.credits):
            assert found is None or found.span is None or found.span.report == report.id


def test_plain_input_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "text": BODY + "b"}), encoding="utf-8")
    code = (
        "import sys; from tellings.acquire.files import read; read([sys.argv[1]])\n"
        "heavy = ('trafilatura', 'lxml', 'httpx', 'py3langid', 'charset_normalizer', 'numpy')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- heads


SCRAPE = """Sign in
Forgot your password?

lead imageFerry with 212 on board runs aground off Varmo

By Ada Lind with Ole Bakk in Larvo (AFP) \u00a0 \u00a0 Mar 3, 2021 in World

A ferry with 212 people on board ran aground off Varmo on Wednesday, the coast guard said.

The captain told Reuters that the fog was thick, and a sailor told AFP that he saw nothing.

Copyright 2021 Varmo Courier. All rights reserved.
"""


def test_a_scraped_page_says_its_head() -> None:
    report = one(SCRAPE)
    assert value(report.title) == "Ferry with 212 on board runs aground off Varmo"
    assert value(report.byline) == "Ada Lind with Ole Bakk in Larvo (AFP)"
    assert value(report.published) == "2021-03-03"
    assert value(report.outlet) == "Varmo Courier"
    assert names(report) == ["AFP", "Reuters"]
    for found in (report.title, report.byline, report.published, report.outlet, *report.credits):
        assert found is not None
        assert found.where == "text"
        assert found.span is not None
        assert found.span.report == "a"
    assert report.title is not None
    assert report.title.span is not None
    assert report.title.span.cut(report.text) == report.title.value


def test_what_is_given_goes_before_what_the_text_says() -> None:
    report = one(SCRAPE, title="Given", outlet="Given Post", published="2020-01-02")
    assert (value(report.title), value(report.outlet), value(report.published)) == ("Given", "Given Post", "2020-01-02")
    assert {f.where for f in (report.title, report.outlet, report.published) if f} == {"given"}


@pytest.mark.parametrize(
    "text",
    [
        "Friday 12 March 2021\nNews ID: 4411\n" + BODY,
        "12 March 2021\n\nFerry runs aground off the Varmo pier\n\n" + BODY,
        BODY,
        "VARMO, March 3 (AFP) - " + BODY,
        "Published: 03/04/2021\n\n" + BODY,
        "A boat sails off Varmo on March 2, 2021. (AFP photo)\n\n" + BODY,
        BODY + "\nThe ferry was built on 4 May 1999.",
    ],
)
def test_a_date_that_the_text_does_not_say_stays_unknown(text: str) -> None:
    assert one(text).published is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Friday 12 March 2021\nNews ID: 4411\nPublish Date: 3 March 2021 - 18:40\n" + BODY, "2021-03-03T18:40:00"),
        ("Ferry runs aground off Varmo pier\n\nMarch 3, 2021\n\n" + BODY, "2021-03-03"),
        ("2021-03-03\nFerry runs aground off Varmo pier\n\n" + BODY, "2021-03-03"),
        ("Ferry runs aground off Varmo pier\nPosted on: Wed 3rd March 2021 at 9.05pm\n" + BODY, "2021-03-03T21:05:00"),
        (
            "Ferry runs aground off Varmo Updated: 2021-03-03 13:14 By Agencies(Varmo Daily)\n" + BODY,
            "2021-03-03T13:14:00",
        ),
        ("By Ada Lind | 25/03/2021\n\n" + BODY, "2021-03-25"),
        ("VARMO, March 3, 2021 (AFP) - " + BODY, "2021-03-03"),
        ("Updated: 5 March 2021\nFerry runs aground off Varmo\nPublished: 3 March 2021\n" + BODY, "2021-03-03"),
    ],
)
def test_dates_of_publication(text: str, date: str) -> None:
    assert value(one(text).published) == date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-05-03T18:40:00Z", "2021-05-03T18:40:00+00:00"),
        ("2021-05-03 18:40", "2021-05-03T18:40:00"),
        ("20210503", "2021-05-03"),
        ("Mon, 3 May 2021 18:40:00 +0200", "2021-05-03T18:40:00+02:00"),
        ("3 May 2021", "2021-05-03"),
        ("May 3rd, 2021 5:44 PM EDT", "2021-05-03T17:44:00"),
        ("20.05.2021", "2021-05-20"),
        ("05/20/2021", "2021-05-20"),
        ("05/05/2019", "2019-05-05"),
        ("04/05/2019", None),
        ("2019-02-30", None),
        ("2019", None),
        ("yesterday", None),
        ("", None),
        ("9999-01-01", None),
    ],
)
def test_dates_as_given(text: str, iso: str | None) -> None:
    assert dates.normal(text) == iso


@given(st.dates(min_value=__import__("datetime").date(1800, 1, 1), max_value=__import__("datetime").date(2099, 1, 1)))
def test_every_date_comes_back_however_it_is_written(day: object) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%a %d %b %Y", "%A, %b. %d, %Y", "%Y/%m/%d"):
        assert dates.normal(day.strftime(form)) == str(day)  # type: ignore[attr-defined]


@given(st.text(alphabet="0123456789 :/.-,JanuaryMch TZ+apm", max_size=60))
def test_scanning_for_dates_keeps_inside_the_text(text: str) -> None:
    for written in dates.scan(text):
        assert 0 <= written.start < written.end <= len(text)
        assert text[written.start].isalnum()
        assert text[written.end - 1].isalnum() or text[written.end - 1] in ".Z"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("By Ada Lind\n\n" + BODY, "Ada Lind"),
        ("BY ADA LIND AND OLE BAKK\n\n" + BODY, "ADA LIND AND OLE BAKK"),
        (
            "Ferry runs aground off Varmo pier\nBy Ada Lind, Varmo Bureau Chief | 3 March 2021\n" + BODY,
            "Ada Lind, Varmo Bureau Chief",
        ),
        ("By Ada Lind of The Varmo Courier\n" + BODY, "Ada Lind of The Varmo Courier"),
        (BODY + "(Reporting by Ada Lind in Varmo; Editing by Ole Bakk)", "Ada Lind in Varmo"),
        ("By Tuesday the ferry had been freed\n\n" + BODY, None),
        ("By Ada Lind was the ferry first seen.\n\n" + BODY, None),
        ("By the time the tugs came it had sunk.\n\n" + BODY, None),
    ],
)
def test_bylines(text: str, who: str | None) -> None:
    assert value(one(text).byline) == who


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry runs aground off the Varmo pier\n\n" + BODY, "Ferry runs aground off the Varmo pier"),
        ("News / Norland\n\nFerry runs aground off the Varmo pier\n\n" + BODY, "Ferry runs aground off the Varmo pier"),
        ("Home News World Sport Weather\nIs the ferry safe off Varmo?\n" + BODY, "Is the ferry safe off Varmo?"),
        ("Ferry runs aground off Varmo | Varmo Courier\n\n" + BODY, "Ferry runs aground off Varmo"),
        ("Title: A ferry and its rock\nOutlet: Varmo Courier\n\n" + BODY, "A ferry and its rock"),
        (BODY, None),
        ("VARMO (AFP) - " + BODY, None),
        ("The Varmo ferry this morning. (AFP photo)\n" + BODY, None),
        ("Ferry runs aground off the Varmo pier", None),
    ],
)
def test_headlines(text: str, title: str | None) -> None:
    assert value(one(text).title) == title


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VARMO, Norland (AP) — " + BODY, ["AP"]),
        ("VARMO, March 3 (Reuters) - " + BODY, ["Reuters"]),
        ("VARMO (Dispatches) – " + BODY, ["Dispatches"]),
        ("VARMO, Norland (Norwire) - " + BODY, ["Norwire"]),
        ("(AFP) - " + BODY, ["AFP"]),
        ("By Ada Lind in Varmo (Norpost)\n\n" + BODY, ["Norpost"]),
        (BODY + "- Norwire", ["Norwire"]),
        (BODY + "(Norwire and staff)", ["Norwire"]),
        ("Ferry runs aground Updated: 2021-03-03 06:50 (Xinhua)\n" + BODY, ["Xinhua"]),
        (BODY + "Source: Agencies", ["Agencies"]),
        (BODY + "Source: AFP, Reuters", ["AFP", "Reuters"]),
        (BODY + "Source: Varmo News Agency", ["Varmo News Agency"]),
        (BODY + "Copyright 2021 The Associated Press. All rights reserved.", ["AP"]),
        (BODY + "The Associated Press contributed to this report.", ["AP"]),
        (BODY + "With inputs from PTI and IANS", ["PTI", "IANS"]),
        (BODY + "Tugs came at noon. (Xinhua)", ["Xinhua"]),
        (BODY + "Tugs came at noon. — Reuters", ["Reuters"]),
        (BODY + "(Varmo 24 with AFP)", ["AFP"]),
        ("By The Associated Press\n\n" + BODY, ["AP"]),
        ("By Petra News Agency\n\n" + BODY, ["Jordan News Agency"]),
        ("By Petra Ulvar in Varmo (Reuters)\n\n" + BODY, ["Reuters"]),
        ("By Ada Lind, Bloomberg News\n\n" + BODY, ["Bloomberg"]),
        ("Reuters | Updated: 2021-03-03 10:00\n" + BODY, ["Reuters"]),
        (BODY + 'A sailor told AFP: "I saw nothing."', ["AFP"]),
        (BODY + "A sailor told the Associated Press he saw nothing.", ["AP"]),
        (BODY + "An AFP correspondent saw two tugs.", ["AFP"]),
        (BODY + "A list seen by Reuters has 212 names.", ["Reuters"]),
    ],
)
def test_credits(text: str, found: list[str]) -> None:
    report = one(text)
    assert names(report) == found
    for credit in report.credits:
        assert credit.span is not None
        assert credit.span.cut(report.text).strip()


@pytest.mark.parametrize(
    "text",
    [
        "The Varmo ferry this morning. (AFP photo)\n" + BODY,
        "The Varmo ferry this morning. (Photo by AFP)\n" + BODY,
        "The Varmo ferry this morning. / AFP / -\n" + BODY,
        "Image copyright Reuters Image caption Ferry\n" + BODY,
        "The Varmo ferry this morning. (Ada Lind/AFP via Getty Images)\n" + BODY,
        "The Varmo ferry this morning Ada Lind/Reuters\n" + BODY,
        BODY + "The ferry lies on its side ©Ada Lind (AFP)",
        BODY + "Reuters reported that the ferry had sunk, according to AFP.",
        BODY + "He told mena who were on board to leave. Other agencies helped.",
        BODY + "A sailor told the state news agency Belga it had sunk.",
        "Reuters\n" + BODY,
        "By Petra Ulvar\n\n" + BODY,
        "By Ivan Hina\n\n" + BODY,
        BODY + "Petra Ulvar and Mehr Lind contributed to this report.",
        BODY + "Reporting by Petra Ulvar",
        "(CNN) -- " + BODY,
        "The Union of Bakers (UB) - founded in 1990 - bakes. " + BODY,
        BODY + "Read the source: agencies of change",
    ],
)
def test_what_is_no_credit_of_the_text(text: str) -> None:
    assert names(one(text)) == []


def test_an_outlet_is_not_its_own_agency_and_an_address_can_name_one() -> None:
    assert names(one("VARMO, Norland (Norpost) - " + BODY, outlet="www.norpost.example")) == []
    report = one(BODY, url="https://news.example/wires/afp/2021/03/03/ferry.html")
    assert [(c.value, c.where, c.span) for c in report.credits] == [("AFP", "given", None)]
    assert report.outlet == Found("news.example", "given")
    assert report.published == Found("2021-03-03", "given")


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The Varmo Courier\nFerry runs aground off the pier\n\n" + BODY, "The Varmo Courier"),
        (BODY + "\nVarmo TV’s website can be reached at these addresses too", "Varmo TV"),
        (BODY + "\n© 2020-2021 Varmo Courier Ltd. All rights reserved", "Varmo Courier"),
        ("World News\nFerry runs aground off the pier\n\n" + BODY, None),
        ("Varmo Harbour\nFerry runs aground off the pier\n\n" + BODY, None),
        (BODY + "\nCopyright 2021 The Associated Press", None),
        ("The pier of Varmo this morning © Ada Lind\n" + BODY, None),
        (BODY + "\nThe Varmo Courier reported that it sank.", None),
    ],
)
def test_outlets(text: str, outlet: str | None) -> None:
    assert value(one(text).outlet) == outlet


def test_a_first_line_that_is_the_name_of_the_file_is_the_outlet(tmp_path: Path) -> None:
    (tmp_path / "varmo-harbour.txt").write_text(
        "Varmo Harbour\nFerry runs aground off the pier\n\n" + BODY, encoding="utf-8"
    )
    assert value(read([tmp_path])[0][0].outlet) == "Varmo Harbour"


def test_the_name_of_a_file_is_the_last_resort(tmp_path: Path) -> None:
    (tmp_path / "courier.example.com_2021-03-03_ferry.txt").write_text(BODY, encoding="utf-8")
    report = read([tmp_path])[0][0]
    assert (report.outlet, report.published) == (
        Found("courier.example.com", "file name"),
        Found("2021-03-03", "file name"),
    )


@given(
    st.text(max_size=300),
    st.sampled_from(["", "By ", "Source: ", "VARMO (AFP) - ", "Published: ", "© 2021 ", "told AFP"]),
)
@settings(max_examples=300)
def test_heads_never_fail_and_quote_exactly(noise: str, start: str) -> None:
    text = f"{start}{noise}\r\n{noise}{start}\n{start}"
    head = heads.find("r", text)
    for found in (head.title, head.outlet, head.byline, head.published, head.url, *head.credits):
        if found is not None and found.span is not None:
            assert 0 <= found.span.start < found.span.end <= len(text)
    for found in (head.title, head.outlet, head.byline):
        if found is not None and found.span is not None:
            assert found.value == " ".join(found.span.cut(text).split())


@pytest.mark.parametrize(
    "text", ["told AFP " * 60_000, "(" * 300_000, "By A " * 60_000, "A, " * 100_000 + "(X) - y", "1:1 " * 90_000]
)
def test_heads_of_odd_long_texts_end(text: str) -> None:
    assert heads.find("r", text).outlet is None


def test_the_list_of_agencies_is_sound() -> None:
    assert agencies.agency("Agence France-Presse") == "AFP"
    assert agencies.agency("The Times of Varmo") is None
    known, doubtful = agencies._names()
    assert doubtful < set(known)
    assert all(short.strip() and form == form.strip() for form, short in known.items())
