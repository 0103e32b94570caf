from __future__ import annotations

import pytest

from crawler.linking import LinkRules
from crawler.linking.letters import words
from crawler.linking.names import differ_in_series, distinctive, same_name


def folded(name: str) -> str:
    return " ".join(words(name))


@pytest.mark.parametrize(("kind", "a", "b"), [
    ("org", "Soluna Technologies, Ltd.", "Soluna"), ("org", "Brookstone Partner", "Brookstone Partners Morocco"),
    ("org", "lozera", "Iozera"), ("org", "Airtel Nigeria", "Airtel"), ("org", "شركة سولونا", "Soluna"),
    ("org", "Haut Commissariat pour la Numérisation", "Haut-Commissariat à la numérisation"),
    ("org", "Pegatron", "Pegatrom"),
    ("name", "Eureka Park", "Eureka Tetouan Park"), ("name", "Maroc Datacenter", "Maroc Data Center"),
    ("name", "مركز بيانات كيميت", "Kemet data center"), ("name", "Carrier Hôtel", "Carrier Hotel"),
    ("city", "Talavera", "Talavera de la Reina"), ("city", "تطوان", "Tétouan"), ("city", "Tetuan", "Tétouan"),
])
def test_one_name_in_two_spellings(kind: str, a: str, b: str, rules: LinkRules) -> None:
    assert same_name(folded(a), folded(b), kind, rules) >= 0.8
    assert same_name(folded(b), folded(a), kind, rules) >= 0.8


@pytest.mark.parametrize(("kind", "a", "b"), [
    ("org", "Orange Maroc", "Orange Tunisie"), ("org", "Africa Data Centres", "Africa Telecom"),
    ("org", "Data Partners Ltd", "Cloud Holdings"), ("org", "طاقة المغرب", "Tamwilcom"),
    ("name", "MRS4", "MRS5"), ("name", "Colossus 1", "Colossus 2"), ("name", "Green Data Center", "AI Campus"),
    ("city", "San Juan", "San José"), ("city", "Tanger", "Temara"), ("city", "Fes", "Fnideq"),
])
def test_two_names_stay_two(kind: str, a: str, b: str, rules: LinkRules) -> None:
    assert same_name(folded(a), folded(b), kind, rules) == 0.0


def test_series_differ_by_their_number_only(rules: LinkRules) -> None:
    assert differ_in_series("mrs4", "mrs5", rules)
    assert differ_in_series("colossus 1", "colossus 2", rules)
    assert not differ_in_series("mrs4", "par5", rules)
    assert not differ_in_series("harlow bend phase 1", "harlow bend phase 2", rules)
    assert not differ_in_series("المرحله 1", "المرحله 2", rules)
    assert not differ_in_series("colossus 2", "colossus 2 campus", rules)


def test_common_words_do_not_tell(rules: LinkRules) -> None:
    assert distinctive("centre national des donnees", "name", rules) == ()
    assert distinctive("مركز البيانات الوطني", "name", rules) == ()
    assert distinctive("igoudar data center", "name", rules) == ("igoudar",)
    assert distinctive("soluna technologies ltd", "org", rules) == ("soluna",)
