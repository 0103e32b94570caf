"""/metrics: names that begin with `marsad_`, each documented in docs/daemon.md (a test compares both).

The database is asked when somebody scrapes, so that a figure is never older than the scrape; where it does not
answer, the figures of the process stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import Engine

from crawler import __version__
from crawler.daemon.counters import Counters
from storage import status
from storage.errors import StorageError

OUTCOMES = ("done", "failed", "killed", "stopped")


class Collector:
    """The figures of one daemon, for a CollectorRegistry of its own."""

    def __init__(self, engine: Engine, counters: Counters) -> None:
        self._engine, self._counters = engine, counters

    def describe(self) -> list[Metric]:
        return []  # asking for the names must not ask the database

    def collect(self) -> Iterator[Metric]:
        yield from self._process()
        try:
            figures = status.figures(self._engine)
        except StorageError:
            yield _gauge("marsad_database_up", "1 where the database answers", 0)
            return
        yield _gauge("marsad_database_up", "1 where the database answers", 1)
        yield from _stored(figures)

    def _process(self) -> Iterator[Metric]:
        own = self._counters
        yield _gauge("marsad_up", "1 while the daemon works", 1)
        info = GaugeMetricFamily("marsad_build_info", "1; the version is in the label", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        yield _gauge("marsad_start_timestamp_seconds", "when the daemon was started", own.started_at.timestamp())
        rounds = CounterMetricFamily("marsad_rounds", "rounds that ended, by how", labels=["outcome"])
        for outcome in OUTCOMES:
            rounds.add_metric([outcome], own.rounds[outcome])
        yield rounds
        yield _gauge("marsad_rounds_running", "rounds in hand", own.running)
        yield _gauge("marsad_sources_due", "sources that were due at the last look", own.sources_due)
        yield CounterMetricFamily("marsad_visits_missed", "visits that fell out: daemon or machine were off",
                                  value=own.sources_missed)
        last = own.last_round_at
        yield _gauge("marsad_last_round_timestamp_seconds", "when the last round began, 0 before the first",
                     last.timestamp() if last else 0)
        yield _gauge("marsad_configuration_refused", "1 while a changed configuration is refused",
                     own.refused_configuration is not None)
        yield CounterMetricFamily("marsad_reloads", "changed configurations that were taken", value=own.reloads)
        yield CounterMetricFamily("marsad_clock_jumps", "times the clock was set or the machine slept",
                                  value=own.clock_jumps)
        yield _gauge("marsad_paused", "1 while no round begins because the disk is full", own.paused is not None)
        yield _gauge("marsad_wal_held", "1 where a reader kept the log from being written back", own.log_held)
        failures = CounterMetricFamily("marsad_duty_failures", "duties beside crawling that failed, by name",
                                       labels=["duty"])
        for name, count in sorted({"housekeeping": 0, **own.duty_failures}.items()):
            failures.add_metric([name], count)
        yield failures


def _stored(figures: status.Figures) -> Iterator[Metric]:
    states = GaugeMetricFamily("marsad_sources", "sources that are switched on, by state", labels=["state"])
    for state, count in sorted(figures.sources.items()):
        states.add_metric([state], count)
    yield states
    yield _gauge("marsad_articles", "articles stored", figures.articles)
    yield _gauge("marsad_projects", "projects known", figures.projects)
    yield _gauge("marsad_database_bytes", "size of the database", figures.sizes.database)
    if figures.sizes.wal is not None:
        yield _gauge("marsad_wal_bytes", "size of SQLite's write-ahead log", figures.sizes.wal)
    if figures.sizes.free is not None:
        yield _gauge("marsad_disk_free_bytes", "free space beside the database", figures.sizes.free)
    yield _gauge("marsad_last_backup_timestamp_seconds", "when the last backup was made, 0 where there is none",
                 status.seconds(figures.backup["made_at"]) if figures.backup else 0)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))


def exposition(engine: Engine, counters: Counters) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector(engine, counters))
    return generate_latest(registry)
