# `make demo` and `make test` set up all they need; the others are for those who change Tellings.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test check bench score fix lock browser clean

demo: $(VENV)/.run
	$(BIN)/tellings demo

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -q -n auto

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: $(VENV)/.dev
	$(BIN)/python bench/score.py --bench $(SHARED)/bench

bench: $(VENV)/.dev
	$(BIN)/python bench/compare.py
	$(BIN)/python bench/annotate.py --shared $(SHARED)
	$(BIN)/python bench/quantities.py
	$(BIN)/python bench/actors.py
	$(BIN)/python bench/edits.py
	$(BIN)/python bench/stemma.py --first 1000 --families 200
	$(BIN)/python bench/passim.py $(SHARED)/bench/clusters
	$(BIN)/python bench/stories.py
	$(BIN)/python bench/alike.py
	$(BIN)/python bench/corpus.py --reports 10000

# The locks: exact versions with their hashes, and no registry's address in them; what is tested is what is run.
lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev --extra corpus --extra ray --extra s3 -o requirements-dev.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -c requirements-dev.txt -o requirements.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tellings needs Python 3.11 or newer: set PYTHON=python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/.run

# The page is tested in a real browser; it is Debian's, found by its path.
browser:
	@command -v chromium >/dev/null || test -x /usr/bin/chromium || { \
	  echo "installing chromium for the browser tests"; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	  { sudo -n apt-get update -qq && sudo -n apt-get install -y -qq chromium >/dev/null; } || \
	  { echo "the browser tests need chromium: install it (apt-get install chromium), then run make test again" >&2; exit 2; }; }

clean:
	rm -rf $(VENV) build dist .hypothesis .ruff_cache .pytest_cache
