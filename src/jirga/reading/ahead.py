"""Whether a clause speaks of what is to come, so that "on Sunday" is the next one."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from jirga.reading.wordlists import word_set

__all__ = ["TO_COME", "comes"]

TO_COME = word_set("when ahead")
"""Words that tell so wherever they stand in the clause."""
_BINDS = word_set("when binds")


def comes(token: Token) -> bool:
    """Tell whether the verb that a time hangs on is of what is to come: "would meet on", "agreed to sign on", "invited for"."""
    verb = next((t for t in (token, *islice(token.ancestors, 6)) if t.tag_.startswith("VB")), None)
    if verb is None:
        return False
    aux = {c.lower_ for c in islice(verb.children, 20) if c.dep_ == "aux"}
    if aux & {"would", "'d"} and "have" not in aux:
        return True
    due = verb.tag_ == "VBN" and any(
        c.lower_ == "to" for c in islice(verb.children, 20)
    )  # "is to be held on"
    if due or (verb.tag_ == "VB" and any(c.lower_ in {"is", "are"} for c in islice(verb.children, 20))):
        return True
    if verb.tag_ == "VB" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _BINDS:
        return True
    return verb.lemma_.lower() in {"invite", "schedule"} and token.lower_ != "yesterday"
