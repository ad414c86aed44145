"""Levers, exact conditions and searches in words that can be understood at first reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from jirga.brief.names import letter, wish_words
from jirga.brief.words import joined
from jirga.conflict.formula import And, Formula, Not, Taken
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.types import Conflict
from jirga.stability.how import Share
from jirga.stability.inverse import DmInverse, Inverse
from jirga.stability.lever_types import Change, Scan
from jirga.stability.sweep import Decider

__all__ = [
    "GLOSS",
    "SWEEP_GLOSS",
    "change_words",
    "condition_words",
    "decider_words",
    "lever_words",
    "outcome_words",
    "scan_words",
    "wish",
]

GLOSS = {
    "Nash": "nobody has a move of its own to something better",
    "GMR": "nobody gains by leaving, given what the others could do in answer, whatever it costs them",
    "SMR": "as GMR, and no further move of its own would mend it",
    "SEQ": "nobody gains by leaving, given the answers that the others would want to make",
    "SSEQ": "as SEQ, and no further move of its own would mend it",
}
"""What it means that an outcome holds, by concept."""

SWEEP_GLOSS = {
    "orders": "Drawn: the order of everybody’s wishes, all orders alike.",
    "unknown": "Drawn: the places of the wishes whose place is not known.",
    "swaps": "Drawn: a few neighbours swapped in everybody’s ranking.",
    "weights": "Drawn: how much each wish weighs.",
    "decides": "“Holds”: in how many draws nobody would leave the state. “Depends most on”: the one thing drawn that tells most "
    "about whether it holds (100 %: it decides alone; 0 %: it tells nothing).",
}
"""What was drawn, and what the last column means."""

MOST_WISHES = 2  # wishes that one is set above or below, in one sentence
MOST_NAMED = 4  # outcomes or wishes that a sentence names; of more it tells the number
SHORT = 48  # characters of an option's label: a lever names several, and the whole labels stand beside it
MOST_CLAUSES = 6  # moves of a condition that are told one by one


def lever_words(conflict: Conflict, changes: Sequence[Change]) -> list[str]:
    """Return one sentence part for each change, payments by one mediator as one.

    Parameters
    ----------
    conflict : Conflict
    changes : sequence of Change
    """
    out = []
    for paid, group in groupby(changes, key=lambda change: change.kind == "pay"):
        one = list(group)
        out += (
            [_payment(conflict, one)] if paid and len(one) > 1 else [change_words(conflict, c) for c in one]
        )
    return out


def change_words(conflict: Conflict, change: Change) -> str:
    """Say one change of a lever.

    Parameters
    ----------
    conflict : Conflict
    change : Change
    """
    who = _label(conflict, change.dm)
    match change.kind:
        case "reorder":
            over = _few(
                [_wish_of(conflict, s, change.dm) for s in change.passed], "of its other wishes", MOST_WISHES
            )
            said = _said(conflict, change)
            more, less = (said, over) if (change.to or 0) < (change.place or 0) else (over, said)
            return f"{who} comes to care more about {more} than about {less}"
        case "drop":
            return f"{who} no longer cares about {_said(conflict, change)}"
        case "reverse":
            vocabulary = Vocabulary.of(conflict)
            turned = [wish(_opposite(parse(s, vocabulary)), conflict, change.dm) for s in change.statements]
            return f"{who} comes to want {joined(turned)}, the opposite of what it wants today"
        case "promise":
            return (
                f"{who} comes to want this outcome for its own sake, {_above(conflict, change.dm, change.to)}"
            )
        case "pay":
            return _payment(conflict, [change])
        case "answer":
            return _answer(conflict, change, who)
        case "coalition":
            members = joined([_label(conflict, member) for member in change.members])
            return f"{members} act as one: they leave an outcome only if all of them gain"
        case "ranking":
            return _ranking(conflict, change)
        case _:
            return _possible(conflict, change)


def _possible(conflict: Conflict, change: Change) -> str:
    """Say a change of what can be done."""
    who = _label(conflict, change.dm)
    named = (i for i, o in enumerate(conflict.options) if change.option in {o.id, f"{o.dm}.{o.id}"})
    option = next((_tag(conflict, bit) for bit in named), "")
    if change.kind == "forgo":
        return f"{who} gives up {option} for good, or is kept from it"
    if change.kind == "bind" and change.value:
        return f"{who} binds itself: once it chooses {option}, it cannot go back on it"
    if change.kind == "bind":
        return f"{who} binds itself: as long as it is without {option}, it stays without it"
    formula = parse(change.statements[0], Vocabulary.of(conflict))
    parts = formula.children if isinstance(formula, And) else (formula,)
    return f"somebody makes sure that it never comes to this: {' while '.join(_fact(conflict, one) for one in parts)}"


def _fact(conflict: Conflict, formula: Formula) -> str:
    match formula:
        case Taken(bit):
            return f"{_tag(conflict, bit)} is chosen"
        case Not(Taken(bit)):
            return f"{_tag(conflict, bit)} is not chosen"
        case _:
            return wish(formula, conflict, None)


def _payment(conflict: Conflict, changes: Sequence[Change]) -> str:
    who = joined([_label(conflict, change.dm) for change in changes])
    worth = [
        f"{_label(conflict, change.dm)} values that {_above(conflict, change.dm, change.to)}"
        for change in changes
    ]
    return f"a third side makes this outcome worth while for {who}, by a reward or by a penalty for leaving it; {joined(worth)}"


def _answer(conflict: Conflict, change: Change, who: str) -> str:
    target = change.members[0]
    told = f"{who} becomes able to hurt {_label(conflict, target)}, and does so unless this outcome stands"
    minds = f"{_label(conflict, target)} minds that {_above(conflict, target, change.to)}"
    maker = next(one for one in conflict.decision_makers if one.id == change.dm)
    if (change.place or 0) >= len(maker.preferences):
        return f"{told}; {minds}"
    return f"{told}, which it wants {_above(conflict, change.dm, change.place)}; {minds}"


def _ranking(conflict: Conflict, change: Change) -> str:
    who = _label(conflict, change.dm)
    if change.state is not None:
        passed = _few([outcome_words(conflict, word) for word in change.passed], "other outcomes")
        return f"{who} comes to like {outcome_words(conflict, change.state)} at least as much as {passed}"
    said = {"better": "more than", "equal": "as much as"}
    pairs = [
        f"{outcome_words(conflict, a)} {said[how]} {outcome_words(conflict, b)}" for a, how, b in change.pairs
    ]
    if change.size <= MOST_NAMED:
        return f"{who} comes to like {joined(pairs)}"
    return f"{who} ranks the outcomes anew, {change.size} pairs of them in another order; it comes to like {pairs[0]}"


def _few(parts: Sequence[str], what: str, most: int = MOST_NAMED) -> str:
    return joined(list(parts)) if len(parts) <= most else f"{len(parts)} {what}, {parts[-1]} among them"


def outcome_words(conflict: Conflict, word: str) -> str:
    """Name an outcome: its word, and the options that are taken."""
    if conflict.states:
        return f"“{word}”"
    names = [option.id for option in conflict.options]
    full = [f"{o.dm}.{o.id}" if names.count(o.id) > 1 else o.id for o in conflict.options]
    taken = [name for name, sign in zip(full, word, strict=True) if sign == "Y"]
    return f"{word} ({', '.join(taken) or 'no option taken'})"


def _tag(conflict: Conflict, bit: int) -> str:
    """Return an option's letter and the begin of its label."""
    label = conflict.options[bit].label
    short = label if len(label) <= SHORT else label[:SHORT].rsplit(" ", 1)[0].rstrip(",;:–—… ") + " …"
    return f"{letter(bit)} “{short}”"


def _label(conflict: Conflict, dm: str | None) -> str:
    return next((maker.label for maker in conflict.decision_makers if maker.id == dm), dm or "")


def _said(conflict: Conflict, change: Change) -> str:
    return joined([_wish_of(conflict, s, change.dm) for s in change.statements])


def _wish_of(conflict: Conflict, statement: str, dm: str | None) -> str:
    return wish(parse(statement, Vocabulary.of(conflict)), conflict, dm)


def wish(formula: Formula, conflict: Conflict, dm: str | None) -> str:
    """Say a preference statement as what somebody wants: "seeing C “Buy the power” chosen".

    Parameters
    ----------
    formula : Formula
    conflict : Conflict
    dm : str or None
        Whose wish it is; it chooses its own options and sees those of others chosen.
    """
    return wish_words(formula, conflict, dm, lambda bit: _tag(conflict, bit))


def _opposite(formula: Formula) -> Formula:
    return formula.child if isinstance(formula, Not) else Not(formula)


def _above(conflict: Conflict, dm: str | None, to: int | None) -> str:
    """Say what a new wish has to be set above: "more than ...", or at the end of all wishes."""
    maker = next(one for one in conflict.decision_makers if one.id == dm)
    if not maker.preferences:
        return "above all" if to == 0 else "where it is indifferent otherwise"
    if (to or 0) >= len(maker.preferences):
        return "less than anything else it wants"
    return f"more than {joined([_wish_of(conflict, s, dm) for s in maker.preferences[to or 0].statements])}"


def condition_words(conflict: Conflict, found: Inverse, words: Sequence[str], one: DmInverse) -> list[str]:
    """Say under which rankings a state is stable for a decision maker, a line for each move that matters.

    Parameters
    ----------
    conflict : Conflict
    found : Inverse
    words : sequence of str
        Y/N words or names of all states.
    one : DmInverse
        Of `found`.
    """
    who, here = _label(conflict, one.dm), outcome_words(conflict, words[found.state])
    clauses = one.condition.clauses
    if not clauses:
        return [f"{who} stays at {here} whatever it prefers."]
    now = "It does now" if one.holds else "It does not now"
    lines = [f"{who} stays at {here} if it prefers none of these to it. {now}; {_count(one)}."]
    for clause in clauses[:MOST_CLAUSES]:
        ends = [_group(conflict, [words[t] for t in sorted(group)]) for group in clause.sanctions]
        line = outcome_words(conflict, words[clause.move])
        if ends:
            rest = f", or {len(ends) - MOST_NAMED} more" if len(ends) > MOST_NAMED else ""
            told = " or ".join(ends[:MOST_NAMED]) + rest
            line += f" (it may, if the others can answer by what it does not prefer to {words[found.state]}: {told})"
        lines.append(f"- {line}")
    if len(clauses) > MOST_CLAUSES:
        lines.append(f"- and {len(clauses) - MOST_CLAUSES} more; all are in the JSON output")
    return lines


def _group(conflict: Conflict, words: Sequence[str]) -> str:
    """Name an answer; with replies, all of them have to be no better."""
    first = outcome_words(conflict, words[0])
    return (
        first
        if len(words) == 1
        else f"all of {joined([first, *words[1:MOST_NAMED]])}{' …' * (len(words) > MOST_NAMED)}"
    )


def _count(one: DmInverse) -> str:
    share = one.count.share
    if isinstance(share, Share):
        return f"about {share.value:.0%} of all its rankings without ties do (a sample of {share.samples:,})"
    return f"{_percent(float(share))} of all its rankings without ties do"


def _percent(share: float) -> str:
    return (
        f"{share:.0%}"
        if 0.005 <= share <= 0.995 or share in (0, 1)
        else "hardly any"
        if share < 0.5
        else "nearly all"
    )


def decider_words(decider: Decider, word: Callable[[int], str]) -> str:
    """Say what decides most: a wish, or the place of a state, and how much of it.

    Parameters
    ----------
    decider : Decider
    word : callable
        Y/N word or name of a state.
    """
    what = ", ".join(decider.statements)
    if decider.state is not None:
        what = f"where it ranks {word(decider.state)}"
    return f"{decider.dm}: {what} ({decider.explained:.0%})"


_SCANS = {
    "order": "single changes of what one side wants",
    "orders": "changes of what the sides want, several at a time",
    "moves": "re-orderings of wishes alone",
    "option": "options bound, given up or ruled out together",
    "option and order": "an option and a wish changed together",
    "added option": "rewards and answers added",
    "coalition": "groups acting as one",
    "ranking": "rankings of outcomes",
}
_UNITS = {
    "coalition": ("member", "members"),
    "ranking": ("pair of outcomes in another order", "pairs of outcomes in another order"),
    "moves": ("moved wish", "moved wishes"),
}


def scan_words(scan: Scan) -> str:
    """Say how far a search went.

    Parameters
    ----------
    scan : Scan
    """

    def count(number: int) -> str:
        one, more = _UNITS.get(scan.what, ("change", "changes"))
        return f"{number} {one if number == 1 else more}"

    if scan.least is not None and (scan.least == scan.at_least or scan.least == 1):
        found = f"{count(scan.least)} can do it, fewer cannot" if scan.least > 1 else f"{count(1)} can do it"
    elif scan.least is not None:
        found = f"{count(scan.least)} can do it; fewer than {scan.at_least} cannot, between them it is open"
    elif scan.finished and scan.whole and scan.what not in ("orders", "option"):
        found = "none of them does it"
    else:
        found = f"none found; fewer than {count(scan.at_least)} cannot do it"
    cut = "" if scan.finished else ", stopped early"
    part = "" if scan.whole else ", long lists only in part"
    return f"{_SCANS[scan.what]}: {scan.tried:,} tried{cut}{part}; {found}"
