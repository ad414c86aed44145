"""HTML pages: the article's text and what the page says of it (trafilatura)."""

from __future__ import annotations

import logging
import re
import warnings
from typing import Any

from jirga.errors import ReportError
from jirga.reports.blocks import find_blocks, main_language
from jirga.reports.decode import decode
from jirga.reports.plain import describe
from jirga.reports.types import Report

__all__ = ["looks_like_html", "page_report"]

LEAST = 80  # characters under which a page has no article
HEAD = 4096  # bytes in which a page says its encoding
CHARSET = re.compile(rb"charset|encoding=", re.IGNORECASE)
LAYOUT = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


def looks_like_html(text: str) -> bool:
    """Tell whether a text begins as a page does."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    return (
        head.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml"))
        and "<html" in text[:20000].lower()
    )


def page_report(ident: str, name: str, path: str, raw: bytes, url: str | None = None) -> Report:
    """Make a report of an HTML page.

    Raises
    ------
    ReportError
        When the page holds no article.
    """
    source = raw if CHARSET.search(raw[:HEAD]) else decode(raw).text.encode("utf-8", "replace")
    found: dict[str, Any] = {}
    for page in (lambda: source, lambda: _unlaid(source)):
        found = _extract(page(), url)
        text = str(found.get("text") or "").strip()
        if len(text) >= LEAST:
            break
    else:
        raise ReportError(
            path,
            "no article was found on this page.",
            "Save the article's own page, or its text as a .txt file.",
        )
    known = {
        "title": found.get("title"), "outlet": found.get("sitename") or found.get("hostname"),
        "authors": "; ".join(str(found.get("author") or "").split(";")), "published": found.get("date"),
        "url": found.get("url") or url,
    }  # fmt: skip
    main = main_language(text)
    told = {key: str(value) for key, value in known.items() if value}
    return describe(ident, name, path, text, raw, told, find_blocks(text, main), main, ())


def _unlaid(raw: bytes) -> Any:  # noqa: ANN401 - an lxml tree, which has no types
    """Return a page that keeps its text in tables, as printed and old ones do, without them; None when it is no page."""
    from lxml import etree, html

    try:
        tree = html.fromstring(raw)
    except (etree.LxmlError, ValueError):
        return None
    for element in tree.iter(*LAYOUT):
        element.tag = "div"
    return tree


def _extract(raw: Any, url: str | None) -> dict[str, Any]:  # noqa: ANN401 - bytes, or an lxml tree
    import trafilatura

    if raw is None:
        return {}
    tree = not isinstance(raw, bytes)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the page's faults are ours to report, not the parser's
        try:
            found = trafilatura.bare_extraction(
                raw,
                url=url,
                with_metadata=True,
                include_comments=False,
                include_tables=False,
                favor_precision=not tree,
                favor_recall=tree,
            )
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            return {}
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())
