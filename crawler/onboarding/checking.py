"""`marsad sources check`: each way of each source is tried by itself, and what came of it is put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from crawler.configuration.sources import Source
from crawler.crawl.seam import CrawlSettings
from crawler.middlewares.addresses import allowed_keys
from crawler.onboarding.certificate import certificate_trouble
from crawler.onboarding.diagnose import Finding, diagnose
from crawler.onboarding.probe import probe
from crawler.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Checked:
    """One source: a finding for each of its ways, in their order."""

    source: Source
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """`fine` where the ways that a crawl asks first all work; `partly` where some way works; else `broken`."""
        if not any(finding.works for finding in self.findings):
            return "broken"
        first = [finding for finding in self.findings if finding.kind == self.findings[0].kind]
        return "fine" if all(finding.word in {"fine", "undated"} for finding in first) else "partly"

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.source.id, "name": self.source.name, "enabled": self.source.enabled,
                "verdict": self.verdict, "ways": [finding.as_dict() for finding in self.findings]}


def check_sources(sources: Sequence[Source], settings: CrawlSettings, now: datetime | None = None,
                  database: str | None = None) -> list[Checked]:
    """Try them all, politely, in one crawl that asks listings alone and stores nothing of them. `database` is where
    other crawls take turns at the same hosts, if there is one."""
    now = now or datetime.now(timezone.utc)
    alone = {(source.id, place): source.model_copy(update={"id": f"{source.id} {place}", "discover": (way,)})
             for source in sources for place, way in enumerate(source.discover)}
    # A search service is asked one phrase a language, not all: it answers, or it does not.
    search = replace(settings.search, phrases={name: few[:1] for name, few in settings.search.phrases.items()})
    probed = probe(list(alone.values()), replace(settings, search=search), own_hosts=True,
                   database=database)
    allowed = allowed_keys([*settings.allowed_hosts, *(host for source in sources for host in source.hosts)])
    checked = []
    for source in sources:
        findings = []
        for place, way in enumerate(source.discover):
            summary = probed.summary.sources[alone[source.id, place].id]
            trouble = None
            if summary.seen.failed and summary.seen.failed[0] is Outcome.TLS_ERROR:
                trouble = certificate_trouble(next(iter(sorted(summary.seen.missed)), way.url), allowed)
            findings.append(diagnose(way, summary, now, certificate=trouble))
        checked.append(Checked(source, tuple(findings)))
    return checked
