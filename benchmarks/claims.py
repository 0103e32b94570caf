"""What it costs to understand a story: match and claims of labelled project stories, in milliseconds of CPU.

    python -m benchmarks.claims                        those of tests/quality/stories and of the newsroom
    python -m benchmarks.claims STORIES.jsonl ...      those of labelled files

Best of five rounds a story; the rounds go over all stories, so that nothing is left over from the one before.
`x plain`: over the time in which the words of the same stories are cut and counted once in plain Python, since machines
run at two speeds within minutes.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.claims import extract, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.topics import load_topic
from tests.quality.claimed import NEWSROOM, document, load

_ROUNDS = 5
_WORD = re.compile(r"\w+")


def measure(stories: Sequence[dict[str, Any]]) -> dict[str, list[float]]:
    """Seconds of CPU for each story by station, and what loading took (one value)."""
    config, clock = ConfigFolder(PACKAGED), time.process_time
    began = clock()
    lexicon = load_lexicon(config)
    loaded = clock()
    topic = load_topic(config.file("topics/data-center-projects.yml"))
    found = {"load lexicon": [loaded - began], "load topic": [clock() - loaded]}
    read = [(story, document(story)) for story in stories]
    for _ in range(_ROUNDS):
        for number, (story, article) in enumerate(read):
            started = clock()
            Counter(word.group().casefold() for word in _WORD.finditer(story["text"]))
            plain = clock()
            topic.match(story["title"], story["text"], story["lang"])
            matched = clock()
            extract(article, lexicon)
            claimed = clock()
            for station, seconds in (("plain", plain - started), ("match", matched - plain),
                                     ("claims", claimed - matched), ("match and claims", claimed - plain)):
                best = found.setdefault(station, [float("inf")] * len(read))
                best[number] = min(best[number], seconds)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own = sorted(map(str, Path("tests/quality/stories").glob("*.jsonl")))
    parser.add_argument("stories", nargs="*", default=[*own, NEWSROOM], help="files of JSON lines, or `newsroom`")
    stories = [story for story in load(parser.parse_args().stories) if story["about_project"]]
    found = measure(stories)
    plain = statistics.median(found["plain"])
    sys.stdout.write(f"{len(stories)} project stories\n")
    for station, seconds in found.items():
        middle, slow = statistics.median(seconds), sorted(seconds)[int(len(seconds) * 0.95)]
        sys.stdout.write(f"{station:18} median {middle * 1000:8.2f} ms  95 % {slow * 1000:8.2f} ms"
                         f"  x plain {middle / plain:7.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
