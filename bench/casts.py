"""Words, names, casts and facts: what the texts of `archive.py` are made of.

The general words are those of the package's own count of news words, drawn about as often as news uses them (a little
more evenly: an exponent of .8), sorted by their endings. Whatever is drawn here depends on the dice alone that are
handed in.

No name is in more than about 2 % of all stories: those that news is full of stand in every count of news words, which
invented ones cannot, so that to any method which weighs words by such a count they would look rare and telling.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import stock

__all__ = [
    "BITS",
    "PEOPLE",
    "PLACES",
    "SLOT",
    "Cast",
    "Fact",
    "Group",
    "Outlet",
    "Slots",
    "body",
    "cast",
    "fill",
    "general",
    "kinds",
    "patterns",
    "person",
    "place",
    "region",
    "swaps",
]

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, PLACES, BODIES = 200_000, 10_000, 30_000
BITS = 15

Group = tuple[str, ...]


# ---------------------------------------------------------------- words


_ENDINGS = {
    "noun": r"(?:tion|ment|ness|ity|ship|ism|ance|ence|ure|age)",
    "nouns": r"(?:tions|ments|ists|ers|ors|ings|ties|ages|ures)",
    "ved": r"[a-z]{3,}ed",
    "adj": r"(?:al|ive|ous|ful|ic|able|ible|less|ary)",
    "adv": r"ly",
    "ing": r"[a-z]{3,}ing",
}
_NOT = frozenset({
    "need", "indeed", "speed", "seed", "breed", "feed", "proceed", "succeed", "exceed", "hundred", "only", "early",
    "family", "really", "rally", "supply", "apply", "reply", "fly", "ally", "italy", "july", "assembly", "belly",
    "bully", "sure", "ensure", "measure", "figure", "during", "morning", "evening", "nothing", "something", "anything",
    "everything", "thing", "bring", "king", "ring", "spring", "string", "being", "others", "matters", "numbers",
    "letters", "sisters", "brothers", "several", "special", "public", "official", "general", "capital", "hospital",
    "festival", "arrival", "approval", "proposal", "goal", "deal", "appeal", "meal", "real", "steal", "manage",
    "engage", "damage", "encourage", "average", "village", "image", "message", "page", "language", "garage", "age",
    "stage", "wage", "percentage", "secure", "capture", "feature", "failure", "pressure", "procedure", "signature",
    "picture", "future", "nature", "culture", "whence", "hence", "chance", "since", "sentence", "once", "topic",
    "critic", "music", "traffic", "clinic", "comic", "republic", "plastic", "attic", "fabric", "panic", "picnic",
    "logic", "table", "cable", "able", "vehicle",
})  # fmt: skip
"""Words with such an ending that are of another class, or that every report has."""


@cache
def general() -> dict[str, list[Group]]:
    """The words of each class, repeated as often as news uses them; 2 to the power of `BITS` of each."""
    held: dict[str, list[tuple[float, str]]] = {name: [] for name in _ENDINGS}
    for line in (ROOT / "tellings" / "lexicons" / "background.txt").read_text(encoding="utf-8").splitlines()[2:]:
        word, count, lower = line.split("\t")
        if int(lower) < 0.9 * int(count) or word in _NOT or not word.isalpha() or not 5 <= len(word) <= 14:
            continue
        for name in ("adv", "nouns", "noun", "ved", "ing", "adj"):
            if re.fullmatch(rf"[a-z]*{_ENDINGS[name]}", word):
                held[name].append((int(count) ** 0.8, word))
                break
    out: dict[str, list[Group]] = {}
    for name, words in held.items():
        words.sort(key=lambda w: (-w[0], w[1]))
        groups: list[tuple[float, Group]] = []
        for at in range(0, len(words), 3):
            three = words[at : at + 3]
            if at % 5 < 3 and len(three) == 3:  # of most threes each can stand for the others
                groups.append((sum(c for c, _ in three), tuple(w for _, w in three)))
            else:
                groups += [(c, (w,)) for c, w in three]
        total = sum(w for w, _ in groups)
        table: list[Group] = []
        seen = 0.0
        for weight, group in groups:
            seen += weight
            table += [group] * (math.ceil(seen / total * 2**BITS) - len(table))
        out[name] = table[: 2**BITS]
    return out


@cache
def kinds() -> tuple[list[str], dict[str, dict[str, list[Group]]]]:
    """The names of the kinds, as often as they occur, and the words of each."""
    names: list[str] = []
    words: dict[str, dict[str, list[Group]]] = {}
    now: dict[str, list[Group]] = {}
    for line in stock.KINDS.strip().splitlines():
        slot, colon, rest = line.partition(": ")
        if colon:
            now[slot] = [tuple(g.strip().split("|")) for g in rest.split(";")]
        else:
            name, weight = line.split()
            names += [name] * int(weight)
            now = words[name] = {}
    return names, words


@cache
def swaps() -> dict[str, Group]:
    """What an editor may write for a word."""
    out: dict[str, Group] = dict(stock.SWAPS)
    groups = [g for table in general().values() for g in set(table)]
    groups += [g for kind in kinds()[1].values() for many in kind.values() for g in many]
    for group in sorted(groups):
        for word in group:
            if len(group) > 1 and " " not in word:
                out.setdefault(word, tuple(w for w in group if w != word))
    return out


@lru_cache(50_000)
def person(number: int) -> str:
    """The name of one of the people."""
    mixed = (number * 2654435761 + 97) % 2**32
    first = stock.FIRST[mixed % len(stock.FIRST)]
    return f"{first} {surname(mixed // len(stock.FIRST))}"


def surname(mixed: int) -> str:
    """A surname; the same for the same number."""
    a, b, c = stock.NAME_STARTS, stock.NAME_MIDDLES, stock.NAME_ENDS
    return a[mixed % len(a)] + b[mixed // len(a) % len(b)] + c[mixed // len(a) // len(b) % len(c)]


@cache
def place(number: int) -> str:
    """The name of one of the places."""
    a, b = stock.PLACE_STARTS, stock.PLACE_ENDS
    mixed = number * 40503 % 65536
    name = a[mixed % len(a)] + stock.NAME_MIDDLES[number // len(a) // len(b) % 16] + b[mixed // len(a) % len(b)]
    return ("Port ", "New ", "Upper ", "Saint ")[number % 4] + name if number % 11 == 7 else name  # some


@cache
def region(number: int) -> str:
    """The region of a place."""
    return place(3 + 17 * (number // 8)).split()[-1] + (" Province", "land", "shire", " County")[number // 8 % 4]


@cache
def body(number: int) -> str:
    """The name of one of the bodies: firms, clubs, authorities."""
    pattern = stock.ORGANISATIONS[number % len(stock.ORGANISATIONS)]
    noun = general()["noun"][number * 7919 % 2**BITS][0].capitalize()
    return pattern.format(name=surname(number * 2654435761 % 2**32), place=place(number // 22 % PLACES), noun=noun)


# ---------------------------------------------------------------- facts and sentences


SLOT = re.compile(r"\{(\w+)\^?\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement's wordings, each a row of words to keep and of numbers of slots; and its slots.

    A slot has a class, the general words of that class (None: it has none), and whether it must differ from the others.
    """

    wordings: tuple[tuple[str | int, ...], ...]
    slots: tuple[tuple[str, list[Group] | None, bool], ...]


def _pattern(wordings: Iterable[str]) -> Pattern:
    names: list[str] = []
    rows: list[tuple[str | int, ...]] = []
    for wording in wordings:
        row: list[str | int] = []
        for at, piece in enumerate(SLOT.split(wording)):
            if at % 2:
                if piece not in names:
                    names.append(piece)
                row.append(names.index(piece))
            elif piece:
                row.append(piece)
        rows.append(tuple(row))
    classes = [name.rstrip("1234") for name in names]
    unlike = [name in {"org", "person"} and classes.count(name) > 1 for name in classes]
    return Pattern(
        tuple(rows), tuple((name, general().get(name), one) for name, one in zip(classes, unlike, strict=True))
    )


@cache
def patterns(name: str) -> tuple[Pattern, ...]:
    """The patterns of a list of the stock; of lists with one wording each, a pattern a line."""
    return tuple(_pattern((p,) if isinstance(p, str) else p) for p in getattr(stock, name))


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its slots filled; each value is what may stand for it."""

    pattern: Pattern
    values: tuple[Group, ...]

    def say(self, wording: int, voice: int) -> str:
        """The statement in one wording, in the words that this voice prefers; no stop at the end."""
        values = self.values
        row = self.pattern.wordings[wording % len(self.pattern.wordings)]
        said = "".join([p if isinstance(p, str) else values[p][(voice + p) % len(values[p])] for p in row])
        return said[0].upper() + said[1:] if said[0] != '"' else '"' + said[1].upper() + said[2:]


@dataclass(slots=True)
class Cast:
    """Whom and what a story, or a long affair, is about."""

    kind: str
    place: int
    people: list[str]
    bodies: list[str]
    words: dict[str, list[Group]]


class Outlet:
    """An outlet with the habits of its pages."""

    def __init__(self, seed: int, number: int) -> None:
        dice = random.Random(f"{seed}-outlet-{number}")  # noqa: S311  # nothing secret
        town = place(number * 13 % PLACES)
        self.name = ("The " if number % 3 == 0 else "") + f"{town} {stock.PAPERS[number * 7 % len(stock.PAPERS)]}"
        self.host = re.sub(r"[^a-z]", "", self.name.lower()) + ".example"
        self.curly = dice.random() < 0.4
        self.dateline = dice.random() < 0.4
        self.to_day = dice.random() < 0.25
        owner = random.Random(f"{seed}-owner-{number % 40}") if dice.random() < 0.4 else dice  # noqa: S311  # as above
        name = self.name.removeprefix("The ") if owner is dice else f"{place(number % 40)} Media"
        made = Slots(owner, cast(owner))
        self.footers = [
            fill(p.replace("{outlet}", name), made) + "." for p in owner.sample(stock.FOOTERS, owner.randint(1, 3))
        ]
        self.footed = dice.choice((0.0, 0.3, 0.95))


def fill(pattern: str, made: Slots) -> str:
    """A pattern of one wording with its slots filled."""
    said = SLOT.sub(lambda m: made(m[1].rstrip("1234"))[0], pattern)
    return said[0].upper() + said[1:]


def cast(dice: random.Random) -> Cast:
    """Somebody and something for a story; famous people and places more often than others."""
    names, _ = kinds()
    roll, bits = dice.random, dice.getrandbits
    people = [person(int(PEOPLE * roll() ** 3)) for _ in range(1 + bits(1))]
    people += [person(PEOPLE + bits(21)) for _ in range(1 + bits(2))]
    table = general()
    return Cast(
        names[int(roll() * len(names))],
        int(PLACES * roll() ** 2),
        people,
        [body(int(BODIES * roll() ** 2)) for _ in range(3)],
        {name: [table[name][bits(BITS)] for _ in range(7)] for name in _ENDINGS},
    )


_SMALL = [(str(n),) for n in range(2, 90)]
_HOURS = [(f"{n} {half}",) for half in ("a.m.", "p.m.") for n in range(1, 13)] + [("dawn",), ("noon",), ("dusk",)]
_MONTHS: list[Group] = [
    ("January",), ("February",), ("March",), ("April",), ("May",), ("June",), ("July",), ("August",), ("September",),
    ("October",), ("November",), ("December",),
]  # fmt: skip


class Slots:
    """What fills the slots of sentences about one cast; each call draws anew."""

    def __init__(self, dice: random.Random, cast: Cast, day: str = "Monday") -> None:
        self.roll, self.bits = dice.random, dice.getrandbits
        self.cast = cast
        self.kind = kinds()[1][cast.kind]
        self.table = general()
        self.fixed = {
            "event": self.kind["event"][0],
            "hit": self.kind["hit"][0],
            "place": (place(cast.place),),
            "region": (region(cast.place),),
        }
        self.weekday = (day,)

    def __call__(self, name: str) -> Group:
        """A value of this class."""
        if name in self.fixed:
            return self.fixed[name]
        return self.word(name, self.table[name]) if name in self.table else _DRAWS[name](self)

    def word(self, name: str, many: list[Group]) -> Group:
        """A general word: one of the story's own, one of them all, or a rare one made of such."""
        roll = self.roll()
        if roll < 0.2:
            return self.cast.words[name][int(roll * 35)]
        group = many[self.bits(BITS)]
        return group if roll < 0.86 else (_BEFORE[int(roll * 10_000) % len(_BEFORE)] + group[0],)

    def values(self, pattern: Pattern) -> tuple[Group, ...]:
        """What fills the slots of a pattern."""
        roll, bits, words = self.roll, self.bits, self.cast.words
        out: list[Group] = []
        for name, many, unlike in pattern.slots:
            if many is not None:  # the same as `word`, most slots are such
                dice = roll()
                if dice < 0.2:
                    out.append(words[name][int(dice * 35)])
                elif dice < 0.86:
                    out.append(many[bits(BITS)])
                else:
                    out.append((_BEFORE[int(dice * 10_000) % len(_BEFORE)] + many[bits(BITS)][0],))
                continue
            value = self(name)
            while unlike and value in out:
                value = self(name)
            out.append(value)
        return tuple(out)

    def angle(self) -> Slots:
        """The same story as one newsroom sees it: its leading people, bodies and words, and some of its own."""
        cast = self.cast
        dice_bits, table = self.bits, self.table
        words = {n: [w[0], w[1], *(table[n][dice_bits(BITS)] for _ in range(5))] for n, w in cast.words.items()}
        people = [cast.people[0], *(person(PEOPLE + dice_bits(21)) for _ in range(2)), *cast.people[1:3]]
        bodies = [cast.bodies[0], *(body(int(BODIES * self.roll() ** 2)) for _ in range(2))]
        out = object.__new__(Slots)
        for name in ("roll", "bits", "kind", "table", "fixed", "weekday"):
            setattr(out, name, getattr(self, name))
        out.cast = Cast(cast.kind, cast.place, people, bodies, words)
        return out

    def topical(self, name: str) -> Group:
        """A word of the kind; the first ones more often, so that one event differs from the next."""
        many = self.kind[name]
        return many[int(len(many) * self.roll() ** 2)]

    def day(self) -> Group:
        """The day of the event, or some day."""
        return self.weekday if self.roll() < 0.5 else (stock.WEEKDAYS[self.bits(16) % 7],)

    def near(self) -> Group:
        """A place not far away."""
        return (place((self.cast.place + int(200 * self.roll() ** 2)) % PLACES),)

    def person(self) -> Group:
        """Somebody of the cast, by full name or surname, or anybody."""
        roll = self.roll()
        if roll > 0.4:
            return (person(PEOPLE + self.bits(21)),)
        name = self.cast.people[int(len(self.cast.people) * roll * roll * 6.25)]
        return (name if self.bits(1) else name.split()[1],)

    def org(self) -> Group:
        """A body of the cast, or any."""
        roll = self.roll()
        return (self.cast.bodies[int(roll * 7.5)] if roll < 0.4 else body(int(BODIES * self.roll() ** 2)),)


_BEFORE = (
    "micro", "mini", "super", "sub", "pre", "post-", "anti-", "eco-", "bio", "inter", "counter", "semi-", "multi",
    "quasi-", "ultra", "neo-", "para", "out", "cross-", "self-", "non-", "mid", "fore", "back", "co-", "pan-",
    "hyper", "trans", "all-", "ex-", "crypto", "arch", "tele", "geo", "aero", "hydro", "agro", "electro", "psycho",
    "socio-",
)  # fmt: skip
"""What makes a rare word of a common one: half of the words of some hundred reports stand in one of them only."""
_DRAWS: dict[str, Callable[[Slots], Group]] = {
    **{name: (lambda s, name=name: s.topical(name)) for name in ("who", "did", "what", "how")},
    "day": Slots.day,
    "near": Slots.near,
    "person": Slots.person,
    "org": Slots.org,
    "role": lambda s: (stock.ROLES[int(s.roll() * len(stock.ROLES))],),
    "n": lambda s: _SMALL[int(len(_SMALL) * s.roll() ** 2)],
    "c": lambda s: (f"{int(10 ** (2 + 3 * s.roll())):,}",),
    "money": lambda s: (f"{1.1 * 900 ** s.roll():.1f} {'million' if s.bits(2) else 'billion'} crowns",),
    "pct": lambda s: (f"{0.2 + 98 * s.roll() ** 2:.1f} percent",),
    "month": lambda s: _MONTHS[int(s.roll() * 12)],
    "hour": lambda s: _HOURS[int(s.roll() * len(_HOURS))],
}
