"""One project with all that is known of it: each value with the reason it is shown, and the words it was read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crawler.commands.projects.values import isolated, money, number, pretty, stated
from storage.dossier import Dossier


def show_dossier(console: Console, found: Dossier, *, most: int | None = None) -> None:
    """Everything about one project; `most` rows of each table, and then only what a first look needs."""
    row = found.project
    console.rule(isolated(row["name"], console), align="left")
    _facts(console, found)
    outlets = {a["id"]: a["outlet"] or a["url"] for a in found.articles}
    if found.conflicts:
        _show(console, "Contradictions", ("contradiction", "one says", "in words", "another says", "in words"), [
            (c["kind"], f"{pretty(c['value_a'])} ({outlets.get(c['article_a'], '?')})", c["quote_a"],
             f"{pretty(c['value_b'])} ({outlets.get(c['article_b'], '?')})", c["quote_b"])
            for c in found.conflicts[:most]])
    changes = [c for c in found.history if c["value_before"] is not None]
    if changes:
        console.print("\nChanges of value", style="italic")
        for change in changes[:most]:
            console.print(Padding(Text(isolated(_change(change), console)), (0, 0, 0, 2), expand=False))
    if found.timeline:
        _show(console, "Timeline", ("date", "event", "value", "outlet", "in the words of the article"), [
            (t["date"], t["event"], pretty(t["value_text"]), t["outlet"], t["quote"])
            for t in _told_first(found.timeline, most)])
    if most is not None:
        return
    _coverage(console, found)
    _claims(console, found)
    _show(console, "Articles", ("article", "date", "outlet", "language", "role", "link", "title"), [
        (a["id"], _day(a["published_at"]), a["outlet"], a["language"], a["role"],
         f"{a['score']:.2f} {a['decision']}" if a["score"] is not None else a["decision"], a["title"])
        for a in found.articles])
    if found.decisions:
        _show(console, "Decisions", ("id", "when", "who", "what", "why", "taken back"), [
            (d["id"], _day(d["made_at"]), d["who"], d["action"], d["reason"], _day(d["undone_at"]))
            for d in found.decisions])


def _facts(console: Console, found: Dossier) -> None:
    row = found.project
    status = f"{row['status'] or ''}{' (inferred from silence)' if row['status_inferred'] else ''}"
    place = ", ".join(filter(None, (row["city"], row["country"])))
    if row["latitude"] is not None and row["longitude"] is not None:
        place += f" ({row['latitude']:.2f}, {row['longitude']:.2f})"
    reported = (f"{_day(row['first_reported_at']) or '?'} to {_day(row['last_reported_at']) or '?'}: "
                f"{row['article_count']} articles, {row['story_count']} stories, {row['languages']}")
    if row["single_source"]:
        reported += "; all of it is the word of one source of little trust"
    facts = (("place", place, "city" if row["city"] else "country"),
             ("capacity", f"{number(row['capacity_mw'])} MW" if row["capacity_mw"] else "", "capacity_mw"),
             ("first stage", f"{number(row['capacity_initial_mw'])} MW" if row["capacity_initial_mw"] else "",
              "capacity_initial_mw"),
             ("investment", money(row["investment_amount"], row["investment_currency"]), "investment"),
             ("status", status, "status"),
             ("doubted", "yes" if row["doubted"] else "", "doubted"),
             ("organisations", ", ".join(o["organization"] for o in found.organizations), ""),
             ("reported", reported, ""))
    for name, value, column in facts:
        if value:
            console.print(f"{name:>14}: {isolated(value, console)}", markup=False)
            why = (row["why"] or {}).get(column)
            if why:
                console.print(Padding(Text(isolated(why["text"], console)), (0, 0, 0, 16), expand=False), style="dim")


def _coverage(console: Console, found: Dossier) -> None:
    if found.first_seen:
        _show(console, "First seen", ("outlet", "language", "first report", "days behind", "copy of article"), [
            (f["outlet"], f["language"], _day(f["first_at"]), f["lag_days"], f["copy_of"]) for f in found.first_seen])
    if found.corrections:
        _show(console, "Corrections", ("seen", "outlet", "before", "after", "in words"), [
            (_day(c["at"]), c["outlet"], *change) for c in found.corrections for change in _corrected(c)])
    for gap in found.gaps:
        console.print(f"blind to {isolated(gap['source'], console)} from {gap['first_day']} to {gap['last_day']}: "
                      f"{gap['why']}; silence says nothing here", markup=False)


def _corrected(correction: dict[str, Any]) -> list[tuple[Any, ...]]:
    changed: list[tuple[Any, ...]] = [
        (f"{c['kind']} {c['before'] or 'nothing'}", f"{c['kind']} {c['after'] or 'nothing'}",
         c["quote_after"] or c["quote_before"]) for c in correction["claims"]]
    if correction["title_before"] != correction["title_after"]:
        changed.append((correction["title_before"], correction["title_after"], "the headline"))
    return changed or [("other words", "other words", "no value changed")]


def _change(change: dict[str, Any]) -> str:
    stage = " (first stage)" if change["stage"] == "initial" else ""
    return (f"{pretty(change['value_before'])} → {pretty(change['value_text'])}{stage} on {change['date']}, "
            f"{change['outlet'] or '?'}: {change['quote']}")


def _claims(console: Console, found: Dossier) -> None:
    by_value: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for claim in found.claims:
        if claim["role"] == "main" and claim["kind"] not in {"milestone"}:
            by_value[claim["kind"], stated(claim)].append(claim)
    rows = [(kind, value, len({c["article_id"] for c in group}), f"{group[0]['outlet'] or '?'}: {group[0]['quote']}")
            for (kind, value), group in by_value.items()]
    if rows:
        _show(console, "Claims", ("claim", "value", "articles", "first in the words of"), rows)


def _told_first(timeline: list[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """The whole timeline, or the first `most` times that something new was said."""
    if most is None:
        return timeline
    first: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in timeline:
        first.setdefault((row["event"], row["value_text"]), row)
    return list(first.values())[:most]


def _show(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    shown = Table(*columns, title=f"\n{title}", header_style="bold", title_justify="left")
    for row in rows:
        shown.add_row(*(Text(isolated(cell, console)) for cell in row))
    console.print(shown)


def _day(moment: str | None) -> str:
    return (moment or "")[:10]
