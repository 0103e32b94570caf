"""A planted password and a planted address of a channel are found nowhere: no log, no figure, no command line, no row."""

from __future__ import annotations

import logging
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.engine import make_url

from crawler.daemon import rounds
from crawler.daemon.logs import _Formatter, hide, without_secrets
from crawler.daemon.rounds import ChildRound, RoundPlan
from crawler.newsroom import Newsroom
from tests.commands.conftest import run_marsad
from tests.daemon.running import Daemon, keep_quick
from tests.daemon.test_endurance import IDLE

TOKEN, HOOK = "planted-Pa55word", "planted-h00k-token"


@pytest.mark.parametrize(("line", "shown"), [
    ("at postgresql+psycopg://me:s3cret@host/db now", "at postgresql+psycopg://***@host/db now"),
    ("mailtos://a:b@c and https://x:y@z/?q=1", "mailtos://***@c and https://***@z/?q=1"),
    ("http://127.0.0.1:8400/healthz at 10:00 by me@example.org", "http://127.0.0.1:8400/healthz at 10:00 by me@example.org"),
])
def test_credentials_in_addresses_are_not_logged(line: str, shown: str) -> None:
    assert without_secrets(line) == shown


def test_what_is_hidden_stands_in_no_line_not_even_in_a_traceback() -> None:
    hide("hidden-in-plain-sight")
    hide(None)
    try:
        raise ValueError("hidden-in-plain-sight")
    except ValueError:
        record = logging.LogRecord("marsad", logging.ERROR, "", 0, "it was %s", ("hidden-in-plain-sight",), sys.exc_info())
    assert "hidden-in-plain-sight" not in _Formatter().format(record)


@pytest.mark.parametrize("command", ["status", "backup", "daemon"])
def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path, command: str) -> None:
    ran = run_marsad(command, "--database", f"postgresql+psycopg://me:{TOKEN}@127.0.0.1:1/x?password={TOKEN}", cwd=tmp_path)
    assert ran.code == 1
    assert "cannot be reached" in ran.err
    assert TOKEN not in ran.err + ran.out


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to see a command line")
def test_a_rounds_command_line_holds_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "CHILD", (sys.executable, "-S", "-c", "import time; time.sleep(600)"))
    plan = RoundPlan(f"postgresql+psycopg://me:{TOKEN}@host/x", Path("conf"), 600, 1)
    child = ChildRound(["a"], datetime.now(timezone.utc), plan)
    assert TOKEN.encode() not in Path(f"/proc/{child.pid}/cmdline").read_bytes()
    child.kill()
    while (result := child.poll()) is None:
        time.sleep(0.01)
    assert result.outcome == "stopped"
    assert child.poll() is result


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_daemon_tells_no_secret(database_url: str, tmp_path: Path) -> None:
    url = make_url(database_url).set(password=TOKEN)  # the test server trusts whoever comes from this machine
    with Newsroom() as room:
        room.write_config(tmp_path / "conf")
        keep_quick(tmp_path / "conf", sources=1, every="1s", settings='housekeeping = "1s"\n[backup]\nkeep = 0\n')
        (tmp_path / "conf" / "alerts.yml").write_text(
            "channels:\n  hook: ${MARSAD_ALERT_HOOK}\nrules:\n  - name: blind\n    when: [source_broken, source_recovered]\n"
            "    channels: [hook]\n", encoding="utf-8")
        daemon = Daemon(tmp_path, database=url.render_as_string(hide_password=False), program=["-c", IDLE],
                        extra={"MARSAD_ALERT_HOOK": f"json://me:{HOOK}@127.0.0.1:1/{HOOK}"})
        try:
            daemon.wait_for(lambda: daemon.rounds() >= 2)
            told = "".join(daemon.ask(path)[1] for path in ("/metrics", "/readyz", "/healthz", "/"))
            command = Path(f"/proc/{daemon.pid}/cmdline").read_text() if Path("/proc/self/cmdline").exists() else ""
            ran = run_marsad("status", "--config", "conf", "--database", url.render_as_string(hide_password=False), cwd=tmp_path)
            assert daemon.stop() == 0
        finally:
            daemon.kill()
    assert "runs since" in ran.out
    engine = create_engine(url)
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as conn:
        rows = "".join(str(row) for table in metadata.tables.values() for row in conn.execute(select(table)))
    engine.dispose()
    assert "daemon" in daemon.log()
    for where in (told, command, ran.out, ran.err, rows, daemon.log()):
        assert TOKEN not in where
        assert HOOK not in where
