"""Lines that a source prints on page after page leave the text, and quotes stay true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from crawler.auditing import audit
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.setup import set_up
from crawler.keeping import Keeper
from crawler.outcomes import Outcome
from crawler.pipeline import Record, Rules, TextFile, Understood, Work, load_rules, read, understand
from crawler.reading import Document, Unreadable, without_known_lines
from crawler.remembering import memory_of
from crawler.run import make_joiner
from crawler.settling import settle
from storage.engine import open_database, reading

TOWNS = ("Larache", "Nador", "Safi", "Taza", "Settat", "Oujda")
TICKER = "Rif Calcul ouvre un data center de 900 MW à Dakhla +++ La bourse clôture en hausse +++ Pluie attendue samedi"
NOTE = "Recevez chaque matin l'essentiel de l'économie dans votre boîte"
ABOUT = "Ribat Compute exploite aussi un data center de 12 MW à Rabat, ouvert en 2021 près de la technopole."


def story(place: int) -> str:
    town = TOWNS[place]
    return (f"La société Ribat Compute a annoncé la construction à {town} d'un data center d'une capacité de {40 + place} MW, pour un "
            f"investissement de {place + 2} milliards de dirhams.\n\n{TICKER}\n\nLes travaux du centre de données de {town} doivent "
            f"démarrer au premier trimestre {2027 + place}, a précisé le directeur devant la presse locale réunie à {town}.\n\n"
            f"{ABOUT}\n\n{NOTE}")


def record(place: int) -> Work:
    title = f"{TOWNS[place]} aura un data center de {40 + place} MW"
    return Record(f"https://lephare.example/eco/{place}", {"title": title, "text": story(place)})


def text_file(place: int) -> Work:
    return TextFile(f"file:///press/{place}.txt", f"{TOWNS[place]} aura un data center\n\n{story(place)}".encode())


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(ConfigFolder(PACKAGED), "data-center-projects")


@pytest.fixture
def keeper(database: Engine, rules: Rules) -> Keeper:
    return Keeper(database, make_joiner(ConfigFolder(PACKAGED)), again=lambda document: understand(document, rules))


def understood(work: Work, rules: Rules) -> Understood:
    document = read(work)
    assert not isinstance(document, Unreadable)
    return understand(document, rules)


@pytest.mark.parametrize("kind", [record, text_file])
def test_the_fourth_page_is_kept_without_them(keeper: Keeper, rules: Rules, kind: type) -> None:
    works = [kind(place) for place in range(6)]
    for work in works:
        keeper.keep(work, understood(work, rules))
    with reading(keeper.engine) as conn:
        texts = list(conn.execute(text("SELECT text FROM articles ORDER BY url")).scalars())
        quotes = conn.execute(text(
            "SELECT c.quote, substr(a.text, c.quote_start + 1, c.quote_end - c.quote_start) FROM claims c JOIN articles a "
            "ON a.id = c.article_id")).all()
    assert [NOTE in body for body in texts] == [True] * 3 + [False] * 3
    assert [TICKER in body for body in texts] == [True] * 3 + [False] * 3
    assert all(ABOUT in body for body in texts), "a sentence that states a fact stays"
    assert all(TOWNS[place] in body for place, body in enumerate(texts))
    assert len(quotes) > 20
    assert all(quote == there for quote, there in quotes)


def test_a_page_that_is_read_again_is_read_alike(keeper: Keeper, rules: Rules) -> None:
    for place in range(4):
        keeper.keep(record(place), understood(record(place), rules))
    known = (NOTE, TICKER)
    with reading(keeper.engine) as conn:
        stored = conn.execute(text("SELECT text FROM articles WHERE url LIKE '%/3'")).scalar_one()
    again = read(replace(record(3), hints=replace(record(3).hints, known_lines=known)))
    assert isinstance(again, Document)
    assert again.text == stored
    with reading(keeper.engine) as conn:
        hints = conn.execute(text("SELECT hints FROM raw_pages WHERE url LIKE '%/3'")).scalar_one()
    assert all(line.split(" +")[0].split("'")[0] in str(hints) for line in known)


class Silent:
    def page(self, source_id: str, outcome: Outcome) -> None:
        pass


def test_a_rebuild_from_stored_pages_gives_the_same_rows(tmp_path: Path, rules: Rules) -> None:
    engine, joiner = open_database(f"sqlite:///{tmp_path / 'a.db'}"), make_joiner(ConfigFolder(PACKAGED))
    first = Keeper(engine, joiner, again=lambda document: understand(document, rules))
    for place in range(5):
        first.keep(record(place), understood(record(place), rules))
    settle(engine, joiner)
    found = audit(engine, set_up(PACKAGED), f"sqlite:///{tmp_path / 'b.db'}", Silent(), stopped=lambda: False)
    engine.dispose()
    assert found.differences == []
    assert found.pages == 5


def test_copies_of_one_story_lose_nothing(keeper: Keeper, rules: Rules) -> None:
    for place in range(6):
        work = Record(f"https://lephare.example/copie/{place}", {"title": "Larache aura un data center", "text": story(0)})
        keeper.keep(work, understood(work, rules))
    with reading(keeper.engine) as conn:
        texts = set(conn.execute(text("SELECT text FROM articles")).scalars())
    assert all("La société Ribat Compute" in body and "Les travaux" in body for body in texts)


@pytest.mark.parametrize(("known", "left"), [
    ((), "aaaa\n\nbbbb\ncccc\n\ndddd"), (("bbbb",), "aaaa\n\ncccc\n\ndddd"), (("aaaa",), "bbbb\ncccc\n\ndddd"),
    (("aaa",), "aaaa\n\nbbbb\ncccc\n\ndddd"), (("aaaa", "bbbb", "cccc"), "aaaa\n\nbbbb\ncccc\n\ndddd"),
])
def test_whole_lines_only_and_never_most_of_a_text(known: tuple[str, ...], left: str) -> None:
    document = Document("https://x.example/", "https://x.example/", "x", "aaaa\n\nbbbb\ncccc\n\ndddd", "fr")
    assert without_known_lines(document, known).text == left


@pytest.mark.parametrize(("source", "url", "memory"), [
    ("le-phare", "https://lephare.example/1", "le-phare"), (None, "https://www.lephare.example/1", "host:lephare.example"),
    (None, "file:///press/a/1.txt", "file:///press/a"), (None, "file:///press/lines.jsonl#line=3", "file:///press/lines.jsonl"),
])
def test_whose_memory_it_is(source: str | None, url: str, memory: str) -> None:
    assert memory_of(source, url) == memory
