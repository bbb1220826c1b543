"""How fast the page is there and answers, in Chromium: for an idle machine.

    python bench/paint.py [INPUT...] [--acts] [--repeat 7]

For each INPUT (reports as `tellings compare` takes them, or a page that was written before; without one the demo and
200 reports of `families.py`) its size and the first contentful paint, least and median, each in a new
context, beside a page with one word. `--acts` adds the time from an act of the reader to the second frame after it: a
click from the brief into a report, back to the top, a word to be found, a filter, 900 pixels of
scrolling, a report opened, and another pair side by side. An act that a page does not offer is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from families import family
from looks import written

MANY = 200
SETTLE = 3000  # milliseconds until what the script does behind the first paint is done
_PATIENCE = 200_000
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_FRAMES = """async ([act, n]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const start = performance.now();
  if (new Function('n', act)(n) === false) return null;
  await frame();
  await frame();
  return performance.now() - start;
}"""
_ACTS = {
    "click into a report": """
      const links = document.querySelectorAll('.brief a.sig');
      if (!links.length) return false;
      links[n % links.length].click();""",
    "back to the top": "location.hash = ''; scrollTo(0, 0);",
    "find a word": """
      const box = document.querySelector('.find input');
      if (!box) return false;
      box.value = ['mayor', 'crowns', 'police', 'nurse', 'road', 'seven', 'union'][n % 7];
      box.dispatchEvent(new Event('input'));""",
    "disputed, and all": """
      const radio = document.getElementById(n % 2 ? 'show-all' : 'show-disputed');
      if (!radio) return false;
      radio.click();""",
    "scroll 900": "scrollBy(0, 900);",
    "open a report": """
      const heads = document.querySelectorAll('details.full:not([open]) > summary');
      if (!heads.length) return false;
      heads[Math.min(n, heads.length - 1)].click();""",
    "choose a pair": """
      const box = document.getElementById('side-right');
      if (!box || box.options.length < 2) return false;
      box.selectedIndex = (n + 1) % box.options.length;
      box.dispatchEvent(new Event('change'));""",
}


def opened(browser: Any, file: Path) -> Any:
    """The page of a file in a new context."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="en-GB")
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    page.goto(file.as_uri())
    return page


def paints(browser: Any, file: Path, repeat: int) -> list[float]:
    """Milliseconds to the first contentful paint."""
    out: list[float] = []
    for _ in range(repeat):
        page = opened(browser, file)
        page.wait_for_function(f"{_PAINT} !== undefined")
        out.append(page.evaluate(_PAINT))
        page.context.close()
    return out


def acts(browser: Any, file: Path, repeat: int) -> dict[str, list[float]]:
    """Milliseconds of each act that the page offers."""
    page = opened(browser, file)
    page.wait_for_timeout(SETTLE)
    out: dict[str, list[float]] = {}
    for name, act in _ACTS.items():
        told = [page.evaluate(_FRAMES, [act, n]) for n in range(repeat)]
        if took := [t for t in told if t is not None]:
            out[name] = took
    page.context.close()
    return out


def _inputs(given: Sequence[str], folder: Path) -> list[str]:
    """What is asked for; else the demo and many made reports."""
    if given:
        return list(given)
    made = folder / f"made-{MANY}.jsonl"
    made.write_text("".join(json.dumps(one.row()) + "\n" for one in family(MANY)), encoding="utf-8")
    return [str(Path(__file__).parents[1] / "tellings" / "demo" / "reports"), str(made)]


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--acts", action="store_true", help="measure what the page does when asked, too")
    parser.add_argument("--repeat", type=int, default=7)
    args = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("TELLINGS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: install it, or name it in TELLINGS_CHROMIUM", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        blank = folder / "blank.html"
        blank.write_text("<!doctype html><p>blank", encoding="utf-8")
        pages = [blank, *(written(given, folder) for given in _inputs(args.inputs, folder))]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"load of the machine {os.getloadavg()[0]:.1f}; least and median of {args.repeat}, ms")
        for file in pages:
            took = paints(browser, file, args.repeat)
            size = f"{file.stat().st_size / 1000:.0f} kB"
            print(
                f"{file.stem:<24}{size:>10}  first paint{'':<12}{min(took):7.0f}{statistics.median(took):7.0f}",
                flush=True,
            )
            for act, many in (acts(browser, file, args.repeat) if args.acts and file != blank else {}).items():
                print(f"{'':<36}{act:<23}{min(many):7.0f}{statistics.median(many):7.0f}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
