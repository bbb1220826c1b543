"""Bigger models by name: a tiny spaCy pipeline made here, a module that answers as GLiNER does, and a fake.

GLiNER itself needs torch, which is too heavy for the tests: a module of its name with the same two
calls (`GLiNER.from_pretrained`, `predict_entities`) is put on the path, and our own loading code runs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tellings
from tellings import cli
from tellings.annotate import models
from tellings.annotate.models import Proposal, kept
from tellings.errors import TellingsError

TEXT = (
    "Larvik trains collide\r\n\r\nTwo trains collided near the Larvik works on Monday, Ingrid Solheim said. 🚂 "
    "Solheim’s office in Oslo told Northwire that Norwegian crews were there.\r\n"
)
PATTERNS = {
    "GPE": ["Larvik", "Oslo"],
    "FAC": ["the Larvik works"],
    "PERSON": ["Ingrid Solheim", "Solheim’s"],
    "ORG": ["Northwire"],
    "NORP": ["Norwegian"],
    "DATE": ["Monday"],
}
WANTED = [
    ("Larvik", "place"),
    ("Larvik works", "place"),
    ("Ingrid Solheim", "person"),
    ("Solheim", "person"),
    ("Oslo", "place"),
    ("Northwire", "organisation"),
    ("Norwegian", "group"),
]
GLINER = """
import os, re
from pathlib import Path

ENTITIES = {"person": "Ingrid Solheim", "location": "Oslo", "organization": "Northwire"}

class GLiNER:
    @classmethod
    def from_pretrained(cls, model_id, local_files_only=False, **rest):
        assert local_files_only and os.environ["HF_HUB_OFFLINE"] == "1" and not rest
        if not (Path(model_id) / "gliner_config.json").exists():
            raise FileNotFoundError(f"No config file found in {model_id}")
        return cls()

    def predict_entities(self, text, labels, flat_ner=True, threshold=0.5):
        assert set(ENTITIES) < set(labels)
        return [
            {"start": m.start(), "end": m.end(), "text": m.group(), "label": label, "score": 0.9}
            for label, name in ENTITIES.items() for m in re.finditer(name, text)
        ] + [{"start": 0, "end": 5, "text": "Bergen", "label": "location", "score": 0.9}]
"""


class Fake:
    """Finds one word, whatever it is."""

    def __init__(self, word, kind) -> None:
        self.word, self.kind = word, kind

    def mentions(self, text, _sentences):
        return [Proposal(m.start(), m.end(), m.group(), self.kind) for m in re.finditer(self.word, text)]


def found(model, text=TEXT):
    [a] = tellings.annotated([{"id": "a", "text": text}], models=[model] if not isinstance(model, list) else model)
    assert all(a.quote(m.span) == text[m.span.start : m.span.end] for m in a.mentions)
    assert all(one.span.end <= other.span.start for one, other in pairwise(a.mentions))
    return [(a.quote(m.span), m.kind) for m in a.mentions]


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command line here: what it prints, what it says, how it ends."""

    def run(*arguments) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["tellings", *map(str, arguments)])
        code: object = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        out, said = capsys.readouterr()
        return code, out, said

    return run


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    import spacy

    folder = tmp_path_factory.mktemp("models") / "tiny"
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": p} for label, some in PATTERNS.items() for p in some])
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def gliner(tmp_path, monkeypatch):
    """A folder that holds a model for the module put in GLiNER's place."""
    (tmp_path / "gliner.py").write_text(GLINER)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "gliner_config.json").write_text("{}")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "gliner", raising=False)
    yield tmp_path / "model"
    sys.modules.pop("gliner", None)


# ---------------------------------------------------------------- the protocol


def test_what_a_model_finds_takes_the_place_of_the_built_in_mentions():
    assert found(Fake("crews", "group")) == [("crews", "group")]


def test_a_later_model_adds_where_an_earlier_one_found_nothing():
    got = found([Fake("Northwire", "person"), Fake("Northwire|Oslo", "organisation")])
    assert got == [("Oslo", "organisation"), ("Northwire", "person")]


def test_the_steps_after_it_work_with_what_it_found():
    rows = [{"id": "a", "outlet": "A", "text": TEXT}, {"id": "b", "outlet": "B", "text": TEXT.replace("\r\n", "\n")}]
    dossier = tellings.compare(rows, models=[Fake("Northwire", "group")])
    assert {dossier.quote(m.span) for report in dossier.reports for m in report.mentions} == {"Northwire"}
    assert {actor.kind for actor in dossier.collation.actors if actor.name == "Northwire"} == {"group"}


@pytest.mark.parametrize(
    "wrong",
    [
        Proposal(0, 6, "Oslo", "place"),
        Proposal(0, 6, "larvik", "place"),
        Proposal(-3, 2, "rs", "place"),
        Proposal(5, 5, "", "place"),
        Proposal(12, 4, "", "place"),
        Proposal(0, 10_000, TEXT, "place"),
        Proposal(0, 6, "Larvik", "town"),
        Proposal(21, 25, "\r\n\r\n", "place"),
        Proposal(15, 28, TEXT[15:28], "place"),
    ],
)
def test_what_does_not_quote_one_sentence_or_is_of_no_kind_of_ours_is_dropped(wrong):
    assert kept(TEXT, [(0, 21), (25, 97)], [wrong]) == []


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="aB 's’the\n🙂", max_size=30),
    st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32), st.sampled_from(["place", "group", "town"]))),
)
def test_what_is_kept_is_sorted_and_apart_and_inside(text, some):
    proposals = [Proposal(s, e, text[s:e] if s >= 0 else "", kind) for s, e, kind in some]
    got = kept(text, [(0, len(text))], proposals)
    assert all(one[1] <= other[0] for one, other in pairwise(got))
    assert all(0 <= s < e <= len(text) and text[s:e] == text[s:e].strip() for s, e, _ in got)


def test_a_model_that_fails_ends_in_one_line_that_names_it():
    class Broken:
        name = "spacy:broken"

        def mentions(self, _text, _sentences) -> NoReturn:
            raise RuntimeError("out of memory")

    with pytest.raises(TellingsError, match=r"^a: the model spacy:broken failed on it: out of memory; .*--model"):
        found(Broken())


# ---------------------------------------------------------------- spaCy


def test_a_spacy_pipeline_is_read_from_its_folder_and_its_labels_become_our_kinds(pipeline):
    assert found(f"spacy:{pipeline}") == WANTED


def test_a_long_text_is_read_in_stretches_that_hold_every_sentence(pipeline):
    model = models.SpacyMentions(str(pipeline))
    model._MOST = 80
    text = "Rain fell on Oslo. " * 30 + "x" * 200 + " Oslo"
    sentences = [(m.start(), m.end()) for m in re.finditer(r"Rain fell on Oslo\.|x+ Oslo", text)]
    assert len(list(model.mentions(text, sentences))) == 31
    stretches = list(models._stretches(text, sentences, 80))
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    assert max(e - s for s, e in stretches) <= 80


def test_odd_text_does_not_raise(pipeline):
    for text in ("Oslo \x00 was\u2028 quiet", "🙂" * 50, "OSLO", "“Oslo"):
        assert {kind for _, kind in found(f"spacy:{pipeline}", text)} <= {"place"}


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(TellingsError, match=r"spacy:.*finds no names.*ner"):
        models.load([f"spacy:{tmp_path / 'blank'}"])


# ---------------------------------------------------------------- GLiNER


def test_a_gliner_model_is_read_from_local_files_and_only_exact_quotes_are_kept(gliner):
    assert found(f"gliner:{gliner}") == [
        ("Ingrid Solheim", "person"),
        ("Oslo", "place"),
        ("Northwire", "organisation"),
    ]
    assert "HF_HUB_OFFLINE" not in os.environ


@pytest.mark.usefixtures("gliner")
def test_a_gliner_model_that_is_not_here_is_not_fetched():
    with pytest.raises(TellingsError, match=r"^gliner:nobody/nothing: .*No config file found.*nothing is downloaded"):
        models.load(["gliner:nobody/nothing"])


# ---------------------------------------------------------------- the command line


def test_annotate_and_compare_take_a_model_by_name(pipeline, command, tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    code, out, said = command("annotate", tmp_path / "a.txt", "--model", f"spacy:{pipeline}")
    assert (code, said) == (0, "")
    assert [(m["start"], m["kind"]) for m in json.loads(out)["mentions"]][:2] == [(0, "place"), (54, "place")]
    code, out, _ = command("compare", tmp_path / "a.txt", "--model", f"spacy:{pipeline}", "--json", "-")
    assert code == 0
    assert {actor["name"] for actor in json.loads(out)["actors"]} >= {"Ingrid Solheim", "Northwire"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("spacy:no_such_pipeline", "spacy download"),
        ("gliner:nobody/nothing", "pip install 'tellings[gliner]'"),
        ("en_core_web_trf", "write gliner:NAME or spacy:NAME"),
        ("spacy:", "write gliner:NAME or spacy:NAME"),
    ],
)
def test_a_model_that_is_missing_ends_in_one_line_and_exit_2(command, monkeypatch, name, says):
    monkeypatch.setitem(sys.modules, "gliner", None)  # as on a machine that has none
    # The model is told of first, before the file that is missing, too.
    code, out, said = command("annotate", "nowhere.txt", "--model", name)
    assert (code, out) == (2, "")
    assert len(said.splitlines()) == 1
    assert name in said
    assert says in said


def test_no_model_named_no_library_loaded():
    code = (
        "import sys, tellings; tellings.annotated([{'id': 'a', 'text': 'Rain fell on Oslo.'}]);"
        "print([m for m in ('spacy', 'gliner', 'torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
