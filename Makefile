PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HTX_HOME ?= ./var
# a folder with further documents and questions to measure on; left out when it is not there
EVAL_DIR ?= ../shared
export HTX_HOME

.DEFAULT_GOAL := help
.PHONY: help install run test check eval bench format

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(BIN)/htx: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev: $(BIN)/htx
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,postgresql]'
	@touch $@

install: $(BIN)/htx  ## make .venv and install

run: $(BIN)/htx  ## ingest samples/ and open the conversation
	$(BIN)/htx ingest samples
	$(BIN)/htx chat

test: $(VENV)/dev  ## install what the tests need and run all of them
	./.ci/system-packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

check: $(VENV)/dev  ## format, lint, types, layers, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not slow"

eval: $(VENV)/dev  ## the evaluation figures of the README
	EVAL_DIR=$(EVAL_DIR) $(BIN)/python tools/evaluate.py

bench: $(VENV)/dev  ## latency, memory and ingestion speed, as ratios
	$(BIN)/python tools/bench.py

format: $(VENV)/dev  ## rewrite the code as the formatter wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
