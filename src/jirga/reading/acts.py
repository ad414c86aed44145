"""Whose act of speech it is when one is joined to what somebody said: "said it had no right to and threatened to"."""

from __future__ import annotations

from jirga.reading.wordlists import word_set

__all__ = ["acts_besides"]

_ACTS = word_set("acts of speech")
_STATES = word_set("acts states")


def acts_besides(act: str, held: str, copula: bool) -> bool:
    """Tell whether a verb joined to a clause that was said is rather the speaker's own act.

    Parameters
    ----------
    act : str
        Lemma of the joined verb ("threaten").
    held : str
        Lemma of the verb that it is joined to; of a state ("bear responsibility"), not of a deed.
    copula : bool
        Whether that is no verb but is said with "be" ("was responsible").
    """
    return act in _ACTS and (copula or held in _STATES)
