"""What statements mean by their own words, beside the words they share."""

from __future__ import annotations

from dataclasses import replace

from tellings import pipeline
from tellings.collate.pairs import FEATURES, lay_out
from tellings.records import Report

TEXTS = (
    "The ferry sank off Port Mira on Monday. The operator said the harbour will stay closed until Friday.",
    "A passenger boat went down near Port Mira on Monday. Port Mira will keep its harbour shut, the operator said.",
    "Rescuers from Port Mira pulled nine people from the water. The ferry was built in 1974 in Port Mira.",
)
CLAUSE = FEATURES.index("clause")


def test_a_clause_lies_nearest_to_the_one_that_says_the_same() -> None:
    """Two sinkings in two wordings are closer than a sinking and the year of building."""
    layout = lay_out(pipeline.annotate([Report(str(k), text) for k, text in enumerate(TEXTS)]), {})
    near: dict[frozenset[str], float] = {}
    for a, b, row in zip(layout.pairs.first, layout.pairs.second, layout.pairs.values, strict=True):
        names = frozenset(
            next(w for w in ("sank", "down", "1974") if w in layout.leader(k).words)
            for k in (a, b)
            if {"sank", "down", "1974"} & set(layout.leader(k).words)
        )
        near[names] = float(row[CLAUSE])
    assert near[frozenset({"sank", "down"})] > near[frozenset({"sank", "1974"})]


def test_without_word_vectors_the_feature_is_nothing() -> None:
    """Reports read without them, as from older files, are compared by the rest."""
    reports = pipeline.annotate([Report(str(k), text) for k, text in enumerate(TEXTS)])
    bare = [replace(r, tagged=tuple(replace(t, words=b"") for t in r.tagged)) for r in reports]
    full, less = lay_out(reports, {}).pairs.values, lay_out(bare, {}).pairs.values
    assert full[:, CLAUSE].any()
    assert not less[:, CLAUSE].any()
    assert (full[:, :CLAUSE] == less[:, :CLAUSE]).all()


def test_a_word_has_as_many_axes_as_the_encoder_writes() -> None:
    """One row for each word of each sentence."""
    for report in pipeline.annotate([Report("r", TEXTS[0])]):
        for words, tagged in zip(report.words, report.tagged, strict=True):
            assert tagged.axes.shape == (len(words), 64)
