# Two commands do everything: `make brief` and `make test`. Both set up what they need, once.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REPORTS ?= examples/istanbul-2025/reports
OUT ?= out
FIRST_PYTHON := $(shell command -v $(PYTHON) 2>/dev/null || command -v python3 2>/dev/null)

.PHONY: brief test bench evaluate train pictures clean help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	@test -n "$(FIRST_PYTHON)" || { echo "Python 3.11 is not on the path. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(FIRST_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(FIRST_PYTHON) is older than Python 3.11. Name a newer one: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up $(VENV) (once; a few minutes) ..."
	@test -x $(BIN)/python || $(FIRST_PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

brief: $(READY)  ## read the example reports and write the brief
	@mkdir -p $(OUT)
	@$(BIN)/jirga brief $(REPORTS) -o $(OUT)/brief.html --json $(OUT)/brief.json --conflict-out $(OUT)/conflict.yaml

test: $(READY)  ## every check: style, types, layers, tests, examples in the docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -q -n 2

bench: $(READY)  ## benchmarks, as ratios against a reference in the same run
	@$(BIN)/python -m benchmarks

evaluate: $(READY)  ## quality of the reading on the measuring sets that are there
	@$(BIN)/python -m evaluation

train:  ## train the language pipeline again in an environment of its own (hours; needs the treebanks)
	@test -x .venv-train/bin/python || $(FIRST_PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@PYTHONPATH=src .venv-train/bin/python training/train.py training/config.toml --out $(OUT)/training
	@PYTHONPATH=src .venv-train/bin/python training/export.py $(OUT)/training --out $(OUT)/model

pictures: $(READY)  ## the pictures of the README and the docs (needs Chromium)
	@$(BIN)/python docs/make_pictures.py

clean:  ## remove what was built
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
