"""Pictures of every view of the page, at every width and in every mode, to be looked at by somebody.

    python bench/looks.py OUT [INPUT...] [--only WORDS] [--no-sheets]

For each INPUT (reports as `tellings compare` takes them, or a page that was written before; without
one the demo) OUT gets the page, a folder with `WIDTH-MODE-VIEW.png` for 360, 768 and 1440 pixels in
light, dark, print and forced colours, one contact sheet of all modes for each view and width, and
the page as PDF on A4. `--only 768-print` takes only pictures whose names hold these words.

What can be told without eyes is measured in each combination and printed: what scrolls sideways, words that are
cut, words in drawings that run over each other or over the edge, and how many sheets of paper there are.
It finds nothing ugly: look at the pictures.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

WIDTHS = (360, 768, 1440)
MODES = ("light", "dark", "print", "forced")
TALL = 2600  # pixels of a view; what lies below is more of the same
SCREEN = 900
_PATIENCE = 300_000  # milliseconds: a machine that does something else beside is no fault of the page

_FAULTS = """width => {
  const out = [];
  const say = (what, where, by) => out.push([what, where, by]);
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const gone = (e) => e && (getComputedStyle(e).clipPath.startsWith('inset(50%)') || gone(e.parentElement));
  const name = (e) => {
    const view = e.closest('section[id]')?.id ?? 'top';
    const words = (e.textContent || e.getAttribute('aria-label') || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    return `${view} ${e.tagName.toLowerCase()}${e.classList.length ? '.' + [...e.classList].join('.') : ''} “${words}”`;
  };
  const page = document.documentElement;
  if (page.scrollWidth > width) say('page scrolls sideways', 'page', page.scrollWidth - width);
  for (const box of document.querySelectorAll('body *')) {
    if (!shown(box) || box.closest('.vh, .skip, svg') || gone(box)) continue;
    const way = getComputedStyle(box);
    if (box.matches('.scroll')) {
      if (box.scrollWidth > box.clientWidth + 1) say('scrolls sideways', name(box), box.scrollWidth - box.clientWidth);
    } else if (/hidden|clip/.test(way.overflow)) {
      const [over, wide] = [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth];
      if (over > 3 || wide > 3) say('cut', name(box), Math.max(over, wide));
    }
  }
  for (const svg of document.querySelectorAll('svg[viewBox]')) {
    if (!shown(svg)) continue;
    const edge = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((t) => shown(t) && t.textContent.trim())
      .map((t) => [t, t.getBoundingClientRect()]);
    for (const [t, at] of texts) {
      const over = Math.max(edge.left - at.left, at.right - edge.right, edge.top - at.top, at.bottom - edge.bottom);
      if (over > 2) say('over the edge of its drawing', name(t), Math.round(over));
    }
    for (let i = 0; i < texts.length; i += 1) for (let j = i + 1; j < texts.length; j += 1) {
      const [a, b] = [texts[i][1], texts[j][1]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > Math.min(a.height, b.height) * .35)
        say('words over words', `${name(texts[i][0])} and ${name(texts[j][0])}`, Math.round(across));
    }
  }
  return out;
}"""

_BOX = """id => {
  const view = document.getElementById(id);
  if (!view?.checkVisibility()) return null;
  const box = view.getBoundingClientRect();
  return [box.left + scrollX, box.top + scrollY, box.width, box.height];
}"""

_SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 12px; font: 15px sans-serif; background: #888; }}
body {{ display: flex; gap: 12px; align-items: flex-start; width: max-content; }}
figure {{ margin: 0; min-width: 160px; }} img {{ zoom: {zoom}; display: block; background: #fff; }}
</style>{pictures}"""


def shapes(browser: Any, mode: str, width: int) -> Any:
    """A new context of the browser that shows pages in this mode and at this width."""
    options: dict[str, Any] = {"viewport": {"width": width, "height": SCREEN}, "bypass_csp": True, "locale": "en-GB"}
    if mode == "dark":
        options["color_scheme"] = "dark"
    if mode == "forced":
        options["forced_colors"] = "active"
    context = browser.new_context(**options)
    context.set_default_timeout(_PATIENCE)
    return context


def pictures(browser: Any, file: Path, out: Path, only: str) -> Iterator[tuple[int, str, list[list[Any]]]]:
    """Take every picture of one page; gives back width, mode and the faults found, by width and mode."""
    for width in WIDTHS:
        for mode in MODES:
            if only and not any(only in f"{width}-{mode}-{view}" for view in ("", *_views(browser, file))):
                continue
            context = shapes(browser, mode, width)
            page = context.new_page()
            if mode == "print":
                page.emulate_media(media="print")
            page.goto(file.as_uri())
            page.wait_for_timeout(150)
            for view in _views(browser, file):
                name = f"{width}-{mode}-{view}"
                if only and only not in name:
                    continue
                if view == "top":
                    page.evaluate("scrollTo(0, 0)")
                    page.screenshot(path=out / f"{name}.png")
                    continue
                box = page.evaluate(_BOX, view)
                if not box or box[3] < 1:
                    continue
                left = max(0, box[0] - 12)
                clip = {
                    "x": left,
                    "y": max(0, box[1] - 8),
                    "width": min(width - left, box[2] + 24),
                    "height": min(box[3] + 16, TALL),
                }
                page.screenshot(path=out / f"{name}.png", clip=clip, full_page=True)
            yield width, mode, page.evaluate(_FAULTS, width)
            context.close()


_known: dict[Path, list[str]] = {}


def _views(browser: Any, file: Path) -> list[str]:
    """The views of a page, in its order."""
    if file not in _known:
        page = browser.new_page()
        page.goto(file.as_uri())
        _known[file] = ["top", *page.evaluate("[...document.querySelectorAll('section[id]')].map(s => s.id)")]
        page.close()
    return _known[file]


def sheets(browser: Any, out: Path) -> None:
    """One contact sheet for each view and width, with all its modes."""
    made = sorted(out.glob("*-*-*.png"))
    for width, scale in ((360, 360), (768, 500), (1440, 760)):
        views = sorted({f.stem.split("-", 2)[2] for f in made if f.name.startswith(f"{width}-")})
        for view in views:
            files = [f for mode in MODES if (f := out / f"{width}-{mode}-{view}.png").exists()]
            rows = "".join(f"<figure>{f.stem}<img src='{f.name}'></figure>" for f in files)
            sheet = out / "sheet.html"
            sheet.write_text(_SHEET.format(zoom=scale / width, pictures=rows), encoding="utf-8")
            page = browser.new_page(viewport={"width": 24 + (scale + 12) * len(files), "height": 400})
            page.goto(sheet.as_uri())
            page.screenshot(path=out / f"sheet-{view}-{width}.png", full_page=True, timeout=_PATIENCE)
            page.close()
            sheet.unlink()


def paper(browser: Any, file: Path, out: Path) -> int:
    """The page as PDF on A4; gives back how many sheets it has."""
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_timeout(100)
    data = page.pdf(path=out, format="A4", prefer_css_page_size=True, print_background=False)
    page.close()
    return len(re.findall(rb"/Type\s*/Page[^s]", data))


def written(given: str, out: Path) -> Path:
    """The page of one input, written if it is none yet."""
    source = Path(given)
    if source.suffix == ".html" and source.is_file() and "Tellings" in source.read_text(encoding="utf-8")[:2000]:
        return source.resolve()
    import tellings  # not needed for pages that are there
    from tellings.present.pages import page

    name = source.parent.name if source.stem == "reports" else source.stem
    file = out / f"{name or 'story'}.html"
    file.write_text(page(tellings.compare([given])), encoding="utf-8")
    return file.resolve()


def main(arguments: Sequence[str]) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--only", default="", help="only pictures whose names hold this, for example 768-print")
    parser.add_argument("--no-sheets", action="store_true", help="single pictures only")
    args = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("TELLINGS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: install it, or name it in TELLINGS_CHROMIUM", file=sys.stderr)
        return 2
    args.out = args.out.resolve()
    args.out.mkdir(parents=True, exist_ok=True)
    inputs = args.inputs or [str(Path(__file__).parents[1] / "tellings" / "demo" / "reports")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for given in inputs:
            file = written(given, args.out)
            name = "demo" if "demo" in file.parts or not args.inputs else file.stem
            folder = args.out / name
            folder.mkdir(exist_ok=True)
            for width, mode, faults in pictures(browser, file, folder, args.only):
                for what, where, by in faults:
                    print(f"{name}\t{width}\t{mode}\t{what}\t{where}\t{by}")
            if not args.only:
                print(f"{name}\tpaper\t\tsheets of A4\t\t{paper(browser, file, args.out / f'{name}.pdf')}")
            if not args.no_sheets:
                sheets(browser, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
