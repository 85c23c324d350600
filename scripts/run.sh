#!/usr/bin/env bash
# Prepare what is missing and serve the site on this machine. Called by `make run`.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
export PYTHONUNBUFFERED=1 # the accounts must show at once, also in a log file

# Settings of this machine, where the environment does not already have them.
if [[ -f .env ]]; then
    while IFS='=' read -r name value; do
        [[ $name =~ ^[A-Z_]+$ && -z ${!name+set} ]] && export "$name=$value"
    done < <(grep -E '^[A-Z_]+=' .env)
fi
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-nexsm.config.settings.dev}
port=${PORT:-8000}
export NEXSM_BASE_URL=${NEXSM_BASE_URL:-http://localhost:$port}

"$python" scripts/compile_messages.py
echo "Starting on http://localhost:$port/ - stop with Ctrl-C."
exec "$python" manage.py prepare --serve "127.0.0.1:$port"
