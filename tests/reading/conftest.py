"""What all tests of reading share."""

from __future__ import annotations

import pytest
from spacy.language import Language

from jirga.reading.pipeline import load_pipeline


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()
