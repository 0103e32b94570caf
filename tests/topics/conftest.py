from __future__ import annotations

from pathlib import Path

import pytest

from crawler.topics import Topic, load_topic

CONFIG = Path(__file__).parents[2] / "config" / "topics" / "data-center-projects.yml"


@pytest.fixture(scope="session")
def topic() -> Topic:
    return load_topic(CONFIG)
