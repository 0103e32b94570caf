"""The daemon's part: what is due is sent by a process of its own, so that a service that hangs or a plugin that
leaks costs the daemon nothing. Between two sendings it is one small question to the database."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event

from sqlalchemy import Engine

from crawler.alerts.deliver import is_due

log = logging.getLogger("marsad.alerts")

# All messages that are due have to be through by then; what is not is sent by the next call.
_SECONDS = 300.0
_LOOK = 0.2


def send_due(engine: Engine, folder: Path, stop: Event) -> bool:
    """Send what is due, if anything is; whether something was tried. What went wrong stands in the log."""
    if not is_due(engine):
        return False
    # by the environment, because everybody on the machine may read a command line
    environment = {**os.environ, "MARSAD_DATABASE": engine.url.render_as_string(hide_password=False),
                   "MARSAD_CONFIG": str(folder)}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([sys.executable, "-m", "crawler.daemon.child", "alerts", "send"], env=environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
                                   start_new_session=True)
        waited = 0.0
        while process.poll() is None and waited < _SECONDS and not stop.wait(_LOOK):
            waited += _LOOK
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        said.seek(0)
        for line in said:
            log.warning("%s", line.rstrip())
    return True
