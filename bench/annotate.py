"""What is said of single reports, against marked data sets and our own marked reports; and speed.

    python bench/annotate.py [--shared DIR] [--mentions FILE] [--only PART ...]

DIR holds `data/` and `bench/score_annotations.py`, whose own functions do the scoring. The parts:

names         named mentions on the invented reports of `tests/reports/names`
mentions      named mentions on regions that the shipped encoder was not trained on; with FILE, the predictions
              in it, of whatever articles of the set it holds: JSON Lines of {id, mentions[{start, end, kind}]}
attributions  who says what, by characters and by exact spans, beside plain rules (`bench/peers.py`)
toponyms      places from raw text, with and without the names of peoples, and from spans given
times         the dates of the invented reports of `tests/reports/times`, as `bench/times.py` prints them
speed         articles of 600 words a CPU second on one core, the memory at its peak, and plain
              trafilatura extraction of pages made from the same texts
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import html
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [p for p in (str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")) if p not in sys.path]

import marked  # noqa: E402  # needs the path above

PARTS = ("names", "mentions", "attributions", "toponyms", "times", "speed")
KINDS = ("person", "organisation", "place", "group")
Row = dict[str, Any]
Figures = dict[str, float]


# ---------------------------------------------------------------- data sets and the yardstick


def rows(shared: Path, name: str) -> list[Row]:
    """The articles of a data set, in its own order."""
    with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def figures(shared: Path, task: str, gold: Sequence[Row], found: Iterable[Row]) -> Figures:
    """What the yardstick's own function says, by name: "content F", "source right", "placed"."""
    spec = importlib.util.spec_from_file_location("score_annotations", shared / "bench" / "score_annotations.py")
    assert spec is not None  # noqa: S101  # the file is there: main and the tests look first
    assert spec.loader is not None  # noqa: S101  # as above
    yardstick = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(yardstick)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        getattr(yardstick, task)(gold, {row["id"]: row for row in found})
    out: Figures = {}
    for line in said.getvalue().splitlines():
        name = line[:15].strip()
        for letter, value in re.findall(r"\b([PRF]) (\d\.\d+)", line[14:]):
            out[f"{name} {letter}"] = float(value)
        if not re.match(r"\s*P ", line[14:]):
            out[name] = float(re.findall(r"\d\.\d+", line)[0])
    return out


def reports(given: Iterable[Row]) -> tuple[Any, ...]:
    """These articles, read; `tellings.Annotated`, sorted by id."""
    import tellings

    some = [{"id": str(row["id"]), "text": row["text"]} for row in given]
    return tellings.annotated(some) if some else ()


def annotations(given: Iterable[Row]) -> list[Row]:
    """What `tellings annotate` writes of these articles, one after the other."""
    from tellings.present import documents

    return list(documents.annotation_lines(reports(given)))


# ---------------------------------------------------------------- measures of our own


def names() -> dict[str, marked.Score]:
    """Strict spans and kinds on the invented reports of `tests/reports/names`, for each kind and for "all"."""
    given = marked.folder("names")
    lines = {row["id"]: row["mentions"] for row in annotations([{"id": r.name, "text": r.text} for r in given])}
    out: dict[str, marked.Score] = {}
    for kind in (*KINDS, "all"):
        out[kind] = marked.score(
            given,
            lambda r, kind=kind: [(m.start, m.end, m.label) for m in r.marks if kind in ("all", m.label)],
            lambda r, kind=kind: [
                (m["start"], m["end"], m["kind"]) for m in lines[r.name] if kind in ("all", m["kind"])
            ],
        )
    return out


def left_out(shared: Path) -> list[Row]:
    """The articles of the regions that the shipped encoder was not trained on."""
    sys.path[:0] = [str(ROOT / "training")]
    import encoder  # pyright: ignore[reportMissingImports]  # of the folder `training`

    all_rows = rows(shared, "worldwide_ner")
    regions: set[str] = encoder.folds(all_rows, encoder.PARTS)[encoder.LEFT_OUT]
    return [row for row in all_rows if row["region"] in regions]


def exact(gold: Sequence[Row], found: Iterable[Row]) -> dict[str, marked.Score]:
    """Attributions by exact spans: of each part by itself, and of the three together.

    Blanks at the ends of a span and between two spans do not count; a part that is empty is
    nothing to find. Two equal ones in one article count once.
    """
    given = {row["id"]: row for row in found}
    tally: dict[str, list[int]] = {role: [0, 0, 0] for role in ("content", "source", "cue", "all three")}
    for row in gold:
        text: str = row["text"]
        want = [_parts(text, a) for a in row["attributions"]]
        got = [_parts(text, a) for a in given.get(row["id"], {}).get("attributions", [])]
        for at, role in enumerate(tally):
            a: set[Any] = set(want) if at == 3 else {w[at] for w in want if w[at]}
            b: set[Any] = set(got) if at == 3 else {g[at] for g in got if g[at]}
            for place, n in enumerate((len(a & b), len(b), len(a))):
                tally[role][place] += n
    return {role: marked.Score(*counts) for role, counts in tally.items()}


def _parts(text: str, attribution: Row) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Content, source and cue, each as spans without blanks at their ends, joined over blanks."""
    out: list[tuple[tuple[int, int], ...]] = []
    for role in ("content", "source", "cue"):
        spans: list[tuple[int, int]] = []
        for begin, stop in sorted(attribution.get(role) or ()):
            words = text[begin:stop]
            start, end = begin + len(words) - len(words.lstrip()), begin + len(words.rstrip())
            if start >= end:
                continue
            if spans and not text[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        out.append(tuple(spans))
    return tuple(out)


# ---------------------------------------------------------------- speed


def extraction(texts: list[str]) -> float:
    """CPU seconds of plain trafilatura extraction of pages made from these texts."""
    import trafilatura

    pages = [
        "<html><body><nav><a href='/'>Home</a></nav><article>"
        + "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
        + "</article><footer>All rights reserved</footer></body></html>"
        for text in texts
    ]
    trafilatura.extract(pages[0])
    start = time.process_time()
    for page in pages:
        trafilatura.extract(page)
    return time.process_time() - start


def timed(shared: Path) -> None:
    """In a process of its own: read the articles of `polnear.dev`, print seconds and peak memory as JSON."""
    import resource

    import tellings

    given = [{"id": row["id"], "text": row["text"]} for row in rows(shared, "polnear.dev")]
    tellings.annotated(given[:2])
    start = time.process_time()
    tellings.annotated(given)
    ours = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = extraction([row["text"] for row in given])
    words = sum(len(row["text"].split()) for row in given)
    print(json.dumps({"articles": len(given), "words": words, "ours": ours, "peer": peer, "peak": peak}))


def speed(shared: Path) -> None:
    """Print how fast articles are read on one core."""
    command = [sys.executable, __file__, "--shared", str(shared), "--timed"]  # a process that has read nothing yet
    one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

    def on_one_core() -> None:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    pinned: Callable[[], None] | None = on_one_core if hasattr(os, "sched_setaffinity") else None
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=one, preexec_fn=pinned
    )  # one thread, nothing shared
    got = json.loads(done.stdout)
    rate = got["words"] / 600 / got["ours"]
    print(f"{got['articles']} articles, {got['words']} words: {rate:.1f} articles of 600 words a CPU second, one core")
    print(f"reading takes {got['ours'] / got['peer']:.1f} times as long as trafilatura takes on bare pages of the same")
    print(f"memory at its peak {got['peak']:.0f} MiB")


# ---------------------------------------------------------------- the parts, printed


def show(what: str, values: Figures) -> None:
    """One line for each thing measured, its P, R and F beside each other."""
    print(what)
    for name in dict.fromkeys(re.sub(r" [PRF]$", "", key) for key in values):
        parts = [f"{letter} {values[f'{name} {letter}']:.3f}" for letter in "PRF" if f"{name} {letter}" in values]
        print(f"  {name:<22} {'  '.join(parts) or format(values[name], '.3f')}")
    print(flush=True)


def flat(scores: dict[str, marked.Score]) -> Figures:
    """Scores as figures by name."""
    out: Figures = {}
    for name, score in scores.items():
        out.update({f"{name} P": score.precision, f"{name} R": score.recall, f"{name} F": score.f})
    return out


def mentions(shared: Path, predictions: Path | None) -> None:
    """Print named mentions on regions left out."""
    if predictions:
        found = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
        ids = {row["id"] for row in found}
        gold = [row for row in rows(shared, "worldwide_ner") if row["id"] in ids]
        show(f"mentions on {len(gold)} articles, from {predictions.name}", figures(shared, "mentions", gold, found))
        return
    gold = left_out(shared)
    title = f"mentions on {len(gold)} articles of regions left out"
    show(title, figures(shared, "mentions", gold, annotations(gold)))


def attributions(shared: Path) -> None:
    """Print attributions on `polnear.dev`, with peers."""
    import peers  # pyright: ignore[reportMissingImports]  # of this folder

    gold = rows(shared, "polnear.dev")
    found = annotations(gold)
    for name, some in (("tellings", found), *peers.attributions(gold)):
        show(f"attributions on polnear.dev, {name}, by characters", figures(shared, "attributions", gold, some))
        show(f"attributions on polnear.dev, {name}, by exact spans", flat(exact(gold, some)))


def toponyms(shared: Path) -> None:
    """Print places on the two sets: from raw text and from spans given, with the names of peoples and without.

    `toponyms.gwn` marks the names of peoples ("Syrian") as places, which we do not call places:
    "marked places" are all that it marks, "places alone" leaves out those that are peoples.
    """
    from tellings.annotate import places
    from tellings.text import Span

    for name in ("toponyms.geovirus", "toponyms.gwn"):
        gold = rows(shared, name)
        read = {a.id: a for a in reports(gold)}
        gold = [row for row in gold if row["id"] in read]
        people = {id_: places.peoples(a) for id_, a in read.items()}
        alone: list[Row] = []
        for row in gold:
            named = {(p.span.start, p.span.end) for p in people[row["id"]]}
            alone.append({**row, "toponyms": [t for t in row["toponyms"] if (t["start"], t["end"]) not in named]})
        raw: list[Row] = []
        both: list[Row] = []
        for id_, a in read.items():
            apart = [p for p in people[id_] if not any(p.span.overlap(q.span) for q in a.places)]
            raw.append({"id": id_, "places": [_point(p) for p in a.places]})
            both.append({"id": id_, "places": [_point(p) for p in (*a.places, *apart)]})
        show(f"{name}, raw text, marked places", figures(shared, "toponyms", gold, raw))
        if sum(len(row["toponyms"]) for row in alone) < sum(len(row["toponyms"]) for row in gold):
            show(f"{name}, raw text, places alone", figures(shared, "toponyms", alone, raw))
            show(f"{name}, raw text, marked places, peoples found too", figures(shared, "toponyms", gold, both))
        for with_peoples in (False, True):
            given: list[Row] = []
            for row in gold:
                spans = [Span(row["id"], t["start"], t["end"]) for t in row["toponyms"]]
                found = places.resolve(read[row["id"]], spans, with_peoples=with_peoples)
                given.append({"id": row["id"], "places": [_point(p) for p in found]})
            title = f"{name}, spans given, {'peoples placed too' if with_peoples else 'peoples not placed'}"
            show(title, figures(shared, "toponyms", gold, given))


def _point(place: Any) -> Row:
    """A place as the yardstick reads it."""
    return {"start": place.span.start, "end": place.span.end, "lat": place.lat, "lon": place.lon}


def main() -> int:
    """Run and print; 0, or 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--mentions", type=Path, metavar="FILE", help="score the mentions predicted in FILE")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given again")
    parser.add_argument("--timed", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not (args.shared / "bench" / "score_annotations.py").exists():
        print(f"{args.shared}: there is no bench/score_annotations.py here; name the folder with --shared")
        return 2
    if args.timed:
        timed(args.shared)
        return 0
    parts: Sequence[str] = args.only or PARTS
    if "names" in parts:
        show("mentions on the invented reports", flat(names()))
    if "mentions" in parts:
        mentions(args.shared, args.mentions)
    if "attributions" in parts:
        attributions(args.shared)
    if "toponyms" in parts:
        toponyms(args.shared)
    if "times" in parts:
        subprocess.run([sys.executable, str(ROOT / "bench" / "times.py")], check=True)
        print(flush=True)
    if "speed" in parts:
        speed(args.shared)
    return 0


if __name__ == "__main__":
    sys.exit(main())
