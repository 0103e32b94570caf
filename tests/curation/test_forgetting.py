"""What is forgotten is gone from every table and from the file, and does not come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.engine import make_url

from crawler.curation.forgetting import forget_author, forget_page_or_source
from crawler.curation.names import PAINT, painter_of
from crawler.errors import UsageError
from crawler.outcomes import Outcome
from crawler.pipeline import Record
from storage import articles, pages, sources
from storage.engine import open_database, reading, writing
from storage.schema import metadata
from tests.curation.room import FOLDER, Answers, as_read, curator, fill, members, seen
from tests.curation.test_actions import ISLY, MRX2, MRX3


def everything(engine: Engine) -> str:
    """All rows of all tables as text."""
    with reading(engine) as conn:
        return repr([conn.execute(select(table)).all() for table in metadata.sorted_tables])


def on_disk(engine: Engine) -> bytes:
    path = Path(make_url(str(engine.url)).database or "")
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def article(engine: Engine, url: str) -> dict[str, Any]:
    with reading(engine) as conn:
        row = articles.find(conn, url)
    assert row is not None
    return row


def test_a_page_is_gone_from_tables_and_file_and_stays_out(stock: Engine, answers: Answers) -> None:
    url = members(stock, MRX2)[0]
    row = article(stock, url)
    sentence = row["text"][:60]
    by = curator(stock)
    by.follow(MRX2)  # the record of this decision names the page
    assert sentence.encode() in on_disk(stock)
    forget_page_or_source(by, url, "a court said so")
    assert url not in everything(stock)
    assert sentence not in everything(stock)
    assert url.encode() not in on_disk(stock)
    assert sentence.encode() not in on_disk(stock)
    assert url not in members(stock, MRX2)
    with reading(stock) as conn:
        assert pages.known(conn, [url])[url]["outcome"] == "rejected"
        before = pages.outcomes(conn)
    fill(stock, [one for one in answers if one[0].url == row["url"]])
    assert url not in everything(stock)
    with reading(stock) as conn:
        assert pages.outcomes(conn) == before
    by.undo()
    fill(stock, answers)
    assert url in members(stock, MRX2)


def test_a_page_that_was_never_asked_can_be_forgotten(stock: Engine) -> None:
    forget_page_or_source(curator(stock), "https://new.example/page?utm_source=x", None)
    with reading(stock) as conn:
        assert "https://new.example/page" in pages.known(conn, ["https://new.example/page"])
        assert pages.known_canonical(conn, ["https://new.example/page"])
    assert "new.example" not in everything(stock)


def test_a_source_takes_all_its_articles_with_it(stock: Engine, answers: Answers) -> None:
    url = members(stock, ISLY)[0]
    with writing(stock) as conn:
        sources.sync(conn, [{"id": "kiosk", "name": "Kiosk", "kind": "general", "country": "MA"}])
        conn.execute(metadata.tables["articles"].update().where(
            metadata.tables["articles"].c.canonical_url == url).values(source_id="kiosk"))
    told = forget_page_or_source(curator(stock), "kiosk", None)
    assert "1 article," in told.text
    assert url not in everything(stock)
    from crawler.configuration.settings import load_settings
    from crawler.run import running

    with running(stock, FOLDER, load_settings(FOLDER, {}), "ingest") as run:
        kept = run.keeper.keep(*answers[0], source_id="kiosk")
    assert kept.outcome is Outcome.REJECTED


def test_what_is_neither_address_nor_source_says_so(stock: Engine) -> None:
    with pytest.raises(UsageError, match="neither an address nor a source: 'kiosk'"):
        forget_page_or_source(curator(stock), "kiosk", None)


def test_a_name_is_painted_over_everywhere_and_later_too(stock: Engine, answers: Answers) -> None:
    work, answer = answers[0]
    name = "Nadia El Fassi"
    text = f"Par nadia el-fassi. {answer.document.text}"
    signed = Record(work.url, {**work.fields, "text": text, "title": f"{name}: {work.fields['title']}"})
    again = as_read(signed)
    fill(stock, [(signed, again)])
    before = article(stock, answer.document.canonical_url)
    told = forget_author(curator(stock), name, "asked for it")
    assert "erased from 1 article" in told.text
    after = article(stock, answer.document.canonical_url)
    assert len(after["text"]) == len(before["text"])
    assert after["text"].startswith(f"Par {PAINT * 5} {PAINT * 8}.")
    for form in (name, "nadia", "Fassi", "fassi"):
        assert form not in everything(stock)
        assert form.encode() not in on_disk(stock)
    shown = seen(stock)
    fill(stock, [(signed, again)])
    assert "fassi" not in everything(stock).casefold()
    assert seen(stock) == shown


@pytest.mark.parametrize(("text", "painted"), [
    ("by Ana Ruiz-Gómez, Rabat", "by ███ ██████████, Rabat"),
    ("by ANA RUIZ GOMEZ", "by ███ ████ █████"),
    ("by Ana Gómez", "by Ana Gómez"),
    ("", ""),
])
def test_which_spellings_are_painted(text: str, painted: str, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'names.db'}")
    forget_author(curator(engine), "Ana Ruiz Gómez", None)
    with reading(engine) as conn:
        assert painter_of(conn).paint(text) == painted


def test_both_databases_merge_take_back_and_forget(database: Engine, answers: Answers) -> None:
    fill(database, answers)
    before = seen(database)
    by = curator(database)
    by.merge(MRX2, MRX3, "one campus")
    assert seen(database) != before
    by.undo()
    assert seen(database) == before
    url = members(database, MRX2)[0]
    forget_page_or_source(by, url, None)
    forget_author(by, "Nobody Known", None)
    assert url not in everything(database)
