"""Pages that send their reader on at once; those that reload, have something to say, or mean somebody else."""

from __future__ import annotations

import pytest

from crawler.middlewares.meta_refresh import meta_refresh

URL = "https://example.org/old/page.html"


@pytest.mark.parametrize(("body", "target"), [
    ('<meta http-equiv="refresh" content="0; url=/new">', "https://example.org/new"),
    ("<META HTTP-EQUIV=Refresh CONTENT='0;URL=new.html#top'>", "https://example.org/old/new.html"),
    ('<meta http-equiv="refresh" content="0; url=&quot;https://other.example/a?x=1&amp;y=2&quot;">', "https://other.example/a?x=1&y=2"),
    ("<meta http-equiv='refresh' content=\"5;url='/new'\">", "https://example.org/new"),
    ('<meta content="0,/new" http-equiv="refresh">', "https://example.org/new"),
    ('<base href="https://cdn.example/x/"><meta http-equiv="refresh" content="0;url=y">', "https://cdn.example/x/y"),
    ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', "javascript:alert(1)"),
    ('<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">', "http://127.0.0.1/"),
    ('<meta http-equiv="refresh" content="0;url=http://[broken/">', "http://[broken/"),
    ('<p>Moved.</p><meta http-equiv="refresh" content="0;url=/new">', "https://example.org/new"),
])
def test_where_it_leads(body: str, target: str) -> None:
    assert meta_refresh(URL, body.encode()) == target


@pytest.mark.parametrize("body", [
    "", "<p>A page on the refresh of http-equiv</p>", '<meta http-equiv="refresh" content="300">',
    '<meta http-equiv="refresh" content="300;url=/new">', '<meta http-equiv="refresh" content="0;url=page.html#x">',
    '<meta http-equiv="refresh" content="0">', '<meta http-equiv="refresh">', '<meta http-equiv="refresh" content="soon;url=/x">',
    '<noscript><meta http-equiv="refresh" content="0;url=/new"></noscript>',
    '<!-- <meta http-equiv="refresh" content="0;url=/new"> -->', "<script>'<meta http-equiv=\"refresh\" content=\"0;url=/new\">'</script>",
    '<meta http-equiv="refresh" content="0;url=/new"><p>' + "Un article entier. " * 60 + "</p>",
    '<meta name="refresh" content="0;url=/new"><meta http-equiv="x">', "<" * 60_000 + "http-equiv refresh",
    "<script " * 6_000 + "http-equiv refresh",
])
def test_what_leads_nowhere(body: str) -> None:
    assert meta_refresh(URL, body.encode()) is None
