"""What is told only of the reporting or of nature, bare counts of victims, and whose "the statement" is."""

from __future__ import annotations

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.chain import Parties
from jirga.reading.statements.event import Event
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.roles import noun_actors
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, EventType

__all__ = ["Sift"]

_NATURE, _MEDIA = words("find_nature"), words("find_media")
_DISASTER, _MANY = words("find_disaster"), words("circumstance_many")
_WOUNDS = frozenset(
    {"shoot", "stab", "gunshot", "bullet", "bomb", "attack", "open", "gunman", "torture", "custody"}
)
_NOT_GIVEN = words("sift_not_given")
_BODINGS = words("sift_bodings") | _NATURE | _DISASTER
_PAPERS, _UNNAMED = words("find_papers"), words("find_unnamed")
_AROUND = 60  # tokens on either side; bounds hostile text


class Sift:
    """Answers for one passage what no frame can tell of an event.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    lex : Lexicon
    parties : Parties
    """

    def __init__(self, tree: Tree, cast: Cast, lex: Lexicon, parties: Parties) -> None:
        self.tree, self.cast, self.parties = tree, cast, parties
        self.violence = lex.classes["weaponry"] | lex.classes["violence"] | _WOUNDS

    def _near(self, at: int) -> range:
        return range(max(self.tree.first[at], at - _AROUND), min(self.tree.last[at], at + _AROUND))

    def victims(self, event: Event) -> bool:
        """Tell whether a bare count of dead or wounded comes from violence: "20 others were wounded", "the toll rose to 40".

        The sentence, or what the report told before, must be of violence, and the sentence of no accident or disease.
        """
        tree, at = self.tree, event.at
        words = [tree.lemmas[k] for k in self._near(at)]
        if any(w in _DISASTER for w in words) or event.force.when != "fact" or event.force.negative:
            return False
        weak = event.frame.weak
        if weak and not self.parties.violent and not any(w in self.violence for w in words):
            return False
        if event.frame.subject == "toll" or not event.frame.to:
            return any(tree.tags[k] == "CD" for k in self._near(at))
        return self.counted(event)

    def counted(self, event: Event) -> bool:
        """Tell whether it is said how many it was done to."""
        tree = self.tree
        return any(
            tree.tags[k] == "CD" or tree.kid(k, "nummod") is not None or tree.words[k] in _MANY
            for k in event.recipients
        )

    def cliche(self, event: Event) -> bool:
        """Tell whether it is about the reporting itself, or nature's work: "asked not to be named", "floods killed"."""
        tree = self.tree
        if event.type == EventType.ASSAULT and any(tree.lemmas[k] in _NATURE for k in event.actors):
            return True
        at = event.content
        if (
            event.type in (EventType.REQUEST, EventType.REJECT)
            and at is not None
            and tree.lemmas[at] in _UNNAMED
            and not event.recipients
        ):
            comment = event.frame.key in ("decline", "refuse") and tree.lemmas[at] == "comment"
            if comment or (tree.passive(at) and tree.kid(at, "nsubj:pass", "nsubj") is None):
                return True
        if (
            event.type == EventType.REQUEST
            and tree.words[event.at] == "asked"
            and tree.tags[event.at] == "VBN"
        ):
            fronted = tree.deps[event.at] == "advcl" and tree.agent(event.at) is None
            if fronted or not event.actors:
                return True  # "asked whether", "asked about": by reporters
        if (
            event.type == EventType.ASSAULT
            and event.actors
            and all(tree.tags[k] == "CD" or tree.words[k] in _MANY for k in event.actors)
        ):
            return True  # "nearly 4,000 have crossed into Chad"
        if (
            event.frame.key == "dismiss"
            and at is not None
            and tree.tags[at] == "PRP"
            and tree.words[at] != "it"
        ):
            return True  # "the firm dismissed him"
        if event.frame.op == "warn" and event.inner is None and self._bodes(event):
            return True
        if event.frame.rest == ("@labourers",) and not event.actors:
            return True  # "5,000 workers were dismissed": no party did it
        if event.frame.key == "press" and event.type == EventType.REQUEST and at is None:
            return True  # "pressed on towards the town"
        if event.frame.name == "give to" and any(
            tree.lemmas[k] in _NOT_GIVEN for k in tree.kids[event.at] if tree.deps[k] == "obj"
        ):
            return True  # "gave its answer to the mediators" helps nobody
        if event.frame.weak and event.type == EventType.CONCEDE and not self._firm(event):
            return True  # "heard of it": only "will not hear of it" tells
        if event.frame.rest == ("responsibility",) and event.force.negative:
            return True  # "nobody claimed responsibility"
        if event.frame.weak and event.type == EventType.THREATEN and event.force.when == "fact":
            return True  # "responded firmly" threatens nothing
        if event.type == EventType.CONSULT and event.recipients:
            return all(tree.lemmas[k] in _MEDIA or self._outlet(k) for k in event.recipients)
        return False

    def _bodes(self, event: Event) -> bool:
        """Tell whether a warning is of what nobody does: "aid groups warned of famine" is no threat."""
        tree, at = self.tree, event.at
        of = [
            k for k in tree.kids[at] if tree.deps[k] in ("obl", "obj") and tree.case(k) in ("of", "about", "")
        ]
        return any(tree.lemmas[k] in _BODINGS for k in of)

    def _firm(self, event: Event) -> bool:
        """Tell whether giving way is said not to be: "would not budge", "will not hear of a pause"."""
        ahead = event.force.when in ("will", "would")
        return event.force.negative and (ahead or event.frame.key != "hear")

    def _outlet(self, k: int) -> bool:
        here = self.cast.at(k)
        own = (self.cast.report.outlet or "").lower()
        return bool(here) and all(m.kind == "outlet" or m.name.lower() == own for m in here)

    def paper(self, k: int) -> list[ActorMention]:
        """Return whose statement, letter or resolution a noun is; [] for anything else, or when nobody is known."""
        tree = self.tree
        if tree.lemmas[k] not in _PAPERS or self.cast.at(k):
            return []
        owners = [
            a
            for m in noun_actors(tree, k, self.cast, "actor")
            for a in self.cast.actors(m)
            if self.cast.at(m)
        ]
        if not owners and self.parties.voice is not None:
            owners = [self.parties.voice]
        begin, end = tree.span(*tree.phrase(k))
        text = self.cast.report.text[begin:end]
        return [ActorMention(a.id, a.name, begin, end, text) for a in owners]
