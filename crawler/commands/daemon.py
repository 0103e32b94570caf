"""`marsad daemon`: the scheduler, until it is stopped."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Annotated

import typer

from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption, err
from crawler.configuration.setup import set_up
from storage.engine import open_database


def register(app: typer.Typer) -> None:
    app.command("daemon")(daemon)


def daemon(
    http: Annotated[str, typer.Option(help="Where health and metrics answer.")] = "127.0.0.1:8400",
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Visit every source at its own pace until stopped (SIGTERM or ctrl-C ends it within half a minute).

    SIGHUP reads the registry again. /healthz, /readyz and /metrics answer at --http.
    """
    from crawler.daemon.health import Health, parse_address
    from crawler.daemon.scheduler import Scheduler

    address = parse_address(http)
    setup = set_up(config)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    scheduler = Scheduler(open_database(database), setup.folder, setup.settings, database)
    stop, again = threading.Event(), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: again.set())
    health = Health(address, scheduler.report, scheduler.metrics)
    try:
        scheduler.start()
        err().print(f"marsad daemon: health at http://{health.address}/healthz; stop it with ctrl-C")
        while not stop.wait(0.2):
            if again.is_set():
                again.clear()
                scheduler.reload()
    finally:
        scheduler.stop()
        health.close()
