"""Wall time and peak memory of `tellings compare`.

    python bench/compare.py [--sizes 10 100 1000] [--repeat 3] [--seeds DIR]

Cold: a fresh process, from the start of Python to the written JSON. Warm: again in a process that
has read a story before. As a peer in the same run, a plain word diff (difflib) of every pair of
the same reports, which is what a reader does by hand; left out above 100 reports, where it takes
minutes. Prints one line a story; the growth is the time per character beside the smallest story.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from families import family

ROOT = Path(__file__).resolve().parent.parent
COLD = "import sys; from tellings.cli import main; main()"
WARM = """
import json, resource, sys, time
import tellings
tellings.to_json(tellings.compare([sys.argv[2]]))
start = time.perf_counter()
tellings.to_json(tellings.compare([sys.argv[1]]))
print(time.perf_counter() - start)
"""


def measured(command: list[str]) -> tuple[float, float, str]:
    """Seconds, peak MiB and output of a command in a process of its own."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, output


def word_diff(texts: list[str]) -> float:
    """Seconds of a plain word diff of every pair."""
    start = time.perf_counter()
    for a, b in itertools.combinations([t.split() for t in texts], 2):
        difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return time.perf_counter() - start


def main() -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seeds", type=Path, default=ROOT.parent / "shared" / "seeds")
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; best of {args.repeat}")
    print(f"{'story':<14}{'kB':>8}{'cold s':>9}{'MiB':>7}{'warm s':>9}{'word diff s':>13}{'ratio':>8}{'growth':>8}")
    with tempfile.TemporaryDirectory() as folder:
        stories: list[tuple[str, Path, list[str]]] = []
        if args.seeds.is_dir():
            files = sorted(args.seeds.glob("*.txt"))
            stories.append(("seeds", args.seeds, [f.read_bytes().decode("utf-8-sig") for f in files]))
        for size in args.sizes:
            made = family(size)
            path = Path(folder) / f"made-{size}.jsonl"
            path.write_text("".join(json.dumps(m.row()) + "\n" for m in made), encoding="utf-8")
            stories.append((f"made, {size}", path, [m.text for m in made]))
        first: float | None = None
        for name, path, texts in stories:
            repeat = args.repeat if len(texts) <= 100 else 1
            out = str(Path(folder) / "out.json")
            cold, memory = (
                min(x)
                for x in zip(
                    *(
                        measured([sys.executable, "-c", COLD, "compare", str(path), "--json", out])[:2]
                        for _ in range(repeat)
                    ),
                    strict=True,
                )
            )
            other = str(stories[-len(args.sizes)][1]) if args.sizes else str(path)
            warm = min(float(measured([sys.executable, "-c", WARM, str(path), other])[2]) for _ in range(repeat))
            size = sum(map(len, texts)) / 1000
            peer = word_diff(texts) if len(texts) <= 100 else None
            rate = warm / size
            first = first or (rate if name != "seeds" else None)
            print(
                f"{name:<14}{size:>8.0f}{cold:>9.2f}{memory:>7.0f}{warm:>9.2f}"
                f"{f'{peer:.2f}' if peer else '-':>13}{f'{warm / peer:.2f}' if peer else '-':>8}"
                f"{f'{rate / first:.2f}' if first else '-':>8}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
