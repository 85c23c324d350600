# The front door: everything a person or a machine does with this project starts here.
SHELL := bash
.DEFAULT_GOAL := help
export PORT PYTHON

python := .venv/bin/python
pip := $(python) -m pip --disable-pip-version-check install --quiet --progress-bar off
created := .venv/.created
runtime := .venv/.installed-runtime
tools := .venv/.installed-tools


.PHONY: help run test lint format messages requirements services clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(runtime) ## Start the site on http://localhost:8000 (PORT=… for another); installs what it needs
	@scripts/run.sh

test: $(tools) ## Run all tests with real services, on SQLite and PostgreSQL (ARGS="tests/knowledge -k …")
	@$(python) scripts/compile_messages.py
	@$(python) -m scripts.run_tests $(ARGS)

lint: $(tools) ## Check style, types, imports, templates, migrations, messages, deployment
	@$(python) scripts/compile_messages.py
	@scripts/lint.sh

format: $(tools) ## Put Python files into shape and mend what can be mended safely
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

messages: $(tools) ## Collect the interface texts into locale/ (installs gettext)
	@$(python) scripts/messages.py
	@$(python) scripts/compile_messages.py

requirements: $(tools) ## Pin dependencies with hashes (ARGS="--upgrade" for newer versions)
	@scripts/requirements.sh $(ARGS)

services: $(tools) ## Start PostgreSQL and Elasticsearch for your own pytest runs, until Ctrl-C
	@$(python) -m scripts.services

clean: ## Remove .venv and caches; your data in var/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
	rm -f locale/*/LC_MESSAGES/*.mo

# ------------------------------------------------------------------------------- the environment
$(created): scripts/venv.sh
	@echo "Creating .venv"
	@scripts/venv.sh
	@touch $@

# Byte code is written on first use, which is faster than compiling all of it now.
$(runtime): requirements/base.txt pyproject.toml | $(created)
	@echo "Installing what the site needs"
	@$(pip) --no-compile --require-hashes -r requirements/base.txt
	@$(pip) --no-deps --no-build-isolation --editable .
	@touch $@

$(tools): requirements/dev.txt $(runtime)
	@echo "Installing what tests and checks need"
	@$(pip) --no-compile --require-hashes -r requirements/dev.txt
	@touch $@
