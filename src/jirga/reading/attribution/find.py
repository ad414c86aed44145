"""Every attribution of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from jirga.reading.attribution.adverbs import find_adverbs
from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.chains import chain
from jirga.reading.attribution.clauses import find_verbs
from jirga.reading.attribution.joins import join_quotes
from jirga.reading.attribution.kinds import kind_of
from jirga.reading.attribution.labels import find_labels
from jirga.reading.attribution.lexicon import lexicon
from jirga.reading.attribution.merge import merge
from jirga.reading.attribution.nouns import find_nouns
from jirga.reading.attribution.phrases import find_phrases
from jirga.reading.attribution.quotes import find_quotes
from jirga.reading.attribution.signed import find_signed
from jirga.reading.attribution.tree import Tree, tree_of
from jirga.reading.passages import Passage
from jirga.reading.types import ActorMention, Attribution, Mention
from jirga.reports.types import BlockKind, Report, Span

_PLACED = (" in ", " near ", " at ", " in the ", " outside ", " across ")  # "deputies in Chad" are not Chad

__all__ = ["attribution_json", "attributions_json", "find_attributions"]


def find_attributions(
    report: Report, passages: Sequence[Passage], mentions: Sequence[Mention] = ()
) -> list[Attribution]:
    """Find source, cue and content of every attribution.

    Parameters
    ----------
    report : Report
    passages : sequence of Passage
        Its parse, in text order.
    mentions : sequence of Mention
        Actors that were found, in text order; they fill the source.

    Returns
    -------
    list of Attribution
        In text order of the cues; ``level`` counts the contents and sources that a cue stands in.

    Notes
    -----
    Source, cue and content as in PolNeAR (Newell, Margolin & Ruths 2018). Linear in the length of the report.
    """
    trees = [tree_of(passage) for passage in passages]
    quotes = find_quotes(report.text, [(p.block.begin, p.block.end) for p in passages])
    signed = list(find_signed(report.text, trees, quotes))
    under = {(c.passage, i) for c in signed for i in range(*c.clause)}
    candidates = [c for p, tree in zip(passages, trees, strict=True) for c in _candidates(p, tree)]
    candidates = sorted(
        [*signed, *(c for c in candidates if (c.passage, c.head) not in under)],
        key=lambda c: (c.passage, c.head),
    )
    joined = [one for one in join_quotes(report.text, trees, candidates, quotes) if not _pointing(trees, one)]
    kept = chain(trees, merge(report.text, joined))
    by_begin = sorted(mentions, key=lambda m: m.begin)
    begins = [m.begin for m in by_begin]
    found = []
    for one in kept:
        tree = trees[one.passage]
        mention = _mention(report.text, tree, one, by_begin, begins)
        found.append(_attribution(one, mention, tree))
    return found


def _candidates(passage: Passage, tree: Tree) -> Iterator[Candidate]:
    lex, number = lexicon(), passage.number
    headline = passage.block.kind in (BlockKind.TITLE, BlockKind.HEADING)
    found = [
        *find_labels(tree, number, lex, headline=headline),
        *find_verbs(tree, number, lex),
        *find_phrases(tree, number, lex),
        *find_nouns(tree, number, lex),
        *find_adverbs(tree, number, lex),
    ]
    yield from sorted(found, key=lambda c: c.head)


def _pointing(trees: Sequence[Tree], one: Candidate) -> bool:
    """Tell whether the source is a bare "this" or "these": a thing or a state, and nobody who speaks."""
    if one.subject is None or not one.source:
        return False
    tree = trees[one.passage]
    own = [tree.lower[k] for k in range(tree.left[one.subject], tree.right[one.subject] + 1)]
    bare = len(own) < 3 and own[-1] in ("this", "these", "those") and own[0] in (own[-1], "all")
    return bare and tree.tags[one.subject] == "DT"


def _mention(
    text: str, tree: Tree, one: Candidate, mentions: Sequence[Mention], begins: Sequence[int]
) -> Mention | None:
    """Return the mention at the head of the source; else the first mention within it."""
    if not one.source:
        return None
    meant = _antecedent(tree, one.subject)
    if meant is not None:  # "its envoy, who accused them of"
        return next((m for m in _over(mentions, begins, tree.begins[meant]) if m.kind != "place"), None)
    begin, end = one.source[0][0], one.source[-1][1]
    inside = mentions[bisect_left(begins, begin) : bisect_left(begins, end)]
    if one.subject is not None:
        at = tree.begins[one.subject]
        for mention in inside:
            if mention.begin <= at < mention.end:
                return _person(tree, one.subject, mention, inside)
    head = tree.lower[one.subject] if one.subject is not None else ""
    if head.removesuffix("s") in lexicon().sources["anonymous"]:
        return None  # "sources, quoting the Taliban": not the Taliban
    comma = text.find(",", begin, end)
    return next(
        (m for m in inside if (comma < 0 or m.begin < comma) and not text[begin : m.begin].endswith(_PLACED)),
        None,
    )


def _antecedent(tree: Tree, subject: int | None) -> int | None:
    """Return the noun that "who" or "which" as a subject stands for, or None."""
    if subject is None or tree.tags[subject] not in ("WP", "WDT"):
        return None
    verb = tree.heads[subject]
    return tree.heads[verb] if tree.deps[verb] == "acl:relcl" and tree.heads[verb] < subject else None


def _over(mentions: Sequence[Mention], begins: Sequence[int], at: int) -> Iterator[Mention]:
    """Yield the mentions over an offset, those that begin last first."""
    for k in range(bisect_right(begins, at) - 1, max(bisect_right(begins, at) - 8, -1), -1):
        if mentions[k].end > at:
            yield mentions[k]


def _person(tree: Tree, subject: int, mention: Mention, inside: Sequence[Mention]) -> Mention:
    """Return the person whose name stands in apposition: "his rival, General Ann Bara, said"."""
    if mention.how != "description" or not mention.id.startswith("actor:"):
        return mention
    names = [tree.begins[k] for k in tree.kids[subject] if k > subject and tree.deps[k] == "appos"]
    return next(
        (
            m
            for at in names
            for m in inside
            if m.begin <= at < m.end and m.kind == "person" and m.how == "name"
        ),
        mention,
    )


def _attribution(one: Candidate, mention: Mention | None, tree: Tree) -> Attribution:
    source = None
    if mention is not None:
        source = ActorMention(mention.id, mention.name, mention.begin, mention.end, mention.text)
    return Attribution(
        kind=kind_of(tree, one, mention, lexicon()),
        source=source,
        source_span=_hull(one.source),
        cue_span=_hull(one.cue),
        content_span=_hull(one.content) or (0, 0),
        source_parts=one.source,
        cue_parts=one.cue,
        content_parts=one.content,
        level=one.level,
        rule=one.rule,
    )


def _hull(parts: Sequence[Span]) -> Span | None:
    return (min(p[0] for p in parts), max(p[1] for p in parts)) if parts else None


def attribution_json(report: Report, attribution: Attribution) -> dict[str, Any]:
    """Return one attribution as JSON values.

    Parameters
    ----------
    report : Report
    attribution : Attribution

    Returns
    -------
    dict
        ``report``; ``source``, ``cue`` and ``content`` as lists of ``[begin, end]``; ``kind`` and ``level``.
    """
    return {
        "report": report.name,
        "source": [list(span) for span in attribution.source_parts],
        "cue": [list(span) for span in attribution.cue_parts],
        "content": [list(span) for span in attribution.content_parts],
        "kind": str(attribution.kind),
        "level": attribution.level,
    }


def attributions_json(report: Report, attributions: Sequence[Attribution]) -> list[dict[str, Any]]:
    """Return a report's attributions as ``jirga read --what attributions --format jsonl`` prints them.

    Parameters
    ----------
    report : Report
    attributions : sequence of Attribution
        All those of the report.

    Returns
    -------
    list of dict
        One for each attribution that stands in no other; what stands in its content or source is its ``inside``, so
        that a chain ("sources said, quoting the Taliban") is one row.
    """
    rows: list[dict[str, Any]] = []
    outer: list[tuple[int, int, int]] = []
    for one in attributions:
        if not one.level:
            rows.append(attribution_json(report, one) | {"inside": []})
            outer.extend((begin, end, len(rows) - 1) for begin, end in one.content_parts + one.source_parts)
    outer.sort()
    begins = [begin for begin, _, _ in outer]
    for one in attributions:
        if one.level:
            place = one.cue_parts[0][0] if one.cue_parts else one.content_span[0]
            at = bisect_right(begins, place) - 1
            if at >= 0 and place < outer[at][1]:
                rows[outer[at][2]]["inside"].append(attribution_json(report, one))
            else:
                rows.append(attribution_json(report, one) | {"inside": []})
    return rows
