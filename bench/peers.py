"""Peers of the attributions, in the same form: articles in, rows with `attributions` out.

*Quotation marks and the nearest verb*: a plain baseline of our own, thirty lines, no model. Words
between quotation marks are the content; the nearest verb of saying in the same paragraph, outside
of them, is the cue; the capitalised words or the pronoun beside it are the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["attributions", "nearest_verb"]

Row = dict[str, Any]

_QUOTED = re.compile(r"“[^“”\n]{2,2000}”|\"[^\"\n]{2,2000}\"")
_VERB = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|wrote|writes|tweeted|asked|argued|insisted|claimed|explained|noted"
    r"|warned|continued|concluded|declared|replied|stated|announced|according to)\b"
)
_NAME = r"(?:[A-Z][\w.’'-]*(?: (?:of|de|van|bin|al)(?= [A-Z]))?)(?: [A-Z][\w.’'-]*)*"
_BEFORE = re.compile(rf"({_NAME}|\b[Hh]e|\b[Ss]he|\b[Tt]hey|\bI|\bwe|\b[Tt]he [a-z]+) $")
_AFTER = re.compile(rf" ({_NAME}|he|she|they|the [a-z]+)\b")
_NEAR = 150  # characters between a quotation and its verb


def nearest_verb(text: str) -> list[Row]:
    """The quotations of a text with the nearest verb of saying and the name beside it."""
    out: list[Row] = []
    for line in re.finditer(r"[^\n]+", text):
        quoted = [(m.start() + line.start(), m.end() + line.start()) for m in _QUOTED.finditer(line.group())]
        verbs = [(m.start() + line.start(), m.end() + line.start()) for m in _VERB.finditer(line.group())]
        outside = [v for v in verbs if not any(s <= v[0] < e for s, e in quoted)]
        for start, end in quoted:
            gaps = [(v[0] - end if v[0] >= end else start - v[1], v) for v in outside]
            cue = min((g for g in gaps if 0 <= g[0] <= _NEAR), default=None)
            row: Row = {"source": [], "cue": [], "content": [[start, end]]}
            if cue:
                begin, stop = cue[1]
                row["cue"] = [[begin, stop]]
                after, before = _AFTER.match(text, stop), _BEFORE.search(text, max(line.start(), begin - 80), begin)
                name = before or after
                row["source"] = [list(name.span(1))] if name else []
            out.append(row)
    return out


def attributions(articles: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Each peer's name and what it finds in these articles."""
    yield (
        "a plain baseline (quotation marks, nearest verb)",
        [{"id": a["id"], "attributions": nearest_verb(a["text"])} for a in articles],
    )
