"""`marsad alerts`: what is told to whom; a look at it, a test of a channel, and sending what is due."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    clean,
    emit_json,
    err,
    interruptible,
    out,
    table,
)
from crawler.configuration.durations import parse_duration
from crawler.configuration.setup import set_up
from crawler.errors import NothingDoneError, UsageError
from storage.engine import open_database, reading, writing

RuleArgument = Annotated[Optional[str], typer.Argument(help="Only this rule.")]  # noqa: UP045 - Typer on Python 3.10

alerts = typer.Typer(help="Who is told of what (config/alerts.yml), what went out, what waits.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(alerts, name="alerts")


def _chosen(rules: Any, name: str | None) -> list[Any]:
    if name is None:
        return list(rules.rules)
    rule = rules.rule(name)
    if rule is None:
        known = ", ".join(r.name for r in rules.rules)
        raise UsageError(f"no rule {name!r} in alerts.yml ({f'known: {known}' if known else 'there is none yet'})")
    return [rule]


@alerts.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most rows of the outbox.")] = 30,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """The rules with their channels, and the outbox: what waits, what failed and why, what was sent."""
    from crawler.alerts.channels import load_secrets, missing
    from crawler.alerts.rules import load_alert_rules
    from storage import alerts as outbox

    rules = load_alert_rules(set_up(config).folder)
    secrets = load_secrets(rules)
    channels = {name: missing(address, secrets) for name, address in rules.channels.items()}
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        rows, counts = outbox.deliveries(conn, limit=limit), outbox.counts(conn)
    if as_json:
        emit_json({"rules": [rule.model_dump(mode="json") for rule in rules.rules], "counts": counts,
                   "channels": {name: {"unset": unset} for name, unset in channels.items()}, "deliveries": rows})
        return
    console = out()
    if not rules.rules:
        console.print("no rules: nothing is sent (docs/alerts.md)", markup=False)
    else:
        console.print(table(("rule", "when", "channels", "sent"), [
            (r.name, ", ".join(r.when), ", ".join(
                f"{c} ({', '.join(channels[c])} is not set)" if channels[c] else c for c in r.channels) or "none",
             r.send if r.send == "immediately" else f"{r.send} {r.at} {r.timezone}") for r in rules.rules]))
    console.print(f"outbox: {counts['waiting']} waiting, {counts['sent']} sent, {counts['given_up']} given up")
    if rows:
        console.print(table(("rule", "channel", "event", "subject", "due", "sent", "tries", "error"), [
            (r["rule"], r["channel"], r["kind"], r["subject"], r["due_at"],
             r["sent_at"] or ("given up" if r["next_try_at"] is None else f"next try {r['next_try_at']}"),
             r["attempts"], r["last_error"]) for r in rows]))


@alerts.command()
def send(
    since: Annotated[Optional[str], typer.Option(  # noqa: UP045
        help="First queue what was recorded in this time (30d) and nobody was told, held news included.")] = None,
    rule: Annotated[Optional[str], typer.Option("--rule", help="With --since: only this rule.")] = None,  # noqa: UP045
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Send what is due now. The daemon does this by itself."""
    from crawler.alerts.deliver import deliver
    from crawler.alerts.rules import load_alert_rules
    from crawler.alerts.schedule import iso
    from crawler.alerts.watch import queue, stored, utc_now
    from storage import alerts as outbox

    rules = load_alert_rules(set_up(config).folder)
    engine = open_database(database)
    if since is not None:
        try:
            start = utc_now() - parse_duration(since)
        except ValueError as error:
            raise UsageError(f"--since: {error}") from None
        names = frozenset(r.name for r in _chosen(rules, rule))
        with writing(engine) as conn:
            rows = outbox.events(conn, since=iso(start))
            queue(conn, rules, [stored(row) for row in reversed(rows)], now=utc_now(), only=names)
    elif rule is not None:
        raise UsageError("--rule belongs to --since")
    with interruptible() as stopped:
        done = deliver(engine, rules, stopped=stopped)
    for problem in done.problems:
        err().print(clean(problem), markup=False)
    if as_json:
        emit_json({"sent": done.sent, "failed": done.failed, "problems": done.problems})
    else:
        out().print(f"{done.sent} message{'s' * (done.sent != 1)} sent, {done.failed} failed")


@alerts.command("test")
def try_out(
    rule: RuleArgument = None,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Send a test message through the channels of a rule, or of all rules."""
    del database  # every command takes it
    from crawler.alerts.channels import SendError, load_secrets
    from crawler.alerts.channels import send as hand_over
    from crawler.alerts.event import stable_id
    from crawler.alerts.message import trial
    from crawler.alerts.rules import load_alert_rules
    from crawler.alerts.schedule import iso
    from crawler.alerts.watch import utc_now

    rules = load_alert_rules(set_up(config).folder)
    secrets = load_secrets(rules)
    tried = failed = 0
    for one in _chosen(rules, rule):
        for channel in one.channels:
            tried += 1
            message = trial(stable_id("test", one.name, channel, iso(utc_now())), one.name, one.language)
            try:
                hand_over(rules.channels[channel], message, secrets)
                out().print(f"{one.name}, {channel}: sent")
            except SendError as error:
                failed += 1
                err().print(f"{one.name}, {channel}: {clean(error)}", markup=False)
    if not tried:
        raise UsageError("no rule of alerts.yml names a channel; see docs/alerts.md")
    if failed == tried:
        raise NothingDoneError("no channel took the test message")


@alerts.command()
def preview(
    rule: RuleArgument = None,
    html: Annotated[Optional[Path], typer.Option(help="Also write the HTML to this file.")] = None,  # noqa: UP045
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most events.")] = 50,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """The message that a rule would make of the newest recorded events, as text; nothing is sent."""
    from crawler.alerts.message import compose
    from crawler.alerts.rules import load_alert_rules
    from crawler.alerts.watch import stored
    from crawler.exports.files import write_file
    from storage import alerts as outbox

    rules = load_alert_rules(set_up(config).folder)
    chosen = _chosen(rules, rule)
    if not chosen:
        raise UsageError("there is no rule in alerts.yml yet; see docs/alerts.md")
    if html is not None and len(chosen) > 1:
        raise UsageError("--html needs the name of one rule")
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        followed, rows = outbox.followed(conn), outbox.events(conn)
    for one in chosen:
        mine = [row for row in rows if one.wants(stored(row), followed)][:limit]
        if not mine:
            err().print(f"{one.name}: no recorded event fits", markup=False)
            continue
        message = compose(f"preview-{one.name}", one.name, one.language, list(reversed(mine)))
        sys.stdout.write(f"{message.subject}\n\n{message.text}\n")
        if html is not None:
            write_file(html, message.html.encode())
