"""The prefilter loses nothing: however a page writes a term, it passes. And it stops what holds none."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.topics import Topic, load_topic
from crawler.topics.squeeze import without_tags
from tests.effort import within

TOPIC = load_topic(Path(__file__).parents[2] / "config" / "topics" / "data-center-projects.yml")
# each stands in a sentence that makes it count
TERMS = [
    "data center", "Data Centers", "datacentre", "centre de données", "centres de traitement des données", "centro de datos",
    "centro de procesamiento de datos", "centro de dados", "Rechenzentrumsbau", "Großrechenzentren", "centri dati",
    "datacentra", "مركز بيانات", "مراكز البيانات", "مركزٌ وطنيٌّ للبيانات", "مركز معالجة المعطيات", "الداتا سنتر",
    "المركز الجديد للبيانات", "数据中心", "資料中心", "データ・センター", "데이터 센터를", "server farm", "ferme de serveurs",
    "hub d’IA", "usine d'IA", "cloud region", "gigafactoría de IA", "مصنع ضخم للذكاء الاصطناعي", "حاسوب فائق", "supercalculateur",
]
MARKS = ["\u00ad", "\u200b", "\u2060", "<b>", "</b>", "<wbr>", "<!-- x -->", "<!---->", "<span title='a b'>", "</span>", "<i\nclass=x>",
         '<a href="?a=1&b=2">', "\u200f", "<span data-x=\"a > b\">", "<![CDATA[", "]]>"]


def spelled(char: str, way: int) -> str:
    """One character as HTML may write it."""
    if way == 1:
        return f"&#{ord(char)};"
    if way == 2:
        return f"&#x{ord(char):X};"
    if way == 3:
        return unicodedata.normalize("NFD", char)
    if way == 4:
        return char.upper()
    if way == 5 and "!" <= char <= "~" and char.isalnum():
        return chr(ord(char) + 0xFEE0)  # full width
    if way == 6 and char == " ":
        return "&nbsp;\n"
    if way == 7:
        return f"&amp;#{ord(char)};"  # written as an entity twice
    return char


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A term, and the same as a page may write it: (plain, HTML)."""
    term = draw(st.sampled_from(TERMS))
    html = []
    for char in term:
        html.append(spelled(char, draw(st.integers(0, 9))))
        if draw(st.integers(0, 5)) == 0:
            html.append(draw(st.sampled_from(MARKS)))
    return term, "".join(html)


def page_of(fragment: str, where: str) -> str:
    if where == "text":
        return f"<html><head><title>News</title></head><body><p>A 40 MW {fragment} is built</p></body></html>"
    if where == "title":
        return f"<title>{fragment}</title><p>Work on 40 MW"
    if where == "cdata":
        return f"<div><![CDATA[built 40 MW {fragment}]]></div>"
    if where == "unclosed":
        return f"<p>built <b 40 MW <i>{fragment}"
    return f"<script>if (a<b) x='<!--';</script><style>p>a{{}}</style><p>{fragment}"


@settings(max_examples=250, deadline=None)
@given(mutated(), st.sampled_from(["text", "title", "cdata", "unclosed", "after script"]),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]))
def test_no_way_of_writing_a_term_hides_it(case: tuple[str, str], where: str, charset: str) -> None:
    term, html = case
    assert TOPIC.match(None, f"A 40 MW {term} is built", "en").terms
    assert TOPIC.prefilter(page_of(html, where).encode(charset))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TERMS), st.booleans(), st.sampled_from(["description", "og:title"]), st.booleans())
def test_meta_tags_and_json_are_read(term: str, escaped: bool, name: str, slashes: bool) -> None:
    assert TOPIC.prefilter(f'<meta property="{name}" content="New {term}" /><p>Hello'.encode())
    block = json.dumps({"articleBody": f"<p>New\n{term}</p>"}, ensure_ascii=escaped)
    if slashes:
        block = block.replace("/", "\\/").replace("<", "\\u003c")
    page = f'<SCRIPT type="application/ld+json">{block}</SCRIPT><p>Hello'
    assert TOPIC.prefilter(page.encode())


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("said", ["header", "page", "nowhere", "wrong"])
def test_arabic_in_old_charsets(charset: str, said: str) -> None:
    filler = "أعلنت الوزارة أن الأشغال انطلقت في المدينة الجديدة على مساحة كبيرة " * 5
    meta = {"page": f'<meta charset="{charset}">', "wrong": '<meta charset="iso-8859-1">'}.get(said, "")
    data = f"{meta}<p>{filler} مركز بيانات".encode(charset)
    assert TOPIC.prefilter(data, f"text/html; charset={charset}" if said == "header" else "text/html")


@pytest.mark.parametrize(("text", "charset"), [
    ("un centre de données à Fès", "cp1252"), ("un centre de données à Fès", "iso-8859-15"), ("新数据中心" * 80, "gb18030"),
    ("データセンター" * 60, "shift_jis"), ("데이터센터" * 60, "euc-kr"), ("資料中心" * 80, "big5"), ("データセンター", "iso-2022-jp"),
])
def test_other_charsets(text: str, charset: str) -> None:
    assert TOPIC.prefilter(f"<p>{text}".encode(charset), f"text/html; charset={charset}")
    assert TOPIC.prefilter(f'<meta charset="{charset}"><p>{text}'.encode(charset))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.sampled_from(TERMS), st.text(max_size=60))
def test_plain_text_with_a_term_passes(before: str, term: str, after: str) -> None:
    text = f"{before}\n{term}\n{after}"
    if "<" not in text and TOPIC.match(None, text, "xx").terms:
        assert TOPIC.prefilter(text.encode("utf-8", "replace"), "text/plain")


@pytest.mark.parametrize("page", [
    "", "<p>Rain on Friday", "<p>a call center, a data-centric view, databases", "<p>La protection des données au centre",
    "<p>قاعدة البيانات وحماية المعطيات الشخصية في المركز", "<style>.data-center{}</style><p>x",
    "<script>track('data center')</script><p>x", "<div class='datacenter' id=data-center>x</div>", "<!-- data center --><p>x",
])
def test_pages_without_a_term_are_stopped(page: str) -> None:
    assert not TOPIC.prefilter(page.encode())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([b"<", b">", b"<b", b"</b>", b"<b c='<'>", b"x", b"<!", b"<1", b" "]), max_size=12))
def test_quick_tags_are_strict_tags(parts: list[bytes]) -> None:
    text = b"".join(parts)
    assert without_tags(text) == re.sub(rb"<[a-zA-Z/!?][^<>]*>", b"", text)


@pytest.mark.parametrize("piece", [
    '<a "', "<a ", "<!--", "<script", "<script>", "&#", "<![CDATA[", "<meta ", "\\u00", "<b title='", "&amp;", "مركز ", "<", ">",
    "<script type=json>\\", "--!>", "data", "é",
])
def test_hostile_bytes_take_linear_time(piece: str) -> None:
    data = (piece * 100_000)[:100_000].encode()[:100_000]
    assert within(1.0, lambda: TOPIC.prefilter(data))  # ten times what the slowest takes


def test_cut_and_broken_bytes_pass_or_not_but_never_fail(topic: Topic) -> None:
    page = "<p>مركز بيانات".encode()
    for data in (page[:-1] + b"\xff", b"\xff\xfe", b"\x00" * 70, b"\xef\xbb\xbf", bytes(range(256)) * 4):
        assert topic.prefilter(data) in {True, False}
    assert topic.prefilter(page[:-1] + b"\xff") is False or topic.prefilter(page)
