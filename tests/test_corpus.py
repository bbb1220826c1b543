"""Runs over archives, on invented reports: the same bytes however a run went, and nothing lost in silence."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import invented_story
import pytest
from invented_archive import ALONE, EVENTS, archive, lines, rows
from pyarrow import parquet
from test_stories import GERMAN

import tellings
from tellings import corpus, pipeline
from tellings.acquire import files
from tellings.corpora import groupings, plans, shapes, sources
from tellings.corpora.engines import QUIET, Engine
from tellings.corpora.stores import Store
from tellings.errors import NotFound, NothingToCompare, TellingsError

ROOT = Path(tellings.__file__).parent.parent
SMALL = corpus.Options(part=4)
TABLES = ("passages", "origins", "claims", "conflicts", "actors", "edits")


def alone() -> Engine:
    return Engine(workers=1)


def go(inputs: Path | list[Path], out: Path | str, **kwargs: Any) -> corpus.Outcome:
    given = [inputs] if isinstance(inputs, Path) else inputs
    kwargs.setdefault("options", SMALL)
    return corpus.run([str(p) for p in given], str(out), engine=alone, **kwargs)


def read(out: Path | str, name: str) -> list[dict[str, Any]]:
    store = Store(str(out))
    return [row for file in store.names(name, ".parquet") for row in store.read_table(file).to_pylist()]


def tree(out: Path, stages: tuple[str, ...] | None = None) -> dict[str, str]:
    """A digest of every file; of a manifest without what a run may differ in."""
    found: dict[str, str] = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_dir() or name.startswith(".") or (stages and name.split("/")[0] not in stages):
            continue
        data = path.read_bytes()
        if path.name == "manifest.json":
            manifest = json.loads(data)
            for batch in manifest["batches"]:
                del batch["run"]
            data = json.dumps(manifest).encode()
        found[name] = hashlib.sha256(data).hexdigest()
    return found


def script(code: str, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    bare = {k: v for k, v in os.environ.items() if k not in QUIET}
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=cwd,
        env={**bare, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def command(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return script("from tellings.cli import main; main()", "corpus", *args, cwd=cwd)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `archive.jsonl` stands, and `out`, a whole run over it with one worker."""
    folder = tmp_path_factory.mktemp("corpus")
    lines(folder / "archive.jsonl", rows())
    done = command("archive.jsonl", "--out", "out", "--workers", "1", "--part", "4", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "printed.txt").write_text(done.stdout)
    return folder


# ---------------------------------------------------------------- what comes out


def test_stories_are_found_and_every_report_stands_in_one(home: Path):
    members = read(home / "out", "members")
    assert sorted(m["report"] for m in members) == sorted(row["id"] for row in rows())
    held: dict[str, set[str]] = {}
    for m in members:
        held.setdefault(m["story"], set()).add(m["report"].rpartition("-")[0])
    assert sorted(map(sorted, held.values())) == sorted([[e["key"]] for e in EVENTS] + [["alone"]] * len(ALONE))
    assert {s["story"]: s["reports"] for s in read(home / "out", "stories")} == Counter(m["story"] for m in members)


def test_a_run_groups_as_the_command_for_a_pile_does_also_what_is_in_another_language(tmp_path: Path):
    some = [
        *rows(),
        {"id": "de-1", "text": GERMAN["crash"]},
        {"id": "de-2", "text": GERMAN["law"]},
        {"id": "de-3", "text": GERMAN["law"] + " Das teilte die Stadt mit."},
        {"id": "fr", "text": "Le bac a heurté la jetée mardi.", "language": "fr"},
    ]
    go(lines(tmp_path / "a.jsonl", some), tmp_path / "out", until="stories")
    held: dict[str, list[str]] = {}
    for member in read(tmp_path / "out", "members"):
        held.setdefault(member["story"], []).append(member["report"])
    reports, _ = files.from_rows(some)
    assert {story.id: sorted(story.reports) for story in pipeline.stories(reports)} == {
        story: sorted(names) for story, names in held.items()
    }
    assert sorted(n for n in held.values() if n[0] in {"de-1", "de-2", "de-3", "fr"}) == [
        ["de-1"],
        ["de-2"],
        ["de-3"],
        ["fr"],
    ]


def test_only_reports_of_stories_are_read_and_each_once(home: Path):
    names = [row["id"] for row in read(home / "out", "annotations")]
    assert sorted(names) == sorted(row["id"] for row in rows() if not row["id"].startswith("alone"))


@pytest.mark.parametrize("table", [*TABLES, "stories", "dossiers", "reuse"])
def test_every_table_has_the_columns_that_it_names(home: Path, table: str):
    from tellings.corpora import reuses, tables

    columns = {**tables.TABLES, "stories": groupings.STORIES, "reuse": reuses.REUSE}[table]
    for file in sorted((home / "out" / table).glob("*.parquet")):
        assert parquet.read_schema(file).names == list(columns)


def test_spans_of_tables_quote_the_reports(home: Path):
    text = {row["id"]: row["text"] for row in read(home / "out", "reports")}
    seen = 0
    for table in TABLES:
        for row in read(home / "out", table):
            for head in ("", "from_", "to_"):
                if row.get(f"{head}start") is not None and f"{head}report" in row:
                    assert text[row[f"{head}report"]][row[f"{head}start"] : row[f"{head}end"]] == row[f"{head}exact"]
                    seen += 1
    assert seen > 50


def test_each_claim_has_one_telling_that_titles_it(home: Path):
    claims = read(home / "out", "claims")
    titled = Counter((row["story"], row["claim"]) for row in claims if row["is_title"])
    assert titled == Counter({(row["story"], row["claim"]) for row in claims})


def test_the_telling_that_a_wider_title_holds_is_marked():
    from tellings.corpora import tables

    base = invented_story.dossier()
    claim = base.collation.claims[2]
    report = next(r for r in base.reports if r.id == claim.title.report)
    wide = next(s.span for s in report.sentences if s.span.holds(claim.title))
    assert wide != claim.title
    claims = (replace(claim, title=wide),)
    found = tables.rows(replace(base, collation=replace(base.collation, claims=claims)), "s", "{}")["claims"]
    assert [(row["exact"], row["is_title"]) for row in found] == [
        ("anyone was hurt", False),
        ("One woman was hurt", True),
    ]


def test_a_story_has_the_dossier_that_compare_gives(home: Path):
    dossiers = {row["story"]: row["json"] for row in read(home / "out", "dossiers")}
    for story, text in dossiers.items():
        ids = {m["report"] for m in read(home / "out", "members") if m["story"] == story}
        reports, _ = files.from_rows([row for row in rows() if row["id"] in ids])
        found, expected = json.loads(text), json.loads(tellings.to_json(pipeline.compare(reports)))
        for report in (*found["reports"], *expected["reports"]):
            del report["digest"]
        assert found == expected


def test_copies_are_found_with_their_agency_and_summed_up(home: Path):
    outlets = {row["outlet"]: row for row in corpus.summary(str(home / "out")) if row["table"] == "outlets"}
    assert outlets[None]["reports"] == len(rows())
    assert outlets["daily0.example"]["agency"] == outlets["daily0.example"]["in_stories"] == len(EVENTS)
    assert outlets["courier.example"]["agency"] == 0
    assert outlets["courier.example"]["reports"] == len(EVENTS) + len(ALONE)
    whose = {(r["outlet"], r["name"]) for r in corpus.summary(str(home / "out")) if r["table"] == "agencies"}
    assert {name for outlet, name in whose if outlet == "daily0.example"} == {"Norpress"}
    printed = (home / "printed.txt").read_text()
    assert "agency copy" in printed
    assert "Norpress" in printed


def test_manifests_say_what_made_them(home: Path):
    before = ""
    for stage in corpus.STAGE_NAMES:
        manifest = json.loads((home / "out" / stage / "manifest.json").read_text())
        (batch,) = manifest["batches"]
        assert batch["version"].startswith(tellings.__version__)
        assert batch["input"] != before
        assert batch["run"]["seconds"] >= 0
        for part in batch["parts"]:
            assert parquet.read_metadata(home / "out" / part["name"]).num_rows == part["rows"]
        assert not list((home / "out" / stage).glob("_done*"))
        before = batch["input"]
    assert batch["counts"] == {"outlets": 4}


# ---------------------------------------------------------------- the same bytes


def test_two_workers_make_the_same_bytes(home: Path, tmp_path: Path):
    done = command("archive.jsonl", "--out", str(tmp_path / "two"), "--workers", "2", "--part", "4", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.partition(":")[2] == (home / "printed.txt").read_text().partition(":")[2]
    assert tree(tmp_path / "two") == tree(home / "out")


@pytest.mark.parametrize("size", [1, 9])
def test_stories_told_a_few_at_a_time_make_the_same_bytes(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
):
    monkeypatch.setattr(groupings, "_AT_ONCE", size)
    go(home / "archive.jsonl", tmp_path / "out", until="stories")
    for folder in ("stories", "members"):
        names = sorted(path.name for path in (home / "out" / folder).glob("*.parquet"))
        assert names
        for name in names:
            assert (tmp_path / "out" / folder / name).read_bytes() == (home / "out" / folder / name).read_bytes()


def test_the_values_of_a_column_are_counted_without_reading_them(tmp_path: Path):
    store = Store(str(tmp_path))
    rows = [{"n": 1, "some": [1, 2, 3]}, {"n": 2, "some": []}, {"n": 3, "some": [4]}]
    store.write_table("a.parquet", shapes.table(rows, {"n": "int", "some": ["int"]}), [2, 1])
    assert store.values("a.parquet", "n") == 3
    assert store.values("a.parquet", "some") == 5


@pytest.mark.parametrize("seed", [1, 2])
def test_lines_in_another_order_make_the_same_bytes(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
):
    some = rows()
    random.Random(seed).shuffle(some)  # noqa: S311  # no secret
    lines(tmp_path / "archive.jsonl", some)
    monkeypatch.chdir(tmp_path)
    go(Path("archive.jsonl"), "out", until="stories")
    found, expected = tree(tmp_path / "out"), tree(home / "out", (*corpus.STAGE_NAMES[:5], "members"))
    for name in [*found, *expected]:
        if not name.endswith("manifest.json"):  # those name the digest of the files given
            assert found[name] == expected[name], name


_KILL = """
import os, signal, sys
from tellings import corpus
from tellings.corpora import tasks
from tellings.corpora.engines import Engine
step, after = sys.argv[1], int(sys.argv[2])
work = tasks.WORK[step]
done = []
def killed(store, args):
    if len(done) >= after:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(work(store, args))
    return done[-1]
tasks.WORK[step] = killed
corpus.run(["archive.jsonl"], sys.argv[3], options=corpus.Options(part=4), engine=lambda: Engine(workers=1))
"""


def test_a_run_killed_at_each_stage_goes_on_to_the_same_bytes(home: Path, tmp_path: Path):
    out = tmp_path / "out"
    kills = [
        ("reports.read", 2),
        ("reports.gather", 0),
        ("signs.sign", 1),
        ("candidates.meet", 1),
        ("pairs.weigh", 0),
        ("stories.tell", 0),
        ("dossiers.collate", 0),
        ("summary.count", 0),
    ]
    for step, after in kills:
        done = script(_KILL, step, str(after), str(out), cwd=home)
        assert done.returncode == -signal.SIGKILL, (step, done.stderr)
    marks = sorted(p.name for p in (out / "summary").glob("_plan.json"))
    assert marks == ["_plan.json"]
    done = command("archive.jsonl", "--out", str(out), "--workers", "1", "--part", "4", cwd=home)
    assert done.returncode == 0, done.stderr
    assert tree(out) == tree(home / "out")
    signs = json.loads((out / "signs" / "manifest.json").read_text())
    assert signs["batches"][0]["run"]["kept"] == 1


def test_a_run_stops_after_a_stage_and_goes_on(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(home)
    for until in ("signs", "stories", "stories"):
        outcome = go(Path("archive.jsonl"), tmp_path / "out", until=until)
        assert list(outcome.counts)[-1] == until
        assert not (tmp_path / "out" / "annotations").exists()
    assert outcome.made == ()
    expected = tree(home / "out", ("reports", "signs", "candidates", "pairs", "stories", "members"))
    assert tree(tmp_path / "out") == expected


# ---------------------------------------------------------------- what stands is not mixed with what does not fit


def test_another_option_is_refused_by_name_and_restart_makes_it_anew(tmp_path: Path):
    given = lines(tmp_path / "a.jsonl", rows())
    go(given, tmp_path / "out", until="signs")
    before = tree(tmp_path / "out")
    with pytest.raises(TellingsError, match=r"out/reports: it was made with part 4, now it is 5; .*--restart reports"):
        go(given, tmp_path / "out", until="signs", options=corpus.Options(part=5))
    assert tree(tmp_path / "out") == before
    outcome = go(given, tmp_path / "out", until="signs", restart="signs")
    assert outcome.made == ("signs",)
    assert tree(tmp_path / "out") == before
    go(given, tmp_path / "out", until="signs", options=corpus.Options(part=5), restart="reports")
    assert tree(tmp_path / "out") != before


def test_other_files_are_refused_and_named(tmp_path: Path):
    given = lines(tmp_path / "a.jsonl", rows()[:3])
    go(given, tmp_path / "out", until="signs")
    lines(given, rows()[:4])
    with pytest.raises(TellingsError, match="the files given are not those"):
        go(given, tmp_path / "out", until="signs")


def test_a_broken_stage_of_another_option_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given = lines(tmp_path / "a.jsonl", rows())

    def stopped(*_: object) -> dict[str, Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(sys.modules["tellings.corpora.tasks"].WORK, "reports.settle", stopped)
        with pytest.raises(KeyboardInterrupt):
            go(given, tmp_path / "out")
    with pytest.raises(TellingsError, match="made with part 4"):
        go(given, tmp_path / "out", options=corpus.Options(part=6))
    assert go(given, tmp_path / "out", until="reports").counts["reports"]["reports"] == len(rows())


def test_an_error_that_nobody_foresaw_is_one_line_and_the_rest_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    given = lines(tmp_path / "a.jsonl", rows()[:2])

    def faulty(*_: object) -> dict[str, Any]:
        raise AssertionError("that cannot be")

    with monkeypatch.context() as patch:
        patch.setitem(corpus_work(), "reports.settle", faulty)
        with pytest.raises(TellingsError, match=r"reports\.settle failed \(AssertionError: that cannot be\)"):
            go(given, tmp_path / "out")
    assert "test_corpus.py" in (tmp_path / "out" / "reports" / "_failed.txt").read_text()
    go(given, tmp_path / "out", until="reports")
    assert not (tmp_path / "out" / "reports" / "_failed.txt").exists()


def test_a_stage_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given = lines(tmp_path / "a.jsonl", rows()[:2])
    go(given, tmp_path / "out", until="reports")
    monkeypatch.setattr(tellings, "__version__", "99.0")
    with pytest.raises(TellingsError, match=r"made by version .*, this is 99\.0/1"):
        go(given, tmp_path / "out", until="reports")


def test_annotations_of_another_version_are_made_anew_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given = lines(tmp_path / "a.jsonl", [row for row in rows() if row["id"].startswith("ferry")])
    older = tuple(replace(stage, version=1) if stage.name == "annotations" else stage for stage in plans.STAGES)
    with monkeypatch.context() as patch:
        patch.setattr(corpus, "STAGES", older)
        patch.delitem(shapes.ANNOTATIONS, "axes")  # the column that came with the second version
        go(given, tmp_path / "out", until="annotations")
    with pytest.raises(TellingsError, match=r"annotations: it was made by version .*/1, this is .*/2"):
        go(given, tmp_path / "out")
    made = go(given, tmp_path / "out", restart="annotations").made
    assert made == corpus.STAGE_NAMES[corpus.STAGE_NAMES.index("annotations") :]
    assert all(row["axes"] for row in read(tmp_path / "out", "annotations"))


def test_a_folder_with_something_else_is_refused(tmp_path: Path):
    given = lines(tmp_path / "in" / "a.jsonl", rows()[:2])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    with pytest.raises(TellingsError, match=r"holds other files \(letter.txt\)"):
        go(given, tmp_path / "out")
    with pytest.raises(TellingsError, match="it lies in what is to be read"):
        go(given.parent, given.parent / "out")
    with pytest.raises(TellingsError, match="what is to be read lies in it"):
        go(given, tmp_path)
    (tmp_path / "photos" / "2031").mkdir(parents=True)
    with pytest.raises(TellingsError, match=r"holds other files \(2031\)"):
        go(given, tmp_path / "photos")
    assert list((tmp_path / "out").glob("*.txt"))


# ---------------------------------------------------------------- what cannot be read


def test_what_fails_is_a_row_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    some = tmp_path / "in"
    given = lines(some / "a.jsonl", rows())
    with given.open("ab") as file:
        file.write(b'{"id": "cut", "text": "It ends\n[1, 2]\n{"id": "mute", "text": " "}\n\n{"text": 5}\n')
    (some / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (some / "b.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    (some / "c.parquet").write_bytes(b"PAR1 not at all")
    (some / "note.doc").write_text("of no known kind")
    archive(some / "d.warc.gz", rows()[:6], broken=True)
    monkeypatch.chdir(tmp_path)
    annotate = pipeline.annotate

    def faulty(reports: Any, *args: Any) -> Any:
        if reports[0].id == "theatre-own":
            raise ZeroDivisionError("no such thing")
        return annotate(reports, *args)

    monkeypatch.setattr(pipeline, "annotate", faulty)
    monkeypatch.setitem(corpus_work(), "dossiers.collate", _without_silo(corpus_work()["dossiers.collate"]))
    outcome = go(Path("in"), tmp_path / "out")
    errors = read(tmp_path / "out", "errors")
    lost = {row["where"]: (row["stage"], row["kind"]) for row in errors if row["lost"]}
    line = len(rows())
    assert lost[f"in/a.jsonl:{line + 1}"] == ("reports", "unreadable")
    assert lost[f"in/a.jsonl:{line + 2}"] == ("reports", "unreadable")
    assert lost[f"in/a.jsonl:{line + 3}"] == ("reports", "empty")
    assert lost[f"in/a.jsonl:{line + 5}"] == ("reports", "unreadable")
    assert lost["in/photo.txt"] == ("reports", "unreadable")
    assert lost["in/b.jsonl.gz"] == lost["in/c.parquet"] == ("reports", "unreadable")
    assert lost["theatre-own"] == ("annotations", "failed")
    assert any(where.startswith("in/d.warc.gz") for where in lost)
    assert len(read(tmp_path / "out", "twins")) > 1
    assert any(row["stage"] == "dossiers" and "RecursionError" in row["what"] for row in errors)
    assert outcome.lost == len([row for row in errors if row["lost"]])
    assert {row["where"] for row in errors if not row["lost"]} >= {"in/note.doc"}
    told = {row["story"]: row["reports"] for row in read(tmp_path / "out", "dossiers")}
    assert sorted(told.values()) == [3, 4]


def corpus_work() -> dict[str, Any]:
    from tellings.corpora import tasks

    return tasks.WORK


def _without_silo(work: Any) -> Any:
    def collated(store: Store, args: Any) -> Any:
        collate = pipeline.collate

        def faulty(reports: Any, *more: Any) -> Any:
            if any(a.id.startswith("silo") for a in reports):
                raise RecursionError("too deep")
            return collate(reports, *more)

        pipeline.collate = faulty
        try:
            return work(store, args)
        finally:
            pipeline.collate = collate

    return collated


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere.jsonl", "--out", "x"), "nowhere.jsonl: there is no such file or folder; check the path"),
        (("empty", "--out", "x"), "there is no report in what was given"),
        (("archive.jsonl", "--out", "x", "--until", "teatime"), "there is no stage teatime; name one of reports"),
        (("archive.jsonl", "--out", "x", "--add"), "x: there is nothing to add to; run without --add first"),
        (("archive.jsonl", "--out", "nosuch://x"), "addresses that begin with nosuch:// cannot be read here"),
        (("archive.jsonl", "--out", "memory://x", "--workers", "2"), "memory is seen by one process alone"),
        (
            ("archive.jsonl", "--out", "x", "--engine", "ray", "--address", "127.0.0.1:1"),
            "no Ray cluster answers there",
        ),
        (("archive.jsonl",), "Missing option '--out'"),
    ],
)
def test_bad_input_ends_in_one_line_and_code_2(tmp_path: Path, args: tuple[str, ...], said: str):
    lines(tmp_path / "archive.jsonl", rows()[:2])
    (tmp_path / "empty").mkdir()
    done = command(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from tellings.corpora import stores

    monkeypatch.setitem(sys.modules, "fastwarc", None)
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(TellingsError, match=r'need fastwarc, which is not installed; pip install "tellings\[corpus\]"'):
        stores.needed("fastwarc.warc")
    with pytest.raises(NotFound):
        sources.plan([str(tmp_path / "none")], 4)
    with pytest.raises(NothingToCompare):
        sources.plan([str(tmp_path)], 4)


def test_tellings_stays_quick_to_import():
    code = "import sys, tellings.cli; print([m for m in ('daft', 'ray', 'pyarrow', 'fsspec') if m in sys.modules])"
    assert script(code, cwd=ROOT).stdout == "[]\n"


# ---------------------------------------------------------------- places and engines


def test_a_run_lives_in_memory_as_on_disk(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(home)
    outcome = go(Path("archive.jsonl"), "memory://corpus-test", until="stories")
    assert outcome.counts["stories"]["stories"] == len(EVENTS)
    store = Store("memory://corpus-test")
    for stage in ("reports", "signs", "pairs", "stories", "members"):
        for name in store.names(stage, ".parquet"):
            assert store.read(name) == (home / "out" / name).read_bytes()
    assert go(Path("archive.jsonl"), "memory://corpus-test", until="stories").made == ()
    go(Path("archive.jsonl"), f"file://{tmp_path}/out", until="signs")
    assert tree(tmp_path / "out") == tree(home / "out", ("reports", "signs"))


def test_inputs_are_read_from_other_file_systems(tmp_path: Path):
    Store("memory://given").write("a.jsonl", lines(tmp_path / "a.jsonl", rows()).read_bytes())
    corpus.run(["memory://given"], str(tmp_path / "out"), options=SMALL, until="reports", engine=alone)
    assert [row["id"] for row in read(tmp_path / "out", "reports")] == sorted(row["id"] for row in rows())
    assert {row["path"] for row in read(tmp_path / "out", "reports")} == {"memory://given/a.jsonl"}


def test_two_runs_cannot_work_in_one_folder(tmp_path: Path):
    given = lines(tmp_path / "a.jsonl", rows()[:2])

    def busy() -> Engine:
        with pytest.raises(TellingsError, match="another run is at work"):
            go(given, tmp_path / "out")
        return alone()

    corpus.run([str(given)], str(tmp_path / "out"), until="reports", engine=busy)


def test_nothing_is_sent_from_daft_or_from_ray():
    code = (
        "import tellings.corpora.engines as e; e.Engine(workers=2)._import();"
        "from daft import scarf_telemetry; from ray._common.usage import usage_lib;"
        "print(scarf_telemetry.opted_out(), usage_lib.usage_stats_enabled())"
    )
    done = script(code, cwd=ROOT)
    assert done.stdout == "True False\n", done.stderr


def test_a_dead_worker_is_replaced_and_its_tasks_given_out_again(tmp_path: Path):
    code = """
import os, sys
from tellings import corpus
from tellings.corpora.engines import Engine
import tellings.corpora.tasks as tasks

class Fragile(Engine):
    def _once(self, some):
        os.environ["FRAGILE"] = sys.argv[2]
        yield from super()._once(some)

print(corpus.run([sys.argv[1]], sys.argv[3], options=corpus.Options(part=4), until="signs",
      engine=lambda: Fragile(workers=2)).counts["signs"]["signs"])
"""
    hook = tmp_path / "hook"
    hook.mkdir()
    # A worker dies once, in the middle of a task, as the system kills one that takes too much memory.
    (hook / "sitecustomize.py").write_text(
        "import os, sys\n"
        "path = os.environ.get('FRAGILE')\n"
        "if path and sys.argv[0] == '-m' and not os.path.exists(path):\n"
        "    import tellings.corpora.groupings as g\n"
        "    import tellings.corpora.tasks as t\n"
        "    def dying(store, args):\n"
        "        try:\n"
        "            os.close(os.open(path, os.O_CREAT | os.O_EXCL))\n"
        "        except FileExistsError:\n"
        "            return g.signed(store, args)\n"
        "        os._exit(9)\n"
        "    t.WORK['signs.sign'] = dying\n"
    )
    given = lines(tmp_path / "a.jsonl", rows())
    env = {**os.environ, "PYTHONPATH": f"{hook}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(given), str(tmp_path / "died"), str(tmp_path / "out")],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == f"{len(rows())}\n", done.stderr
    assert (tmp_path / "died").exists()


# ---------------------------------------------------------------- columns


def test_what_is_read_comes_back_from_columns_as_it_was():
    reports, _ = files.from_rows(
        [*rows()[:4], {"id": "odd", "text": "\u201cYes\u201d,\r\nsaid \U0001f600 O\u2019Neil."}]
    )
    read_ = pipeline.annotate(reports)
    table = shapes.annotated_table([shapes.annotated_row(a, n) for n, a in enumerate(read_)])
    back = [shapes.annotated_of(row, a.report) for row, a in zip(table.to_pylist(), read_, strict=True)]
    assert tuple(back) == read_
    made = shapes.report_table([{"number": n, **shapes.report_row(r)} for n, r in enumerate(reports)])
    assert shapes.reports_of(made) == list(reports)


def test_stages_stand_in_the_order_in_which_they_need_each_other():
    names = [stage.name for stage in plans.STAGES]
    assert names == list(corpus.STAGE_NAMES)
    assert {f"{s.name}.{step.name}" for s in plans.STAGES for step in s.steps} == set(corpus_work())
