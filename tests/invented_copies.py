"""Invented reports of one invented event, as the steps of collating get them: an agency copy and its reprints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tellings.collate import edits, origins, passages
from tellings.records import Annotated, Attribution, Collation, Found, Mention, Report, Sentence, Speaker, Word
from tellings.text import Span

WIRE = (
    "Ferry strikes the breakwater at Lundsvik\n"
    "\n"
    "A passenger ferry struck the outer breakwater of Lundsvik in dense fog on Friday, injuring "
    "dozens of commuters, the coastguard said.\n"
    "The vessel had left the island of Torsk with nearly 300 people aboard and was approaching the "
    "quay when its radar failed.\n"
    '"We felt a violent jolt and then everybody was shouting," passenger Signe Holt told Northwire.\n'
    "Harbour pilots had complained for months about the faded markings along the channel.\n"
    "Every road towards the pier was blocked by ambulances until midnight, harbour master Ivar Lie "
    "said.\n"
    "The company that runs the ferry withdrew two sister ships from service while divers inspect the"
    " damaged hull.\n"
)

REPRINT = (
    "Ferry rams the breakwater at Lundsvik\n"
    "\n"
    "A passenger ferry struck the outer breakwater of Lundsvik in dense fog on Friday, injuring "
    "dozens of commuters, the so-called coastguard said.\n"
    "The vessel had left the island of Torsk with nearly 200 people aboard and was approaching the "
    "quay when its radar failed.\n"
    '"We felt a violent jolt and then everybody was shouting," passenger Signe Holt told Northwire.\n'
    "Greedy pilots had complained for months about the faded markings along the channel.\n"
    "The company that runs the ferry withdrew two sister ships from service while divers inspect the"
    " damaged hull.\n"
)

SHORT = (
    "Divers inspect damaged ferry\n"
    "\n"
    "The company that runs the ferry withdrew two sister ships from service while divers inspect the"
    " damaged hull.\n"
    "Harbour pilots had complained for months about the faded markings along the channel.\n"
)

ALONE = (
    "Fog and fear: a night on the quay\n"
    "\n"
    "When the bow hit the stones, Petter Aas was pouring coffee for his crew in the lifeboat shed.\n"
    "He counted stretchers until his pencil broke; at daybreak the hospital in Marstad had taken in "
    "41 patients.\n"
    "Engineers from the capital will examine why the instruments went dark so close to land.\n"
    '"We felt a violent jolt and then everybody was shouting," Signe Holt, a teacher, said later.\n'
)


def report(name: str, text: str, **head: Found | tuple[Found, ...] | None) -> Annotated:
    """A report with one sentence a line, and the rest unread."""
    found = [m.span() for m in re.finditer(r"[^\r\n]+", text)]
    sentences = tuple(Sentence(Span(name, a, b), number) for number, (a, b) in enumerate(found))
    return Annotated(Report(name, text, **head), sentences=sentences)  # type: ignore[arg-type]


def said(a: Annotated, sentence: str, source: str, cue: str, name: str) -> Annotated:
    """The report with one more attribution: a whole sentence said by the source in it, who is `name`."""
    text = a.report.text
    start = text.index(sentence)
    at = text.rindex(source, start, start + len(sentence)), text.rindex(cue, start, start + len(sentence))
    speaker = Speaker(name, Span(a.id, text.index(name), text.index(name) + len(name)))
    one = Attribution(
        (Span(a.id, at[0], at[0] + len(source)),),
        (Span(a.id, at[1], at[1] + len(cue)),),
        (Span(a.id, start, min(at) if min(at) > start else start + len(sentence)),),
        speaker,
    )
    return replace(a, attributions=(*a.attributions, one))


def tagged(a: Annotated, tags: dict[str, str], names: Sequence[str] = ()) -> Annotated:
    """The report with parts of speech: those given by word, VERB for none, NOUN for all others."""
    text = a.report.text
    words = tuple(
        tuple(
            Word(Span(a.id, s.span.start + m.start(), s.span.start + m.end()), tags.get(m.group().lower(), "NOUN"))
            for m in re.finditer(r"\w+", a.quote(s.span))
        )
        for s in a.sentences
    )
    mentions = tuple(
        Mention(Span(a.id, m.start(), m.end()), "person") for name in names for m in re.finditer(re.escape(name), text)
    )
    return replace(a, words=words, mentions=mentions)


def story(reports: Iterable[Annotated]) -> Collation:
    """The reports with passages, origins and edits found."""
    c = Collation(tuple(sorted(reports, key=lambda r: r.id)))
    c = replace(c, passages=passages.find(c))
    c = replace(c, origins=origins.find(c))
    return replace(c, edits=edits.find(c))


def quotes(c: Collation, spans: Iterable[Span]) -> list[str]:
    """What the spans quote."""
    return [c.quote(span) for span in spans]
