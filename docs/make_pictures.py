"""Make the pictures of the README from the example: headless Chromium and nothing else (`make pictures`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jirga

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SHOTS = {"brief": (1180, 1500), "phone": (500, 1000)}


def main() -> int:
    """Write each picture; say what is missing when Chromium is."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write("The pictures need Chromium. On Debian: apt-get install chromium\n")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = jirga.write_brief(ROOT / "examples" / "istanbul-2025" / "reports", Path(folder) / "brief.html")
        for name, (width, height) in SHOTS.items():
            size = f"--window-size={width},{height}"
            shot = f"--screenshot={PICTURES / name}.png"
            command = [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                size,
                shot,
            ]
            subprocess.run([*command, f"file://{page}"], check=True, capture_output=True, timeout=120)
    return 0


if __name__ == "__main__":
    sys.exit(main())
