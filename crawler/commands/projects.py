"""`marsad projects`: the projects as a table, or one project's dossier."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Annotated, Any, Optional

import typer
from rich.console import Console
from rich.table import Column, Table

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    clean,
    emit_json,
    out,
    table,
)
from crawler.errors import UsageError
from storage.dossier import Dossier, dossier, project_list, slugs
from storage.engine import open_database, reading


def register(app: typer.Typer) -> None:
    app.command("projects")(projects)


def projects(
    slug: Annotated[Optional[str], typer.Argument(help="One project: show its dossier.")] = None,  # noqa: UP045
    country: Annotated[Optional[str], typer.Option(help="Only this country, ISO alpha-2.")] = None,  # noqa: UP045
    status: Annotated[Optional[str], typer.Option(help="Only this status.")] = None,  # noqa: UP045
    min_mw: Annotated[Optional[float], typer.Option("--min-mw", help="At least this many megawatts.")] = None,  # noqa: UP045
    mentioned: Annotated[bool, typer.Option("--mentioned", help="Also projects that are only mentioned.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """The projects as a table; with a slug one dossier: claims with their quotes, timeline, contradictions."""
    del config  # every command takes it
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        if slug is not None:
            found = dossier(conn, slug)
            if found is None:
                close = difflib.get_close_matches(slug, slugs(conn), n=1, cutoff=0.4)
                hint = f"did you mean {close[0]!r}?" if close else "see `marsad projects`"
                raise UsageError(f"no project {slug!r}; {hint}")
            if as_json:
                emit_json({name: getattr(found, name) for name in Dossier.__slots__})
            else:
                show_dossier(out(), found)
            return
        rows = project_list(conn, country=country.upper() if country else None, status=status, min_mw=min_mw,
                            mentioned=mentioned)
    if as_json:
        emit_json(rows)
    else:
        show_projects(out(), rows)


def show_projects(console: Console, rows: list[dict[str, Any]]) -> None:
    """The table that a newcomer sees first; a narrow terminal gets the columns that matter most."""
    shown = [column for column in _COLUMNS if console.width >= column[1]]
    wanted = Table(*(Column(name, no_wrap=name in {"MW", "slug"}) for name, _, _ in shown), header_style="bold")
    for row in rows:
        wanted.add_row(*(clean(cell(row)) for _, _, cell in shown))
    console.print(wanted)
    console.print(f"{len(rows)} project{'s' * (len(rows) != 1)}")


def _place(row: dict[str, Any]) -> str:
    return ", ".join(filter(None, (row["city"], row["country"])))


def _megawatts(row: dict[str, Any]) -> str:
    first, whole = number(row["capacity_initial_mw"]), number(row["capacity_mw"])
    return f"{first} → {whole}" if first and first != whole else whole


def _status(row: dict[str, Any]) -> str:
    return (row["status"] or "").replace("_", " ") + (" (inferred)" if row["status_inferred"] else "")


# Name, the width of terminal from which on it is shown, and how a row fills it.
_COLUMNS: tuple[tuple[str, int, Callable[[dict[str, Any]], str]], ...] = (
    ("project", 0, lambda row: row["name"]),
    ("place", 0, _place),
    ("MW", 0, _megawatts),
    ("money", 70, lambda row: money(row["investment_amount"], row["investment_currency"])),
    ("status", 0, _status),
    ("doubts", 90, lambda row: str(row["doubts"] or "")),
    ("stories", 100, lambda row: str(row["story_count"])),
    ("outlets", 100, lambda row: str(row["outlets"])),
    ("languages", 110, lambda row: row["languages"].replace(",", " ")),
    ("last report", 130, lambda row: (row["last_reported_at"] or "")[:10]),
    ("slug", 150, lambda row: row["slug"]),
)


def number(value: float | None) -> str:
    """386.0 as `386`, 1.5 as `1.5`, nothing as an empty text."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def money(amount: float | None, currency: str | None) -> str:
    """500000000, USD as `500 M USD`."""
    if amount is None:
        return ""
    for limit, name in ((1e9, "bn"), (1e6, "M")):
        if amount >= limit:
            return f"{number(amount / limit)} {name} {currency or ''}".strip()
    return f"{number(amount)} {currency or ''}".strip()


def pretty(value: str | None) -> str:
    """`1200000000 USD` of a view as `1.2 bn USD`; anything else as it is."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ([A-Z]{3})", value or "")
    return money(float(found[1]), found[2]) if found else value or ""


def _first_seen(timeline: list[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """The whole timeline, or the first `most` times that something new was said."""
    if most is None:
        return timeline
    first: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in timeline:
        first.setdefault((row["event"], row["value_text"]), row)
    return list(first.values())[:most]


def show_dossier(console: Console, found: Dossier, *, most: int | None = None) -> None:
    """Everything about one project, each value with the words it was read from; `most` rows of each table."""
    row = found.project
    console.rule(clean(row["name"]), align="left")
    place = ", ".join(filter(None, (row["city"], row["country"])))
    if row["latitude"] is not None:
        place += f" ({row['latitude']:.2f}, {row['longitude']:.2f})"
    reported = (f"{(row['first_reported_at'] or '?')[:10]} to {(row['last_reported_at'] or '?')[:10]}: "
                f"{row['article_count']} articles, {row['story_count']} stories, {row['languages']}")
    facts = (("place", place), ("capacity", f"{number(row['capacity_mw'])} MW" if row["capacity_mw"] else ""),
             ("first stage", f"{number(row['capacity_initial_mw'])} MW" if row["capacity_initial_mw"] else ""),
             ("investment", money(row["investment_amount"], row["investment_currency"])),
             ("status", (row["status"] or "") + (" (inferred from silence)" if row["status_inferred"] else "")),
             ("doubted", "yes" if row["doubted"] else ""),
             ("organisations", ", ".join(o["organization"] for o in found.organizations)),
             ("reported", reported))
    for name, value in facts:
        if value:
            console.print(f"{name:>14}: {clean(value)}", markup=False)
    outlets = {a["id"]: a["outlet"] or a["url"] for a in found.articles}
    if found.conflicts:
        console.print(table(("contradiction", "one says", "another says"),
                            [(c["kind"], f"{pretty(c['value_a'])} ({outlets.get(c['article_a'], '?')})",
                              f"{pretty(c['value_b'])} ({outlets.get(c['article_b'], '?')})")
                             for c in found.conflicts[:most]],
                            title="\nContradictions"))
    if found.timeline:
        console.print(table(("date", "event", "value", "outlet", "in the words of the article"),
                            [(t["date"], t["event"], pretty(t["value_text"]), t["outlet"], t["quote"])
                             for t in _first_seen(found.timeline, most)], title="\nTimeline"))
    if most is not None:
        return
    _show_claims(console, found)
    console.print(table(("article", "date", "outlet", "language", "role", "link", "title"),
                        [(a["id"], (a["published_at"] or "")[:10], a["outlet"], a["language"], a["role"],
                          f"{a['score']:.2f} {a['decision']}" if a["score"] is not None else a["decision"], a["title"])
                         for a in found.articles], title="\nArticles"))


def _show_claims(console: Console, found: Dossier) -> None:
    by_value: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for claim in found.claims:
        if claim["role"] == "main" and claim["kind"] not in {"milestone"}:
            by_value[claim["kind"], _value(claim)].append(claim)
    rows = [(kind, value, len({c["article_id"] for c in group}),
             f"{clean(group[0]['outlet'] or '?')}: {clean(group[0]['quote'])}")
            for (kind, value), group in by_value.items()]
    if rows:
        console.print(table(("claim", "value", "articles", "first in the words of"), rows, title="\nClaims"))


def _value(claim: dict[str, Any]) -> str:
    if claim["kind"] == "investment":
        value = money(claim["value_number"], claim["unit"])
    elif claim["value_number"] is not None:
        value = f"{number(claim['value_number'])} {claim['unit'] or ''}".strip()
    else:
        value = claim["value_text"] or ""
    marks = [mark for mark in (claim["stage"], claim["modality"]) if mark not in {"unspecified", "stated"}]
    return f"{value} ({', '.join(marks)})" if marks else value
