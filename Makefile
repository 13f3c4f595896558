# The atlas in one place: `make run` shows it, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --no-compile
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
AUDIT := pip-audit==2.10.1
# A local copy of the raw files, used before the network when it is there.
ETL_MIRROR ?= $(wildcard ../shared/sources)
export ETL_MIRROR

.DEFAULT_GOAL := help
.PHONY: help run test data data-check check format audit fuzz bench screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

run: $(RUN_READY) ## install what is missing and serve the atlas at http://127.0.0.1:8050
	@echo "Starting the atlas…"
	@exec $(VENV)/bin/gunicorn -c deploy/gunicorn.conf.py app:server

test: $(DEV_READY) ## install what the tests need (a browser included) and run them all
	@$(PY) -m tools.browser >/dev/null
	$(PY) -m pytest

data: $(DEV_READY) ## fetch the sources and rebuild geodata/published
	$(PY) -m etl fetch
	$(PY) -m etl build

data-check: $(DEV_READY) ## rebuild from the sources and compare with the published bytes
	$(PY) -m etl build --verify

check: $(DEV_READY) ## lint, format and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(DEV_READY) ## write the format that `make check` wants
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(DEV_READY) ## measure the atlas against its peers and write docs/performance.md
	@$(PY) -m tools.browser >/dev/null
	$(PY) -m bench

screenshots: $(DEV_READY) ## redraw docs/screenshots
	@$(PY) -m tools.browser >/dev/null
	$(PY) -m tools.screenshots

audit: $(DEV_READY) ## known vulnerabilities of the pinned packages (asks the network); fails when one could not be looked up
	@test -x .cache/audit/bin/pip-audit || { $(PY) -m venv .cache/audit && .cache/audit/bin/python -m pip install --quiet --disable-pip-version-check $(AUDIT); }
	@.cache/audit/bin/pip-audit --strict --disable-pip --no-deps --progress-spinner off -r requirements.txt -r requirements-dev.txt

fuzz: $(DEV_READY) ## 100,000 hostile inputs, counted
	$(PY) -m tools.fuzz --count 100000 --seconds 120

clean: ## remove the environment and every cache
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and no python3 was found on the PATH."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Try: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) -V)…"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing or incomplete. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(RUN_READY): requirements.txt | $(PY)
	@echo "Installing what the atlas needs to run…"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt requirements-scale.txt requirements.txt | $(PY)
	@echo "Installing what the tests and the ETL need…"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUN_READY)
