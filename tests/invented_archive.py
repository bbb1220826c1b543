"""A small archive of invented reports: stories with copies, reports that stand alone, dated apart."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

_WIRE = (
    "{place}, {day} (Norpress) - {lead} The mayor, {mayor}, told reporters that {said}. "
    '"We have not seen anything like it in {years} years," {mayor} said. '
    "{detail} Police said {count} people were taken to the hospital of {town}. "
    "{more} An inquiry will begin on Monday, the council said."
)
_OWN = (
    "{own} Our reporter in {place} saw {sight}. According to the hospital of {town}, {other} people were treated. "
    "The mayor, {mayor}, came at night and thanked the helpers by name."
)
EVENTS: tuple[dict[str, Any], ...] = (
    {
        "key": "ferry",
        "title": "Ferry runs aground off Varnholm",
        "place": "Varnholm",
        "town": "Pellworth",
        "mayor": "Ingrid Solheim",
        "years": 30,
        "count": 12,
        "other": 15,
        "date": "2021-03-02",
        "lead": "A ferry with 140 passengers ran aground on the rocks off Varnholm in thick fog on Tuesday.",
        "said": "the harbour would stay closed until divers have looked at the hull",
        "detail": "Lifeboats brought the passengers ashore while the coastguard searched the rocks by the lighthouse.",
        "more": "The captain of the ferry was heard by the coastguard in the evening.",
        "own": "In Varnholm they heard the horn of the ferry in the fog, and then the rocks took the hull.",
        "sight": "lifeboats, blankets and wet luggage on the quay",
    },
    {
        "key": "silo",
        "title": "Grain silo collapses in Lindhagen",
        "place": "Lindhagen",
        "town": "Oststad",
        "mayor": "Bertil Aakerman",
        "years": 50,
        "count": 4,
        "other": 6,
        "date": "2021-05-20",
        "lead": "A grain silo full of barley collapsed at a mill in Lindhagen on Thursday and buried two lorries.",
        "said": "the mill had been warned of cracks in the concrete in the winter",
        "detail": "Firefighters dug through the barley for hours with shovels before the second driver was found.",
        "more": "The owners of the mill declined to comment on the cracks in the concrete.",
        "own": "Barley, dust and concrete: of the silo at the Lindhagen mill nothing stood on Thursday but a ladder.",
        "sight": "dust over the mill and barley knee-deep in the street",
    },
    {
        "key": "theatre",
        "title": "Opera house of Kelmark reopens",
        "place": "Kelmark",
        "town": "Kelmark",
        "mayor": "Odile Ferrand",
        "years": 20,
        "count": 2,
        "other": 2,
        "date": "2021-09-11",
        "lead": "The opera house of Kelmark reopened on Saturday after six years of repairs to its gilded balconies.",
        "said": "the soprano and the orchestra had waived their fees for the first night",
        "detail": "Craftsmen had taken the balconies apart and cleaned the ceiling by hand during the repairs.",
        "more": "The conductor raised the baton to long applause from the balconies.",
        "own": "Six years the balconies of the Kelmark opera house were dark; on Saturday the soprano sang to them.",
        "sight": "queues for tickets around the opera house",
    },
)
ALONE = (
    (
        "Glacier loses a third of its ice",
        "2021-07-01",
        "Surveyors of the glacier above Tarn measured moraine and lichen.",
    ),
    (
        "Chess club wins the league",
        "2022-01-15",
        "The chess club of Morrow won the league by half a point in the last game.",
    ),
    (
        "New bells for the chapel",
        "2020-11-30",
        "The foundry of Garz has cast three bronze bells for the chapel on the hill.",
    ),
)


def rows(copies: int = 3) -> list[dict[str, str]]:
    """Of each event an agency's copy in several outlets, one changed, and a report of its own; then the single ones."""
    out: list[dict[str, str]] = []
    for event in EVENTS:
        wire = _WIRE.format(day="March 2", **event)
        for n in range(copies):
            text = (
                wire if n != 1 else wire.replace("told reporters", "claimed").replace("Police said", "Officials said")
            )
            out.append(_row(f"{event['key']}-{n}", f"daily{n}.example", event["title"], event["date"], text))
        out.append(_row(f"{event['key']}-own", "courier.example", event["title"], event["date"], _OWN.format(**event)))
    for n, (title, date, text) in enumerate(ALONE):
        out.append(
            _row(f"alone-{n}", "courier.example", title, date, f"{text} {title}, said the {n + 3} people there.")
        )
    return out


def _row(name: str, outlet: str, title: str, published: str, text: str) -> dict[str, str]:
    return {"id": name, "outlet": outlet, "title": title, "published": published, "text": f"{title}\n\n{text}"}


def lines(path: Path, some: list[dict[str, str]]) -> Path:
    """Write rows as JSON Lines, packed where the name says so."""
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def page(row: dict[str, str]) -> bytes:
    """A row as the HTML page of its outlet."""
    title, _, body = row["text"].partition("\n\n")
    paragraphs = "".join(f"<p>{part.strip()}.</p>" for part in body.rstrip(".").split(". "))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="{row["outlet"]}">'
        f'<meta property="article:published_time" content="{row["published"]}"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def archive(path: Path, some: list[dict[str, str]], broken: bool = False) -> Path:
    """Write rows as answers in a packed web archive, with one answer that is no page."""
    out: list[bytes] = []

    def record(url: str, kind: str, data: bytes, status: str = "200 OK") -> None:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-09-30T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(out):012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode()
        out.append(gzip.compress(head + http + b"\r\n\r\n", mtime=0))

    for row in some:
        record(f"https://{row['outlet']}/{row['id']}", "text/html; charset=utf-8", page(row))
    record("https://daily0.example/logo.png", "image/png", b"\x89PNG")
    record("https://daily0.example/gone", "text/html", b"gone", "404 Not Found")
    data = b"".join(out)
    path.write_bytes(data[: len(data) * 2 // 3] if broken else data)
    return path
