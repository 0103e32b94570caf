from __future__ import annotations

import itertools

from crawler.claims.claim import Subject
from crawler.linking import LinkRules, combine, keys, profile
from tests.linking.profiles import claim, known


def test_a_profile_holds_what_the_article_says_and_no_denied_value(rules: LinkRules) -> None:
    claims = [
        claim("capacity", value_number=386.0, unit="MW", stage="total"),
        claim("capacity", value_number=900.0, unit="MW", modality="denied"),
        claim("investment", value_number=5e8, unit="USD"),
        claim("milestone", value_text="signing", date="2024-05-08"),
        claim("area", value_number=50_000.0, unit="m2"),
        claim("organization", value_text="Pegatron"),
    ]
    one = profile(Subject("main", ("Eureka Park",), ("Iozera",), "MA", "Tétouan", 35.57, -5.37), claims, rules)
    assert one.names == (("eureka park", 1),)
    assert one.organizations == (("iozera", 1), ("pegatron", 1))
    assert one.leads == (("iozera", 1),)
    assert (one.countries, one.cities) == ((("MA", 1),), (("tetouan", 1),))
    assert (one.capacities, one.money) == ((("386", 1),), (("USD 500000000", 1),))
    assert (one.areas, one.dates) == ((("50000", 1),), (("signing 2024-05-08", 1),))
    assert one.points == ((35.57, -5.37),)
    assert one.identified
    assert one.stands_alone


def test_the_lead_is_the_one_in_the_headline_never_a_ministry(rules: LinkRules) -> None:
    assert known(rules, "Ministry of Energy", "NVIDIA", "Naver").leads == (("naver", 1),)
    assert known(rules, "Alpha", "Beta", title="Beta va bâtir un data center").leads == (("beta", 1),)
    assert known(rules, "NVIDIA").leads == (("nvidia", 1),)
    assert known(rules, "Ministère de l'Intérieur").leads == ()


def test_a_place_under_two_country_codes_is_one(rules: LinkRules) -> None:
    assert known(rules, country="EH").countries == known(rules, country="MA").countries


def test_combining_adds_up_whatever_the_order(rules: LinkRules) -> None:
    three = [known(rules, "Iozera", city="Tétouan", mw=[386]), known(rules, "lozera", "AMDIE", city="Tétouan"),
             known(rules, "Iozera", at=(35.57, -5.37))]
    results = {combine(order) for order in itertools.permutations(three)}
    assert len(results) == 1
    total = results.pop()
    assert total.articles == 3
    assert dict(total.organizations) == {"iozera": 2, "lozera": 1, "amdie": 1}
    assert total.cities == (("tetouan", 2),)
    assert combine([]).articles == 0


def test_spellings_of_one_project_share_a_key(rules: LinkRules) -> None:
    right = set(keys(known(rules, "Iozera", country=None), rules))
    for spelling in ("lozera", "إيوزيرا", "Iozera Technologies Ltd", "IOZERA"):
        assert right & set(keys(known(rules, spelling, country=None), rules)), spelling


def test_keys_of_places_names_and_figures(rules: LinkRules) -> None:
    found = keys(known(rules, "Naver", name="Centre national", city="Talavera de la Reina", country="ES", mw=[500.0],
                       money=(1e9, "EUR")), rules)
    assert {("org", "naver"), ("org~", "nfr"), ("country", "ES"), ("number", "ES MW 500"),
            ("number", "ES EUR 1000000000")} <= set(found)
    assert any(kind == "name" for kind, _ in found)
    assert any(kind == "city" for kind, _ in found)
    assert len(found) == len(set(found))
    assert all(key for _, key in found)


def test_a_part_of_a_city_name_shares_a_key_with_the_whole(rules: LinkRules) -> None:
    short, whole = known(rules, city="Talavera"), known(rules, city="Talavera de la Reina")
    assert {k for k in keys(short, rules) if k[0] == "city~"} & {k for k in keys(whole, rules) if k[0] == "city~"}


def test_nothing_said_gives_no_key_but_is_no_error(rules: LinkRules) -> None:
    empty = profile(Subject("mentioned"), [], rules)
    assert keys(empty, rules) == []
    assert not empty.identified
    assert not empty.stands_alone


def test_an_alias_file_joins_translated_project_names(rules: LinkRules) -> None:
    assert known(rules, name="ستارغيت الإمارات", country="AE").names == known(
        rules, name="Stargate UAE", country="AE").names
