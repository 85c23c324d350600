"""Where a benchmark keeps what it makes, and the environment its programs run in."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Steps are processes of their own and count from the start of the whole.
_STARTED = float(os.environ.get("BENCHMARK_STARTED", time.monotonic()))


def say(text: str) -> None:
    """Tell the person at the terminal, with the time since the start."""
    minutes, seconds = divmod(int(time.monotonic() - _STARTED), 60)
    print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)  # noqa: T201 - a program for a terminal


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one size of corpus. ``elasticsearch`` is the server's address, if there is one."""

    folder: Path
    documents: int
    elasticsearch: str | None = None
    database: str | None = None

    @property
    def corpus(self) -> Path:
        """The file with the documents."""
        return self.folder / "corpus.jsonl"

    @property
    def profiles(self) -> Path:
        """Where profiles are written."""
        return self.folder / "profiles"

    def log(self, name: str) -> Path:
        """Where a program writes what it says."""
        return self.folder / "logs" / f"{name}.log"

    @property
    def _mark(self) -> str:
        """Tells the names in a shared server apart: one for each folder."""
        digest = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:6]
        return f"{self.documents}x{digest}"

    @property
    def site_prefix(self) -> str:
        """Of the site's indexes. Not the beginning of the others: the site clears its own prefix."""
        return f"nexsmbench{self._mark}"

    @property
    def peer_index(self) -> str:
        """The prefix of the indexes Wagtail's backend makes."""
        return f"nexsmpeer{self._mark}"

    def search_url(self, engine: str) -> str:
        """The engine's address as NEXSM_SEARCH_URL takes it."""
        if engine == "tantivy":
            return "tantivy:///search"
        if self.elasticsearch is None:
            raise SystemExit("No Elasticsearch: give --elasticsearch URL.")
        host = self.elasticsearch.split("://", 1)[1]
        return f"elasticsearch://{host}/{self.site_prefix}"

    def site(self, engine: str = "tantivy") -> dict[str, str]:
        """The environment of the site with this engine."""
        data = self.folder / "site"
        return self._environment(
            "benchmarks.settings",
            data,
            NEXSM_SEARCH_URL=self.search_url(engine),
            DATABASE_URL=self.database or f"sqlite:///{data / 'nexsm.sqlite3'}",
        )

    def peer(self) -> dict[str, str]:
        """The environment of Wagtail's own search on the same texts."""
        data = self.folder / "peer"
        return self._environment(
            "benchmarks.peers.settings", data, BENCHMARK_PEER_PREFIX=self.peer_index
        )

    def stock(self) -> dict[str, str]:
        """The environment of the engines without Django."""
        return self._environment("", self.folder / "stock")

    def _environment(self, settings: str, data: Path, **more: str) -> dict[str, str]:
        data.mkdir(parents=True, exist_ok=True)
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": settings,
            "NEXSM_DATA_DIR": str(data),
            "BENCHMARK_STARTED": str(_STARTED),
            "NEXSM_BASE_URL": "http://127.0.0.1:8000",
            "BENCHMARK_PLACE": json.dumps(
                [str(self.folder), self.documents, self.elasticsearch, self.database]
            ),
            **more,
        }

    # ------------------------------------------------------------------------------- results
    def result(self, name: str) -> dict[str, Any] | None:
        """What a step has written, or None if it has not run."""
        path = self.folder / "results" / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def keep(self, name: str, result: dict[str, Any]) -> None:
        """Write what a step found. The file is whole or not there."""
        path = self.folder / "results" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        pending = path.with_suffix(".part")
        pending.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        pending.replace(path)

    def forget(self, name: str) -> None:
        """Forget that a step has run."""
        (self.folder / "results" / f"{name}.json").unlink(missing_ok=True)


def this_place() -> Place:
    """The place a program of a benchmark was started for. Raises KeyError outside of one."""
    folder, documents, elasticsearch, database = json.loads(os.environ["BENCHMARK_PLACE"])
    return Place(Path(folder), documents, elasticsearch, database)


def run_step(name: str, environment: dict[str, str], *arguments: str) -> None:
    """Run a step in a process of its own. Raises SystemExit with its exit code if it fails."""
    command = [sys.executable, "-m", "benchmarks.steps", name, *arguments]
    done = subprocess.run(command, check=False, env=environment, cwd=ROOT)  # noqa: S603 - ours
    if done.returncode:
        raise SystemExit(f"The step {name} failed with exit code {done.returncode}.")


def documents_in(elasticsearch: str, index: str) -> int:
    """How many documents an index of the server holds (``*`` is allowed); 0 if there is none."""
    try:
        with urllib.request.urlopen(f"{elasticsearch}/{index}/_count", timeout=10) as answer:  # noqa: S310 - given by whoever runs this
            return int(json.load(answer)["count"])
    except urllib.error.HTTPError:
        return 0
