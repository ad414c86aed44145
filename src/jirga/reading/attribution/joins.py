"""Direct speech: which quote belongs to which reporting clause, and where each content truly ends.

1. A content that touches a quotation mark is grown to the end of that quote.
2. A speech verb beside a quote takes the whole quote, over sentence ends: the parse sees one sentence only.
3. A quote right after the reporting clause goes on with the same speech; so does a paragraph that opens with a mark
   when the one before left its quote open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.quotes import Quote, Quotes
from jirga.reading.attribution.tree import Tree
from jirga.reports.types import Span

__all__ = ["join_quotes"]

_SKIP = " \t\r\n\xa0,"
_LOOSE = " \t\r\n\xa0,;:.–—―-…"
_NEAR = 60  # code points between a cue and a quoted word that ends its content
_TITLE = 6  # words; a shorter quote before a clause that has its own content is a name
_LEAD = 400  # code points looked back over before a quote in its sentence
_STOP = re.compile(r"[a-z\d)”\"'][.?!][”\"']{0,2}\s")
_REACH = 4  # code points between a quote and its reporting clause: a comma, a space, a dash


def join_quotes(
    text: str, trees: Sequence[Tree], candidates: Sequence[Candidate], quotes: Quotes
) -> list[Candidate]:
    """Join quotes to reporting clauses.

    Parameters
    ----------
    text : str
        The report's text.
    trees : sequence of Tree
        By number of passage.
    candidates : sequence of Candidate
        In text order; their contents are replaced.
    quotes : Quotes

    Returns
    -------
    list of Candidate
        Those that have a content.
    """
    taken: set[int] = set()
    for one in candidates:
        tree = trees[one.passage]
        if one.speech:
            _speech(text, tree, one, quotes, taken)
        one.content = (
            tuple(_finish(text, one.content, quotes)) if one.rule not in ("label", "signed") else one.content
        )
        end = one.cue[-1][1]
        if text[end : end + 1] == ":":
            one.cue = (*one.cue[:-1], (one.cue[-1][0], end + 1))
    kept = [one for one in candidates if one.content]
    _carry_on(kept, quotes, taken)
    return kept


def _speech(text: str, tree: Tree, one: Candidate, quotes: Quotes, taken: set[int]) -> None:
    begin, end = tree.begins[one.clause[0]], tree.ends[one.clause[1]]
    if quotes.around(tree.begins[one.head]) is not None:
        return
    before = quotes.ending_in(begin - _REACH, begin)
    if before is not None and text[before.end : begin].strip(_LOOSE + "―"):
        before = None
    if before is not None and before.begin not in taken and _leads(text, tree, one, before, begin):
        parts = [_with_lead(text, one, before)]
        taken.add(before.begin)
        if one.inserted and len(one.content) > 1 and one.content[-1][0] >= end:
            parts.append(one.content[-1])
        else:
            parts.extend(_following(text, tree, one, quotes, taken))
        one.content, one.rule, one.weight, one.inserted = tuple(parts), "quote before", 6, True
        return
    if one.content and one.rule in ("verb clause", "verb inserted"):
        if one.rule == "verb inserted":
            one.content += tuple(_following(text, tree, one, quotes, taken)) if len(one.content) == 1 else ()
        return
    after = _after(text, tree, one, quotes)
    if after is not None and not any(
        b < after[0] < e or (b <= after[0] and after[1] < e) for b, e in one.content
    ):
        taken.add(after[0])
        one.content, one.rule, one.weight = (after,), "quote after", 6


def _with_lead(text: str, one: Candidate, quote: Quote) -> Span:
    """Take in what stands before a quote in its sentence: "The deal "is dead," he said"."""
    start = one.content[0][0] if one.inserted and one.content else quote.begin
    if start < quote.begin and _STOP.search(text, max(start, quote.begin - _LEAD), quote.begin):
        start = quote.begin
    return min(start, quote.begin), quote.end


def _leads(text: str, tree: Tree, one: Candidate, quote: Quote, begin: int) -> bool:
    """Tell whether a quote that ends before a reporting clause is what the clause reports.

    A comma says so. A full stop ends the quote's own sentence, so that a capital after it begins another. After a
    question or a dash it depends on whether the clause has a content of its own.
    """
    inner = text[quote.inner[0] : quote.inner[1]].rstrip()
    last = inner[-1:]
    if _own(tree, one) and _is_name(inner):
        return False  # "On “Face the Nation,” the speaker said that ...": the name of a programme
    if last == "," or any(mark in text[quote.end : begin] for mark in ",―—–"):
        return True
    if last == ".":
        return text[begin].islower() and not _own(tree, one)
    if last in ("?", "!", "—", "-", "…", "–"):
        return not _own(tree, one)
    return False


def _is_name(inner: str) -> bool:
    words = inner.split(maxsplit=_TITLE)
    return (
        1 < len(words) < _TITLE
        and all(w[:1].isupper() or len(w) < 4 for w in words)
        and words[-1][:1].isupper()
    )


def _own(tree: Tree, one: Candidate) -> bool:
    """Tell whether the clause has a content after its cue."""
    return bool(one.content) and one.content[0][0] >= tree.ends[one.head]


def _following(text: str, tree: Tree, one: Candidate, quotes: Quotes, taken: set[int]) -> Iterator[Span]:
    """Yield the quote that goes on after the reporting clause's end."""
    place = tree.ends[one.clause[1]]
    last = tree.ends[tree.last[one.head]]
    for stop in (place, last):
        at = stop + len(text[stop : stop + 8]) - len(text[stop : stop + 8].lstrip(_LOOSE + "―"))
        found = quotes.beginning_in(at, at)
        if found is not None and "," in (text[found.inner[1] - 1], text[found.end : found.end + 1]):
            return  # another reporting clause follows: the quote is that one's
        if found is not None and found.begin not in taken and "\n" not in text[stop:at]:
            taken.add(found.begin)
            yield found.begin, found.end
            return


def _after(text: str, tree: Tree, one: Candidate, quotes: Quotes) -> Span | None:
    """Return the quote that a reporting clause brings: right after it, or after a comma or colon in its sentence.

    Without a mark before it the quote is a part of what is said ("called the plan “a trap”", "said that “it held”"):
    the content then begins right after the cue.
    """
    begin, limit = tree.ends[one.head], tree.ends[tree.last[one.head]] + 2
    quote = quotes.beginning_in(begin, limit)
    if quote is not None:
        before = text[begin : quote.begin].rstrip()
        if not before or before[-1] in ",:":
            that = before[:-1].strip() == "that"
            return (quote.begin - len(text[begin : quote.begin].lstrip()) if that else quote.begin), quote.end
        if quote.begin - begin <= _NEAR and not any(mark in before for mark in ",:;—(.?!"):
            return begin + len(text[begin : quote.begin]) - len(text[begin : quote.begin].lstrip()), quote.end
    return None


def _finish(text: str, parts: Sequence[Span], quotes: Quotes) -> Iterator[Span]:
    for begin, end in parts:
        opening = quotes.around(begin)
        if opening is not None and opening.begin < begin <= opening.inner[0]:
            begin = opening.begin
        closing = quotes.around(end - 1)
        if closing is not None and end < closing.end and closing.begin >= begin:
            end = closing.end
        begin, end = _trim(text, begin, end, quotes)
        if begin < end:
            yield begin, end


def _trim(text: str, begin: int, end: int, quotes: Quotes) -> Span:
    while begin < end and text[begin] in _LOOSE:
        begin += 1
    while begin < end and text[end - 1] in _LOOSE:
        covering = quotes.around(end - 1)
        if covering is not None and end == covering.end:
            break
        if text[end - 1] == "." and _abbreviates(text, begin, end):
            break
        end -= 1
    return begin, end


def _abbreviates(text: str, begin: int, end: int) -> bool:
    """Tell whether a final full stop belongs to the word ("U.S.", "p.m.")."""
    return end - 3 >= begin and text[end - 3] == "." and text[end - 2].isalpha()


def _carry_on(kept: Sequence[Candidate], quotes: Quotes, taken: set[int]) -> None:
    """Give a paragraph that is one quote to the speaker whose quote the paragraph before left open."""
    by_end = {one.content[-1][1]: one for one in kept if one.speech}
    for quote in quotes.outer:
        one = by_end.get(quote.end)
        if quote.closed or one is None:
            continue
        following = quotes.beginning_in(quote.end + 1, quote.end + 6)
        while following is not None and following.begin not in taken:
            one.content += ((following.begin, following.end),)
            taken.add(following.begin)
            if following.closed:
                break
            following = quotes.beginning_in(following.end + 1, following.end + 6)
