"""The embedded newsroom: a small web of fictional outlets on 127.0.0.1, for `marsad demo` and for the tests.

    with Newsroom() as room:
        room.write_config(folder)      # sources and settings for a crawl over it

`python -m crawler.newsroom` serves it until Ctrl-C. Stories are data under `stories/`, outlets `outlets.yml`.
"""

from __future__ import annotations

from crawler.newsroom.labels import FIXED_TODAY, labelled_stories
from crawler.newsroom.outlets import Outlet
from crawler.newsroom.server import Hit, Newsroom
from crawler.newsroom.stories import Story, load_stories

__all__ = ["FIXED_TODAY", "Hit", "Newsroom", "Outlet", "Story", "labelled_stories", "load_stories"]
