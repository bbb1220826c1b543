"""The order of steps is checked, and a dossier depends on nothing but what was given."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import tellings
from tellings import pipeline
from tellings.errors import NothingToCompare, OrderError
from tellings.pipeline import Step
from tellings.records import Annotated, Collation, Report

DEMO = Path(tellings.__file__).parent / "demo" / "reports"
HEAVY = ("numpy", "scipy", "trafilatura", "lxml", "jinja2", "rich", "httpx", "pycrfsuite", "rapidfuzz", "py3langid")


@pytest.mark.parametrize(("steps", "record"), [(pipeline.ANNOTATE, Annotated), (pipeline.COLLATE, Collation)])
def test_the_steps_can_run_in_their_order_and_fill_every_field(steps, record):
    pipeline.check(steps)
    fields = set(record.__dataclass_fields__) - {"report", "reports"}
    assert {step.assigns for step in steps} == fields
    for step in steps:
        assert callable(import_module(f"tellings.{step.module}").find)


def test_a_step_before_what_it_requires_is_refused():
    first, second = Step("sentences", "annotate.sentences"), Step("words", "annotate.words", ("sentences",))
    pipeline.check([first, second])
    with pytest.raises(OrderError, match="sentences"):
        pipeline.check([second, first])
    with pytest.raises(OrderError, match="already"):
        pipeline.check([first, first])


def test_nothing_given_is_an_error_and_not_an_empty_dossier():
    with pytest.raises(NothingToCompare):
        pipeline.compare([])


def test_one_report_alone_gives_a_dossier_and_says_so():
    dossier = pipeline.compare([Report("a", "Two trains collided near Larvik on Monday. Nine people were hurt.")])
    assert [origin.reports for origin in dossier.collation.origins] == [("a",)]
    assert "alone" in {notice.kind for notice in dossier.notices}


def test_importing_tellings_loads_nothing_heavy():
    code = f"import sys, tellings, tellings.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_any_order_of_files_and_any_hash_seed_give_the_same_bytes(tmp_path):
    files = sorted(map(str, DEMO.iterdir()))
    outputs = set()
    for seed, order in (("0", files), ("1", files[::-1]), ("77", files[3:] + files[:3])):
        out = tmp_path / f"{seed}.json"
        subprocess.run(
            [sys.executable, "-m", "tellings.cli", "compare", *order, "--json", str(out)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        outputs.add(out.read_bytes())
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())["reports"]) == len(files)


def test_the_public_names_are_what_they_say_whatever_was_imported():
    for step in (*pipeline.ANNOTATE, *pipeline.COLLATE):
        import_module(f"tellings.{step.module}")
    assert sorted(tellings.__all__) == sorted(set(tellings.__all__))
    rows = [{"id": "a", "text": "Two trains collided near Larvik on Monday."}]
    assert [a.id for a in tellings.annotated(rows)] == ["a"]
    assert [s.reports for s in tellings.stories(rows)] == [("a",)]
    for name in tellings.__all__:
        assert not isinstance(getattr(tellings, name), type(json)), f"{name} is a module"
