"""Names of parties, events and preference statements, as the brief says them."""

from __future__ import annotations

from collections.abc import Callable

from jirga.brief.words import capital, event_noun, joined
from jirga.conflict.formula import And, At, Formula, If, Iff, Matches, Not, Or, Taken
from jirga.conflict.types import Conflict
from jirga.record.types import Event, Record

__all__ = ["Names", "formula_words", "letter", "option_tag", "wish_words"]

SHORT = 78  # characters of an option's label where it is only referred to


class Names:
    """Looks up what a party, a report or an actor is called.

    Parameters
    ----------
    record : Record
    """

    def __init__(self, record: Record) -> None:
        self._of = dict(record.of_party)
        self._names = {party.id: party.name for party in record.parties}
        self._roles = {party.id: party.role for party in record.parties}
        for statement in record.statements.values():
            for actor in (*statement.actors, *statement.recipients):
                self._names.setdefault(actor.id, actor.name)

    def party(self, ident: str | None) -> str:
        """Return the name of the party that an actor belongs to; empty for None."""
        if ident is None:
            return ""
        whole = self._of.get(ident, ident)
        return self._names.get(whole) or self._names.get(ident) or ident.split(":")[-1].replace("-", " ")

    def asks(self, ident: str) -> str:
        """Return the verb for what an actor wants of others: mediators and outsiders ask, parties demand."""
        return "demands" if self._roles.get(self._of.get(ident, ident)) == "party" else "asks"

    def parties(self, idents: tuple[str, ...]) -> str:
        """Return several names as a sentence joins them."""
        return joined(list(dict.fromkeys(self.party(i) for i in idents)))

    def event(self, event: Event) -> str:
        """Say who did what to whom, and where, in a few words without a verb."""
        who, whom = self.parties(event.actors[:4]), self.parties(event.recipients[:4])
        place = f", {event.where.name}" if event.where else ""
        link = " → " if who and whom and who != whom else ""
        pair = f"{who}{link}{whom if link or not who else ''}"
        return capital(f"{pair}: {event_noun(event)}{place}" if pair else f"{event_noun(event)}{place}")


def letter(bit: int) -> str:
    """Return the letter that stands for an option in the brief: A, B, ... Z, A1, B1, ..."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[bit % 26] + (str(bit // 26) if bit >= 26 else "")


def option_tag(conflict: Conflict, bit: int) -> str:
    """Return an option's letter and the begin of its label, as sentences refer to it."""
    label = conflict.options[bit].label
    short = label if len(label) <= SHORT else label[:SHORT].rsplit(" ", 1)[0].rstrip(",;:–—… ") + " …"
    return f"{letter(bit)} “{short}”"


def formula_words(formula: Formula, conflict: Conflict) -> str:
    """Say a preference statement with the options' labels instead of their names.

    Parameters
    ----------
    formula : Formula
    conflict : Conflict
    """
    return _say(formula, conflict, 0)


def wish_words(
    formula: Formula, conflict: Conflict, dm: str | None, tag: Callable[[int], str] = letter
) -> str:
    """Say a preference statement as what somebody cares about: "seeing D chosen".

    Parameters
    ----------
    formula : Formula
    conflict : Conflict
    dm : str or None
        Whose wish it is; it chooses its own options and sees those of others chosen.
    tag : callable
        Names a single option; what speaks of more than one names them by letter.
    """
    match formula:
        case Taken(bit):
            own = conflict.options[bit].dm == dm
            return f"choosing {tag(bit)}" if own else f"seeing {tag(bit)} chosen"
        case Not(Taken(bit)):
            own = conflict.options[bit].dm == dm
            return f"not choosing {tag(bit)}" if own else f"being spared {tag(bit)}"
        case Iff(Taken(left), Taken(right)):
            return f"having {tag(left)} exactly when {tag(right)}"
        case If(when=Taken(cause), then=Taken(deed)):
            return f"having {tag(deed)} if {tag(cause)}"
        case If(when=Not(Taken(cause)), then=Taken(deed)):
            return f"having {tag(deed)} if not {tag(cause)}"
        case _:
            return f"“{_say(formula, conflict, 0, tags=True)}”"


def _say(formula: Formula, conflict: Conflict, depth: int, tags: bool = False) -> str:
    def tag(bit: int) -> str:
        return letter(bit) if tags else option_tag(conflict, bit)

    def say(child: Formula, at: int = depth + 1) -> str:
        return _say(child, conflict, at, tags)

    match formula:
        case Taken(bit):
            return tag(bit)
        case At(state):
            return f"state {conflict.states[state]}"
        case Not(Taken(bit)):
            return f"not {tag(bit)}"
        case Not(Or(children)):
            return f"none of {joined([say(c) for c in children])}"
        case Not(child):
            return f"not ({say(child, 0)})"
        case And(children):
            return _wrap(" and ".join(say(c) for c in children), depth)
        case Or(children):
            return _wrap(" or ".join(say(c) for c in children), depth)
        case If(when=when, then=then):
            return _wrap(f"{say(then)} if {say(when)}", depth)
        case Iff(left, right):
            return _wrap(f"{say(left)} exactly when {say(right)}", depth)
        case Matches(yes, no):
            bits = range(len(conflict.options))
            parts = [tag(bit) for bit in bits if yes >> bit & 1] + [
                f"not {tag(bit)}" for bit in bits if no >> bit & 1
            ]
            return _wrap(" and ".join(parts), depth)


def _wrap(text: str, depth: int) -> str:
    return f"({text})" if depth else text
