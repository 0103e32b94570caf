"""`marsad explain`: why a page matched or not, what it is a copy of, which project it was linked to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

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
from crawler.configuration.setup import set_up

if TYPE_CHECKING:
    from crawler.pipeline import Understood
    from crawler.reading.document import Unreadable


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    what: Annotated[str, typer.Argument(metavar="URL-or-FILE", help="A stored page's address, a file, or a link.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Why a page matched or not (also one that was left out), what it copies, and why it is in its project."""
    from crawler.explaining import explain as look_into  # the readers take a second to load

    found = look_into(what, set_up(config), database)
    if as_json:
        emit_json({"stored": found.stored, "now": asdict(found.now)})
        return
    console = out()
    _show_stored(console, found.stored)
    _show_now(console, found.now)


def _show_stored(console: Console, stored: dict[str, Any]) -> None:
    page, article = stored.get("page"), stored.get("article")
    if page:
        reason = f": {page['reason']}" if page["reason"] else ""
        console.print(f"in the database: {page['outcome']} on {page['fetched_at']}{reason}", markup=False)
    if not article:
        if not page:
            console.print("in the database: never asked")
        return
    copies = stored["copies"]
    together = f"{len(copies) + 1} near copies" if copies else "no other article"
    console.print(f"story {article['story_id']}: {together}")
    for copy in copies:
        console.print(f"    {clean(copy['outlet'])} {copy['published_at'] or ''} {copy['url']}", markup=False)
    for link in stored["links"]:
        console.print(f"project {link['slug']} ({link['role']}, {link['decision']}, score {link['score']:.2f}): "
                      + "; ".join(link["reasons"] or []), markup=False)
        if link["runner_up_slug"]:
            console.print(f"    next best: {link['runner_up_slug']}", markup=False)


def _show_now(console: Console, answer: Understood | Unreadable) -> None:
    from crawler.reading.document import Unreadable

    if isinstance(answer, Unreadable):
        console.print(f"by today's rules: {answer.outcome}: {clean(answer.reason)}", markup=False)
        return
    document, match = answer.document, answer.match
    console.print(f"by today's rules: {match.why}", markup=False)
    console.print(f"    title: {clean(document.title)}", markup=False)
    console.print(f"    {document.outlet or 'outlet unknown'}, {document.published or 'date unknown'}, "
                  f"{document.language} ({document.language_confidence:.2f})", markup=False)
    console.print(table(("reason", "weight", "where", "words"),
                        [(e.feature, f"{e.weight:+.2f}", f"{e.where} {e.start}" if e.start >= 0 else "", e.words)
                         for e in sorted(match.evidence, key=lambda e: -abs(e.weight))], title="\nEvidence"))
    for index, subject in enumerate(answer.claims.subjects):
        label = ", ".join((*subject.names, *subject.organizations, subject.city or "", subject.country or ""))
        rows = [(c.kind, c.value_printed or c.value_text or c.value_number, c.stage, c.modality, c.quote)
                for c in answer.claims.claims if c.subject == index]
        console.print(table(("claim", "value", "stage", "modality", "quote"), rows,
                            title=f"\n{subject.role} project: {clean(label)}"))
