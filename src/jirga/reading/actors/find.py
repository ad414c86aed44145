"""All mentions of actors and places in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from spacy.tokens import Doc, Token

from jirga.reading.actors.acronyms import bring_in, introduce
from jirga.reading.actors.described import OFFICE_STEP, descriptions, house_of, office_of_state
from jirga.reading.actors.found import Found, case_of, text_of
from jirga.reading.actors.gazetteer import Gazetteer, Match
from jirga.reading.actors.names import Scene, find_names
from jirga.reading.actors.newstates import add_new_states, full_names, houses
from jirga.reading.actors.pairs import PAIR_WORDS, both
from jirga.reading.actors.persons import settle_persons
from jirga.reading.actors.phrases import Phrase, copies, find_phrases
from jirga.reading.actors.quoting import quoted, speakers
from jirga.reading.actors.resolve import History, pronouns
from jirga.reading.actors.shortened import bare_acronyms, spelled_out
from jirga.reading.actors.states import country_of, is_organ, rules, state_of
from jirga.reading.actors.survey import opponent, survey
from jirga.reading.actors.words import slug, words
from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reading.types import Mention
from jirga.reading.wordlists import word_set
from jirga.reports.types import Report

__all__ = ["find_mentions"]

_ANSWERS = word_set("find answers")
_SENDS = word_set("find sends")
_SEATS = {"body:eu": "country:BEL"}
_COMPASS = word_set("names compass")
_PRONOUNS = word_set("find pronouns")
_OWN, _PAPERS = word_set("find own"), word_set("resolve papers")


def find_mentions(
    report: Report, passages: Sequence[Passage], gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """Find who and which places a report names, and whom its pronouns and descriptions mean.

    Parameters
    ----------
    report : Report
    passages : sequence of Passage
        Its parsed prose; text in other languages is not among them and gets no mention.
    gazetteer : Gazetteer, optional
        Known names; the package's own when not given.

    Returns
    -------
    list of Mention
        By begin, the longer first. Several mentions with one span are a set: "both sides" gives one for each side,
        "Turkish and Qatari mediators" two. Ids:

        - ``country:PAK`` for a country, its government, and its capital where it stands for the government;
        - ``group:...``, ``body:...``, ``outlet:...``, ``person:...`` for known and unknown names;
        - ``part:PAK:delegation``, ``part:hamas:military-wing`` for parts; ``of`` has the party;
        - ``place:<GeoNames id>``, ``place:text:<slug>`` for places; ``of`` has the country where it is known;
        - ``actor:<slug>`` for names and people that no list knows.
    """
    gazetteer = gazetteer if gazetteer is not None else Gazetteer.default()
    scene = Scene(gazetteer, _day(report))
    matches = [gazetteer.find(text_of(p.doc)) for p in passages]
    docs = [p.doc for p in passages]
    scene.full = full_names(docs)
    scene.houses = houses(docs, scene.full)
    add_new_states(docs, matches, scene.full, _dateline(report, passages))
    scene.full = {key: name for key, name in scene.full.items() if name}
    for found in matches:
        for match in found:
            if match.entry.id.startswith("country:"):
                code = match.entry.id[8:]
                scene.countries[code] = scene.countries.get(code, 0) + 1
                first = match.entry.name.split(" ", 1)[0].lower()
                if first in _COMPASS:
                    scene.compass.setdefault(first, set()).add(match.entry.id)
    scene.common = {word for p in passages for word in columns(p.doc).words if word.islower()}
    _acronyms(passages, matches, scene)
    read: list[_Passage] = []
    for passage, known in zip(passages, matches, strict=True):
        read.append(_Passage(passage.doc, known, scene, read[-1].sentences if read else 0))
    _seats(read, gazetteer)
    history = History(gazetteer, survey((one.doc, one.names) for one in read), scene.day)
    return [_told(p, found) for p, one in zip(passages, read, strict=True) for found in one.read(history)]


def _dateline(report: Report, passages: Sequence[Passage]) -> str:
    """Return what stands before the first passages on their line; it was left out of the parse."""
    for passage in passages[:4]:
        begin = passage.block.begin
        before = report.text[max(begin - 90, 0) : begin].rpartition("\n")[2]
        if before.strip():
            return before
    return ""


def _seats(read: Sequence[_Passage], gazetteer: Gazetteer) -> None:
    """Let "Brussels" be the body that sits there where the report does not speak of the country."""
    names = [one for passage in read for one in passage.names]
    for body, country in _SEATS.items():
        entry = gazetteer.entries.get(body)
        if entry is None or any(one.party == country and one.how != "capital" for one in names):
            continue
        for one in names:
            if one.id == country:
                one.id, one.name, one.kind, one.of, one.home = entry.id, entry.name, entry.kind, None, None


def _day(report: Report) -> date | None:
    return report.published.start if report.published is not None else None


def _acronyms(passages: Sequence[Passage], matches: list[list[Match]], scene: Scene) -> None:
    for passage, known in zip(passages, matches, strict=True):
        if "(" in text_of(passage.doc):
            introduce(passage.doc, find_names(passage.doc, known, scene), known, scene)
            _forget(scene)
    _unbracketed(passages, matches, scene)


def _unbracketed(passages: Sequence[Passage], matches: list[list[Match]], scene: Scene) -> None:
    """Keep acronyms that the report uses for a name which it prints in full somewhere, without brackets."""
    wanted = bare_acronyms([p.doc for p in passages], matches, scene)
    for passage, known in zip(passages, matches, strict=True):
        run = words(text_of(passage.doc)) if wanted else []
        told = dict(reversed([*spelled_out(text_of(passage.doc), run, wanted)]))  # each by its first place
        if not told:
            continue
        names = find_names(passage.doc, known, scene)
        for short, stop in told.items():
            bring_in(passage.doc, short, run[max(stop - 12, 0) : stop], names, scene)
        wanted -= told.keys()
        _forget(scene)


def _forget(scene: Scene) -> None:
    """Drop what a first look at a passage left behind; acronyms stay."""
    for kept in (scene.people, scene.short, scene.heads, scene.firsts):
        kept.clear()


def _told(passage: Passage, found: Found) -> Mention:
    begin, end = passage.block.begin + found.begin, passage.block.begin + found.end
    text = text_of(passage.doc)[found.begin : found.end]
    of = found.of if found.of != found.id else None
    return Mention(found.id, found.name, begin, end, text, found.kind, of, found.how)


class _Passage:
    """The mentions of one passage, read in text order after all earlier ones."""

    history: History

    def __init__(self, doc: Doc, matches: list[Match], scene: Scene, sentences: int) -> None:
        self.doc, self.scene = doc, scene
        self.number = [0] * len(doc)
        first = [0] * len(doc)
        for start, end in columns(doc).sentences:
            for i in range(start, end):
                self.number[i], first[i] = sentences, start
            sentences += 1
        self.sentences = sentences
        self.names = find_names(doc, matches, scene)
        self.phrases = find_phrases(doc, self.names, first)
        self.by_stop = {one.stop: one for one in self.names}
        settle_persons(doc, self.names, self.phrases, scene)
        self.quoted = quoted(doc)
        self.speakers = speakers(doc, self.quoted, self.names)
        self.by_root = {one.found.root: one for one in self.phrases}
        self.told: dict[int, list[Found]] = {}
        self.at_root: dict[int, Found] = {}
        self.name_at = {one.root: one for one in self.names}

    def read(self, history: History) -> list[Found]:
        """Return the mentions of the passage, settled by what the report told before."""
        self.history = history
        names = {one.start: one for one in self.names}
        phrases = {one.found.root: one for one in self.phrases}
        pending: dict[int, list[Found]] = {}
        out: list[Found] = []
        for i, word in enumerate(columns(self.doc).lower):
            if word in _PAPERS and self.doc[i].dep_ == "nsubj":
                history.paper = self.number[i]
            pair = both(self.doc, i, self.history) if word in PAIR_WORDS else []
            if pair:
                out += self._remember(pair, joint=True)
                continue
            if i in names:
                out += self._name(names[i])
            if i in phrases:
                out += self._phrase(phrases[i], pending)
            elif word in _PRONOUNS and i not in names and self.doc[i].pos_ != "NOUN":
                speaker = self._spoken(i) if self.quoted[i] else []
                own = speaker[0].party if speaker else None
                meant = pronouns(self.doc, i, self.history, self.number[i], self.quoted[i], own)
                pending[i] = meant
                out += self._remember(meant, joint=len(meant) > 1)
            elif self.quoted[i] and word in _OWN and i not in names:
                pending[i] = self._spoken(i)
                out += pending[i]  # no antecedent of what follows: the next "he" is not the one who is quoted
        return sorted(out, key=lambda one: (one.begin, -one.end))

    def _spoken(self, i: int) -> list[Found]:
        """Return whom "we" and "our" mean in a quotation: the party of its speaker; "I" and "my" the speaker."""
        speaker, token = self.speakers[i], self.doc[i]
        if speaker is None:
            return []
        known = self.scene.people.get(speaker.id)
        of = speaker.of or (known.of if known is not None else None)
        at = replace(speaker, begin=token.idx, end=token.idx + len(token), start=i, stop=i + 1, root=i, how="pronoun",
                     adjective=token.tag_ == "PRP$", backer=False, joint=0, sentence=self.number[i], of=of)  # fmt: skip
        if speaker.kind != "person" or of is None or token.lower_ in {"i", "me", "my", "mine", "myself"}:
            return [at]
        name, kind = self.history.as_party(of)
        return [replace(at, id=of, of=None, name=name, kind=kind)]

    def _coordinated(self, one: Found) -> None:
        """Notice "the government and the rebels" as two parties, as names are that stand so."""
        token = self.doc[one.root]
        before = self.at_root.get(token.head.i) if token.dep_ == "conj" else None
        if before is None or "description" not in {one.how, before.how} or one.joint or before.joint:
            return
        if not {one.kind, before.kind} & {"place", "outlet", "person", "body", "people"}:
            self.history.pair(before, one, 3 if case_of(token.head) == "between" else 1)

    def _name(self, one: Found) -> list[Found]:
        if one.kind == "person":
            known = self.scene.people.get(one.id)
            if known is not None and known is not one:
                one.of, one.title = one.of or known.of, one.title or known.title
                one.gender = one.gender or known.gender
        self._pairs(one)
        return self._remember([one])

    def _pairs(self, one: Found) -> None:
        """Notice "X and Y": they are two parties, and one set for a later "they"."""
        doc = self.doc
        at = one.start - 1
        at -= at > 0 and doc[at].lower_ == "the"
        joint = doc[at].lower_ if at > 0 else ""
        if joint not in {"and", "&", "-", "–", ","}:
            return
        before = self.by_stop.get(at)
        if before is None or {one.kind, before.kind} & {"place", "outlet", "person"}:
            return
        if joint == ",":
            listed = doc[one.root].dep_ == "conj" and doc[one.root].head.i == before.root
            if listed and not (one.adjective or before.adjective):
                before.joint = one.joint = before.joint or self._next_joint()
            return
        between = (
            before.start
            and doc[before.start - 1].lower_ in {"between", "the"}
            and any(t.lower_ == "between" for t in doc[max(before.start - 2, 0) : before.start])
        )
        adjectives = one.adjective or before.adjective
        self.history.pair(before, one, 3 if between else 2 if joint in {"-", "–"} else 0 if adjectives else 1)
        if not adjectives and joint in {"and", "&"}:
            before.joint = one.joint = before.joint or self._next_joint()

    def _next_joint(self) -> int:
        self.scene.countries["#"] = self.scene.countries.get("#", 0) + 1
        return self.scene.countries["#"]

    def _phrase(self, phrase: Phrase, pending: dict[int, list[Found]]) -> list[Found]:
        found = phrase.found
        found.sentence = self.number[found.root]
        if found.kind == "person" and not phrase.parties and not phrase.open:
            self._holder(phrase, pending)
        short = self.history.named.get(slug(phrase.words)) if phrase.definite == "the" else None
        whole = phrase.words.removeprefix("The ").removeprefix("the ")
        if short is None and " " in whole:
            short = self.history.by_party.get(f"actor:{slug(whole)}")  # "The Hill League" once more
        if short is not None and not phrase.parties and self.doc[found.stop - 1].is_title:
            several = [replace(found, id=short.id, of=short.of, name=short.name, kind=short.kind)]
        elif not phrase.open:
            if not phrase.parties and found.id.startswith("actor:"):
                found.id = phrase.plain
            several = copies(phrase)
        else:
            held = self._possessive(phrase, pending)
            several = descriptions(phrase, self.history, held or self._owner(phrase) or self._speaker(phrase))
        told = self._remember(several, joint=len(several) > 1)
        self.told[found.root] = told
        if len(told) > 1:
            self.history.parts[told[0].id.rsplit(":", 1)[-1]] = told
            if phrase.noun.group != "mediators" and told[0].of and told[1].of:
                self.history.pair(told[0], told[1], 2)
        elif told and phrase.noun.group == "whole":
            rules(self.doc[found.start : found.stop].text, self.history, told[0].party)
        return told

    def _possessive(self, phrase: Phrase, pending: dict[int, list[Found]]) -> list[Found]:
        start = phrase.found.start
        at = next((k for k in range(start - 1, max(start - 4, -1), -1) if k in pending), -1)
        return pending[at] if at >= 0 and self.doc[at].tag_ == "PRP$" else []

    def _owner(self, phrase: Phrase) -> list[Found]:
        """Return whom a phrase belongs to when that is a phrase too: "the army's chief", "a spokesman for the rebels"."""
        root = self.doc[phrase.found.root]
        if (
            phrase.noun.group in {"soldiers", "force"}
            and root.dep_ == "obj"
            and root.head.lemma_.lower() in _SENDS
        ):
            sender = self._subject(root.head)
            if sender is not None and sender.kind not in {"place", "outlet", "people"}:
                return [sender]
        for child in islice(root.children, 20):
            if child.tag_ == "WP$" and phrase.noun.group in {
                "officials",
                "delegation",
                "soldiers",
                "force",
                "office",
            }:
                whose = next((a for a in islice(child.ancestors, 6) if a.dep_ == "acl:relcl"), None)
                held = self.at_root.get(whose.head.i) if whose is not None else None
                return [held] if held is not None and held.kind != "place" else []
            if child.dep_ == "nmod:poss" and child.i in self.told:
                return self.told[child.i][:1]
            if child.dep_ == "nmod" and case_of(child) == "in" and (seat := self._seat(phrase, child)):
                return seat
            if child.dep_ != "nmod" or case_of(child) not in {"of", "for"} or child.i <= phrase.found.root:
                continue
            other = self.by_root.get(child.i)
            if (
                phrase.noun.group == "office"
                and other is not None
                and other.open
                and other.noun.group != "office"
            ):
                owner = replace(other, found=replace(other.found, sentence=phrase.found.sentence))
                return [one for one in descriptions(owner, self.history, []) if one.kind != "people"][:1]
        return []

    def _seat(self, phrase: Phrase, child: Token) -> list[Found]:
        """Return the state of "the military in Rawalpindi", "an intelligence official in Kyiv"."""
        place = self.name_at.get(child.i)
        if place is None or place.kind != "place":
            return []
        entry = self.history.gazetteer.lookup(text_of(self.doc)[place.begin : place.end])
        if entry is not None and entry.kind == "country" and entry.id.startswith("country:X"):
            place = replace(place, of=entry.id)  # "the authorities in Sukhumi"
        elif place.of not in self.history.survey.states:
            return []
        assert place.of is not None
        seated = phrase.noun.group in {"office", "officials"} or is_organ(self.doc[phrase.found.root].lower_)
        if (
            not seated
            or phrase.noun.group == "soldiers"
            or (phrase.found.plural and phrase.noun.group == "force")
        ):
            return []
        name, _ = self.history.as_party(place.of)
        return [replace(place, id=place.of, of=None, name=name, kind="government")]

    def _speaker(self, phrase: Phrase) -> list[Found]:
        """Return whose army "the army" is inside a quotation: that of the speaker, when they are of one of the sides."""
        root = self.doc[phrase.found.root]
        if not self.quoted[root.i] or phrase.noun.group != "force" or phrase.definite != "the":
            return []
        subject = next((c for c in islice(root.sent.root.children, 20) if c.dep_ == "nsubj"), None)
        speaker = self.name_at.get(subject.i) if subject is not None and not self.quoted[subject.i] else None
        if speaker is None or not is_organ(root.lower_):
            return []
        known = self.scene.people.get(speaker.id)
        country = country_of(speaker.of or (known.of if known is not None else None), self.history)
        if (
            country is None
            or country in self.history.survey.brokers
            or self.history.survey.share(country) < 0.5
        ):
            return []
        name, _ = self.history.as_party(country)
        return [replace(speaker, id=country, of=None, name=name, kind="government")]

    def _subject(self, verb: Token) -> Found | None:
        """Return the subject of a verb, or of the verb that it depends on."""
        for above in (verb, *islice(verb.ancestors, 3)):
            subject = next((c for c in islice(above.children, 20) if c.dep_ == "nsubj"), None)
            if (
                subject is None
                and above.tag_ == "VBG"
                and any(c.lower_ == "of" for c in islice(above.children, 20))
            ):
                accused = next(
                    (c for c in islice(above.head.children, 20) if c.dep_ in {"obj", "nsubj:pass"}), None
                )
                if accused is not None:  # "accused Chad of sending troops"
                    return self.at_root.get(accused.i)
            if subject is not None:
                relative = subject.tag_ in {"WDT", "WP"} and above.dep_ == "acl:relcl"
                return self.at_root.get(above.head.i if relative else subject.i)
        return None

    def _holder(self, phrase: Phrase, pending: dict[int, list[Found]]) -> None:
        """Settle whom a person with a name and an office speaks for, when the office does not name the party."""
        found = phrase.found
        person = self.scene.people.get(found.id)
        if found.of is None:
            owner = self._possessive(phrase, pending) or self._owner(phrase)
            party = owner[0].party if owner else None
            house, of = house_of(phrase, self.history)
            if party is None and house:
                party = of.party if of is not None else None
            elif party is None and office_of_state(found.title):
                asker = self._asker(found) if self._answers(found) else None
                party = state_of(self.history, found.sentence, step=OFFICE_STEP, besides=asker)
            found.of = party
        if person is not None and person.of is None:
            person.of = found.of

    def _answers(self, found: Found) -> bool:
        """Tell whether somebody is the subject of an answer: "rejected the demand"."""
        at = self.doc[found.root]
        for one in (at, *islice(at.ancestors, 2)):
            if one.dep_ == "nsubj":
                return one.head.lemma_.lower() in _ANSWERS
        return False

    def _asker(self, found: Found) -> str | None:
        """Return the country of the subject of the sentence before: who answers is of another one."""
        for one, role in reversed(self.history.seen):
            if one.sentence < found.sentence - 1:
                break
            if one.sentence == found.sentence - 1 and role < 0.6:
                return country_of(one.party, self.history)
        return None

    def _remember(self, several: list[Found], joint: bool = False) -> list[Found]:
        number = self._next_joint() if joint else 0
        for one in several:
            one.sentence = self.number[one.root]
            one.joint, one.quoted = number or one.joint, self.quoted[one.root]
            self.history.add(one, self.doc)
            self.at_root[one.root] = one
            other = opponent(self.doc[one.root], one, self.at_root) if not one.backer else None
            if other is not None:
                self.history.pair(other, one, 1)
            self._coordinated(one)
        return several
