#!/usr/bin/env bash
# Create .venv with the first Python that is new enough; PYTHON=… chooses another.
set -euo pipefail
cd "$(dirname "$0")/.."

for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        if "$candidate" -m venv .venv; then
            exit 0
        fi
        echo "Creating .venv failed. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
done
echo "NexSM needs Python 3.11 or newer. PYTHON=/path/to/python make run names one." >&2
exit 1
