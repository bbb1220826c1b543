"""The commands as a user types them: what they print, what they write, how they end."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

A = "Two freight trains collided near Larvik on Monday, 10 March 2031. Nine people were hurt, the police said.\n"
B = "Nine people were hurt when two freight trains collided near Larvik on Monday, police said. The line is shut.\n"
FRENCH = "Deux trains sont entrés en collision lundi près de la gare, et neuf personnes ont été blessées."


def tellings(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "tellings.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def pair(tmp_path):
    (tmp_path / "a.txt").write_text(A)
    (tmp_path / "b.txt").write_text(B)
    return tmp_path


def test_compare_prints_a_summary_to_stdout(pair):
    done = tellings("compare", pair)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 reports, ")
    assert "Larvik" in done.stdout


def test_compare_writes_json_and_page_and_prints_nothing(pair):
    done = tellings("compare", pair, "--json", pair / "out.json", "--html", pair / "out.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert [r["id"] for r in json.loads((pair / "out.json").read_text())["reports"]] == ["a", "b"]
    assert (pair / "out.html").read_text().lower().startswith("<!doctype html>")


def test_a_dash_writes_json_to_stdout(pair):
    assert json.loads(tellings("compare", pair, "--json", "-").stdout)["version"]


def test_annotate_writes_one_line_a_report(pair):
    rows = [json.loads(line) for line in tellings("annotate", pair).stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["text"] == A
    assert {"sentences", "mentions", "attributions", "places", "times", "quantities"} <= set(rows[0])


def test_stories_puts_every_report_in_one_story(pair):
    stories = json.loads(tellings("stories", pair).stdout)
    assert sorted(report for story in stories for report in story["reports"]) == ["a", "b"]


def test_demo_prints_the_summary_writes_the_page_and_says_where(tmp_path):
    done = tellings("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = tmp_path / "tellings-demo.html"
    assert page.exists()
    assert str(page) in done.stdout
    assert "Northwire" in done.stdout


def test_demo_gives_its_reports_away(tmp_path):
    assert tellings("demo", "--reports", tmp_path / "given", cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "given" / "reports").iterdir())) == 8
    assert (tmp_path / "given" / "planted.json").exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "blanks"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "image"),
        ("big.txt", b"word " * 10_500_000, "--max-"),
        ("broken.jsonl", b'{"id": "x", "text": \n', "broken.jsonl:1"),
        ("no-text.jsonl", b'{"id": "x"}\n', "no-text.jsonl:1"),
        ("french.txt", FRENCH.encode(), "English"),
        ("packed.txt.gz", b"\x1f\x8bnot really", "gzip"),
    ],
)
def test_one_bad_report_is_named_and_the_others_are_compared(pair, name, content, says):
    (pair / name).write_bytes(content)
    done = tellings("compare", pair, "--json", pair / "out.json")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert name.split(".")[0] in done.stderr
    assert says.lower() in done.stderr.lower()
    dossier = json.loads((pair / "out.json").read_text())
    assert {"a", "b"} <= {r["id"] for r in dossier["reports"] if r["on_topic"]}


@pytest.mark.parametrize("name", ["empty.txt", "nowhere.txt", "folder", "https://outlet.example/report"])
def test_nothing_left_to_compare_ends_in_one_line_and_exit_2(tmp_path, name):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    done = tellings("compare", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    assert done.stdout == ""


def test_no_address_is_fetched_unless_asked_and_a_private_one_never(pair):
    done = tellings("compare", pair, "http://127.0.0.1:9/report")
    assert done.returncode == 0
    assert "--fetch" in done.stderr
    done = tellings("compare", pair, "http://127.0.0.1:9/report", "--fetch")
    assert done.returncode == 0
    assert "private" in done.stderr


def test_the_same_file_twice_is_one_report_and_named(pair):
    done = tellings("compare", pair / "a.txt", pair / "a.txt", pair, "--json", pair / "out.json")
    assert [r["id"] for r in json.loads((pair / "out.json").read_text())["reports"]] == ["a", "b"]
    assert done.returncode == 0


def test_an_id_used_twice_keeps_both_and_names_both(tmp_path):
    rows = [{"id": "x", "outlet": "A", "text": A}, {"id": "x", "outlet": "B", "text": B}]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = tellings("compare", tmp_path / "r.jsonl", "--json", tmp_path / "out.json")
    ids = [r["id"] for r in json.loads((tmp_path / "out.json").read_text())["reports"]]
    assert len(ids) == len(set(ids)) == 2
    assert "r.jsonl:1" in done.stderr
    assert "r.jsonl:2" in done.stderr


def test_a_gzipped_file_is_read_as_what_it_holds(pair):
    (pair / "b.txt").unlink()
    (pair / "b.txt.gz").write_bytes(gzip.compress(B.encode()))
    tellings("compare", pair, "--json", pair / "out.json")
    assert [r["text"] for r in json.loads((pair / "out.json").read_text())["reports"]] == [A, B]


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(pair, option):
    done = tellings("compare", pair, option, pair / "missing" / "out")
    assert done.returncode == 2
    assert "missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_terminal_control_in_a_report_does_not_reach_the_terminal(tmp_path):
    (tmp_path / "a.txt").write_text("\x1b]0;owned\x07Two trains \x1b[31mcollided near Larvik on Monday, police said.\n")
    (tmp_path / "b.txt").write_text(B)
    done = tellings("compare", tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x07" not in done.stdout + done.stderr


def test_help_names_every_command():
    shown = tellings("--help").stdout
    assert all(command in shown for command in ("compare", "annotate", "stories", "demo"))


def test_python_and_the_command_line_say_the_same(pair):
    import tellings as package

    dossier = package.compare([pair / "a.txt", str(Path(pair) / "b.txt")])
    tellings("compare", pair, "--json", pair / "out.json")
    assert package.to_json(dossier) == (pair / "out.json").read_text()
