"""Power of the site, told apart from everything else that is printed in megawatts."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.claims.quantities import Quantities, capacity, load_quantities
from crawler.text.sentences import prepare


@pytest.fixture(scope="session")
def q() -> Quantities:
    return load_quantities(Path("config/lexicon/quantities.yml"))


def test_one_capacity_of_the_whole_site_is_the_total(q: Quantities) -> None:
    found = capacity(prepare("The firm will build a 120MW data centre near Settat."), q)
    assert [(f.claim.value_number, f.claim.stage) for f in found] == [(120.0, "total")]
