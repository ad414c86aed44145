"""Statements of a report: what its prose tells, each with its exact quote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from jirga.reading.passages import Passage
from jirga.reading.statements.cast import Cast
from jirga.reading.statements.chain import Chains, Parties
from jirga.reading.statements.circumstance import Circumstances
from jirga.reading.statements.clause import clause_tokens, trim
from jirga.reading.statements.find import find_told
from jirga.reading.statements.frames import lexicon
from jirga.reading.statements.lists import LISTED
from jirga.reading.statements.mend import mend
from jirga.reading.statements.mend_verbs import mend_verbs
from jirga.reading.statements.modality import force_of, hedges_of
from jirga.reading.statements.talks import TalksMemory
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.worth import worth_reading
from jirga.reading.types import ActorMention, Attribution, Mention, Statement, Why
from jirga.reports.types import Report, Span

__all__ = ["find_statements"]

_PLAIN = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "JJR", "JJS", "CD"}
)
_CLOSE = frozenset({")", "]", "”", "’", '"', "''"})
_IFS = frozenset(
    {"if", "unless", "until", "till", "when", "once", "before", "without", "provided", "providing", "that"}
)
_EMPTY = frozenset({"be", "have", "do", "get", "go", "s"})


def find_statements(
    report: Report,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
) -> list[Statement]:
    """Return what a report says happened, was said, demanded, refused, promised or threatened.

    Parameters
    ----------
    report : Report
    passages : sequence of Passage
        Its parsed blocks; which of them are read is told in `worth_reading`.
    mentions, attributions : sequence
        Of the whole report.

    Returns
    -------
    list of Statement
        In text order; every span is exact.
    """
    lex = lexicon()
    ordered = sorted(mentions, key=lambda m: (m.begin, -m.end))
    begins = [m.begin for m in ordered]
    chains, parties, talks = Chains(passages, attributions), Parties(ordered), TalksMemory(lex)
    around = Circumstances(report, passages, ordered)
    out: list[Statement] = []
    seen: set[tuple[object, ...]] = set()
    for passage in worth_reading(passages):
        tree = Tree(passage)
        if not len(tree):
            continue
        mend(tree, lex)
        mend_verbs(tree, lex)
        cast = Cast(report, tree, ordered, begins, lex)
        told = find_told(tree, cast, lex, chains.over(tree), parties)
        talks.settle(tree, cast, told)
        told = [one for one in told if not _again(tree, one, seen)]
        out.extend(_statements(report, tree, told, around, chains.speech(tree)))
    return _distinct(out)


def _again(tree: Tree, one: Told, seen: set[tuple[object, ...]]) -> bool:
    """Tell whether the course of talks or fighting is only named again, as a time: "even before the talks collapsed"."""
    if one.event.frame.subject not in ("talks", "ceasefire", "violence"):
        return False
    key = (one.weighed.type, one.weighed.mode, *sorted(a.id for a in one.actors))
    known = key in seen
    seen.add(key)
    return known and tree.deps[one.event.at] == "advcl"


def _statements(
    report: Report, tree: Tree, told: list[Told], around: Circumstances, speech: frozenset[int]
) -> Iterator[Statement]:
    others = frozenset(t.event.at for t in told)
    for one in told:
        made = _statement(report, tree, one, others, around, speech)
        if made is not None:
            yield made


def _statement(
    report: Report,
    tree: Tree,
    told: Told,
    others: frozenset[int],
    around: Circumstances,
    speech: frozenset[int],
) -> Statement | None:
    event = told.event
    start, end = clause_tokens(
        tree, event.at, others - {event.at}, (event.word, *event.actors, *event.recipients)
    )
    if told.event.frame.key == LISTED:
        end = told.stop or end
    elif told.stop is not None:
        end = max(min(end, told.stop), start + 1, told.event.at + 1)
    start, end = _clip(tree, told, start, end, speech)
    begin, stop = trim(report.text, *tree.span(start, end))
    if begin >= stop:
        return None
    content = _content(report, tree, told)
    if content is not None and told.event.end is not None:
        rest = _span_of(report, tree, told.event.end)
        content = (min(content[0], rest[0]), max(content[1], rest[1])) if rest else content
    when, where, quantities = around.of(
        tree, told.event.at, start, end, others - {told.event.at, told.event.word}
    )
    nobody = not told.actors and not told.recipients and where is None
    if nobody and told.event.frame.subject == "violence":
        return None
    sentence = tree.span(tree.first[event.at], tree.last[event.at])
    heads = [event.at, event.word, *event.actors, *event.recipients]
    w = told.weighed
    assert w.type is not None
    return Statement(
        id=_id(report, begin, stop, w.type.value, told.actors, content),
        report=report.name,
        begin=begin,
        end=stop,
        quote=report.text[begin:stop],
        type=w.type,
        mode=w.mode,
        actors=tuple(told.actors),
        recipients=tuple(told.recipients),
        attribution=told.chain,
        polarity=w.polarity,
        modality=w.modality,
        hedges=tuple(
            _text(report, tree, k) for k in hedges_of(tree, tree.first[event.at], tree.last[event.at], heads)
        ),
        when=when,
        where=where,
        quantities=quantities,
        content=content,
        condition=_span_of(report, tree, told.condition),
        terms=_terms(tree, start, end),
        sentence=sentence,
        why=tuple(_why(tree, told)),
    )


def _clip(tree: Tree, told: Told, start: int, end: int, speech: frozenset[int]) -> tuple[int, int]:
    """Keep a clause inside what its innermost source says: the words about the source are no part of it."""
    head = told.event.at
    at = tree.span(head, head + 1)[0]
    for one in told.chain[-1:]:
        for begin, stop in one.content_parts or (one.content_span,):
            if begin <= at < stop and one.rule != "verb passive infinitive":
                while start < head and tree.span(start, start + 1)[0] < begin:
                    start += 1
                while end - 1 > head and tree.span(end - 1, end)[1] > stop:
                    end -= 1
    keep = {head, told.event.word, *told.event.actors, *told.event.recipients}
    outer = frozenset() if head in speech else speech
    while (
        end - 1 > head
        and (end - 1 in outer or (tree.deps[end - 1] == "punct" and tree.words[end - 1] not in _CLOSE))
        and end - 1 not in keep
    ):
        end -= 1
    return _whole_name(tree, told, start), _whole(tree, head, end, told.stop is not None)


def _whole_name(tree: Tree, told: Told, start: int) -> int:
    """Return a start that cuts no name in two: "the Kenyan | side, led by two ministers"."""
    at = tree.span(start, start + 1)[0]
    cut = [a.begin for a in (*told.actors, *told.recipients) if a.begin < at < a.end]
    if not cut:
        return start
    while start > tree.first[told.event.at] and tree.span(start, start + 1)[0] > min(cut):
        start -= 1
    return start - (start > tree.first[told.event.at] and tree.tags[start - 1] == "DT")


def _whole(tree: Tree, head: int, end: int, listed: bool) -> int:
    """Return an end that cuts no aside in two: "160 men, a figure" of "a figure that the army disputes"."""
    for k in range(head + 1, end):
        outside = tree.heads[k] >= end and tree.heads[tree.heads[k]] != tree.heads[k]
        aside = (
            tree.deps[k] in ("appos", "acl:relcl", "advcl") and not listed and max((k, *tree.kids[k])) >= end
        )
        if outside or aside:
            first = min(tree.subtree(k)[0], k)
            while first - 1 > head and tree.deps[first - 1] in ("punct", "mark", "cc", "case"):
                first -= 1
            return max(first, head + 1)
    return end


def _content(report: Report, tree: Tree, told: Told) -> Span | None:
    at = told.event.content
    if at is None:
        return None
    if told.event.frame.key == LISTED and told.stop is not None:
        start = min(at, tree.phrase(at)[0])
        begin, end = trim(report.text, *tree.span(start, max(told.stop, at + 1)))
        return (begin, end) if begin < end else None
    if at == told.event.at and told.event.frame.key == "will not":
        aside = {
            k
            for k in tree.kids[at]
            if tree.deps[k] in ("nsubj", "aux", "mark") or tree.words[k] in ("not", "n't")
        }
        return _span_of(
            report, tree, at, frozenset(aside) | ({told.condition} if told.condition else frozenset())
        )
    if at == told.event.at:
        start, end = clause_tokens(tree, at, frozenset())
        return trim(report.text, *tree.span(start, end))
    without = told.without
    if told.condition is not None and told.condition != at:
        long = {k for k in tree.kids[tree.heads[told.condition]] if tree.words[k] == "long"}
        without = without | {told.condition} | long
        if tree.words[tree.heads[told.condition]] == "long":
            without = without | {tree.heads[told.condition]}
    if told.event.frame.name == "condition":
        return _demanded(report, tree, at)
    return _span_of(report, tree, at, without)


def _demanded(report: Report, tree: Tree, at: int) -> Span | None:
    """Return a condition as what is demanded: without "unless" or "if", but with "as long as", which turns its sense."""
    found = _span_of(report, tree, at)
    if found is None:
        return None
    begin, end = found
    words = tree.content(at)
    first = words[0]
    bare = not force_of(tree, at).negative
    while bare and first < at and tree.words[first] in _IFS:
        first += 1
        begin = tree.span(first, first + 1)[0]
    while first and tree.words[first - 1] in ("as", "long", "so"):
        first -= 1
        begin = tree.span(first, first + 1)[0]
    return begin, end


def _span_of(
    report: Report, tree: Tree, head: int | None, without: frozenset[int] = frozenset()
) -> Span | None:
    """Return the hull of what stands below `head`."""
    if head is None:
        return None
    inside = tree.content(head, without=without)
    while inside and (
        tree.deps[inside[0]] in ("punct", "case", "mark", "cc")
        and inside[0] != head
        and tree.words[inside[0]] not in ("if", "unless", "without", "with", "in")
    ):
        inside.pop(0)
    while len(inside) > 1 and tree.deps[inside[-1]] == "punct":
        inside.pop()
    begin, end = trim(report.text, *tree.span(inside[0], inside[-1] + 1))
    return (begin, end) if begin < end else None


def _text(report: Report, tree: Tree, i: int) -> str:
    begin, end = tree.span(i, i + 1)
    return report.text[begin:end]


def _terms(tree: Tree, start: int, end: int) -> tuple[str, ...]:
    return tuple(
        tree.lemmas[i]
        for i in range(start, end)
        if tree.tags[i] in _PLAIN
        and tree.deps[i] not in ("aux", "aux:pass", "cop")
        and tree.lemmas[i] not in _EMPTY
    )


def _why(tree: Tree, told: Told) -> Iterator[Why]:
    for aspect, i, rule in (*told.event.why, *told.extra):
        yield Why(aspect, *tree.span(i, i + 1), rule)
    event, force, rule = told.event, told.event.force, told.weighed.rule
    if force.no >= 0:
        yield Why("polarity", *tree.span(force.no, force.no + 1), rule or "negation")
    if force.word >= 0:
        yield Why("modality", *tree.span(force.word, force.word + 1), rule or f"auxiliary: {force.when}")
    elif rule and force.no < 0:
        yield Why("modality", *tree.span(event.at, event.at + 1), rule)
    if told.condition is not None:
        yield Why("modality", *tree.span(told.condition, told.condition + 1), "head of the condition")
    for aspect, heads in (("actor", event.actors), ("recipient", event.recipients)):
        for k in heads:
            yield Why(aspect, *tree.span(k, k + 1), tree.deps[k])


def _id(
    report: Report, begin: int, end: int, kind: str, actors: Sequence[ActorMention], content: Span | None
) -> str:
    key = "\x1f".join([report.id, str(begin), str(end), kind, *(a.id for a in actors), str(content)])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _distinct(statements: list[Statement]) -> list[Statement]:
    """One statement an id; text order."""
    seen: dict[str, Statement] = {}
    for s in statements:
        seen.setdefault(s.id, s)
    return sorted(seen.values(), key=lambda s: (s.begin, s.end))
