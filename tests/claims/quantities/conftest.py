from __future__ import annotations

from pathlib import Path

import pytest

from crawler.claims.quantities import Quantities, load_quantities

LEXICON = Path(__file__).parents[3] / "config" / "lexicon" / "quantities.yml"


@pytest.fixture(scope="session")
def q() -> Quantities:
    return load_quantities(LEXICON)
