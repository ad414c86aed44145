"""Load the shipped pipeline, or one that the user has installed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

import jirga.reading.pipeline.encoder
import jirga.reading.pipeline.tokenizer  # noqa: F401  (both register what the model's configuration names)
from jirga.errors import OptionalPartMissing

__all__ = ["load_pipeline", "pipeline_version"]

MODEL = Path(__file__).parent / "model"


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
        Its docs carry Universal Dependencies labels (other schemes are converted on the way out).

    Raises
    ------
    OptionalPartMissing
        No pipeline of that name is installed.
    """
    if name is None:
        return spacy.load(MODEL)
    try:
        return spacy.load(name)
    except OSError as error:
        raise OptionalPartMissing(
            f"The spaCy pipeline “{name}” is not installed. Install it with: python -m spacy download {name}"
        ) from error


def pipeline_version(nlp: Language) -> str:
    """Return name and version of a pipeline, with a hash of its settings: what a record notes as its reader."""
    meta = nlp.meta
    digest = hashlib.sha256(nlp.config.to_str().encode()).hexdigest()[:8]
    return f"{meta['lang']}_{meta['name']} {meta['version']} {digest}"
