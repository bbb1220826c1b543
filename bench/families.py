"""Stories of any size, made by editing invented reports.

`family(count, seed)` writes one story: agency copy in several versions, outlets that reprint it
(dropping, merging, moving sentences, swapping labels and numbers), outlets that copy each other,
and reports of their own. The parent of every report is known.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["Made", "family"]

TOWNS = ("Tonsberg", "Larvik", "Sandefjord", "Horten", "Holmestrand", "Stavern", "Skien", "Porsgrunn")
LABELS = {
    "strikers": ("workers", "protesters", "saboteurs", "dockers", "demonstrators", "activists"),
    "police": ("officers", "riot squads", "security forces", "law enforcement"),
    "clashed with": ("confronted", "attacked", "were attacked by", "faced", "fought with"),
    "picket line": ("blockade", "illegal blockade", "protest", "cordon"),
    "monitoring group": ("watchdog", "campaign group", "so-called monitoring group"),
    "said": ("claimed", "stated", "reported", "told reporters"),
}
AGENCY = (
    "Strikers clashed with police at the gates of a terminal in {town} early Tuesday, a monitoring group said.",
    "At least {n} people were injured when officers cleared the access road shortly after {h} a.m., said Quay Watch.",
    '"The gates were open before anyone gave us a warning," union leader Ingrid Solheim said.',
    "Police fired tear gas after stones were thrown at the first of {k} trucks, a reporter saw.",
    "The dispute began on February 24, when Fjordline Terminals said it would replace {c} crane drivers.",
    "The company's chief executive, Henrik Dahl, said on Monday that the plan would go ahead.",
    "All roads to the harbour were closed until noon, police spokeswoman Kari Moen said.",
    "The terminal handles about a fifth of the container traffic of the Oslofjord.",
    "Talks between the union and the company broke down last Thursday after eleven days.",
    "Norway's labour minister, Elin Brekke, called on both sides to return to the table.",
    "The union said that {u} ports would be shut on Friday unless the plan was withdrawn.",
    "Shares of Fjordline fell by {p} percent in Oslo on Tuesday.",
)
WHO = (
    "A docker",
    "The mayor",
    "A shopkeeper",
    "A nurse",
    "A ferry captain",
    "The harbour pilot",
    "A teacher",
    "A driver",
)
DID = (
    "saw the trucks leave at {h}.{m:02d} a.m.",
    "counted {n} people on the quay",
    "heard three shots near gate {k}",
    "said the road to {town} was open again by {h} a.m.",
    "spent {n} hours in a queue of {c} cars",
    "helped {k} injured people to the hospital in {town}",
    "lost {c} crowns in sales that morning",
    "had warned the company in {month}",
    "walked {k} kilometres home along the fjord",
    "will meet the union in {town} on Friday",
)
TAIL = (
    ", as the fog lifted over the cranes",
    " while children were on their way to school",
    ", a neighbour confirmed",
    " before the rain began",
    "",
    " and wrote it down",
    ", two colleagues said",
)
MONTHS = ("January", "February", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Made:
    """A made report and the ids of those it was written from; none where it is of its own."""

    id: str
    outlet: str
    published: str
    text: str
    parents: tuple[str, ...]

    def row(self) -> dict[str, str]:
        """The report as a line of input."""
        title, _, text = self.text.partition("\n\n")
        return {
            "id": self.id,
            "outlet": self.outlet,
            "url": f"https://outlet.example/{self.id}",
            "title": title,
            "published": self.published,
            "text": text,
        }


def _own(dice: random.Random, count: int) -> list[str]:
    """Sentences of a report that copies nobody."""
    out: list[str] = []
    for _ in range(count):
        sentence = f"{dice.choice(WHO)} {dice.choice(DID)}{dice.choice(TAIL)}."
        out.append(_fill(sentence, dice))
    return out


def _fill(sentence: str, dice: random.Random) -> str:
    """The sentence with its figures and places filled in."""
    return sentence.format(
        town=dice.choice(TOWNS),
        n=dice.randint(3, 60),
        h=dice.randint(2, 11),
        m=dice.randint(0, 59),
        k=dice.randint(2, 9),
        c=dice.randint(80, 900),
        u=dice.randint(5, 30),
        p=dice.randint(2, 9),
        month=dice.choice(MONTHS),
    )


def _edited(sentences: list[str], dice: random.Random) -> list[str]:
    """What an outlet makes of a copy: sentences dropped, moved, labels and numbers changed."""
    out = [s for k, s in enumerate(sentences) if k == 0 or dice.random() > 0.2]
    for k, sentence in enumerate(out):
        for old, new in LABELS.items():
            if old in sentence.lower() and dice.random() < 0.15:
                word = dice.choice(new)
                sentence = sentence.replace(old, word).replace(old.capitalize(), word.capitalize())  # noqa: PLW2901
        out[k] = sentence
    if len(out) > 3 and dice.random() < 0.3:
        a, b = sorted(dice.sample(range(1, len(out)), 2))
        out[a], out[b] = out[b], out[a]
    if dice.random() < 0.4:
        out.insert(dice.randint(1, len(out)), _own(dice, 1)[0])
    return out


def family(count: int, seed: int = 1) -> list[Made]:
    """One story of `count` reports: a third own reporting, the rest copies up to three deep.

    The same count and seed give the same reports. Reports stand in the order of publication.
    """
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    start = datetime(2031, 3, 11, 6, 0)  # noqa: DTZ001  # a day of an invented year
    made: list[tuple[Made, list[str]]] = []
    for number in range(count):
        copies = [m for m in made if m[0].parents or m[0].outlet.startswith("Northwire")]
        name = f"report-{number:04d}"
        when = (start + timedelta(minutes=7 * number)).isoformat()
        if number == 0 or dice.random() < 0.02:
            body = [_fill(s, dice) for s in dice.sample(AGENCY, len(AGENCY) - dice.randint(0, 3))]
            parents: tuple[str, ...] = ()
            outlet = "Northwire"
        elif dice.random() < 0.33 or not copies:
            body, parents, outlet = _own(dice, dice.randint(6, 14)), (), f"Outlet {number}"
        else:
            parent = dice.choice(copies[-200:])
            body, parents, outlet = _edited(parent[1], dice), (parent[0].id,), f"Outlet {number}"
        title = f"Clash at the container terminal of {dice.choice(TOWNS)}, {dice.choice(WHO).lower()} tells"
        credit = ["(Northwire)"] if parents and dice.random() < 0.5 else []
        text = title + "\n\n" + "\n\n".join(body + credit)
        made.append((Made(name, outlet, when, text, parents), body))
    return [m[0] for m in made]
