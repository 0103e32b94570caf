from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from storage import articles
from storage.engine import open_database, reading, writing
from storage.search import SNIPPET, put, search, snippet


def fold(printed: str) -> str:
    """A folding as the caller would bring one: case, accents, the forms of Alif."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", printed) if not unicodedata.combining(c))
    return plain.casefold().replace("ى", "ي").replace("ة", "ه")


STORIES = {
    "fr": ("Un centre de données à Tétouan",
           "Le projet Iozera prévoit 386 MW à Tétouan.\n\nL'accord a été signé en mai."),
    "ar": ("مركز بيانات في الداخلة", "أعلنت الشركة إنشاء مركزٍ للبيانات في الداخلة بقدرة 500 ميغاواط."),
    "en": ("Data center in Dakhla", "The developer plans a data-center campus (386MW) near Dakhla, says O'Brien."),
    "es": ("Otra noticia", "El año pasado no pasó nada en Tetuán."),
}


def add(engine: Engine, name: str, title: str | None, body: str) -> int:
    url = f"https://example.org/{name}"
    row = {"url": url, "canonical_url": url, "title": title, "text": body, "language": name[:2],
           "fetched_at": "2026-01-05T10:00:00Z", "outlet": "Example", "published_at": "2024-05-07"}
    with writing(engine) as conn:
        number = articles.upsert(conn, row)
        put(conn, number, fold(title or ""), fold(body))
    return number


@pytest.fixture
def stored(database: Engine) -> Engine:
    for name, (title, body) in STORIES.items():
        add(database, name, title, body)
    return database


def find(engine: Engine, query: str) -> list[str]:
    with reading(engine) as conn:
        return [row["language"] for row in search(conn, fold(query).split(), fold=fold)]


@pytest.mark.parametrize(("query", "languages"), [
    ("tétouan", ["fr"]), ("TETOUAN", ["fr"]), ("donnees Iozera", ["fr"]), ("الداخله", ["ar"]), ("اعلنت", ["ar"]),
    ("مركز", ["ar"]), ("dakhla", ["en"]), ("data-center", ["en"]), ("386mw", ["en"]), ("386 MW", ["fr"]),
    ("o'brien", ["en"]),
    ("ano pasado", ["es"]), ("camp", ["en"]), ("ca", []), ("iozera dakhla", []), ("", []), ("- !", [])])
def test_all_languages_are_found_folded(stored: Engine, query: str, languages: list[str]) -> None:
    assert find(stored, query) == languages


def test_a_hit_tells_what_to_print(stored: Engine) -> None:
    with reading(stored) as conn:
        row = search(conn, ["signe"], fold=fold)[0]
    assert {name: row[name] for name in ("title", "url", "outlet", "published_at", "language")} == {
        "title": "Un centre de données à Tétouan", "url": "https://example.org/fr", "outlet": "Example",
        "published_at": "2024-05-07", "language": "fr"}
    assert "été signé en mai" in row["snippet"]


def test_titles_weigh_more_and_the_limit_holds(database: Engine) -> None:
    add(database, "one", "Other news", "campus " + "filler " * 50)
    title = add(database, "two", "Campus", "something else " * 20)
    with reading(database) as conn:
        assert [row["id"] for row in search(conn, ["campus"], 1)] == [title]
        assert len(search(conn, ["campus"], 5)) == 2
        assert search(conn, ["campus"], 0) == []


def test_the_index_follows_the_article(stored: Engine) -> None:
    add(stored, "fr", None, "Tout autre chose.")
    assert find(stored, "tetouan") == []
    assert find(stored, "autre chose") == ["fr"]
    with writing(stored) as conn:
        conn.execute(text("DELETE FROM articles WHERE language = 'fr'"))
    assert find(stored, "autre chose") == []
    with reading(stored) as conn:
        assert conn.execute(text("SELECT count(*) FROM articles_search")).scalar_one() == 3


def test_a_text_of_any_length_is_indexed(database: Engine) -> None:
    add(database, "long", "Long", "early " + " ".join(f"كلمة{n}" for n in range(60_000)))
    assert find(database, "early") == ["lo"]


def test_a_snippet_shows_where_most_words_meet() -> None:
    printed = "campus alone. " + "filler words here. " * 40 + "the campus of Dakhla. " + "more words here. " * 40
    shown = snippet(printed, ["campus", "dakhla"], fold)
    assert "the campus of Dakhla" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= SNIPPET + 4
    assert snippet("Short text.", ["none"], fold) == "Short text."
    assert snippet("", ["none"], fold) == ""


@pytest.fixture(scope="module")
def one_article(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("search") / "marsad.db"
    engine = open_database(f"sqlite:///{path}")
    add(engine, "en", *STORIES["en"])
    yield engine
    engine.dispose()


HOSTILE = st.one_of(st.text(), st.text(st.sampled_from("\"'*^:()-+{}<>&|!\\%_;,.~@ \0\ud800aAND OR NOT NEAR")))


@given(st.lists(HOSTILE, max_size=6), st.integers(-1, 30))
def test_no_search_text_fails(one_article: Engine, words: list[str], limit: int) -> None:
    with reading(one_article) as conn:
        assert isinstance(search(conn, words, limit), list)


@pytest.mark.postgres
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(words=st.lists(HOSTILE, max_size=6))
def test_no_search_text_fails_on_either(stored: Engine, words: list[str]) -> None:
    with reading(stored) as conn:
        assert isinstance(search(conn, words), list)


@settings(max_examples=50)
@given(st.text(max_size=400), st.lists(st.text(max_size=8), max_size=3))
def test_no_text_fails_in_the_index(one_article: Engine, printed: str, words: list[str]) -> None:
    clean = printed.replace("\0", " ")
    add(one_article, "any", clean, clean)
    with reading(one_article) as conn:
        assert isinstance(search(conn, [*words, *fold(clean).split()[:2]], fold=fold), list)
