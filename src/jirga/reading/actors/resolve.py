"""Pronouns: who is meant, from what the report has told so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import islice

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import Found, case_of
from jirga.reading.actors.gazetteer import Gazetteer
from jirga.reading.actors.genders import gender_of
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.survey import Survey, foe_of
from jirga.reading.actors.things import explained, of_things
from jirga.reading.actors.words import slug
from jirga.reading.acts import acts_besides
from jirga.reading.wordlists import word_set

__all__ = ["History", "pronouns"]

_REACH = 3  # sentences that a pronoun looks back over
_CLIMB = 12  # heads above a pronoun that are looked at
MEMORY = 60  # sentences that a description looks back over
_ROLE = {"nsubj": 0, "nsubj:pass": 0.5, "csubj": 0, "appos": 2, "obj": 2.5, "iobj": 2.5, "obl": 3, "obl:agent": 1.5,
         "nmod": 4, "nmod:poss": 4, "compound": 6, "amod": 6, "conj": 2, "root": 1, "ROOT": 1}  # fmt: skip
_WEATHER = word_set("resolve weather")
_ADJECTIVES = word_set("resolve it adjectives")
_ADDRESSED = word_set("resolve addressed")
_SPEAKING = word_set("find speech")
_SAID = word_set("resolve said")
_ATTACKS = word_set("resolve attacks")
_GIVES = word_set("resolve gives")
_SIDES = frozenset({"country", "government", "group", "unknown"})


class History:
    """The actors of a report in the order of the text.

    Holds at most the last few hundred mentions, so that time stays linear in the report.
    """

    def __init__(self, gazetteer: Gazetteer, found: Survey | None = None, day: date | None = None) -> None:
        self.gazetteer, self.day = gazetteer, day
        self.survey = found if found is not None else Survey()
        self.seen: list[tuple[Found, float]] = []
        self.pairs: dict[tuple[str, str], float] = {}
        for pair, times in self.survey.pairs.items():
            self._weigh(pair, 0.6 * min(times, 4))
        self.counts: Counter[str] = Counter()
        self.by_party: dict[str, Found] = {}
        self.offices: dict[str, Found] = {}
        self.parts: dict[str, list[Found]] = {}
        self.heads: dict[str, list[Found]] = {}
        self.genders: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self.unions: dict[str, Found] = {}
        self.named: dict[str, Found] = {}
        self.junta: str | None = None
        self.lead: str | None = (
            None  # the country told of first, whose police and courts the report is likely to mean
        )
        self.met: tuple[Found, Found] | None = None  # the last two parties told of against each other
        self.paper = -9  # the last sentence whose subject is a statement or letter

    def _weigh(self, pair: tuple[str, str], weight: float) -> None:
        key = pair if pair in self.pairs or pair[::-1] not in self.pairs else pair[::-1]
        self.pairs[key] = self.pairs.get(key, 0.0) + weight

    def add(self, found: Found, doc: Doc) -> None:
        """Remember a mention with the grammatical role that it has."""
        token = doc[found.root]
        found.located = found.kind == "country" and case_of(token) in lexicon().metonymy["place_case"]
        self.seen.append((found, _rank(doc, found)))
        if (
            self.lead is None
            and found.kind in {"country", "government", "part"}
            and found.party.startswith("country:")
        ):
            self.lead = found.party
        if found.of is not None and found.how != "pronoun":
            self.owners[found.id] = found.of
        if (
            found.how in {"name", "acronym"}
            and " " in found.name
            and found.kind in {"body", "group", "unknown"}
        ):
            self.named[slug(found.name.rsplit(" ", 1)[-1])] = found
        if len(self.seen) > 600:  # a pronoun or description looks back over sixty sentences at most
            del self.seen[:300]
        if found.kind in _SIDES and not found.backer:
            self.counts[found.party] += 1
            if found.id == found.party:
                self.by_party.setdefault(found.party, found)
        elif found.of is not None and found.kind in {"part", "person"}:
            self.counts[found.of] += 1
        if found.kind in {"part", "person"} and found.of is not None and found.how != "pronoun":
            label = found.id.rsplit(":", 1)[-1]
            self.parts[label] = [found]
            if "-" in label and found.kind == "part":
                self.heads[label.rsplit("-", 1)[-1]] = [found]
        if found.title and found.id.startswith("person:"):
            self.offices[found.title] = found

    def pair(self, left: Found, right: Found, weight: int) -> None:
        """Remember two parties that were named together; the more it tells of opposition, the heavier."""
        if left.party != right.party and weight:
            self.met = (left, right)
            self._weigh((left.party, right.party), weight)
            for one in (left, right):
                if one.id == one.party:
                    self.by_party.setdefault(one.party, one)

    def last(
        self,
        wanted: Callable[[Found], bool],
        sentence: int,
        reach: int = MEMORY,
        extra: Callable[[Found], float] | None = None,
    ) -> Found | None:
        """Return the best mention that fits, not farther back than some sentences; nearer and subject goes first.

        What ``extra`` tells is added to a mention's cost; a sentence of distance costs 4, a role up to 6.
        """
        best: tuple[float, Found] | None = None
        for found, role in reversed(self.seen):
            away = sentence - found.sentence
            if away > reach:
                break
            if wanted(found):
                cost = 4.0 * away + role + (extra(found) if extra is not None else 0.0)
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
        """Return the two parties that "both sides" means: the pair told of together most, else those told of most.

        Those who host or mediate are no sides as long as there are others. In a war inside a country its state and an
        armed group of it are a pair without more being said.
        """
        counts = self.counts + self.survey.counts
        pairs = dict(self.pairs)
        for home, groups in self.survey.groups.items():
            for group, times in groups.items():
                foe = foe_of(group)
                country = foe if foe is not None and counts[foe] else home
                if counts[country] and times > 1 and not {(country, group), (group, country)} & pairs.keys():
                    pairs[(country, group)] = 1.0
        fits = [(n, pair) for pair, n in pairs.items() if wanted(pair[0]) and wanted(pair[1])]
        apart = [(n, pair) for n, pair in fits if not self.survey.brokers & set(pair)]
        if apart or fits:
            armed = {group for groups in self.survey.groups.values() for group in groups}

            def weight(n: float, pair: tuple[str, str]) -> float:
                return n + (2.0 if armed & set(pair) else 0.0) + 0.5 * min(counts[pair[0]], counts[pair[1]])

            shares = [(weight(n, pair), pair) for n, pair in apart or fits]
            best = max(shares, key=lambda share: share[0])[1]
            self._weigh(best, 1.0)
            return list(best)
        ranked = [p for p, _ in counts.most_common() if wanted(p) and p not in self.survey.brokers]
        return ranked[:2] if len(ranked) >= 2 else []

    def pair_here(self, wanted: Callable[[str], bool], start: int, doc: Doc, stop: int) -> list[str]:
        """Return the two parties that the sentence itself set against each other before: "Togo sued Benin, and both sides"."""
        if self.met is None or not all(wanted(one.party) for one in self.met):
            return []
        left, right = self.met
        here = all(start <= one.root < stop and one.root < len(doc) for one in self.met)
        same = here and left.sentence == right.sentence == self.seen[-1][0].sentence
        apart = left.party not in self.survey.brokers and right.party not in self.survey.brokers
        return [left.party, right.party] if same and apart else []

    def as_party(self, party: str) -> tuple[str, str]:
        """Return the name and kind of a party."""
        entry = self.gazetteer.entries.get(party)
        if entry is not None:
            return entry.name, entry.kind
        found = self.by_party.get(party)
        if found is not None:
            return found.name, found.kind
        told = party.rsplit(":", 1)[-1].replace("-", " ").title()
        return told, "country" if party.startswith("country:") else "unknown"


def _rank(doc: Doc, found: Found) -> float:
    token = doc[found.root]
    role = _ROLE.get(token.dep_, 4.0)
    if token.dep_ in {"conj", "flat", "appos"} and token.head.i != token.i:
        role = min(role, _ROLE.get(token.head.dep_, 4.0) + 0.2)
    if token.dep_.startswith("nsubj") and token.head.dep_ in {"ccomp", "advcl", "acl", "acl:relcl"}:
        role += 0.7  # who speaks goes before whom they speak of
    nameless = found.kind == "person" and found.how == "title" and not found.id.startswith("person:")
    return role + (3.0 if found.adjective else 0.0) + (0.5 if nameless else 0.0)


def pronouns(
    doc: Doc, i: int, history: History, sentence: int, quoted: bool = False, speaker: str | None = None
) -> list[Found]:
    """Return whom a pronoun means, as mentions at the pronoun; empty when it is not a person or party, or unclear.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    i : int
        Token.
    history : History
    sentence : int
        Number of its sentence in the report.
    quoted : bool
        Whether it stands between quotation marks; names there are no antecedents for pronouns outside.
    speaker : str, optional
        Party of whoever is quoted; "they" is somebody else.
    """
    token = doc[i]
    word = token.lower_
    if word in {"he", "she", "him", "her", "his", "hers", "himself", "herself"}:
        says = token.dep_ == "nsubj" and token.head.lemma_.lower() in _SAID
        other = "m" if word in {"she", "her", "hers", "herself"} else "f"
        doer = _doer(token, history, sentence) if word in {"him", "her"} else None
        teller = _telling(token, history, sentence)
        if teller is not None and gender_of(teller, history.genders) != other:
            return _here(doc, i, [teller])
        suffers = token.dep_ in {"nsubj:pass", "obj"}
        found = history.last(
            lambda f: (
                (f.kind == "person" or (suffers and f.kind == "people" and f.how == "description"))
                and not f.plural
                and gender_of(f, history.genders) != other
                and (quoted or not f.quoted)
                and f.id != doer
                and (says or quoted or not f.title.startswith("spokes") or not _masters(f, history))
            ),
            sentence,
            _REACH * 2,
            lambda f: 0.0 if gender_of(f, history.genders) else 2.0,
        )
        if found is not None and found.kind == "person":
            history.genders.setdefault(found.id, "m" if other == "f" else "f")
        return _here(doc, i, [found] if found else [])
    if word in {"they", "it", "he", "she"} and (blamed := explained(token)) is not None:
        here = [f for f, _ in history.seen[-40:] if f.sentence == sentence and f.root == blamed.i]
        if here or blamed.tag_ in {"NN", "NNS"}:
            return _here(doc, i, history.joint(here[-1]) if here else [])
    if word in {"they", "them", "their", "theirs", "themselves"}:
        if word in {"they", "them"} and of_things(token):
            return []
        return _here(
            doc,
            i,
            _of_clause(token, history, sentence)
            or _they(
                history,
                sentence,
                quoted,
                _doer(token, history, sentence) if word == "them" or _hurt(token, None) else None,
                speaker,
            ),
        )
    if word in {"it", "its", "itself"} and not _empty_it(token):
        return _here(doc, i, _it(token, doc, history, sentence, quoted))
    return []


def _hurt(token: Token, verb: Token | None) -> bool:
    """Tell whether a possessive is in the object of an attack: "bombed one of their convoys" is not one's own."""
    if token.dep_ != "nmod:poss":
        return False
    thing = token.head
    if thing.dep_ == "nmod" and thing.head.dep_ == "obj":
        thing = thing.head
    attack = thing.dep_ == "obj" and thing.head.lemma_.lower() in _ATTACKS
    return attack and (verb is None or verb.i == thing.head.i)


def _masters(found: Found, history: History) -> bool:
    """Tell whether a spokesperson's principal was named too, who is meant when more is told than that he spoke."""
    return any(f.kind == "person" and f.id == found.of for f, _ in reversed(history.seen[-40:]))


def _doer(token: Token, history: History, sentence: int) -> str | None:
    """Return the id of the subject of an object pronoun's own clause, whom it cannot mean; None when it is possessive."""
    if token.dep_ == "nmod:poss" and not _hurt(token, None):
        return None
    subject = _agent(token)
    near = (f for f, _ in reversed(history.seen[-40:]) if f.sentence == sentence and f.root == subject)
    return next((f.id for f in near), None)


def _agent(token: Token) -> int:
    """Return who does what an object pronoun is the object of, over joined verbs and "accused X of hitting it", or -1."""
    verb = next((a for a in islice(token.ancestors, _CLIMB) if a.pos_ == "VERB"), None)
    for _ in range(4):
        if verb is None:
            return -1
        below = list(islice(verb.children, 20))
        subject = next((c.i for c in below if c.dep_ == "nsubj"), -1)
        if subject >= 0 or any(c.dep_ == "nsubj:pass" for c in below):
            return subject
        above, asked = verb.head, verb.dep_ == "xcomp"
        own = verb.tag_ == "VBD" and verb.dep_ == "conj" and not any(c.dep_.startswith("aux") for c in below)
        if own and acts_besides(verb.lemma_.lower(), above.lemma_.lower(), above.pos_ != "VERB"):
            above = above.head  # "said Chad was to blame and accused it"
        asked |= verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"of", "from"} for c in below)
        if asked:
            held = [c.i for c in islice(above.children, 20) if c.dep_ in {"obj", "iobj"} and c.i < verb.i]
            if held:
                return held[0]
        elif verb.dep_ not in {"conj", "advcl", "ccomp"} or above.i == verb.i:
            return -1
        verb = above
    return -1


def _it(token: Token, doc: Doc, history: History, sentence: int, quoted: bool) -> list[Found]:
    near = [f for f, _ in history.seen[-40:] if f.sentence == sentence]
    here = {f.root: f for f in near if _one_party(f) and not f.adjective}
    verb = next((a for a in islice(token.ancestors, _CLIMB) if a.pos_ in {"VERB", "AUX"}), None)
    if token.dep_ == "nmod:poss":
        for above in islice(
            token.ancestors, _CLIMB
        ):  # "its" goes first to the subject of its own clause, then of the one above
            asked = _asked(above)
            if asked in here and above.lemma_.lower() not in _GIVES:
                return [here[asked]]  # "urged Ankara to withdraw its troops"
            subject = next((c.i for c in above.children if c.dep_ in {"nsubj", "nsubj:pass"}), -1)
            if subject in here and subject < token.i and not _hurt(token, above):
                return [here[subject]]
    elif verb is not None and verb.dep_ in {"ccomp", "xcomp"}:
        told = next((c.i for c in verb.head.children if verb.head.i < c.i < verb.i and c.i in here), -1)
        bound = any(
            c.lower_ in {"must", "should", "has", "have", "needs", "need", "ought"}
            for c in token.doc[token.i : verb.i + 1]
        )
        if told >= 0 and bound:
            return [here[told]]  # "told Ankara that it must"
    if token.dep_ == "nsubj" and verb is not None and verb.dep_ == "acl:relcl":
        asked = next((a for above in islice(verb.ancestors, 4) if (a := _asked(above)) in here), -1)
        if asked >= 0:
            return [here[asked]]  # "called on the rebels to return to talks it left"
    if (
        token.dep_ == "nsubj"
        and token.head.lemma_.lower() in _SPEAKING
        and 0 <= sentence - history.paper <= 2
    ):
        return []  # "the statement urged ...", it said
    teller = _teller(token, verb)
    told_by = next((f for f in near if f.root == teller and f.kind == "person" and f.of is not None), None)
    if told_by is not None and told_by.of is not None and teller < token.i:
        name, kind = history.as_party(
            told_by.of
        )  # "its minister said that it would": the one that he speaks for
        return [replace(told_by, id=told_by.of, of=None, name=name, kind=kind)]
    if teller in here and teller < token.i:
        return [
            here[teller]
        ]  # "Chad told the bloc that it had expelled": of itself, as long as it must nothing
    doer = _doer(token, history, sentence) if token.dep_ == "obj" else None
    found = history.last(
        lambda f: (
            _one_party(f)
            and (quoted or not f.quoted)
            and f.id != doer
            and not (f.sentence == sentence and _same_clause(token, f, doc))
        ),
        sentence,
        2,
    )
    return [found] if found else []


def _asked(infinitive: Token) -> int:
    """Return who is asked to do what an infinitive says ("urged X to stop", "called on X to stop"), or -1."""
    verb = infinitive.head
    if infinitive.tag_ != "VB" or infinitive.dep_ not in {"xcomp", "advcl", "ccomp"}:
        return -1
    if verb.lemma_.lower() in _ADDRESSED:
        return next(
            (c.i for c in islice(verb.children, 20) if c.dep_ in {"obj", "iobj"} and c.i < infinitive.i), -1
        )
    if verb.lemma_.lower() not in {"call", "appeal", "prevail"}:
        return -1
    cases = {"on", "upon", "to"}
    return next(
        (
            c.i
            for c in islice(verb.children, 20)
            if c.dep_ == "obl" and case_of(c) in cases and c.i < infinitive.i
        ),
        -1,
    )


def _teller(token: Token, verb: Token | None) -> int:
    """Return the subject of the verb of saying over the clause whose subject a pronoun is, or -1."""
    if verb is None or token.dep_ != "nsubj" or token.head.i != verb.i or verb.dep_ != "ccomp":
        return -1
    return next((c.i for c in verb.head.children if c.dep_ == "nsubj" and c.i < verb.i), -1)


def _of_clause(token: Token, history: History, sentence: int) -> list[Found]:
    """Return whom "they" means in "the managers withdrew an offer that they had made": who does the deed above."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "acl:relcl" or verb.head.dep_ != "obj":
        return []
    subject = next((c.i for c in islice(verb.head.head.children, 20) if c.dep_ == "nsubj"), -1)
    here = [f for f, _ in history.seen[-40:] if f.sentence == sentence and f.root == subject]
    many = bool(here) and (here[0].plural or bool(here[0].joint))
    return history.joint(here[0]) if many and here[0].kind not in {"place", "outlet"} else []


def _telling(token: Token, history: History, sentence: int) -> Found | None:
    """Return the person who says what "he" is the subject of: "his rival, General Ann Bara, said she would"."""
    verb = next((a for a in islice(token.ancestors, _CLIMB) if a.pos_ in {"VERB", "AUX"}), None)
    teller = _teller(token, verb)
    if teller < 0 or verb is None or verb.head.lemma_.lower() not in _SAID:
        return None
    roots = {teller, *(c.i for c in token.doc[teller].children if c.dep_ == "appos")}
    here = [
        f for f, _ in history.seen[-40:] if f.sentence == sentence and f.root in roots and f.kind == "person"
    ]
    return next((f for f in reversed(here) if f.id.startswith("person:") and not f.plural), None)


def _they(
    history: History, sentence: int, quoted: bool, doer: str | None, speaker: str | None = None
) -> list[Found]:
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
        if (found.quoted and not quoted) or found.id == doer or (speaker and found.party == speaker):
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
    head = token.head.lemma_.lower()
    if token.dep_ in {"nsubj", "nsubj:pass"} and token.head.pos_ == "VERB":
        return head in _WEATHER
    if token.dep_ == "nsubj":
        return head not in _ADJECTIVES
    return token.dep_ not in {"obj", "iobj"} or not (head in _ADDRESSED or head in _ATTACKS)


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
