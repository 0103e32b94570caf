"""Public collections in their own forms, and the scores of answers to them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.reading.labelled import Labelled, labelled_pages
from benchmarks.reading.scoring import Answer, score
from crawler.errors import UsageError

HTML = b"<p>one two three four five</p>"


def write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    else:
        path.write_text(json.dumps(data), encoding="utf-8")


def test_three_forms(tmp_path: Path) -> None:
    write(tmp_path / "a/ground-truth.json", {"x": {"articleBody": "B", "url": "https://a.example/"}, "no": {"articleBody": "B"}})
    write(tmp_path / "a/html/x.html.gz", HTML)
    write(tmp_path / "b/evaldata.json", {"https://b.example/": {"file": "y.html", "with": ["w"], "without": ["v"]}})
    write(tmp_path / "b/cache/y.html", HTML)
    body = {"summary": ["S"], "sections": [{"headline": ["H"], "paragraphs": ["P", "Q"]}]}
    version = {"title": "T", "publishing_date": "2025-02-02 20:07:46+01:00", "authors": ["A B"], "body": body}
    write(tmp_path / "c/be/meta.info", {"Pair_2025_01_01.html.gz": {"url": "https://c.example/"}})
    write(tmp_path / "c/be/Pair.json", {"V1": version})
    write(tmp_path / "c/be/Odd.json", {"V1": version, "V2": version})
    write(tmp_path / "c/be/Pair_2025_01_01.html.gz", HTML)
    write(tmp_path / "c/be/Odd_2025_01_01.html.gz", HTML)
    assert list(labelled_pages(tmp_path / "a")) == [Labelled("x", "https://a.example/", HTML, body="B")]
    assert list(labelled_pages(tmp_path / "b")) == [Labelled("y.html", "https://b.example/", HTML, wanted=("w",), unwanted=("v",))]
    assert list(labelled_pages(tmp_path / "c")) == [Labelled(
        "Pair_2025_01_01", "https://c.example/", HTML, body="S\n\nH\n\nP\n\nQ", title="T", day="2025-02-02", authors=("A B",))]
    with pytest.raises(UsageError):
        list(labelled_pages(tmp_path / "c" / "be" / "none"))


def test_scores() -> None:
    page = Labelled("x", "", HTML, body="one two three four five", title="The Title!", day="2025-02-02", authors=("A", "B"))
    right = Answer("one two three four five", "the title", "2025-02-02", ("B", "A"))
    found = score([(page, right), (page, Answer())])
    assert (found.precision, found.recall, found.title, found.day, found.authors, found.empty) == (1.0, 0.5, 0.5, 0.5, 0.5, 1)
    assert score([(page, Answer("one two three four six"))]).f1 == 0.5
    passages = Labelled("y", "", HTML, wanted=("a b", "c"), unwanted=("d",))
    found = score([(passages, Answer("x a  b d"))])
    assert (found.precision, found.recall, found.title) == (0.5, 0.5, None)
