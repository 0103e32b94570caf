"""Other projects in a story: what opens one, who has it, where it stands, and what is none."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read

_EN = "Orvane will build a 90MW data center in Leeds, England.\n\n"
_FR = "Le groupe Orvane va construire à Lyon un data center de 90 MW.\n\n"
_ES = "La empresa Orvane construirá en Zaragoza un centro de datos de 90 MW.\n\n"
_AR = "أعلنت شركة \"أورفان\" أنها ستبني مركز بيانات في مدينة فاس بقدرة 90 ميغاواط.\n\n"

TOLD = [  # language, text, who, city, MW
    ("en", _EN + "Orvane already runs a 6MW facility in Cardiff, opened in 2022.", "Orvane", "Cardiff", 6.0),
    ("en", _EN + "A second site, of 20MW, is planned for Glasgow.", "Orvane", "Glasgow", 20.0),
    ("en", _EN + "Last month Pelican Edge switched on a 4MW data centre in Bristol.", "Pelican Edge", "Bristol", 4.0),
    ("en", _EN + "It is a rival to Norvella Group, whose Glasgow campus has 12MW.", "Norvella Group", "Glasgow", 12.0),
    ("fr", _FR + "Un autre équipement sortira de terre à Nantes : 15 MW, confiés à la société Batimex.", None, "Nantes", 15.0),
    ("fr", _FR + "À Rennes, la société Helvion construit son propre centre de 35 MW.", "Helvion", "Rennes", 35.0),
    ("fr", _FR + "Le groupe n'a qu'un autre centre, à Nantes. Celui-là offre 5 MW.", "Orvane", "Nantes", 5.0),
    ("es", _ES + "La empresa estudia otra sede en Burgos, de 10 megavatios.", "Orvane", "Burgos", 10.0),
    ("ar", _AR + "وتدير الشركة مركز بيانات ثانيا في طنجة بقدرة 10 ميغاواط.", "أورفان", "Tanger", 10.0),
]


@pytest.mark.parametrize(("language", "text", "who", "city", "power"), TOLD)
def test_another_project(read: Read, language: str, text: str, who: str | None, city: str, power: float) -> None:
    claims = read(text, language=language)
    assert [subject.role for subject in claims.subjects] == ["main", "mentioned"]
    other = claims.subjects[1]
    assert (other.city, other.organizations[:1]) == (city, (who,) if who else other.organizations[:1])
    assert [c.value_number for c in claims.claims if c.kind == "capacity" and c.subject == 1] == [power]
    assert [c.value_number for c in claims.claims if c.kind == "capacity" and c.subject == 0] == [90.0]


def test_two_in_one_sentence(read: Read) -> None:
    claims = read(_FR + "Orvane exploite déjà un site de 2 MW à Nantes et un autre de 5 MW à Rennes.", language="fr")
    told = {(s.city, next(c.value_number for c in claims.claims if c.kind == "capacity" and c.subject == number))
            for number, s in enumerate(claims.subjects)}
    assert told == {("Lyon", 90.0), ("Nantes", 2.0), ("Rennes", 5.0)}


def test_the_first_is_another_one_where_the_story_is_about_the_second(read: Read) -> None:
    claims = read("Orvane will build its second data center, Atlas 2, in Leeds, England: 90MW.\n\n"
                  "Its first Leeds data center, Atlas, with 30 MW, opened in 2022.")
    assert claims.subjects[1].names == ("Atlas",)
    assert (claims.subjects[1].organizations, claims.subjects[1].city) == (("Orvane",), "Leeds")


def test_an_aside_without_a_place_is_in_the_country_of_the_story(read: Read) -> None:
    claims = read(_EN + "Norvella Group said it would put $240 million into its own data center.")
    other = claims.subjects[1]
    assert (other.organizations, other.country, other.city) == (("Norvella Group",), "GB", None)
    assert {c.kind for c in claims.claims if c.subject == 1} >= {"country", "investment"}


@pytest.mark.parametrize(("language", "text"), [
    ("en", _EN + "It is the operator's second site."),
    ("en", _EN + "Orvane is based in Cardiff and has offices in Glasgow."),
    ("en", _EN + "A second building is to follow in 2030."),
    ("en", _EN + "The site will be the second largest data center in Europe."),
    ("fr", _FR + "Une centrale solaire de 40 MW à Nantes l'alimentera."),
    ("fr", _FR + "Le groupe exploite des sites à Nantes, Rennes et Brest."),
    ("es", _ES + "La empresa no tiene ningún centro de datos en Burgos."),
])
def test_no_other_project(read: Read, language: str, text: str) -> None:
    assert len(read(text, language=language).subjects) == 1
