"""A changed article: what it said before is kept, today's row and claims are the new ones, and the change is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from crawler.changing import says_the_same
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.settings import load_settings
from crawler.keeping import Kept
from crawler.linking import line_hash
from crawler.pipeline import Record, Rules, Understood, load_rules, read, understand
from crawler.reading.document import Page, Unreadable
from crawler.run import Run, running
from storage import articles, claims, raw, versions
from storage.engine import reading, writing

URL = "https://example.org/news/1"
TITLE = "Orient Digital to build a data center in Dakhla"
TEXT = ("Orient Digital will build a data center of {mw} MW in Dakhla, Morocco, the company announced on Monday.\n\n"
        "The data center campus costs 500 million dollars. {more}Construction begins in 2027, the statement said.")


@pytest.mark.parametrize(("before", "after", "same"), [
    ("a data center of 500 MW", "a  data center\n\nof 500 MW.", True),
    ("« Électricité »", '"electricite"', True),
    ("of 500 MW", "of 50 MW", False),
    ("of 4.5 MW", "of 45 MW", False),
    ("of 4.5 MW", "of 4,5 MW", False),
    ("الْمَغْرِب", "المغرب", True),
    ("text\nRead also: the menu", "text", True),
    ("text\nA line of its own", "text", False),
    ("", "text", False),
])
def test_what_makes_another_text(before: str, after: str, same: bool) -> None:
    furniture = {line_hash("Read also: the menu")}
    assert says_the_same(("t", before), ("t", after), furniture) is same
    assert says_the_same((before, "t"), (after, "t"), furniture) is same


@dataclass
class Desk:
    """Reads and stores what a source says about one address."""

    run: Run
    rules: Rules
    engine: Engine

    def keep(self, mw: int = 500, *, more: str = "", url: str = URL, title: str = TITLE, at: str = "2026-05-07T10:00:00Z",
             again: bool = False, **fields: str) -> Kept:
        work = Record(url, {"title": title, "text": TEXT.format(mw=mw, more=more), **fields})
        document = read(work)
        assert not isinstance(document, Unreadable)
        answer = understand(document, self.rules)
        assert isinstance(answer, Understood)
        return self.run.keeper.keep_again(work, answer) if again else self.run.keeper.keep(
            work, answer, fetched_at=at, source_id="wire")

    def row(self) -> dict[str, object]:
        with reading(self.engine) as conn:
            found = articles.find(conn, URL)
            assert found is not None
            return found

    def changes(self) -> list[tuple[str, str | None, str | None, str]]:
        with reading(self.engine) as conn:
            return [(c.kind, c.before, c.after, c.at) for c in versions.changes(conn, versions.changed_articles(conn))]


@pytest.fixture(scope="module")
def rules() -> Rules:
    folder = ConfigFolder(PACKAGED)
    return load_rules(folder, load_settings(folder, {}).topic)


@pytest.fixture
def desk(database: Engine, rules: Rules) -> Iterator[Desk]:
    folder = ConfigFolder(PACKAGED)
    with running(database, folder, load_settings(folder, {}), "ingest") as run:
        yield Desk(run, rules, database)


def test_500_mw_that_became_50_can_be_seen(desk: Desk) -> None:
    first = desk.keep(500)
    assert (first.new, first.changed) == (True, False)
    second = desk.keep(50, at="2026-05-09T08:00:00Z")
    assert (second.new, second.changed, second.article_id) == (False, True, first.article_id)
    assert "50 MW" in str(desk.row()["text"])
    with reading(desk.engine) as conn:
        assert first.article_id is not None
        (version,) = versions.of_article(conn, first.article_id)
        said = {(c["kind"], c["value_number"]) for c in claims.of_article(conn, first.article_id)}
        (change,) = versions.changes(conn, [first.article_id])
    assert "500 MW" in version["text"]
    assert (version["fetched_at"], version["replaced_at"]) == ("2026-05-07T10:00:00Z", "2026-05-09T08:00:00Z")
    assert ("capacity", 50.0) in said
    assert ("capacity", 500.0) not in said
    assert (change.kind, change.before, change.after, change.at) == ("capacity", "500 MW", "50 MW", "2026-05-09T08:00:00Z")
    assert "500 MW" in (change.quote_before or "")
    assert "50 MW" in (change.quote_after or "")


def test_a_change_and_its_way_back_are_two(desk: Desk) -> None:
    for day, mw in enumerate((500, 50, 500)):
        desk.keep(mw, at=f"2026-05-0{7 + day}T10:00:00Z")
    assert desk.changes() == [("capacity", "500 MW", "50 MW", "2026-05-08T10:00:00Z"),
                              ("capacity", "50 MW", "500 MW", "2026-05-09T10:00:00Z")]


@pytest.mark.parametrize("change", [
    lambda desk: desk.keep(),
    lambda desk: desk.keep(published="2026-05-09"),
    lambda desk: desk.keep(title=TITLE.upper()),
    lambda desk: desk.keep(50, again=True),
], ids=["nothing", "a new date", "letters", "reprocess"])
def test_what_is_no_new_version(desk: Desk, change: Callable[[Desk], Kept]) -> None:
    desk.keep()
    kept = change(desk)
    assert (kept.new, kept.changed) == (False, False)
    with reading(desk.engine) as conn:
        assert versions.count(conn) == 0


def test_a_changed_text_with_the_same_claims_is_a_version_without_a_change_of_claims(desk: Desk) -> None:
    kept = desk.keep()
    desk.keep(more="The ministry welcomed the plan in a short statement on Monday. ")
    with reading(desk.engine) as conn:
        assert versions.count(conn, kept.article_id) == 1
    assert desk.changes() == []


def test_reading_it_again_makes_no_furniture_of_its_lines(desk: Desk) -> None:
    for _ in range(6):
        kept = desk.keep()
    desk.keep(50)
    assert kept.article_id is not None
    assert [change[:3] for change in desk.changes()] == [("capacity", "500 MW", "50 MW")]


def test_where_no_copy_may_be_kept_there_is_the_article_alone(desk: Desk, database: Engine) -> None:
    paragraphs = TEXT.format(mw=1, more="").replace("\n\n", "</p><p>")
    work = Page(URL, f"<html><title>{TITLE}</title><article><h1>{TITLE}</h1><p>{paragraphs}</p></article>".encode(), archive=False)
    document = read(work)
    assert not isinstance(document, Unreadable)
    kept = desk.run.keeper.keep(work, understand(document, desk.rules))
    with writing(database) as conn:
        assert articles.get(conn, kept.article_id or 0) is not None
        assert raw.urls(conn) == set()
        articles.delete(conn, [kept.article_id or 0])
        assert versions.count(conn) == 0


@pytest.mark.parametrize(("before", "after", "told"), [
    ([], [{"kind": "capacity", "value_number": 5.0, "unit": "MW"}], [(None, "5 MW")]),
    ([{"kind": "status", "value_text": "announced"}], [{"kind": "status", "value_text": "cancelled"}], [("announced", "cancelled")]),
    ([{"kind": "milestone", "value_text": "operational", "date": "2026"}],
     [{"kind": "milestone", "value_text": "operational", "date": "2028"}], [("operational 2026", "operational 2028")]),
    ([{"kind": "name", "value_text": "A"}], [{"kind": "name", "value_text": "B"}], []),
    ([{"kind": "investment", "value_number": 1e9, "unit": "USD"}],
     [{"kind": "investment", "value_number": 1e9, "unit": "USD", "modality": "denied"}],
     [("1000000000 USD", "1000000000 USD (denied)")]),
    ([{"kind": "capacity", "value_number": 5.0, "unit": "MW", "project_id": 1}],
     [{"kind": "capacity", "value_number": 5.0, "unit": "MW", "project_id": 2}], []),
])
def test_claims_compared(before: list[dict[str, object]], after: list[dict[str, object]],
                         told: list[tuple[str | None, str | None]]) -> None:
    plain = {"project_id": 1, "stage": "total", "value_number": None, "value_text": None, "unit": None, "date": None,
             "modality": "stated", "quote": "q"}
    found = versions.compared(7, [plain | row for row in before], [plain | row for row in after], "2026-05-07T10:00:00Z")
    assert [(change.before, change.after) for change in found] == told


def html(desk: Desk, url: str, canonical: str, title: str, paragraphs: str) -> Kept:
    work = Page(url, f"<html><head><title>{title}</title><link rel='canonical' href='{canonical}'></head><body><article><h1>{title}"
                     f"</h1><p>{paragraphs}</p></article></body></html>".encode())
    document = read(work)
    assert not isinstance(document, Unreadable)
    return desk.run.keeper.keep(work, understand(document, desk.rules))


def test_a_template_that_calls_all_its_pages_one_costs_no_article(desk: Desk) -> None:
    said = TEXT.format(mw=500, more="").replace("\n\n", "</p><p>")
    first = html(desk, URL, URL, TITLE, said)
    twin = html(desk, f"{URL}-print", URL, TITLE, said)
    other = html(desk, "https://example.org/news/2", URL, "Atlas Cloud opens its data center near Tangier",
                 "Atlas Cloud has opened a data centre with 12 MW beside the port of Tangier, in the north of Morocco.</p><p>"
                 "Its halls hold two thousand racks; the king's adviser cut the ribbon, and customers from Spain attended.")
    assert (first.outcome.value, twin.outcome.value, other.outcome.value) == ("matched", "duplicate_url", "matched")
    assert other.new
    with reading(desk.engine) as conn:
        assert set(articles.known(conn, [URL, "https://example.org/news/2"])) == {URL, "https://example.org/news/2"}
