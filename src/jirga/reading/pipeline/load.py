"""Load the shipped pipeline, or one that the user has installed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import get_model_meta, load_config, load_model_from_config

import jirga.reading.pipeline.adapter
import jirga.reading.pipeline.tokenizer  # noqa: F401  (both register what a configuration names)
from jirga.errors import OptionalPartMissing
from jirga.reading.pipeline.encoder import EncoderParser

__all__ = ["load_pipeline", "pipeline_version"]

MODEL = Path(__file__).parent / "model"
LONGEST = 100_000_000  # letters; spaCy's own limit of a million is for parsers that hold a whole text at once


@lru_cache(maxsize=2)
def load_pipeline(name: str | None = None) -> Language:
    """Return the pipeline ready to read; the same object when asked again.

    Parameters
    ----------
    name : str, optional
        Name or path of an installed spaCy pipeline ("en_core_web_trf"); None is the pipeline that comes with jirga.

    Returns
    -------
    spacy.language.Language
        Its documents carry Universal Dependencies and names of the kinds PERSON, ORG and LOC.

    Raises
    ------
    OptionalPartMissing
        No pipeline of that name is installed, it cannot be loaded, or it does not parse.
    """
    if name is None:
        return _own()
    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise OptionalPartMissing(
            f"The spaCy pipeline “{name}” cannot be loaded. Install it with: python -m spacy download {name}"
        ) from error
    if not nlp("They talk.").has_annotation("DEP"):
        raise OptionalPartMissing(
            f"The spaCy pipeline “{name}” does not parse. "
            "Install one that does: python -m spacy download en_core_web_sm, then name en_core_web_sm."
        )
    nlp.add_pipe("jirga_ud_view", last=True)
    return nlp


def _own() -> Language:
    """Load the shipped pipeline as ``spacy.load`` does, but for what is the same every time.

    Its settings are not checked again, and its tokenizer, which they make, is not read once more.
    """
    settings, meta = load_config(MODEL / "config.cfg"), get_model_meta(MODEL)
    nlp = load_model_from_config(settings, meta=meta, exclude=["tokenizer"], validate=False)
    nlp.from_disk(MODEL, exclude=["tokenizer"])
    nlp.max_length = LONGEST
    return nlp


def pipeline_version(nlp: Language) -> str:
    """Return name and version of a pipeline and a hash of settings and weights: what a record notes as its reader."""
    digest = hashlib.sha256(nlp.config.to_str().encode())
    for _, component in nlp.pipeline:
        if isinstance(component, EncoderParser):
            digest.update(component.digest.encode())
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']} {digest.hexdigest()[:8]}"
