"""Progress goes to stderr: a line where it is no terminal, a bar where it is one."""

from __future__ import annotations

import io

from rich.console import Console

from crawler.commands.progress import PageProgress
from crawler.outcomes import Outcome


def test_without_a_terminal_one_line_counts() -> None:
    stream = io.StringIO()
    with PageProgress("Reading", total=3, console=Console(file=stream, width=120)) as progress:
        for outcome in (Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.MATCHED):
            progress.page("a", outcome)
    assert stream.getvalue() == "Reading: 3 of 3 pages (matched 2, off_topic 1)\n"


def test_a_crawl_tells_what_it_has_found() -> None:
    stream = io.StringIO()
    with PageProgress("Crawling", console=Console(file=stream, width=120)) as progress:
        progress.found("a", 5)
        progress.page("a", Outcome.LISTING)
    assert stream.getvalue() == "Crawling: 1 pages, 5 articles found (listing 1)\n"


def test_nothing_done_says_nothing() -> None:
    stream = io.StringIO()
    with PageProgress("Reading", console=Console(file=stream)):
        pass
    assert stream.getvalue() == ""


def test_a_terminal_gets_a_bar() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=120)
    with PageProgress("Crawling", console=console) as progress:
        progress.page("a", Outcome.MATCHED)
        assert progress.outcomes == {"matched": 1}
    assert "Crawling" in stream.getvalue()
