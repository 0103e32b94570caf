"""The outbox on its way out: a real mail server and a webhook on loopback, failures, retries, giving up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from crawler.alerts.channels import Secrets, SendError
from crawler.alerts.deliver import deliver, is_due
from crawler.alerts.message import Message
from crawler.alerts.rules import AlertRules
from storage import alerts
from storage.engine import reading, writing
from tests.alerts.receivers import Hook, Mailbox, mail_server, webhook
from tests.alerts.world import NOW, begun, capacity, look, rule, rules, tell

# one of Apprise's plugins imports it; not ours to mend
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

TOKEN = "planted-token-7d41"


@pytest.fixture
def hook() -> Iterator[Hook]:
    with webhook() as found:
        yield found


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


def secrets(**values: str) -> Secrets:
    return Secrets({f"MARSAD_ALERT_{name.upper()}": value for name, value in values.items()})


def with_news(engine: Engine, own: AlertRules, name: str = "dakhla") -> None:
    begun(engine, own)
    with writing(engine) as conn:
        tell(conn, name, "one", capacity(500, "500 MW in Dakhla"))
    look(engine, own, later=1)


def at(minutes: float) -> Any:
    return lambda: NOW + timedelta(minutes=minutes)


def state(engine: Engine) -> list[tuple[int, bool, bool, str | None]]:
    """(tries, sent, given up, error) of each delivery."""
    with reading(engine) as conn:
        return [(r["attempts"], r["sent_at"] is not None, r["sent_at"] is None and r["next_try_at"] is None,
                 r["last_error"]) for r in alerts.deliveries(conn)]


def test_a_webhook_gets_the_message_with_its_id_and_its_events(database: Engine, hook: Hook) -> None:
    own = rules(rules=[rule("new_project", language="fr")])
    with_news(database, own)
    assert is_due(database, at(2))
    assert deliver(database, own, clock=at(2), secrets=secrets(hook=hook.address)).sent == 1
    assert not is_due(database, at(2))
    assert deliver(database, own, clock=at(3), secrets=secrets(hook=hook.address)).sent == 0
    (body,) = hook.bodies
    with reading(database) as conn:
        (row,) = alerts.deliveries(conn)
    assert body["id"] == row["message_id"]
    assert body["events"] == [row["event_id"]]
    assert body["title"] == "Dakhla : Nouveau projet"
    assert "500 MW in Dakhla" in body["message"]
    assert f"marsad:{row['message_id']}" in body["message"]
    assert body["language"] == "fr"
    assert state(database) == [(1, True, False, None)]


def test_a_mail_has_text_and_html_and_the_id_of_the_message(database: Engine, mailbox: Mailbox) -> None:
    own = AlertRules.model_validate({"channels": {"mail": "${MARSAD_ALERT_MAIL}"}, "rules": [
        {"name": "one", "when": ["new_project"], "channels": ["mail"], "language": "ar"}]})
    with_news(database, own)
    address = f"mailto://127.0.0.1:{mailbox.port}?from=marsad@example.org&to=reader@example.org&mode=insecure"
    assert deliver(database, own, clock=at(2), secrets=secrets(mail=address)).problems == []
    (mail,) = mailbox.mails
    with reading(database) as conn:
        (row,) = alerts.deliveries(conn)
    assert mail["Message-ID"] == f"<{row['message_id']}@example.org>"
    assert mail["Subject"] == "Dakhla: مشروع جديد"
    assert mail["Content-Language"] == "ar"
    assert mail["X-Marsad-Events"] == row["event_id"]
    assert mailbox.receivers == [["reader@example.org"]]
    assert mail.get_body(("plain",)).get_content().startswith("Dakhla\n")  # type: ignore[union-attr]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert '<html lang="ar" dir="rtl">' in html
    assert "500 MW in Dakhla" in html


def test_a_double_carries_the_same_id(database: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    own = AlertRules.model_validate({"channels": {"mail": "${MARSAD_ALERT_MAIL}"}, "rules": [
        {"name": "one", "when": ["new_project"], "channels": ["mail"]}]})
    with_news(database, own)
    address = f"mailto://127.0.0.1:{mailbox.port}?from=marsad@example.org&to=reader@example.org&mode=insecure"

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(alerts, "sent", die)
        with pytest.raises(Killed):
            deliver(database, own, clock=at(2), secrets=secrets(mail=address))
    assert deliver(database, own, clock=at(3), secrets=secrets(mail=address)).sent == 0, "held for some minutes"
    assert deliver(database, own, clock=at(10), secrets=secrets(mail=address)).sent == 1
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(database: Engine, hook: Hook) -> None:
    own = rules(attempts=3, rules=[rule("new_project")])
    with_news(database, own)
    hook.status = 500
    where = f"json://user:{TOKEN}@{hook.address.removeprefix('json://')}/{TOKEN}"
    minute = 2.0
    for tries in (1, 2, 3):
        done = deliver(database, own, clock=at(minute), secrets=secrets(hook=where))
        assert (done.sent, done.failed) == (0, 1)
        assert deliver(database, own, clock=at(minute + 1), secrets=secrets(hook=where)).failed == 0
        assert state(database)[0][:3] == (tries, False, tries == 3)
        assert TOKEN not in "".join(done.problems)
        minute += 1000
    assert "(given up)" in done.problems[0]
    error = state(database)[0][3]
    assert error is not None
    assert "500" in error
    assert TOKEN not in error
    hook.status = 200
    assert deliver(database, own, clock=at(minute), secrets=secrets(hook=where)).sent == 0
    assert len(hook.paths) == 3


def test_one_channel_that_fails_does_not_hold_up_the_other(database: Engine, hook: Hook) -> None:
    own = AlertRules.model_validate({
        "channels": {"bad": "${MARSAD_ALERT_BAD}", "good": "${MARSAD_ALERT_GOOD}", "unset": "${MARSAD_ALERT_UNSET}"},
        "rules": [{"name": "one", "when": ["new_project"], "channels": ["bad", "good", "unset"]}]})
    with_news(database, own)
    done = deliver(database, own, clock=at(2), secrets=secrets(bad="json://127.0.0.1:9/", good=hook.address))
    assert (done.sent, done.failed) == (1, 2)
    assert any("MARSAD_ALERT_UNSET is not set" in problem for problem in done.problems)
    assert len(hook.bodies) == 1
    deliver(database, own, clock=at(60), secrets=secrets(bad=hook.address, good=hook.address, unset=hook.address))
    assert len({body["id"] for body in hook.bodies}) == 1
    assert len(hook.bodies) == 3


@pytest.mark.parametrize("gone", ["rule", "channel"])
def test_a_rule_or_channel_that_is_gone_is_given_up_at_once(database: Engine, gone: str) -> None:
    own = rules(rules=[rule("new_project")])
    with_news(database, own)
    left = rules() if gone == "rule" else AlertRules.model_validate({
        "channels": {"other": "${MARSAD_ALERT_OTHER}"}, "rules": [rule("new_project", channels=["other"])]})
    done = deliver(database, left, clock=at(2), secrets=secrets())
    assert gone in done.problems[0]
    assert state(database)[0][2]


def test_an_address_that_nothing_understands_is_given_up_without_being_shown(database: Engine) -> None:
    own = rules(rules=[rule("new_project")])
    with_news(database, own)
    done = deliver(database, own, clock=at(2), secrets=secrets(hook=f"nonsense://{TOKEN}"))
    assert TOKEN not in str(done)
    assert state(database)[0][2]


def test_a_digest_waits_for_its_hour_and_holds_everything_until_then(database: Engine, hook: Hook) -> None:
    own = rules(rules=[rule("new_project", "new_story", send="daily", at="18:30", timezone="Africa/Casablanca")])
    begun(database, own)
    for number in range(3):
        with writing(database) as conn:
            tell(conn, f"p{number}", f"a{number}")
        look(database, own, later=number)
    before, after = datetime.fromisoformat("2026-11-22T17:29:00+00:00"), datetime.fromisoformat("2026-11-22T17:30:00+00:00")
    assert deliver(database, own, clock=lambda: before, secrets=secrets(hook=hook.address)).sent == 0
    assert deliver(database, own, clock=lambda: after, secrets=secrets(hook=hook.address)).sent == 1
    assert len(hook.bodies[0]["events"]) == 3


def test_two_senders_at_once_send_each_message_once(database: Engine) -> None:
    own = rules(rules=[rule("new_project")])
    begun(database, own)
    with writing(database) as conn:
        for number in range(6):
            tell(conn, f"p{number}", f"a{number}")
    look(database, own, later=1)
    got: list[str] = []

    def transport(address: str, message: Message, hidden: Secrets) -> None:
        got.append(message.id)
        if len(got) == 1:  # the other sender comes in the middle of the first one's sending
            deliver(database, own, clock=at(2), secrets=hidden, transport=transport)

    deliver(database, own, clock=at(2), secrets=secrets(), transport=transport)
    assert len(got) == len(set(got)) == 6


def test_a_plugin_that_raises_anything_is_one_failed_message(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    own = rules(rules=[rule("new_project")])
    with_news(database, own)

    def explode(*_: object, **__: object) -> None:
        raise RuntimeError(f"connect to {TOKEN} failed")

    monkeypatch.setattr(apprise.Apprise, "instantiate", explode)
    done = deliver(database, own, clock=at(2), secrets=secrets(hook=f"json://{TOKEN}"))
    assert "RuntimeError: connect to *** failed" in done.problems[0]


def test_secrets_are_not_shown_and_parts_of_addresses_are_masked() -> None:
    hidden = secrets(mail=f"mailtos://me:{TOKEN}@smtp.example.org?to=boss@example.org")
    assert TOKEN not in repr(hidden)
    masked = hidden.mask(f"could not reach smtp.example.org with {TOKEN} for boss, mailtos")
    assert masked == "could not reach *** with *** for ***, mailtos"
    assert SendError("x").exit_code == 1
