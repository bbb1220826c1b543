"""Run every annotated cluster and print the scorer's table.

    python bench/score.py [--bench DIR] [--out DIR] [--cluster NAME]... [scorer's options]

DIR holds `clusters/NAME/reports.jsonl` and `score.py`. Each cluster's dossier is written to
OUT/NAME.json (a temporary folder unless given), then the scorer compares them with the editors'.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def dossier(folder: str, out: str) -> str:
    """Write the dossier of one cluster; give back its name."""
    sys.path.insert(0, str(ROOT))
    from tellings import pipeline
    from tellings.acquire.files import read
    from tellings.present.documents import document

    name = Path(folder).name
    reports, notices = read([str(Path(folder) / "reports.jsonl")])
    text = json.dumps(document(pipeline.compare(reports, notices)), ensure_ascii=False)
    (Path(out) / f"{name}.json").write_text(text, encoding="utf-8")
    return name


def main() -> int:
    """Run, then score; the scorer's exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cluster", action="append", default=[], help="only this cluster; may be repeated")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args, more = parser.parse_known_args()
    if not (args.bench / "score.py").exists():
        print(f"{args.bench}: there is no score.py here; name the yardstick's folder with --bench", file=sys.stderr)
        return 2
    out = args.out or Path(tempfile.mkdtemp(prefix="tellings-score-"))
    out.mkdir(parents=True, exist_ok=True)
    folders = sorted(p.parent for p in (args.bench / "clusters").glob("*/reports.jsonl"))
    if args.cluster:
        folders = [f for f in folders if f.name in args.cluster]
        more += ["--cluster", args.cluster[0]] if len(args.cluster) == 1 else []
    with ProcessPoolExecutor(args.workers) as pool:
        for _ in pool.map(dossier, map(str, folders), [str(out)] * len(folders)):
            pass
    command = [sys.executable, str(args.bench / "score.py"), str(args.bench / "clusters"), str(out), *more]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
