"""Every format reads back: by csv, json, openpyxl, feedparser; filters filter, gaps are named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from typing import Any

import feedparser
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from crawler.exports import csvfile, jsonfile, records, sheets
from crawler.exports.about import UNTRUSTED, about
from crawler.exports.flat import COLUMNS
from crawler.exports.safe import plain, uncell
from crawler.exports.serving import feed_bytes, feed_name, render_feed
from storage.engine import reading
from storage.exports import Filter
from tests.alerts.world import NOW
from tests.exports.hostile import FORMULAS, PAYLOADS, dangers

MAKERS: dict[str, Callable[..., Iterable[dict[str, Any]]]] = {
    "projects": records.project_records, "articles": records.article_records, "stories": records.story_records,
    "changes": records.change_records}
BLIND = "blind to Le Matin (s) from 2026-11-03 to now: 404"


def made(engine: Engine, what: str, writer: Callable[..., Iterable[bytes]], wanted: Filter | None = None) -> bytes:
    with reading(engine) as conn:
        chosen = wanted or Filter()
        return b"".join(writer(what, MAKERS[what](conn, chosen), about(conn, what, chosen, NOW)))


def rows_of_csv(data: bytes) -> tuple[str, list[dict[str, str]]]:
    note, _, rest = data.decode("utf-8-sig").partition("\r\n")
    return note, list(csv.DictReader(io.StringIO(rest, newline="")))


def feed(engine: Engine, of: str, form: str, language: str | None = None, wanted: Filter | None = None) -> bytes:
    with reading(engine) as conn:
        return feed_bytes(conn, of, wanted or Filter(), language, form, now=NOW)


@pytest.mark.parametrize("what", MAKERS)
def test_csv_reads_back_after_its_line_of_comment(small: Engine, what: str) -> None:
    note, rows = rows_of_csv(made(small, what, csvfile.to_csv))
    assert BLIND in note
    assert UNTRUSTED in note
    assert rows
    assert tuple(rows[0]) == COLUMNS[what]


@pytest.mark.parametrize("what", MAKERS)
def test_json_lines_begin_with_the_note(small: Engine, what: str) -> None:
    first, *rest = (json.loads(line) for line in made(small, what, jsonfile.to_jsonl).splitlines())
    assert first["_about"]["coverage"] == [BLIND]
    assert first["_about"]["note"] == UNTRUSTED
    assert "quote" in first["_about"]["untrusted"]
    assert rest


def test_a_project_has_its_claims_with_quotes_and_no_whole_article(small: Engine) -> None:
    _, *found = (json.loads(line) for line in made(small, "projects", jsonfile.to_jsonl).splitlines())
    (dakhla,) = (p for p in found if p["slug"] == "dakhla")
    assert {c["quote"] for c in dakhla["claims"] if c["kind"] == "capacity"} == {"500 MW says the minister", "386 MW says the operator"}
    assert dakhla["contradictions"] == [{"kind": "capacity", "values": ["386 MW", "500 MW"]}]
    assert "text" not in dakhla
    assert all("text" not in a for a in dakhla["articles"])


def test_geojson_is_valid(small: Engine) -> None:
    found = json.loads(made(small, "projects", jsonfile.to_geojson))
    assert found["type"] == "FeatureCollection"
    assert found["_about"]["coverage"] == [BLIND]
    geometry = {f["id"]: f["geometry"] for f in found["features"]}
    assert geometry == {"dakhla": {"type": "Point", "coordinates": [-15.9, 23.7]}, "cairo": None}
    assert all(f["type"] == "Feature" and isinstance(f["properties"], dict) for f in found["features"])


def test_geojson_of_nothing_is_valid(small: Engine) -> None:
    assert json.loads(made(small, "projects", jsonfile.to_geojson, Filter(country="FR")))["features"] == []


@pytest.mark.parametrize("what", MAKERS)
def test_xlsx_opens_again(small: Engine, what: str) -> None:
    book = load_workbook(io.BytesIO(made(small, what, sheets.to_xlsx)))
    assert book.sheetnames == [what, "claims", "about"]
    assert [c.value for c in book[what][1]] == list(COLUMNS[what])
    assert book[what].max_row > 1
    assert ("coverage", BLIND) in list(book["about"].values)


WANTED = (
    (Filter(), 3), (Filter(country="MA"), 2), (Filter(language="ar"), 1), (Filter(status="agreement"), 2), (Filter(min_mw=100), 2),
    (Filter(since="2026-11-21"), 2), (Filter(since="2026-11-22"), 1), (Filter(project="cairo"), 1), (Filter(country="FR"), 0))


def test_filters(small: Engine) -> None:
    with reading(small) as conn:
        for wanted, articles in WANTED:
            assert len(list(records.article_records(conn, wanted))) == articles, wanted
            expected = {Filter(): 2, Filter(country="FR"): 0}.get(wanted, 1)
            assert len(records.project_records(conn, wanted)) == expected, wanted


@pytest.mark.parametrize("of", ["projects", "stories", "changes"])
def test_a_feed_is_valid_and_in_the_readers_language(small: Engine, of: str) -> None:
    for language in ("ar", "fr", "en"):
        check_feed(small, of, language)


def check_feed(small: Engine, of: str, language: str) -> None:
    parsed = feedparser.parse(feed(small, of, "atom", language if of != "stories" else None))
    assert parsed.bozo == 0
    assert parsed.version == "atom10"
    assert parsed.feed.language == (language if of != "stories" else "en")
    assert parsed.entries
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    for entry in parsed.entries:
        assert entry.id.startswith("tag:")
        assert entry.updated_parsed is not None
        assert entry.title
    assert "Le Matin" in parsed.feed.subtitle
    if language == "ar" and of != "stories":
        assert 'dir="rtl"' in feed(small, of, "json", language).decode().replace('\\"', '"')


@pytest.mark.parametrize("of", ["projects", "stories", "changes"])
def test_a_json_feed_has_what_its_version_demands(small: Engine, of: str) -> None:
    found = json.loads(feed(small, of, "jsonfeed", None))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["_marsad"]["coverage"] == [BLIND]
    for item in found["items"]:
        assert item["id"]
        assert item["content_html"]
        assert datetime.fromisoformat(item["date_modified"].replace("Z", "+00:00")).tzinfo == timezone.utc


def test_the_ids_of_a_feed_stay_and_both_forms_have_the_same(small: Engine) -> None:
    first, second = (feedparser.parse(feed(small, "changes", "atom", "fr")) for _ in range(2))
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]
    assert {entry.id for entry in first.entries} == {item["id"] for item in json.loads(feed(small, "changes", "json", "fr"))["items"]}
    assert first.feed.updated == second.feed.updated


PATHS = (
    ("/feeds/changes.atom", True), ("/feeds/changes.MA.ar.atom", True), ("/feeds/projects.fr.json", True), ("/feeds/stories.EG.json", True),
    ("/feeds/", False), ("/feeds/../etc/passwd", False), ("/feeds/changes.MAR.atom", False), ("/feeds/articles.atom", False),
    ("/feeds/changes.MA.ar.atom/x", False), ("/feeds/changes.atom\n", False), ("changes.atom", False), ("/feeds/%2e%2e/changes.atom", False))


def test_paths_of_feeds(small: Engine) -> None:
    with reading(small) as conn:
        for path, good in PATHS:
            found = render_feed(conn, path, "http://127.0.0.1:8400/feeds/x")
            assert (found is not None) is good, path
            if found is not None:
                assert found[1].startswith(("application/atom+xml", "application/feed+json"))
                assert b"http://127.0.0.1:8400/feeds/x" in found[0]


def test_names_of_feeds() -> None:
    assert feed_name("changes", "MA", "ar", "atom") == "changes.MA.ar.atom"
    assert feed_name("projects", None, None, "jsonfeed") == "projects.json"


def test_hostile_words_through_every_export(hostile: Engine) -> None:
    """All payloads at once, from the database to each format, looked at by a parser."""
    for what in MAKERS:
        note, rows = rows_of_csv(made(hostile, what, csvfile.to_csv))
        assert len(rows) >= len(PAYLOADS)
        assert "\n" not in note
        for row in rows:
            assert row.get("url", "").partition(":")[0] in {"", "http", "https", "file"}
            for value in row.values():
                number = value.lstrip("+-").replace(".", "", 1).replace(",", "", 1).isdigit()
                assert number or value[:1] not in set("=+-@\t\r\n\0＝＋－＠"), value
        lines = made(hostile, what, jsonfile.to_jsonl).decode().splitlines()
        assert len(lines) >= len(PAYLOADS)
        for line in lines:
            assert "<" not in line
            for address in addresses(json.loads(line)):
                assert address.startswith(("http://", "https://", "file:///")), address
        book = load_workbook(io.BytesIO(made(hostile, what, sheets.to_xlsx)))
        assert {c.data_type for sheet in book for row in sheet for c in row} <= {"s", "inlineStr", "n", "b"}
    json.loads(made(hostile, "projects", jsonfile.to_geojson))


@pytest.mark.parametrize("of", ["projects", "stories", "changes"])
def test_hostile_words_through_every_feed(hostile: Engine, of: str) -> None:
    from crawler.exports import feeds

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(feeds, "ENTRIES", 1000)
        atom, body = feed(hostile, of, "atom"), json.loads(feed(hostile, of, "json"))
    parsed = feedparser.parse(atom, sanitize_html=False)
    assert parsed.bozo == 0
    assert len(parsed.entries) >= len(PAYLOADS)
    for entry, item in zip(parsed.entries, body["items"], strict=True):
        assert entry.id == item["id"]
        for html in (entry.content[0].value, item["content_html"]):
            assert dangers(html) == [], html
        for address in (*(link.href for link in entry.get("links", ())), item.get("url")):
            assert address is None or address.startswith(("http://", "https://"))


def test_csv_and_xlsx_give_a_text_back(hostile: Engine) -> None:
    _, rows = rows_of_csv(made(hostile, "articles", csvfile.to_csv))
    titles = {uncell(row["title"]) for row in rows}
    sheet = load_workbook(io.BytesIO(made(hostile, "articles", sheets.to_xlsx)))["articles"]
    column = COLUMNS["articles"].index("title")
    kept = {row[column] for row in sheet.iter_rows(values_only=True)}
    for formula in FORMULAS:
        stored = plain(formula.replace("\0", "\ufffd"))
        assert stored in titles
        assert stored in kept or stored.strip() in {str(k).strip() for k in kept}


def addresses(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name in {"url", "first_url"} and isinstance(item, str):
                yield item
            else:
                yield from addresses(item)
    elif isinstance(value, list):
        for item in value:
            yield from addresses(item)
