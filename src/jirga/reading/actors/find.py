"""All mentions of actors and places in a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, text_of
from jirga.reading.actors.gazetteer import Gazetteer, Match
from jirga.reading.actors.names import Scene, find_names, introduce
from jirga.reading.actors.persons import settle_persons
from jirga.reading.actors.phrases import Phrase, copies, find_phrases
from jirga.reading.actors.resolve import History, both, descriptions, pronouns
from jirga.reading.passages import Passage
from jirga.reading.types import Mention
from jirga.reading.wordlists import word_set
from jirga.reports.types import Report

__all__ = ["find_mentions"]

_PRONOUNS = word_set("find pronouns")


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
    for found in matches:
        for match in found:
            if match.entry.id.startswith("country:"):
                code = match.entry.id[8:]
                scene.countries[code] = scene.countries.get(code, 0) + 1
    scene.common = {t.lower_ for p in passages for t in p.doc if t.text.islower()}
    _acronyms(passages, matches, scene)
    history = History(gazetteer)
    out: list[Mention] = []
    sentences = 0
    for passage, known in zip(passages, matches, strict=True):
        one = _Passage(passage.doc, known, scene, history, sentences)
        out += [_told(passage, found) for found in one.read()]
        sentences = one.sentences
    return out


def _day(report: Report) -> date | None:
    return report.published.start if report.published is not None else None


def _acronyms(passages: Sequence[Passage], matches: list[list[Match]], scene: Scene) -> None:
    for passage, known in zip(passages, matches, strict=True):
        if "(" in text_of(passage.doc):
            introduce(passage.doc, find_names(passage.doc, known, scene), known, scene)
            scene.people.clear()


def _told(passage: Passage, found: Found) -> Mention:
    begin, end = passage.block.begin + found.begin, passage.block.begin + found.end
    text = text_of(passage.doc)[found.begin : found.end]
    of = found.of if found.of != found.id else None
    return Mention(found.id, found.name, begin, end, text, found.kind, of, found.how)


class _Passage:
    """The mentions of one passage, read in text order after all earlier ones."""

    def __init__(
        self, doc: Doc, matches: list[Match], scene: Scene, history: History, sentences: int
    ) -> None:
        self.doc, self.scene, self.history = doc, scene, history
        self.number = [0] * len(doc)
        first = [0] * len(doc)
        for sentence in doc.sents:
            for i in range(sentence.start, sentence.end):
                self.number[i], first[i] = sentences, sentence.start
            sentences += 1
        self.sentences = sentences
        self.names = find_names(doc, matches, scene)
        self.phrases = find_phrases(doc, self.names, first)
        self.by_stop = {one.stop: one for one in self.names}
        settle_persons(doc, self.names, self.phrases, scene)

    def read(self) -> list[Found]:
        """Return the mentions of the passage, settled."""
        names = {one.start: one for one in self.names}
        phrases = {one.found.root: one for one in self.phrases}
        pending: dict[int, list[Found]] = {}
        out: list[Found] = []
        for i in range(len(self.doc)):
            pair = both(self.doc, i, self.history)
            if pair:
                out += self._remember(pair, joint=True)
                continue
            if i in names:
                out += self._name(names[i])
            if i in phrases:
                out += self._phrase(phrases[i], pending)
            elif i not in names and self.doc[i].lower_ in _PRONOUNS and self.doc[i].pos_ != "NOUN":
                meant = pronouns(self.doc, i, self.history, self.number[i])
                pending[i] = meant
                out += self._remember(meant, joint=len(meant) > 1)
        return sorted(out, key=lambda one: (one.begin, -one.end))

    def _name(self, one: Found) -> list[Found]:
        if one.kind == "person":
            known = self.scene.people.get(one.id)
            if known is not None and one.of is None:
                one.of, one.title = known.of, one.title or known.title
        self._pairs(one)
        return self._remember([one])

    def _pairs(self, one: Found) -> None:
        """Notice "X and Y": they are two parties, and one set for a later "they"."""
        doc = self.doc
        at = one.start - 1
        at -= at > 0 and doc[at].lower_ == "the"
        joint = doc[at].lower_ if at > 0 else ""
        if joint not in {"and", "&", "-", "–"}:
            return
        before = self.by_stop.get(at)
        if before is None or {one.kind, before.kind} & {"place", "outlet", "person"}:
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
        if not phrase.open:
            if not phrase.parties and found.id.startswith("actor:"):
                found.id = phrase.plain
            several = copies(phrase)
        else:
            at = next((k for k in range(found.start - 1, max(found.start - 4, -1), -1) if k in pending), -1)
            held = pending[at] if at >= 0 and self.doc[at].tag_ == "PRP$" else []
            several = descriptions(phrase, self.history, held)
        told = self._remember(several, joint=len(several) > 1)
        if len(told) > 1:
            self.history.parts[told[0].id.rsplit(":", 1)[-1]] = told
        return told

    def _remember(self, several: list[Found], joint: bool = False) -> list[Found]:
        number = self._next_joint() if joint else 0
        for one in several:
            one.sentence = self.number[one.root]
            one.joint = number or one.joint
            self.history.add(one, self.doc)
        return several
