"""Every quote of every labelled story of ours stands in its text to the character, and holds what was read from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.claims import Lexicon, extract, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.text.folding import fold
from tests.quality.claimed import NEWSROOM, document, load

TUNED = str(Path(__file__).with_name("stories") / "tuned.jsonl")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(ConfigFolder(PACKAGED))


ASIDES = str(Path(__file__).with_name("stories") / "asides.jsonl")
MORE = str(Path(__file__).with_name("stories") / "more.jsonl")
CLAIMS = str(Path(__file__).with_name("stories") / "claims.jsonl")


@pytest.mark.parametrize("name", [TUNED, ASIDES, MORE, CLAIMS, NEWSROOM])
def test_quotes_are_true_to_the_character(lexicon: Lexicon, name: str) -> None:
    claims = 0
    for story in load([name]):
        whole = fold(story["title"] + "\n" + story["text"])
        for claim in extract(document(story), lexicon).claims:
            claims += 1
            assert claim.quote
            assert story["text"][claim.quote_start:claim.quote_end] == claim.quote, (story["id"], claim)
            printed = re.sub(r"\s+", " ", fold(claim.value_printed or ""))
            assert printed in re.sub(r"\s+", " ", whole), (story["id"], claim)
    assert claims > 60


def test_no_story_stands_in_the_file_twice() -> None:
    stories = load([TUNED])
    assert len({s["id"] for s in stories}) == len({s["text"] for s in stories}) == len(stories) >= 60
    assert sum(s["about_project"] for s in stories) * 2 == len(stories)
