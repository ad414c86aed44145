"""What a whole report is about, by its names alone: its states, its armed groups, who fights whom, who mediates.

"The army" in a report on a war inside Mali is Mali's army though Algeria was named last, and "both sides" are those
who fight, not those who host them. Names are looked at once, before pronouns and descriptions are settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import Found, case_of
from jirga.reading.actors.gazetteer import table
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.wordlists import word_set

__all__ = ["Survey", "foe_of", "opponent", "survey"]

_HOSTILE = word_set("survey hostile")
_BROKER = word_set("survey broker")
_BROKERS = word_set("survey brokers")
_CONTEST = word_set("survey contest")
_CLIMB = 8  # heads above a name that are looked at
_FEW = 40  # names of one clause; more are a list


@dataclass(slots=True)
class Survey:
    """What the names of a report tell.

    Attributes
    ----------
    states : dict of str to float
        How much a report is about each country: names, people and places of it, and groups that fight in it.
    groups : dict of str to Counter of str
        Country to the armed groups of it that do not govern it, with how often each is named.
    counts : Counter of str
        How often each party is named.
    pairs : Counter of (str, str)
        Parties that are told of as against each other or as negotiating with each other.
    brokers : set of str
        Those who host or mediate.
    most : float
        The largest of ``states``.
    unlisted : bool
        Whether the report names a place, or by one word somebody, that no list knows: it may be on a state of that name.
    """

    states: dict[str, float] = field(default_factory=dict)
    groups: dict[str, Counter[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    brokers: set[str] = field(default_factory=set)
    most: float = 0.0
    unlisted: bool = False

    def add(self, country: str, weight: float) -> None:
        """Let a name tell of a country."""
        self.states[country] = self.states.get(country, 0.0) + weight
        self.most = max(self.most, self.states[country])

    def share(self, country: str) -> float:
        """Return how much of a report is about a country, from 0 to 1, and 0.4 more when armed groups of it are named.

        Half of the most is as good as the most: in a dispute of two states the one in focus counts, not the more named.
        """
        most = self.most
        return (min(2 * self.states.get(country, 0.0) / most, 1.0) if most else 0.0) + (
            0.4 if country in self.groups else 0.0
        )

    def home(self) -> str | None:
        """Return the one state that a report on a war inside a country is about, or None."""
        if not self.states:
            return None
        parties = {code: n for code, n in self.states.items() if code not in self.brokers} or self.states
        (first, most), *rest = sorted(parties.items(), key=lambda x: -x[1])[:2]
        alone = not rest or rest[0][1] < 0.6 * most
        return first if alone and first in self.groups else None


def foe_of(group: str) -> str | None:
    """Return the state that a group fights where that is not its home country, or None."""
    return _foes().get(group)


@cache
def _foes() -> dict[str, str]:
    return {f"group:{row[0]}": f"country:{row[1]}" for row in table("opponents.tsv")}


def survey(passages: Iterable[tuple[Doc, list[Found]]]) -> Survey:
    """Look over the names of all passages of a report; time linear in their number."""
    made = Survey()
    for doc, names in passages:
        roots = {one.root: one for one in names if not one.backer}
        for one in names:
            _weigh(made, one, case_of(doc[one.root]), _of_party(doc[one.root]))
            if one.root in roots:
                _brokers(made, doc[one.root], one)
                _opponents(made, doc[one.root], one, roots)
    return made


def _weigh(made: Survey, one: Found, case: str, acts: bool) -> None:
    party = one.party
    nobodys = one.kind == "person" and one.of is None and not one.title and one.stop - one.start == 1
    made.unlisted = made.unlisted or one.id.startswith("place:text:") or (nobodys and "-" not in one.id)
    if one.kind in {"country", "government", "part", "group"} and party.startswith("country:"):
        located = one.kind == "country" and case in lexicon().metonymy["place_case"]
        aside = one.backer or located or (one.adjective and not acts)
        made.add(party, 0.3 if aside else 1.0)
        made.counts[party] += not (located or one.id.endswith(":people"))
    elif one.kind == "group":
        made.counts[party] += 1
        if one.home is not None:
            made.add(one.home, 1.0)
            made.groups.setdefault(one.home, Counter())[one.id] += 1
    elif one.of is not None and one.of.startswith("country:"):
        made.add(one.of, 0.5 if one.kind == "person" else 0.4)
    elif one.kind in {"unknown", "body"}:
        made.counts[party] += 1


def _of_party(token: Token) -> bool:
    """Tell whether an adjective stands before a noun for a party: "Dutch farmers", not "a Dutch fund"."""
    words = lexicon()
    return any(one.lower_ in words.nouns or one.lower_ in words.title_words for one in (token, token.head))


def _brokers(made: Survey, token: Token, one: Found) -> None:
    if one.kind not in {"country", "government", "body"}:
        return
    near = [c for c in islice(token.children, _FEW) if c.dep_ in {"acl:relcl", "appos", "acl"}]
    if token.dep_ == "conj":
        token = token.head
    if token.dep_ in {"nsubj", "obl:agent", "obl"}:
        near += [token.head] if token.dep_ == "nsubj" or case_of(token) == "by" else []
        near += [
            c
            for c in islice(token.head.children, _FEW)
            if c.dep_ in {"xcomp", "conj"} and token.dep_ == "nsubj"
        ]
    elif token.dep_ in {"amod", "compound", "nmod:poss"}:
        near.append(token.head)
    if any(t.lemma_.lower() in (_BROKER if t.pos_ in {"VERB", "AUX"} else _BROKERS) for t in near):
        made.brokers.add(one.party)


def _opponents(made: Survey, token: Token, one: Found, roots: dict[int, Found]) -> None:
    other = opponent(token, one, roots)
    if other is not None:
        made.pairs[(other.party, one.party)] += 1


def opponent(token: Token, one: Found, roots: Mapping[int, Found]) -> Found | None:
    """Return the subject that fights, accuses or negotiates with a mention, or None.

    Parameters
    ----------
    token : Token
        The mention's root.
    one : Found
    roots : mapping of int to Found
        The mentions of the passage by root.
    """
    head, case = token.head, case_of(token)
    against = case in {"with", "against"} and (
        head.lemma_.lower() in _CONTEST or head.lemma_.lower() in _HOSTILE
    )
    if token.dep_ in {
        "amod",
        "compound",
        "nmod:poss",
    }:  # "attacked Chadian soldiers", "talks with ELN leaders"
        case, token, head = case_of(head), head, head.head
        against = case in {"with", "against"} and head.lemma_.lower() in _CONTEST | _HOSTILE
    attacked = head.lemma_.lower() in _HOSTILE and (
        token.dep_ in {"obj", "iobj"} or (token.dep_ == "obl" and case in {"at", "on", "with", "against"})
    )
    if not against and not attacked:
        return None
    for above in (head, *islice(head.ancestors, _CLIMB)):
        for child in islice(above.children, _FEW):
            other = roots.get(child.i)
            if child.dep_ == "nsubj" and other is None:
                other = next(
                    (roots[c.i] for c in islice(child.children, _FEW) if c.i in roots and c.i < child.i), None
                )
            if child.dep_ != "nsubj" or other is None:
                continue
            same = other.party == one.party or {other.kind, one.kind} & {"place", "outlet", "body"}
            return None if same else other
    return None
