"""Families of invented reports whose stemma is known: what `bench/stemma.py` examines.

`family(seed)` writes the reports of one event, 2 to 12 of them, and the truth: which were written
from the same copy, from which text each was written, and where the copy began. The pieces of
news are in `newswire.py`. Nothing here looks at the method; seeds below 1000 are there to be read
while one works on it, seeds from 1000 on are for figures alone.

What is generated, how often, and why:

- **Event.** One of 12 topics with its own places, people and figures. A report tells a lead (each origin in
  wordings of its own), up to 6 facts that every report may tell, in wordings that differ between
  origins, and facts that no other origin tells. Names and figures are the same in all of them.
- **Origins.** One (50 %), two (32 %) or three (18 %), and in 30 % a lone report that shares a statement
  of the prime minister with the others and no more; half of all texts carry that statement.
- **Where a copy began.** An agency's text among the reports (42 %), an agency's text that is not among
  them (33 %), an outlet's own report (25 %). An agency sends one version (45 %), two (38 %) or three
  (17 %): a later one adds 2 to 5 facts near the top, raises figures, touches a few words and seldom
  drops a sentence. Each version is missing from an agency that is there in 30 % (never all).
- **Who copies whom.** A copy is made from a version of the agency (70 %), the latest more often, or from
  another copy (30 %), never more than three steps from where the text began.
- **What a copy does.** It cuts from the end (55 %: as editors do with an inverted pyramid, 35 to 90 % stay),
  drops single sentences (each 8 %), moves sentences (25 %), merges two (25 %), splits one (20 %), changes
  words (none in 35 % of copies, some in 40 %, many in 25 %) or tells a third of its sentences anew (12 %;
  attributions turned round), swaps a label throughout (35 %), changes a figure (12 %), spells a name
  otherwise (12 %), adds 1 to 4 sentences of its own (45 %; as a block or scattered, quotes among them), and
  has a headline of its own (60 %).
- **Two parents** (14 % of copies where there is such a text): 2 to 4 sentences are taken from a second text,
  of another origin or of the same, on matter that the first lacks and that nobody told before the second.
- **Dates.** To the minute (55 % of families) or the day (45 %). A copy follows after some ten minutes to some
  hours, a version after some hours. 8 % of dates are missing, 4 % are a few days wrong, and in 12 % of
  families a quarter of the dates are those of a download, days to weeks late.
- **Credits.** A copy of an agency names it (65 %), names nobody (27 %), another agency (5 %) or "Agencies"
  (3 %); a copy of an outlet keeps what its parent names, and names the outlet in 40 %.

What nobody could know is not asked: a text that is not among the reports counts as a root only where two
reports or more were written from it, or the one that was credits it; else the report itself is the root. Between
versions that are missing, the nearest text above that is among the reports is the parent.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newswire import GENERAL, QUOTES, SHARED, STATEMENTS, TOPICS, Topic

__all__ = ["Family", "Told", "family"]

_FIRST = (
    "Anka", "Bero", "Celim", "Dorte", "Emlen", "Fadil", "Gerda", "Hamo", "Ilse", "Jaro", "Kalle", "Lenka", "Mirko",
    "Nadja", "Olin", "Petra", "Radek", "Sanna", "Tibor", "Ulla", "Vesna", "Wim", "Yara", "Zoran",
)  # fmt: skip
_LAST = (
    "Abrel", "Borszak", "Caldun", "Dremov", "Estad", "Farkin", "Golmund", "Hesper", "Imrek", "Jastrow",
    "Kervan", "Lomsa", "Mardik", "Noskov", "Orlen", "Pavlin", "Quist", "Renholm", "Sobrek", "Tamsin",
    "Ulvar", "Vantor", "Weskin", "Zelnik",
)  # fmt: skip
_ONSETS = (
    "Bar", "Cor", "Dal", "El", "Fen", "Gor", "Hal", "Is", "Kal", "Lor", "Mar", "Nes", "Or", "Pel",
    "Ras", "Sol", "Tar", "Ur", "Vel", "Zar",
)  # fmt: skip
_ENDS = (
    "bruck", "dan", "enz", "ford", "gard", "holm", "inka", "jevo", "kesh", "lund", "mund",
    "nau", "ova", "pol", "rik", "stad", "tun", "vik",
)  # fmt: skip
_PAPERS = ("Ledger", "Herald", "Courier", "Tribune", "Gazette", "Post", "Mirror", "Echo", "Standard", "Observer")
_AGENCIES = ("Northwire", "Coastwire", "Tidewire", "Meridian News Agency", "Altan Press Agency", "Corda News Service")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "October", "November", "December")
_SOURCES = (
    "police", "officials", "the fire service", "the town hall", "the governor's office", "witnesses",
    "state television", "a hospital director", "the interior ministry", "a rescue coordinator", "the coastguard",
    "residents", "a spokeswoman", "the health department", "two diplomats", "the district council",
)  # fmt: skip
_CUES = ("said", "reported", "told reporters")
_SWAPS = {
    "said": ("stated", "noted"), "about": ("around",), "began": ("started",), "near": ("close to",), "while": ("as",),
    "shut": ("closed",), "people": ("persons",), "told": ("informed",), "without": ("with no",), "last": ("past",),
}  # fmt: skip
_CHOICE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class _Fact:
    """A piece of news with its wordings; slots are filled, choices are open."""

    forms: tuple[str, ...]
    named: tuple[bool, ...]
    source: str
    key: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of some text: the fact, how it is worded, and what editors did to it since."""

    fact: _Fact
    form: int
    choices: tuple[int, ...]
    cue: str
    front: bool = False
    split: bool = False
    swapped: tuple[tuple[str, str], ...] = ()
    merged: _Sentence | None = None

    def text(self) -> str:
        """The sentence as printed, with its full stop."""
        if self.merged is not None:
            first, second = replace(self, merged=None).text(), self.merged.text()
            if first.endswith('"') or second.startswith('"'):
                return f"{first} {second}"
            named = self.merged.fact.named[self.merged.form] and not self.merged.front
            return f"{first[:-1]}, and {second if named else second[0].lower() + second[1:]}"
        core = self.fact.forms[self.form]
        picks = iter(self.choices)
        core = _CHOICE.sub(lambda m: m[1].split("|")[next(picks)], core)
        core = re.sub(r"\^(\w+)\^", r". That was \1" if self.split else r"\1", core).replace(" .", ".")
        if core.endswith("@"):
            core = core[:-1]
            who = self.fact.source
            if self.front and not self.split:
                core = core if self.fact.named[self.form] else core[0].lower() + core[1:]
                core = f"{who[0].upper()}{who[1:]} {self.cue} that {core}"
            else:
                core = f"{core}, {who} {self.cue}"
        for old, new in self.swapped:
            core = re.sub(rf"\b{re.escape(old)}\b", new, core)
            core = re.sub(rf"\b{re.escape(old.capitalize())}\b", new.capitalize(), core)
        return core[0].upper() + core[1:] + ("" if core.endswith(".") else ".")


@dataclass(frozen=True, slots=True)
class _Text:
    """One text, printed or lost: its sentences, how it came to be and where it stands in the tree."""

    id: str
    outlet: str
    headline: str
    body: tuple[_Sentence, ...]
    when: datetime
    parents: tuple[str, ...]
    origin: int
    depth: int
    agency: str | None
    credit: str = ""
    heard: str = ""
    byline: str = ""
    hidden: bool = False

    @property
    def known(self) -> bool:
        """Whether the text is among the reports."""
        return not self.hidden


@dataclass(frozen=True, slots=True)
class Told:
    """A report as the program is given it; `published` is None where the date is missing."""

    id: str
    outlet: str
    title: str
    published: str | None
    text: str

    def row(self, dates: bool = True) -> dict[str, str]:
        """The report as a line of input, with or without its date."""
        out = {"id": self.id, "outlet": self.outlet, "title": self.title, "text": self.text}
        out["url"] = f"https://{re.sub('[^a-z]', '', self.outlet.lower())}.example/{self.id}"
        if dates and self.published is not None:
            out["published"] = self.published
        return out


@dataclass(frozen=True, slots=True)
class Family:
    """The reports of one event, in no order, and the truth about them.

    `origins` are the partition; `roots` holds for each of them the report that its text began with,
    or None for a text that is not among the reports. `parents` holds for each report the texts it
    was written from, the main one first (None: a text that is not among the reports); an empty tuple
    for a report that was written from no other.
    """

    seed: int
    reports: tuple[Told, ...]
    origins: tuple[tuple[str, ...], ...]
    roots: tuple[str | None, ...]
    parents: dict[str, tuple[str | None, ...]] = field(default_factory=dict)


def family(seed: int) -> Family:
    """The family of this seed: the same reports and the same truth each time."""
    return _Maker(seed).make()


class _Maker:
    """Everything about one event, and the dice that make it."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice = random.Random(f"stemma-{seed}")  # noqa: S311  # nothing secret
        self._size = self._dice.randint(2, 12)
        dice = self._dice
        self._topic: Topic = dice.choice(TOPICS)
        self._names: list[str] = []
        self._place, self._region, *self._towns = self._places(7)
        self._day = dice.choice(_DAYS)
        self._minister = self._person()
        self._matter = [(text,) for text in self._topic.facts]
        self._colour = [(text,) for text in (*GENERAL, *QUOTES)]
        dice.shuffle(self._matter)
        dice.shuffle(self._colour)
        self._key = 0
        self._same = {slot: self._value(slot) for slot in ("n", "k", "c")}
        self._lead = self._fact(self._topic.lead, fixed=True)
        self._shared = [self._fact(forms) for forms in dice.sample(SHARED, 6)]
        self._statement = self._fact((dice.choice(STATEMENTS),))
        self._texts: list[_Text] = []
        self._tops: set[str] = set()
        self._outlets = self._papers()
        self._start = datetime(2031, dice.randint(1, 12), dice.randint(1, 28), dice.randint(4, 16), dice.randint(0, 59))  # noqa: DTZ001

    # ------------------------------------------------------------ names, figures, facts

    def _places(self, count: int) -> list[str]:
        """Different names of places."""
        every = [a + b for a in _ONSETS for b in _ENDS]
        return self._dice.sample(every, count)

    def _papers(self) -> list[str]:
        """Different names of outlets; more than a family can need."""
        every = [f"{town} {paper}" for town in self._places(8) for paper in _PAPERS]
        return [("The " if self._dice.random() < 0.6 else "") + name for name in self._dice.sample(every, 30)]

    def _person(self) -> str:
        """A name that nobody of the family bears yet."""
        while True:
            name = f"{self._dice.choice(_FIRST)} {self._dice.choice(_LAST)}"
            if name.split()[1] not in {known.split()[1] for known in self._names} or len(self._names) > 15:
                self._names.append(name)
                return name

    def _value(self, slot: str) -> str:
        """What fills a slot."""
        dice = self._dice
        match slot:
            case "n":
                return str(dice.randint(11, 69))
            case "k":
                return str(dice.randint(3, 9))
            case "c":
                return str(dice.randint(80, 940))
            case "h":
                return f"{dice.randint(2, 11)} {dice.choice(('a.m.', 'p.m.'))}"
            case "p":
                return self._person()
            case "town":
                return dice.choice(self._towns)
            case "month":
                return dice.choice(_MONTHS)
            case "cent":
                return f"{dice.randint(12, 18)}th"
            case "day":
                return dice.choice(_DAYS)
            case _:
                return {"place": self._place, "region": self._region, "pm": self._minister}[slot]

    def _fact(self, forms: tuple[str, ...], fixed: bool = False) -> _Fact:
        """A fact with its slots filled, the same in all wordings."""
        known: dict[str, str] = dict(self._same, day=self._day) if fixed else {}

        def fill(match: re.Match[str]) -> str:
            return known.setdefault(match[1], self._value(match[1]))

        self._key += 1
        return _Fact(
            tuple(re.sub(r"\{(\w+)\}", fill, form) for form in forms),
            tuple(form.startswith(("{", '"')) for form in forms),
            self._dice.choice(_SOURCES),
            self._key,
        )

    def _say(self, fact: _Fact, form: int) -> _Sentence:
        """A fact in one of its wordings."""
        form %= len(fact.forms)
        picks = tuple(self._dice.randrange(len(m[1].split("|"))) for m in _CHOICE.finditer(fact.forms[form]))
        return _Sentence(fact, form, picks, self._dice.choice(_CUES), self._dice.random() < 0.3)

    def _new(self, count: int, matter: float = 0.4) -> list[_Sentence]:
        """Sentences on facts that no text of the family tells yet."""
        out: list[_Sentence] = []
        for _ in range(count):
            pile = self._matter if self._matter and self._dice.random() < matter else self._colour
            if not pile:
                break
            out.append(self._say(self._fact(pile.pop()), 0))
        return out

    # ------------------------------------------------------------ texts

    def _headline(self) -> str:
        """A headline of the topic, with its figures."""
        known = {"place": self._place, "region": self._region, **self._same}
        tail = self._dice.choice(
            ("", "", f", {self._dice.choice(_SOURCES)} say", f" on {self._day}", ": what we know", " - live")
        )
        return self._dice.choice(self._topic.headline).format(**known) + tail

    def _original(self, origin: int, count: int, *, statement: bool) -> tuple[_Sentence, ...]:
        """The sentences of a text that takes from no other."""
        dice = self._dice
        shared = [self._say(fact, origin) for fact in dice.sample(self._shared, dice.randint(2, min(5, count // 2)))]
        rest = shared + self._new(max(1, count - 1 - len(shared)))
        dice.shuffle(rest)
        if statement:
            rest.insert(dice.randint(1, len(rest)), self._say(self._statement, 0))
        return (self._say(self._lead, origin), *rest)

    def _name(self) -> str:
        """An id that tells nothing."""
        while True:
            name = "".join(self._dice.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(5))
            if all(text.id != name for text in self._texts):
                return name

    def _version(self, before: _Text, hidden: bool) -> _Text:
        """The next version of an agency's copy: adds, brings figures up to date, seldom drops."""
        dice = self._dice
        body = list(before.body)
        body = [self._touched(s, 0.08) for s in body]
        if dice.random() < 0.7:
            body[0] = self._raised(body[0])
        if dice.random() < 0.35 and len(body) > 5:
            body.pop(dice.randrange(3, len(body)))
        for sentence in self._new(dice.randint(2, 5)):
            body.insert(min(len(body), 1 + int(dice.expovariate(0.35))), sentence)
        when = before.when + timedelta(minutes=dice.randint(60, 420))
        headline = before.headline if dice.random() < 0.4 else self._headline()
        return replace(
            before,
            id=self._name(), headline=headline, body=tuple(body), when=when,
            parents=(before.id,), depth=before.depth, hidden=hidden,
        )  # fmt: skip

    def _raised(self, sentence: _Sentence) -> _Sentence:
        """The sentence with its first figure raised, as tolls are."""
        found = re.search(r"\b\d{1,3}\b", sentence.fact.forms[sentence.form])
        if found is None:
            return sentence
        more = str(int(found[0]) + self._dice.randint(1, 9))
        return replace(sentence, swapped=(*sentence.swapped, (found[0], more)))

    def _touched(self, sentence: _Sentence, chance: float) -> _Sentence:
        """The sentence with some of its words changed: open choices, the cue, common synonyms."""
        dice = self._dice
        if sentence.merged is not None:
            sentence = replace(sentence, merged=self._touched(sentence.merged, chance))
        quote = sentence.fact.forms[sentence.form].startswith('"')
        picks = list(sentence.choices)
        for at, match in enumerate(_CHOICE.finditer(sentence.fact.forms[sentence.form])):
            if dice.random() < chance:
                picks[at] = dice.randrange(len(match[1].split("|")))
        swapped = list(sentence.swapped)
        if not quote:
            for old, new in _SWAPS.items():
                if re.search(rf"\b{old}\b", sentence.text()) and dice.random() < chance * 0.6:
                    swapped.append((old, dice.choice(new)))
        cue = dice.choice(_CUES) if dice.random() < chance else sentence.cue
        return replace(sentence, choices=tuple(picks), swapped=tuple(swapped), cue=cue)

    def _copied(self, body: tuple[_Sentence, ...]) -> list[_Sentence]:
        """What an outlet makes of a text, without what it adds."""
        dice = self._dice
        out = list(body)
        if dice.random() < 0.55 and len(out) > 4:
            out = out[: max(3, round(len(out) * dice.uniform(0.35, 0.9)))]
        out = [s for at, s in enumerate(out) if at == 0 or dice.random() > 0.08]
        words = dice.choices((0.0, 0.15, 0.45), (0.35, 0.40, 0.25))[0]
        out = [self._touched(s, words) for s in out]
        if dice.random() < 0.12:
            for at in dice.sample(range(len(out)), max(1, len(out) // 3)):
                s = out[at]
                form = dice.randrange(len(s.fact.forms))
                if form == s.form or s.merged is not None:
                    out[at] = replace(self._touched(s, 0.6), front=not s.front)
                else:
                    out[at] = replace(self._say(s.fact, form), front=not s.front)
        if dice.random() < 0.35:
            label, others = dice.choice(sorted(self._topic.labels.items()))
            other = dice.choice(others)
            out = [self._swapped(s, label, other) for s in out]
        if dice.random() < 0.12:
            at = dice.randrange(len(out))
            out[at] = self._raised(out[at])
        if dice.random() < 0.12 and self._names:
            last = dice.choice(self._names).split()[1]
            odd = last[:-2] + last[-1] + last[-2] if dice.random() < 0.5 else last[:-1] + last[-1] * 2
            out = [self._swapped(s, last, odd) for s in out]
        if dice.random() < 0.25 and len(out) > 3:
            for _ in range(dice.randint(1, 2)):
                out.insert(dice.randrange(1, len(out)), out.pop(dice.randrange(1, len(out))))
        if dice.random() < 0.25 and len(out) > 3:
            at = dice.randrange(1, len(out) - 1)
            if out[at].merged is None and out[at + 1].merged is None:
                out[at : at + 2] = [replace(out[at], merged=out[at + 1])]
        if dice.random() < 0.20:
            joints = [at for at, s in enumerate(out) if "^" in s.fact.forms[s.form]]
            if joints:
                at = dice.choice(joints)
                out[at] = replace(out[at], split=not out[at].split)
        return out

    def _swapped(self, sentence: _Sentence, old: str, new: str) -> _Sentence:
        """The sentence, and what is merged with it, with one word for another."""
        merged = self._swapped(sentence.merged, old, new) if sentence.merged is not None else None
        if not re.search(rf"\b{re.escape(old)}\b", sentence.text(), re.IGNORECASE):
            return replace(sentence, merged=merged)
        return replace(sentence, swapped=(*sentence.swapped, (old, new)), merged=merged)

    def _copy(self, parent: _Text) -> _Text:
        """A copy of a text by an outlet."""
        dice = self._dice
        body = self._copied(parent.body)
        parents = [parent.id]
        have = {key for s in parent.body for key in _keys(s)}
        first: dict[int, str] = {}
        for text in self._texts:
            for sentence in text.body:
                for key in _keys(sentence):
                    first.setdefault(key, text.id)

        def news(text: _Text) -> list[_Sentence]:
            """What the parent lacks and nobody told before this text."""
            told = [(s, _keys(s)) for s in text.body[1:] if s.fact is not self._statement]
            return [s for s, keys in told if keys.isdisjoint(have) and all(first[key] == text.id for key in keys)]

        others = [t for t in self._texts if t.id != parent.id and t.known and len(news(t)) >= 2]
        if others and dice.random() < 0.14:
            second = dice.choice(others)
            at = dice.randint(1, len(body))
            body[at:at] = [self._touched(s, 0.1) for s in news(second)[: dice.randint(2, 4)]]
            parents.append(second.id)
        when = max(t.when for t in self._texts if t.id in parents)
        if dice.random() < 0.45:
            own = self._new(dice.randint(1, 4), matter=0.25)
            if dice.random() < 0.5:
                at = dice.randint(1, len(body))
                body[at:at] = own
            else:
                for sentence in own:
                    body.insert(dice.randint(1, len(body)), sentence)
        outlet = self._outlets.pop()
        credit = heard = ""
        if parent.agency and parent.depth == 0:
            credit = dice.choices((parent.agency, "", dice.choice(_AGENCIES), "Agencies"), (0.65, 0.27, 0.05, 0.03))[0]
        else:
            credit = parent.credit if parent.credit and dice.random() < 0.65 else ""
            heard = parent.outlet if dice.random() < 0.4 else ""
        return _Text(
            self._name(), outlet, parent.headline if dice.random() < 0.4 else self._headline(), tuple(body),
            when + timedelta(minutes=10 + int(dice.expovariate(1 / 170))), tuple(parents),
            parent.origin, parent.depth + 1, None, credit, heard,
            f"By {self._person()}" if dice.random() < 0.3 else "",
        )  # fmt: skip

    # ------------------------------------------------------------ the family

    def make(self) -> Family:
        """The reports and the truth."""
        dice = self._dice
        count = dice.choices((1, 2, 3), (0.50, 0.32, 0.18))[0]
        count = min(count, max(1, self._size // 2))
        lone = self._size > 2 and dice.random() < 0.30
        sizes = [2 if self._size >= 2 * count + lone else 1] * count
        while sum(sizes) < self._size - lone:
            sizes[dice.randrange(count)] += 1
        for origin, size in enumerate(sizes):
            self._origin(origin, size)
        if lone:
            body = self._original(count, dice.randint(6, 12), statement=True)
            when = self._start + timedelta(minutes=dice.randint(60, 900))
            self._texts.append(
                _Text(
                    self._name(),
                    self._outlets.pop(),
                    self._headline(),
                    body,
                    when,
                    (),
                    count,
                    0,
                    None,
                    byline=f"By {self._person()}",
                )
            )
        return self._family()

    def _origin(self, number: int, size: int) -> None:
        """One copy and all that is written from it, `size` reports in all."""
        dice = self._dice
        kind = dice.choices(("agency", "hidden", "outlet"), (0.42, 0.33, 0.25))[0] if size > 1 else "outlet"
        statement = dice.random() < 0.5
        body = self._original(number, dice.randint(9, 15), statement=statement)
        when = self._start + timedelta(minutes=dice.randint(0, 240))
        agency = dice.choice(_AGENCIES) if kind != "outlet" else None
        if agency is None:
            roots = [
                _Text(
                    self._name(),
                    self._outlets.pop(),
                    self._headline(),
                    body,
                    when,
                    (),
                    number,
                    0,
                    None,
                    byline=f"By {self._person()}",
                )
            ]
        else:
            by = f"By {self._person()} in {self._place} ({agency})"
            first = _Text(self._name(), agency, self._headline(), body, when, (), number, 0, agency, byline=by)
            versions = dice.choices((1, 2, 3), (0.45, 0.38, 0.17))[0]
            hide = [kind == "hidden" or dice.random() < 0.30 for _ in range(versions)]
            if kind == "agency" and all(hide):
                hide[dice.randrange(versions)] = False
            while versions - sum(hide) > size - 1:
                hide[hide.index(False)] = True
            roots = [replace(first, hidden=hide[0])]
            self._texts.append(roots[0])
            for hidden in hide[1:]:
                roots.append(self._version(roots[-1], hidden))
                self._texts.append(roots[-1])
        if agency is None:
            self._texts += roots
        left = size - sum(root.known for root in roots)
        mine: list[_Text] = []
        for _ in range(left):
            older = [t for t in mine if t.depth < 3]
            if older and dice.random() < 0.30:
                parent = dice.choice(older)
            else:
                parent = dice.choices(roots, [1 + at for at in range(len(roots))])[0]
            mine.append(self._copy(parent))
            self._texts.append(mine[-1])

    # ------------------------------------------------------------ what is given, and the truth

    def _family(self) -> Family:
        """The texts that are given, as reports, with what is true of them."""
        dice = self._dice
        minutes, downloads = dice.random() < 0.55, dice.random() < 0.12
        reports = [self._told(text, minutes, downloads) for text in self._texts if text.known]
        above = self._above()
        known = {t.id: t for t in self._texts if t.known}
        origins: list[tuple[str, ...]] = []
        roots: list[str | None] = []
        for number in sorted({t.origin for t in known.values()}):
            members = tuple(sorted(t.id for t in known.values() if t.origin == number))
            origins.append(members)
            lost = any(above[name][:1] == (None,) for name in members)
            roots.append(None if lost else next(name for name in members if not above[name] or name in self._tops))
        dice.shuffle(reports)
        return Family(self._seed, tuple(reports), tuple(origins), tuple(roots), above)

    def _above(self) -> dict[str, tuple[str | None, ...]]:
        """For each report the nearest texts above it that are among the reports; None for a lost root."""
        by = {t.id: t for t in self._texts}

        def up(name: str) -> str | None:
            text = by[name]
            while text.hidden:
                if not text.parents:
                    return None
                text = by[text.parents[0]]
            return text.id

        out: dict[str, tuple[str | None, ...]] = {}
        for text in self._texts:
            if text.known:
                main = [up(name) for name in text.parents[:1]]
                more = [found for name in text.parents[1:] if (found := up(name)) is not None and found not in main]
                out[text.id] = tuple(main + more)
        agencies = {t.origin: t.agency for t in self._texts if t.agency}
        for number in sorted({t.origin for t in self._texts}):
            lost = [t for t in self._texts if t.known and t.origin == number and out[t.id][:1] == (None,)]
            if len(lost) == 1 and (not lost[0].credit or lost[0].credit != agencies[number]):
                out[lost[0].id] = out[lost[0].id][1:]
                self._tops.add(lost[0].id)
        return out

    def _told(self, text: _Text, minutes: bool, downloads: bool) -> Told:
        """A text as it is given: paragraphs, byline, credit line, date with its noise."""
        dice = self._dice
        parts: list[str] = [text.byline] if text.byline else []
        sentences = [s.text() for s in text.body]
        if text.heard:
            at = dice.randint(0, min(2, len(sentences) - 1))
            sentences[at] += f" {text.heard} first reported the news."
        body: list[str] = []
        for sentence in sentences:
            if body and dice.random() < 0.25:
                body[-1] += " " + sentence
            else:
                body.append(sentence)
        parts += body
        if text.credit:
            style = dice.choice(("({})", "Source: {}", "- {}", "With reporting by {}."))
            parts.append(style.format(text.credit))
        when, chance = text.when, dice.random()
        if downloads and dice.random() < 0.25:
            when += timedelta(days=dice.randint(3, 40), minutes=dice.randint(0, 600))
        elif chance < 0.04:
            when += timedelta(days=dice.choice((-3, -2, -1, 1, 2, 3)))
        published: str | None = when.strftime("%Y-%m-%dT%H:%M" if minutes else "%Y-%m-%d")
        if 0.04 <= chance < 0.12:
            published = None
        return Told(text.id, text.outlet, text.headline, published, "\n\n".join(parts))


def _keys(sentence: _Sentence) -> set[int]:
    """The facts that a sentence tells."""
    return {sentence.fact.key} | (_keys(sentence.merged) if sentence.merged is not None else set())
