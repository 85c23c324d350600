"""Run a command with the services around it, or hold them until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from scripts.services.start import all_services


def main() -> int:
    """Return the command's exit code."""
    with all_services() as addresses:
        if len(sys.argv) > 1:
            return subprocess.run(
                sys.argv[1:], check=False, env={**os.environ, **addresses}
            ).returncode
        for name, value in addresses.items():
            print(f"export {name}={value}", flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
