"""`marsad daemon`: the scheduler, until it is stopped."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption
from crawler.configuration.setup import set_up
from crawler.errors import MarsadError
from storage.engine import open_database

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOOK = 0.2  # seconds between two looks at signals and rounds that ended


def register(app: typer.Typer) -> None:
    app.command("daemon")(daemon)


def daemon(
    http: Annotated[str, typer.Option(help="Where health and metrics answer.")] = "127.0.0.1:8400",
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Visit every source at its own pace until stopped (SIGTERM or ctrl-C ends it within half a minute, twice at once).

    A changed configuration is taken at once, or refused in the log. /healthz, /readyz, /metrics and /feeds/ answer at
    --http.
    """
    from sqlalchemy.engine import make_url

    from crawler.daemon.health import Health, parse_address
    from crawler.daemon.logs import hide, log_to_stderr
    from crawler.daemon.metrics import exposition
    from crawler.daemon.scheduler import Scheduler

    address = parse_address(http)
    setup = set_up(config)
    log_to_stderr()
    engine = open_database(database)
    hide(make_url(database).password)
    scheduler = Scheduler(engine, setup.folder, setup.settings, database)
    stops = _Stops()
    health = Health(address, lambda: scheduler.counters.silent_for() < scheduler.patience, scheduler.report,
                    lambda: exposition(engine, scheduler.counters), lambda path, url: _feed(engine, path, url))
    ended = True
    try:
        scheduler.start()
        logging.getLogger("marsad.daemon").info("health at http://%s/healthz", health.address)
        while not stops.asked.wait(_LOOK) and not scheduler.lost:
            if stops.again.is_set():
                stops.again.clear()
                scheduler.reload()
            scheduler.tend()
    finally:
        ended = scheduler.stop(stops.hurried.is_set)
        health.close()
        engine.dispose()
    if scheduler.lost:
        raise MarsadError(scheduler.lost)
    if not ended:  # a duty hangs in the network: what it has to do is in the database, and it is done next time
        logging.getLogger("marsad.daemon").warning("ended while a duty was still running")
        sys.stderr.flush()
        os._exit(0)


class _Stops:
    """Signals as flags: SIGTERM and SIGINT once (end) and twice (at once), SIGHUP (read the configuration)."""

    def __init__(self) -> None:
        self.asked, self.hurried, self.again = threading.Event(), threading.Event(), threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, lambda *_: self.again.set())

    def _stop(self, _number: int, _frame: object) -> None:
        (self.hurried if self.asked.is_set() else self.asked).set()


def _feed(engine: Engine, path: str, url: str) -> tuple[bytes, str] | None:
    from crawler.exports.serving import render_feed
    from storage.engine import reading

    with reading(engine) as conn:
        return render_feed(conn, path, url)
