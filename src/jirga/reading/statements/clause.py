"""How far a statement's quote reaches: one clause, readable by itself, without who said it."""

from __future__ import annotations

import re

from jirga.reading.statements.tree import Tree

__all__ = ["clause_tokens", "trim"]

_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d(?: ?[A-Za-z]{2,4})?\s{0,3}[-–—:]\s{0,3}"
)  # "09:40 GMT - " of a running report
_STRIP = " \t\r\n,;:.-–—…"
_PAIRS = {"“": "”", "‘": "’", "(": ")", "[": "]", "«": "»"}
_NAMES = {"”": "“", ")": "(", "]": "[", "»": "«"}


def clause_tokens(
    tree: Tree, head: int, others: frozenset[int], extra: tuple[int, ...] = ()
) -> tuple[int, int]:
    """Return the first token and the token after the last one of a clause.

    Parameters
    ----------
    tree : Tree
    head : int
        The trigger.
    others : frozenset of int
        Triggers of other statements: clauses joined to this one that are told by themselves.
    extra : tuple of int
        Tokens that must be inside (actor, recipient, content), where they stand next to it.
    """
    inside = _inside(tree, head, others)
    if tree.deps[head] == "acl:relcl" or (
        tree.deps[head] == "acl" and tree.tags[head] in ("VBG", "VBN", "VBD")
    ):
        start, end = tree.phrase(tree.heads[head])
        inside.update(range(start, end))
    above = tree.heads[head]
    if tree.deps[head] == "xcomp" and tree.kid(head, "nsubj") is None and tree.passive(above):
        who = tree.kid(above, "nsubj:pass", "nsubj")
        if who is not None and who < head and all(tree.heads[k] != above for k in range(above + 1, head)):
            inside.update(range(tree.phrase(who)[0], head))  # "both armies are said to have attacked"
    if tree.deps[head] == "xcomp" and tree.lemmas[above] == "hesitate":
        inside.update(tree.subtree(above))  # "their army will not hesitate to strike back"
    keep = {k for k in extra if tree.first[head] <= k < tree.last[head]} & inside
    start = end = head
    low, high = tree.first[head], tree.last[head]
    while start > low and (start - 1 in inside or (tree.deps[start - 1] == "punct" and start - 2 in inside)):
        start -= 1
    while end + 1 < high and (end + 1 in inside or (tree.deps[end + 1] == "punct" and end + 2 in inside)):
        end += 1
    if keep:
        start, end = min(start, min(keep)), max(end, max(keep))
    return _without_lead(tree, start, head), end + 1


def _without_lead(tree: Tree, start: int, head: int) -> int:
    """Return the start after the words that hang a clause on another: "when", "that", "even as", "in which", "and"."""
    while start < head:
        word, dep = tree.words[start], tree.deps[start]
        own = tree.heads[start] == head
        lead = (
            dep in ("cc", "punct")
            or (own and dep == "mark" and tree.words[start + 1] != "to")
            or (own and tree.tags[start] in ("WRB", "WDT") and (dep != "nsubj" or word == "that"))
            or (word in ("even", "just") and tree.deps[start + 1] == "mark" and tree.heads[start + 1] == head)
            or (
                dep == "case"
                and tree.tags[start + 1] == "WDT"
                and tree.kid(head, "nsubj", "nsubj:pass") is not None
            )
        )
        if not lead:
            break
        start += 1
    return start


def _inside(tree: Tree, head: int, others: frozenset[int]) -> set[int]:
    out, todo = {head}, [head]
    while todo:
        at = todo.pop()
        for k in tree.kids[at]:
            dep = tree.deps[k]
            if (
                dep in ("nsubj", "nsubj:pass")
                and k > head == at
                and k
                and _comma(tree, k)
                and tree.kid(head, dep) != k
            ):
                continue  # "..., sources said": a speaker taken for a second subject
            if dep == "parataxis" or (
                dep == "conj" and at == head and tree.is_verb(k) and _own(tree, k, others)
            ):
                continue
            if dep == "advcl" and k in others and at == head and tree.kid(k, "mark") is not None:
                continue
            if dep == "cc" and at == head and k > head:
                continue
            if dep == "discourse" or (dep == "punct" and k > at and at == head and k + 1 >= tree.last[at]):
                continue
            out.add(k)
            todo.append(k)
    return out


def _comma(tree: Tree, k: int) -> bool:
    start, _ = tree.phrase(k)
    return start > 0 and tree.words[start - 1] == ","


def _own(tree: Tree, k: int, others: frozenset[int]) -> bool:
    return k in others or tree.kid(k, "nsubj", "nsubj:pass") is not None or True


def _left_open(inner: str) -> str:
    """Return the mark that would close what a text leaves open at its end, or ""."""
    for opening, closing in _PAIRS.items():
        if closing != "’" and inner.rfind(opening) > max(inner.rfind(closing), 0):
            return closing
    return '"' if inner.count('"') % 2 and inner[:1] != '"' else ""


def trim(text: str, begin: int, end: int) -> tuple[int, int]:
    """Shrink a span: no white space, stray punctuation or half of a pair of quotation marks at its ends."""
    clock = _CLOCK.match(text, begin, min(end, begin + 24))
    if clock is not None:
        begin = clock.end()
    while begin < end:
        first, last, inner = text[begin], text[end - 1], text[begin:end]
        if first in _STRIP or first.isspace():
            begin += 1
        elif last in _STRIP or last.isspace():
            end -= 1
        elif first in _PAIRS and _PAIRS[first] not in inner:
            begin += 1
        elif last in _NAMES and _NAMES[last] not in inner:
            end -= 1
        elif (close := _left_open(inner)) and text[end : end + 1] == close:
            end += 1
        elif first == '"' and inner.count('"') % 2:
            begin += 1
        elif last == '"' and inner.count('"') % 2:
            end -= 1
        elif first in "”’'" and len(inner) > 1:
            begin += 1
        else:
            break
    return begin, end
