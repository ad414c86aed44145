"""The language pipeline: tags, lemmas, Universal Dependencies parse, sentence ends and names.

>>> from jirga.reading.pipeline import load_pipeline
>>> nlp = load_pipeline()
"""

from __future__ import annotations

from jirga.reading.pipeline.load import load_pipeline, pipeline_version

__all__ = ["load_pipeline", "pipeline_version"]
