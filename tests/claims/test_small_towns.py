"""Towns that only a second list holds, asked where a story uses a name as a place."""

from __future__ import annotations

import pytest

from crawler.claims.directory import key_of
from crawler.claims.towns import _lines, towns
from tests.claims.conftest import Read, values


@pytest.mark.parametrize(("name", "country"), [("Becker", "US"), ("Flix", "ES"), ("New Carlisle", "US"),
                                               ("Vernou-la-Celle-sur-Seine", "FR")])
def test_a_small_town_is_found(name: str, country: str) -> None:
    assert towns(key_of(name))[0].country == country
    assert towns(key_of(name))[0].latitude


def test_the_first_and_the_last_line_are_found_and_nothing_around_them() -> None:
    lines = _lines().split(b"\n")
    assert lines == sorted(lines)
    first, last = (line.split(b"\t")[0].decode() for line in (lines[0], lines[-1]))
    assert towns(first)
    assert towns(last)
    assert towns("") == towns("\x00") == towns("\uffff") == towns(first + "x") == towns(last[:-1] + "\uffff") == ()


def test_its_land_is_the_one_that_the_story_speaks_of(read: Read) -> None:
    claims = read("Le campus de data centers de Beringen, en Suisse, ouvrira en 2027. Le chantier a commencé à Beringen.",
                  language="fr")
    assert values(claims, "country") == ["CH"]
    assert values(claims, "city") == ["Beringen"]


def test_a_headline_names_it_before_the_facility(read: Read) -> None:
    claims = read("Becker will have to wait. Minnesota's utility regulator had refused the generators of the data center.",
                  title="Amazon puts Becker data center on hold", language="en")
    assert values(claims, "city") == ["Becker"]


def test_a_name_in_a_land_that_nobody_speaks_of_stays_unlisted(read: Read) -> None:
    claims = read("The data centre in Flix, Kenya, will open next year.", language="en")
    assert values(claims, "country") == ["KE"]
    assert values(claims, "city") == ["Flix"]
