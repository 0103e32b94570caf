"""The summary at the end of a run, as a table on stdout or as one JSON object."""

from __future__ import annotations

from rich.console import Console

from crawler.commands.common import clean, emit_json, err, out, table
from crawler.summary import RunSummary

# More problems than this scroll the figures away; all of them are in --json.
_SHOWN_PROBLEMS = 20


def show_summary(summary: RunSummary, *, as_json: bool) -> None:
    if as_json:
        emit_json(summary.as_dict())
        return
    console = out()
    figures = [("sources", summary.sources), ("pages asked", summary.asked), ("fetched", summary.fetched),
               ("matched", summary.matched), ("new articles", summary.articles_new), ("near copies", summary.copies),
               ("new stories", summary.stories_new), ("new projects", summary.projects_new),
               ("seconds", f"{summary.seconds:.1f}")]
    console.print(table(("this run", ""), [row for row in figures if row[0] != "sources" or row[1]]))
    ended = [(name, count) for name, count in sorted(summary.outcomes.items(), key=lambda pair: -pair[1])]
    console.print(table(("every page ended as", "pages"), [*ended, ("together", sum(summary.outcomes.values()))]))
    _problems(err(), summary)


def _problems(console: Console, summary: RunSummary) -> None:
    for problem in summary.problems[:_SHOWN_PROBLEMS]:
        console.print(f"! {clean(problem)}", markup=False)
    if len(summary.problems) > _SHOWN_PROBLEMS:
        console.print(f"! and {len(summary.problems) - _SHOWN_PROBLEMS} more (--json lists all)")
    if summary.interrupted:
        console.print("Interrupted: what was finished is stored; run it again for the rest.")
