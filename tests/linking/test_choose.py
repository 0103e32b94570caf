from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from crawler.linking import LINKED, NEW, REVIEW, LinkRules, choose_project
from tests.linking.profiles import known


def test_the_fitting_project_is_linked_with_reasons_and_the_runner_up(rules: LinkRules) -> None:
    candidates = [(1, known(rules, "Soluna", city="Dakhla", mw=[900])), (2, known(rules, "Iozera", city="Tétouan")),
                  (3, known(rules, "Naver", "NVIDIA"))]
    for order in permutations(candidates):
        found = choose_project(known(rules, "lozera", "NVIDIA", city="Tetouan", mw=[386]), order, rules)
        assert (found.kind, found.project_id, found.runner_up) == (LINKED, 2, 3)
        assert found.score > 0.9
        assert any(reason.startswith("city: tetouan") for reason in found.reasons)


def test_nothing_alike_is_new(rules: LinkRules) -> None:
    assert choose_project(known(rules, "Iozera"), [], rules).kind == NEW
    found = choose_project(known(rules, "Iozera", city="Tétouan"), [(1, known(rules, "Soluna", city="Dakhla"))], rules)
    assert (found.kind, found.project_id) == (NEW, None)


def test_two_that_fit_alike_are_for_a_person(rules: LinkRules) -> None:
    sites = [(1, known(rules, "Data4", city="Nozay", country="FR")),
             (2, known(rules, "Data4", city="Marcoussis", country="FR"))]
    found = choose_project(known(rules, "Data4", country="FR"), sites, rules)
    assert found.kind == REVIEW
    assert {found.project_id, found.runner_up} == {1, 2}
    assert any("nearly as near" in reason for reason in found.reasons)


def test_one_that_nearly_fits_is_for_a_person(rules: LinkRules) -> None:
    site = [(7, known(rules, "Google", city="Cerrillos", country="CL"))]
    found = choose_project(known(rules, "Google", country="CL"), site, rules)
    assert (found.kind, found.project_id, found.runner_up) == (REVIEW, 7, 7)


def test_a_near_copy_decides_by_itself(rules: LinkRules) -> None:
    found = choose_project(known(rules, country=None), [(1, known(rules, "X", city="Fès"))], rules, story_project=9)
    assert (found.kind, found.project_id, found.score) == (LINKED, 9, 1.0)


def test_a_persons_no_holds(rules: LinkRules) -> None:
    iozera = [(2, known(rules, "Iozera", city="Tétouan"))]
    no = frozenset({2})
    assert choose_project(known(rules, "Iozera", city="Tétouan"), iozera, rules, barred=no).kind == NEW
    assert choose_project(known(rules, "Iozera"), iozera, rules, story_project=2, barred=no).kind == NEW


def test_a_mention_needs_more_than_a_main_subject(rules: LinkRules) -> None:
    oran = [(4, known(rules, "Algérie Télécom", city="Oran", country="DZ"))]
    city_only = known(rules, city="Oran", country="DZ", mw=[999])
    strict = rules.decide.model_copy(update={"mention": 5.0})
    assert choose_project(city_only, oran, rules).kind == LINKED
    changed = replace(rules, decide=strict)
    assert choose_project(city_only, oran, changed, mentioned=True).kind == REVIEW
    assert choose_project(known(rules, "Soluna", city="Dakhla"), [(3, known(rules, "Soluna", city="Dakhla"))], rules,
                          mentioned=True).kind == LINKED
