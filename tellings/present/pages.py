"""The dossier as one HTML page: it loads nothing, runs without script, and quotes every item.

Everything that a report brings (text, names, addresses) is escaped; its address becomes a link
only if it is http or https. The page forbids itself all loading and all code but its own, by a
Content-Security-Policy with the digests of its one style sheet and its one script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tellings.present import columns, drawings, layers, maps, sigla, summaries, tables, timelines
from tellings.records import Dossier, Edit

__all__ = ["page"]

_OPEN = 8  # so many reports stand open in the page; more are folded


def page(dossier: Dossier) -> str:
    """The dossier as a self-contained page; the same dossier gives the same page.

    The views stand in this order: headline with the sharpest conflicts, brief, conflicts, stemma, claims, side by side,
    names, timeline, map, reports, notices. A view without content is left out. Long lists are
    folded and cut, and the page says how many items it leaves to the JSON document.
    """
    style, script = _joined(".css"), _joined(".js")
    names = sigla.Sigla(dossier)
    summaries.label(names)
    c = dossier.collation
    across = tables.columns(names)
    told = summaries.brief(names)
    cards = summaries.cards(names)
    stemmata = drawings.stemmata(names)
    claims, single, left_out = tables.matrix(names, across, c.conflicts, tables.Copies(names, c.passages))
    pairs, more_pairs = columns.pairs(names, c.passages, c.edits)
    actors, other_actors = tables.names(names, across, c.actors, c.edits)
    days = timelines.draw(names, c.timeline)
    map_ = maps.draw(names, c.places)
    shared = layers.sharing(names, c.passages)
    _edits(names, pairs, c.edits)
    # the reports come last: only now it is known which of their words are linked to
    reports = [
        {
            "named": named,
            "head": _head(names, named),
            "body": layers.body(names, names.report(report), shared.get(report, ())),
        }
        for report, named in names.named.items()
    ]
    return sigla.clean(
        _environment()
        .get_template("page.html.jinja")
        .render(
            style=Markup(style),  # noqa: S704  # a file of this package
            script=Markup(script),  # noqa: S704  # as above
            policy=_policy(style, script),
            headline=summaries.headline(dossier),
            standing=summaries.standing(dossier),
            version=dossier.version,
            told=told,
            cards=cards,
            glance=summaries.glance(cards),
            no_value=summaries.NO_VALUE,
            stemmata=stemmata,
            across=across,
            claims=claims,
            single=single,
            left_out=left_out,
            pairs=pairs,
            more_pairs=more_pairs,
            woven=columns.weave(names, c.passages, c.edits) if len(names.listed) > 1 else "",
            edit_kinds=columns.KINDS,
            actors=actors,
            other_actors=other_actors,
            days=days,
            map=map_,
            width=drawings.WIDTH,
            reports=reports,
            listed=names.listed,
            unfold=len(reports) <= _OPEN,
            aside=[(names.named[report], reason) for report, reason in summaries.set_aside(dossier)],
            notices=summaries.notices(names),
        )
    )


def _head(names: sigla.Sigla, named: sigla.Named) -> dict[str, Any]:
    """What stands above the text of a report."""
    report = names.report(named.id).report
    return {
        "title": sigla.flat(report.title.value, 300) if report.title else "",
        "byline": sigla.flat(report.byline.value, 120) if report.byline else "",
        "url": sigla.web_address(report.url.value if report.url else None),
        "credits": [sigla.flat(credit.value, 60) for credit in report.credits],
        "language": report.language.value if report.language and report.language.value.isalpha() else None,
        "digest": report.digest,
    }


def _edits(names: sigla.Sigla, pairs: tuple[columns.Pair, ...], edits: tuple[Edit, ...]) -> None:
    """Link the edits back from the reports to the pair that shows them."""
    shown = {(pair.left.id, pair.right.id): pair for pair in pairs}
    for edit in edits:
        if edit.before and edit.after and (pair := shown.get((edit.before.report, edit.after.report))):
            for span in (edit.before, edit.after):
                names.cite(span, "⇄", f"#{pair.anchor}")


@cache
def _asset(name: str) -> str:
    """A file of the templates, as it stands."""
    folder = resources.files("tellings.present").joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


@cache
def _joined(ending: str) -> str:
    """Every style sheet, or script, of the templates as one: the page's own first, then the others by name."""
    folder = resources.files("tellings.present").joinpath("templates")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(ending))
    text = "\n".join(_asset(name) for name in sorted(files, key=lambda name: (name != f"page{ending}", name)))
    return _short(text)


def _short(text: str) -> str:
    r"""A style sheet or script without indents and without the lines that hold nothing but a comment.

    >>> _short("/* Two lines\n   of it. */\nmain {\n  // why\n  color: red; /* not this */\n}\n")
    'main {\ncolor: red; /* not this */\n}'
    """
    text = re.sub(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _environment() -> Environment:
    """The templates; a name that is missing is an error and not an empty place."""
    return Environment(
        loader=PackageLoader("tellings.present"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _policy(style: str, script: str) -> str:
    """What the page may do: apply its own style sheet, run its own script, and nothing else."""

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
