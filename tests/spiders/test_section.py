"""Section pages: the links that match, made absolute, each once."""

from __future__ import annotations

import pytest

from crawler.outcomes import Outcome
from crawler.spiders.entry import ListingError
from crawler.spiders.section import MAX_LINKS, read_section

URL = "https://example.org/economie"
FOLLOW = r"/\d+-.+\.html$"


def links(body: bytes | str, follow: str | None = FOLLOW, content_type: str = "text/html") -> list[str]:
    data = body.encode() if isinstance(body, str) else body
    return [entry.url for entry in read_section(URL, data, content_type, follow=follow).entries]


def test_links_that_match_each_once() -> None:
    assert links("""<nav><a href="/contact.html">Contact</a></nav>
        <a href="/12-un-campus.html">Un campus</a> <a href=" /12-un-campus.html#comments ">3</a> <a>nothing</a>
        <a href="//autre.example/7-x.html">x</a> <a href="javascript:void(0)">y</a> <a href="http://[broken/1-a.html">z</a>
        <a href="13-centre-de-donn%C3%A9es.html">z</a>""") == [
            "https://example.org/12-un-campus.html", "https://autre.example/7-x.html",
            "https://example.org/13-centre-de-donn%C3%A9es.html"]


def test_the_base_of_the_page_counts() -> None:
    assert links('<base href="/fr/"><a href="1-a.html">a</a>') == ["https://example.org/fr/1-a.html"]


@pytest.mark.parametrize("content_type", ["text/html; charset=windows-1256", "text/html; charset=nonsense", ""])
def test_any_charset_is_survived(content_type: str) -> None:
    body = '<p>مركز</p><a href="/1-a.html">مركز بيانات</a>'.encode("windows-1256")
    assert links(body, content_type=content_type) == ["https://example.org/1-a.html"]


@pytest.mark.parametrize(("body", "follow"), [("", FOLLOW), ("<p>no links</p>", FOLLOW), ('<a href="/x">x</a>', FOLLOW),
                                              ('<a href="/1-a.html">a</a>', None), ("\0\0", FOLLOW)])
def test_no_link_says_so(body: str, follow: str | None) -> None:
    with pytest.raises(ListingError) as caught:
        links(body, follow)
    assert caught.value.outcome is Outcome.READ_EMPTY


def test_a_page_of_links_without_end_is_cut() -> None:
    found = read_section(URL, "".join(f'<a href="/{n}-a.html">a</a>' for n in range(900)).encode(), follow=FOLLOW)
    assert len(found.entries) == MAX_LINKS
    assert found.notes
