"""The rules as they ship: the tests hold for the thresholds a user gets."""

from __future__ import annotations

import pytest

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.linking import LinkRules, load_rules


@pytest.fixture(scope="session")
def rules() -> LinkRules:
    return load_rules(ConfigFolder(PACKAGED))
