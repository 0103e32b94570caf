"""A process that looks and sends, and kills itself at a given point: `child.py DATABASE ADDRESS MINUTE POINT`.

Points: looked (events are committed, nothing is sent), taken (a message is counted as tried, not sent), handed (it
was handed over, not yet marked), none; or a number of milliseconds after which the parent's kill may come anywhere.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from datetime import timedelta

from crawler.alerts import channels
from crawler.alerts.deliver import deliver
from crawler.alerts.message import Message
from storage import alerts
from storage.engine import open_database
from tests.alerts.world import NOW, look, rule, rules

warnings.simplefilter("ignore", DeprecationWarning)


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(database: str, address: str, minute: str, point: str) -> None:
    engine = open_database(database)
    own = rules(rules=[rule("new_project")])
    secrets = channels.Secrets({"MARSAD_ALERT_HOOK": address})
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    look(engine, own, later=float(minute))
    if point == "looked":
        die()

    def transport(to: str, message: Message, hidden: channels.Secrets) -> None:
        if point == "taken":
            die()
        channels.send(to, message, hidden)

    if point == "handed":
        alerts.sent = die  # type: ignore[assignment]
    deliver(engine, own, clock=lambda: NOW + timedelta(minutes=float(minute)), secrets=secrets, transport=transport)


if __name__ == "__main__":
    main(*sys.argv[1:])
