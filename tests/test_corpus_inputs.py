"""What a run over an archive reads: formats, cuts, twins and ids, on invented reports."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from invented_archive import archive, lines, page, rows
from pyarrow import parquet
from test_corpus import go, read

from tellings.acquire import files
from tellings.corpora import sources
from tellings.corpora.stores import Store

# ---------------------------------------------------------------- formats


def texts(out: Path) -> list[tuple[str, str, str, str, str]]:
    return sorted(tuple(r[k] for k in ("id", "outlet", "title", "published", "text")) for r in read(out, "reports"))


def test_rows_read_alike_from_json_lines_packed_ones_and_parquet(tmp_path: Path):
    import datetime as dt

    import pyarrow as pa

    some = rows()
    lines(tmp_path / "a.jsonl", some)
    lines(tmp_path / "b.jsonl.gz", some)
    dated = [{**row, "published": dt.date.fromisoformat(row["published"])} for row in some]
    parquet.write_table(pa.Table.from_pylist(dated), tmp_path / "c.parquet", row_group_size=5)
    (tmp_path / "d.json").write_text(json.dumps({"reports": some}))
    for name in ("a.jsonl", "b.jsonl.gz", "c.parquet", "d.json"):
        go(tmp_path / name, tmp_path / f"out-{name}", until="reports")
    first = texts(tmp_path / "out-a.jsonl")
    assert [row[0] for row in first] == sorted(row["id"] for row in some)
    assert (
        first
        == texts(tmp_path / "out-b.jsonl.gz")
        == texts(tmp_path / "out-c.parquet")
        == texts(tmp_path / "out-d.json")
    )


def test_pages_read_alike_from_files_and_from_a_web_archive(tmp_path: Path):
    some = rows()[:5]
    for row in some:
        (tmp_path / "pages" / "deep").mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / "deep" / f"{row['id']}.html").write_bytes(page(row))
    archive(tmp_path / "a.warc.gz", some)
    go(tmp_path / "pages", tmp_path / "one", until="reports")
    go(tmp_path / "a.warc.gz", tmp_path / "two", until="reports")
    one, two = (sorted(row[1:] for row in texts(tmp_path / name)) for name in ("one", "two"))
    assert one == two
    assert texts(tmp_path / "one")[0][0] == "deep/ferry-0"
    assert "daily0.example/ferry-0" in {row[0] for row in texts(tmp_path / "two")}
    passed = {row["what"] for row in read(tmp_path / "two", "errors")}
    assert passed == {
        "https://daily0.example/logo.png: it is image/png, not a page",
        "https://daily0.example/gone: the answer was 404",
    }


def test_json_lines_are_cut_at_line_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources, "_BLOCK", 700)
    data = [json.dumps({"id": f"n{n}", "text": f"One {n}"}) for n in range(50)]
    for ending in ("\n", "\r\n"):
        path = tmp_path / "a.jsonl"
        path.write_bytes((ending.join([*data[:20], "", *data[20:]]) + ("" if ending == "\n" else ending)).encode())
        for part in (1, 7, 100):
            pieces = sources.plan([str(path)], part).pieces
            assert [p["start"] for p in pieces[1:]] == [p["stop"] for p in pieces[:-1]]
            found = [d for p in pieces for d in sources.drafts(p, files.Limits())]
            assert [d.id for d in found] == [f"n{n}" for n in range(50)]
            assert found[-1].line == 51
            assert all(sum(1 for _ in sources.drafts(p, files.Limits())) <= part for p in pieces)


# ---------------------------------------------------------------- twins and ids


def test_one_text_of_one_outlet_is_one_report_and_of_two_outlets_two(tmp_path: Path):
    text = "The ferry ran aground off Varnholm on Tuesday, the coastguard said."
    given = [
        {"id": "b", "outlet": "Daily One", "text": text},
        {"id": "a", "outlet": "daily one", "text": text.replace(" off", "  off")},
        {"id": "c", "outlet": "Other", "text": text},
        {"id": "c", "outlet": "Third", "text": "Another text under the same name, said the coastguard."},
        {"url": "https://x.example/1", "text": "A text with an address and no id at all."},
        {"text": "A text with neither."},
    ]
    names: list[list[str]] = []
    for seed in range(3):
        random.Random(seed).shuffle(given)  # noqa: S311  # no secret
        lines(tmp_path / "a.jsonl", given)
        out = tmp_path / str(seed)
        go(tmp_path / "a.jsonl", out, until="reports")
        names.append([row["id"] for row in read(out, "reports")])
        (twin,) = Store(str(out)).read_table("twins/part-0000-00000.parquet").to_pylist()
        assert (twin["report"], twin["twin"]) == ("a", "b")
    assert names[0] == names[1] == names[2]
    (suffixed,) = [name for name in names[0] if name.startswith("c~")]
    assert set(names[0]) >= {"a", "c", suffixed, "x.example/1"}
    assert len(names[0]) == 5
    assert [row["kind"] for row in read(tmp_path / "0", "errors")] == ["same_id"]
