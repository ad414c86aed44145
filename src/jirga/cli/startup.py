"""Import spaCy without its command line.

``import spacy`` brings its own command line along, and with it three HTTP libraries and a project manager: a third of the
time that `jirga read` needs to start. Nothing in a reading uses them. Here, and only in the process of the ``jirga``
command, they are left out; a later ``import spacy.cli`` finds the real one.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

__all__ = ["import_spacy"]

LEFT_OUT = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, leaving its command line out; nothing happens where it has been imported already."""
    if "spacy" in sys.modules:
        return
    for name in LEFT_OUT:
        sys.modules[name] = ModuleType(name)
    vars(sys.modules["spacy.cli.info"])["info"] = _info
    try:
        importlib.import_module("spacy")
    finally:
        for name in LEFT_OUT:
            sys.modules.pop(name, None)


def _info(*args: object, **kwargs: object) -> object:
    """Stand in for ``spacy.info``: call the real one."""
    return importlib.import_module("spacy.cli.info").info(*args, **kwargs)
