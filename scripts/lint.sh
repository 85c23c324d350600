#!/usr/bin/env bash
# Every check that needs no test: style, types, imports, templates, migrations, messages, deployment.
# All of them run, so that one call shows everything; fails when one of them did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=()

check() {
    local name=$1 started=$SECONDS
    shift
    echo "--- $name"
    "$@" || failed+=("$name")
    echo "    $((SECONDS - started)) s"
}

# What a production machine would have in its environment; none of it leads anywhere.
production() {
    env DJANGO_SETTINGS_MODULE=nexsm.config.settings.production NEXSM_DATA_DIR="$scratch" \
        NEXSM_BASE_URL=https://nexsm.example.org \
        NEXSM_SECRET_KEY="$("$bin/python" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        "$@"
}
export NEXSM_DATA_DIR=$scratch

check "ruff check" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"
check "import-linter" env PYTHONPATH=platform:. "$bin/lint-imports"
check "djlint" "$bin/djlint" --quiet --lint templates
check "migrations" "$bin/python" manage.py makemigrations --check --dry-run
check "messages" "$bin/python" scripts/messages.py --check
check "check --deploy" production "$bin/python" manage.py check --deploy --fail-level WARNING

if ((${#failed[@]})); then
    printf 'lint: failed: %s\n' "${failed[@]}"
    exit 1
fi
echo "lint: clean"
