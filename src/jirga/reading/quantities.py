"""Counts in a clause: how many, of what, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import text_of
from jirga.reading.numerals import Number, read_number, read_range, rows
from jirga.reading.passages import Passage
from jirga.reading.types import Quantity
from jirga.reading.wordlists import word_set

__all__ = ["quantities_for"]

_TIME = word_set("quantities time")
_MONTHS = word_set("quantities months")
_MONEY = {"$": "dollar", "us$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee", "₽": "rouble", "usd": "dollar",
          "eur": "euro", "rs": "rupee", "rs.": "rupee", "₪": "shekel", "₺": "lira", "₦": "naira", "₴": "hryvnia"}  # fmt: skip
_CURRENCY = word_set("quantities currency")
_LEAST = ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "upwards of", "upward of",
          "not fewer than", "minimum of")  # fmt: skip
_MOST = (
    "at most",
    "up to",
    "as many as",
    "as much as",
    "no more than",
    "not more than",
    "a maximum of",
    "as few as",
)
_MORE = ("more than", "well over", "over", "above", "in excess of", "greater than", "exceeding")
_LESS = ("fewer than", "less than", "under", "below", "nearly", "almost", "close to", "just under")
_ABOUT = ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "exactly", "only", "just",
          "another", "a further", "a total of", "further", "a record", "circa")  # fmt: skip
_OPENERS = sorted(
    [(w.split(), k) for k, ws in (("least", _LEAST), ("most", _MOST), ("more", _MORE), ("less", _LESS), ("about", _ABOUT))
     for w in ws], key=lambda x: -len(x[0]),
)  # fmt: skip
_NOT_COUNTED = word_set("quantities not counted")
_NO_VICTIMS, _PEOPLE = word_set("quantities no victims"), word_set("quantities people")
_OF_PEOPLE = frozenset({"killed", "wounded", "detained", "displaced", "missing"})
_STATES_REACH = 3  # tokens after the noun: "20 people were reported dead"
_NEAR = 9  # tokens to the next word that tells a role, when the parse does not
_SUFFERED = frozenset({"die", "perish", "flee", "drown", "vanish", "disappear"})
"""Verbs whose subject, not object, is counted."""
_TOLL = 24  # tokens between "toll" and its number
_COSTS = frozenset({"cost", "claim", "lose", "take"})
_IRREGULAR = {"fled": "flee", "slain": "kill", "shot": "shoot", "held": "hold", "lost": "lose", "took": "take", "died": "die",
              "slew": "slay", "hanged": "execute", "sank": "sink", "sunk": "sink", "burnt": "burn"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lexicon:
    verbs: dict[str, str]
    nouns: dict[str, str]
    states: dict[str, str]


@dataclass(slots=True)
class _Hit:
    """A number expression: tokens, half-open, and its bounds; whether it is money or a share."""

    start: int
    stop: int
    low: Number | None
    high: Number | None
    role: str = ""
    unit: str = ""


def quantities_for(passage: Passage, tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """Return the counts in a clause, in text order.

    Parameters
    ----------
    passage : Passage
    tokens : sequence of Token
        The clause, in text order. Numbers outside it do not count; words outside it may settle a role.

    Returns
    -------
    tuple of Quantity
        "at least 20" has no high, "up to 20" no low, "more than 20" begins at 21, "nearly 20" ends at 20; "about 20"
        is 20, for the words stand in ``text``. Dates, years, clock times, ages and the numbers of names ("F-16",
        "Resolution 1701") are no counts.
    """
    if not tokens:
        return ()
    inside = {t.i for t in tokens}
    doc = passage.doc
    out: list[Quantity] = []
    at, last = tokens[0].i, tokens[-1].i + 1
    while at < last:
        hit = _at(doc, at, last) if at in inside else None
        if hit is None:
            at += 1
            continue
        made = _quantity(doc, hit, last, inside)
        if made is not None:
            out.append(made)
        at = hit.stop
    return tuple(out)


@cache
def _lexicon() -> _Lexicon:
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    states: dict[str, str] = {}
    for row in rows("quantity_roles.tsv"):
        for target, cell in ((verbs, row[1]), (nouns, row[2]), (states, row[3])):
            target.update(dict.fromkeys(filter(None, cell.split("|")), row[0]))
    return _Lexicon(verbs, nouns, states)


def _at(doc: Doc, at: int, last: int) -> _Hit | None:
    """Return the number expression that begins at a token, its opener ("at least") included."""
    kind, start, first = "", at, doc[at].lower_
    for words, opener in _OPENERS:
        size = len(words)
        if words[0] == first and at + size < last and [t.lower_ for t in doc[at : at + size]] == words:
            kind, start = opener, at + size
            break
    while kind and start + 1 < last and doc[start].lower_ in {"about", "some", "another", "the", "around"}:
        start += 1
    if (
        doc[at].lower_ in {"between", "from"}
        and (pair := read_range(doc, at + 1, last, {"and", "to"})) is not None
    ):
        if pair[2] < len(doc) and doc[pair[2]].lower_.rstrip(".") in _MONTHS:
            return None  # "from 1 to 4 May"
        return _Hit(at, pair[2], pair[0], pair[1]) if doc[at].lower_ == "between" or pair[3] == "to" else None
    money = ""
    if start < last and (doc[start].lower_ in _MONEY) and start + 1 < last:
        money, start = _MONEY[doc[start].lower_], start + 1
    pair = read_range(doc, start, last, {"to", "-", "–", "or"})
    if pair is not None and not money:
        hit = _Hit(at, pair[2], pair[0], pair[1])
    else:
        read = read_number(doc, start, last)
        if read is None:
            return None
        value, stop, vague = read
        hit = _Hit(at, stop, value, None if vague else value)
        _open(hit, kind, value)
    hit.role, hit.unit = ("money", money) if money else ("", "")
    if _no_count(doc, start, hit.stop, bool(kind) or bool(money)):
        return None
    return hit


def _open(hit: _Hit, kind: str, value: Number) -> None:
    if kind == "least":
        hit.high = None
    elif kind == "more":
        hit.low, hit.high = (value + 1 if isinstance(value, int) and value < 1000 else value), None
    elif kind == "most" or kind == "less":
        hit.low, hit.high = None, value


def _no_count(doc: Doc, start: int, stop: int, sure: bool) -> bool:
    """Tell whether a number is part of a date, a clock time, an age or a name."""
    token = doc[start]
    before = doc[start - 1] if start else None
    after = doc[stop] if stop < len(doc) else None
    text = doc[start:stop].text
    if (
        before is not None
        and before.text in {"-", "/", ":"}
        and not before.whitespace_
        and start > 1
        and not doc[start - 2].whitespace_
    ):
        return True
    if after is not None and (
        after.text in {":", "/"} and not after.whitespace_ and not doc[stop - 1].whitespace_
    ):
        return True
    near = {t.lower_.rstrip(".") for t in (before, after) if t is not None}
    if near & _MONTHS and (
        before is None
        or before.lower_.rstrip(".") in _MONTHS
        or (after is not None and after.text[0].isupper())
    ):
        return True
    if after is not None and after.lower_ in {"a.m.", "p.m.", "am", "pm", "o'clock", "th", "st"}:
        return True
    led = (
        before is None
        or before.lower_ in word_set("quantities year before")
        or before.pos_ in {"PROPN", "NOUN"}
    )
    if led and not sure and re.fullmatch(r"(?:1[5-9]|20)\d\d", text):
        return True
    if (
        after is not None
        and after.text == "-"
        and [t.lower_ for t in doc[stop : stop + 4]][1:4:2] in (["year", "old"], ["month", "old"])
    ):
        return True
    if [t.lower_ for t in doc[stop : stop + 2]] in (["years", "old"], ["months", "old"]):
        return True
    if before is not None and not sure and token.text[0].isdigit():
        named = before.lower_ in _NOT_COUNTED or (
            before.text[0].isupper()
            and before.pos_ == "PROPN"
            and before.dep_ in {"compound", "flat", "nsubj", "obj", "nmod", "obl"}
        )
        follows = after is not None and after.pos_ in {"NOUN", "ADJ"} and after.text[0].islower()
        if named and not follows:
            return True
    return text.lower() == "one" and (after is None or after.pos_ not in {"NOUN", "ADJ", "PROPN"})


def _quantity(doc: Doc, hit: _Hit, last: int, inside: set[int]) -> Quantity | None:
    noun, stop = _noun(doc, hit.stop, last)
    unit = hit.unit or (_lemma(noun) if noun is not None else "")
    after = doc[hit.stop].lower_ if hit.stop < last else ""
    role = hit.role
    if after in {"%", "percent", "pc"} or [t.lower_ for t in doc[hit.stop : hit.stop + 2]] == ["per", "cent"]:
        role, unit, stop = "share", "percent", hit.stop + (2 if after == "per" else 1)
    elif unit in _CURRENCY or role == "money":
        role, stop = "money", stop if unit in _CURRENCY and not hit.role else hit.stop
    elif unit in _TIME:
        if stop < len(doc) and doc[stop].lower_ in {"ago", "earlier", "later", "before", "old", "hence"}:
            return None
        back = [t.lower_ for t in doc[max(hit.start - 2, 0) : hit.start]]
        if back[-1:] and back[-1] in {"past", "last", "next", "coming", "recent", "previous"}:
            return None
        role = "duration"
    if not unit and noun is None:
        unit = _numbered(doc, hit.start)
        role = role or _lexicon().nouns.get(unit, "") or _lexicon().states.get(unit, "")
    if not role:
        anchor = noun if noun is not None else doc[hit.stop - 1]
        role = _role(doc, hit, anchor, stop, inside)
    if noun is None and role in {"killed", "wounded", "captured", "detained", "displaced", "missing"}:
        unit = "person"
    if role in _OF_PEOPLE and unit in _NO_VICTIMS:
        role = "other"  # "held six rounds of talks"
    if unit in {"other", "more", "people", "peopl", "persons", "dead", "wounded", "injured"}:
        unit = "person"
    begin, end = doc[hit.start].idx, doc[stop - 1].idx + len(doc[stop - 1])
    return Quantity(hit.low, hit.high, text_of(doc)[begin:end], unit, role)


def _noun(doc: Doc, at: int, last: int) -> tuple[Token | None, int]:
    """Return the noun that is counted and where its phrase ends; None when the number stands alone."""
    i = at + 1 if at < last and doc[at].lower_ == "of" else at
    if i < last and doc[i].lower_ in {"the", "its", "their", "his", "these", "those"} and i > at:
        i += 1
    if i < last and doc[i].text == "-" and i + 1 < last:
        i += 1
    found, stop = None, at
    while i < last and i - at < 7:
        token = doc[i]
        if token.pos_ in {"NOUN", "PROPN"} and token.lower_ not in {"per", "cent", "percent", "%"}:
            found, stop = token, i + 1
            if _lemma(token) in _TIME:
                break
        elif token.lower_ in {"others", "more"} and found is None:
            found, stop = token, i + 1
            if i + 1 < last and doc[i + 1].pos_ == "NOUN":
                i += 1
                continue
            break
        elif not (
            token.pos_ in {"ADJ", "ADV"}
            or token.text == "-"
            or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")
        ) or (found is not None and token.text != "-" and token.pos_ in {"ADV", "ADJ"}):
            break
        i += 1
    return found, stop


def _role(doc: Doc, hit: _Hit, anchor: Token, stop: int, inside: set[int]) -> str:
    lex = _lexicon()
    lemma = _lemma(anchor)
    if anchor.pos_ in {"NOUN", "ADJ"} and lemma in lex.nouns and lemma not in {"body", "life"}:
        return lex.nouns[lemma]
    if lemma == "life":
        return "killed" if _base(anchor.head, _COSTS) else "other"
    if hit.start and hit.start - 1 in inside and doc[hit.start - 1].lower_ in lex.states:
        return lex.states[doc[hit.start - 1].lower_]  # "shot dead two of the men"
    earlier = hit.start > 0 and doc[hit.start - 1].lower_ == "from"
    if not earlier and any(
        doc[i].lower_ == "toll" and i in inside for i in range(max(hit.start - _TOLL, 0), hit.start)
    ):
        return "killed"
    for token in doc[stop : min(stop + _STATES_REACH, len(doc))]:
        if token.is_sent_start:
            break
        if token.lower_ in lex.states:
            return lex.states[token.lower_]
        if token.pos_ in {"ADP", "PUNCT", "CCONJ", "SCONJ"} or token.pos_ == "NOUN":
            break
    before = (
        _base(doc[hit.start - 1], lex.verbs)
        if hit.start and doc[hit.start - 1].pos_ in {"VERB", "ADJ"}
        else ""
    )
    if before and before not in _SUFFERED:
        return lex.verbs[before]
    role = _governed(anchor)
    if role == "destroyed" and lemma in _PEOPLE and _base(anchor.head, {"shoot"}):
        role = "killed"
    if earlier and not role:
        return "other"  # "rose to 40 from 32": the count before
    return role or _nearest(doc, hit, inside) or "other"


def _numbered(doc: Doc, start: int) -> str:
    """Return what is counted in "the number of soldiers was cut to 4,500", or an empty string."""
    for i in range(start - 1, max(start - 16, 0), -1):
        if doc[i].lower_ in {"number", "numbers", "total"} and doc[i + 1].lower_ == "of":
            noun = next(
                (
                    t
                    for t in doc[i + 2 : min(i + 7, start)]
                    if t.pos_ == "NOUN" or t.lower_ in _lexicon().states
                ),
                None,
            )
            return _lemma(noun) if noun is not None else ""
        if doc[i].is_sent_start:
            break
    return ""


def _lemma(token: Token) -> str:
    """Return a noun's lemma; the printed word without its -s where a pipeline gives none that is a word."""
    lemma, word = token.lemma_.lower(), token.lower_
    if token.tag_ in {"NNS", "NNPS"} and lemma == word and word.endswith("s") and not word.endswith("ss"):
        return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return lemma


def _base(token: Token, known: Container[str]) -> str:
    """Return which of some verbs a token is a form of, or an empty string; does not trust the lemma alone."""
    word, lemma = token.lower_, token.lemma_.lower()
    if lemma in known:
        return lemma
    forms = [
        _IRREGULAR.get(word, ""),
        word,
        word[:-1],
        word[:-2],
        f"{word[:-2]}e",
        word[:-3],
        f"{word[:-3]}e",
        word[:-4],
    ]
    ends = {1: word.endswith(("d", "s")), 2: word.endswith(("ed", "es")), 3: word.endswith("ing")}
    fits = [True, True, ends[1], ends[2], ends[2], ends[3] or word.endswith("ed"), ends[3], ends[3]]
    return next((f for f, fit in zip(forms, fits, strict=True) if fit and len(f) > 2 and f in known), "")


def _governed(anchor: Token) -> str:
    """Return the role that the verb or noun above the counted noun gives it."""
    verbs, nouns = _lexicon().verbs, _lexicon().nouns
    for child in anchor.children:
        if child.dep_.startswith("acl") and child.tag_ in {"VBN", "VBD"} and (base := _base(child, verbs)):
            return verbs[base]
    token = anchor
    for _ in range(4):
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return ""
        if head.pos_ in {"VERB", "AUX"} or head.tag_.startswith("VB"):
            base = _base(head, verbs)
            fits = dep in {"obj", "nsubj:pass"} or (dep == "nsubj" and base in _SUFFERED)
            return verbs[base] if base and fits else ""
        if head.pos_ in {"NOUN", "PROPN"} and _lemma(head) in nouns and dep in {"nmod", "compound"}:
            return nouns[_lemma(head)]
        if dep not in {"conj", "nmod", "appos", "nummod", "compound", "amod"}:
            return ""
        token = head
    return ""


def _nearest(doc: Doc, hit: _Hit, inside: set[int]) -> str:
    """Return the role of a verb right before the number, else of a participle or verb of suffering right after it."""
    verbs = _lexicon().verbs
    for i in range(hit.start - 1, max(hit.start - 4, -1), -1):
        if i not in inside or doc[i].is_punct:
            break
        base = _base(doc[i], verbs)
        if base and doc[i].pos_ in {"VERB", "ADJ", "NOUN", "AUX"}:
            return verbs[base] if base not in _SUFFERED else ""
    for i in range(hit.stop, min(hit.stop + 6, len(doc))):
        if i not in inside or doc[i].is_punct or doc[i].lower_ in {"and", "in", "by"}:
            break
        base = _base(doc[i], verbs)
        if base and (doc[i].tag_ == "VBN" or base in _SUFFERED):
            return verbs[base]
    return ""
