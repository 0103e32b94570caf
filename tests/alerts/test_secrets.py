"""A planted token of a channel leaves by no way: no export, feed, figure, preview, list, message, backup or row."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from crawler.alerts import channels
from crawler.commands import app
from crawler.daemon.counters import Counters
from crawler.daemon.metrics import exposition
from storage.engine import open_database, writing
from tests.alerts.world import begun, capacity, look, rule, rules, shown, status, tell

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
TOKEN = "planted-7d41f00d"
# Nobody listens there: each message fails, and its error is what a careless program would store.
ADDRESSES = {"HOOK": f"json://me:{TOKEN}@127.0.0.1:9/{TOKEN}?+X-Key={TOKEN}", "ODD": f"nonsense://{TOKEN}",
             "MAIL": f"mailto://me:{TOKEN}@127.0.0.1:9?from=a@example.org&to=b@example.org&mode=insecure"}
EXPORTS = [("projects", form) for form in ("csv", "jsonl", "geojson", "xlsx", "atom", "jsonfeed")] + [
    (what, form) for what in ("stories", "changes") for form in ("csv", "jsonl", "xlsx", "atom", "jsonfeed")] + [
    ("articles", form) for form in ("csv", "jsonl", "xlsx")]


def tactless(*_: object) -> None:
    """A service whose complaint names the password."""
    raise RuntimeError(f"535 {TOKEN} is no password")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """News that three channels could not be told of."""
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "alerts.yml").write_text(
        "channels:\n" + "".join(f"  {name.lower()}: ${{MARSAD_ALERT_{name}}}\n" for name in ADDRESSES)
        + "rules:\n  - name: one\n    when: [new_project, capacity_changed]\n    channels: [hook, odd, mail]\n",
        encoding="utf-8")
    for name, address in ADDRESSES.items():
        monkeypatch.setenv(f"MARSAD_ALERT_{name}", address)
    monkeypatch.setattr(channels, "_mail", tactless)
    monkeypatch.chdir(tmp_path)
    engine = open_database("sqlite:///marsad.db")
    own = rules(channels={name.lower(): f"${{MARSAD_ALERT_{name}}}" for name in ADDRESSES},
                rules=[rule("new_project", channels=["hook", "odd", "mail"])])
    begun(engine, own)
    with writing(engine) as conn:
        tell(conn, "dakhla", "one", capacity(500, "500 MW in Dakhla"), status("agreement"))
        shown(conn, "dakhla", country="MA", latitude=23.7, longitude=-15.9, capacity_mw=500.0)
    look(engine, own, later=1)
    return engine


def call(*words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--config", "conf"])


def told(given: bytes) -> bytes:
    """What a reader sees of it: a workbook unpacked."""
    if not given.startswith(b"PK"):
        return given
    with zipfile.ZipFile(io.BytesIO(given)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_a_planted_token_is_found_nowhere(world: Engine, tmp_path: Path) -> None:
    sent = call("alerts", "send")
    assert "0 messages sent, 3 failed" in sent.output
    outputs = {"send": sent.output, **{" ".join(words): call(*words).output for words in (
        ("alerts", "list"), ("alerts", "list", "--json"), ("alerts", "preview"), ("alerts", "preview", "one", "--html", "p.html"),
        ("alerts", "test"), ("status",), ("status", "--json"), ("backup", "--to", "backups"))}}
    for what, form in EXPORTS:
        assert call("export", what, "--format", form, "-o", f"{what}.{form}").exit_code == 0
    outputs["metrics"] = exposition(world, Counters(datetime.now(timezone.utc))).decode()
    world.dispose()
    assert "Dakhla" in outputs["alerts preview"]
    files = {path.name: told(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    assert len(files) >= len(EXPORTS) + 4  # the page of the preview, rules, database and backup
    assert [name for name, text in outputs.items() if TOKEN in text] == []
    assert [name for name, data in files.items() if TOKEN.encode() in data] == []
