from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.claims.claim import Claim
from crawler.linking import Fact, LinkRules, project_row
from tests.linking.profiles import claim, facts

TODAY = date(2026, 11, 22)


def mw(value: float, stage: str = "total", **more: object) -> object:
    return claim("capacity", value_number=value, unit="MW", stage=stage, **more)


def money(amount: float, currency: str = "USD", at: int = 0, stage: str = "unspecified") -> object:
    return claim("investment", at, value_number=amount, unit=currency, stage=stage)


def place(city: str, country: str = "MA") -> tuple[object, object]:
    return claim("city", value_text=city), claim("country", value_text=country)


def tetouan() -> list[Fact]:
    """Three reports of one announcement; two doubt it, two convert the sum in brackets."""
    return [
        *facts(1, "2024-05-08", *place("Tétouan"), mw(386), money(5e8),
               claim("organization", 1, value_text="lozera"), claim("organization", 2, value_text="Pegatron"),
               claim("status", value_text="announced")),
        *facts(2, "2024-05", *place("Tétouan"), mw(386), money(5e8, at=5), money(5e9, "MAD", at=9),
               claim("organization", 1, value_text="Iozera"), claim("doubt", value_text="scale")),
        *facts(3, "2024-05-07", *place("Tétouan"), mw(386), money(5e9, "MAD", at=9), money(5e8, at=5),
               claim("organization", 1, value_text="Iozera"), claim("doubt", value_text="feasibility")),
    ]


def test_the_row_of_a_doubted_project(rules: LinkRules) -> None:
    row = project_row(tetouan(), rules, date(2025, 1, 1), lambda country, city: (35.57, -5.37))
    assert (row.name, row.country, row.city) == ("Iozera Tétouan", "MA", "Tétouan")
    assert (row.latitude, row.longitude) == (35.57, -5.37)
    assert (row.capacity_mw, row.capacity_initial_mw) == (386, None)
    assert (row.investment_amount, row.investment_currency, row.investment_usd) == (5e8, "USD", 5e8)
    assert (row.status, row.status_inferred, row.doubted, row.single_source) == ("announced", False, True, False)


def test_after_two_years_of_silence_it_counts_as_suspended(rules: LinkRules) -> None:
    row = project_row(tetouan(), rules, TODAY)
    assert (row.status, row.status_inferred) == ("suspended", True)


@settings(max_examples=20, deadline=None)
@given(st.permutations(tetouan()))
def test_the_row_does_not_depend_on_the_order_of_the_claims(rules: LinkRules, given_: list[Fact]) -> None:
    assert project_row(given_, rules, TODAY) == project_row(tetouan(), rules, TODAY)


def test_a_project_with_one_story_and_nothing_in_it(rules: LinkRules) -> None:
    row = project_row(facts(1, None, claim("doubt")), rules, TODAY)
    assert (row.name, row.country, row.capacity_mw, row.investment_usd) == ("Data center", None, None, None)
    assert (row.status, row.status_inferred, row.single_source) == ("announced", False, False)
    assert project_row([], rules, TODAY).status == "announced"


def test_a_denied_value_counts_for_nothing(rules: LinkRules) -> None:
    row = project_row(facts(1, "2026-01-01", mw(900, modality="denied"), mw(500, "unspecified")), rules, TODAY)
    assert row.capacity_mw == 500


def test_the_whole_comes_before_its_parts(rules: LinkRules) -> None:
    said = facts(1, "2026-01-01", mw(40, "initial"), mw(500, "total"), mw(120, "phase"), mw(700, "unspecified"))
    row = project_row(said, rules, TODAY)
    assert (row.capacity_mw, row.capacity_initial_mw) == (500, 40)
    assert project_row(facts(1, None, mw(1.5, "initial")), rules, TODAY).capacity_mw == 1.5


def test_most_stories_win_and_copies_count_once(rules: LinkRules) -> None:
    copies = [fact for n in range(2, 12) for fact in facts(n, "2026-01-05", mw(386), story=2)]
    said = [*facts(20, "2026-01-05", mw(500), story=20), *facts(21, "2026-01-06", mw(500), story=21), *copies]
    assert project_row(said, rules, TODAY).capacity_mw == 500


def test_official_over_press_over_aggregator(rules: LinkRules) -> None:
    said = [*facts(1, "2026-01-05", mw(386), source="official"), *facts(2, "2026-01-06", mw(500), source="general"),
            *facts(3, "2026-01-07", mw(900), source="aggregator")]
    assert project_row(said, rules, TODAY).capacity_mw == 386
    assert project_row(said[1:], rules, TODAY).capacity_mw == 500


def test_a_later_figure_replaces_an_old_majority(rules: LinkRules) -> None:
    old = [fact for n in range(4) for fact in facts(n, "2024-05-08", mw(386))]
    assert project_row([*old, *facts(9, "2024-06-01", mw(500))], rules, TODAY).capacity_mw == 386
    assert project_row([*old, *facts(9, "2025-11-01", mw(500))], rules, TODAY).capacity_mw == 500


def test_nearly_equal_figures_are_one(rules: LinkRules) -> None:
    said = [*facts(1, "2026-01-05", mw(386)), *facts(2, "2026-01-05", mw(385)), *facts(3, "2026-01-06", mw(500))]
    assert project_row(said, rules, TODAY).capacity_mw in (385, 386)


def test_a_conversion_is_no_second_sum_and_the_first_printed_is_shown(rules: LinkRules) -> None:
    dirhams_first = facts(1, "2026-01-05", money(15e9, "MAD", 1), money(1.6e9, "USD", 9))
    row = project_row(dirhams_first, rules, TODAY)
    assert (row.investment_amount, row.investment_currency) == (15e9, "MAD")
    assert row.investment_usd == pytest.approx(1.67e9, rel=0.02)


def test_of_several_sums_of_one_story_the_whole_counts(rules: LinkRules) -> None:
    said = facts(1, "2026-01-05", money(85e6, "MAD", 1), money(370e6, "MAD", 9))
    assert project_row(said, rules, TODAY).investment_amount == 370e6
    staged = facts(1, "2026-01-05", money(2e9, "EUR", 1), money(5e8, "EUR", 9, "total"))
    assert project_row(staged, rules, TODAY).investment_amount == 5e8


def test_an_unknown_currency_is_shown_without_dollars(rules: LinkRules) -> None:
    row = project_row(facts(1, "2026-01-05", money(7e6, "XXX")), rules, TODAY)
    assert (row.investment_currency, row.investment_usd) == ("XXX", None)


def test_the_place_named_most_wins_over_where_it_was_signed(rules: LinkRules) -> None:
    said = [*facts(1, "2026-01-05", *place("Tétouan"), claim("city", 30, value_text="Austin")),
            *facts(2, "2026-01-06", claim("city", value_text="Tetouan"), claim("country", value_text="MA"))]
    row = project_row(said, rules, TODAY)
    assert (row.city, row.country) == ("Tétouan", "MA")


def test_of_two_sums_in_one_sentence_the_first_printed_is_shown(rules: LinkRules) -> None:
    sentence = "The project costs $500 million (over 5 billion dirhams)."
    sums = [Claim("investment", sentence, 40, 40 + len(sentence), value_number=amount, value_printed=printed, unit=unit)
            for amount, printed, unit in ((5e9, "5 billion dirhams", "MAD"), (5e8, "$500 million", "USD"))]
    row = project_row([Fact(one, 1, 1, "2026-05-07") for one in sums], rules, TODAY)
    assert (row.investment_amount, row.investment_currency) == (5e8, "USD")


def test_one_outlet_of_little_trust_is_one_voice_however_much_it_prints(rules: LinkRules) -> None:
    flood = [fact for n in range(10) for fact in facts(
        n, f"2026-01-{n + 1:02}", mw(900 + n), claim("status", value_text="operational"), source="search", outlet="Blog")]
    alone = project_row(flood, rules, TODAY)
    assert (alone.status, alone.single_source) == ("announced", True)
    same = [fact for n in range(10) for fact in facts(n, f"2026-01-{n + 1:02}", mw(900), source="aggregator", outlet="B")]
    press = facts(99, "2026-01-10", mw(386), source="general", outlet="Le360")
    assert project_row([*same, *press], rules, TODAY).capacity_mw == 386
    assert not project_row([*same, *press], rules, TODAY).single_source


def test_why_a_value_is_shown(rules: LinkRules) -> None:
    said = [*facts(1, "2025-07-01", mw(386), outlet="Hespress"), *facts(2, "2025-07-09", mw(386), outlet="Le360"),
            *facts(3, "2025-07-09", mw(386), outlet="Le360"), *facts(4, "2025-07-08", mw(386), outlet="Medias24"),
            *facts(5, "2025-07-09", mw(500), outlet="العمق")]
    row = project_row(said, rules, date(2025, 8, 1))
    assert row.why["capacity_mw"].text == "386 MW: Le360, 2025-07-09; 3 of 4 outlets (most outlets); against 500 MW of العمق"
    assert row.why["status"].text == "announced: no article reports more than the plan"
    official = [*said, *facts(6, "2025-07-09", mw(40), source="official", outlet="Ministry", story=6)]
    assert "(most outlets)" in project_row(official, rules, date(2025, 8, 1)).why["capacity_mw"].text
    assert "(most trusted)" in project_row([*said[-1:], *official[-1:]], rules, TODAY).why["capacity_mw"].text


@pytest.mark.parametrize(("said", "expected"), [
    (facts(1, "2024-05-08", mw(40, "initial")), ("capacity_mw", "40 MW (initial): outlet unknown, 2024-05-08; 1 of 1 outlet")),
    (facts(1, None, mw(40)), ("capacity_mw", "40 MW: outlet unknown, undated; 1 of 1 outlet")),
    ([*facts(1, "2024-05", mw(40)), *facts(2, "2024-05-02", mw(40))],
     ("capacity_mw", "40 MW: outlet unknown, 2024-05; 2 of 2 outlets")),  # as precise as printed, never the month's end
    (facts(1, "2024-05", claim("doubt")), ("status", "suspended: inferred from silence, no report since 2024-05")),
    (facts(1, "2024-05-08", money(5e8), outlet="A"), ("investment", "500,000,000 USD: A, 2024-05-08; 1 of 1 outlet")),
    (facts(1, "2024-05-08", claim("doubt")),
     ("status", "suspended: inferred from silence, no report since 2024-05-08")),
    ([*facts(1, "2026-01-01", claim("status", value_text="agreement"), outlet="A"),
      *facts(2, "2026-02-01", claim("status", value_text="suspended"), outlet="B")],
     ("status", "suspended: B, 2026-02-01; 1 of 2 outlets")),
])
def test_reasons_of_other_columns(said: list[Fact], expected: tuple[str, str], rules: LinkRules) -> None:
    assert project_row(said, rules, TODAY).why[expected[0]].text == expected[1]
