"""The dossier as a JSON document, and the two other outputs that programs read.

`document` is the contract: its keys stay, others may be added. `dossier.schema.json` beside this
file says the same as a JSON Schema, and the tests hold both together. `annotation_lines` and
`story_list` are the forms of what is read from each report and of the reports grouped by event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, cast

from tellings.records import Annotated, Attribution, Dossier, Edge, Evidence, Grouped, Story, Support
from tellings.text import Span

__all__ = ["annotation_lines", "document", "dumps", "line", "schema", "story_list"]

Json = dict[str, Any]


def document(dossier: Dossier) -> Json:
    """The dossier as plain data, keys in the contract's order; every span with the words it quotes."""
    text = {report.id: report.report.text for report in dossier.reports}
    about = {topic.report: topic for topic in dossier.topics}
    c = dossier.collation

    def span(s: Span) -> Json:
        return {"report": s.report, "start": s.start, "end": s.end, "exact": s.cut(text[s.report])}

    def spans(many: tuple[Span, ...]) -> list[Json]:
        return [span(s) for s in many]

    def evidence(many: tuple[Evidence, ...]) -> list[Json]:
        return [{"name": e.name, "weight": round(e.weight, 4), "note": e.note, "spans": spans(e.spans)} for e in many]

    def edge(e: Edge) -> Json:
        return {"from": e.source, "to": e.target, "share": round(e.share, 4), "evidence": evidence(e.evidence)}

    attributions = _told(c.reports)

    def support(s: Support) -> Json:
        said = s.attribution
        told = said and max(
            attributions.get((s.span.report, said.cue_text, said.source), ()),
            key=lambda x: sum(part.overlap(s.span) for part in x.content),
            default=None,
        )
        return {
            **span(s.span),
            "attribution": said
            and {
                "source_text": said.source_text,
                "cue_text": said.cue_text,
                "source": said.source and span(said.source),
                "through": list(said.through),
                "polarity": told.polarity if told else "affirmed",
                "modality": told.modality if told else "asserted",
            },
            "polarity": s.polarity,
            "copied_from": s.copied_from and span(s.copied_from),
            "chance": s.chance,
        }

    reports: list[Json] = []
    for annotated in dossier.reports:
        r = annotated.report
        topic = about[r.id]
        reports.append(
            {
                "id": r.id,
                "outlet": r.outlet and r.outlet.value,
                "url": r.url and r.url.value,
                "title": r.title and r.title.value,
                "byline": r.byline and r.byline.value,
                "published": r.published and r.published.value,
                "language": r.language and r.language.value,
                "credits": [credit.value for credit in r.credits],
                "found": {
                    name: found.where
                    for name in ("outlet", "url", "title", "byline", "published", "language")
                    if (found := getattr(r, name)) is not None
                },
                "on_topic": topic.on_topic,
                "reason": topic.reason or None,
                "evidence": evidence(topic.evidence),
                "digest": r.digest,
                "text": r.text,
                "removed": [{"start": x.span.start, "end": x.span.end, "kind": x.kind} for x in annotated.removed],
                "sentences": [[x.span.start, x.span.end] for x in annotated.sentences],
            }
        )
    return {
        "version": dossier.version,
        "schema": "tellings/dossier.schema.json",
        "reports": reports,
        "origins": [
            {"id": o.id, "reports": list(o.reports), "source": o.source, "edges": [edge(e) for e in o.edges]}
            for o in c.origins
        ],
        "passages": [
            {
                "id": p.id,
                "spans": spans(p.spans),
                "similarity": round(p.similarity, 4),
                "manner": p.manner,
                "evidence": evidence(p.evidence),
            }
            for p in c.passages
        ],
        "edits": [
            {
                "from": e.before and span(e.before),
                "to": e.after and span(e.after),
                "kind": e.kind,
                "note": e.note,
                "passage": e.passage,
            }
            for e in c.edits
        ],
        "claims": [
            {
                "id": x.id,
                "outlets": x.outlets,
                "origins": x.origins,
                "independent": x.independent,
                "sure": {
                    "outlets": x.carried.outlets,
                    "origins": x.carried.origins,
                    "independent": x.carried.independent,
                },
                "sources": list(x.sources),
                "title": span(x.title),
                "rank": x.rank,
                "support": [support(s) for s in x.support],
            }
            for x in c.claims
        ],
        "conflicts": [
            {
                "id": x.id,
                "rank": x.rank,
                "slot": x.slot,
                "kind": x.kind,
                "nature": x.nature,
                "readings": [{"value": r.value, "support": spans(r.support)} for r in x.readings],
                "evidence": evidence(x.evidence),
            }
            for x in c.conflicts
        ],
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "forms": [{"form": f.form, "spans": spans(f.spans)} for f in a.forms],
            }
            for a in c.actors
        ],
        "timeline": [
            {"date": t.date, "inferred_from": t.inferred_from, "support": spans(t.support)} for t in c.timeline
        ],
        "places": [
            {
                "id": p.id,
                "name": p.name,
                "geonameid": p.geonameid,
                "lat": p.lat,
                "lon": p.lon,
                "precision": p.precision,
                "spans": spans(p.spans),
            }
            for p in c.places
        ],
        "brief": [{"span": span(b.span), "claim": b.claim} for b in c.brief],
        "notices": [
            {"kind": n.kind, "where": n.where, "what": n.what, "next_step": n.next_step} for n in dossier.notices
        ],
    }


def _told(reports: Iterable[Annotated]) -> dict[tuple[str, str, Span | None], list[Attribution]]:
    """The attributions of the reports by report, words of the cue and first words of the source."""
    out: dict[tuple[str, str, Span | None], list[Attribution]] = {}
    for report in reports:
        for x in report.attributions:
            cue = " ".join(report.quote(s) for s in x.cue)
            out.setdefault((report.id, cue, x.source[0] if x.source else None), []).append(x)
    return out


_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(dossier: Dossier) -> str:
    """The dossier's document as JSON text that ends in a newline; the same dossier, the same text.

    Keys stand in the contract's order, and every item of a list on a line of its own, so that
    two dossiers can be compared line by line. Half a surrogate pair, which UTF-8 cannot hold, is
    written as its escape.
    """
    parts: list[str] = []
    for key, value in document(dossier).items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(_line(item) for item in cast("list[Any]", value))
            parts.append(f'"{key}": [\n  {items}\n ]')
        else:
            parts.append(f'"{key}": {_line(value)}')
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def line(item: Json) -> str:
    """One object as one line of JSON, without the newline: what JSON Lines are made of."""
    return _line(item)


def _line(item: Any) -> str:
    """Any plain data on one line; UTF-8 can always write it."""
    text = json.dumps(item, ensure_ascii=False, allow_nan=False)
    return _SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def annotation_lines(reports: Iterable[Annotated]) -> Iterator[Json]:
    """What was read from each report, in the order given: one object a report.

    Places in the text are `[start, end]` or keys `start` and `end`, in code points of `text`.
    """
    for report in reports:
        yield {
            "id": report.id,
            "text": report.report.text,
            "removed": [{"start": x.span.start, "end": x.span.end, "kind": x.kind} for x in report.removed],
            "sentences": [_pair(x.span) for x in report.sentences],
            "mentions": [{"start": x.span.start, "end": x.span.end, "kind": x.kind} for x in report.mentions],
            "attributions": [_attribution(x) for x in report.attributions],
            "places": [
                {
                    "start": x.span.start,
                    "end": x.span.end,
                    "name": x.name,
                    "lat": x.lat,
                    "lon": x.lon,
                    "geonameid": x.geonameid,
                    "precision": x.precision,
                }
                for x in report.places
            ],
            "times": [
                {
                    "start": x.span.start,
                    "end": x.span.end,
                    "value": x.value,
                    "until": x.end,
                    "relation": x.relation,
                    "clock": x.clock,
                    "inferred_from": x.inferred_from,
                }
                for x in report.times
            ],
            "quantities": [
                {
                    "start": x.span.start,
                    "end": x.span.end,
                    "number": _pair(x.number),
                    "value": x.value,
                    "high": x.high,
                    "bound": x.bound,
                    "unit": x.unit,
                    "kind": x.kind,
                }
                for x in report.quantities
            ],
        }


def _pair(span: Span) -> list[int]:
    """A span of a report that is known from where it stands."""
    return [span.start, span.end]


def _attribution(said: Attribution) -> Json:
    """One attribution; every role is a list, empty where nothing plays it."""
    who = said.speaker
    return {
        "source": [_pair(s) for s in said.source],
        "cue": [_pair(s) for s in said.cue],
        "content": [_pair(s) for s in said.content],
        "speaker": who and {"name": who.name, "start": who.span.start, "end": who.span.end},
        "polarity": said.polarity,
        "modality": said.modality,
        "through": [_pair(s) for s in said.through],
        "manner": said.manner,
        "hedges": [_pair(s) for s in said.hedges],
    }


def story_list(stories: Iterable[Story]) -> list[Json]:
    """Each story with its reports and why they stand together, in the order given.

    Where it is known, each report has its own reasons (`members`), and the story its `events`.
    """
    out: list[Json] = []
    for story in stories:
        row: Json = {"id": story.id, "reports": list(story.reports), "evidence": _reasons(story.evidence)}
        if isinstance(story, Grouped):
            row["members"] = [{"report": m.report, "evidence": _reasons(m.evidence)} for m in story.members]
            row["events"] = [
                {"first": e.first, "last": e.last, "words": list(e.words), "reports": list(e.reports)}
                for e in story.events
            ]
        out.append(row)
    return out


def _reasons(evidence: Iterable[Evidence]) -> list[Json]:
    """Named reasons with their weights."""
    return [
        {
            "name": e.name,
            "weight": round(e.weight, 4),
            "note": e.note,
            "spans": [{"report": s.report, "start": s.start, "end": s.end} for s in e.spans],
        }
        for e in evidence
    ]


@cache
def schema() -> Json:
    """The JSON Schema (2020-12) of a dossier, as shipped beside this module."""
    found = resources.files(__package__ or "tellings.present").joinpath("dossier.schema.json")
    return cast("Json", json.loads(found.read_text(encoding="utf-8")))
