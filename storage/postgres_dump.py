"""A PostgreSQL database into one file, by PostgreSQL's own `pg_dump`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from storage.addresses import printed
from storage.errors import BackupError
from storage.maintenance import Stopped
from storage.migrations import VERSION_TABLE

_LOOK = 0.1  # seconds between two looks at whether to stop


def available() -> bool:
    """Whether PostgreSQL's client programs are on this machine."""
    return shutil.which("pg_dump") is not None and shutil.which("pg_restore") is not None


def dump(url: URL, target: Path, stop: Callable[[], bool]) -> str:
    """Write the schema in use to `target` (custom format, for `pg_restore`), checked. Returns its revision."""
    if not available():
        raise BackupError(f"{printed(url)} cannot be backed up here: pg_dump and pg_restore are not installed",
                          "install PostgreSQL's client programs (Debian: postgresql-client)")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as conn:
        schema = conn.execute(text("SELECT current_schema()")).scalar_one()
        revision = str(conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() or "")  # noqa: S608
    # The password goes by the environment: a command line is shown to every user of the machine.
    password = url.password or url.query.get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database,
                       {name: value for name, value in url.query.items() if name != "password"})
    _run(["pg_dump", "--format=custom", "--no-owner", f"--schema={schema}", f"--file={target}",
          f"--dbname={plain.render_as_string(hide_password=False)}"], environment, stop, url)
    listed = _run(["pg_restore", "--list", str(target)], environment, stop, url)
    if f"TABLE DATA {schema} articles" not in listed:
        raise BackupError(f"the backup of {printed(url)} holds no articles table", "look at pg_dump's version")
    return revision


def _run(command: list[str], environment: dict[str, str], stop: Callable[[], bool], url: URL) -> str:
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,  # noqa: S603
                          stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and command[0] == "pg_dump":
            if stop():
                process.terminate()
                raise Stopped
            time.sleep(_LOOK)
        out, problem = process.communicate()
    if process.returncode:
        reason = " ".join(problem.split())[:300] or f"exit code {process.returncode}"
        raise BackupError(f"{printed(url)} could not be backed up ({reason})",
                          "its client programs must not be older than the server")
    return out
