"""Labels of a drafted model's options: short clauses that begin with a verb, made from the reports' own words."""

from __future__ import annotations

import re
from collections.abc import Collection

from jirga.conflict.draft_trim import without_tail
from jirga.record.words import cue, infinitive, normal, plain_lemma

__all__ = [
    "act_label",
    "course_label",
    "cut",
    "deed",
    "grant_label",
    "is_clause",
    "starts_a_noun",
]

LABEL = 95  # characters of a label before it is cut at the border of a clause
_QUOTES = str.maketrans("", "", '“”"«»')
_MODALS = frozenset(
    {"to", "must", "should", "shall", "will", "would", "could", "can", "may", "might", "ought"}
)
_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had", "be"})
_AFTER_NAME = frozenset({"of", "and", "or", "in", "on", "from", "with", "for", "at", "by", "against", "over"})
_ARTICLES = frozenset({"the", "its", "their", "his", "her", "all", "both"})
_STOPS = frozenset(
    {"that", "which", "who", "when", "whenever", "where", "if", "unless", "of", "in", "on", "to", "for"}
)
_WILL = frozenset({"will", "would", "shall"})
_COULD = frozenset({"can", "could", "may", "might"})
_ANY = frozenset({"all", "both", "them", "it"})
_MORE = frozenset(
    {"further", "more", "new", "additional", "other", "fresh", "tougher", "stronger", "harsher"}
)
_TAKEN = frozenset({"measure", "step", "action", "countermeasure"})
_ASKED = re.compile(
    r"((?:(?:the|its|their|his|her|all|both|any|foreign)\s)?\w+(?:\s\w+){0,2}?) to ([a-z]\w+(?:\s.*)?)$"
)
_TO_BE = re.compile(r"((?:\S+ ){0,7}?\S+) be (\w+(?:ed|en|wn|ut)(?:\s.*)?)$")  # "the gates be opened at once"
_ASIDE = re.compile(r"^,[^,]{1,60},|^,")
_HELPING = frozenset({"has", "have", "had", "is", "are", "was", "were", "been", "still", "also"})
NEAR = 7  # words in which a clause names its subject
_BORDER = re.compile(
    r"[,;:]\s|\s(?=(?:which|who|whom|whose|when|whenever|where|while|after|before|until|unless|if|because|as|and)\s)"
    r"|\s(?=from\s\w{1,20}ing\s)|\s(?=to\s(?!(?:the|an?|its|their|his|her|all|both)\s)[a-z])"
)


def cut(label: str) -> str:
    """Shorten a label to 95 characters at the border of a clause; at a word where there is none."""
    if len(label) <= LABEL:
        return label
    borders = [m.start() for m in _BORDER.finditer(label, LABEL // 3, LABEL)]
    end = borders[-1] if borders else label.rfind(" ", 0, LABEL - 1)
    return label[: end if end > 0 else LABEL - 1].rstrip(" ,.;:") + "…"


def grant_label(text: str, before: str, subjects: Collection[str]) -> str:
    """Word the granting of a demand.

    Parameters
    ----------
    text : str
        The words of the demand.
    before : str
        What the report prints right before them.
    subjects : collection of str
        What the reports call the one who is asked, lower case.

    Returns
    -------
    str
        ``Withdraw from Karst``, ``Accept that Veldland has a right to fish``, ``Grant written guarantees``.
    """
    words, last = without_tail(_plain(text)), _last(before)
    clause = last == "that"
    if _word(words) == "on":  # "called on the neighbours to"
        words = words[3:]
    if words.lower().startswith("that "):
        words, clause = words[5:], True
    done = _without_subject(words, clause, subjects)
    if done is not None:
        return cut(_capital(done))
    first = _word(words)
    if first == "to":
        return cut(_capital(words[3:]))
    if first == "not":
        return cut(f"Do not {words[4:].removeprefix('to ')}")
    asked = any(_plain(before).lower().endswith(name) for name in subjects if len(name) > 1)
    if last in _MODALS or (asked and not clause and first not in _ARTICLES | {"a", "an"}):
        return cut(_capital(words))
    to_be = _TO_BE.match(words)
    if to_be is not None and not (_MODALS | {"not"}) & set(to_be.group(1).lower().split()):
        return cut(f"Have {to_be.group(1)} {to_be.group(2)}")
    if clause or is_clause(words):
        return cut(f"Accept that {words}")
    asked_of = _ASKED.match(words)
    if asked_of is not None and _somebody(asked_of.group(1)):
        who, what = asked_of.groups()
        return cut(_capital(what) if who.lower() in _ANY else f"Get {who} to {what}")
    return cut(f"Grant {words}")


def _somebody(who: str) -> bool:
    """Whether words name several or a body that can do something; a "right to" or "steps to" cannot."""
    head = who.rpartition(" ")[2].lower()
    plain = normal(plain_lemma(head))
    plural = head.endswith("s") and not head.endswith("ss")
    return plain not in cue("thing_to") and (plural or head in _ANY or plain in cue("body"))


def act_label(text: str, before: str, running: bool, subjects: Collection[str] = ()) -> str:
    """Word a threat or a running action as the verb phrase that is told.

    Parameters
    ----------
    text, before : str
        As in `grant_label`.
    running : bool
        Whether it is told as going on.
    subjects : collection of str
        What the reports call the one who acts, lower case.

    Returns
    -------
    str
        ``Continue to shell the port``, ``Go to open war``, ``Impose a blockade``.
    """
    words, last = without_tail(_plain(text)), _last(before)
    first, _, rest = words.partition(" ")
    if (
        first.lower() in _COULD | _WILL and rest
    ):  # "could designate the group": what it could do is the option
        words, last = rest, first.lower()
        first, _, rest = words.partition(" ")
    if first.lower() in _MORE:
        return cut(
            f"Take {words}" if normal(plain_lemma(words.split()[-1])) in _TAKEN else f"Carry out {words}"
        )
    if first.lower() == "not":
        return cut(f"Do not {rest.removeprefix('to ')}")
    going = _going_on(first)
    if going:
        return cut(f"{_capital(going)} {rest}".strip())
    gerund = first.lower().endswith("ing") and len(first) > 5
    if running and not gerund:
        return cut(_running(words, subjects))
    if running:
        return cut(f"Keep {words}")
    if gerund:
        return cut(f"{'Go on' if last in ('on', 'keep', 'continue') else 'Start'} {words}")
    if last in _MODALS:
        return cut(_capital(words))
    for word in words.split():
        if word.lower() in _STOPS | {"against", "with"}:
            break
        for name, verb in (("go_to", "Go to"), ("impose", "Impose"), ("launch", "Launch")):
            if normal(plain_lemma(word.strip(",;"))) in cue(name) and _word(words) != "go":
                return cut(f"{verb} {words}")
    noun = last in {"a", "an", "the", "of", "with"} or first.lower() in _ARTICLES | {"a", "an"}
    return cut(f"Carry out {words}" if noun else _capital(words))


def _running(words: str, subjects: Collection[str]) -> str:
    """Word what goes on as its doer's deed: ``Keep its roadblocks``, ``Continue to shell the port``."""
    own = words.partition(" ")[2] if _word(words) in _ARTICLES else words
    for name in sorted(subjects, key=lambda n: (-len(n), n)):
        told = next((w for w in (words, own) if w.lower().startswith((f"{name} ", f"{name}, "))), "")
        rest = _ASIDE.sub("", told[len(name) :], count=1).split()
        while rest and rest[0].lower() in _HELPING:
            rest = rest[1:]
        verb = infinitive(rest[0]) if rest else None
        if told and verb and rest[0].lower() not in _FINITE:
            deed_told = " ".join([verb, *rest[1:]])
            return _capital(deed_told) if verb in cue("goes_on") else f"Continue to {deed_told}"
    verb = infinitive(_word(words))
    if verb and not starts_a_noun(words):
        return f"Continue to {verb} {words.partition(' ')[2]}".rstrip()
    return f"Keep on: {words}"


def deed(text: str, before: str) -> tuple[str, str]:
    """Return what a threat says would be done, without another's name before it, and what stands right before that.

    Parameters
    ----------
    text, before : str
        As in `grant_label`.

    Returns
    -------
    words, before : str
        Both empty where nothing to do is named: ``will be no easy walk``, ``the situation could worsen``.
    """
    words = _plain(text).split()
    if not words or (words[1:] if words[0].lower() == "not" else words)[:1] == [] or _is_state(words):
        return "", ""
    for at, word in enumerate(words[:NEAR]):
        low = word.lower().strip(",;:")
        if low in _STOPS | _AFTER_NAME or (at == 0 and low in _MODALS):
            break
        if at and low in _WILL:
            return " ".join(words[at + 1 :]), low
        if at and low in _FINITE | _COULD:
            return "", ""
        if at and low != words[0].lower() and _going_on(low) and low.endswith("s"):
            return " ".join(words[at:]), before
    return text, before


def _is_state(words: list[str]) -> bool:
    first = words[1] if words[0].lower() == "not" and len(words) > 1 else words[0]
    return first.lower() in ("be", "become", "been", "being")


def course_label(text: str, before: str, talks: bool = False) -> str:
    """Word what a side refuses or offers of its own as what it would do.

    Parameters
    ----------
    text, before : str
        As in `grant_label`.
    talks : bool
        Whether it is about meeting.

    Returns
    -------
    str
        ``Attend the talks``, ``Agree to a new ceasefire``, ``Withdraw from Karst``.
    """
    words = without_tail(_plain(text))
    while words.lower().rpartition(" ")[2] in _AFTER_NAME:
        words = words.rpartition(" ")[0]
    if not words:
        return ""
    first, _, rest = words.partition(" ")
    if first.lower() == "to":
        words, first = rest, _word(rest)
    elif first.lower() in ("no", "any"):
        single = not rest.lower().split(" ")[0].endswith("s")
        return cut(f"Agree to {('an ' if rest[:1].lower() in 'aeiou' else 'a ') if single else ''}{rest}")
    elif _last(before) not in _MODALS | {"and"} or starts_a_noun(words):
        return cut(f"Agree to {words}")
    return cut(_capital(f"{words} the talks" if talks and " " not in words else words))


def starts_a_noun(text: str) -> bool:
    """Whether words begin as a thing, not as a deed."""
    return _word(text) in _ARTICLES | {"a", "an", "any", "this", "these", "such"}


def _without_subject(words: str, clause: bool, subjects: Collection[str]) -> str | None:
    """Return what the one who is asked is to do, in the bare infinitive; None when it is not the subject."""
    own = words.partition(" ")[2] if _word(words) in _ARTICLES else words
    for name in sorted(subjects, key=lambda n: (-len(n), n)):
        for told in (words, own):
            if told.lower().startswith(f"{name} "):
                rest = told[len(name) + 1 :].lstrip()
                first = _word(rest)
                if first == "not":
                    return "do not " + rest[3:].lstrip().removeprefix("to ")
                if first in _MODALS:
                    return rest[len(first) :].lstrip().removeprefix("to ")
                bare = first not in _FINITE | _AFTER_NAME and not first.endswith(("'s", "’s"))
                return rest if clause and bare else None
    return None


def is_clause(words: str) -> bool:
    """Whether words hold a subject and a finite verb before any other clause begins."""
    for word in words.lower().split()[1:7]:
        if word in _STOPS - {"of", "in", "on", "for"}:
            return False
        if word in _FINITE | (_MODALS - {"to", "can", "may"}):
            return True
    return False


def _going_on(word: str) -> str:
    """Return the infinitive of a word for going on ("continues"), or nothing."""
    low = word.lower().strip(",;:")
    for ending, instead in (
        ("", ""),
        ("s", ""),
        ("d", ""),
        ("ed", ""),
        ("es", ""),
        ("ing", ""),
        ("ing", "e"),
    ):
        if low.endswith(ending) and (stem := low.removesuffix(ending) + instead) in cue("goes_on"):
            return stem
    return ""


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).strip(" ,.;:")


def _last(text: str) -> str:
    words = _plain(text).lower().split()
    return words[-1] if words else ""


def _word(text: str) -> str:
    return text.partition(" ")[0].lower().strip(",;:")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
