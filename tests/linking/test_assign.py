from __future__ import annotations

import random
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.linking import LINKED, NEW, NO_CONSTRAINTS, REVIEW, Constraints, LinkRules, Profile
from crawler.linking.assign import ArticleProfile, Assignment, assign_among, keep_ids
from tests.linking.profiles import known


def article(number: int, main: Profile | None, *mentions: Profile, story: int | None = None,
            pinned: int | None = None) -> ArticleProfile:
    subjects = ((("main", main),) if main else ()) + tuple(("mentioned", one) for one in mentions)
    return ArticleProfile(number, f"https://outlet.test/{number:02}", f"2026-01-{number:02}", subjects, story, pinned)


def press(rules: LinkRules) -> list[ArticleProfile]:
    """Fifteen articles in four languages about seven projects."""
    return [
        article(1, known(rules, "Iozera", "AMDIE", city="Tétouan", mw=[386], money=(5e8, "USD"))),
        article(2, known(rules, "إيوزيرا", city="تطوان", mw=[386]), known(rules, "Soluna", city="Dakhla")),
        article(3, known(rules, "lozera", "Pegatron", mw=[386])),
        article(4, known(rules, "Naver", "NVIDIA", "TAQA Morocco", mw=[500, 40])),
        article(5, known(rules, "نافير", "إنفيديا", mw=[500])),
        article(6, known(rules, "Naver Cloud", city="Tanger", mw=[500])),
        article(7, known(rules, name="Igoudar Dakhla", city="Dakhla", mw=[500])),
        article(8, known(rules, "Soluna", city="Dakhla", mw=[900])),
        article(9, known(rules, "Soluna Technologies", "Brookstone", city="Dakhla", mw=[900])),
        article(10, known(rules, "Data4", city="Nozay", country="FR", money=(1e9, "EUR"))),
        article(11, known(rules, "Data4", city="Marcoussis", country="FR")),
        article(12, known(rules, "Data4", country="FR")),
        article(13, known(rules, mw=[500])),
        article(14, known(rules, country=None), story=4),
        article(15, known(rules, "Iozera", city="Tetuán"), known(rules, "Zircom", country="MA", money=(8e8, "MAD")), known(rules, mw=[10]),
                known(rules, "Meridiam", country="MA")),
    ]


def assign_projects(articles: list[ArticleProfile], rules: LinkRules,
                    constraints: Constraints = NO_CONSTRAINTS) -> list[Assignment]:
    """All of them, beside no project that stays."""
    return assign_among(articles, {}, rules, None, constraints)[0]


def clusters(found: list) -> set[frozenset[int]]:  # type: ignore[type-arg]
    groups = defaultdict(set)
    for one in found:
        if one.role == "main":
            groups[one.project].add(one.article_id)
    return {frozenset(group) for group in groups.values()}


def test_the_projects_of_a_press_review(rules: LinkRules) -> None:
    assert clusters(assign_projects(press(rules), rules)) == {
        frozenset(group) for group in ([1, 2, 3, 15], [4, 5, 6], [7], [8, 9], [10], [11], [12], [13], [14])}


def test_a_mention_finds_the_project_or_founds_one_where_it_says_enough(rules: LinkRules) -> None:
    found = assign_projects(press(rules), rules)
    main = {one.article_id: one.project for one in found if one.role == "main"}
    mentions = {(one.article_id, one.subject): one for one in found if one.role == "mentioned"}
    assert mentions[2, 1].project == main[8]
    assert mentions[2, 1].decision.kind == LINKED
    assert mentions[15, 1].project not in main.values()
    assert (15, 2) not in mentions
    assert (15, 3) not in mentions  # a company and its country are no project


def test_who_fits_the_project_beside_as_well_joins_neither(rules: LinkRules) -> None:
    """One story tells of a company's second and first site in a town; a story that says which only by the company."""
    second = known(rules, "Kaltec", name="Atlas 2", city="Fès")
    first = known(rules, "Kaltec", name="Atlas", city="Fès", mw=[30])
    either = known(rules, "Kaltec", city="Fès")
    surely = known(rules, "Kaltec", name="Atlas 2", city="Fès", mw=[90])
    found = assign_projects([article(1, second, first), article(2, either), article(3, surely)], rules)
    assert clusters(found) == {frozenset({1, 3}), frozenset({2})}
    assert clusters(assign_projects([article(1, second), article(2, either)], rules)) == {frozenset({1, 2})}


def test_the_main_project_said_again_is_no_second_one(rules: LinkRules) -> None:
    iozera = known(rules, "Iozera", city="Tétouan")
    assert len(assign_projects([article(1, iozera, iozera)], rules)) == 1


def test_decisions_say_who_founded_who_linked_and_what_to_look_at(rules: LinkRules) -> None:
    kinds = {one.article_id: one.decision for one in assign_projects(press(rules), rules) if one.role == "main"}
    assert kinds[1].kind == NEW
    assert kinds[3].kind == LINKED
    assert kinds[3].reasons
    assert kinds[12].kind == REVIEW
    assert kinds[12].project_id is not None


def test_copies_of_one_story_share_one_project(rules: LinkRules) -> None:
    bare = article(14, known(rules, country=None), story=4)
    full = article(4, known(rules, "Naver", city="Tanger"), story=4)
    other = article(5, known(rules, "Naver", "NVIDIA"))
    assert clusters(assign_projects([bare, full, other], rules)) == {frozenset({4, 5, 14})}


def test_a_person_joins_and_parts(rules: LinkRules) -> None:
    iozera, naver = known(rules, "Iozera", city="Tétouan"), known(rules, "Naver", city="Agadir")
    alike = [article(1, iozera, pinned=1), article(2, iozera, pinned=2)]
    assert clusters(assign_projects(alike, rules)) == {frozenset({1}), frozenset({2})}
    unlike = [article(1, iozera, pinned=1), article(2, naver, pinned=1)]
    assert clusters(assign_projects(unlike, rules)) == {frozenset({1, 2})}


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_projects_do_not_depend_on_the_order_of_arrival(rules: LinkRules, rng: random.Random) -> None:
    articles = press(rules)
    rng.shuffle(articles)
    assert assign_projects(articles, rules) == assign_projects(press(rules), rules)


def test_projects_keep_the_id_of_their_earliest_article(rules: LinkRules) -> None:
    found = assign_projects(press(rules), rules)
    main = {one.article_id: one.project for one in found if one.role == "main"}
    kept = keep_ids(found, {1: 70, 3: 71, 4: 72, 8: 73, 10: 70})
    assert kept[main[1]] == 70
    assert kept[main[4]] == 72
    assert kept[main[8]] == 73
    assert main[10] not in kept  # 70 is taken by the earlier one
    assert len(set(kept.values())) == len(kept)


def test_no_articles_no_projects(rules: LinkRules) -> None:
    assert assign_projects([], rules) == []
    assert assign_projects([article(1, None)], rules) == []


def url(number: int) -> str:
    return f"https://outlet.test/{number:02}"


def decided(found: list, rules: LinkRules) -> dict[int, str]:  # type: ignore[type-arg]
    return {one.article_id: one.decision.kind for one in found if one.role == "main"}


def test_same_joins_what_nothing_links_over_any_number_of_steps(rules: LinkRules) -> None:
    three = [article(1, known(rules, "Iozera", city="Tétouan")), article(2, known(rules, "Naver", city="Agadir")),
             article(3, known(rules, "Soluna", city="Dakhla"))]
    chain = Constraints.of(same=[(url(3), url(2)), (url(2), url(1))])
    found = assign_projects(three, rules, constraints=chain)
    assert clusters(found) == {frozenset({1, 2, 3})}
    assert {one.decision.reasons for one in found} == {("a person put it there",)}


def test_same_holds_over_established_projects(rules: LinkRules) -> None:
    two = [article(1, known(rules, "Iozera"), pinned=1), article(2, known(rules, "Naver"), pinned=2)]
    assert clusters(assign_projects(two, rules, constraints=Constraints.of(same=[(url(1), url(2))]))) == {
        frozenset({1, 2})}


def test_apart_holds_against_all_points_and_is_not_asked_again(rules: LinkRules) -> None:
    iozera = known(rules, "Iozera", city="Tétouan")
    three = [article(n, iozera) for n in (1, 2, 3)]
    no = Constraints.of(apart=[(url(1), url(2))], same=[(url(2), url(3))])
    found = assign_projects(three, rules, constraints=no)
    assert clusters(found) == {frozenset({1}), frozenset({2, 3})}
    assert decided(found, rules)[1] == NEW


def test_apart_parts_copies_of_one_text(rules: LinkRules) -> None:
    iozera = known(rules, "Iozera", city="Tétouan")
    copies = [article(n, iozera, story=7) for n in (1, 2)]
    assert clusters(assign_projects(copies, rules, constraints=Constraints.of(apart=[(url(1), url(2))]))) == {
        frozenset({1}), frozenset({2})}


def test_what_is_apart_may_mention_the_other_project_unless_a_person_said_no(rules: LinkRules) -> None:
    soluna = known(rules, "Soluna", city="Dakhla")
    two = [article(1, soluna), article(2, known(rules, "Iozera", city="Tétouan"), soluna)]
    free = assign_projects(two, rules)
    main = next(one.project for one in free if one.article_id == 1)
    assert [one.project for one in free if one.role == "mentioned"] == [main]
    apart = [(url(1), url(2))]
    held = assign_projects(two, rules, constraints=Constraints.of(apart=apart))
    assert [one.project for one in held if one.role == "mentioned"] == [
        one.project for one in held if one.article_id == 1 and one.role == "main"]
    held = assign_projects(two, rules, constraints=Constraints.of(apart=apart, unmentioned=[(url(2), url(1))]))
    main = next(one.project for one in held if one.article_id == 1)
    assert main not in [one.project for one in held if one.role == "mentioned"]


def test_a_rejected_article_is_about_nothing(rules: LinkRules) -> None:
    found = assign_projects(press(rules), rules, constraints=Constraints.of(rejected=[url(1)]))
    assert 1 not in {one.article_id for one in found}


def test_phases_and_extensions_of_one_campus_are_one_project(rules: LinkRules) -> None:
    campus = [article(1, known(rules, "Northgate", name="Harlow Bend Campus", city="Harlow", country="GB", mw=[150])),
              article(2, known(rules, "Northgate", name="Harlow Bend Phase 1", city="Harlow", country="GB", mw=[20])),
              article(3, known(rules, "Northgate", name="Harlow Bend Phase 2", city="Harlow", country="GB", mw=[70])),
              article(4, known(rules, "Northgate", name="Harlow Bend extension", city="Harlow", country="GB"))]
    assert clusters(assign_projects(campus, rules)) == {frozenset({1, 2, 3, 4})}


def test_a_project_that_moves_to_another_city_keeps_its_name_or_asks(rules: LinkRules) -> None:
    before = article(1, known(rules, "Iozera", name="Eureka Park", city="Tétouan", mw=[386]))
    named = article(2, known(rules, "Iozera", name="Eureka Park", city="Fès", mw=[386]))
    assert clusters(assign_projects([before, named], rules)) == {frozenset({1, 2})}
    nameless = article(2, known(rules, "Iozera", city="Fès", mw=[386], money=(5e8, "USD")))
    first = article(1, known(rules, "Iozera", city="Tétouan", mw=[386], money=(5e8, "USD")))
    found = assign_projects([first, nameless], rules)
    assert clusters(found) == {frozenset({1}), frozenset({2})}
    assert REVIEW in decided(found, rules).values()


def test_a_rename_and_a_nickname_meet_where_one_article_says_both(rules: LinkRules) -> None:
    three = [article(1, known(rules, "Soluna", name="Wind Farm Dakhla", city="Dakhla", mw=[900])),
             article(2, known(rules, "Harmattan Energy", "Soluna", name="Harmattan", city="Dakhla", mw=[900])),
             article(3, known(rules, "Harmattan Energy", name="Harmattan", country="MA"))]
    assert clusters(assign_projects(three, rules)) == {frozenset({1, 2, 3})}


def test_names_in_two_scripts_that_no_file_knows(rules: LinkRules) -> None:
    two = [article(1, known(rules, "Zarkoun", city="Kerouane", country="GN")),
           article(2, known(rules, "زركون", city="كروان", country="GN"))]
    assert clusters(assign_projects(two, rules)) == {frozenset({1, 2})}


def test_two_projects_of_more_than_two_stories_each_are_not_drawn_together(rules: LinkRules) -> None:
    mtn = [article(n, known(rules, "MTN Nigeria", "MTN", city="Lagos", country="NG", mw=[9])) for n in (1, 2, 3)]
    airtel = [article(n, known(rules, "Airtel", "Nxtra", city="Lagos", country="NG", mw=[38])) for n in (4, 5, 6)]
    between = article(7, known(rules, "Airtel", "Nxtra", "MTN Nigeria", city="Lagos", country="NG"))
    found = clusters(assign_projects([*mtn, *airtel, between], rules))
    assert frozenset({1, 2, 3}) in found
    assert {frozenset({4, 5, 6, 7}), frozenset({4, 5, 6})} & found
