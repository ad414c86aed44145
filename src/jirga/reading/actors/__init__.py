"""Who and which places a report names: known names, new names, parts of parties, people, pronouns.

`find_mentions` finds them; `Mentions` answers who the subject of a clause is; `Gazetteer` knows names and takes a user's own.
"""

from __future__ import annotations

from jirga.reading.actors.find import find_mentions
from jirga.reading.actors.gazetteer import Entry, Gazetteer
from jirga.reading.actors.index import Mentions
from jirga.reading.actors.settle import settle_name_type, settle_names

__all__ = ["Entry", "Gazetteer", "Mentions", "find_mentions", "settle_name_type", "settle_names"]
