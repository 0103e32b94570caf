"""A web and a crawl over it, for tests that need the real wire."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crawl.web import Host, Web
from tests.zygote import TOP, Zygote

_zygote = Zygote("tests.crawl.child", "crawler.crawl.runner", "crawler.crawl.browser_handler")
SETTINGS = {"delay": 0.01, "timeout": 3.0, "backoff": 0.05}


@dataclass
class Result:
    """What a crawl in a child came to: its summary, its rows, its exit code and what it wrote to stderr."""

    summary: dict[str, Any]
    lines: list[dict[str, Any]]
    code: int
    stderr: str

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        return {line["row"]["url"]: line["row"] for line in self.lines if "row" in line}

    @property
    def outcomes(self) -> dict[str, str]:
        """By URL, robots.txt left out."""
        return {url: row["outcome"] for url, row in self.rows.items() if not url.endswith("/robots.txt")}

    @property
    def archived(self) -> dict[str, bool]:
        """By path: whether a copy of what was read may be kept."""
        return {urlsplit(line["handling"]).path: line["archive"] for line in self.lines if "handling" in line}

    @property
    def handled(self) -> list[str]:
        return [line["handling"] for line in self.lines if "handling" in line]


class Crawler:
    """Starts crawls over hosts; the ledger lasts from one to the next."""

    def __init__(self, folder: Path) -> None:
        self.ledger = folder / "ledger.jsonl"

    def _job(self, *sources: dict[str, Any], settings: dict[str, Any] | None = None, options: dict[str, Any] | None = None,
             **more: Any) -> str:
        return json.dumps({"sources": sources, "settings": SETTINGS | (settings or {}), "options": options or {},
                           "ledger": str(self.ledger), **more})

    def start(self, *sources: dict[str, Any], **more: Any) -> subprocess.Popen[str]:
        child = subprocess.Popen([sys.executable, "-W", "error", "-m", "tests.crawl.child"], cwd=TOP, text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdin
        child.stdin.write(self._job(*sources, **more))
        child.stdin.close()
        child.stdin = None
        return child

    def end(self, child: subprocess.Popen[str], seconds: float = 60) -> Result:
        try:
            out, err = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            pytest.fail(f"the crawl did not end within {seconds} s: {err}")
        return self._result(child.returncode, out, err)

    def _result(self, code: int, out: str, err: str) -> Result:
        lines = [json.loads(line) for line in self.ledger.read_text().splitlines()] if self.ledger.exists() else []
        return Result(json.loads(out) if out.strip() else {}, lines, code, err)

    def __call__(self, *sources: dict[str, Any], **more: Any) -> Result:
        if "names" in more:  # these have to be known before Twisted is loaded
            result = self.end(self.start(*sources, **more))
        else:
            environment = {**os.environ, "PYTHONWARNINGS": "error"}
            result = self._result(*_zygote.run((), TOP, environment, self._job(*sources, **more), timeout=60))
        assert result.code == 0, result.stderr
        assert result.stderr == ""
        assert result.summary["adds_up"]
        return result


def source(host: Host, *ways: dict[str, str], identifier: str | None = None) -> dict[str, Any]:
    """A source of this host; its feed where no way is given."""
    return {"id": identifier or f"h{host.name.rsplit(':', 1)[1]}", "name": "Wire", "home": host.url, "country": "MA",
            "languages": ["fr"], "kind": "general", "discover": list(ways) or [{"feed": f"{host.url}/feed"}]}


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as made:
        yield made


@pytest.fixture
def crawl(tmp_path: Path) -> Crawler:
    return Crawler(tmp_path)

