"""Words and links made harmless: formulas, links, names of files, controls."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UsageError
from crawler.exports.files import write_file
from crawler.exports.safe import cell, file_name, one_line, plain, uncell, web_link
from tests.exports.hostile import FORMULAS, PAYLOADS

_STARTS = "=+-@\t\r\n\0＝＋－＠"
# Twenty-five names that want to lie elsewhere, or to be something else.
NAMES = ("../../etc/passwd", "/etc/passwd", "..", ".", "", "a/../../b", "..\\..\\windows", "C:\\windows\\x", "\\\\host\\share", "~/x",
         "~root", "con", "NUL", "com1.txt", "a\0b", "a\nb", ".hidden", "-rf", "a" * 500, "مركز", "$(touch x)", "`id`", "a;b|c&d", "%2e%2e%2f", "x/./y")


def test_there_are_twelve_formulas_and_two_hundred_payloads() -> None:
    assert len(FORMULAS) == 12
    assert len(PAYLOADS) >= 200
    assert len(NAMES) == 25


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_a_text(formula: str) -> None:
    made = cell(formula)
    assert isinstance(made, str)
    assert made[0] == "'"
    assert uncell(made) == plain(formula)


@pytest.mark.parametrize(("value", "stays"), [
    (-5, -5), (-5.5, -5.5), (None, None), (True, True), ("-5", "-5"), ("+5", "+5"), ("-5,5", "-5,5"), ("386 MW", "386 MW"),
    ("مركز", "مركز"), ("a=b", "a=b"), ("", ""), ("2026-11-22", "2026-11-22")])
def test_numbers_and_harmless_texts_stay(value: object, stays: object) -> None:
    assert cell(value) == stays


@given(st.text())
def test_the_way_back_loses_nothing_but_controls(text: str) -> None:
    made = cell(text)
    assert isinstance(made, str)
    assert uncell(made) == plain(text)
    assert made[:1] not in set(_STARTS) or made.lstrip("+-").replace(",", ".").replace(".", "", 1).isdigit()


@pytest.mark.parametrize(("url", "link"), [
    ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"), ("http://127.0.0.1:80/", "http://127.0.0.1:80/"),
    ("https://a.example/مركز", "https://a.example/%D9%85%D8%B1%D9%83%D8%B2"), ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
    ("javascript:alert(1)", None), ("JAVASCRIPT://a.example/%0aalert(1)", None), ("java\nscript:alert(1)", None), (" data:text/html,x", None),
    ("//a.example", None), ("https://me:word@a.example/", None), ("https://[::1", None), ("http:///x", None), (None, None), ("", None),
    ("ftp://a.example", None), ("file:///etc/passwd", None), ("https://a.example/ x", None)])
def test_links(url: str | None, link: str | None) -> None:
    assert web_link(url) == link


@given(st.text())
def test_plain_has_no_controls_and_one_line_is_one(text: str) -> None:
    assert not set(plain(text)) & {*map(chr, range(9)), *map(chr, range(11, 32)), *map(chr, range(127, 160)), "\u202e"}
    plain(text).encode()
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    made = file_name(name, "csv")
    assert made.endswith(".csv")
    assert len(made) < 100
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
    assert made[0] not in ".-_"
    write_file(tmp_path / made, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [made]


def test_a_file_is_written_whole_and_links_are_followed_to_what_the_user_meant(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"real", "link"}


def test_a_folder_or_a_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        write_file(tmp_path, b"")
    with pytest.raises(UsageError, match="no such folder"):
        write_file(tmp_path / "missing" / "x", b"")
