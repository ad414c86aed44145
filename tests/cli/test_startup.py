"""What a start of the command brings into memory: nothing that the command does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jirga.reading.pipeline import load_pipeline, pipeline_version

SAY = "import sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
RUN = "import sys; sys.argv = ['jirga', *{words!r}]\ntry:\n    from jirga.cli import main; main()\nexcept SystemExit: pass\n"
HEAVY = {
    "datasketch",
    "scipy",
    "py3langid",
    "requests",
    "weasel",
    "httpx",
    "dateparser",
    "trafilatura",
    "numba",
    "ortools",
}


def brought(*words: str) -> set[str]:
    code = RUN.format(words=words) + SAY
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_needs_no_language_pipeline_and_no_arrays() -> None:
    assert not brought("--help") & (HEAVY | {"spacy", "numpy", "onnxruntime", "charset_normalizer", "ruamel"})


def test_reading_one_report_brings_only_what_reads(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "The rebels rejected the demand of the government, a spokesman said on Monday. They had asked for guarantees.\n"
    )
    modules = brought("read", str(report), "--format", "jsonl")
    assert "spacy" in modules
    assert not modules & HEAVY


def test_spacy_keeps_its_command_line() -> None:
    code = (
        "from jirga.cli.startup import import_spacy; import_spacy()\n"
        "import sys, spacy; assert 'spacy.cli' not in sys.modules and 'requests' not in sys.modules\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
        "import spacy.cli; assert spacy.cli.info and spacy.cli.__file__\n"
    )
    subprocess.run([sys.executable, "-c", code], timeout=120, check=True)


def test_settings_are_the_same_without_their_checks() -> None:
    code = (
        "import sys\n"
        "from jirga.cli.startup import import_spacy; import_spacy()\n"
        "assert 'spacy.schemas' not in sys.modules\n"
        "from jirga.reading.pipeline import load_pipeline, pipeline_version\n"
        "print(pipeline_version(load_pipeline()))\n"
        "import spacy.schemas; assert spacy.schemas.ConfigSchema.model_fields\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == pipeline_version(load_pipeline())


def test_settings_of_a_named_pipeline_are_checked() -> None:
    code = (
        "from jirga.cli.startup import import_spacy; import_spacy(checks=True)\n"
        "import sys; assert sys.modules['spacy.schemas'].ConfigSchema.model_fields\n"
    )
    subprocess.run([sys.executable, "-c", code], timeout=120, check=True)
