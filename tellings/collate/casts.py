"""The cast of a story: the expressions of all its reports, and which of them stand for one actor.

Expressions that are written alike are one node: a name in the whole story, a description in its
report. Nodes are joined to groups (union-find), and for each group what it is is kept up to date:
its kind, whether it has a name, the words, ages and genders that it is told with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tellings.collate import namesakes, namings
from tellings.collate.expressions import AGED, Expression, Link, expressions
from tellings.collate.nouns import kind_of, lemma
from tellings.records import Collation
from tellings.text import Span

__all__ = ["MOST", "VAGUE", "Cast", "Facts", "Node", "fits"]

MOST = 60
"""Nodes of one noun or word that a further one is compared with."""
VAGUE = {"man", "woman", "guy", "person", "individual", "people", "member", "one", "house", "force",
         "victim", "other", "party", "side"}  # fmt: skip
"""Nouns that anybody can be called: only syntax joins them with a name."""
OFFICES = {"official", "officer", "agent", "adviser", "advisor", "director", "chairman", "chairwoman", "chair", "chief",
           "head", "secretary", "minister", "ambassador", "commissioner", "president", "leader", "executive", "ceo",
           "manager", "analyst", "expert", "member"}  # fmt: skip
"""Nouns that many bear at once: they are no one's because the noun, or one like it, is."""
SERVING = OFFICES - {"member"} | {"spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "aide",
           "representative", "counsel", "assistant", "staffer", "employee", "worker", "partner", "editor",
           "reporter"}  # fmt: skip
"""Nouns for those who speak and work for somebody: who it is tells one from another."""
FAMILY = {"family", "brother", "sister", "sibling", "couple", "parent", "twin", "spouse"}
"""Nouns that with a surname before them stand for a family."""
KIN = "~family"
"""The head of "the Hills" and "the Hill family"."""
_SIDED = {"person", "group", "organisation"}
_SEXES = {"male", "female"}
_PARTIES = {"right", "left", "middle", "center", "centre"}
"""Nouns that "the" makes people of."""
_GENERATIONS = {"son", "father", "dad", "namesake"}
_LOOSE = {"another", "any", "each", "every", "no", "most", "neither", "either"}
"""Words before a noun that make it nobody who was spoken of before."""
_ALONE = "~at "
"""Begins what keeps such a phrase a node of its own."""
_STATES = {"us", "u.s", "united", "district", "state", "states"}
"""Words before "attorney" that make the lawyer an office."""
_SPEAKERS = {"this", "our", "my", "your"}
_LANDS = {"country", "nation", "state"}
"""Whose country "our country" is depends on who speaks."""
_ELECTED = (" for ", " as ", " elected ", " become ", " becoming ", " being ")
_POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
# Words before a noun that do not tell one actor from another.
_PLAIN = {"other", "same", "fellow", "own", "such", "first", "last", "new", "one", "two", "more", "then"}


@dataclass(slots=True)
class Node:
    """One way to name or describe somebody in the story: all expressions with the same key."""

    key: tuple[str, ...]
    named: bool
    report: int = -1  # the one report of a described node; names are the whole story's
    kinds: Counter[str] = field(default_factory=Counter[str])
    mapped: bool = False  # whether the gazetteer has it somewhere
    human: bool = False  # whether a title, a role or a description tells that a name is a person's
    members: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])  # report's and expression's number

    @property
    def kind(self) -> str:
        """The kind most often found, the first by letter among equals."""
        return min(self.kinds, key=lambda k: (-self.kinds[k], k)) if self.kinds else ""


@dataclass(slots=True)
class Facts:
    """What a group of nodes is, kept up to date as groups are joined."""

    named: int
    size: int
    name_kinds: Counter[str]
    noun_kinds: Counter[str]
    words: set[str]
    genders: set[str] = field(default_factory=set[str])
    ages: set[str] = field(default_factory=set[str])
    proper: set[str] = field(default_factory=set[str])
    reports: set[int] = field(default_factory=set[int])  # that name it
    plural: bool = False  # whether something speaks of several
    sides: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # by noun, whose they are: "rebel forces"
    kind: str | None = None  # that of its names and nouns together, or of its nouns; worked out when asked for

    @classmethod
    def of(cls, node: Node) -> Facts:
        """The facts of one node."""
        kinds, none = Counter(node.kinds), Counter[str]()
        words = {word for word in node.key[1:] if word}
        out = cls(int(node.named), len(node.members), *((kinds, none) if node.named else (none, kinds)), words)
        if not node.named:
            out.plural = node.key[2] == "s"
            sides = {word for word in node.key[3:] if kind_of(word) in _SIDED or word in _SEXES}
            out.sides = {"".join(node.key[1:3]): sides} if sides else {}
        return out

    def add(self, other: Facts) -> None:
        """Take in the facts of another group."""
        self.named += other.named
        self.size += other.size
        self.name_kinds.update(other.name_kinds)
        self.noun_kinds.update(other.noun_kinds)
        self.words |= other.words
        self.genders |= other.genders
        self.ages |= other.ages
        self.proper |= other.proper
        self.reports |= other.reports
        self.plural |= other.plural
        for noun, sides in other.sides.items():
            self.sides.setdefault(noun, set()).update(sides)
        self.kind = None


class Cast:
    """The expressions of all reports of a story, and which of their nodes were joined."""

    def __init__(self, c: Collation) -> None:
        self.c = c
        self.expressions: list[list[Expression]] = []
        self.links: list[list[Link]] = []
        self.nodes: list[Node] = []
        self.node_of: dict[tuple[int, int], int] = {}
        self.number_of = by_key = dict[tuple[int, tuple[str, ...]], int]()
        for report, named in zip(c.reports, namings.find(c.reports), strict=True):
            found, links = expressions(report, named)
            self.expressions.append(found)
            self.links.append(links)
        places = (r.quote(place.span) for r in c.reports for place in r.places if place.precision == "country")
        self.lands = namesakes.peoples() | {namesakes.lowered(name) for name in places}
        self.persons = self._persons()
        self.surnames = {words[-1] for words in self.persons}
        self.heads = self._name_heads()
        self.younger = self._younger()
        for r, found in enumerate(self.expressions):
            mapped = {place.span for place in c.reports[r].places if place.geonameid is not None}
            for e, expression in enumerate(found):
                key = self.key(expression)
                if key is None:
                    continue
                named = key[0].startswith("name")
                number = by_key.setdefault((-1 if named else r, key), len(self.nodes))
                if number == len(self.nodes):
                    self.nodes.append(Node(key, named, -1 if named else r))
                node = self.nodes[number]
                kind = "group" if key[1] == KIN else expression.kind or self.heads.get(expression.head, "")
                if kind:
                    node.kinds[kind] += 1
                if named and (expression.title or kind_of(expression.role) == "person"):
                    node.human = True
                    node.kinds["person"] += 2  # whatever it was read as, "Mr" and "director" stand before persons
                if expression.name in mapped:
                    node.kinds["place"] += 1
                    node.mapped = node.mapped or not expression.definite  # "the Lakeview" is an inn
                node.members.append((r, e))
                self.node_of[r, e] = number
        for r, links in enumerate(self.links):
            for link in links:
                self._told_kind(r, link)
        self.root = list(range(len(self.nodes)))
        self.held: dict[int, list[int]] = {n: [n] for n in self.root}
        self.facts: dict[int, Facts] = {n: Facts.of(node) for n, node in enumerate(self.nodes)}
        for (r, e), number in self.node_of.items():
            expression, facts = self.expressions[r][e], self.facts[number]
            facts.words |= expression.before | expression.after
            told = (expression.title, expression.role, "" if expression.plural else expression.head)
            facts.genders |= {namesakes.GENDERED[word] for word in told if word in namesakes.GENDERED}
            if self.nodes[number].named:
                facts.reports.add(r)
            else:
                facts.proper |= expression.served if expression.head in SERVING else frozenset()
                facts.proper |= expression.proper | (expression.before & namesakes.peoples())
            if expression.age:
                facts.ages.add(expression.age)

    def _told_kind(self, r: int, link: Link) -> None:
        """Count what a name is that stands beside "the director": a person, whatever it was read as."""
        for one, other in ((link.one, link.other), (link.other, link.one)):
            name, noun = self.expressions[r][one], self.expressions[r][other]
            number = self.node_of.get((r, one))
            if number is None or name.name is None or noun.name is not None or noun.plural:
                continue
            if noun.kind == "person" and link.why in {"apposition", "copula", "called"}:
                self.nodes[number].kinds["person"] += 2
                self.nodes[number].human = True

    def _persons(self) -> set[tuple[str, ...]]:
        """The full names of persons."""
        out: set[tuple[str, ...]] = set()
        for r, found in enumerate(self.expressions):
            for expression in found:
                if expression.name is not None and expression.kind == "person":
                    words = namesakes.words(self.c.reports[r].quote(expression.name), "person")
                    if len(words) > 1:
                        out.add(words)
        return out

    def family(self, expression: Expression) -> str:
        """The surname of a family that is spoken of in the plural ("the Hills", "the Hill brothers"), or ""."""
        if expression.name is None and expression.head in FAMILY and (expression.plural or expression.head == "family"):
            some = sorted({*expression.before, expression.owner} & self.surnames)
            return some[0] if len(some) == 1 else ""
        if expression.name is not None and expression.kind == "place":
            return ""
        words = namesakes.words(self.c.quote(expression.name or expression.span), "person")
        if len(words) == 2 and words[0] in self.surnames and lemma(words[1])[0] in FAMILY:
            return words[0]
        single = words[-1][:-1] if words and words[-1].endswith("s") else ""
        return single if single in self.surnames and words[-1] not in self.surnames and len(words) < 3 else ""

    def _born(self, name: Span) -> bool:
        """Whether "Jr." is a part of a name or stands behind it."""
        return namesakes.junior(self.c.report(name.report).report.text, name)

    def _younger(self) -> set[tuple[str, ...]]:
        """The full names that stand with "Jr." in a sentence that speaks of a son or a father, and elsewhere without.

        Without such a word the two are one person, who is told with "Jr." once.
        """
        plain: set[tuple[str, ...]] = set()
        sons: set[tuple[str, ...]] = set()
        for r, found in enumerate(self.expressions):
            kin: set[int] = {x.sentence for x in found if x.name is None and x.head in _GENERATIONS}
            for x in found:
                if x.name is None or x.kind != "person":
                    continue
                words = namesakes.words(self.c.reports[r].quote(x.name), x.kind)
                if len(words) > 1 and not self._born(x.name):
                    plain.add(words)
                elif len(words) > 1 and x.sentence in kin:
                    sons.add(words)
        return sons & plain

    def _name_heads(self) -> dict[str, str]:
        """The nouns that names end in or stand for ("academy" of "Erie Academy of Arts"), and their kind."""
        out: dict[str, Counter[str]] = defaultdict(Counter)
        for r, found in enumerate(self.expressions):
            for expression in found:
                if expression.name is None or expression.kind == "person":
                    continue
                head = namesakes.head(namesakes.words(self.c.reports[r].quote(expression.name)))
                if head:
                    out[head][expression.kind] += 1
        return {head: min(n, key=lambda k: (-n[k], k)) for head, n in out.items()}

    def key(self, expression: Expression) -> tuple[str, ...] | None:
        """What makes two expressions the same node, or None where it can stand for no actor."""
        family = self.family(expression)
        if family:
            return ("noun", KIN, "s", family)
        if expression.name is not None:
            words = namesakes.words(self.c.quote(expression.name), expression.kind)
            if self.younger and self._born(expression.name) and any(x[-len(words) :] == words for x in self.younger):
                words = (*words, namesakes.JUNIOR)
            if words in self.persons and expression.kind != "person":
                # The company that bears a person's name is told by its legal form: "Calvin Holt Inc."
                words = namesakes.words(self.c.quote(expression.name), expression.kind, legal=True)
            gender = namesakes.GENDERED.get(expression.title, "") if len(words) == 1 else ""
            return (f"name {gender}".rstrip(), *words) if words else None
        if not expression.kind and not (expression.definite and expression.head in self.heads):
            return None
        if expression.head == AGED:
            return ("noun", AGED, "s" if expression.plural else "", f"#{expression.age}")
        if expression.head == "state" and expression.after and not self._owned_by_name(expression):
            return None  # "a state of emergency"
        opening = self.c.quote(expression.span).split(" ", 1)[0].lower()
        if expression.head == "attorney" and expression.before & _STATES:
            return ("noun", "state attorney", "s" if expression.plural else "", *sorted(expression.served))
        if opening == expression.head == "business" or (expression.head == "head" and not expression.after):
            return None  # "do business", "her head"
        if expression.head in _PARTIES and not expression.definite:
            return None
        if opening == self.c.quote(expression.span).lower() and not expression.plural and self._adverbial(expression):
            return None
        if opening in _LOOSE:
            return ("noun", expression.head, "s" if expression.plural else "", f"{_ALONE}{expression.span.start}")
        if expression.head in _LANDS and opening in _SPEAKERS:
            return ("noun", f"our {expression.head}", "s" if expression.plural else "")
        owner = {expression.owner} - _POSSESSIVE - {""}
        served = expression.served if expression.head in SERVING else frozenset[str]()
        before = sorted((expression.before | owner | served) - {expression.head} - _PLAIN)
        count = (f"#{expression.count}",) if expression.count and expression.plural else ()
        return ("noun", expression.head, "s" if expression.plural else "", *count, *before)

    def _owned_by_name(self, expression: Expression) -> bool:
        """Whether a name follows "of": "the state of Erie"."""
        span = expression.span
        after = self.c.report(span.report).report.text[span.end : span.end + 40]
        return any(word[:1].isupper() for word in after.split()[1:3])

    def _adverbial(self, expression: Expression) -> bool:
        """Whether a noun alone stands after a preposition, as "board" in "on board" and "campus" in "off campus".

        So does an office that nobody is said to hold: "run for mayor", "was elected mayor".
        """
        span = expression.span
        before = self.c.report(span.report).report.text[max(0, span.start - 9) : span.start].lower()
        posts = expression.kind == "person" and before.endswith(_ELECTED)
        return posts or before.endswith((" on ", " in ", " at ", " by ", " off ", " via "))

    def top(self, number: int) -> int:
        """The node that stands for the group of node `number`."""
        while self.root[number] != number:
            self.root[number] = self.root[self.root[number]]
            number = self.root[number]
        return number

    def described(self) -> list[int]:
        """The nodes without a name, the most frequent first."""
        return sorted(
            (n for n, node in enumerate(self.nodes) if not node.named and not node.key[-1].startswith(_ALONE)),
            key=lambda n: (-len(self.nodes[n].members), self.nodes[n].key),
        )

    def names(self, number: int) -> bool:
        """Whether the group of node `number` has a name."""
        return self.facts[self.top(number)].named > 0

    def kind(self, number: int) -> str:
        """The kind of the group: that of its names, else of its nouns."""
        facts = self.facts[self.top(number)]
        if facts.kind is None:
            count = facts.name_kinds or facts.noun_kinds
            facts.kind = min(count, key=lambda k: (-count[k], k)) if count else ""
        return facts.kind

    def words(self, number: int) -> set[str]:
        """The words of the group's names and of what describes it."""
        return self.facts[self.top(number)].words

    def sides(self, number: int) -> set[str]:
        """The names in the group's descriptions."""
        return self.facts[self.top(number)].proper

    def size(self, number: int) -> int:
        """How many expressions the group holds."""
        return self.facts[self.top(number)].size

    def capitals(self, number: int) -> bool:
        """Whether a name of at most four letters always stands in capitals."""
        node = self.nodes[number]
        if len(node.key[-1]) > 4 or node.kind == "person":
            return False
        return self.shouted(number)

    def roles(self, number: int) -> set[str]:
        """The titles and nouns that stand before a name."""
        found = (self.expressions[r][e] for r, e in self.nodes[number].members)
        return {word for x in found for word in (x.title, x.role) if word}

    def shouted(self, number: int) -> bool:
        """Whether a name of one word always stands in capitals."""
        names = [self.expressions[r][e].name for r, e in self.nodes[number].members]
        return all(name is not None and self.c.quote(name).isupper() for name in names)

    def reports(self, number: int) -> set[int]:
        """The reports that name the group."""
        return self.facts[self.top(number)].reports

    def join(self, one: int, other: int) -> None:
        """Make one group of the groups of two nodes."""
        a, b = self.top(one), self.top(other)
        if a == b:
            return
        if len(self.held[a]) < len(self.held[b]):
            a, b = b, a
        self.root[b] = a
        self.held[a] += self.held.pop(b)
        self.facts[a].add(self.facts.pop(b))

    def tell(self, number: int, kind: str) -> None:
        """Make sure of what kind a group of names is."""
        facts = self.facts[self.top(number)]
        facts.name_kinds[kind] += 2 * facts.name_kinds.total()
        facts.kind = None

    def unlike(self, one: int, other: int) -> bool:
        """Whether one group is a man's and the other a woman's, or ages, numbers or peoples differ."""
        a, b = self.facts[self.top(one)], self.facts[self.top(other)]
        if len(a.genders) == len(b.genders) == 1 and a.genders != b.genders:
            return True
        if a.plural or b.plural or not {self.kind(one), self.kind(other)} & {"person", "place"}:
            mine, theirs = ({namesakes.land(w) for w in (x.proper | x.words) & self.lands} for x in (a, b))
            if mine and theirs and mine.isdisjoint(theirs):
                return True  # "Norwegian troops", "Denmark's army"
        if not a.named and not b.named:
            # "nine people" and "400 people", the governments of two countries
            if any(a.sides[noun].isdisjoint(b.sides[noun]) for noun in a.sides.keys() & b.sides.keys()):
                return True  # "rebel forces", "government forces"
            told = [(x.proper, {word for word in x.words if word.startswith("#")}) for x in (a, b)]
            if any(mine and theirs and mine.isdisjoint(theirs) for mine, theirs in zip(*told, strict=True)):
                return True
        return bool(a.ages) and bool(b.ages) and a.ages.isdisjoint(b.ages)

    def foreign(self, one: int, other: int) -> bool:
        """Whether one group has a name and what describes the other holds another's: "a Hill aide" is not Ann Brook."""
        a, b = self.facts[self.top(one)], self.facts[self.top(other)]
        if bool(a.named) == bool(b.named):
            return False
        name, noun = (a, b) if a.named else (b, a)
        others = self.surnames | namesakes.peoples() if noun.words & OFFICES else self.surnames
        return bool((noun.proper & others) - name.words)

    def apart(self, one: int, other: int) -> bool:
        """Whether what the groups are called forbids to join them: two names, or two kinds."""
        if (self.names(one) and self.names(other)) or self.unlike(one, other) or self.foreign(one, other):
            return True
        return not fits(self.kind(one), self.kind(other))


def fits(one: str, other: str) -> bool:
    """Whether an actor can be of both kinds."""
    pair = {one, other}
    if "craft" in pair:
        return pair <= {"craft", "place", "organisation", ""}
    return len(pair) == 1 or "" in pair or pair in ({"group", "organisation"}, {"organisation", "place"})
