"""Pages out of WARC files, packed and plain; what is no page is named with its place."""

from __future__ import annotations

import gzip
import random
import tracemalloc
from pathlib import Path

import pytest

from crawler.inputs import Item, gather
from crawler.reading import Document, read_page
from crawler.reading.document import Page

ARABIC = "أعلنت شركة رباط كومبيوت المغربية عن إنشاء مركز للبيانات بمدينة العرائش شمال المغرب بقدرة 45 ميغاواط."
HTML = f"<html><body><h1>مركز بيانات بالعرائش</h1><p>{ARABIC}</p><p>{ARABIC}</p></body></html>"
URL = "https://alminara.example/a/{}"


def write(path: Path, records: list[tuple[str, str, str, list[tuple[str, str]], bytes]]) -> list[int]:
    """(type, url, status, HTTP head, body) to a file; returns the offsets."""
    data, places = b"", list[int]()
    for kind, url, status, head, body in [("warcinfo", "", "", [], b"software: test"), *records]:
        http = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head) + "\r\n" if status else ""
        block = http.encode() + body
        mime = "application/http; msgtype=response" if status else "application/warc-fields"
        fields = {"WARC-Type": kind, "WARC-Record-ID": f"<urn:uuid:{len(places)}>", "WARC-Date": "2026-10-02T09:00:00Z",
                  "Content-Type": mime, "Content-Length": str(len(block)), **({"WARC-Target-URI": url} if url else {})}
        record = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        whole = record.encode() + block + b"\r\n\r\n"
        places.append(len(data))
        data += gzip.compress(whole) if path.suffix == ".gz" else whole
    path.write_bytes(data)
    return places[1:]


def page(number: int, body: bytes = HTML.encode("cp1256"), status: str = "200 OK", kind: str = "text/html; charset=windows-1256",
         **more: str) -> tuple[str, str, str, list[tuple[str, str]], bytes]:
    return "response", URL.format(number), status, [("Content-Type", kind), *((k.replace("_", "-"), v) for k, v in more.items())], body


def items(path: Path, largest: int = 1_000_000) -> list[Item]:
    return list(gather([str(path)], largest=largest))


@pytest.fixture(params=["a.warc", "a.warc.gz"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_pages_with_the_charset_of_their_head(path: Path) -> None:
    write(path, [page(1), page(2, gzip.compress(HTML.encode()), kind="text/html; charset=utf-8", Content_Encoding="gzip")])
    found = items(path)
    assert [item.url for item in found] == [URL.format(1), URL.format(2)]
    for item in found:
        assert isinstance(item.work, Page)
        document = read_page(item.work)
        assert isinstance(document, Document)
        assert ARABIC in document.text


def test_what_is_no_page_is_passed_over_or_named_with_its_place(path: Path) -> None:
    places = write(path, [
        page(1), page(2, b"\x89PNG", kind="image/png"), ("request", URL.format(3), "", [], b"GET /a/3 HTTP/1.1\r\n\r\n"),
        ("metadata", URL.format(4), "", [], b"fetchTimeMs: 3"), ("revisit", URL.format(5), "200 OK", [("Content-Type", "text/html")], b""),
        page(6, status="301 Moved"), page(7, b"x" * 5000), page(8)])
    found = items(path, largest=4000)
    assert [(item.url, item.work is not None) for item in found] == [
        (URL.format(1), True), (URL.format(5), False), (URL.format(6), False), (URL.format(7), False), (URL.format(8), True)]
    assert [item.where for item in found] == [f"{path}, record at byte {places[place]}" for place in (0, 4, 5, 6, 7)]
    assert [next(word for word in ("revisit", "status 301", "larger than 4000") if word in str(item.problem)) for item in found[1:4]] == [
        "revisit", "status 301", "larger than 4000"]


def test_behind_a_broken_record_reading_goes_on(path: Path) -> None:
    places = write(path, [page(1), page(2), page(3)])
    data = bytearray(path.read_bytes())
    data[places[1]:places[1] + 12] = b"\x00" * 12
    path.write_bytes(data)
    found = items(path)
    assert [item.url for item in found if item.work] == [URL.format(1), URL.format(3)]
    assert f"{path}, record at byte {places[1]}" in [item.where for item in found if item.problem]


def test_a_file_that_ends_inside_a_record(path: Path) -> None:
    write(path, [page(1), page(2)])
    path.write_bytes(path.read_bytes()[:-150])
    found = items(path)
    assert found[0].work is not None
    assert [item.work for item in found[1:]] == [None]


@pytest.mark.parametrize("seed", range(30))
def test_no_damage_raises(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / ("a.warc" if seed % 2 else "a.warc.gz")
    write(path, [page(number) for number in range(4)])
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[:chance.randint(1, len(data))])
    assert items(path)


def test_one_record_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    write(path, [page(number, b"<p>" + b"x" * 300_000) for number in range(60)])
    tracemalloc.start()
    count = sum(1 for _ in gather([str(path)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60
    assert peak < 5_000_000
