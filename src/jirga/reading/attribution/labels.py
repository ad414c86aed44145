"""Labels before a colon: "WALLACE: ..." in a transcript, "Poll: ..." in a headline."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["find_labels"]

_LONGEST = 6  # words of a label


def find_labels(tree: Tree, number: int, lex: Lexicon, *, headline: bool) -> Iterator[Candidate]:
    """Find a name at the paragraph's start that a colon sets before what is said.

    Parameters
    ----------
    tree : Tree
    number : int
        Number of the passage.
    headline : bool
        True for titles and headings, where a noun such as "Poll" is a source too.

    Yields
    ------
    Candidate
        At most one.
    """
    lo = 1 if len(tree) and tree.words[0] in ('"', "“") else 0
    colon = next((i for i in range(lo + 1, min(len(tree), lo + _LONGEST + 1)) if tree.words[i] == ":"), None)
    if colon is None or colon + 1 >= len(tree) or not _is_label(tree, lo, colon, lex, headline):
        return
    run = tree.trim(colon + 1, len(tree) - 1)
    if run is None or tree.ends[run[1]] - tree.begins[run[0]] < 12:
        return
    hi = colon - 1
    yield Candidate(
        number, "label", colon, (tree.span(colon, colon),), (tree.span(lo, hi),), ((tree.begins[run[0]], tree.ends[-1]),),
        clause=(lo, colon), subject=hi, weight=7,
    )  # fmt: skip


def _is_label(tree: Tree, lo: int, colon: int, lex: Lexicon, headline: bool) -> bool:
    words = [w for w in tree.words[lo:colon] if not w.isspace()]
    if not words or any(not (w[:1].isalpha() or w in (".", "’s", "'s", "-", "(", ")", "–")) for w in words):
        return False
    if any(w.lower() in lex.phrases["not_labels"] for w in words):
        return False
    if all(w.isupper() for w in words if w[:1].isalpha()) and len(words) <= 4:
        return True
    if any(tree.is_verb(i) for i in range(lo, colon)):
        return False
    last = tree.lower[colon - 1]
    if colon - lo <= 2 and (
        last in lex.phrases["speakers"] or (_opens(tree, colon + 1) and _speaks(last, lex))
    ):
        return True
    if headline and (last in lex.phrases["headline_sources"] or tree.tags[colon - 1].startswith("NNP")):
        return True
    return tree.names[colon - 1] == "PERSON" and all(
        tree.names[i] == "PERSON" or tree.lower[i] in lex.sources["official"] for i in range(lo, colon)
    )


def _opens(tree: Tree, at: int) -> bool:
    return tree.words[at] in ("“", '"', "‘", "«", "``")


def _speaks(word: str, lex: Lexicon) -> bool:
    forms = {word, word.removesuffix("s")}
    return any(forms & lex.sources[kind] for kind in ("people", "official", "anonymous"))
