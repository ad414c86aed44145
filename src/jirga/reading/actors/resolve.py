"""Pronouns and definite descriptions: who is meant, from what the report has told so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import Found, singular
from jirga.reading.actors.gazetteer import Gazetteer
from jirga.reading.actors.phrases import Phrase, part_id
from jirga.reading.wordlists import word_set

__all__ = ["History", "descriptions", "pronouns"]

_REACH = 3  # sentences that a pronoun looks back over
_CLIMB = 12  # heads above a pronoun that are looked at
_MEMORY = 60  # sentences that a description looks back over
_ROLE = {"nsubj": 0, "nsubj:pass": 0.5, "csubj": 0, "appos": 2, "obj": 2.5, "iobj": 2.5, "obl": 3, "obl:agent": 1.5,
         "nmod": 4, "nmod:poss": 4, "compound": 6, "amod": 6, "conj": 2, "root": 1, "ROOT": 1}  # fmt: skip
_WEATHER = word_set("resolve weather")
_GROUPS = frozenset({"group", "unknown", "part"})
_SIDES = frozenset({"country", "government", "group", "unknown"})


class History:
    """The actors of a report in the order of the text.

    Holds at most the last few hundred mentions, so that time stays linear in the report.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.seen: list[tuple[Found, float]] = []
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.counts: Counter[str] = Counter()
        self.by_party: dict[str, Found] = {}
        self.offices: dict[str, Found] = {}
        self.parts: dict[str, list[Found]] = {}

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
        if found.kind in {"part", "person"} and found.of is not None and found.how != "pronoun":
            self.parts[found.id.rsplit(":", 1)[-1]] = [found]
        if found.title and found.id.startswith("person:"):
            self.offices[found.title] = found

    def pair(self, left: Found, right: Found, weight: int) -> None:
        """Remember two parties that were named together; the more it tells of opposition, the heavier."""
        if left.party != right.party and weight:
            key = (left.party, right.party)
            self.pairs[key if key in self.pairs or key[::-1] not in self.pairs else key[::-1]] += weight
            for one in (left, right):
                self.by_party.setdefault(one.party, one)

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

    def two_sides(self, wanted: Callable[[str], bool]) -> list[str]:
        """Return the two parties that "both sides" means: the pair told of together most, else those told of most."""
        fits = [(n, pair) for pair, n in self.pairs.items() if wanted(pair[0]) and wanted(pair[1])]
        if fits:
            shares = [(n + 0.5 * min(self.counts[pair[0]], self.counts[pair[1]]), pair) for n, pair in fits]
            return list(max(shares, key=lambda share: share[0])[1])
        ranked = [party for party, _ in self.counts.most_common() if wanted(party)]
        return ranked[:2] if len(ranked) >= 2 else []

    def as_party(self, party: str) -> tuple[str, str]:
        """Return the name and kind of a party."""
        entry = self.gazetteer.entries.get(party)
        if entry is not None:
            return entry.name, entry.kind
        found = self.by_party.get(party)
        return (found.name, found.kind) if found is not None else (party.split(":", 1)[-1], "unknown")


def _rank(doc: Doc, found: Found) -> float:
    token = doc[found.root]
    role = _ROLE.get(token.dep_, 4.0)
    if token.dep_ in {"conj", "flat", "appos"} and token.head.i != token.i:
        role = min(role, _ROLE.get(token.head.dep_, 4.0) + 0.2)
    return role + (3.0 if found.adjective else 0.0)


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
        return _here(doc, i, _they(history, sentence))
    if word in {"it", "its", "itself"} and not _empty_it(token):
        return _here(doc, i, _it(token, doc, history, sentence))
    return []


def _it(token: Token, doc: Doc, history: History, sentence: int) -> list[Found]:
    near = [f for f, _ in history.seen[-40:] if f.sentence == sentence]
    here = {f.root: f for f in near if _one_party(f) and not f.adjective}
    verb = next((a for a in islice(token.ancestors, _CLIMB) if a.pos_ in {"VERB", "AUX"}), None)
    if token.dep_ == "nmod:poss":
        for above in islice(
            token.ancestors, _CLIMB
        ):  # "its" goes first to the subject of its own clause, then of the one above
            subject = next((c.i for c in above.children if c.dep_ in {"nsubj", "nsubj:pass"}), -1)
            if subject in here and subject < token.i:
                return [here[subject]]
    elif verb is not None and verb.dep_ in {"ccomp", "xcomp"}:
        told = next((c.i for c in verb.head.children if verb.head.i < c.i < verb.i and c.i in here), -1)
        bound = any(
            c.lower_ in {"must", "should", "has", "have", "needs", "need", "ought"}
            for c in token.doc[token.i : verb.i + 1]
        )
        if told >= 0 and bound:
            return [here[told]]  # "told Ankara that it must"
    found = history.last(
        lambda f: _one_party(f) and not (f.sentence == sentence and _same_clause(token, f, doc)), sentence, 2
    )
    return [found] if found else []


def _they(history: History, sentence: int) -> list[Found]:
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
        (found.plural and found.kind in {"part", "unknown"}) or found.backer or found.joint
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


_PAIRS = word_set("resolve pairs")


_COUNTING = word_set("resolve counting")


def both(doc: Doc, i: int, history: History) -> list[Found]:
    """Return the two parties of "both sides", "the two countries", "the warring parties" at the noun ``i``.

    Each mention has the same words; empty when the report has not told of two parties.
    """
    token, lemma = doc[i], singular(doc[i])
    if lemma not in _PAIRS:
        return []
    left = i
    while (
        left
        and i - left < 4
        and (doc[left - 1].lower_ in _COUNTING or doc[left - 1].pos_ in {"ADJ", "DET", "NOUN"})
    ):
        left -= 1
    before = {t.lower_ for t in doc[left:i]}
    if not before & _COUNTING - {"the"} or "other" in before or any(t.pos_ == "PROPN" for t in doc[left:i]):
        return []
    if before & {"each", "either"} and lemma != "side":
        return []
    nations = lemma in {"country", "nation", "government", "neighbour", "neighbor", "state", "capital"}

    def wanted(party: str) -> bool:
        return (
            party.startswith("country:") if nations else not party.startswith(("body:", "outlet:", "person:"))
        )

    begin, end = doc[left].idx, token.idx + len(token)
    out = []
    for party in history.two_sides(wanted):
        name, kind = history.as_party(party)
        out.append(Found(begin, end, left, i + 1, i, party, name, kind, None, "description", True))
    return out


def descriptions(phrase: Phrase, history: History, owner: list[Found]) -> list[Found]:
    """Settle a definite description: whose delegation, which group, which minister.

    Parameters
    ----------
    phrase : Phrase
        Open: it has no party of its own.
    owner : list of Found
        Whom its possessive pronoun means ("its forces"), if it has one.

    Returns
    -------
    list of Found
        The phrase settled, several times when it is of several parties; with an id of its own words when nobody fits.
    """
    found, noun = phrase.found, phrase.noun
    label = found.id.split(":", 1)[1]
    if owner and noun.group in {"people", "fighters"} and noun.part != "fighters":
        owner = []
    if owner:
        out = []
        for one in owner:
            _belong(made := replace(found), one, part_id(one.party, label))
            out.append(made)
        return out
    if noun.group == "office":
        _office(found, history)
        return [found]
    if noun.group in {"delegation", "mediators", "institution", "force", "soldiers", "officials"}:
        before = history.parts.get(label, [])
        if before and found.sentence - before[0].sentence <= _MEMORY:
            return [replace(found, id=b.id, of=b.of, name=b.name, kind=b.kind) for b in before]
    if phrase.definite:
        _whose(phrase, label, history)
    if found.id.startswith("actor:"):
        found.id = phrase.plain
    return [found]


_ARMED = word_set("resolve armed")
_STATE = word_set("resolve state")


def _whose(phrase: Phrase, label: str, history: History) -> None:
    """Settle a description that was not told before, by the last party that can have such a part."""
    found, group = phrase.found, phrase.noun.group
    head = label.rsplit("-", 1)[-1]
    lemma = head[:-1] if found.plural and head.endswith("s") else head
    lemma = {"authoritie": "authority", "fighter": "rebel"}.get(lemma, lemma)
    if group in {"faction", "fighters"}:
        named = history.last(_an_armed_group, found.sentence)
        if named is None or (phrase.definite in {"these", "those", "this", "that"} and found.plural):
            return
        if lemma in _ARMED and (group == "fighters" or not found.plural) and not _told_apart(phrase):
            found.id, found.of, found.name, found.kind = named.id, named.of, named.name, named.kind
        elif (lemma not in _ARMED and not found.plural) or "-wing" in label:
            _belong(found, named, part_id(named.party, label))
        return
    if group == "whole" and lemma in _STATE:
        side = history.last(lambda f: f.party.startswith("country:") and f.kind != "place", found.sentence, 8)
        if side is not None and not _told_apart(phrase):
            found.id, found.of = side.party, None
            found.name, _ = history.as_party(side.party)
            found.kind = "government"
        return
    if group in {"delegation", "force", "institution"} and lemma not in _NOBODYS:
        side = history.last(lambda f: f.kind in {"country", "government", "group"}, found.sentence, 4)
        if side is not None:
            _belong(found, side, part_id(side.party, label))


_NOBODYS = word_set("resolve nobodys")
_PLAIN_WORDS = word_set("resolve plain words")


def _told_apart(phrase: Phrase) -> bool:
    """Tell whether words of its own tell a description apart from what was named: "the foreign country"."""
    words = phrase.plain.split(":", 1)[1].split("-")[:-1]
    return any(w not in _PLAIN_WORDS for w in words)


def _an_armed_group(found: Found) -> bool:
    return found.kind == "group" or (
        found.kind == "unknown" and not found.plural and found.how in {"name", "acronym"}
    )


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
    found.kind = "part" if found.kind in {"people", "unknown"} else found.kind


__all__ += ["both"]
__all__.sort()
