"""What a person looks at: one self-contained page, its drawings, and the same as JSON."""

from jirga.brief.page import render, write_html
from jirga.brief.view import Brief, brief_json, make_brief

__all__ = ["Brief", "brief_json", "make_brief", "render", "write_html"]
