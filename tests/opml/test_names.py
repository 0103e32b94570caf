"""Names that want to lie elsewhere: none becomes the id of a source, so none becomes part of a path."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from crawler.configuration.sources import Source
from tests.exports.test_safe import NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if name != "con"])  # a word like any other
def test_no_such_name_is_an_id(name: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        Source.model_validate({"id": name, "name": "X", "home": "https://outlet.example/", "country": "MA",
                               "languages": ["fr"], "kind": "general", "discover": [{"feed": "https://outlet.example/feed"}]})
