"""Reports and what is read from them, as columns of Arrow: every field of the records, nothing packed.

Texts, names and spans stand in columns of their own, so that any tool that reads Parquet can look at a
run between two of its stages. `report_table` and `reports_of` turn records into columns and back, as
`annotated_table` and `annotated_of` do: what comes back is equal to what went in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

from tellings.corpora.stores import Table, needed
from tellings.records import (
    Annotated,
    Attribution,
    Clause,
    Found,
    Mention,
    PlaceMention,
    Quantity,
    Removed,
    Report,
    Sentence,
    Speaker,
    Tagged,
    TimeMention,
    Word,
)
from tellings.text import Span

__all__ = [
    "ERRORS",
    "TWINS",
    "annotated_of",
    "annotated_row",
    "annotated_table",
    "arrays",
    "kinds",
    "report_row",
    "report_table",
    "reports_of",
    "table",
]

Row = Mapping[str, Any]

_HEAD = ("outlet", "url", "title", "byline", "published", "language")

ERRORS = {"stage": "text", "where": "text", "kind": "text", "what": "text", "next_step": "text", "lost": "yes"}
TWINS = {"report": "text", "twin": "text", "where": "text"}

_SPAN = {"start": "int", "end": "int"}
REPORTS: dict[str, Any] = {
    "number": "long",
    "id": "text",
    "outlet": "text",
    "url": "text",
    "title": "text",
    "byline": "text",
    "published": "text",
    "language": "text",
    "text": "text",
    "credits": [{"value": "text", "where": "text", **_SPAN}],
    "found": [{"field": "text", "where": "text", **_SPAN}],
    "removed": [{**_SPAN, "kind": "text"}],
    "path": "text",
    "digest": "text",
    "text_key": "bytes",
    "outlet_key": "hash",
}
ANNOTATIONS: dict[str, Any] = {
    "number": "long",
    "id": "text",
    "removed": [{**_SPAN, "kind": "text"}],
    "sentences": [{**_SPAN, "paragraph": "int", "words": "int"}],
    "words": [{**_SPAN, "pos": "text", "name": "text", "role": "text"}],
    "vectors": "bytes",
    "axes": "bytes",
    "mentions": [{**_SPAN, "kind": "text"}],
    "quantities": [
        {
            **_SPAN,
            "number": dict(_SPAN),
            "value": "real",
            "high": "real",
            "bound": "text",
            "unit": "text",
            "kind": "text",
        }
    ],
    "times": [
        {**_SPAN, "value": "text", "inferred_from": "text", "until": "text", "relation": "text", "clock": "text"}
    ],
    "places": [{**_SPAN, "name": "text", "geonameid": "long", "lat": "real", "lon": "real", "precision": "text"}],
    "attributions": [
        {
            "source": [dict(_SPAN)],
            "cue": [dict(_SPAN)],
            "content": [dict(_SPAN)],
            "speaker": {"name": "text", **_SPAN},
            "through": [dict(_SPAN)],
            "manner": "text",
            "polarity": "text",
            "hedges": [dict(_SPAN)],
            "modality": "text",
        }
    ],
    "clauses": [{**_SPAN, "sentence": "int", "attribution": "int", "polarity": "text"}],
}


@cache
def _plain(name: str) -> Any:
    pa = needed("pyarrow")
    return {
        "text": pa.large_string(),
        "int": pa.int32(),
        "long": pa.int64(),
        "real": pa.float64(),
        "single": pa.float32(),
        "hash": pa.uint64(),
        "small": pa.uint32(),
        "short": pa.uint16(),
        "bytes": pa.large_binary(),
        "yes": pa.bool_(),
    }[name]


def _kind(shape: Any) -> Any:
    pa = needed("pyarrow")
    if isinstance(shape, str):
        return _plain(shape)
    if isinstance(shape, list):
        return pa.large_list(_kind(cast("list[Any]", shape)[0]))
    return pa.struct([(name, _kind(inner)) for name, inner in cast("dict[str, Any]", shape).items()])


def kinds(columns: Mapping[str, Any]) -> Any:
    """The Arrow schema of columns whose kinds are named: text, int, long, real, hash, bytes, yes, lists and structs."""
    return needed("pyarrow").schema([(name, _kind(shape)) for name, shape in columns.items()])


def table(rows: Iterable[Row], columns: Mapping[str, Any]) -> Table:
    """Rows as a table; a key that a row lacks is null."""
    return needed("pyarrow").Table.from_pylist(list(rows), schema=kinds(columns))


def arrays(found: Mapping[str, Any], columns: Mapping[str, Any]) -> Table:
    """Columns that are there already, as a table of these kinds."""
    pa = needed("pyarrow")
    schema = kinds(columns)
    return pa.table([pa.array(found[name], schema.field(name).type) for name in columns], schema=schema)


# ---------------------------------------------------------------- reports


def _ends(span: Span | None) -> Row:
    return {"start": None, "end": None} if span is None else {"start": span.start, "end": span.end}


def report_row(report: Report) -> dict[str, Any]:
    """The columns of one report; the caller adds its number and keys."""
    heads = {name: cast("Found | None", getattr(report, name)) for name in _HEAD}
    return {
        "id": report.id,
        **{name: found and found.value for name, found in heads.items()},
        "text": report.text,
        "credits": [{"value": x.value, "where": x.where, **_ends(x.span)} for x in report.credits],
        "found": [{"field": name, "where": x.where, **_ends(x.span)} for name, x in heads.items() if x is not None],
        "removed": [{**_ends(x.span), "kind": x.kind} for x in report.removed],
        "path": report.path,
        "digest": report.digest,
    }


def report_of(row: Row) -> Report:
    """The report of one row."""
    name = row["id"]

    def span(part: Row) -> Span | None:
        return None if part["start"] is None else Span(name, part["start"], part["end"])

    where = {part["field"]: (part["where"], span(part)) for part in row["found"]}
    heads = {field: Found(row[field], *where[field]) for field in _HEAD if row[field] is not None}
    return Report(
        id=name,
        text=row["text"],
        **heads,
        credits=tuple(Found(part["value"], part["where"], span(part)) for part in row["credits"]),
        removed=_removed(name, row["removed"]),
        path=row["path"],
        digest=row["digest"],
    )


def reports_of(rows: Table) -> list[Report]:
    """The reports of a table, in its order."""
    return [report_of(row) for row in rows.to_pylist()]


def report_table(rows: Iterable[Row]) -> Table:
    """Rows of reports as a table."""
    return table(rows, REPORTS)


# ---------------------------------------------------------------- what is read from a report


def _removed(name: str, parts: Sequence[Row]) -> tuple[Removed, ...]:
    return tuple(Removed(Span(name, x["start"], x["end"]), x["kind"]) for x in parts)


def _list(spans: Iterable[Span]) -> list[Row]:
    return [_ends(span) for span in spans]


def annotated_row(a: Annotated, number: int) -> dict[str, Any]:
    """The columns of what was read from one report."""
    return {
        "number": number,
        "id": a.id,
        "removed": [{**_ends(x.span), "kind": x.kind} for x in a.removed],
        "sentences": [
            {**_ends(x.span), "paragraph": x.paragraph, "words": len(words)}
            for x, words in zip(a.sentences, a.words, strict=True)
        ],
        "words": [
            {**_ends(word.span), "pos": word.pos, "name": name, "role": role}
            for words, tagged in zip(a.words, a.tagged, strict=True)
            for word, name, role in zip(words, tagged.names, tagged.roles, strict=True)
        ],
        "vectors": b"".join(tagged.vector for tagged in a.tagged),
        "axes": b"".join(tagged.words for tagged in a.tagged),
        "mentions": [{**_ends(x.span), "kind": x.kind} for x in a.mentions],
        "quantities": [
            {
                **_ends(x.span),
                "number": _ends(x.number),
                "value": x.value,
                "high": x.high,
                "bound": x.bound,
                "unit": x.unit,
                "kind": x.kind,
            }
            for x in a.quantities
        ],
        "times": [
            {
                **_ends(x.span),
                "value": x.value,
                "inferred_from": x.inferred_from,
                "until": x.end,
                "relation": x.relation,
                "clock": x.clock,
            }
            for x in a.times
        ],
        "places": [
            {
                **_ends(x.span),
                "name": x.name,
                "geonameid": x.geonameid,
                "lat": x.lat,
                "lon": x.lon,
                "precision": x.precision,
            }
            for x in a.places
        ],
        "attributions": [
            {
                "source": _list(x.source),
                "cue": _list(x.cue),
                "content": _list(x.content),
                "speaker": x.speaker and {"name": x.speaker.name, **_ends(x.speaker.span)},
                "through": _list(x.through),
                "manner": x.manner,
                "polarity": x.polarity,
                "hedges": _list(x.hedges),
                "modality": x.modality,
            }
            for x in a.attributions
        ],
        "clauses": [
            {**_ends(x.span), "sentence": x.sentence, "attribution": x.attribution, "polarity": x.polarity}
            for x in a.clauses
        ],
    }


def annotated_table(rows: Iterable[Row]) -> Table:
    """Rows of what was read from reports as a table."""
    return table(rows, ANNOTATIONS)


def annotated_of(row: Row, report: Report) -> Annotated:
    """What was read from a report, as it was when the row was made of it."""
    name = report.id

    def span(part: Row) -> Span:
        return Span(name, part["start"], part["end"])

    def spans(parts: Iterable[Row]) -> tuple[Span, ...]:
        return tuple(span(part) for part in parts)

    words, tagged = _words(row, name)
    return Annotated(
        report,
        removed=_removed(name, row["removed"]),
        sentences=tuple(Sentence(span(x), x["paragraph"]) for x in row["sentences"]),
        words=words,
        tagged=tagged,
        mentions=tuple(Mention(span(x), x["kind"]) for x in row["mentions"]),
        quantities=tuple(
            Quantity(span(x), span(x["number"]), x["value"], x["high"], x["bound"], x["unit"], x["kind"])
            for x in row["quantities"]
        ),
        times=tuple(
            TimeMention(span(x), x["value"], x["inferred_from"], x["until"], x["relation"], x["clock"])
            for x in row["times"]
        ),
        places=tuple(
            PlaceMention(span(x), x["name"], x["geonameid"], x["lat"], x["lon"], x["precision"]) for x in row["places"]
        ),
        attributions=tuple(
            Attribution(
                spans(x["source"]),
                spans(x["cue"]),
                spans(x["content"]),
                x["speaker"] and Speaker(x["speaker"]["name"], span(x["speaker"])),
                spans(x["through"]),
                x["manner"],
                x["polarity"],
                spans(x["hedges"]),
                x["modality"],
            )
            for x in row["attributions"]
        ),
        clauses=tuple(Clause(span(x), x["sentence"], x["attribution"], x["polarity"]) for x in row["clauses"]),
    )


def _words(row: Row, name: str) -> tuple[tuple[tuple[Word, ...], ...], tuple[Tagged, ...]]:
    """The words of each sentence, and what the encoder read in it."""
    words: list[tuple[Word, ...]] = []
    tagged: list[Tagged] = []
    parts: Iterator[Row] = iter(row["words"])
    size = len(row["vectors"]) // max(len(row["sentences"]), 1)
    wide = len(row["axes"]) // max(len(row["words"]), 1)
    seen = 0
    for place, sentence in enumerate(row["sentences"]):
        mine = [next(parts) for _ in range(sentence["words"])]
        words.append(tuple(Word(Span(name, x["start"], x["end"]), x["pos"]) for x in mine))
        tagged.append(
            Tagged(
                tuple(x["name"] for x in mine),
                tuple(x["role"] for x in mine),
                row["vectors"][place * size : (place + 1) * size],
                row["axes"][seen * wide : (seen + len(mine)) * wide],
            )
        )
        seen += len(mine)
    return tuple(words), tuple(tagged)
