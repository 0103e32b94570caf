"""Projects that may be one: shown side by side until a person has answered."""

from __future__ import annotations

import io
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Engine

from crawler.commands.review import show_pair
from crawler.curation.pairs import answer, open_pairs, pair_id
from crawler.errors import UsageError
from crawler.pipeline import Record, Understood
from storage import claims, decisions, projects, slugs
from storage.engine import open_database, reading, writing
from tests.curation.room import as_read, curator, fill, members, row
from tests.curation.test_actions import MRX2, MRX3

ALPHA, BETA = "alpha-compute-dakhla-ma", "beta-grid-dakhla-ma"


# In words of their own: two texts of one make would be near copies.
_TOLD = (
    ("{company} said on Monday that it will build a data center of {mw} MW in {city}, Morocco. Work on the site is to "
    "begin next year, and the first halls should open eighteen months later."),
    ("A campus for cloud customers is planned by {company} on the edge of {city}, Morocco: the data center would draw "
    "{mw} MW when it is complete, according to papers that the firm filed with the province in October."),
    ("In {city}, Morocco, the mayor has welcomed {company}, which wants to open a small data center of {mw} MW beside the "
    "university and to train sixty technicians there."),
)


def told(number: int, company: str, city: str, mw: int) -> tuple[Record, Understood]:
    """An announcement, read."""
    work = Record(f"https://{company.split(maxsplit=1)[0].lower()}.example/news", {
        "title": f"{company} to build a data center in {city}", "published": "2026-11-02",
        "text": _TOLD[number].format(company=company, city=city, mw=mw), "outlet": company.split(maxsplit=1)[0] + " Daily"})
    return work, as_read(work)


@pytest.fixture(scope="module")
def doubt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("doubt") / "doubt.db"
    engine = open_database(f"sqlite:///{path}")
    fill(engine, [told(0, "Alpha Compute", "Dakhla", 386), told(1, "Beta Grid", "Dakhla", 300),
                  told(2, "Gamma Hosting", "Fès", 7)])
    engine.dispose()
    return path


@pytest.fixture
def doubtful(doubt: Path, tmp_path: Path) -> Engine:
    """Two projects near the line (one city, other companies), and one that is neither's."""
    shutil.copyfile(doubt, tmp_path / "doubt.db")
    return open_database(f"sqlite:///{tmp_path / 'doubt.db'}")


def pairs(engine: Engine) -> list[tuple[str, str, bool]]:
    return [(pair.a.slug, pair.b.slug, pair.later) for pair in open_pairs(engine, curator(engine).joiner).pairs]


def test_what_is_near_the_line_is_asked_side_by_side(doubtful: Engine) -> None:
    shown = open_pairs(doubtful, curator(doubtful).joiner)
    found = shown.pairs
    assert shown.total == 1
    assert open_pairs(doubtful, curator(doubtful).joiner, 0).pairs == []
    assert [(pair.a.slug, pair.b.slug) for pair in found] == [(ALPHA, BETA)]
    pair = found[0]
    assert pair.id == pair_id(BETA, ALPHA)
    assert 0 < pair.score < 1
    assert any(reason.startswith("the same city") or "city" in reason for reason in pair.reasons)
    assert asdict(pair)["a"]["titles"][0]["title"] == "Alpha Compute to build a data center in Dakhla"
    out = io.StringIO()
    show_pair(Console(file=out, width=160), pair, 1, 1)
    for words in (ALPHA, BETA, "Dakhla, MA", "386 MW", "Alpha Compute to build", "Beta Grid", pair.id):
        assert words in out.getvalue()


def test_no_is_never_asked_again_and_undo_asks_again(doubtful: Engine) -> None:
    by = curator(doubtful)
    answer(by, pair_id(ALPHA, BETA), "no", "two fences")
    assert pairs(doubtful) == []
    with reading(doubtful) as conn:
        assert [row["action"] for row in decisions.active(conn)] == ["different"]
    by.undo()
    assert pairs(doubtful) == [(ALPHA, BETA, False)]


def test_later_puts_it_last(doubtful: Engine) -> None:
    answer(curator(doubtful), pair_id(ALPHA, BETA), "later")
    assert pairs(doubtful) == [(ALPHA, BETA, True)]


def test_yes_makes_them_one(stock: Engine) -> None:
    by = curator(stock)
    together = sorted(members(stock, MRX2) + members(stock, MRX3))
    with writing(stock) as conn:  # the linking left the question open
        ids = {slug: slugs.resolve(conn, slug) or 0 for slug in (MRX2, MRX3)}
        article = projects.articles_of(conn, ids[MRX3], role="main")[0]
        projects.link(conn, article, ids[MRX3], role="main", decision="review", runner_up=ids[MRX2])
        assert claims.organizations(conn, ids[MRX2])
    found = [pair for pair in open_pairs(stock, by.joiner).pairs if {pair.a.slug, pair.b.slug} == {MRX2, MRX3}]
    assert [pair.asked for pair in found] == ["review"]
    answer(by, found[0].id, "yes", "one campus")
    assert members(stock, found[0].a.slug) == together
    assert row(stock, found[0].a.slug)["article_count"] == len(together)


@pytest.mark.parametrize(("which", "said", "message"), [
    ("nothing", "yes", "no open pair 'nothing'"), (pair_id(ALPHA, BETA), "perhaps", "answer yes, no or later")])
def test_wrong_answers_say_so(which: str, said: str, message: str, doubtful: Engine) -> None:
    with pytest.raises(UsageError, match=message):
        answer(curator(doubtful), which, said)
