"""Surfaces in square metres, whatever they are printed in."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities, area
from crawler.text.sentences import prepare


@pytest.mark.parametrize(("text", "expected"), [
    ("Le site s'étend sur 50 000 m².", [50_000]),
    ("Sur un terrain de 50 000 mètres carrés.", [50_000]),
    ("L'ouvrage couvre un hectare.", [10_000]),
    ("Le parc couvrirait 137 km².", [137e6]),
    ("Le terrain de 12 hectares; le bâtiment occupera 8.500 mètres carrés.", [120_000, 8500]),
    ("The 9ha site hosts a building of 123,000sq m.", [90_000, 123_000]),
    ("The 600,000 sq ft building sits on a 96-acre site.", [55_741.8, 388_498.2]),
    ("It covers 50,000 square feet (4,645 square metres).", [4645.15]),
    ("La parcela de 200.000 metros cuadrados está en Getafe.", [200_000]),
    ("Ocuparán casi 275 mil metros cuadrados.", [275_000]),
    ("Ocupará 25,5 hectáreas de suelo.", [255_000]),
    ("على مساحة 120 ألف متر مربع.", [120_000]),
    ("مساحة الأرض 300 دونم.", [300_000]),
    ("مساحة الموقع 10 أفدنة في مصر.", [42_008.3]),
    ("مساحة الموقع 822 فدانا في ميشيغان.", [3_326_516]),
    ("Auf rund 14 Hektar entsteht der Bau.", [140_000]),
    ("Com cerca de 65.000 metros quadrados.", [65_000]),
    ("Een kavel van vijftig hectare.", [500_000]),
    ("Deux salles de 250 m² chacune sont prévues.", []),
    ("The solar farm beside it takes 1,500 acres for solar panels.", []),
    ("A room of 20 m² is small.", []),
])
def test_area(q: Quantities, text: str, expected: list[float]) -> None:
    assert [f.claim.value_number for f in area(prepare(text), q)] == pytest.approx(expected, rel=1e-4)


def test_area_is_in_square_metres_with_the_printed_unit(q: Quantities) -> None:
    found, = area(prepare("The campus covers 275 acres."), q)
    assert (found.claim.unit, found.claim.value_printed, found.claim.kind) == ("m2", "275 acres", "area")
