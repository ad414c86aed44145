"""``python -m jirga`` is the ``jirga`` command."""

from jirga.cli import main

if __name__ == "__main__":
    main()
