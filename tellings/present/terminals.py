"""The dossier for a terminal: the line, the brief, the conflicts, the origins, claims, names, notices.

Report text may hold control characters that would move the cursor, change colours or write to
the clipboard; they are shown as marks of their own and never sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from tellings.present import drawings, summaries, tables
from tellings.present.sigla import Cite, Named, Sigla, flat
from tellings.records import SURE, Dossier, Origin
from tellings.text import Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["safe", "summary"]

_CLAIMS = 10
_CONFLICTS = 8
_NAMES = 8
_LABELS = 6
_MEMBERS = 12
_QUOTE = 240  # characters of a quotation before it is cut
_HUES = ("default", "blue", "red", "green", "magenta", "yellow", "cyan")

# Controls (C0 but tab and newline, DEL, C1) and the marks that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    r"""The text with every control character shown and none sent.

    >>> safe("\x1b[31mred\x07")
    '␛[31mred␇'
    """

    def shown(match: re.Match[str]) -> str:
        code = ord(match.group())
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"

    return _CONTROL.sub(shown, text)


def summary(dossier: Dossier, width: int = 80, *, colour: bool = False) -> str:
    """The dossier on some screens of a terminal `width` columns wide, ending in a newline.

    With `colour`, sigla are coloured as on the page; without, the text holds no escape at all.
    """
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(20, width),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _Summary(dossier, console).write()
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


class _Summary:
    """The parts of a summary, written one after the other; a part without content is left out."""

    def __init__(self, dossier: Dossier, console: Console) -> None:
        """Name the reports as on the page."""
        self.dossier = dossier
        self.console = console
        self.sigla = Sigla(dossier)
        summaries.label(self.sigla)

    def write(self) -> None:
        """All parts in order."""
        from rich.text import Text

        self.console.print(Text(safe(summaries.headline(self.dossier)), style="bold"))
        self._brief()
        self._conflicts()
        self._origins()
        self._claims()
        self._names()
        self._notices()

    def _head(self, title: str) -> None:
        """A heading."""
        from rich.text import Text

        self.console.print()
        self.console.print(Text(title, style="bold underline"))

    def _item(self, mark: str, text: Text, depth: int = 0) -> None:
        """One item with its mark in the margin, so that long lines hang."""
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=max(2, len(mark)), no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(Text(mark, style="dim"), text)
        self.console.print(Padding(grid, (0, 0, 0, 2 * depth)))

    def _siglum(self, named: Named) -> tuple[str, str]:
        """A siglum with its colour, for `Text.assemble`."""
        return f"[{named.siglum}]", f"bold {_HUES[named.hue]}"

    def _quoted(self, cite: Cite) -> list[str | tuple[str, str]]:
        """A quotation with its siglum."""
        return [f"“{safe(flat(cite.quote, _QUOTE))}” ", self._siglum(cite.named)]

    def _brief(self) -> None:
        """The sentences of the brief with their numbers."""
        from rich.text import Text

        told = summaries.brief(self.sigla)
        if told:
            self._head("In short")
        for number, one in enumerate(told):
            quoted = self._quoted(one.cite)
            if len(one.text) <= _QUOTE:  # what the numbers do not count is dim
                words = [(safe(part.text), "" if part.counted else "dim") for part in one.parts]
                quoted = ["“", *words, "” ", *quoted[1:]]
            self._item(f"{number + 1}.", Text.assemble(*quoted))
            if one.numbers:
                self._item("", Text(safe(one.numbers), style="dim"))

    def _conflicts(self) -> None:
        """The conflicts with their readings and who tells them; what is only worded otherwise is counted."""
        from rich.text import Text

        standing = summaries.standing(self.dossier)
        facts = [card for card in summaries.cards(self.sigla) if not card.wording][:_CONFLICTS]
        self._cards("Where they differ", facts)
        self._more(standing.clashes + standing.others - len(facts))
        if standing.wordings:
            if not facts:
                self._head("Where they differ")
                self._item("", Text(summaries.NO_VALUE))
            also = "more " if facts else ""
            told = summaries.plural(standing.wordings, f"{also}point is", f"{also}points are")
            self._item("", Text(f"{told} told in other words: see the page or the JSON document", style="dim"))

    def _cards(self, head: str, cards: Sequence[summaries.Card]) -> None:
        """Conflicts under a heading; nothing where there are none."""
        from rich.text import Text

        if cards:
            self._head(head)
        for card in cards:
            kind = f"  ({card.kind}; {card.nature}: {card.meaning})"
            self._item("≠", Text.assemble((safe(card.slot), "bold"), (kind, "dim")))
            for side in card.sides:
                parts: list[str | tuple[str, str]] = [f"“{safe(side.value)}”"]
                for voice in side.voices:
                    parts += [" ", self._siglum(voice.cite.named)]
                    if voice.who:
                        parts.append((f" from “{safe(voice.who)}”", "dim"))
                if side.more:
                    parts.append((f" and {len(side.more) + side.silent} more", "dim"))
                self._item("-", Text.assemble(*parts), 1)

    def _more(self, number: int) -> None:
        """How many items are left out."""
        from rich.text import Text

        if number > 0:
            self._item("", Text(f"and {number} more", style="dim"))

    def _origins(self) -> None:
        """Every origin with its reports and arrows."""
        from rich.text import Text

        if self.sigla.origins:
            self._head("Who copied whom")
        alone = [o for o in self.sigla.origins if len(o.reports) == 1]
        for origin in self.sigla.origins:
            if origin in alone:
                continue
            title = f"{summaries.plural(len(origin.reports), 'report')} of one origin"
            if origin.source:
                title += (
                    f", {drawings.lost_text(origin)}" if self._is_lost(origin) else f", {flat(origin.source, 40)} copy"
                )
            self._item(self.sigla.letter[origin.id], Text(safe(title)))
            lines = {line.target.id: line for line in reversed(drawings.lines(self.sigla, origin))}
            members = [n for n in self.sigla.named.values() if n.id in set(origin.reports)]
            for named in members[:_MEMBERS]:
                parts: list[str | tuple[str, str]] = [self._siglum(named), f" {safe(named.label)}"]
                if (line := lines.get(named.id)) is not None:
                    source = line.source.siglum if line.source else "that copy"
                    guess = ", direction guessed" if line.guessed else ""
                    share = f"{line.percent} % " if line.percent else ""
                    parts.append((f"  {share}from {safe(source)}{guess}", "dim"))
                self._item("-", Text.assemble(*parts, *self._date(named)), 1)
            self._more(len(members) - _MEMBERS)
        for origin in alone[:_MEMBERS]:
            named = self.sigla.named[origin.reports[0]]
            copy = f"from {flat(origin.source, 40)}" if origin.source else "by itself"
            text = Text.assemble(
                self._siglum(named), f" {safe(named.label)}", *self._date(named), (f"  {safe(copy)}", "dim")
            )
            self._item(named.letter, text)
        self._more(len(alone) - _MEMBERS)

    @staticmethod
    def _is_lost(origin: Origin) -> bool:
        """Whether a report took from a text that is not among the reports."""
        return any(edge.source is None for edge in origin.edges)

    @staticmethod
    def _date(named: Named) -> list[tuple[str, str]]:
        """The date of publication, as uncertain as it is."""
        if not named.published:
            return []
        return [(f"  {safe(named.published[:10])}{' (inferred)' if named.inferred else ''}", "dim")]

    def _claims(self) -> None:
        """The statements with most independent origins."""
        from rich.text import Text

        claims = [c for c in self.sigla.claims if len({s.span.report for s in c.support}) > 1]
        if claims:
            self._head("Who says what")
        for claim in claims[:_CLAIMS]:
            stances = {s.polarity for s in claim.support if s.chance >= SURE}
            denied = (f"  denied{' by some' if len(stances) > 1 else ''}", "bold") if "denied" in stances else ""
            cite = self.sigla.cite(claim.title)
            self._item(f"{self.sigla.number[claim.id]}.", Text.assemble(*self._quoted(cite), denied))
            self._item("", Text(safe(summaries.numbers(claim, self.sigla)), style="dim"))
        self._more(len(claims) - _CLAIMS)

    def _names(self) -> None:
        """The actors that reports call by different names."""
        from rich.text import Text

        based = [replace(actor, forms=tables.plain(actor)) for actor in self.dossier.collation.actors]
        actors = [actor for actor in based if tables.varied(actor)]
        if actors:
            self._head("Who calls whom what")
        for actor in actors[:_NAMES]:
            parts: list[str | tuple[str, str]] = [f"“{safe(flat(actor.name, 60))}”: "]
            labels: dict[str, list[Span]] = {}
            for form in actor.forms:
                labels.setdefault(flat(form.form, 60).casefold(), []).extend(form.spans)
            # what more reports use says more of who calls whom what than what one uses once
            sigla = [sorted({self.sigla.named[span.report].siglum for span in spans}) for spans in labels.values()]
            told = sorted(zip(sigla, map(sorted, labels.values()), strict=True), key=lambda x: (-len(x[0]), x))
            for number, (names, spans) in enumerate(told[:_LABELS]):
                parts.append("; " if number else "")
                parts += [f"“{safe(flat(self.sigla.text(spans[0]), 60))}” ", (",".join(names), "dim")]
            if len(told) > _LABELS:
                parts.append((f"; {len(told) - _LABELS} more", "dim"))
            self._item("-", Text.assemble(*parts))
        self._more(len(actors) - _NAMES)

    def _notices(self) -> None:
        """What there is to know of the reports."""
        from rich.text import Text

        aside = summaries.set_aside(self.dossier)
        if aside or self.dossier.notices:
            self._head("Notices")
        for report, reason in aside:
            self._item("-", Text(f"{safe(self.sigla.named[report].label)}: set aside, {safe(flat(reason))}"))
        for notice in self.dossier.notices:
            step = f"; {notice.next_step}" if notice.next_step else ""
            self._item("-", Text(safe(flat(f"{notice.where}: {notice.what}{step}"))))
