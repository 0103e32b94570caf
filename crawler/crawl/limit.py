"""A limit of matched articles that is kept to the article, though several pages are read at once."""

from __future__ import annotations

import asyncio


class Limit:
    """Lets in only as many pages as could still match; `limit` None lets all in."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._matched = self._inside = 0
        self._changed = asyncio.Event()

    @property
    def reached(self) -> bool:
        return self._limit is not None and self._matched >= self._limit

    async def enter(self) -> bool:
        """Wait for a place; False once the limit is reached."""
        while self._limit is not None and self._matched + self._inside >= self._limit:
            if self.reached:
                return False
            self._changed.clear()
            await self._changed.wait()
        self._inside += 1
        return True

    def leave(self, *, matched: bool) -> None:
        """A page that was let in is through."""
        self._inside -= 1
        self._matched += matched
        self._changed.set()
