#!/usr/bin/env bash
# Write requirements/*.txt: every package at one version, with the hashes of its files.
# Usage: scripts/requirements.sh [--upgrade | --upgrade-package NAME]
# No index address gets into the files: which index is used is the business of each machine.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON_ENV:-.venv/bin/python}
export CUSTOM_COMPILE_COMMAND="make requirements"
unset PIP_FIND_LINKS
common=(--quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options)

# What a running site needs, and the build backend that makes the rooms importable.
"$python" -m piptools compile "${common[@]}" "$@" \
    --extra build --output-file requirements/base.txt pyproject.toml
# All of that at the same versions, and what tests and linters need.
"$python" -m piptools compile "${common[@]}" "$@" --constraint requirements/base.txt \
    --extra build --extra test --extra lint --output-file requirements/dev.txt pyproject.toml
