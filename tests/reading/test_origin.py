"""Who published first."""

from __future__ import annotations

import pytest

from crawler.reading.origin import Origin, agency_in, is_origin_line, labelled_source, origin_line, origin_of
from crawler.reading.vocabulary import vocabulary
from tests.reading.samples import FRENCH


@pytest.mark.parametrize(("line", "outlet", "day"), [
    ("Publié dans Yabiladi le 07 - 05 - 2024", "Yabiladi", "2024-05-07"),
    ("Paru dans Aujourd'hui le Maroc le 3 juin 2025", "Aujourd'hui le Maroc", "2025-06-03"),
    ("Publié par Ya Biladi le 07/05/2024", "Yabiladi", "2024-05-07"),
    ("Published in The Rif Courier on May 7, 2024", "The Rif Courier", "2024-05-07"),
    ("نشر في هسبريس يوم 16 نونبر 2025", "Hespress", "2025-11-16"),
    ("Publicado en El Faro el 7 de mayo de 2024", "El Faro", "2024-05-07"),
])
def test_origin_lines(line: str, outlet: str, day: str) -> None:
    assert origin_line(line, vocabulary()) == Origin(outlet, day)
    assert is_origin_line(line, vocabulary())


@pytest.mark.parametrize("line", [
    "Publié dans la nuit de mardi, le texte ne dit rien des coûts.", "Le rapport est publié dans Yabiladi", "Publié le 7 mai 2024",
    FRENCH[0],
])
def test_sentences_are_no_origin_lines(line: str) -> None:
    assert origin_line(line, vocabulary()) is None


@pytest.mark.parametrize(("line", "name"), [
    ("Source : Challenge", "Challenge"), ("Source: medias24.com", "Médias24"), ("المصدر: هسبريس", "Hespress"),
    ("نقلا عن وكالة المغرب العربي للأنباء", "MAP"), ("via Reuters", "Reuters"), ("Fuente: Agencia EFE", "EFE"),
    ("Source : Le Courrier du Rif", "Le Courrier du Rif"), ("Avec MAP", "MAP"),
    ("Source : les services de la préfecture ont confirmé le chiffre hier soir.", None), ("via une filiale", None),
    ("Avec ce projet, la région gagne un site.", None), ("Sources ouvertes", None),
])
def test_labelled_sources(line: str, name: str | None) -> None:
    assert labelled_source(line, vocabulary()) == name


@pytest.mark.parametrize(("line", "name"), [
    ("Nador (MAP) - La société", "MAP"), ("selon le ministère. (AFP)", "AFP"), ("(و م ع)", "MAP"), ("Rabat [Agencia EFE]", "EFE"),
    ("(Reuters et AFP)", "Reuters"), ("une capacité (120 MW)", None), ("(Map of the site)", None),
])
def test_agencies_in_brackets(line: str, name: str | None) -> None:
    assert agency_in(line, vocabulary()) == name


def test_an_agency_counts_at_the_edges_only() -> None:
    words = vocabulary()
    assert origin_of([*FRENCH, "Fin du texte. (MAP)"], words).outlet == "MAP"
    middle = [*FRENCH[:2], "Une photo (AFP) montre le site.", *FRENCH[2:], FRENCH[0]]
    assert origin_of(middle, words) == Origin()
