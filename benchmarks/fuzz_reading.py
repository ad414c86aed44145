"""Feed the loading of reports and the reading with hostile bytes, guided by coverage.

``python -m benchmarks.fuzz_reading [--real] [FOLDER] [libFuzzer's options]`` needs ``pip install atheris`` beside the
package. The first byte of an input chooses its form (plain text, page, JSON Lines). A cheap parse that is mostly wrong
stands in for the language pipeline, so that the rules see trees no parser would give; ``--real`` takes the pipeline
itself. Checked on each input: it is read or refused with a reason, nothing else is raised, and whatever was found lies
in the report, word for word.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

LONGEST = 6000  # bytes of one input: faults of length are the business of the benchmark


def main() -> None:
    """Fuzz until told to stop."""
    import atheris

    with atheris.instrument_imports(include=["jirga"]):
        from benchmarks import hostile
        from jirga.reading.reader import DefaultReader

    words = [word for word in sys.argv if word != "--real"]
    reader = DefaultReader()
    if "--real" not in sys.argv:
        reader.nlp = hostile.cheap_pipeline()
    folder = Path(tempfile.mkdtemp())

    def one(data: bytes) -> None:
        for report in hostile.load(data[:LONGEST], folder):
            hostile.check(reader.read(report))

    atheris.Setup(words, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
