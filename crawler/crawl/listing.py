"""A listing under way: which source's which way it is, and whether all that it named was dealt with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.configuration.sources import Discovery, Source
from crawler.crawl.seam import Validators

Settled = Callable[["Listing"], None]


@dataclass(eq=False, slots=True)
class Listing:
    """One feed, sitemap or section page.

    Its validators are kept only when every entry came to a lasting end: a listing that answers 304 next time is not
    read again, so what failed, was cut off by a stop or stood behind a limit would never be asked again.
    """

    source: Source
    way: Discovery
    place: int                     # of the way in source.discover
    parent: Listing | None = None
    depth: int = 0
    page: int = 1                  # of a listing of several pages
    url: str = ""                  # where it was read, after redirects
    spare: str | None = None       # asked instead where `url` is not there
    gap: float = 0.0
    robots: bool = False           # stands for the Sitemap lines of a robots.txt
    validators: Validators | None = None
    waiting: int = 0               # entries and children not yet at their end
    read: bool = False             # all entries were looked at
    clean: bool = True

    def expect(self) -> None:
        """One more entry or child to wait for."""
        self.waiting += 1

    def child_done(self, *, clean: bool, settled: Settled) -> None:
        """An entry or child came to its end; `settled` is called with each listing that thereby is through, cleanly."""
        self.waiting -= 1
        self.clean = self.clean and clean
        self.check(settled)

    def all_read(self, settled: Settled) -> None:
        """All entries were looked at."""
        self.read = True
        self.check(settled)

    def check(self, settled: Settled) -> None:
        """Tell `settled`, and the parent, once everything is through."""
        if not self.read or self.waiting:
            return
        if self.clean:
            settled(self)
        if self.parent is not None:
            self.parent.child_done(clean=self.clean, settled=settled)
