"""What cannot be read: each has one clear message, the others are still read."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zlib
from pathlib import Path

import pytest

from tellings.acquire import decodings, files, rows
from tellings.acquire.files import Limits, from_rows, read
from tellings.errors import (
    EmptyInput,
    FetchRefused,
    InputError,
    NotFound,
    NothingToCompare,
    TellingsError,
    TooLarge,
    Unreadable,
)

GOOD = "A ferry with 212 people on board ran aground off the town of Varmo on Wednesday, the coast guard said.\n"


@pytest.fixture
def fresh_folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


BAD: dict[str, tuple[str, bytes, type[InputError], str, str]] = {
    "empty": ("a.txt", b"", EmptyInput, "empty", "it is empty"),
    "mark only": ("a.txt", b"\xef\xbb\xbf", EmptyInput, "empty", "blanks"),
    "blanks": ("a.txt", b" \r\n\t \n", EmptyInput, "empty", "blanks"),
    "zeros": ("a.txt", b"\x00" * 400, Unreadable, "unreadable", "binary"),
    "some zeros": ("a.txt", b"abc\x00def " * 50, Unreadable, "unreadable", "binary"),
    "control": ("a.txt", bytes(range(1, 32)) * 30, Unreadable, "unreadable", "binary"),
    "pdf": ("a.txt", b"%PDF-1.7\n1 0 obj", Unreadable, "unreadable", "PDF"),
    "pdf by name": ("a.pdf", b"%PDF-1.7\n1 0 obj", Unreadable, "unreadable", "PDF"),
    "image": ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", Unreadable, "unreadable", "image"),
    "office": ("a.docx", b"PK\x03\x04\x14\x00", Unreadable, "unreadable", "office"),
    "broken gzip": (
        "a.txt.gz",
        b"\x1f\x8b\x08" + bytes(6) + b"\x03" + b"\xff" * 90,
        Unreadable,
        "unreadable",
        "broken",
    ),
    "cut gzip": ("a.txt.gz", gzip.compress(GOOD.encode() * 99)[:-30], Unreadable, "unreadable", "cut off"),
    "no gzip": ("a.txt.gz", GOOD.encode(), Unreadable, "unreadable", "not packed"),
    "broken json": ("a.json", b'{"text": "x"', Unreadable, "unreadable", "not JSON"),
    "json number": ("a.json", b"7", Unreadable, "unreadable", "without reports"),
    "json empty list": ("a.json", b"[]", EmptyInput, "empty", "empty"),
    "deep json": ("a.json", b"[" * 200_000, Unreadable, "unreadable", "not JSON"),
    "deep json line": ("a.jsonl", b'{"a":' * 200_000, Unreadable, "unreadable", "not JSON"),
    "row without text": ("a.jsonl", b'{"id": "x"}', Unreadable, "unreadable", '"text"'),
    "row of null text": ("a.jsonl", b'{"id": "x", "text": null}', Unreadable, "unreadable", '"text"'),
    "row of number text": ("a.jsonl", b'{"text": 5}', Unreadable, "unreadable", "a number, not a string"),
    "row of blank text": ("a.jsonl", b'{"text": " \\n "}', EmptyInput, "empty", "empty"),
    "row is a list": ("a.jsonl", b"[1]\n[2]\n", Unreadable, "unreadable", "not an object"),
    "half a pair": ("a.jsonl", b'{"text": "one \\ud800 two"}', Unreadable, "unreadable", "surrogate"),
    "no article": ("a.html", b"<html><body><a href=x>Home</a></body></html>", Unreadable, "unreadable", "no article"),
    "page of tags": ("a.html", b"<html>" + b"<div>" * 30_000 + b"x", Unreadable, "unreadable", "markup"),
    "page of attributes": ("a.html", b"<p " + b"a=1 " * 50_000 + b">x", Unreadable, "unreadable", "markup"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_alone_raises_its_reason(tmp_path: Path, case: str) -> None:
    name, data, error, _, says = BAD[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TellingsError, match=name.replace(".", r"\.")) as caught:
        read([tmp_path / name])
    message = str(caught.value)
    assert isinstance(caught.value, error | NothingToCompare)
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("case", BAD)
def test_bad_file_among_good_ones_becomes_a_notice(fresh_folder: Path, case: str) -> None:
    name, data, _, kind, says = BAD[case]
    (fresh_folder / name).write_bytes(data)
    reports, notices = read([fresh_folder / "good.txt", fresh_folder / name])
    assert [report.id for report in reports] == ["good"]
    mine = [n for n in notices if n.kind == kind and name in n.where]
    assert mine
    assert says in mine[0].what


def test_missing_path(fresh_folder: Path) -> None:
    with pytest.raises(NotFound, match=r"gone\.txt"):
        read([fresh_folder / "gone.txt"])
    reports, notices = read([fresh_folder / "good.txt", fresh_folder / "gone.txt"])
    assert len(reports) == 1
    assert [n.kind for n in notices] == ["missing"]


def test_nothing_given() -> None:
    with pytest.raises(NothingToCompare):
        read([])
    with pytest.raises(NothingToCompare):
        from_rows([])


@pytest.mark.parametrize("odd", ["", "a\0b", "x" * 5000])
def test_what_is_no_path(odd: str) -> None:
    with pytest.raises(InputError) as caught:
        read([odd])
    assert "\0" not in str(caught.value)


def test_several_bad_ones_are_all_named(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    with pytest.raises(NothingToCompare) as caught:
        read([tmp_path])
    assert [f"{n}.txt" in note for n, note in enumerate(caught.value.__notes__)] == [True] * 5


def test_folder_without_reports(tmp_path: Path) -> None:
    (tmp_path / "b.xyz").write_text(GOOD, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(GOOD, encoding="utf-8")
    with pytest.raises(NotFound, match="no report in this folder"):
        read([tmp_path])


def test_unknown_endings_in_a_folder_are_named(fresh_folder: Path) -> None:
    (fresh_folder / "b.xyz").write_text(GOOD, encoding="utf-8")
    reports, notices = read([fresh_folder])
    assert len(reports) == 1
    assert [n.kind for n in notices] == ["skipped"]
    assert "b.xyz" in notices[0].what


def test_unreadable_permission(fresh_folder: Path) -> None:
    path = fresh_folder / "locked.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    _, notices = read([fresh_folder])
    assert [(n.kind, "permission" in n.next_step) for n in notices] == [("unreadable", True)]


def test_refusals_of_the_system_are_plain_words(fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fresh_folder / "locked.txt"
    path.write_text(GOOD, encoding="utf-8")
    opened = os.open

    def refuse(name: str | os.PathLike[str], *args: int, **kw: int) -> int:
        if os.fspath(name).endswith("locked.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(name, *args, **kw)

    monkeypatch.setattr(os, "open", refuse)
    reports, notices = read([fresh_folder])
    assert [r.id for r in reports] == ["good"]
    assert [(n.kind, n.what) for n in notices] == [("unreadable", "it may not be read")]


def test_links_in_a_circle_end(fresh_folder: Path) -> None:
    (fresh_folder / "below").mkdir()
    (fresh_folder / "below" / "up").symlink_to(fresh_folder, target_is_directory=True)
    (fresh_folder / "self.txt").symlink_to(fresh_folder / "self.txt")
    reports, notices = read([fresh_folder])
    assert [r.id for r in reports] == ["good"]
    assert [n.kind for n in notices] == ["unreadable"]


def test_a_huge_file_is_refused_with_the_limit_and_its_option(fresh_folder: Path) -> None:
    path = fresh_folder / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(TooLarge) as caught:
        read([path])
    assert "50.0 MB" in str(caught.value)
    assert "20 MB" in str(caught.value)
    assert "--max-megabytes 51" in str(caught.value)
    _, notices = read([fresh_folder])
    assert [n.kind for n in notices] == ["too_large"]


def test_a_packed_bomb_is_not_unpacked(fresh_folder: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    piece = b" " * 1_000_000
    bomb = b"".join(packer.compress(piece) for _ in range(200)) + packer.flush()
    (fresh_folder / "bomb.txt.gz").write_bytes(bomb)
    assert len(bomb) < 400_000
    reports, notices = read([fresh_folder], limits=Limits(max_megabytes=3))
    assert len(reports) == 1
    assert [(n.kind, "--max-megabytes" in n.next_step) for n in notices] == [("too_large", True)]


def test_too_much_text_together(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{number} " + GOOD * 50, encoding="utf-8")
    with pytest.raises(TooLarge, match="--max-megabytes"):
        read([tmp_path], limits=Limits(max_megabytes=0.02))
    assert len(read([tmp_path], limits=Limits(max_megabytes=0.03))[0]) == 5


def test_too_many_reports() -> None:
    rows = [{"id": str(n), "text": f"{n} {GOOD}"} for n in range(11)]
    with pytest.raises(TooLarge, match=r"11 reports.*--max-reports 11"):
        from_rows(rows, limits=Limits(max_reports=10))
    assert len(from_rows(rows, limits=Limits(max_reports=11))[0]) == 11


def test_twins_do_not_count_toward_the_limit() -> None:
    rows = [{"id": str(n), "text": GOOD} for n in range(11)]
    assert len(from_rows(rows, limits=Limits(max_reports=1))[0]) == 1


def test_a_broken_line_is_named_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"id": "a", "text": "One."}\n{"id": "b", "text": \n\n{"id": "c", "text": "Two."}\n', encoding="utf-8"
    )
    reports, notices = read([path])
    assert [r.id for r in reports] == ["a", "c"]
    assert [(n.kind, n.where) for n in notices] == [("unreadable", f"{path}:2")]


def test_many_broken_lines_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "One."}\n' + "no json\n" * 500, encoding="utf-8")
    reports, notices = read([path])
    assert len(reports) == 1
    assert len(notices) < 30
    assert any("480 more" in n.what for n in notices)


@pytest.mark.parametrize("field", ["outlet", "url", "title", "published", "id"])
@pytest.mark.parametrize("value", [True, 1.5, [], {}, ["x"]])
def test_a_field_of_the_wrong_type_is_named_and_left_out(tmp_path: Path, field: str, value: object) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n" + json.dumps({"text": GOOD, field: value}) + "\n", encoding="utf-8")
    reports, notices = read([path])
    assert reports[0].id == "rows:2"
    assert [(n.kind, n.where) for n in notices] == [("field", f"{path}:2")]
    assert f'"{field}"' in notices[0].what


def test_a_date_that_can_be_read_in_two_ways_is_left_out() -> None:
    reports, notices = from_rows([{"id": "a", "text": GOOD, "published": "03/04/2019"}])
    assert reports[0].published is None
    assert [n.kind for n in notices] == ["field"]


def test_an_id_used_twice_names_both_and_keeps_both(tmp_path: Path) -> None:
    for name in ("b", "a"):
        rows = [{"id": "x", "text": f"{GOOD} {name} {n}"} for n in range(2)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reports, notices = read([tmp_path])
    assert {r.id: r.text[-3:] for r in reports} == {"x": "a 0", "x-2": "a 1", "x-3": "b 0", "x-4": "b 1"}
    assert [n.kind for n in notices] == ["same_id"] * 3
    assert all("a.jsonl:1" in n.what for n in notices)
    assert [n.where.rsplit("/", 1)[1] for n in notices] == ["a.jsonl:2", "b.jsonl:1", "b.jsonl:2"]


def test_a_suffix_never_takes_the_id_of_another() -> None:
    reports, _ = from_rows(
        [{"id": "x", "text": GOOD}, {"id": "x", "text": GOOD + "1"}, {"id": "x-2", "text": GOOD + "2"}]
    )
    assert {r.id: r.text for r in reports}["x-2"] == GOOD + "2"
    assert [r.id for r in reports] == ["x", "x-2", "x-3"]


def test_another_language_is_named_and_stays() -> None:
    text = (
        "Eine Fähre mit 212 Menschen an Bord ist am Mittwoch vor der Stadt Varmo auf Grund gelaufen. "
        "Zwei Menschen wurden verletzt, wie die Küstenwache mitteilte. Die Ursache war zunächst nicht bekannt."
    )
    reports, notices = from_rows([{"id": "de", "text": text}, {"id": "en", "text": GOOD}])
    assert {r.id: r.language and r.language.value for r in reports} == {"de": "de", "en": "en"}
    assert [(n.kind, "German" in n.what) for n in notices] == [("language", True)]


def test_a_wrongly_encoded_file_is_read_with_a_remark(fresh_folder: Path) -> None:
    text = "“We heard a bang,” said Ole – a teacher – and he’d left.\r\n" + GOOD
    (fresh_folder / "old.txt").write_bytes(text.encode("cp1252"))
    reports, notices = read([fresh_folder])
    assert reports[1].text == text
    assert [(n.kind, "windows-1252" in n.what) for n in notices] == [("encoding", True)]


def test_utf8_with_a_broken_byte_stays_utf8(fresh_folder: Path) -> None:
    data = ("“Çà et là”, said Zoë.\n" + GOOD).encode() + b"\xff end\n"
    (fresh_folder / "odd.txt").write_bytes(data)
    reports, notices = read([fresh_folder])
    assert reports[1].text.startswith("“Çà et là”, said Zoë.")
    assert reports[1].text.endswith("\ufffd end\n")
    assert [n.kind for n in notices] == ["encoding"]


def test_addresses_are_not_fetched_unless_asked(fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(FetchRefused, match="--fetch"):
        read(["https://example.com/a.html"])
    _, notices = read([fresh_folder, "https://example.com/a.html"])
    assert [(n.kind, n.next_step) for n in notices] == [("fetch", "add --fetch")]


def test_messages_hold_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "x\x1b[31m\n.txt").write_bytes(b"")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    _, notices = read([tmp_path])
    assert len(notices) == 2
    for n in notices:
        assert n.where.isprintable()
        n.where.encode("utf-8")


def test_ids_from_hostile_rows_are_clean() -> None:
    reports, _ = from_rows(
        [
            {"id": "a\x00\x1b\n\u202eb" * 900, "text": GOOD},
            {"id": "\ud800", "text": GOOD + "2"},
            {"id": "../../etc/passwd", "text": GOOD + "3"},
        ]
    )
    for report in reports:
        assert report.id.isprintable()
        assert 0 < len(report.id) <= 120
        report.id.encode("utf-8")


# ---------------------------------------------------------------- what is no file, and what is far too much


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_refused_and_never_waited_on(fresh_folder: Path) -> None:
    os.mkfifo(fresh_folder / "pipe.txt")
    (fresh_folder / "link.txt").symlink_to("pipe.txt")
    reports, notices = read([fresh_folder])
    assert [r.id for r in reports] == ["good"]
    assert [(n.kind, n.where.rsplit("/", 1)[1]) for n in notices if n.kind == "unreadable"] == [
        ("unreadable", "link.txt")
    ]
    for path in (fresh_folder / "pipe.txt", fresh_folder / "link.txt", "/dev/zero", "/dev/null"):
        with pytest.raises(Unreadable, match="pipe or a device"):
            read([path])


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="this system does not name open files")  # noqa: PTH112
def test_a_pipe_that_the_shell_opened_is_read() -> None:
    out, into = os.pipe()

    def write_late() -> None:
        os.write(into, GOOD.encode())
        os.close(into)

    writer = threading.Timer(0.3, write_late)
    writer.start()
    try:
        assert read([f"/dev/fd/{out}"])[0][0].text == GOOD
    finally:
        writer.join()
        os.close(out)


def test_links_out_of_a_folder_are_passed_over_and_named(fresh_folder: Path, tmp_path_factory: pytest.TempPathFactory):
    other = tmp_path_factory.mktemp("other")
    (other / "secret.txt").write_text(GOOD + "secret", encoding="utf-8")
    (fresh_folder / "a.txt").symlink_to(other / "secret.txt")
    (fresh_folder / "below").symlink_to(other, target_is_directory=True)
    reports, notices = read([fresh_folder])
    assert [r.id for r in reports] == ["good"]
    assert [(n.kind, "a.txt" in n.what, "below" in n.what) for n in notices] == [("skipped", True, True)]
    # Who names the link means it.
    assert read([fresh_folder / "a.txt"])[0][0].text.endswith("secret")


@pytest.mark.parametrize("what", ["", "*.txt"])
def test_a_folder_or_pattern_of_very_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(GOOD + str(number), encoding="utf-8")
    assert len(read([tmp_path / what])[0]) == 3
    (tmp_path / "3.txt").write_text(GOOD, encoding="utf-8")
    with pytest.raises(TooLarge, match="more than 3 files"):
        read([tmp_path / what])


def test_a_file_that_goes_while_it_is_read_is_named(fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh_folder / "gone.txt").write_text(GOOD + "2", encoding="utf-8")
    opened = files._bytes

    def vanish(path: Path, *args: object) -> bytes:
        if path.name == "gone.txt":
            path.unlink()
        return opened(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_bytes", vanish)
    reports, notices = read([fresh_folder])
    assert [r.id for r in reports] == ["good"]
    assert [n.kind for n in notices] == ["missing"]


def test_gzip_in_very_many_pieces_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decodings, "MOST_MEMBERS", 20)
    piece = gzip.compress(GOOD.encode())
    (tmp_path / "a.txt.gz").write_bytes(piece * 10 + b"\0" * 3000 + piece * 10 + b"\0")
    assert read([tmp_path])[0][0].text == GOOD * 20
    (tmp_path / "a.txt.gz").write_bytes(piece * 21)
    with pytest.raises(Unreadable, match="too many pieces"):
        read([tmp_path])


def test_a_file_of_nothing_but_broken_rows_is_left_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_BROKEN", 50)
    for name, text in (
        ("a.jsonl", '{"text": "One."}\n' + "no json\n" * 500 + '{"text": "Two."}\n'),
        ("b.json", json.dumps([{"text": "Three."}, *([7] * 500), {"text": "Four."}])),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    reports, notices = read([tmp_path])
    assert [r.text for r in reports] == ["One.", "Three."]
    assert sum("50 more rows" in n.what and "not looked at" in n.what for n in notices) == 2


def test_numbers_without_end_are_no_ids() -> None:
    reports, notices = from_rows([{"id": 10**5000, "text": GOOD}, {"id": 12, "text": GOOD + "2"}])
    assert [r.id for r in reports][:1] == ["12"]
    assert [n.kind for n in notices] == ["field"]


def test_a_headline_cannot_steer_what_shows_it() -> None:
    odd = "Ferry\u202e sinks\x00\x1b[31m\nVarmo\u2028now\x9b"
    reports, _ = from_rows([{"id": "a", "title": odd, "outlet": odd, "text": GOOD}])
    for found in (reports[0].title, reports[0].outlet):
        assert found is not None
        assert found.value == "Ferry  sinks [31m Varmo now"
