"""What is said of single reports, against marked data sets: attributions and toponyms; and speed.

    python bench/annotate.py [--shared DIR]

DIR holds `data/` and `bench/score_annotations.py`. Each set goes through `tellings annotate` in a
process of its own, as a user would type it; then the scorer compares. The speed is beside plain
trafilatura extraction of pages made from the same texts, in the same run.

Named mentions are not scored here: the shipped model is trained on all of their data. The figures
with whole regions left out come from `training/mentions.py DATA --folds 5`.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = (("attributions", "polnear.dev"), ("toponyms", "toponyms.geovirus"), ("toponyms", "toponyms.gwn"))


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


def reading(rows: list[dict[str, object]]) -> float:
    """CPU seconds of reading these reports in a warm process."""
    sys.path.insert(0, str(ROOT))
    import tellings

    tellings.annotated(rows[:2])
    start = time.process_time()
    tellings.annotated(rows)
    return time.process_time() - start


def main() -> int:
    """Run and print; 0, or 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    args = parser.parse_args()
    scorer = args.shared / "bench" / "score_annotations.py"
    if not scorer.exists():
        print(f"{args.shared}: there is no bench/score_annotations.py here; name the folder with --shared")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for task, name in SETS:
            gold = args.shared / "data" / f"{name}.jsonl.gz"
            out = Path(folder) / f"{name}.jsonl"
            command = [sys.executable, "-m", "tellings.cli", "annotate", str(gold), "--json", str(out)]
            subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
            print(f"{task} on {name}", flush=True)
            subprocess.run([sys.executable, str(scorer), task, str(gold), str(out)], check=True)
            print(flush=True)
    with gzip.open(args.shared / "data" / "polnear.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [{"id": row["id"], "text": row["text"]} for row in map(json.loads, lines)]
    words = sum(len(str(row["text"]).split()) for row in rows)
    ours, peer = reading(rows), extraction([str(row["text"]) for row in rows])
    print(f"{len(rows)} articles, {words} words: {words / 600 / ours:.1f} articles of 600 words a CPU second")
    print(f"reading takes {ours / peer:.1f} times as long as trafilatura takes to extract the same texts from pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
