"""`marsad projects`: the projects as a table, or one project's dossier."""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import Annotated, Any, Optional

import typer
from rich.console import Console

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

_COLUMNS = ("project", "country", "city", "MW", "first MW", "investment", "status", "doubts", "stories", "outlets",
            "languages", "last report", "slug")


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
    """The table that a newcomer sees first."""
    console.print(table(_COLUMNS, [_summary(row) for row in rows]))
    console.print(f"{len(rows)} project{'s' * (len(rows) != 1)}")


def _summary(row: dict[str, Any]) -> list[str]:
    status = (row["status"] or "") + (" (inferred)" if row["status_inferred"] else "")
    return [row["name"], row["country"] or "", row["city"] or "", number(row["capacity_mw"]),
            number(row["capacity_initial_mw"]), money(row["investment_amount"], row["investment_currency"]), status,
            str(row["doubts"]) if row["doubts"] else "", str(row["story_count"]), str(row["outlets"]),
            row["languages"].replace(",", " "), (row["last_reported_at"] or "")[:10], row["slug"]]


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


def show_dossier(console: Console, found: Dossier) -> None:
    """Everything about one project, each value with the words it was read from."""
    row = found.project
    console.rule(clean(row["name"]), align="left")
    place = ", ".join(filter(None, (row["city"], row["country"])))
    if row["latitude"] is not None:
        place += f" ({row['latitude']:.2f}, {row['longitude']:.2f})"
    reported = (f"{row['first_reported_at'] or '?'} to {row['last_reported_at'] or '?'}: "
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
    if found.conflicts:
        console.print(table(("contradiction", "one says", "another says"),
                            [(c["kind"], f"{c['value_a']} (article {c['article_a']})",
                              f"{c['value_b']} (article {c['article_b']})") for c in found.conflicts],
                            title="\nContradictions"))
    if found.timeline:
        console.print(table(("date", "event", "value", "outlet", "language", "in the words of the article"),
                            [(t["date"], t["event"], t["value_text"], t["outlet"], t["language"], t["quote"])
                             for t in found.timeline], title="\nTimeline"))
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
