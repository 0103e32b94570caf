"""`marsad status`: how the house is, from the database alone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    clean,
    emit_json,
    out,
    table,
)
from crawler.configuration.setup import set_up
from storage.engine import open_database

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.configuration.settings import Settings

_MB = 1_000_000


def register(app: typer.Typer) -> None:
    app.command("status")(status)


def status(
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show sources by state, last runs, what is due, sizes, the last backup, the daemon, and what wants a look."""
    setup = set_up(config)
    engine = open_database(database, read_only=True)
    told = gather(engine, setup.settings, datetime.now(timezone.utc))
    engine.dispose()
    if as_json:
        emit_json(told)
    else:
        _show(told)


def gather(engine: Engine, settings: Settings, now: datetime) -> dict[str, Any]:
    """Everything that `--json` prints. Sizes in bytes, times UTC."""
    from storage import lock
    from storage import status as storage_status

    figures = storage_status.figures(engine)
    backlog = storage_status.backlog(engine, now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    holder = lock.holder(engine)
    told: dict[str, Any] = {
        "database": engine.url.render_as_string(hide_password=True),
        "daemon": {"running": holder is not None, "pid": holder.pid if holder else None,
                   "host": holder.host if holder else None, "since": holder.since if holder else None},
        "sources": {"states": dict(sorted(figures.sources.items())), "switched_on": sum(figures.sources.values()),
                    "switched_off": figures.switched_off},
        "troubled": storage_status.troubled(engine),
        "due": {"sources": backlog.due, "since": backlog.since, "next_at": backlog.next_due_at},
        "runs": storage_status.last_runs(engine),
        "stored": {"articles": figures.articles, "stories": figures.stories, "projects": figures.projects},
        "sizes": {"database": figures.sizes.database, "wal": figures.sizes.wal, "free": figures.sizes.free},
        "last_backup": dict(figures.backup) if figures.backup else None,
    }
    told["warnings"] = _warnings(told, settings, now)
    return told


def _warnings(told: dict[str, Any], settings: Settings, now: datetime) -> list[str]:
    from crawler.configuration.durations import parse_duration
    from storage.maintenance import LARGE_WAL

    found, sizes, backup = [], told["sizes"], told["last_backup"]
    if (sizes["wal"] or 0) > LARGE_WAL:
        found.append(f"the write-ahead log has {sizes['wal'] // _MB} MB: a program reads the database all the time and "
                     "keeps it from being written back; close it (docs/operations.md)")
    if sizes["free"] is not None and sizes["free"] < settings.daemon.free_mb * _MB:
        found.append(f"only {sizes['free'] // _MB} MB are free beside the database: the daemon begins no round below "
                     f"{settings.daemon.free_mb}")
    if settings.backup.keep and told["stored"]["articles"]:
        age = now - _moment(backup["made_at"]) if backup else None
        if age is None:
            found.append("there is no backup yet: marsad backup makes one, the daemon one every "
                         f"{settings.backup.every}")
        elif age > 2 * parse_duration(settings.backup.every) + timedelta(hours=1):
            found.append(f"the last backup is {age.days} days old; look into the daemon's log")
    if told["daemon"]["running"] and told["due"]["since"]:
        late = now - _moment(told["due"]["since"])
        if late > timedelta(hours=2):
            found.append(f"sources are due for {late.total_seconds() / 3600:.0f} hours although the daemon runs: quiet "
                         "hours, a full disk, or rounds that take too long; its log says which")
    bad = {state: told["sources"]["states"].get(state, 0) for state in ("dead", "blocked", "failing", "lying", "moved")}
    if any(bad.values()):
        found.append("sources that want a look: " + ", ".join(f"{n} {state}" for state, n in bad.items() if n))
    return found


def _show(told: dict[str, Any]) -> None:
    console, daemon, due = out(), told["daemon"], told["due"]
    running = f"runs since {daemon['since']} (process {daemon['pid']} on {daemon['host']})"
    backup = told["last_backup"]
    sizes = told["sizes"]
    states = ", ".join(f"{count} {state}" for state, count in told["sources"]["states"].items()) or "none"
    rows = [("database", told["database"]), ("daemon", running if daemon["running"] else "does not run"),
            ("sources", states + (f"; {told['sources']['switched_off']} switched off"
                                  if told["sources"]["switched_off"] else "")),
            ("due now", due["sources"]), ("next due", due["next_at"] or "-"),
            ("stored", ", ".join(f"{count} {what}" for what, count in told["stored"].items())),
            ("size", f"{sizes['database'] / _MB:.1f} MB" + (f", log {sizes['wal'] / _MB:.1f} MB"
                                                            if sizes["wal"] is not None else "")),
            ("last backup", f"{backup['made_at']}  {backup['path']}" if backup else "none")]
    console.print(table(("marsad", ""), rows))
    if told["runs"]:
        console.print(table(("run", "by", "began", "ended", "as", "fetched", "matched", "new", "errors"), [
            (run["id"], run["trigger"], run["started_at"], run["finished_at"] or "-", run["outcome"] or "running",
             run["pages_fetched"], run["matched"], run["articles_new"], run["errors"]) for run in told["runs"]]))
    if told["troubled"]:
        console.print(table(("source", "state", "since", "failures", "why"), [
            (row["id"], row["state"], row["state_since"] or "-", row["consecutive_failures"],
             row["state_reason"] or row["last_error"] or "") for row in told["troubled"]]))
    for warning in told["warnings"]:
        console.print(f"! {clean(warning)}", markup=False, soft_wrap=True)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
