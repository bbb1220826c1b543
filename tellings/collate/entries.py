"""The timeline: what the reports tell of each date.

A date stands beside the statement that names it: the sentence, or, where a sentence names
several dates, the clause of each. Dates are kept as fine as the reports say them, so "2017"
and "4 April 2017" are two entries; "last week" and "three weeks ago" stand for their month, a
quarter or a season for its year, and a span whose two ends are named for both. Every entry says
by which words and which rule it was dated.

A date makes no entry where nothing is told to have happened then: a year that only tells which person,
plan or thing is meant ("the 2014 nominee"), one that ends a name, what came before or after a year,
what is compared with all there is today or was since a year, a feast's thing ("Christmas lights"), and what
somebody does every January. The stamp under a post dates the words above it; a year is left to the day of it
that the same statement names, or another statement of the same claim.

Still missed: events that a report tells without naming a day, and clauses so short that the
statement stands beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tellings.collate.nouns import lemma, nouns
from tellings.collate.titles import subordinate
from tellings.collate.wholes import complete, telling
from tellings.records import SURE, Annotated, Clause, Collation, Entry, TimeMention, Word
from tellings.text import Span, trim

__all__ = ["find"]

_LONGEST = 400  # a statement in a longer sentence is quoted by what stands around its date
_NAMED = 3  # how many ways of dating an entry names


def find(c: Collation) -> tuple[Entry, ...]:
    """The entries of the timeline, by date, the coarser one first; each support once, sorted.

    `inferred_from` quotes the words that named the date and says how they were read, the most
    frequent reading first. Expressions without a value (see `TimeMention`) make no entry.
    """
    support: dict[str, set[Span]] = defaultdict(set)
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for report in c.reports:
        for mention, days, span in _told(report):
            words = " ".join(report.quote(mention.span).split())
            for day in days:
                support[day].add(span)
                ways[day][f"“{words}”: {mention.inferred_from}"] += 1
    _refine(c, support)
    for day in sorted(support, key=len):
        finer = {span for other in support if other != day and other.startswith(day) for span in support[other]}
        support[day] -= finer  # "their 2014 wedding, held in March 2014"
    return tuple(
        Entry(date, _ways(ways[date]), tuple(sorted(support[date]))) for date in sorted(support) if support[date]
    )


def _refine(c: Collation, support: dict[str, set[Span]]) -> None:
    """Leave out of a year's entry what another statement of the same fact dates to a day or month of it."""
    dated: dict[str, list[tuple[int, Span, str]]] = defaultdict(list)
    for day, held in support.items():
        for span in held:
            dated[span.report].append((span.start + span.end, span, day))
    for mine in dated.values():
        mine.sort()
    for claim in c.claims:
        found: set[tuple[Span, str]] = set()
        for one in claim.support:
            if one.chance >= SURE and one.span.report in dated:
                # What lies in a support by more than a half has its middle there.
                mine = dated[one.span.report]
                first = bisect_right(mine, 2 * one.span.start, key=lambda item: item[0])
                last = bisect_left(mine, 2 * one.span.end, lo=first, key=lambda item: item[0])
                found |= {(span, day) for _, span, day in mine[first:last] if 2 * span.overlap(one.span) > len(span)}
        finer = {day[: len("2000")] for _, day in found if len(day) > len("2000")}
        for span, day in found:
            if day in finer:
                support[day].discard(span)


_ROUND = re.compile(r"\b(?:weeks?|fortnights?)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:to|and|through|until|till)\b|\d[-–/][\dA-Z]", re.IGNORECASE)
_TO_NOW = re.compile(r"the (?:past|coming) (?!week$|weekend$)|the (?:last|next) \S+ \w+s$", re.IGNORECASE)


_YEAR_END = re.compile(r"(?:the )?(?:very )?(?:end|close) of\b", re.IGNORECASE)
_DAY_AFTER = re.compile(r"(?:a|one) day after$", re.IGNORECASE)


def _dates(mention: TimeMention, words: str, published: str = "") -> tuple[str, ...]:
    """The dates under which what is told beside an expression is entered, as fine as the words say them.

    A weekend is entered under its first day, a night under its last, a deadline at a year's end
    under its last month. What only runs up to now, and a decade, dates nothing.
    """
    first, last = mention.value, mention.end
    if first is None or _TO_NOW.match(words):
        return ()
    if last is None:
        if mention.relation == "until" and len(first) == len("2000") and _YEAR_END.match(words):
            return (f"{first}-12",)
        # "Three weeks ago" is no day.
        return (first[:7],) if _ROUND.search(words) else (first,)
    if _ENDS.search(words):
        return (first, last)
    if len(first) == len("2000-01-01"):
        if words.lower().endswith("overnight"):
            return (last,)
        return (_middle(first, last, published)[:7],) if _ROUND.search(words) else (first,)
    return (first[:4],) if first[:4] == last[:4] else ()


def _middle(first: str, last: str, published: str) -> str:
    """The day halfway between two, not after the publication: "last week" is of the month in which most of it lies."""
    try:
        one, other = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return first
    half = (one + (other - one) // 2).isoformat()
    return min(half, published) if first <= published else half


def _ways(counted: Counter[str]) -> str:
    """The ways in which a date was named, the most frequent first."""
    ranked = sorted(counted, key=lambda way: (-counted[way], way))
    return "; ".join(ranked[:_NAMED])


def _told(report: Annotated) -> list[tuple[TimeMention, tuple[str, ...], Span]]:
    """The dated expressions of a report with their dates and the statement that each stands in."""
    starts = [sentence.span.start for sentence in report.sentences]
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in report.clauses:
        clauses[clause.sentence].append(clause)
    groups: dict[int, list[tuple[TimeMention, tuple[str, ...]]]] = defaultdict(list)
    published = report.report.published.value[:10] if report.report.published else ""
    for mention in report.times:
        number = bisect_right(starts, mention.span.start) - 1
        if number >= 0 and _dates_nothing(report, mention, number):
            continue
        days = _dates(mention, " ".join(report.quote(mention.span).split()), published)
        if mention.value is None and _DAY_AFTER.match(report.quote(mention.span)):
            days = _day_before(report)
        if days and number >= 0 and report.sentences[number].span.holds(mention.span):
            groups[number].append((mention, days))
    out: list[tuple[TimeMention, tuple[str, ...], Span]] = []
    for number in sorted(groups):
        sentence = report.sentences[number].span
        several = len({days for _, days in groups[number]}) > 1 or any(m.value is None for m, _ in groups[number])
        acts = _acts(report, number)
        for mention, days in groups[number]:
            span = sentence
            inside = [clause.span for clause in clauses[number] if clause.span.overlap(mention.span)]
            clause = max(inside, key=lambda s: (s.overlap(mention.span), -s.start), default=sentence)
            if not acts:
                told = _stamped(report, number)
                first = bisect_right(starts, told.start) - 1 if told else number
                others = {other for k in range(first, number) for _, other in groups.get(k, ())} - {days}
                if told is None or (others and _leaves(report, sentence, mention)):
                    continue
                span = told
            elif several and _leaves(report, sentence, mention):
                continue
            elif several or (subordinate(report, clause, number) and _told_by_itself(report, clause, number)):
                span = _acted(report, clause, clauses[number], [m.span for m, _ in groups[number]])
            out.append((mention, days, _around(report, span, mention.span) if len(span) > _LONGEST else span))
    return out


_BARE = re.compile(r"(?:1[5-9]|20)\d\d")
_HABIT = re.compile(
    r"(?i)\b(?:typically|usually|normally|generally|traditionally|often|always|annually|each|every|historically)\b"
)


def _dates_nothing(report: Annotated, mention: TimeMention, number: int) -> bool:
    """Whether nothing is told to have happened at a time that the sentence of this number names."""
    span = report.sentences[number].span
    before = report.report.text[max(span.start, mention.span.start - _NEAR) : mention.span.start]
    value = mention.value or ""
    after = report.report.text[mention.span.end : min(span.end, mention.span.end + _NEAR)]
    if _NOWADAYS.match(report.quote(mention.span)) and _COMPARED.search(f"{before} {after}"):
        return True
    if _named(report, mention, number) or _holiday(report, mention, number, after):
        return True
    if mention.relation == "since" and len(value) == len("2000") and _COMPARES.search(before):
        return True  # "the first storm since 2009"
    phrase = _described(report, mention, number)
    if mention.relation in ("before", "after") and len(value) == len("2000") and not phrase:
        return True  # "in the years before 2017"
    if len(value) == len("2000-01") and _HABIT.search(before):
        return True
    return _describes(report, mention, phrase)


_NEAR = 80
"""How far away the word may stand that tells of a habit, or of a comparison."""
_NOWADAYS = re.compile(r"(?i)today$")
_COMPARED = re.compile(r"(?i)\b(?:than|most)\b")
"""What compares with all there is today tells nothing of the day."""


_COMPARES = re.compile(r"(?i)\b(?:first|only|most|best|worst|(?:low|high|larg|bigg|deadli|great|strong)est)\b")
_FEAST = re.compile(r"(?:Christmas|Easter|Thanksgiving|Halloween)$")
_OCCASION = re.compile(
    r"(?i)\s(?:day|eve|morning|night|week(?:end)?|holidays?|dinner|part(?:y|ies)|parade|celebrations?|attacks?|address"
    r"|speech|message|games?|mass|services?|massacre|bombings?|break|truce)\b"
)


def _holiday(report: Annotated, mention: TimeMention, number: int, after: str) -> bool:
    """Whether a feast only tells which thing is meant: "their Christmas lights"; "the Christmas attack" was then."""
    words = report.words[number] if number < len(report.words) else ()
    following = next((word for word in words if word.span.start >= mention.span.end), None)
    thing = following is not None and following.pos in ("NOUN", "PROPN") and after[:1] in " -"
    return bool(_FEAST.match(report.quote(mention.span))) and thing and not _OCCASION.match(after)


def _named(report: Annotated, mention: TimeMention, number: int) -> bool:
    """Whether a bare year ends a name: "Quay Games 2018"."""
    if not _BARE.fullmatch(report.quote(mention.span)) or number >= len(report.words):
        return False
    words = report.words[number]
    at = bisect_left(words, mention.span.start, key=lambda w: w.span.start)
    return at > 0 and words[at - 1].pos == "PROPN" and words[at - 1].span.end == mention.span.start - 1


def _described(report: Annotated, mention: TimeMention, number: int) -> tuple[Word, ...]:
    """The words of the noun phrase that a bare year opens ("the 2009 mayoral election"); none where it opens none."""
    if not _BARE.fullmatch(report.quote(mention.span)) or number >= len(report.words):
        return ()
    words = report.words[number]
    at = bisect_left(words, mention.span.start, key=lambda w: w.span.start)
    end = at + 1
    while end < len(words) and words[end].pos in ("NOUN", "PROPN", "ADJ"):
        end += 1
    phrase = words[at + 1 : end]
    if not at or not phrase or phrase[0].span.start > mention.span.end + 1:
        return ()
    # "In 2009 Ms. Brandt resigned"
    return () if words[at - 1].pos in ("ADP", "SCONJ", "PUNCT") else phrase


def _describes(report: Annotated, mention: TimeMention, phrase: Sequence[Word]) -> bool:
    """Whether a year only tells which person, plan or thing its noun phrase means, and not when something happened.

    "The 2009 nominee", "a red 2008 Vesper", "her 2031 run" told in 2029; but "the 2009 election" dates one.
    """
    if not phrase:
        return False
    if _AT.search(report.report.text[max(0, mention.span.start - _SHORT) : mention.span.start]):
        return False  # "at the 2007 Quay Games"
    head = report.quote(phrase[-1].span).lower()
    published = report.report.published.value[:4] if report.report.published else ""
    ahead = bool(published) and (mention.value or "") > published and head not in _VOTES
    return ahead or nouns().kind.get(lemma(head)[0]) == "person" or all(word.pos == "PROPN" for word in phrase)


_SHORT = 20
"""So far before a year the word may stand that tells of an event."""
_AT = re.compile(r"(?i)\b(?:at|during|since|after|before) (?:the |its |his |her |their )?$")
_VOTES = frozenset(
    "election elections vote referendum census games olympics cycle primary primaries race convention".split()  # noqa: SIM905
)
"""What is still to come and has its year all the same."""


def _acts(report: Annotated, number: int) -> bool:
    """Whether a verb stands in the sentence of this number; True where no tagger has read the report."""
    words = report.words[number] if number < len(report.words) else ()
    return not words or any(word.pos in ("VERB", "AUX") for word in words)


def _stamped(report: Annotated, number: int) -> Span | None:
    """What a sentence without a verb dates: the paragraph's sentences before it ("... — Ada Brook, 3 May 2017").

    The sentence itself at the head of a report; None where nothing stands before it that tells something.
    """
    last = report.sentences[number]
    first = next((k for k in range(number - 1, -1, -1) if _acts(report, k)), None)
    if first is None:
        return last.span
    told = Span(report.id, report.sentences[first].span.start, last.span.end)
    return told if report.sentences[first].paragraph == last.paragraph and len(told) <= _LONGEST else None


_SIGNED = re.compile(r"\(@\w{1,30}\)\s*$")
"""What stands before the stamp of a post."""
_SMALL = ("AUX", "PRON", "DET", "ADP", "PUNCT", "ADV")
_HOURS = re.compile(r"(?i)\b(?:hours?|minutes?) (?:later|earlier|after|before)$")


def _leaves(report: Annotated, sentence: Span, mention: TimeMention) -> bool:
    """Whether an expression leaves the day to the others of its sentence.

    The stamp of a post that names another day, and "ten minutes earlier" where a date is told as well.
    """
    before = report.report.text[max(sentence.start, mention.span.start - _NEAR) : mention.span.start]
    return bool(_SIGNED.search(before) or _HOURS.search(report.quote(mention.span)))


def _acted(report: Annotated, clause: Span, clauses: Sequence[Clause], times: Sequence[Span]) -> Span:
    """The clause, or, where nothing is done in it, the stretch that tells what is.

    "On 3 May, after a storm," goes on with the clause behind it; "the mayor on Friday" is told from where its
    sentence begins. A clause of nothing but a day ("it was Friday") goes with the one before it.
    """
    number = next((one.sentence for one in clauses if one.span == clause), len(report.words))
    words = [w for w in report.words[number] if clause.holds(w.span)] if number < len(report.words) else []
    others = sorted(one.span for one in clauses)
    if words and not any(w.pos in ("VERB", "AUX") for w in words):
        after = next((other for other in others if other.start >= clause.end), None)
        if words[0].pos == "ADP" and after is not None:
            return clause.join(after)
        return telling(report, clause, number) or clause
    if all(w.pos in _SMALL or any(time.overlap(w.span) for time in times) for w in words):
        before = next((other for other in reversed(others) if other.end <= clause.start), clause)
        return before.join(clause)
    return clause


def _told_by_itself(report: Annotated, clause: Span, number: int) -> bool:
    """Whether a clause that hangs on another has a subject and a verb of its own."""
    return complete(report, clause, number) > 0


def _day_before(report: Annotated) -> tuple[str, ...]:
    """The day before the publication: what news of a day tells as "a day after the strike", the strike lay before."""
    found = report.report.published
    try:
        published = date.fromisoformat(found.value[:10]) if found else None
        return ((published - timedelta(days=1)).isoformat(),) if published else ()
    except (ValueError, OverflowError):
        return ()


def _around(report: Annotated, span: Span, mention: Span) -> Span:
    """The part of a long statement around an expression, cut at blanks."""
    text = report.report.text
    start = max(span.start, mention.start - _LONGEST // 2)
    end = min(span.end, max(mention.end, mention.start + _LONGEST // 2))
    if start > span.start:
        blank = text.find(" ", start, mention.start)
        start = blank + 1 if blank >= 0 else start
    if end < span.end:
        blank = text.rfind(" ", mention.end, end)
        end = blank if blank >= 0 else end
    return trim(Span(report.id, start, end), text)
