# marsad: every target sets up .venv by itself when it has to. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATABASE ?= sqlite:///marsad.db

.DEFAULT_GOAL := help
.PHONY: help install demo crawl test soak lint bench lock test-lowest check-wheel clean

help: ## what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## set up .venv with marsad in it (done once)
	@echo "marsad is ready: $(BIN)/marsad --help"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 10) <= sys.version_info < (3, 14) else "marsad needs Python 3.10 to 3.13; this is " + sys.version.split()[0] + ". Say which one to use: make PYTHON=python3.12 ...")'
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what marsad runs on, from requirements.lock, each file checked against its hash ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing the test and lint tools ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.installed ## crawl the embedded newsroom and show its projects
	@$(BIN)/marsad demo

crawl: $(VENV)/.installed ## one crawl of the sources in config/ into marsad.db
	@echo "Crawling the sources of config/sources into $(DATABASE) (ctrl-C ends it; what was found is kept) ..."
	@$(BIN)/marsad crawl --database $(DATABASE)

test: $(VENV)/.dev ## all tests (under ten minutes on two cores)
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak"

soak: $(VENV)/.dev ## the long counts: many kills, many cycles
	@echo "Running the long counts; this takes a while ..."
	@$(BIN)/python -m pytest -m soak -o addopts="--strict-markers -ra -v"

lint: $(VENV)/.dev ## ruff and mypy
	@echo "Checking style and types ..."
	@$(BIN)/python -m ruff check crawler storage tests benchmarks
	@$(BIN)/python -m mypy

bench: $(VENV)/.dev ## speed and memory, as ratios against a yardstick of the same run
	@echo "Measuring; other work on this machine makes the figures noisy ..."
	@$(BIN)/python -m benchmarks

lock: $(VENV)/.made ## resolve the lock files anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -c requirements.lock -o requirements-dev.lock
	@echo "requirements.lock and requirements-dev.lock are written."

test-lowest: $(VENV)/.made ## all tests on the lowest versions that pyproject.toml allows
	@echo "Setting up $(VENV)-lowest with the lowest allowed versions ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	@VIRTUAL_ENV=$(VENV)-lowest $(BIN)/uv pip install --quiet --resolution lowest-direct -e '.[dev]'
	@$(VENV)-lowest/bin/python -m pytest -n 2 --dist worksteal -m "not soak"

check-wheel: $(VENV)/.made ## build the wheel, install it in an empty folder and run the demo there
	@echo "Trying the wheel in an empty folder ..."
	@set -e; top=$$(pwd); away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; \
	$(PYTHON) -m venv $$away/venv; \
	$$away/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	$$away/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps .; \
	mkdir $$away/empty; cd $$away/empty; \
	$$away/venv/bin/marsad demo --database sqlite:///demo.db >/dev/null; \
	$$away/venv/bin/marsad sql "SELECT count(*) AS projects FROM projects" --database sqlite:///demo.db; \
	echo "The wheel works in an empty folder."

clean: ## remove .venv and caches
	rm -rf $(VENV) $(VENV)-lowest .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
