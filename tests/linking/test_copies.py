from __future__ import annotations

import random
from dataclasses import replace
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.linking import LinkRules, StoryText, sign, similarity
from crawler.linking.copies import Related, needs_text, order_of, place
from tests.linking.texts import (
    ARABIC,
    ENGLISH,
    FRENCH,
    FRENCH_FOLLOW_UP,
    SPANISH,
    TEXTS,
    TICKER,
    cut,
    syndicated,
    typos,
)
from tests.linking.together import group_stories, join_story, relate


def article(number: int, text: str, *, outlet: str | None = None, language: str | None = "fr",
            published: str | None = "2026-03-01") -> StoryText:
    return StoryText(number, f"https://outlet-{number}.test/story", published, language,
                     outlet or f"Outlet {number}", text, sign(text))


CHANGES = {
    "cut by 10 %": lambda text: cut(text, 0.1),
    "cut by 40 %": lambda text: cut(text, 0.4),
    "letters lost": lambda text: typos(text, 0.02, 7),
    "agency header and footer": syndicated,
    "one paragraph gone": lambda text: "\n".join(text.split("\n")[1:]),
    "all capitals": str.upper,
    "cut, header and typos": lambda text: typos(syndicated(cut(text, 0.2)), 0.01, 3),
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_republished_text_is_a_copy(language: str, change: str, rules: LinkRules) -> None:
    original = article(1, TEXTS[language], language=language)
    copy = article(2, CHANGES[change](TEXTS[language]), language=language)
    assert relate(original, copy, rules) == relate(copy, original, rules) == "copy"


def test_similarity_counts_exactly() -> None:
    shared = similarity("abcdef", "abcde")
    assert (shared.jaccard, shared.containment) == (0.5, 1.0)
    assert similarity("", "abc").jaccard == 0.0


def test_a_follow_up_of_the_same_desk_is_no_copy(rules: LinkRules) -> None:
    first = article(1, FRENCH, outlet="Le Quotidien")
    update = "\n".join([*FRENCH.split("\n")[:4], "Le conseil a voté lundi soir une rallonge de douze millions."])
    second = article(2, update, outlet="le quotidien")
    assert similarity(FRENCH, update).jaccard > 0.6
    assert relate(first, second, rules) == "follow_up"
    assert relate(first, article(3, update, outlet="Autre"), rules) == "copy"


def test_the_same_text_in_one_outlet_is_a_copy(rules: LinkRules) -> None:
    assert relate(article(1, FRENCH, outlet="A"), article(2, FRENCH.upper(), outlet="A"), rules) == "copy"


def test_a_follow_up_that_retells_the_background_stays_apart(rules: LinkRules) -> None:
    shared = similarity(FRENCH, FRENCH_FOLLOW_UP)
    assert shared.jaccard > rules.copies.with_lead
    assert relate(article(1, FRENCH), article(2, FRENCH_FOLLOW_UP), rules) == "follow_up"
    assert relate(article(2, FRENCH_FOLLOW_UP), article(1, FRENCH), rules) == "follow_up"


def test_a_brief_inside_a_long_story_is_contained_not_a_copy(rules: LinkRules) -> None:
    brief = FRENCH.split("\n")[0]
    assert relate(article(1, brief), article(2, FRENCH), rules) == "contains"


def test_never_across_languages_and_other_stories_never(rules: LinkRules) -> None:
    assert relate(article(1, FRENCH), article(2, FRENCH, language="en"), rules) is None
    assert relate(article(1, ENGLISH, language="en"), article(2, SPANISH, language="es"), rules) is None
    assert relate(article(1, ENGLISH, language=None), article(2, ARABIC, language=None), rules) is None


def test_short_texts_are_copies_only_where_they_are_equal(rules: LinkRules) -> None:
    assert relate(article(1, "Data center à Fès"), article(2, "Data center à Fez"), rules) is None
    assert relate(article(1, "Data center à Fès"), article(2, "data center a fes!"), rules) == "copy"
    assert relate(article(1, ""), article(2, ""), rules) is None


def test_headlines_in_front_are_no_beginning(rules: LinkRules) -> None:
    one, two = f"{TICKER}\n{FRENCH}", f"{TICKER}\n{FRENCH_FOLLOW_UP}"
    assert similarity(one, two).jaccard > 0.45
    assert relate(article(1, one), article(2, two), rules) == "follow_up"
    assert relate(article(1, one), article(2, FRENCH), rules) == "copy"


def test_a_dropped_opening_needs_dates(rules: LinkRules) -> None:
    early = article(1, ENGLISH, language="en")
    rest = article(2, "\n".join(ENGLISH.split("\n")[1:]), language="en", published="2026-03-04")
    assert rules.copies.opening_gone < similarity(early.text, rest.text).jaccard
    assert relate(early, rest, rules) == "copy"


def test_what_a_new_article_follows_up_is_told(rules: LinkRules) -> None:
    first, follow_up = article(1, FRENCH), article(2, FRENCH_FOLLOW_UP, published="2026-06-01")
    assert place(follow_up, [first], rules) == (None, [Related(2, 1, "follow_up", ANY)])
    assert place(first, [follow_up], rules) == (None, [Related(2, 1, "follow_up", ANY)])
    brief = article(3, FRENCH.split("\n")[0])
    assert place(brief, [first], rules) == (None, [Related(1, 3, "contains", ANY)])


def test_a_story_that_it_follows_up_more_than_it_copies_is_not_joined(rules: LinkRules) -> None:
    # a shortened copy begins with what the follow-up retells, and so looks like a copy of it by itself
    first, short = replace(article(1, FRENCH), story=1), replace(article(2, FRENCH.split("\n")[0] * 2), story=1)
    told = article(3, FRENCH_FOLLOW_UP, published="2026-06-01")
    assert place(told, [first, short], rules)[0] is None


def test_far_pairs_and_sure_copies_need_no_text(rules: LinkRules) -> None:
    first = article(1, FRENCH * 3)
    bare = replace(first, article_id=2, outlet="B", text="")
    assert not needs_text(first, bare, rules)
    assert relate(first, bare, rules) == "copy"
    assert not needs_text(first, article(3, SPANISH), rules)
    assert needs_text(first, article(4, cut(FRENCH * 3, 0.5)), rules)


def test_join_takes_the_nearest_and_of_equals_the_earliest(rules: LinkRules) -> None:
    new = article(9, FRENCH)
    cut_, late, early = article(1, cut(FRENCH, 0.3)), article(2, FRENCH), article(3, FRENCH, published="2026-02-01")
    assert join_story(new, [cut_, late, early], rules) == early
    assert join_story(new, [article(4, FRENCH_FOLLOW_UP)], rules) is None
    assert join_story(new, [new], rules) is None


def test_a_story_that_holds_a_follow_up_of_the_same_desk_is_not_joined(rules: LinkRules) -> None:
    update = "\n".join([*FRENCH.split("\n")[:4], "Le conseil a voté lundi soir une rallonge de douze millions."])
    first = replace(article(1, FRENCH, outlet="A"), story=1)
    copy = replace(article(2, FRENCH, outlet="B"), story=1)
    assert join_story(article(3, update, outlet="A"), [first, copy], rules) is None
    assert join_story(article(3, update, outlet="C"), [first, copy], rules) is not None


def newsroom() -> list[StoryText]:
    """Twelve articles: four stories and their copies, a follow-up of one desk, an undated one."""
    update = "\n".join([*FRENCH.split("\n")[:4], "Le conseil a voté lundi soir une rallonge de douze millions."])
    return [
        article(1, FRENCH, outlet="A", published="2026-03-01"),
        article(2, syndicated(FRENCH), outlet="B", published="2026-03-02"),
        article(3, cut(FRENCH, 0.35), outlet="C", published="2026-03-03"),
        article(4, update, outlet="A", published="2026-03-09"),
        article(5, FRENCH_FOLLOW_UP, outlet="A", published="2026-06-01"),
        article(6, typos(FRENCH_FOLLOW_UP, 0.01, 1), outlet="D", published=None),
        article(7, ENGLISH, outlet="E", language="en"),
        article(8, cut(ENGLISH, 0.2), outlet="F", language="en"),
        article(9, SPANISH, outlet="G", language="es"),
        article(10, ARABIC, outlet="H", language="ar", published=None),
        article(11, typos(ARABIC, 0.02, 5), outlet="I", language="ar", published=None),
        article(12, "", outlet="J", published=None),
    ]


def test_groups_of_a_newsroom(rules: LinkRules) -> None:
    lead = group_stories(newsroom(), rules)
    assert lead == {1: 1, 2: 1, 3: 1, 4: 4, 5: 5, 6: 5, 7: 7, 8: 7, 9: 9, 10: 10, 11: 10, 12: 12}


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_arrival(rules: LinkRules, rng: random.Random) -> None:
    articles = newsroom()
    rng.shuffle(articles)
    assert group_stories(articles, rules) == group_stories(newsroom(), rules)


def test_one_by_one_in_canonical_order_gives_the_same_groups(rules: LinkRules) -> None:
    stored: list[StoryText] = []
    for new in sorted(newsroom(), key=order_of):
        found = join_story(new, stored, rules)
        stored.append(replace(new, story=found.story if found else new.article_id))
    assert {one.article_id: one.story for one in stored} == group_stories(newsroom(), rules)


def test_a_day_comes_before_a_month_and_an_undated_article_last() -> None:
    dates = ["2026-03", None, "2026-03-31", "2026", "2026-03-01"]
    ordered = sorted((article(n, "x", published=date) for n, date in enumerate(dates)), key=order_of)
    assert [one.published for one in ordered] == ["2026-03-01", "2026-03-31", "2026-03", "2026", None]


def test_texts_are_read_where_they_are_needed(rules: LinkRules) -> None:
    texts = {1: FRENCH, 2: cut(FRENCH, 0.4), 3: SPANISH, 4: FRENCH_FOLLOW_UP}
    bare = [replace(article(number, text), text="") for number, text in texts.items()]
    asked: list[int] = []

    def read(number: int) -> str:
        asked.append(number)
        return texts[number]

    found, related = place(bare[1], bare, rules, read)
    assert found == replace(bare[0], text=FRENCH)
    assert [one.kind for one in related] == ["follow_up"]
    assert sorted(asked) == [1, 2, 4]
