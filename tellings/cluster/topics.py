"""Which reports are about the story, and what speaks against the others.

Searches and page scrapes bring in strays: another page under the right headline, the same kind of
event of another year, a site's front page. A report is set aside when the evidence against it
adds up to 1:

==========================  ==================================================================
few words in common         its words are far less like the others' than theirs are like each other's
another time                neither its date nor any date that it names lies within 100 days of
                            the publication of any other report
a name in common            (speaks for it) a rare name of most of the others stands in its head
words in common             (speaks for it) it is worded much like one of the others: a late print of it
another language, no words  it cannot be compared
==========================  ==================================================================

Of two reports none is set aside for its subject: nobody can say which of them is the stray.

Still missed: another event of the same kind within weeks, and a later turn of the same story.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date

from tellings.cluster.weights import Weights, add, cosine, nearest, rare, terms, weigh
from tellings.records import Annotated, Evidence, Topic
from tellings.text import View

__all__ = ["find"]

_FAR = 100  # days; prints and reprints of one story lie closer, another year's event farther
_HEAD = 400  # code points of the text that count as its head
_LATE_PRINT = 0.45  # cosine from which two texts share sentences, whatever their dates say


def _days(a: Annotated) -> tuple[list[int], list[int]]:
    """The day of publication, and all full dates of the report with it, as ordinals."""
    published: list[int] = []
    if a.report.published is not None and (day := _ordinal(a.report.published.value)) is not None:
        published.append(day)
    told = {day for t in a.times if t.value is not None and (day := _ordinal(t.value)) is not None}
    return published, sorted({*published, *told})


def _ordinal(value: str) -> int | None:
    """The day number of an ISO date or date and time; None for a month, a year or what is no date."""
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _gap(days: Sequence[int], others: Sequence[int]) -> int | None:
    """The least distance between two sorted lists of days; None where one is empty."""
    least: int | None = None
    for day in days:
        at = bisect_left(others, day)
        for near in others[max(0, at - 1) : at + 1]:
            least = abs(near - day) if least is None else min(least, abs(near - day))
    return least


def _head_names(a: Annotated) -> frozenset[str]:
    """The rare names in the beginning of the text; a title may stand over another page's text."""
    text = a.report.text[:_HEAD]
    return frozenset(word for word, span in View(a.id, text).words() if rare(word) and span.cut(text)[0].isupper())


def _alikeness(own: Weights, total: Weights, square: float, count: int) -> tuple[float, float]:
    """The mean cosine of one report to the others, and that of the others to each other.

    Both follow from the sum of all, so that the time grows with the reports and not with their pairs.
    """
    shared = cosine(own, total)
    me = cosine(own, own)
    mean = (shared - me) / (count - 1)
    rest = square - 2 * shared + me  # the squared length of the sum of the others
    return mean, max(0.0, (rest - (count - 1)) / ((count - 1) * (count - 2)))


def _language(a: Annotated) -> str:
    """The language of a report where it is known and not English, else ""."""
    found = a.report.language
    return "" if found is None or found.value.lower().startswith("en") else found.value


def find(reports: Sequence[Annotated]) -> tuple[Topic, ...]:
    """Whether each report is about the story, sorted by id; at least one always is.

    `reason` says in short why a report is set aside, "" where it is not; the evidence holds what
    was weighed, positive weights against it.

    >>> find([])
    ()
    """
    reports = sorted(reports, key=lambda r: r.id)
    unread: dict[str, Evidence] = {}
    weighed: dict[str, Weights] = {}
    for a in reports:
        weighed[a.id] = weigh(terms(a))
        if language := _language(a):
            unread[a.id] = Evidence("another language", 2.0, language)
        elif not weighed[a.id]:
            unread[a.id] = Evidence("no words", 2.0)
    if len(unread) == len(reports):  # nothing to compare with: all stay
        unread = {}
    read = [a for a in reports if a.id not in unread]
    weights = _strays(read, weighed) if len(read) > 2 else {}
    against = {name: found for name, found in weights.items() if sum(e.weight for e in found) >= 1}
    if len(against) == len(read):  # then nobody is the stray; the one most like the others is kept, and so all
        against = {}
    out: list[Topic] = []
    for a in reports:
        if a.id in unread:
            out.append(Topic(a.id, on_topic=False, evidence=(unread[a.id],), reason=unread[a.id].name))
        else:
            found = weights.get(a.id, ())
            reason = max(found, key=lambda e: e.weight).name if a.id in against else ""
            out.append(Topic(a.id, a.id not in against, found, reason))
    return tuple(out)


def _strays(read: Sequence[Annotated], weighed: dict[str, Weights]) -> dict[str, tuple[Evidence, ...]]:
    """What speaks against each report, and for it where something speaks against it."""
    total = add(weighed[a.id] for a in read)
    square = cosine(total, total)
    heads = {a.id: _head_names(a) for a in read}
    named = Counter(word for head in heads.values() for word in head)
    days = {a.id: _days(a) for a in read}
    published = Counter(day for own, _ in days.values() for day in own)
    doubted: dict[int, list[Evidence]] = {}
    for number, a in enumerate(read):
        found: list[Evidence] = []
        mean, typical = _alikeness(weighed[a.id], total, square, len(read))
        share = mean / typical if typical else 1.0
        if share < 0.4:
            weight = 1.2 if share < 0.25 and mean < 0.1 else 0.5
            found.append(Evidence("few words in common", weight, f"{mean:.2f} where the others have {typical:.2f}"))
        own, dates = days[a.id]
        others = published - Counter(own)
        gap = _gap(dates, sorted(others)) if own else None
        if gap is not None and gap > _FAR:
            found.append(Evidence("another time", 1.1, f"{gap} days from the nearest other report"))
        if found:
            common = sorted(w for w in heads[a.id] if 2 * (named[w] - 1) > len(read) - 1)
            if common:
                found.append(Evidence("a name in common", -0.3, ", ".join(common[:3])))
            doubted[number] = found
    for (number, found), close in zip(
        doubted.items(), nearest([weighed[a.id] for a in read], list(doubted)), strict=True
    ):
        if close >= _LATE_PRINT:
            doubted[number] = [*found, Evidence("words in common", -1.0, f"{close:.2f} with the nearest report")]
    return {read[number].id: tuple(found) for number, found in doubted.items()}
