"""Whether the name of a capital stands for the government or for the town: decided by grammar."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from jirga.reading.actors.found import case_of, text_of
from jirga.reading.actors.lexicon import lexicon

__all__ = ["stands_for_government"]

_MOST_STEPS = 5  # along a chain of names joined by "and"


def stands_for_government(doc: Doc, run: tuple[int, int], root: int) -> bool:
    """Tell whether a capital's name stands for the government there.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    run : pair of int
        Tokens of the name, half-open.
    root : int
        The one that heads it.

    Returns
    -------
    bool
        False when it is the town: "in Kabul", "airstrikes on Kabul", "the streets of Kabul", "Kabul's airport".
    """
    words = lexicon().metonymy
    token, case = doc[root], _case(doc, run, root)
    for _ in range(_MOST_STEPS):
        if token.dep_ != "conj" or case:
            break
        token, case = token.head, case_of(token.head)
    head = token.head
    if case in words["place_case"]:
        return False
    if case:
        return _after_preposition(case, head)
    if _dateline(doc, run):
        return False
    if token.dep_ == "nmod:poss":
        return head.lemma_.lower() not in words["place_noun"]
    if token.dep_ in {"compound", "amod", "flat", "nmod"} and head.i >= run[1]:
        return head.lemma_.lower() not in words["place_noun"] and head.lower_ not in words["place_noun"]
    if token.dep_ in {"obj", "nsubj:pass"}:
        return head.lemma_.lower() not in words["place_verb"]
    if token.dep_ == "nsubj":
        return head.lemma_.lower() not in words["place_subject"]
    return token.dep_ not in {"appos", "obl:tmod", "nmod:tmod"}


def _case(doc: Doc, run: tuple[int, int], root: int) -> str:
    case = case_of(doc[root])
    if not case and run[0] and doc[run[0] - 1].tag_ == "IN":
        return str(doc[run[0] - 1].lower_)  # the parse lost it
    return case


def _after_preposition(case: str, head: Token) -> bool:
    words = lexicon().metonymy
    lemma, form = head.lemma_.lower(), head.lower_
    if case in {"from", "to", "for", "towards", "toward", "between"}:
        return lemma not in words["travel"] and form not in words["travel"]
    if case in {"on", "upon"}:
        return lemma not in words["attack_noun"]
    if case == "of":
        return lemma not in words["place_noun"] and form not in words["place_noun"]
    return True


def _dateline(doc: Doc, run: tuple[int, int]) -> bool:
    """Tell whether the name opens a passage as its dateline: "KABUL (Agency) -", "KABUL, 3 May -", "KABUL:"."""
    if run[0] > 1 or run[1] >= len(doc):
        return False
    rest = text_of(doc)[doc[run[1] - 1].idx + len(doc[run[1] - 1]) :][:40].lstrip()
    return rest[:1] in {"—", "–", ":"} or rest[:2] in {"- ", "--"} or (rest[:1] == "(" and ") " in rest[:30])
