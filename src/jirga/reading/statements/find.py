"""Find the events of one passage that are told, and leave out what is only meant, asked or imagined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.chain import Parties, once
from jirga.reading.statements.conditions import asked_by_condition
from jirga.reading.statements.demands import duty, none_ahead, own_cannot, own_will_not, war_ahead
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.implied import implied
from jirga.reading.statements.lists import LIST_NOUNS, listed_demands
from jirga.reading.statements.modality import condition_of, in_condition
from jirga.reading.statements.sift import Sift
from jirga.reading.statements.split import split
from jirga.reading.statements.standing import MEANT, ONLY_MEANT, Standing, of_troops, speaks
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.weigh import Said, weigh
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, Attribution, EventType, SourceKind

__all__ = ["find_told"]

_TELLING = frozenset({"MD", "JJ", "IN", "RB"})  # besides verbs and nouns
_UNDONE = frozenset({EventType.RETREAT, EventType.CONCEDE})
_NEARLY = frozenset({"nearly", "almost"})
_MEANWHILE = words("find_meanwhile")
_ANSWERS = frozenset({EventType.REJECT, EventType.AGREE, EventType.CONCEDE})
_LASTING = words("roles_time")  # "five days of combat killed 48"
_OWN_SIDE = frozenset({EventType.THREATEN, EventType.AGREE, EventType.REJECT})


class Finder:
    """Walks one passage's sentences.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    lex : Lexicon
    chains : mapping of int to tuple of Attribution
        Over each token, outermost first.
    parties : Parties
    """

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        lex: Lexicon,
        chains: Mapping[int, tuple[Attribution, ...]],
        parties: Parties,
    ) -> None:
        self.tree, self.cast, self.lex, self.chains, self.parties = tree, cast, lex, chains, parties
        self.reader = EventReader(tree, cast, lex)
        self.used: set[int] = set()
        self.accused: dict[int, Attribution] = {}
        self.sift = Sift(tree, cast, lex, parties)
        self.standing = Standing(tree, cast, lex, chains, self.reader, self.sift)

    def sentence(self, start: int, end: int) -> Iterator[Told]:
        """Yield what one sentence tells, operators before what is inside them."""
        tree = self.tree
        if tree.words[end - 1] == "?" or (end - start > 1 and tree.words[end - 2] == "?"):
            return
        for i in (k for k in range(start, end) if tree.lemmas[k] in LIST_NOUNS):
            for one in listed_demands(tree, self.cast, self.reader, self.chains.get(i, ()), i):
                yield one
                self._use(one.event)
                self.used.add(one.event.content if one.event.content is not None else i)
        for i in sorted(filter(self._may_tell, range(start, end)), key=self._depth):
            if i in self.used:
                continue
            told = self._one(i)
            if told is not None:
                self.parties.violent |= told.weighed.type == EventType.ASSAULT
                asked = asked_by_condition(tree, self.cast, self.reader, self.parties, told)
                if asked is not None and not told.recipients:
                    told.recipients = list(asked.recipients)  # "will not end the strike until the firm pays"
                yield told
                if asked is not None:
                    yield asked
        self._hear(start, end)

    def _hear(self, start: int, end: int) -> None:
        """Remember who spoke last: "the statement" of the next sentence is his."""
        for i in range(start, end):
            chain = self.chains.get(i, ())
            if chain and chain[0].source is not None and chain[0].kind != SourceKind.OUTLET:
                self.parties.voice = chain[0].source

    def _may_tell(self, i: int) -> bool:
        """Tell whether a token may be a verb, a noun or a predicate; no other tells anything."""
        tag = self.tree.tags[i]
        return tag[:1] in ("V", "N") or tag in _TELLING or self.tree.kid(i, "cop") is not None

    def _depth(self, i: int) -> tuple[int, int]:
        depth, at = 0, i
        while self.tree.heads[at] != at and depth < 40:
            depth, at = depth + 1, self.tree.heads[at]
        return depth, i

    def _one(self, i: int) -> Told | None:
        tree = self.tree
        chain = self.chains.get(i, ())
        if i in self.accused:  # "which accuses them of": the relative word is the party that is meant
            chain = tuple(a for a in chain if a.source is not None or a.cue_span != self.accused[i].cue_span)
        if i in self.accused and not any(a.source == self.accused[i].source for a in chain):
            chain = (*chain, self.accused[i])
        chain = once(chain)
        special = None
        if tree.is_verb(i) or tree.kid(i, "cop") is not None:
            special = (
                duty(tree, self.cast, self.reader, i, chain, self.parties)
                or own_cannot(tree, self.reader, i, chain)
                or own_will_not(tree, self.reader, i, chain)
                or implied(tree, self.reader, i, chain, self.parties)
            )
        if special is None and tree.tags[i].startswith("N"):
            special = war_ahead(tree, i, chain, self.lex) or none_ahead(tree, i, chain, self.lex)
        event = special if special is not None else self.reader.read(i)
        if event is None and i in self.reader.inside.void:
            self.used.update(tree.content(self.reader.inside.void[i]))
        if event is None:
            return None
        if special is None and not self.standing.stands(event):
            if event.frame.op in ONLY_MEANT and event.content is not None:
                self.used.update(tree.content(event.content))  # what nobody known demands is still no fact
            return None
        if in_condition(tree, i):
            return None
        told = self._weigh(event, self._whose_word(event, chain), special is not None)
        if told is not None:
            self._use(event)
            if told.weighed.type == EventType.ACCUSE and told.actors:
                self._accuse(event, told)
        return told

    def _whose_word(self, event: Event, chain: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
        """Return the chain without an accuser over his own accusation, with who denies over what he denies to have done."""
        if event.frame.op == "deny" and event.type not in _ANSWERS and event.word != event.at:
            return once(self.chains.get(event.word, chain))
        speaks = event.type == EventType.ACCUSE or (
            event.type in (EventType.REQUEST, EventType.THREATEN) and event.frame.op is not None
        )
        if speaks and event.force.when == "fact" and chain and chain[-1].source is not None:
            own = {m.id for k in event.actors for m in self.cast.at(k)}
            return chain[:-1] if chain[-1].source.id in own else chain
        return chain

    def _accuse(self, event: Event, told: Told) -> None:
        """Note that what somebody is accused of is told by the accuser."""
        tree = self.tree
        cue = tree.span(event.at, event.at + 1)
        source = told.actors[0]
        for k in tree.kids[event.at]:
            aside = tree.deps[k] == "advcl" and (
                tree.case(k) in _MEANWHILE or (tree.tags[k] == "VBG" and not tree.case(k))
            )  # "as shells fell", ", killing two"
            if k < event.at or not tree.is_verb(k) or aside:
                continue
            if tree.deps[k] in ("advcl", "xcomp", "obl", "acl", "ccomp"):
                inside = tree.content(k, asides=False)
                kind = SourceKind.NAMED if self.parties.known(source.id) else SourceKind.OFFICIAL
                content = tree.span(inside[0], inside[-1] + 1)
                one = Attribution(
                    kind, source, (source.begin, source.end), cue, content, level=len(told.chain)
                )
                self.accused.update(dict.fromkeys(inside, one))

    # ------------------------------------------------------------------ how is it told

    def _weigh(self, event: Event, chain: tuple[Attribution, ...], special: bool) -> Told | None:
        tree = self.tree
        actors = _unique(a for k in event.actors for a in self.sift.paper(k) or self.cast.actors(k))
        if event.type == EventType.ASSAULT:
            actors = [a for a in actors if not (a.id.startswith("actor:") and self._weapon(event, a))]
        recipients = _unique(a for k in event.recipients for a in self.cast.actors(k))
        if special and event.frame.actor == ("source",):
            chain, actors = self._source(chain, actors)
            if not actors:
                return None
        if (
            not actors
            and chain
            and chain[-1].source is not None
            and any(speaks(tree, k) for k in event.actors)
        ):
            actors = [
                chain[-1].source
            ]  # "X said that they will": an unresolved pronoun speaks of the speaker
        actors = self._not_the_source(event, chain, actors)
        if not actors and of_troops(event):
            actors = self.standing.whose_forces(event)
            actors = actors or ([chain[-1].source] if chain and chain[-1].source is not None else [])
        if event.type == EventType.PROTEST and actors and all(_of_state(a.id) for a in actors):
            return None  # "the regime blocked roads" is no protest
        ids = {a.id for a in actors}
        recipients = [r for r in recipients if r.id not in ids]
        if (
            event.type in _OWN_SIDE
        ):  # "warned that Israel would respond": his own side is not the one threatened
            recipients = [r for r in recipients if not any(self.parties.same(r.id, a.id) for a in actors)]
        ahead = special or event.force.when != "fact" or event.type in (EventType.THREATEN, EventType.AGREE)
        condition = condition_of(tree, event.at, ahead)
        if (
            condition is None
            and event.type in (EventType.THREATEN, EventType.AGREE, EventType.REJECT)
            and event.content is not None
        ):
            condition = condition_of(tree, event.content, True)
        if condition is not None and (condition == event.at or event.at in tree.subtree(condition)):
            condition = None
        if (
            condition is not None
            and condition > event.at
            and event.type in (EventType.REQUEST, EventType.ACCUSE)
        ):
            condition = None  # it belongs to what is asked
        said = Said(bool(chain), self._own(chain, actors), condition is not None)
        weighed = weigh(event, said, self.lex)
        if weighed.type is None or any(tree.words[k] in _NEARLY for k in tree.kids[event.at]):
            self._use(event)  # what is inside something that is only imagined is not told either
            return None
        if (
            actors
            and event.type == EventType.RETREAT
            and weighed.type != EventType.RETREAT
            and not event.inner
        ):
            recipients = [
                r for r in recipients if not r.id.startswith("actor:")
            ]  # "will not free the prisoners"
        return Told(event, weighed, chain, condition, actors, recipients)

    def _weapon(self, event: Event, actor: ActorMention) -> bool:
        """Tell whether what hits somebody is a thing: "debris of a drone hurt two men"."""
        tree = self.tree
        head = next((k for k in event.actors if tree.span(k, k + 1)[0] >= actor.begin), None)
        things = (self.lex.classes["weaponry"] | _LASTING) - self.lex.classes["agents"] - {"bomber"}
        return head is not None and tree.lemmas[head] in things

    def _not_the_source(
        self, event: Event, chain: tuple[Attribution, ...], actors: list[ActorMention]
    ) -> list[ActorMention]:
        """Mend a parse that takes an unnamed source for the doer: "insiders say the army ..." tells of the army."""
        if not chain or chain[-1].kind != SourceKind.ANONYMOUS or chain[-1].source_span is None:
            return actors
        begin, end = chain[-1].source_span
        if not any(begin <= a.begin < end for a in actors):
            return actors
        for k in range(event.at - 1, self.tree.first[event.at], -1):
            here = self.cast.at(k)
            if (
                here
                and here[0].begin >= end
                and here[0].kind != "place"
                and self.tree.tags[k].startswith("N")
            ):
                return self.cast.actors(k)
            if self.tree.span(k, k + 1)[0] < end:
                break
        return [a for a in actors if not begin <= a.begin < end]

    def _source(
        self, chain: tuple[Attribution, ...], actors: list[ActorMention]
    ) -> tuple[tuple[Attribution, ...], list[ActorMention]]:
        """Make the speaker the actor: his own attribution is the act itself."""
        for at in range(len(chain) - 1, -1, -1):
            source = chain[at].source
            if source is not None:
                return chain[:at], [source]
        return chain, actors

    def _own(self, chain: tuple[Attribution, ...], actors: list[ActorMention]) -> bool:
        if not chain:
            return False
        last = chain[-1]
        if last.source is None:
            return last.kind in (SourceKind.OFFICIAL, SourceKind.ANONYMOUS) or not actors
        return any(self.parties.same(last.source.id, a.id) for a in actors) or (
            not self.parties.known(last.source.id) and last.kind == SourceKind.OFFICIAL
        )

    # ------------------------------------------------------------------ what it uses up

    def _use(self, event: Event) -> None:
        tree = self.tree
        if event.frame.subject in ("talks", "ceasefire", "violence"):
            subject = tree.kid(event.at, "nsubj", "nsubj:pass")
            self.used.update(() if subject is None else (subject,))
        if event.type == EventType.ASSAULT and not event.frame.noun:
            violent = self.lex.classes["weaponry"] | self.lex.classes["violence"]
            for k in tree.kids[event.at]:
                if (
                    tree.deps[k] in ("nsubj", "obl", "obl:agent")
                    and {tree.lemmas[k], tree.words[k]} & violent
                ):
                    self.used.add(k)
                    self.used.update(m for m in tree.kids[k] if tree.deps[m] == "acl")
        if (
            event.type in _UNDONE and not event.frame.noun
        ):  # "lifted their blockade of the port": it is no more
            self.used.update(k for k in tree.kids[event.at] if tree.deps[k] in ("obj", "nsubj:pass"))
        if event.type == EventType.THREATEN and event.frame.op is None:  # "vowed to avenge them"
            self.used.update(k for k in tree.kids[event.at] if tree.lemmas[k] in event.frame.rest)
        at: Event | None = event
        while at is not None:
            self.used.update((at.at, at.word))
            if at.content is not None and (
                at.frame.op in MEANT or at.frame.actor == ("source",) or at.force.when in ("will", "would")
            ):
                self.used.update(tree.content(at.content, past=False, asides=False))
            at = at.inner


def _of_state(ident: str) -> bool:
    return ident.startswith("country:") or ident.endswith((":forces", ":army", ":military", ":police"))


def _unique(actors: Iterable[ActorMention]) -> list[ActorMention]:
    seen: dict[tuple[str, int, int], ActorMention] = {}
    for a in actors:
        seen.setdefault((a.id, a.begin, a.end), a)
    return list(seen.values())


def find_told(
    tree: Tree, cast: Cast, lex: Lexicon, chains: Mapping[int, tuple[Attribution, ...]], parties: Parties
) -> list[Told]:
    """Return what a passage tells, in text order."""
    finder = Finder(tree, cast, lex, chains, parties)
    out = [told for start, end in tree.sentences if start < end for told in finder.sentence(start, end)]
    out.sort(key=lambda t: t.event.at)
    return [part for told in out for part in split(told, tree, finder.reader)]
