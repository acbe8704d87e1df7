# Four words at a fresh clone: make demo, make test, make lint, make bench. And make run, once there is a token.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  --no-annotate --no-header --quiet

.PHONY: demo run test explore soak lint format bench words screenshots lock clean

demo: $(RUN_READY)
	@FASCICLE_CALLED_BY=make $(BIN)/fascicle demo $(ARGS)

run: $(RUN_READY)
	@$(BIN)/fascicle run $(ARGS)

# Tests wait for sockets and databases more than they compute: two of them share a core well, and a worker that has run
# out of tests takes some of another's. Slow ones are left out; ARGS=--all runs them too.
test: $(DEV_READY)
	PYTEST_XDIST_AUTO_NUM_WORKERS=$${PYTEST_XDIST_AUTO_NUM_WORKERS:-$$(($$(getconf _NPROCESSORS_ONLN) * 2))} \
	  $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Property tests with fresh seeds: make explore ARGS="--minutes 60 tests/domain".
explore: $(DEV_READY)
	$(BIN)/python -m tests.explore $(ARGS)

# 300 deaths, lost databases, wrong clocks, mishaps with files and backups put back; takes half an hour. And a while of
# property tests with fresh seeds, and of imports of damaged and hostile files.
soak: $(DEV_READY)
	$(BIN)/python -m tests.soak $(ARGS)
	$(BIN)/python -m pytest --long -n 2
	$(BIN)/python -m tests.explore --minutes 10
	$(BIN)/python -m tests.fuzz_import --minutes 5

bench: $(DEV_READY)
	$(BIN)/python -m benchmarks $(ARGS)

# Gathers the bot's sentences into the catalogues and into docs/messages; says what is left to translate.
words: $(DEV_READY)
	@$(BIN)/python -m tools.extract_texts
	@$(BIN)/python -m tools.message_table

screenshots: $(DEV_READY)
	$(BIN)/python -m tools.screenshots

# Needs uv on the PATH; writes the pinned versions with their hashes and names no package index. What is tested is what
# is shipped: the bot's pins follow the tests'.
lock:
	uv pip compile pyproject.toml --extra postgresql --group dev $(LOCKED) --output-file requirements/dev.txt
	uv pip compile pyproject.toml --extra postgresql $(LOCKED) --constraint requirements/dev.txt --output-file requirements/run.txt
	uv pip compile --group build $(LOCKED) --constraint requirements/dev.txt --output-file requirements/build.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# The package itself is installed in place, so that `fascicle` is a command of the environment.
$(RUN_READY): requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the bot needs (once; a minute or so) ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --require-hashes -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): requirements/dev.txt $(RUN_READY)
	@echo "Installing what the tests and checks need (once) ..."
	@$(PIP) --require-hashes -r $<
	@touch $@

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
