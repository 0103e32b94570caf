"""The daemon's part: a process of its own sends what is due; addresses come from the environment, secrets stay there."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine

from crawler.alerts.duty import send_due
from storage import alerts
from storage.engine import reading, writing
from tests.alerts.receivers import webhook
from tests.alerts.world import begun, rule, rules, tell

OWN = rules(rules=[rule("new_project")])
CONFIG = """
channels: {hook: "${MARSAD_ALERT_HOOK}"}
rules: [{name: one, when: [new_project], channels: [hook]}]
"""


def with_news(engine: Engine) -> None:
    from crawler.alerts.watch import watch

    begun(engine, OWN)
    with writing(engine) as conn:
        tell(conn, "dakhla", "one", published="2999-01-01")
    watch(engine, OWN)


def test_what_is_due_is_sent(database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "alerts.yml").write_text(CONFIG, encoding="utf-8")
    with_news(database)
    with webhook() as hook:
        monkeypatch.setenv("MARSAD_ALERT_HOOK", hook.address)
        assert send_due(database, tmp_path, Event())
        assert not send_due(database, tmp_path, Event())
        assert [body["title"] for body in hook.bodies] == ["Dakhla: New project"]


def test_a_failure_stands_in_the_log_without_the_address(database: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "alerts.yml").write_text(CONFIG, encoding="utf-8")
    with_news(database)
    monkeypatch.setenv("MARSAD_ALERT_HOOK", "json://me:planted-token-51@127.0.0.1:9/planted-path-51")
    with caplog.at_level(logging.WARNING):
        assert send_due(database, tmp_path, Event())
    assert "rule one, channel hook, try 1" in caplog.text
    assert "planted" not in caplog.text
    with reading(database) as conn:
        assert "planted" not in str(alerts.deliveries(conn)) + str(alerts.events(conn))


def test_a_stop_ends_the_sending(database: Engine, tmp_path: Path) -> None:
    (tmp_path / "alerts.yml").write_text(CONFIG, encoding="utf-8")
    with_news(database)
    stop = Event()
    stop.set()
    assert send_due(database, tmp_path, stop)
    with reading(database) as conn:
        assert alerts.counts(conn)["sent"] == 0
