"""Each decision changes the rows at once, holds when everything is settled anew, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from crawler.curation.actions import Curator, Made
from crawler.errors import UsageError
from crawler.settling import settle
from storage import decisions, slugs
from storage.engine import reading, writing
from tests.curation.room import Answers, curator, fill, members, row, seen

MRX2, MRX3, TAFUKT, ISLY = "mrx-2-casablanca-ma", "maroxia-rabat-ma", "tafukt-ouarzazate-ma", "isly-oujda-ma"


def settled(engine: Engine) -> None:
    settle(engine, curator(engine).joiner)


def test_the_stock_is_what_the_tests_think(stock: Engine) -> None:
    assert {slug for slug, in seen(stock)["projects"]} >= {MRX2, MRX3, TAFUKT, ISLY}


Decide = Callable[[Curator, Engine], Made]
DECISIONS: dict[str, Decide] = {
    "merge": lambda by, _: by.merge(MRX2, MRX3, "one campus"),
    "split": lambda by, engine: by.split(TAFUKT, members(engine, TAFUKT)[:1], "another site"),
    "rename": lambda by, _: by.rename(ISLY, "مركز إسلي", None),
    "set": lambda by, _: by.set(MRX2, "capacity_mw", "21.5", "asked the operator"),
    "reject": lambda by, engine: by.reject(members(engine, ISLY)[0], "about a fibre ring"),
    "unlink": lambda by, engine: by.unlink(members(engine, MRX2)[0], MRX2, "about the park next door"),
    "different": lambda by, _: by.different(MRX2, TAFUKT, None),
    "follow": lambda by, _: by.follow(TAFUKT),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_holds_when_all_is_settled_anew_and_undo_restores(name: str, stock: Engine) -> None:
    before = seen(stock)
    made = DECISIONS[name](curator(stock), stock)
    after = seen(stock)
    assert (after == before) == (name in {"follow", "different"})
    settled(stock)
    assert seen(stock) == after
    curator(stock).undo(made.id)
    assert seen(stock) == before
    settled(stock)
    assert seen(stock) == before


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_holds_where_everything_comes_in_once_more(name: str, stock: Engine, answers: Answers) -> None:
    DECISIONS[name](curator(stock), stock)
    after = seen(stock)
    fill(stock, list(reversed(answers)))
    assert seen(stock) == after


def test_merge_keeps_one_slug_and_the_other_leads_to_it(stock: Engine) -> None:
    together = sorted(members(stock, MRX2) + members(stock, MRX3))
    curator(stock).merge(MRX2, MRX3, "one campus")
    assert members(stock, MRX2) == together
    assert (MRX3,) not in seen(stock)["projects"]
    with reading(stock) as conn:
        assert slugs.resolve(conn, MRX3) == slugs.resolve(conn, MRX2) is not None
    curator(stock).rename(MRX3, "MRX campus")
    assert row(stock, MRX2)["name"] == "MRX campus"


def test_split_makes_a_project_with_a_slug_of_its_own(stock: Engine) -> None:
    url = members(stock, TAFUKT)[0]
    made = curator(stock).split(TAFUKT, [url], "another site", name="Tafukt II")
    new = made.text.rsplit(" ", 1)[1]
    assert new != TAFUKT
    assert url in members(stock, new)
    assert url not in members(stock, TAFUKT)
    assert row(stock, new)["name"] == "Tafukt II"
    curator(stock).merge(TAFUKT, new, "after all")
    assert url in members(stock, TAFUKT)


def test_a_set_value_stands_in_the_row_with_its_reason(stock: Engine) -> None:
    by = curator(stock)
    by.set(MRX2, "investment_amount", "2e9", "budget law")
    by.set(MRX2, "investment_currency", "eur", "budget law")
    by.set(MRX2, "status", "suspended", "seen on site")
    by.set(MRX2, "city", "none", "unknown after all")
    shown = row(stock, MRX2)
    assert (shown["investment_amount"], shown["investment_currency"], shown["status"]) == (2e9, "EUR", "suspended")
    assert shown["investment_usd"] > 2e9
    assert (shown["city"], shown["latitude"]) == (None, None)
    assert shown["why"]["status"]["text"].startswith("suspended: set by ana, ")
    assert shown["why"]["status"]["text"].endswith(": seen on site")


def test_a_rejected_article_stays_but_speaks_of_nothing(stock: Engine) -> None:
    url = members(stock, ISLY)[0]
    curator(stock).reject(url, "about a fibre ring")
    found = seen(stock)
    assert (url,) in found["articles"]
    assert not [key for key in (*found["claims"], *found["article_projects"]) if key[0] == url]


def test_followed_projects(stock: Engine) -> None:
    by = curator(stock)
    by.follow(TAFUKT)
    by.follow(ISLY)
    by.follow(ISLY, on=False)
    with reading(stock) as conn:
        assert decisions.followed(conn) == {TAFUKT}


@pytest.mark.parametrize(("decide", "message"), [
    (lambda by: by.rename("isly-oujda", "X"), "no project 'isly-oujda'; did you mean 'isly-oujda-ma'?"),
    (lambda by: by.merge(ISLY, ISLY), "are one project already"),
    (lambda by: by.rename(ISLY, " "), "a name is needed"),
    (lambda by: by.set(ISLY, "capacity", "5", "x"), "'capacity' cannot be set; did you mean 'capacity_mw'"),
    (lambda by: by.set(ISLY, "capacity_mw", "many", "x"), "capacity_mw is a number"),
    (lambda by: by.set(ISLY, "capacity_mw", "-1", "x"), "lies between 0 and"),
    (lambda by: by.set(ISLY, "status", "built", "x"), "a status is one of announced"),
    (lambda by: by.set(ISLY, "country", "Morocco", "x"), "ISO code of two letters"),
    (lambda by: by.set(ISLY, "investment_currency", "euro", "x"), "ISO code of three letters"),
    (lambda by: by.set(ISLY, "doubted", "maybe", "x"), "yes or no"),
    (lambda by: by.set(ISLY, "status", "approved", None), "--because"),
    (lambda by: by.reject("https://nowhere.example/x", "x"), "no article 'https://nowhere.example/x'"),
    (lambda by: by.split(ISLY, members(by.engine, ISLY)), "all articles of"),
    (lambda by: by.split(ISLY, members(by.engine, MRX2)[:1]), "is not an article of isly-oujda-ma"),
    (lambda by: by.unlink(members(by.engine, MRX2)[0], ISLY), "is not linked to isly-oujda-ma"),
    (lambda by: by.undo(), "no decision to take back"),
    (lambda by: by.undo(7), "no decision 7"),
])
def test_what_cannot_be_meant_says_why(decide: Callable[[Curator], Made], message: str, stock: Engine) -> None:
    before = seen(stock)
    with pytest.raises(UsageError) as caught:
        decide(curator(stock))
    assert message in str(caught.value)
    assert seen(stock) == before
    with reading(stock) as conn:
        assert decisions.every(conn) == []


def test_a_decision_is_taken_back_once(stock: Engine) -> None:
    made = curator(stock).follow(ISLY)
    curator(stock).undo()
    with pytest.raises(UsageError, match="was taken back on"):
        curator(stock).undo(made.id)


def test_both_databases_store_decisions(database: Engine) -> None:
    with writing(database) as conn:
        number = decisions.add(conn, at="2026-01-01T00:00:00Z", who="ana", action="follow", target="é",
                               arguments={"articles": {"é": ["https://a.example/é"]}})
        assert decisions.active(conn)[0]["arguments"] == {"articles": {"é": ["https://a.example/é"]}}
        assert decisions.anchors(conn) == {"é": ["https://a.example/é"]}
        decisions.undo(conn, number, at="2026-01-02T00:00:00Z")
        assert decisions.active(conn) == []
        with pytest.raises(ValueError, match="no such action"):
            decisions.add(conn, at="2026-01-01T00:00:00Z", who="ana", action="burn", target="é")
