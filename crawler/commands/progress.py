"""Progress on stderr: a bar in a terminal, a counter line now and then elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

# Seconds between two counter lines where stderr is no terminal.
_LINE_EVERY = 10.0


class PageProgress:
    """Counts pages by outcome while a command runs. `total` is None where nobody knows it (a crawl)."""

    def __init__(self, what: str, *, total: int | None = None, console: Console | None = None) -> None:
        self.outcomes: Counter[str] = Counter()
        self._what, self._total, self._queued = what, total, 0
        self._console = console or Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._last_line = time.monotonic()
        if self._console.is_terminal:
            self._bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24),
                                 TextColumn("{task.completed}"),
                                 TextColumn("{task.fields[detail]}"), TimeElapsedColumn(),
                                 console=self._console, transient=True)
            self._task = self._bar.add_task(what, total=total, detail="")

    def found(self, source_id: str, articles: int) -> None:
        """So many more articles are queued: a crawl learns how much there is to do as it goes."""
        del source_id
        self._queued += articles
        if self._bar is not None:
            self._bar.update(self._task, total=max(self._queued, sum(self.outcomes.values())))

    def page(self, source_id: str | None, outcome: object) -> None:
        """One more page has ended."""
        del source_id
        self.outcomes[str(outcome)] += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1, detail=self._detail())
        elif time.monotonic() - self._last_line >= _LINE_EVERY:
            self._line()

    def _detail(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in self.outcomes.most_common(4))

    def _line(self) -> None:
        self._last_line = time.monotonic()
        of = f" of {self._total}" if self._total else ""
        queued = f", {self._queued} articles found" if self._queued else ""
        self._console.print(f"{self._what}: {sum(self.outcomes.values())}{of} pages{queued} ({self._detail()})",
                            soft_wrap=True)

    def __enter__(self) -> PageProgress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif self.outcomes:
            self._line()
