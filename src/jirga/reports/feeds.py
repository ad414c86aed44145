"""Feeds (RSS, Atom): each entry is a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from jirga.errors import ReportError
from jirga.reports.blocks import find_blocks, main_language
from jirga.reports.plain import describe
from jirga.reports.types import Report

__all__ = ["feed_reports", "looks_like_feed"]

ROOTS = ("<rss", "<feed", "<rdf:rdf")
TEXTS = ("encoded", "content", "description", "summary")  # best first
BLOCKS = ("p", "div", "li", "blockquote", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr")


def looks_like_feed(text: str) -> bool:
    """Tell whether a text begins as a feed does."""
    head = text[:3000].lower()
    return head.lstrip("\ufeff \t\r\n").startswith(("<?xml", *ROOTS)) and any(root in head for root in ROOTS)


def feed_reports(name: str, path: str, raw: bytes, first: int = 1) -> Iterator[Report | ReportError]:
    """Yield a report, or the reason why it is none, for each entry of a feed.

    Parameters
    ----------
    name, path : str
        The file's; an entry is ``name:number``.
    raw : bytes
        As read; entities that the file defines itself are not filled in, nothing is fetched.
    first : int
        Number of its first entry.

    Raises
    ------
    ReportError
        When the file is no XML, or holds no entry.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(raw.strip(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReportError(path, f"this feed is not XML ({error}).", "Save the feed again.") from None
    entries = [] if root is None else [e for e in root.iter() if _name(e) in ("item", "entry")]
    if not entries:
        raise ReportError(
            path, "this feed has no entries.", "Save the feed again, or the reports themselves."
        )
    outlet = next((_text(e) for e in root.iter() if _name(e) == "title"), "")
    for number, entry in enumerate(entries, first):
        yield _entry(entry, f"{name}:{number}", f"{path}:{number}", outlet)


def _entry(entry: Any, name: str, path: str, outlet: str) -> Report | ReportError:  # noqa: ANN401 - lxml has no types
    parts: dict[str, Any] = {}
    for child in entry:
        parts.setdefault(_name(child), child)
    told = {key: _text(parts[key]) for key in parts}
    title = told.get("title", "")
    text = next((words for key in TEXTS if key in parts and (words := _prose(told[key]))), "")
    if not any(letter.isalpha() for letter in text):
        return ReportError(path, "this entry of the feed has no text.", "Save the report itself.")
    link = parts.get("link")
    known = {
        "title": title,
        "outlet": told.get("source") or outlet,
        "authors": told.get("creator") or told.get("author", ""),
        "published": _day(told.get("pubDate") or told.get("published") or told.get("updated") or told.get("date", "")),
        "url": told.get("link") or ("" if link is None else str(link.get("href", ""))),
    }  # fmt: skip
    raw = _alone(entry, outlet)
    ident = hashlib.sha256(raw).hexdigest()[:16]
    main = main_language(text)
    given = {key: value for key, value in known.items() if value}
    return describe(ident, name, path, text, raw, given, find_blocks(text, main), main, ())


def _alone(entry: Any, outlet: str) -> bytes:  # noqa: ANN401
    """Return a feed of this entry alone: what is kept of it can be read again."""
    from lxml import etree

    feed = etree.Element("rss")
    channel = etree.SubElement(feed, "channel")
    etree.SubElement(channel, "title").text = outlet
    channel.append(deepcopy(entry))
    channel[-1].tail = None
    made: bytes = etree.tostring(feed, encoding="utf-8")
    return made


def _name(element: Any) -> str:  # noqa: ANN401
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Any) -> str:  # noqa: ANN401
    return "".join(element.itertext()).strip()


def _prose(markup: str) -> str:
    """Return the text of a piece of HTML, a line for each paragraph."""
    if "<" not in markup:
        return markup
    from lxml import etree, html

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    for element in tree.iter("script", "style"):
        element.text = ""
    for element in tree.iter(*BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br":
            element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _day(text: str) -> str:
    """Turn the dates of RSS ("Mon, 03 Jun 2024 17:00:00 GMT") into ISO 8601; others stay."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, TypeError, IndexError, OverflowError):
        return text
