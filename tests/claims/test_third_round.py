"""Whose a figure is, which name is a place, and how far things are, where stories tell of others, too."""

from __future__ import annotations

import pytest

from crawler.claims import Claims
from crawler.claims.context import is_future
from crawler.claims.passage import read_passage
from crawler.claims.phrases import PhraseBook
from tests.claims.conftest import Read


def told(claims: Claims, kind: str) -> list[str | float | None]:
    return [c.value_number or c.value_text for c in claims.claims if c.kind == kind and c.subject == 0]


@pytest.mark.parametrize(("language", "word", "future"), [
    ("fr", "construira", True), ("fr", "ouvriraient", True), ("fr", "opéra", False), ("fr", "centre", False),
    ("es", "entrará", True), ("es", "abriría", True), ("es", "primera", False), ("es", "ingeniería", False),
    ("ar", "ستبدأ", True), ("ar", "وسيوضع", True), ("ar", "سياسة", False), ("ar", "سنوات", False), ("en", "opera", False),
])
def test_verbs_of_what_is_to_come(language: str, word: str, future: bool) -> None:
    token = read_passage(word, PhraseBook()).tokens[0]
    assert is_future(token, language) is future


LEAD = "Nyota Cloud will build a data centre of 70 MW in Mombasa, Kenya.\n\nWork is under way.\n\n"


@pytest.mark.parametrize("later", [
    "The regulator says that 55 MW of data centres are in service nationwide.",
    "The programme of the ministry comprises 40 MW in three counties.",
    "It also has 12 MW in Kigali and is adding 8 MW there.",
])
def test_figures_of_others_in_the_last_paragraph(read: Read, later: str) -> None:
    claims = read(LEAD + later, title="Nyota Cloud to build 70 MW data centre in Mombasa", language="en")
    assert told(claims, "capacity") == [70.0]


@pytest.mark.parametrize(("language", "text", "wanted"), [
    ("fr", "Le data center de Fès offrira 300 kW et pourra en recevoir jusqu'à 900.", {0.3, 0.9}),
    ("en", "The data center in Fez opens with six MW, expandable to nine.", {6.0, 9.0}),
    ("en", "The data center in Fez has 6 MW and was expanded in 2024, up to 2030.", {6.0}),
    ("ar", "يوفر مركز البيانات في فاس 6 ميغاواط و100 ميغاواط ساعة من التخزين.", {6.0}),
])
def test_a_unit_that_is_printed_once(read: Read, language: str, text: str, wanted: set[float]) -> None:
    assert set(told(read(text, language=language), "capacity")) == wanted


@pytest.mark.parametrize(("language", "title", "text", "city"), [
    ("en", "Bilsthorpe: former pit to become data centre",
     "A data centre at the old Bilsthorpe colliery in England was given planning permission.", "Bilsthorpe"),
    ("ar", "مركز بيانات في حلب", "وقعت الوزارة السورية في دمشق اتفاقية لإنشاء مركز بيانات في مدينة حلب في سوريا.", "Aleppo"),
])
def test_towns(read: Read, language: str, title: str, text: str, city: str) -> None:
    assert told(read(text, title=title, language=language), "city")[:1] == [city]


def test_neighbours_tell_which_of_two_towns_is_meant(read: Read) -> None:
    claims = read("The data center in Genoa will not be built, said the company, which has offices in Cincinnati and "
                  "Columbus. Neighbors in Bowling Green had protested.", title="Data center in Genoa dropped", language="en")
    assert told(claims, "country") == ["US"]


@pytest.mark.parametrize(("language", "text", "status"), [
    ("en", "The company is withdrawing its request to rezone the land for a data center in Ohio.", "cancelled"),
    ("fr", "Google a entamé cette semaine le gros œuvre de son data center de Farciennes.", "under_construction"),
    ("fr", "Les travaux du data center de Fès débuteront en mai.", "announced"),
    ("es", "La comisión calificó favorablemente el centro de datos de Lampa.", "approved"),
    ("ar", "ستباشر الشركة أعمال الحفر لمركز البيانات في فاس في الصيف.", "announced"),
    ("fr", "La concertation s'ouvre sur le data center que veut bâtir la société à Fès.", "announced"),
])
def test_what_is_done_to_the_thing(read: Read, language: str, text: str, status: str) -> None:
    assert told(read(text, language=language), "status") == [status]
