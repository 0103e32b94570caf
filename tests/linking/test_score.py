from __future__ import annotations

from itertools import permutations

import pytest

from crawler.linking import LinkRules, Rarity, combine, score
from tests.linking.profiles import known


def links(a: object, b: object, rules: LinkRules, rarity: Rarity | None = None) -> bool:
    found = score(a, b, rules, rarity or Rarity())  # type: ignore[arg-type]
    back = score(b, a, rules, rarity or Rarity())  # type: ignore[arg-type]
    assert (found.points, found.value) == (back.points, back.value)
    assert 0 <= found.value <= 1
    assert (found.value >= 0.5) == (found.points >= rules.decide.link)
    return found.points >= rules.decide.link


def test_one_project_in_two_scripts(rules: LinkRules) -> None:
    assert links(known(rules, "إيوزيرا", city="Tétouan"), known(rules, "Iozera", "Pegatron", city="Tétouan"), rules)


def test_first_known_by_country_then_by_city(rules: LinkRules) -> None:
    assert links(known(rules, "Naver", "NVIDIA"), known(rules, "Naver Cloud", city="Tanger"), rules)


def test_a_city_alone_links_where_nothing_speaks_against_it(rules: LinkRules) -> None:
    assert links(known(rules, city="Oran", country="DZ"), known(rules, "Algérie Télécom", city="Oran", country="DZ"),
                 rules)


def test_a_country_alone_never_links(rules: LinkRules) -> None:
    assert not links(known(rules, mw=[500]), known(rules, "Naver", mw=[500]), rules)
    assert not links(known(rules), known(rules), rules)


def test_numbers_alone_are_at_most_a_question(rules: LinkRules) -> None:
    one = known(rules, mw=[386], money=(5e8, "USD"), signed="2024-05-08", area=50_000)
    found = score(one, one, rules)
    assert rules.decide.review <= found.points < rules.decide.link


@pytest.mark.parametrize(("first", "second"), [
    ({"organizations": ["Raxio"]}, {"organizations": ["ST Digital"]}),
    ({"organizations": ["Soluna"]}, {"organizations": [], "name": "Igoudar"}),
    ({"organizations": ["Tigo"]}, {"organizations": ["Agence de l'Informatique de l'État"]}),
    ({"organizations": ["Cassava", "NVIDIA"]}, {"organizations": ["NVIDIA"]}),
    ({"organizations": ["Equinix"], "name": "MRS4"}, {"organizations": ["Equinix"], "name": "MRS5"}),
])
def test_two_projects_in_one_city(first: dict, second: dict, rules: LinkRules) -> None:  # type: ignore[type-arg]
    a, b = ({**side, "organizations": None} for side in (first, second))
    for side in (a, b):
        side.pop("organizations")
    assert not links(known(rules, *first["organizations"], city="Casablanca", **a),
                     known(rules, *second["organizations"], city="Casablanca", **b), rules)


def test_two_projects_of_one_operator(rules: LinkRules) -> None:
    for operator in ("Data4", "Google"):
        assert not links(known(rules, operator, city="Nozay", country="FR"),
                         known(rules, operator, city="Marcoussis", country="FR"), rules)


def test_one_operator_in_two_countries(rules: LinkRules) -> None:
    assert not links(known(rules, "Paratus", country="ZM", mw=[10]), known(rules, "Paratus", country="NA", mw=[10]),
                     rules)


def test_a_common_supplier_says_nothing(rules: LinkRules) -> None:
    assert not links(known(rules, "Naver", "NVIDIA", mw=[500]), known(rules, "Cassava", "NVIDIA", mw=[500]), rules)


def test_a_cloud_house_leads_in_its_city_and_in_a_whole_country(rules: LinkRules) -> None:
    assert links(known(rules, "Google", city="Cerrillos", country="CL"),
                 known(rules, "Google Chile", city="Cerrillos", country="CL"), rules)
    assert links(known(rules, "Microsoft", country="QA"), known(rules, "Microsoft", country="QA"), rules)
    assert not links(known(rules, "Google", country="CL"), known(rules, "Google", city="Quilicura", country="CL"),
                     rules)


def test_a_ministry_in_common_is_not_enough(rules: LinkRules) -> None:
    assert not links(known(rules, "Huawei", "Haut Commissariat à la numérisation", country="DZ"),
                     known(rules, "Haut Commissariat à la numérisation", city="Blida", country="DZ"), rules)


def test_public_bodies_are_translated_so_two_scripts_do_not_speak_against(rules: LinkRules) -> None:
    assert links(known(rules, "Haut-Commissariat à la numérisation", city="Blida", country="DZ"),
                 known(rules, "المحافظة السامية للرقمنة", city="Blida", country="DZ"), rules)


def test_a_name_links_without_a_place(rules: LinkRules) -> None:
    assert links(known(rules, name="Igoudar Dakhla", city="Dakhla"), known(rules, name="Igoudar", country=None), rules)


def test_a_term_of_law_is_no_name_where_others_lead(rules: LinkRules) -> None:
    term = "Interés General"
    assert not links(known(rules, "Amazon Web Services", name=term, country="ES"),
                     known(rules, "Benbros", name=term, city="La Puebla", country="ES"), rules)


def test_a_name_in_many_projects_weighs_less(rules: LinkRules) -> None:
    one, other = known(rules, name="Vision Valley", city="Oran"), known(rules, "Beta", name="Vision Valley")
    assert links(one, other, rules)
    assert not links(one, other, rules, Rarity({("name", "vlslonvalley"): 30}))


def test_a_national_data_center_links_in_its_country_only(rules: LinkRules) -> None:
    named = "Data Center national"
    one = known(rules, "Cybastion", name=named, city="Libreville", country="GA")
    assert links(one, known(rules, "Porteo", "Cybastion", name=named, country="GA"), rules)
    assert not links(one, known(rules, name=named, country="GN"), rules)


def test_a_suburb_is_no_conflict_and_another_town_is(rules: LinkRules) -> None:
    casa, near, far = (33.57, -7.59), (33.45, -7.65), (35.77, -5.80)
    one = known(rules, "Orange Maroc", city="Casablanca", at=casa)
    assert links(one, known(rules, "Orange Maroc", city="Bouskoura", at=near), rules)
    assert not links(one, known(rules, "Orange Maroc", city="Tanger", at=far), rules)


def test_a_rename_keeps_the_project_by_its_place_and_figures(rules: LinkRules) -> None:
    old = known(rules, "Soluna", city="Dakhla", mw=[900])
    new = known(rules, "Harmattan Energy", "Brookstone", "Soluna", city="Dakhla", mw=[900])
    assert links(old, new, rules)


def test_an_organisation_in_many_projects_weighs_less(rules: LinkRules) -> None:
    a, b = known(rules, "Nxtra", mw=[38]), known(rules, "Airtel", "Nxtra")
    rare = score(a, b, rules)
    common = score(a, b, rules, Rarity({("org", "nxtra"): 16}))
    assert common.points < rare.points


def test_reasons_name_what_spoke_for_and_against(rules: LinkRules) -> None:
    found = score(known(rules, "Iozera", city="Tétouan", mw=[386]), known(rules, "Iozera", city="Fès", mw=[386]), rules)
    text = "; ".join(found.reasons)
    for word in ("country: MA", "city conflict: fes / tetouan", "organization: iozera", "386 MW"):
        assert word in text


def test_one_wrong_city_among_many_does_not_pull(rules: LinkRules) -> None:
    one, strayed = known(rules, "Iozera", city="Tétouan"), known(rules, "Iozera", city="Austin", country="US")
    project = combine([*[one] * 8, strayed])
    other = known(rules, "Lonestar", city="Austin", country="US")
    assert not links(project, other, rules)
    assert links(project, known(rules, "Iozera", city="Tétouan"), rules)


def test_scores_do_not_depend_on_the_side(rules: LinkRules) -> None:
    some = [known(rules, "Naver", "NVIDIA", mw=[500, 40]), known(rules, "NVIDIA", city="Casablanca"),
            known(rules, "نافير", city="Tanger"), known(rules, name="Eureka Park", city="Tétouan"),
            known(rules, "Google", country="CL", city="Cerrillos")]
    for a, b in permutations(some, 2):
        links(a, b, rules)


def test_who_leads_elsewhere_may_stand_in_the_headline(rules: LinkRules) -> None:
    led = known(rules, "Fluidstack", country="FR", mw=[1000])
    bare = known(rules, country="FR", mw=[1000], title="Fluidstack : dix milliards pour un supercalculateur")
    assert links(led, bare, rules)
    assert not links(led, known(rules, country="FR", mw=[1000], title="Dix milliards pour un supercalculateur"), rules)
    # a supplier in the headline says as little there as anywhere
    assert not links(known(rules, "NVIDIA"), known(rules, title="NVIDIA au rendez-vous"), rules)


def test_one_company_in_two_lengths_is_one_shared_organisation(rules: LinkRules) -> None:
    both = known(rules, "MTN", "MTN Nigeria", country="NG")
    assert sum("more organizations" in reason for reason in score(both, both, rules).reasons) == 0
    # who is only named for comparison does not make two operators one project
    airtel = known(rules, "Airtel", "MTN Nigeria", "MTN", city="Lagos", country="NG", mw=[38])
    assert not links(airtel, known(rules, "MTN Nigeria", "MTN", country="NG", mw=[9]), rules)


def test_a_name_of_the_city_alone_is_no_name_of_its_own(rules: LinkRules) -> None:
    one = known(rules, name="Sines DC", city="Sines", country="PT", mw=[1200])
    other = known(rules, name="SIN02", city="Sines", country="PT", mw=[180])
    assert links(one, other, rules)
    assert not links(known(rules, name="Atlas", city="Sines", country="PT", mw=[1200]), other, rules)
