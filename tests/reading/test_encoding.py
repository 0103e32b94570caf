"""Bytes to text: mark, header, page, look, in this order, and what to do with those that lie."""

from __future__ import annotations

import pytest

from crawler.reading.encoding import decode
from tests.reading.samples import ARABIC, FRENCH

POLISH = "Spółka ogłosiła budowę centrum w Łodzi. Źródło podaje więcej szczegółów: żółty plan, ćwierć hektara, ślad wodny."
RUSSIAN = "Компания объявила о строительстве центра обработки данных мощностью сто мегаватт"
TEXTS = {
    "cp1256": " ".join(ARABIC), "cp1252": " ".join(FRENCH).replace("'", "’"), "cp1251": RUSSIAN, "koi8-r": RUSSIAN,
    "shift_jis": "データセンターの建設を発表した。東京電力は新しい設備を導入する", "cp1250": POLISH,
    "gb18030": "数据中心项目在北京开工建设，投资一百亿元人民币，规模为一百兆瓦，预计明年投入使用",
    "iso-8859-6": " ".join(ARABIC).replace("،", ","), "utf-8": " ".join(ARABIC), "utf-16": " ".join(ARABIC),
}


@pytest.mark.parametrize(("name", "text"), TEXTS.items())
def test_header_and_meta(name: str, text: str) -> None:
    html = f"<html><head><meta charset='{name}'></head><body><p>{text}</p></body></html>"
    assert decode(html.encode(name))[0].endswith(f"<p>{text}</p></body></html>")
    bare = f"<html><body><p>{text}</p></body></html>"
    assert decode(bare.encode(name), f"text/html; charset={name}")[0] == bare


@pytest.mark.parametrize("name", ["cp1256", "cp1252", "cp1251", "koi8-r", "shift_jis", "gb18030", "iso-8859-6", "utf-8"])
def test_guess_without_any_word(name: str) -> None:
    html = f"<html><body><p>{TEXTS[name]}</p></body></html>"
    assert decode(html.encode(name))[0] == html


@pytest.mark.parametrize("name", ["cp1256", "cp1251", "shift_jis", "gb18030", "utf-8"])
def test_a_wrong_latin_1_is_not_believed(name: str) -> None:
    html = f"<html><body><p>{TEXTS[name]}</p></body></html>"
    assert decode(html.encode(name), "text/html; charset=ISO-8859-1")[0] == html


def test_a_wrong_utf_8_is_not_believed() -> None:
    html = f"<html><head><meta charset='utf-8'></head><body><p>{TEXTS['cp1256']}</p></body></html>"
    assert decode(html.encode("cp1256"), "text/html; charset=utf-8") == (html, "cp1256")


def test_latin_1_means_its_windows_superset() -> None:
    assert decode("l’accord – 5 €".encode("cp1252"), "text/html; charset=iso-8859-1")[0] == "l’accord – 5 €"


def test_marks_win_and_are_dropped() -> None:
    assert decode(b"\xef\xbb\xbf" + "été".encode(), "text/html; charset=windows-1256") == ("été", "utf-8")
    assert decode("été".encode("utf-16"))[0] == "été"


def test_a_few_broken_bytes_leave_utf_8() -> None:
    body = " ".join(ARABIC).encode() + b" caf\xe9 " + " ".join(FRENCH).encode()
    text, name = decode(body)
    assert name == "utf-8"
    assert text.startswith(ARABIC[0])
    assert text.endswith(FRENCH[-1])
    assert decode(" ".join(ARABIC).encode()[:-1])[1] == "utf-8"


@pytest.mark.parametrize("declared", ["rot13", "base64", "nonsense", "", "undefined", "hex"])
def test_declarations_that_are_no_text_encoding(declared: str) -> None:
    assert decode(b"caf\xe9 cr\xe8me", f"text/html; charset={declared}")[0] == "café crème"
