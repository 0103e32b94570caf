from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.claims.claim import Claim
from crawler.linking import Fact, LinkRules, project_name, slug_of
from tests.linking.profiles import claim, facts


def said(*claims: tuple[str, str]) -> list:  # type: ignore[type-arg]
    return facts(1, "2026-01-01", *(claim(kind, at, value_text=text) for at, (kind, text) in enumerate(claims)))


@pytest.mark.parametrize(("claims", "expected"), [
    ([("name", "Igoudar Dakhla"), ("city", "Dakhla"), ("organization", "État")], "Igoudar Dakhla"),
    ([("organization", "Naver"), ("organization", "NVIDIA"), ("country", "MA")], "Naver Morocco"),
    ([("organization", "NVIDIA"), ("organization", "Naver"), ("country", "MA")], "Naver Morocco"),
    ([("name", "Data Center national"), ("city", "Libreville"), ("organization", "Ministère du numérique")],
     "Data Center national Libreville"),
    ([("name", "Data Center national"), ("city", "Libreville"), ("organization", "Cybastion")], "Cybastion Libreville"),
    ([("organization", "Orange Maroc"), ("city", "Nouaceur")], "Orange Maroc Nouaceur"),
    ([("organization", "Dakhla Cloud"), ("city", "Dakhla")], "Dakhla Cloud"),
    ([("city", "Oran"), ("country", "DZ")], "Data center Oran"),
])
def test_the_name_that_is_shown(claims: list, expected: str, rules: LinkRules) -> None:  # type: ignore[type-arg]
    assert project_name(said(*claims), rules) == expected


def test_spellings_are_one_name_and_the_latin_one_is_shown(rules: LinkRules) -> None:
    spelt = [*facts(1, "2026-01-01", claim("name", value_text="lozera Park")),
             *facts(2, "2026-01-01", claim("name", value_text="Iozera Park")),
             *facts(3, "2026-01-01", claim("name", value_text="Iozera Park")),
             *facts(4, "2026-01-01", claim("name", value_text="Eureka"))]
    assert project_name(spelt, rules) == "Iozera Park"
    alias = facts(1, None, claim("name", value_text="ستارغيت الإمارات"), claim("country", value_text="AE"))
    assert project_name(alias, rules) == "Stargate UAE"


@pytest.mark.parametrize(("kind", "said", "expected"), [
    ("name", ("إيكودار الداخلة", "إيكودار الداخلة", "Igoudar Dakhla"), "Igoudar Dakhla"),  # the same by sound
    ("name", ("واحة الشمس", "واحة الشمس", "Sun Oasis"), "Sun Oasis"),  # a translation
    ("name", ("واحة الشمس", "واحة الشمس", "National Data Center"), "واحة الشمس"),  # common words are no name
    ("name", ("واحة الشمس", "واحة الشمس"), "واحة الشمس"),
    ("organization", ("كهرمان", "كهرمان", "Kahraman"), "Kahraman"),
    ("organization", ("كهرمان", "كهرمان", "Naver"), "كهرمان"),  # somebody else
])
def test_a_latin_name_stands_before_an_arabic_one(kind: str, said: tuple[str, ...], expected: str,
                                                  rules: LinkRules) -> None:
    told = [fact for number, text in enumerate(said)
            for fact in facts(number, "2026-01-01", claim(kind, value_text=text))]
    assert project_name(told, rules) == expected


@pytest.mark.parametrize(("name", "place", "country", "slug"), [
    ("Iozera", "Tétouan", "MA", "iozera-tetouan-ma"), ("Igoudar Dakhla", "Dakhla", "MA", "igoudar-dakhla-ma"),
    ("O'Leary Ventures", None, "CA", "o-leary-ventures-ca"), ("نافير", None, "MA", "nafir-ma"),
    ("三星", "Seoul", "KR", "sanxing-seoul-kr"), ("???", None, None, "project"),
])
def test_slugs_are_short_ascii(name: str, place: str | None, country: str | None, slug: str) -> None:
    assert slug_of(name, place, country) == slug


def test_a_long_name_gives_a_short_slug_of_whole_words() -> None:
    slug = slug_of("The very long official name of a campus that nobody ever writes out in full", "Casablanca", "MA")
    assert len(slug) <= 48
    assert slug.startswith("the-very-long-official")
    assert not slug.endswith("-")


def test_who_stands_in_the_headline_leads(rules: LinkRules) -> None:
    claims = [claim("organization", 1, value_text="TAQA Morocco"), claim("organization", 9, value_text="Naver"),
              claim("country", value_text="MA")]
    plain = facts(1, "2026-01-01", *claims)
    assert project_name(plain, rules) == "TAQA Morocco"
    titled = [replace(fact, title="Naver, NVIDIA et TAQA lancent un data center") for fact in plain]
    assert project_name(titled, rules) == "Naver Morocco"


def test_claims_of_one_sentence_are_ordered_by_their_words(rules: LinkRules) -> None:
    sentence = "Alpha Énergie et Beta Cloud signent."
    beta, alpha = (Claim("organization", sentence, 0, len(sentence), value_text=name, value_printed=name)
                   for name in ("Beta Cloud", "Alpha Énergie"))
    assert project_name([Fact(beta, 1), Fact(alpha, 1)], rules) == "Alpha Énergie"
