"""An archive of invented reports, of any size, whose stories and copies are known: what `bench/corpus.py` runs on.

    python bench/archive.py DIR --reports 10000 [--seed 1] [--parquet] [--workers 2] [--families 24]

Writes DIR/reports/part-00000.jsonl (or .parquet) and so on, each of 5,000 reports in no order,
DIR/truth/part-00000.jsonl, one row a report in the same order, and DIR/archive.json, written last. A part depends on
the seed and its number alone, so a small archive is the beginning of a large one, and every size spans the same two
years: a larger one is denser.

What a report is made of stands in `stock.py`; the words between come from the package's own count of news words, drawn
as often as news uses them. What is generated, and how often:

- **Stories.** Half of the reports stand alone (a story of their own, a piece without an event, a routine page, a
  digest). The others stand in stories of 2 to 600 reports with a heavy tail (an exponent of 2.2). A story has a kind
  (20), a place, two to six people, three bodies and a few words that it keeps coming back to. 18 % of stories belong
  to one of 1,500 long affairs, which have the same people, place, bodies and words for two years and paragraphs that
  newsrooms carry along.
- **Names.** 200,000 people, 10,000 places and 30,000 bodies, a few of them in thousands of stories and most in one or
  two.
- **Follow-ups.** From four reports on, half of the stories have one to six later turns, days to weeks apart, with
  facts of their own and some of the earlier ones.
- **Origins.** Reports that nobody copied tell the story in wordings of their own: the lead turned otherwise, facts in
  another order and another voice, other words of the same group, figures and names the same; half carry a public
  statement.
- **Copies.** 55 % of the reports of a turn that an agency wrote of are copies, of the agency (70 %) or of another
  copy. A copy is cut from the end (55 %), loses single sentences (8 % each), has words changed (none in 35 %, some in
  40 %, a tenth of all in 25 %), is told anew in a third of its sentences (12 %), gets sentences of its own (45 %), a
  headline of its own (60 %).
- **Single sentences.** 12 % of the other reports in a story hold one sentence word for word of another report of it,
  1.5 % of those alone one of an unrelated report; a digest (.5 %) has four of four stories.
- **The page's own.** Footers by outlet or owner, phrases that all newsrooms use, routine pages that differ in figures
  only.
- **Dates.** To the minute or the day; 3 % are missing, 2 % some days late. Lengths are 80 to 900 words, the middle at
  300.
- **Families.** The first part also holds a few families of `simulator.py`, whose tree is known in full.

Truth, by report: `story`; `turn` (counted from 0 inside the story); `affair` or null; `how`: own, copy, alone,
routine, digest or family; `origin`: the text that its own goes back to, a report's id or a name for one that is lost;
`parent`: the text that it was written from, or null; `sentences`: numbers of those sentences that another report holds
too because one was copied from the other (touched words or not); `planted`: single sentences, each with the report it
was taken from and the places in both texts; `common`: public statements, phrases and carried paragraphs, by numbers
below 0 (footers and the figures of routine pages are in no list).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import casts
import stock
from casts import PLACES, Cast, Fact, Group, Outlet, Slots

PART = 5_000
VERSION = 2
START = datetime(2029, 1, 1)  # noqa: DTZ001  # invented times have no zone
DAYS = 730
AFFAIRS = 1_500
OUTLETS = 2_000
ALONE = 0.5
LARGEST = 600

Row = dict[str, Any]

__all__ = ["PART", "copies", "main", "part", "planted", "summary", "truth", "write"]


@dataclass(slots=True)
class Line:
    """A sentence of a text: its number (below 0: everybody's), its words, and the fact that it tells, if any."""

    number: int
    text: str
    fact: Fact | None = None


@dataclass(slots=True)
class Text:
    """A text, printed or lost."""

    id: str
    lines: list[Line]
    title: str
    outlet: int
    when: datetime
    story: str
    turn: int
    affair: str | None
    how: str
    origin: str
    parent: str | None = None
    agency: str | None = None
    credit: str = ""
    planted: list[tuple[str, str]] = field(default_factory=list)


class _Maker:
    """One part of the archive, and the dice that make it."""

    def __init__(self, seed: int, number: int, size: int, families: int) -> None:
        self._seed, self._number, self._size, self._families = seed, number, size, families
        self._dice = random.Random(f"archive-{VERSION}-{seed}-{number}")  # noqa: S311  # nothing secret
        self._texts: list[Text] = []
        self._lost = self._stories = self._line = self._ids = 0
        self._copied: set[int] = set()
        self._outlets: dict[int, Outlet] = {}

    def _fact(self, made: Slots, name: str) -> Fact:
        many = casts.patterns(name)
        pattern = many[int(self._dice.random() * len(many))]
        return Fact(pattern, made.values(pattern))

    def _new(self, text: str, fact: Fact | None = None) -> Line:
        self._line += 1
        return Line(self._number * 1_000_000 + self._line, text, fact)

    def _said(self, fact: Fact, voice: int) -> Line:
        """A fact as an origin tells it: the first three origins never in one wording."""
        return self._new(fact.say(voice, voice // 3) + ".", fact)

    def _colour(self, made: Slots) -> Line:
        """A sentence that no other text has."""
        roll = self._dice.random()
        if roll < 0.008:
            number = int(self._dice.random() * len(stock.PHRASES))
            return Line(-1 - number, stock.PHRASES[number] + ".")
        fact = self._fact(made, "COLOUR" if roll < 0.8 else "QUOTES")
        said = fact.say(0, self._dice.getrandbits(4))
        return self._new(said + ("" if said.endswith('"') else "."))

    # ------------------------------------------------------------ texts

    def _id(self) -> str:
        self._ids += 1
        return hashlib.blake2b(f"{self._seed}:{self._number}:{self._ids}".encode(), digest_size=7).hexdigest()

    def _length(self) -> int:
        """How many words a report shall have."""
        return max(90, min(880, int(self._dice.lognormvariate(5.7, 0.55))))

    def _outlet(self) -> int:
        return int(OUTLETS * self._dice.random() ** 2)

    def _filled(self, lines: list[Line], words: int, made: Slots) -> list[Line]:
        """The lines and colour between them, up to so many words."""
        have = sum(line.text.count(" ") + 1 for line in lines)
        rest: list[Line] = []
        while have < words:
            line = self._colour(made)
            have += line.text.count(" ") + 1
            rest.append(line)
        mixed = lines[1:] + rest
        self._dice.shuffle(mixed)
        return [*lines[:1], *mixed]

    def _retold(self, line: Line, made: Slots) -> Line:
        """A sentence told anew: the same fact in other words where it has other words."""
        if line.fact is None:
            return self._colour(made)
        return self._new(line.fact.say(self._dice.getrandbits(4), self._dice.getrandbits(4)) + ".", line.fact)

    def _touched(self, text: str) -> str:
        """A sentence in which an editor changed about a tenth of the words."""
        words = text.split(" ")
        held = casts.swaps()
        roll = self._dice.random
        for _ in range(1 + len(words) // 5):
            at = int(roll() * len(words))
            if other := held.get(words[at]):
                words[at] = other[int(roll() * len(other))]
        return " ".join(words)

    def _copy(self, parent: Text, made: Slots) -> list[Line]:
        """The lines of a copy of this text."""
        dice, roll = self._dice, self._dice.random
        lines = parent.lines
        if roll() < 0.55:
            lines = lines[: max(5, int(len(lines) * (0.35 + 0.55 * roll())))]
        lines = [line for at, line in enumerate(lines) if at < 2 or roll() > 0.08]
        if roll() < 0.25 and len(lines) > 3:
            at = 1 + int(roll() * (len(lines) - 1))
            lines.insert(1 + int(roll() * (len(lines) - 1)), lines.pop(at))
        self._copied.update(line.number for line in lines)
        edit = roll()
        if edit > 0.35:
            some = 0.3 if edit < 0.75 else 1.0
            lines = [Line(o.number, self._touched(o.text), o.fact) if roll() < some else o for o in lines]
        if roll() < 0.12:
            lines = [self._retold(line, made) if roll() < 0.33 else line for line in lines]
        own = dice.randint(1, 4) if roll() < 0.45 else 0
        while own > 0 or sum(line.text.count(" ") + 1 for line in lines) < 90:
            lines.insert(1 + int(roll() * len(lines)), self._colour(made))
            own -= 1
        return lines

    # ------------------------------------------------------------ stories

    def _affair(self) -> tuple[str | None, Cast, list[Line]]:
        """A cast: of a long affair, with the paragraphs that are carried along, or of this story alone."""
        if self._dice.random() >= 0.18:
            return None, casts.cast(self._dice), []
        number = int(AFFAIRS * self._dice.random() ** 2)
        old = _affair(self._seed, number)
        cast, long = casts.cast(self._dice), old[0]
        cast.place = long.place
        if self._dice.random() < 0.6:
            cast.kind = long.kind
        cast.people.insert(1, long.people[int(len(long.people) * self._dice.random())])
        cast.people.insert(int(2 * self._dice.random()), long.people[0])
        cast.bodies[2] = long.bodies[int(3 * self._dice.random())]
        cast.words = {name: [*words[:5], *long.words[name][:2]] for name, words in cast.words.items()}
        return f"affair-{number}", cast, [Line(-1_000 - 10 * number - at, said) for at, said in enumerate(old[1])]

    def _story(self, size: int) -> None:
        """All reports of one event and of what came of it."""
        dice, roll = self._dice, self._dice.random
        affair, cast, carried = self._affair()
        self._stories += 1
        name = f"story-{self._number}-{self._stories}"
        turns = 1 + min(6, 1 + int(dice.expovariate(0.6)), size // 3) if size > 3 and roll() < 0.5 else 1
        shares = sorted((roll() ** 2 + 0.1 for _ in range(turns)), reverse=True)
        when = START + timedelta(days=roll() * DAYS)
        left, facts, kept = size, list[Fact](), dict[str, Group]()
        before: list[Fact] = []
        for turn in range(turns):
            count = (
                left
                if turn == turns - 1
                else max(1, min(left - (turns - 1 - turn), round(size * shares[turn] / sum(shares))))
            )
            left -= count
            made = Slots(dice, cast, stock.WEEKDAYS[when.weekday()])
            fixed = {
                s: made(s)
                for s in ("event", "hit", "how", "who", "did", "what", "n", "c", "org", "noun", "nouns", "adj", "ved")
            }
            fixed["person"] = kept.setdefault("person", (cast.people[0],))
            fixed["who"] = kept.setdefault("who", fixed["who"])

            def head(slot: str, fixed: dict[str, Group] = fixed, made: Slots = made) -> Group:
                return fixed[slot] if slot in fixed else made(slot)

            leads = [Fact(p, tuple([head(s[0]) for s in p.slots])) for p in casts.patterns("LEADS")]
            heads = [Fact(p, tuple([head(s[0]) for s in p.slots])) for p in casts.patterns("HEADS")]
            new = [self._fact(made, "FACTS") for _ in range(9 if turn == 0 else 6)]
            said = self._fact(made, "QUOTES").say(0, 0) + "."
            statement = Line(-1_000_000 * (self._number + 1) - len(self._texts), said)
            self._turn(
                _Turn(
                    name, turn, affair, cast, when, leads, heads, [*new, *facts[:3]], before, statement, carried, made
                ),
                count,
            )
            facts = new
            before = before or leads
            when += timedelta(days=min(60.0, 0.5 + dice.expovariate(0.25)))

    def _turn(self, of: _Turn, count: int) -> None:
        """The reports of one turn of a story."""
        dice, roll = self._dice, self._dice.random
        first = len(self._texts)
        roots: list[Text] = []
        voice = dice.getrandbits(8) * 3
        agencies = (1 + (count > 12 and roll() < 0.6)) if count > 1 and roll() < 0.8 else 0
        for _ in range(agencies):
            version: Text | None = None
            for number in range(1 + (count > 5 and roll() < 0.5)):
                text = self._origin(of, voice, max(220, self._length()), "agency")
                if version is not None:  # a later version adds near the top and keeps the rest
                    self._copied.update(line.number for line in version.lines)
                    text.lines = [*text.lines[:3], *version.lines[1:]]
                    text.origin, text.parent, text.how = version.origin, version.id, "copy"
                    text.agency = version.agency
                text.when = of.when + timedelta(hours=4 * number + roll())
                roots.append(text)
                version = text
                if roll() < 0.55 and count > len(self._texts) - first + 1:
                    self._texts.append(text)
                else:
                    self._lost += 1
                    text.id = f"lost-{self._number}-{self._lost}"
                    if number == 0:
                        text.origin = text.id
            voice += 1
        pool = list(roots)
        while len(self._texts) - first < count:
            if pool and roll() < (0.6 if roots else 0.12):
                parent = dice.choice(roots if roots and roll() < 0.7 else pool)
                text = Text(
                    self._id(), self._copy(parent, of.made), parent.title, self._outlet(),
                    parent.when + timedelta(hours=0.2 + dice.expovariate(0.2)), of.story, of.turn, of.affair,
                    "copy", parent.origin, parent.id, parent.agency,
                )  # fmt: skip
                if roll() < 0.6:
                    text.title = self._headline(of)
                if parent.agency is not None and roll() < 0.65:
                    text.credit = parent.agency
            else:
                text = self._origin(of, voice, self._length(), "own" if count > 1 or of.turn else "alone")
                voice += 1
                others = self._texts[first:]
                if others and roll() < 0.12:
                    self._plant(text, dice.choice(others))
            pool.append(text)
            self._texts.append(text)

    def _headline(self, of: _Turn) -> str:
        return of.heads[int(self._dice.random() * len(of.heads))].say(
            self._dice.getrandbits(3), self._dice.getrandbits(3)
        )

    def _origin(self, of: _Turn, voice: int, words: int, how: str) -> Text:
        """A text that takes from no other: the lead, some of the facts, and what nobody else tells."""
        dice, roll = self._dice, self._dice.random
        made = of.made.angle() if how != "alone" else of.made
        if how == "alone" and roll() < 0.4:  # a piece without an event
            lines, title = [self._colour(made)], self._fact(made, "COLOUR").say(0, voice)
        else:
            leads = dice.sample(of.leads, 1 + (roll() < 0.5))
            lines, title = [self._said(lead, voice) for lead in leads], self._headline(of)
            room = max(1, int(words / 40))
            told = dice.randint(1, 3) if roll() < 0.3 else dice.randint(4, 9)  # a third are about something beside it
            lines += [self._said(f, voice) for f in dice.sample(of.facts, min(len(of.facts), room, told))]
            if of.before and roll() < 0.8:  # a later turn recalls how it began
                lines += [self._said(f, voice) for f in dice.sample(of.before, 1 + (roll() < 0.5))]
            if roll() < 0.5:
                lines.append(of.statement)
        if of.carried and roll() < 0.4:
            lines += dice.sample(of.carried, 1 + (roll() < 0.3))
        lines = self._filled(lines, words, made)
        agency = stock.CREDITS[int(roll() ** 2 * len(stock.CREDITS))] if how == "agency" else None
        name = self._id()
        when = of.when + timedelta(hours=dice.expovariate(0.12))
        return Text(
            name,
            lines,
            title,
            self._outlet(),
            when,
            of.story,
            of.turn,
            of.affair,
            "own" if agency else how,
            name,
            agency=agency,
        )

    def _plant(self, text: Text, source: Text) -> None:
        """One sentence of another text, word for word, at some place of this one."""
        long = [line for line in source.lines if line.number > 0 and line.text.count(" ") >= 10]
        if not long:
            return
        line = self._dice.choice(long)
        self._copied.add(line.number)
        text.lines.insert(1 + int(self._dice.random() * len(text.lines)), Line(line.number, line.text))
        text.planted.append((source.id, line.text))
        text.when = max(text.when, source.when + timedelta(minutes=20))

    def _aside(self, how: str) -> None:
        """A report that tells no event of its own: a routine page or a digest."""
        dice = self._dice
        self._stories += 1
        name = self._id()
        outlet = self._outlet()
        when = START + timedelta(days=dice.random() * DAYS)
        cast = casts.cast(dice)
        text = Text(name, [], "", outlet, when, f"story-{self._number}-{self._stories}", 0, None, how, name)
        if how == "routine":
            cast.place = outlet * 13 % PLACES
            made = Slots(dice, cast, stock.WEEKDAYS[when.weekday()])
            own = random.Random(f"{self._seed}-routine-{outlet}")  # noqa: S311  # nothing secret
            some = own.sample(stock.ROUTINES, 4)
            text.lines = [Line(0, casts.fill(p, made) + ".") for p in some]
            text.title = f"{casts.place(cast.place)} on {stock.WEEKDAYS[when.weekday()]}"
        else:
            made = Slots(dice, cast)
            text.title = f"News in brief from {casts.region(cast.place)}"
            for source in dice.sample(self._texts, 4):
                if source.how not in {"routine", "digest"}:
                    self._plant(text, source)
        text.lines = self._filled(text.lines, 90, made)
        text.when = when if how == "routine" else text.when
        self._texts.append(text)

    def make(self) -> tuple[list[Row], list[Row]]:
        """The reports of this part and the truth about each, in the same order."""
        dice, roll = self._dice, self._dice.random
        rows, known = _families(self._seed, self._families) if self._families else ([], [])
        wanted = self._size - len(rows)
        alone = int(ALONE * wanted)
        low, high = 2**-1.2, LARGEST**-1.2
        while len(self._texts) < wanted - alone:
            size = int((low - roll() * (low - high)) ** (-1 / 1.2))
            self._story(min(size, max(1, wanted - alone - len(self._texts))))
        while len(self._texts) < wanted:
            aside = roll()
            if aside < 0.04:
                self._aside("routine" if aside < 0.03 else "digest")
                continue
            self._story(1)
            if roll() < 0.03:
                self._plant(self._texts[-1], self._texts[int(roll() * (len(self._texts) - 1))])
        texts = self._texts
        dice.shuffle(texts)
        bodies = {t.id: self._printed(t) for t in texts}
        held = Counter(number for t in texts for number in {o.number for o in t.lines})
        self._copied = {number for number in self._copied if number > 0 and held[number] > 1}
        for text in texts:
            outlet = self._outlets[text.outlet]
            rows.append(self._row(text, outlet, bodies[text.id]))
            known.append(self._truth(text, bodies))
        return rows, known

    # ------------------------------------------------------------ print

    def _printed(self, text: Text) -> str:
        """The text as the outlet prints it."""
        roll = self._dice.random
        outlet = self._outlets.get(text.outlet) or self._outlets.setdefault(
            text.outlet, Outlet(self._seed, text.outlet)
        )
        pieces: list[str] = []
        if outlet.dateline and text.how in {"own", "copy"}:
            source = text.credit or text.agency or ""
            pieces.append(f"{casts.place(text.outlet * 13 % PLACES).upper()}{f' ({source})' if source else ''} - ")
        elif text.credit:
            pieces.append(f"By {text.credit}\n")
        for at, line in enumerate(text.lines):
            pieces += (line.text, "\n" if at == 0 or roll() < 0.55 else " ")
        body = "".join(pieces).rstrip()
        if outlet.curly and '"' in body:
            body = re.sub(r'"([^"\n]*)"', "“\\1”", body)
        if roll() < outlet.footed:
            body += "\n" + "\n".join(outlet.footers)
        return body

    def _row(self, text: Text, outlet: Outlet, body: str) -> Row:
        """The report as a line of input."""
        roll = self._dice.random
        when = text.when
        slug = re.sub(r"[^a-z0-9]+", "-", text.title.lower())[:60].strip("-")
        out = {
            "id": text.id,
            "outlet": text.agency if text.agency and text.how == "own" else outlet.name,
            "url": f"https://{outlet.host}/{when:%Y/%m/%d}/{slug}-{text.id[:6]}",
            "title": text.title,
        }
        dated = roll()
        if dated > 0.03:
            shown = when + timedelta(days=self._dice.expovariate(0.1)) if dated > 0.98 else when
            out["published"] = f"{shown:%Y-%m-%d}" if outlet.to_day else f"{shown:%Y-%m-%dT%H:%M:00}"
        out["text"] = body
        return out

    def _truth(self, text: Text, bodies: dict[str, str]) -> Row:
        """What is known of a report."""
        planted: list[Row] = []
        for source, said in text.planted:
            here, there = (bodies.get(name, "") for name in (text.id, source))
            ours, theirs = (_find(body, said) for body in (here, there))
            if ours and theirs:
                planted.append(
                    {"from": source, "start": ours[0], "end": ours[1], "from_start": theirs[0], "from_end": theirs[1]}
                )
        return {
            "id": text.id,
            "story": text.story,
            "turn": text.turn,
            "affair": text.affair,
            "how": text.how,
            "origin": text.origin,
            "parent": text.parent,
            "sentences": [o.number for o in text.lines if o.number in self._copied],
            "common": [o.number for o in text.lines if o.number < 0],
            "planted": planted,
        }


@dataclass(slots=True)
class _Turn:
    """What is known of one turn of a story when its reports are written."""

    story: str
    turn: int
    affair: str | None
    cast: Cast
    when: datetime
    leads: list[Fact]
    heads: list[Fact]
    facts: list[Fact]
    before: list[Fact]
    statement: Line
    carried: list[Line]
    made: Slots


@cache
def _affair(seed: int, number: int) -> tuple[Cast, tuple[str, ...]]:
    """The cast of a long affair, and the paragraphs that its reports carry."""
    dice = random.Random(f"{seed}-affair-{number}")  # noqa: S311  # nothing secret
    cast = casts.cast(dice)
    made = Slots(dice, cast)
    return cast, tuple(casts.fill(p, made) + "." for p in stock.BACKGROUND)


def _find(body: str, said: str) -> tuple[int, int] | None:
    """Where a sentence stands in a printed text, whatever its quotation marks."""
    plain = body.replace("“", '"').replace("”", '"')
    at = plain.find(said)
    return (at, at + len(said)) if at >= 0 else None


def _families(seed: int, count: int) -> tuple[list[Row], list[Row]]:
    """Families of the simulator as stories, moved into the archive's two years."""
    from simulator import family

    rows: list[Row] = []
    known: list[Row] = []
    for number in range(count):
        made = family(500_000 + 1_000 * seed + number)
        dice = random.Random(f"{seed}-family-{number}")  # noqa: S311  # nothing secret
        first = min((r.published[:10] for r in made.reports if r.published), default="2031-01-01")
        shift = START + timedelta(days=dice.randrange(DAYS)) - datetime.fromisoformat(first)
        name = {
            r.id: hashlib.blake2b(f"{seed}:family:{number}:{r.id}".encode(), digest_size=7).hexdigest()
            for r in made.reports
        }
        for r in made.reports:
            row = {**r.row(dates=False), "id": name[r.id]}
            if r.published:
                when = datetime.fromisoformat(r.published) + shift
                row["published"] = f"{when:%Y-%m-%d}" if len(r.published) == len("2031-01-01") else when.isoformat()
            rows.append(row)
            group = next(at for at, many in enumerate(made.origins) if r.id in many)
            root = made.roots[group]
            parents = made.parents[r.id]
            known.append({
                "id": name[r.id], "story": f"family-{number}", "turn": 0, "affair": None, "how": "family",
                "origin": name[root] if root else f"lost-family-{number}-{group}",
                "parent": (name[parents[0]] if parents[0] else f"lost-family-{number}-{group}") if parents else None,
                "sentences": [10**14 + number * 100 + group] if len(made.origins[group]) > 1 else [],
                "common": [], "planted": [],
            })  # fmt: skip
    return rows, known


# ---------------------------------------------------------------- the archive


def part(seed: int, number: int, size: int = PART, families: int = 0) -> tuple[list[Row], list[Row]]:
    """Reports and truth of one part: the same each time."""
    return _Maker(seed, number, size, families if number == 0 else 0).make()


def _write(task: tuple[str, int, int, int, int, bool]) -> int:
    """Write one part; how many reports it holds. A part that is there already is left as it is."""
    folder, seed, number, size, families, parquet = task
    ending = "parquet" if parquet else "jsonl"
    out = Path(folder) / "reports" / f"part-{number:05}.{ending}"
    side = Path(folder) / "truth" / f"part-{number:05}.jsonl"
    if out.exists() and side.exists():
        return size
    rows, known = part(seed, number, size, families)
    _replace(side, "".join(json.dumps(row) + "\n" for row in known).encode())
    if parquet:
        import pyarrow as pa
        import pyarrow.parquet as pq

        names = ("id", "outlet", "url", "title", "published", "text")
        table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
        pq.write_table(table, out.with_suffix(".new"), compression="zstd")
        out.with_suffix(".new").rename(out)
    else:
        _replace(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    return len(rows)


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    path.with_suffix(".new").write_bytes(content)
    path.with_suffix(".new").rename(path)


def write(
    folder: Path, reports: int, *, seed: int = 1, families: int = 24, parquet: bool = False, workers: int = 2
) -> Row:
    """Write an archive and give back what `archive.json` says; a started one is finished, a finished one kept."""
    told = folder / "archive.json"
    options = {"version": VERSION, "reports": reports, "seed": seed, "families": families, "parquet": parquet}
    if told.exists():
        known: Row = json.loads(told.read_text(encoding="utf-8"))
        if {name: known.get(name) for name in options} == options:
            return known
        sys.exit(f"{folder} holds another archive: {known}")
    for name in ("reports", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    sizes = [min(PART, reports - at) for at in range(0, reports, PART)]
    tasks = [(str(folder), seed, number, size, families, parquet) for number, size in enumerate(sizes)]
    start = time.perf_counter()
    if workers > 1 and len(tasks) > 1:
        with ProcessPoolExecutor(workers) as pool:
            total = sum(pool.map(_write, tasks))
    else:
        total = sum(map(_write, tasks))
    seconds = time.perf_counter() - start
    out = {**options, "written": total, "seconds": round(seconds, 1)}
    _replace(told, json.dumps(out, indent=1).encode())
    return out


def truth(folder: Path) -> Iterator[Row]:
    """The truth of an archive, row by row."""
    for path in sorted((folder / "truth").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def copies(rows: Iterable[Row], most: int = 10_000) -> Iterator[tuple[str, str]]:
    """Pairs of reports that share a sentence because one was copied from the other or both from one text.

    Each pair once, smaller id first, sorted. `most` is a guard: a sentence in more reports than that is left out.
    """
    held: dict[int, list[str]] = {}
    for row in rows:
        for number in row["sentences"]:
            held.setdefault(number, []).append(row["id"])
    pairs: set[tuple[str, str]] = set()
    for many in held.values():
        some = sorted(set(many))
        if len(some) <= most:
            pairs.update((a, b) for at, a in enumerate(some) for b in some[at + 1 :])
    yield from sorted(pairs)


def planted(rows: Sequence[Row]) -> list[tuple[str, str, frozenset[str]]]:
    """Every planted sentence: the report, the one it was taken from, and all that hold it too."""
    held: dict[int, list[str]] = {}
    numbers: dict[str, set[int]] = {}
    for row in rows:
        numbers[row["id"]] = set(row["sentences"])
        for number in row["sentences"]:
            held.setdefault(number, []).append(row["id"])
    out: list[tuple[str, str, frozenset[str]]] = []
    for row in rows:
        for one in row["planted"]:
            both = numbers[row["id"]] & numbers.get(one["from"], set())
            holders = {name for number in both for name in held[number]} - {row["id"]}
            out.append((row["id"], one["from"], frozenset(holders | {one["from"]})))
    return out


def summary(rows: Sequence[Row]) -> str:
    """What an archive holds, in a few lines."""
    sizes = Counter(row["story"] for row in rows)
    how = Counter(row["how"] for row in rows)
    alone = sum(size == 1 for size in sizes.values())
    large = max(sizes.values())
    kinds_of = ", ".join(f"{name} {count}" for name, count in sorted(how.items()))
    planted = sum(len(row["planted"]) for row in rows)
    return (
        f"{len(rows)} reports, {len(sizes)} stories, {alone / len(rows):.0%} of reports alone, largest story {large};"
        f" {kinds_of}; {planted} planted sentences"
    )


def main() -> int:
    """Write an archive and say what it holds; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", type=int, default=24)
    parser.add_argument("--parquet", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    made = write(**vars(args))
    print(f"{made['written']} reports in {made['seconds']} s")
    print(summary(list(truth(args.folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
