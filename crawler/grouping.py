"""Stories settled: each article placed again in the order of publication, as far as something may have changed.

Where an article stands depends on those published before it. So only the new ones are placed again, and of the later
ones those that share text with one whose place is new.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import Connection

from crawler.linking import VERSION, LinkRules, Signature, StoryText, sign
from crawler.linking.copies import Related, order_of, place
from crawler.linking.signature import with_bands
from crawler.placing import near, read_text, relation_row
from crawler.records import story_text
from storage import signatures, stories


def settle_stories(conn: Connection, ids: Collection[int], rules: LinkRules) -> tuple[set[int], set[int]]:
    """Place the articles `ids` again, and whom that touches: (articles that were placed, those whose story changed)."""
    settling = _Settling(conn, ids, rules)
    settling.sign_again()
    settling.place_all()
    return set(settling.placed), settling.write()


class _Settling:
    def __init__(self, conn: Connection, ids: Collection[int], rules: LinkRules) -> None:
        self._conn, self._rules, self._new = conn, rules, frozenset(ids)
        self._read = read_text(conn)
        self.placed: dict[int, int] = {}  # article to its story, or to minus the first article of one of its own
        self._before: dict[int, int | None] = {}
        self._related: list[Related] = []
        self._heap: list[tuple[tuple[bool, str, str], int]] = []
        self._texts: dict[int, StoryText] = {}

    def sign_again(self) -> None:
        """Lines that were learnt to be furniture after an article came are taken out of it now."""
        stored = {row["article_id"]: row for row in signatures.of_articles(self._conn, self._new)}
        for number, row in signatures.light(self._conn, self._new).items():
            signature = sign(self._read(number))
            known = stored.get(number)
            if known is None or (known["content_hash"], known["sig_version"]) != (signature.content_hash, VERSION):
                signatures.save(self._conn, number, sig_version=VERSION, signature=signature.digest,
                                content_hash=signature.content_hash, band_keys=signature.bands)
            self._push(story_text(row, "", signature))

    def _push(self, text: StoryText) -> None:
        self._before[text.article_id] = text.story
        self._texts[text.article_id] = text
        heapq.heappush(self._heap, (order_of(text), text.article_id))

    def place_all(self) -> None:
        while self._heap:
            _, number = heapq.heappop(self._heap)
            text = self._texts.pop(number)
            candidates, later = near(self._conn, text, self._rules, earlier=True)
            others = [replace(one, story=self._story_of(one)) for one in candidates]
            found, related = place(text, others, self._rules, self._read)
            self._related += related
            self.placed[number] = -number if found is None else (
                found.story if found.story is not None else -found.article_id)
            if number in self._new or self._moved(number):
                self._follow(later)

    def _story_of(self, one: StoryText) -> int | None:
        label = self.placed.get(one.article_id, one.story)
        return None if label == -one.article_id else label

    def _moved(self, number: int) -> bool:
        label = self.placed[number]
        return self._before[number] != (label if label > 0 else self._before[-label])

    def _follow(self, later: Iterable[int]) -> None:
        fresh = [number for number in later if number not in self.placed and number not in self._texts]
        stored = {row["article_id"]: row for row in signatures.of_articles(self._conn, fresh)}
        for number, row in signatures.light(self._conn, fresh).items():
            known = stored[number]
            digest = Signature(VERSION, known["signature"], known["content_hash"], ())
            self._push(story_text(row, "", with_bands(digest)))

    def write(self) -> set[int]:
        groups: dict[int, list[int]] = defaultdict(list)
        for number, label in self.placed.items():
            groups[label].append(number)
        taken = {label for label in groups if label > 0}
        changed: set[int] = set()
        touched: set[int] = {story for story in self._before.values() if story is not None}
        for label, members in groups.items():
            story = label if label > 0 else self._kept(members, taken)
            if story is None:
                story = stories.new_story(self._conn, members[0])
                changed.add(members[0])
            taken.add(story)
            touched.add(story)
            for number in members:
                if self._before[number] != story:
                    changed.add(number)
                    stories.assign(self._conn, number, story)
        if changed:
            stories.refresh(self._conn, touched)
        # of the others not all neighbours were asked again
        asked = {number for number in self.placed if number in self._new or self._moved(number)}
        signatures.relate(self._conn, asked, map(relation_row, self._related))
        return changed

    def _kept(self, members: Iterable[int], taken: Collection[int]) -> int | None:
        """The story that a group goes on with: that of its first article which nobody else has or stays in."""
        for number in members:
            story = self._before[number]
            if story is not None and story not in taken and all(
                    one in self.placed for one in stories.members(self._conn, story)):
                return story
        return None
