"""A dossier as rows of tables: one row for each place in a report, with its words.

Every span stands as report, start, end and exact; ids are those of the dossier, so a row is known by
its story and its id together. `TABLES` names the columns of each table, in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tellings.records import Claim, Dossier, Evidence
from tellings.text import Span

__all__ = ["SUMMARY", "TABLES", "rows", "shown", "summary"]

Rows = list[dict[str, Any]]

_SPAN = {"report": "text", "outlet": "text", "start": "int", "end": "int", "exact": "text"}
_OTHER = {"start": "int", "end": "int", "exact": "text"}

TABLES: dict[str, dict[str, Any]] = {
    "dossiers": {"story": "text", "reports": "int", "on_topic": "int", "json": "text"},
    "passages": {
        "story": "text",
        "passage": "text",
        **_SPAN,
        "size": "int",
        "similarity": "real",
        "manner": "text",
    },
    "origins": {
        "story": "text",
        "origin": "text",
        "report": "text",
        "outlet": "text",
        "size": "int",
        "source": "text",
        "copied": "yes",
        "from": "text",
        "from_outlet": "text",
        "share": "real",
        "certainty": "real",
        "evidence": "text",
    },
    "claims": {
        "story": "text",
        "claim": "text",
        "rank": "int",
        "outlets": "int",
        "origins": "int",
        "independent": "int",
        "sources": ["text"],
        "is_title": "yes",
        **_SPAN,
        "polarity": "text",
        "source": "text",
        "cue": "text",
        "copied_from": "text",
        "copied_start": "int",
        "copied_end": "int",
    },
    "conflicts": {
        "story": "text",
        "conflict": "text",
        "rank": "int",
        "kind": "text",
        "nature": "text",
        "slot": "text",
        "reading": "int",
        "value": "text",
        **_SPAN,
    },
    "actors": {"story": "text", "actor": "text", "name": "text", "kind": "text", "form": "text", **_SPAN},
    "edits": {
        "story": "text",
        "passage": "text",
        "kind": "text",
        "note": "text",
        **{f"from_{name}": kind for name, kind in _SPAN.items()},
        **{f"to_{name}": kind for name, kind in _SPAN.items()},
    },
}
SUMMARY: dict[str, Any] = {
    "table": "text",
    "outlet": "text",
    "name": "text",
    "reports": "long",
    "in_stories": "long",
    "copied": "long",
    "agency": "long",
    "count": "long",
    "share": "real",
}


def rows(dossier: Dossier, story: str, json: str) -> dict[str, Rows]:
    """The rows of every table for one story."""
    text = {a.id: a.report.text for a in dossier.reports}
    outlet = {a.id: a.report.outlet and a.report.outlet.value for a in dossier.reports}
    c = dossier.collation

    def span(s: Span | None, head: str = "") -> dict[str, Any]:
        if s is None:
            return {f"{head}{name}": None for name in _SPAN}
        return {
            f"{head}report": s.report,
            f"{head}outlet": outlet[s.report],
            f"{head}start": s.start,
            f"{head}end": s.end,
            f"{head}exact": s.cut(text[s.report]),
        }

    out: dict[str, Rows] = {name: [] for name in TABLES}
    out["dossiers"].append(
        {
            "story": story,
            "reports": len(dossier.reports),
            "on_topic": sum(topic.on_topic for topic in dossier.topics),
            "json": json,
        }
    )
    for p in c.passages:
        about = {"story": story, "passage": p.id, "size": len(p.spans)}
        about |= {"similarity": round(p.similarity, 4), "manner": p.manner}
        out["passages"] += [{**about, **span(s)} for s in p.spans]
    for o in c.origins:
        taken = {edge.target: edge for edge in o.edges}
        for name in o.reports:
            edge = taken.get(name)
            out["origins"].append(
                {
                    "story": story,
                    "origin": o.id,
                    "report": name,
                    "outlet": outlet[name],
                    "size": len(o.reports),
                    "source": o.source,
                    "copied": edge is not None,
                    "from": edge and edge.source,
                    "from_outlet": outlet.get(edge.source) if edge and edge.source else None,
                    "share": edge and round(edge.share, 4),
                    "certainty": edge and round(sum(e.weight for e in edge.evidence), 4),
                    "evidence": _named(edge.evidence) if edge else None,
                }
            )
    for x in c.claims:
        about = {"story": story, "claim": x.id, "rank": x.rank, "outlets": x.outlets, "origins": x.origins}
        about |= {"independent": x.independent, "sources": list(x.sources)}
        title = _titled(x)
        for s in x.support:
            copied = s.copied_from
            out["claims"].append(
                {
                    **about,
                    **span(s.span),
                    "is_title": s.span == title,
                    "polarity": s.polarity,
                    "source": s.attribution and s.attribution.source_text,
                    "cue": s.attribution and s.attribution.cue_text,
                    "copied_from": copied and copied.report,
                    "copied_start": copied and copied.start,
                    "copied_end": copied and copied.end,
                }
            )
    for x in c.conflicts:
        about = {"story": story, "conflict": x.id, "rank": x.rank, "kind": x.kind, "nature": x.nature, "slot": x.slot}
        out["conflicts"] += [
            {**about, "reading": number, "value": r.value, **span(s)}
            for number, r in enumerate(x.readings, 1)
            for s in r.support
        ]
    for a in c.actors:
        about = {"story": story, "actor": a.id, "name": a.name, "kind": a.kind}
        out["actors"] += [{**about, "form": f.form, **span(s)} for f in a.forms for s in f.spans]
    out["edits"] = [
        {
            "story": story,
            "passage": e.passage,
            "kind": e.kind,
            "note": e.note,
            **span(e.before, "from_"),
            **span(e.after, "to_"),
        }
        for e in c.edits
    ]
    return out


def _titled(claim: Claim) -> Span | None:
    """The telling that titles the claim: of which the title, which may be wider, holds most."""
    spans = [s.span for s in claim.support if s.span.overlap(claim.title)]
    return max(spans, key=lambda s: (s.overlap(claim.title), -s.start, -s.end), default=None)


def _named(evidence: Iterable[Evidence]) -> str:
    """What speaks for an arrow, in one line."""
    return "; ".join(f"{e.name}: {e.note}" if e.note else e.name for e in evidence)


def share(part: int, whole: int) -> float | None:
    """A share, None of nothing."""
    return round(part / whole, 4) if whole else None


def summary(
    outlets: Mapping[str | None, Mapping[str, int]],
    agencies: Mapping[tuple[str | None, str], int],
    edits: Mapping[tuple[str | None, str], int],
) -> Rows:
    """The summary's rows: of each outlet how much is copy, whose copy it is, and what it changes.

    Rows of all outlets together come first, their outlet is null, as that of reports which name none
    is "". `edits` may have outlet None: what was dropped stands in no report, and counts for all alone.
    """
    names = sorted((n for n in outlets if n is not None), key=lambda n: (-outlets[n]["reports"], n))
    out: Rows = []
    for name in (None, *names):
        o = outlets[name] if name is not None else _all(outlets.values())
        out.append({"table": "outlets", "outlet": name, **o, "share": share(o["agency"], o["in_stories"])})
    for table, found in (("agencies", agencies), ("edits", edits)):
        total: Counter[str] = Counter()
        for (_, what), count in found.items():
            total[what] += count
        every = [((None, what), count) for what, count in total.items()]
        every += [(key, count) for key, count in found.items() if key[0] is not None]
        whole: Counter[str | None] = Counter()
        for (name, _), count in every:
            whole[name] += count
        for (name, what), count in sorted(every, key=lambda x: (x[0][0] is not None, x[0][0] or "", -x[1], x[0][1])):
            about = {"table": table, "outlet": name, "name": what, "count": count}
            out.append({**about, "share": share(count, whole[name])})
    return out


def _all(many: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sums of counts of the same names."""
    total: Counter[str] = Counter({"reports": 0, "in_stories": 0, "copied": 0, "agency": 0})
    for one in many:
        total.update(one)
    return dict(total)


def shown(rows: Sequence[Mapping[str, Any]], most: int = 12) -> str:
    """The summary as a small table: the outlets with most reports in stories, and what is changed in copies."""
    outlets = [row for row in rows if row["table"] == "outlets"]
    if not outlets:
        return ""
    whose: dict[str | None, list[str]] = {}
    changed: dict[str | None, list[str]] = {}
    for row in rows:
        if row["table"] == "agencies":
            whose.setdefault(row["outlet"], []).append(f"{row['name']} {row['count']}")
        elif row["table"] == "edits":
            changed.setdefault(row["outlet"], []).append(f"{row['name'].replace('_', ' ')} {row['count']}")
    first, *others = outlets
    others.sort(key=lambda row: (-row["in_stories"], -row["reports"], row["outlet"]))
    lines = [("outlet", "reports", "in stories", "agency copy", "of whom", "changed")]
    for row in (first, *others[:most]):
        name = "all" if row["outlet"] is None else row["outlet"] or "(unnamed)"
        part = "" if row["share"] is None else f"{row['share']:.0%}"
        who, what = (", ".join(found.get(row["outlet"], [])[:3]) for found in (whose, changed))
        lines.append((name[:32], str(row["reports"]), str(row["in_stories"]), part, who, what))
    wide = [max(len(line[n]) for line in lines) for n in range(5)]
    text = [
        "  ".join(
            [line[0].ljust(wide[0]), *(line[n].rjust(wide[n]) for n in (1, 2, 3)), line[4].ljust(wide[4]), line[5]]
        ).rstrip()
        for line in lines
    ]
    if len(others) > most:
        text.append(f"and {len(others) - most} more outlets")
    return "\n".join(text)
