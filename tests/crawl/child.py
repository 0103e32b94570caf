"""One crawl in a process of its own (a reactor starts once): a job as JSON on stdin, what came of it on stdout.

The ledger is a file of JSON lines that grows with each record, so that a second crawl, or a test that killed the
first, sees what was kept. `python -m tests.crawl.child`
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import resource
import socket
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_asked_names: list[str] = []


def _fake_names(names: dict[str, str]) -> None:
    """Names that resolve as the test says; before Twisted is imported, which keeps getaddrinfo for itself."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        text = host.decode() if isinstance(host, bytes) else str(host)
        _asked_names.append(text)
        if text.endswith(".test") and text not in names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return real(names.get(text, host), *rest, **more)

    socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]


def _listening_sockets() -> int:
    """How many sockets of this process listen."""
    inodes = {os.readlink(fd) for fd in Path("/proc/self/fd").iterdir() if fd.exists()}  # noqa: PTH115
    count = 0
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            count += f"socket:[{parts[9]}]" in inodes and (parts[3] == "0A" or table.startswith("udp"))
    return count


def main() -> None:
    job = json.loads(sys.stdin.read())
    _fake_names(job.get("names", {}))
    from crawler.configuration.locate import ConfigFolder
    from crawler.configuration.search import load_search
    from crawler.configuration.sources import Source, load_sources
    from crawler.crawl.runner import run_crawl
    from crawler.crawl.seam import CrawlOptions, CrawlSettings, Handled, PageResult, Validators
    from crawler.outcomes import Outcome
    from crawler.reading.document import Page
    from tests.crawl.fakes import MemoryLedger

    path = Path(job["ledger"])
    listening: list[int] = []

    class FileLedger(MemoryLedger):
        def record(self, result: PageResult) -> None:
            super().record(result)
            write({"row": dataclasses.asdict(result)})

        def keep_validators(self, url: str, validators: Validators) -> None:
            super().keep_validators(url, validators)
            write({"kept": url, "validators": dataclasses.asdict(validators)})

        def touch(self, url: str, checked_at: datetime) -> None:
            super().touch(url, checked_at)
            write({"touched": url})

        def hold(self, host: str, until: datetime) -> None:
            super().hold(host, until)
            write({"hold": host, "until": until})

        async def handle(self, page: Page, source: Source) -> Handled:
            if not listening:
                listening.append(_listening_sockets())
            write({"handling": page.url, "bytes": len(page.body), "archive": page.archive})
            for ending, seconds in job.get("handle_seconds", {}).items():
                if page.url.endswith(ending):
                    await asyncio.sleep(seconds)
            return await super().handle(page, source)

    def write(line: dict[str, Any]) -> None:
        with path.open("a") as out:
            out.write(json.dumps(line, default=str) + "\n")

    ledger = FileLedger()
    for line in path.read_text().splitlines() if path.exists() else []:
        said = json.loads(line)
        if "row" in said:
            row = said["row"]
            ledger.rows[row["url"]] = PageResult(row["url"], row["source_id"], Outcome(row["outcome"]), row["reason"], row["http_status"])
        elif "kept" in said:
            kept = said["validators"] | {"fetched_at": datetime.fromisoformat(said["validators"]["fetched_at"])}
            ledger.kept[said["kept"]] = Validators(**kept)
        elif "hold" in said:
            ledger.holds[said["hold"]] = datetime.fromisoformat(said["until"])
    options = job.get("options", {})
    if "since_days" in options:
        options["since"] = timedelta(days=options.pop("since_days"))
    settings = job.get("settings", {})
    if "config" in job:
        folder = ConfigFolder(Path(job["config"]))
        settings["search"] = load_search(folder, {"any": ("data center",)}, load_sources(folder))
    settings |= {name: frozenset(settings.get(name, ())) for name in ("allowed_hosts", "rights")}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    summary = run_crawl([Source.model_validate(one) for one in job["sources"]], CrawlOptions(**options), ledger,
                        CrawlSettings(**settings))
    sys.stdout.write(json.dumps({
        "asked": summary.asked, "outcomes": summary.outcomes, "adds_up": summary.adds_up, "stopped": summary.stopped,
        "withdrawn": summary.withdrawn, "exchanges": summary.exchanges, "seconds": time.monotonic() - start,
        "memory_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, "listening": listening,
        "sources": {key: dataclasses.asdict(one) for key, one in summary.sources.items()}, "names": _asked_names,
    }, default=str))


if __name__ == "__main__":
    main()
