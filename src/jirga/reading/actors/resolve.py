"""Pronouns and definite descriptions: who is meant, from what the report has told so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import Found
from jirga.reading.actors.phrases import Phrase, part_id

__all__ = ["History", "descriptions", "pronouns"]

_REACH = 3  # sentences that a pronoun looks back over
_MEMORY = 60  # sentences that a description looks back over
_ROLE = {"nsubj": 0, "nsubj:pass": 0.5, "csubj": 0, "appos": 2, "obj": 2.5, "iobj": 2.5, "obl": 3, "obl:agent": 1.5,
         "nmod": 4, "nmod:poss": 4, "compound": 6, "amod": 6, "conj": 2, "root": 1, "ROOT": 1}  # fmt: skip
_WEATHER = frozenset(
    "be seem appear rain snow take mean remain happen turn emerge follow become look matter".split()
)
_GROUPS = frozenset({"group", "unknown", "part"})
_SIDES = frozenset({"country", "government", "group", "unknown"})


class History:
    """The actors of a report in the order of the text.

    Holds at most the last few hundred mentions, so that time stays linear in the report.
    """

    def __init__(self) -> None:
        self.seen: list[tuple[Found, float]] = []
        self.pairs: list[tuple[Found, Found]] = []
        self.counts: Counter[str] = Counter()
        self.by_party: dict[str, Found] = {}
        self.offices: dict[str, Found] = {}

    def add(self, found: Found, doc: Doc) -> None:
        """Remember a mention with the grammatical role that it has."""
        self.seen.append((found, _rank(doc, found)))
        if len(self.seen) > 600:  # a pronoun or description looks back over sixty sentences at most
            del self.seen[:300]
        if found.kind in _SIDES and not found.backer:
            self.counts[found.party] += 1
            self.by_party.setdefault(found.party, found)
        elif found.of is not None and found.kind in {"part", "person"}:
            self.counts[found.of] += 1
        if found.title and found.id.startswith("person:"):
            self.offices[found.title] = found

    def pair(self, left: Found, right: Found) -> None:
        """Remember two parties that were named together."""
        if left.party != right.party:
            self.pairs.append((left, right))
            del self.pairs[:-40]

    def last(self, wanted: Callable[[Found], bool], sentence: int, reach: int = _MEMORY) -> Found | None:
        """Return the best mention that fits, not farther back than some sentences; nearer and subject goes first."""
        best: tuple[float, Found] | None = None
        for found, role in reversed(self.seen):
            away = sentence - found.sentence
            if away > reach:
                break
            if wanted(found):
                cost = 4.0 * away + role
                if best is None or cost < best[0]:
                    best = (cost, found)
            if best is not None and 4.0 * away > best[0]:
                break
        return None if best is None else best[1]

    def joint(self, found: Found) -> list[Found]:
        """Return all that were named together with a mention."""
        if not found.joint:
            return [found]
        return [other for other, _ in self.seen if other.joint == found.joint] or [found]

    def two_sides(self, wanted: Callable[[Found], bool]) -> list[Found]:
        """Return the two parties that "both sides" means: the last pair named together among the two told of most."""
        often = [party for party, _ in self.counts.most_common(4)]
        for left, right in reversed(self.pairs):
            if wanted(left) and wanted(right) and left.party in often and right.party in often:
                return [left, right]
        ranked = [
            self.by_party[p]
            for p, _ in self.counts.most_common()
            if p in self.by_party and wanted(self.by_party[p])
        ]
        return ranked[:2] if len(ranked) >= 2 else []


def _rank(doc: Doc, found: Found) -> float:
    token = doc[found.root]
    role = _ROLE.get(token.dep_, 4.0)
    if token.dep_ in {"conj", "flat", "appos"} and token.head.i != token.i:
        role = min(role, _ROLE.get(token.head.dep_, 4.0) + 0.2)
    late = 0.01 * min(token.i - token.sent.start, 99) / 10
    return role + (3.0 if found.adjective else 0.0) + late


def pronouns(doc: Doc, i: int, history: History, sentence: int) -> list[Found]:
    """Return whom a pronoun means, as mentions at the pronoun; empty when it is not a person or party, or unclear.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    i : int
        Token.
    history : History
    sentence : int
        Number of its sentence in the report.
    """
    token = doc[i]
    word = token.lower_
    if word in {"he", "she", "him", "her", "his", "hers", "himself", "herself"}:
        found = history.last(lambda f: f.kind == "person" and not f.plural, sentence, _REACH * 2)
        return _here(doc, i, [found] if found else [])
    if word in {"they", "them", "their", "theirs", "themselves"}:
        return _here(doc, i, _they(token, history, sentence))
    if word in {"it", "its", "itself"} and not _empty_it(token):
        found = history.last(lambda f: _one_party(f) and not _same_clause(token, f, doc), sentence, 2)
        return _here(doc, i, [found] if found else [])
    return []


def _they(token: Token, history: History, sentence: int) -> list[Found]:
    def cost(found: Found, role: float) -> float:
        away = 4.0 * (sentence - found.sentence)
        if found.joint or found.plural:
            return away + role
        kinds = {
            "group": 1.0,
            "unknown": 2.5,
            "part": 0.5,
            "people": 0.5,
            "government": 2.0,
            "country": 3.0,
            "body": 3.0,
        }
        return away + role + kinds.get(found.kind, 8.0)

    best: tuple[float, Found] | None = None
    for found, role in reversed(history.seen):
        if sentence - found.sentence > _REACH:
            break
        if found.kind in {"place", "outlet"} or found.backer or (found.kind == "person" and not found.joint):
            continue
        price = cost(found, role)
        if best is None or price < best[0]:
            best = (price, found)
    return history.joint(best[1]) if best else []


def _one_party(found: Found) -> bool:
    return found.kind in {"country", "government", "group", "body", "unknown", "part"} and not (
        found.plural and found.kind in {"part", "unknown"} or found.backer or found.joint
    )


def _empty_it(token: Token) -> bool:
    """Tell whether "it" is nobody: "it is clear that", "it rained", an object that may be anything."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "nsubj" and token.head.pos_ in {"VERB"}:
        return token.head.lemma_.lower() in _WEATHER or token.dep_ == "expl"
    return True


def _same_clause(token: Token, found: Found, doc: Doc) -> bool:
    """Tell whether a mention is in the pronoun's own clause as another argument, so that it cannot be meant."""
    return token.dep_ in {"obj", "obl"} and found.root < len(doc) and doc[found.root].head.i == token.head.i


def _here(doc: Doc, i: int, meant: list[Found]) -> list[Found]:
    token = doc[i]
    return [
        replace(one, begin=token.idx, end=token.idx + len(token), start=i, stop=i + 1, root=i, how="pronoun",
                adjective=token.dep_ == "nmod:poss", backer=False, joint=0)
        for one in meant
    ]  # fmt: skip


_PAIRS = {"side", "party", "country", "nation", "government", "neighbour", "neighbor", "state", "capital", "team",
          "delegation", "leader", "army", "military", "group", "faction", "force", "minister", "president", "rival",
          "foe", "power", "adversary", "belligerent", "general", "official", "movement", "people", "region"}  # fmt: skip


def both(doc: Doc, i: int, history: History) -> list[Found]:
    """Return the two parties of "both sides", "the two countries", "the warring parties" at the noun ``i``.

    Each mention has the same words; empty when the report has not told of two parties.
    """
    token, lemma = doc[i], doc[i].lemma_.lower()
    if lemma not in _PAIRS:
        return []
    left = i
    while (
        left
        and i - left < 4
        and doc[left - 1].pos_ in {"ADJ", "NUM", "DET", "VERB", "NOUN"}
        and doc[left - 1].lower_ not in {"of"}
    ):
        left -= 1
    before = {t.lower_ for t in doc[left:i]}
    if (
        not ({"both", "two", "either", "each"} & before or {"warring", "rival", "opposing"} & before)
        or {"other"} & before
    ):
        return []
    if any(t.pos_ == "PROPN" for t in doc[left:i]) or (before & {"each", "either"} and lemma != "side"):
        return []
    nations = lemma in {"country", "nation", "government", "neighbour", "neighbor", "state", "capital"}

    def wanted(one: Found) -> bool:
        return one.party.startswith("country:") if nations else one.kind in _SIDES

    pair = history.two_sides(wanted)
    begin, end = doc[left].idx, token.idx + len(token)
    return [
        Found(
            begin,
            end,
            left,
            i + 1,
            i,
            one.party if one.of else one.id,
            one.name,
            one.kind,
            None,
            "description",
            True,
        )
        for one in pair
    ]


def descriptions(phrase: Phrase, history: History, doc: Doc, owner: list[Found]) -> None:
    """Settle a definite description in place: whose delegation, which group, which minister.

    Parameters
    ----------
    phrase : Phrase
        Open: it has no party of its own.
    owner : list of Found
        Whom its possessive pronoun means ("its forces"), if it has one.
    """
    found, noun = phrase.found, phrase.noun
    lemma = doc[found.stop - 1].lemma_.lower()
    label = found.id.split(":", 1)[1]
    if owner:
        if noun.group in {"people"} and lemma in {"people", "family", "friend", "victim"}:
            return
        _belong(found, owner[0], part_id(owner[0].party, label))
        return
    if noun.group == "office":
        _office(found, history)
        return
    before = history.last(lambda f: f.id.endswith(f":{label}") and f.of is not None, found.sentence)
    if noun.group in {"delegation", "mediators", "institution", "force", "soldiers"} and before is not None:
        found.id, found.of, found.name, found.kind = before.id, before.of, before.name, before.kind
        return
    _whose(found, noun.group, lemma, label, history)


def _whose(found: Found, group: str, lemma: str, label: str, history: History) -> None:
    """Settle a description that was not told before, by the last party that can have such a part."""
    if lemma in {"group", "movement", "organisation", "organization", "militia", "outfit", "faction", "rebel", "militant",
                 "insurgent", "guerrilla", "separatist", "jihadist", "gang", "cartel", "insurgency"}:  # fmt: skip
        named = history.last(
            lambda f: f.kind == "group" or (f.kind == "unknown" and not f.plural), found.sentence
        )
        if named is not None and label in {
            lemma,
            f"{lemma}s",
            "fighters",
            *(
                f"{w}-{lemma}"
                for w in ("armed", "militant", "rebel", "terror", "terrorist", "islamist", "jihadist")
            ),
        }:
            found.id, found.of, found.name, found.kind = named.id, named.of, named.name, named.kind
            return
        if named is not None:
            _belong(found, named, part_id(named.party, label))
        return
    if group == "whole":
        side = history.last(lambda f: f.party.startswith("country:") and f.kind != "place", found.sentence, 8)
        if side is not None and lemma in {
            "government",
            "authority",
            "regime",
            "country",
            "state",
            "administration",
            "nation",
            "junta",
        }:
            found.id, found.of, found.kind = side.party, None, "government"
            found.name = side.name if side.kind in {"country", "government"} else found.name
        return
    if group in {"delegation", "force", "institution"}:
        side = history.last(lambda f: f.kind in {"country", "government", "group"}, found.sentence, 4)
        if side is not None and lemma not in {
            "media",
            "press",
            "university",
            "hospital",
            "company",
            "church",
            "court",
        }:
            _belong(found, side, part_id(side.party, label))


def _office(found: Found, history: History) -> None:
    holder = history.offices.get(found.title)
    if holder is None:
        short = found.title.rsplit(" ", 1)[-1]
        near = [f for title, f in history.offices.items() if title.rsplit(" ", 1)[-1] == short]
        holder = near[-1] if near and found.title == short else None
    if holder is not None and found.sentence - holder.sentence <= _MEMORY:
        found.id, found.of, found.name = holder.id, holder.of, holder.name
        return
    told = history.last(lambda f: f.title == found.title and f.of is not None, found.sentence, 12)
    if told is not None:
        found.id, found.of, found.name = told.id, told.of, told.name


def _belong(found: Found, owner: Found, identity: str) -> None:
    found.id, found.of = identity, owner.party
    found.name = f"{found.name} ({owner.name})"


__all__ += ["both"]
__all__.sort()
