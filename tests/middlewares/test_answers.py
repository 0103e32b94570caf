"""What an answer means: redirects, waiting, validators, types, walls, statuses, encodings."""

from __future__ import annotations

import gzip
import random
import zlib
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from crawler.crawl.job import JobKind
from crawler.crawl.seam import Validators
from crawler.middlewares.challenge import visible_letters, wall
from crawler.middlewares.conditional import ConditionalGet, conditional_headers
from crawler.middlewares.content_type import acceptable, looks_like_markup
from crawler.middlewares.decompress import Decompress
from crawler.middlewares.redirects import Redirects, next_hop
from crawler.middlewares.retry_after import RetryAfter, retry_after
from crawler.middlewares.robots_rules import PARSED
from crawler.middlewares.status import StatusCheck
from crawler.middlewares.verdicts import ComeBack, NotModified, Redirected, Refused
from crawler.outcomes import Outcome
from tests.effort import within

NOW = datetime(2026, 5, 7, 12, 0, tzinfo=timezone.utc)
REQUEST = Request("https://example.org/a", meta={"job": SimpleNamespace(kind=JobKind.ARTICLE)})
ROBOTS = Request("https://example.org/robots.txt", meta={"download_maxsize": 0, "job": SimpleNamespace(
    kind=JobKind.ROBOTS, asked_origin="https://example.org")})


def answer(status: int, body: bytes = b"", **headers: str) -> Response:
    return Response(REQUEST.url, status=status, body=body, request=REQUEST,
                    headers=Headers({name.replace("_", "-"): value for name, value in headers.items()}))


@pytest.mark.parametrize(("value", "seconds"), [
    ("30", 30), ("0", 0), ("1.5", 1.5), ("99999999", 86_400), ("Thu, 07 May 2026 12:02:00 GMT", 120),
    ("Thu, 07 May 2026 11:00:00 GMT", 0), ("Thu, 07 May 2036 11:00:00 GMT", 86_400), ("Thursday, 07-May-26 12:00:30 GMT", 30),
    ("soon", None), ("", None), (None, None), ("-5", None), ("1" * 40, None), ("٣٠", None),
])
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_waiting_is_asked_by_429_and_503_alone() -> None:
    middleware = RetryAfter()
    for status in (429, 503):
        with pytest.raises(ComeBack) as caught:
            middleware.process_response(REQUEST, answer(status, Retry_After="12"))
        assert (caught.value.seconds, caught.value.status) == (12, status)
    with pytest.raises(ComeBack):
        middleware.process_response(REQUEST, answer(429))
    for passing in (answer(503), answer(500, Retry_After="9"), answer(200, Retry_After="9")):
        assert middleware.process_response(REQUEST, passing) is passing


@pytest.mark.parametrize(("hops", "location", "target"), [
    ((), "/b", "https://example.org/b"), ((), " https://other.org/x#top ", "https://other.org/x"),
    ((), "//other.org/x", "https://other.org/x"), ((), "file:///etc/passwd", "file:///etc/passwd"),
    (("https://example.org/0",), "b?c=1", "https://example.org/b?c=1"),
])
def test_a_hop_is_made_absolute(hops: tuple[str, ...], location: str, target: str) -> None:
    assert next_hop(hops, REQUEST.url, location, 8) == target


@pytest.mark.parametrize(("hops", "location", "outcome"), [
    ((), "/a", Outcome.REDIRECT_LOOP), (("https://example.org/0",), "/0", Outcome.REDIRECT_LOOP),
    ((), "/a#again", Outcome.REDIRECT_LOOP), (tuple(f"https://example.org/{n}" for n in range(8)), "/b", Outcome.REDIRECT_LOOP),
    ((), "http://[broken", Outcome.REFUSED_ADDRESS),
])
def test_loops_and_long_chains_end(hops: tuple[str, ...], location: str, outcome: Outcome) -> None:
    end = next_hop(hops, REQUEST.url, location, 8)
    assert isinstance(end, Refused)
    assert end.outcome is outcome


def test_redirects_become_verdicts() -> None:
    for status in (301, 302, 303, 307, 308):
        with pytest.raises(Redirected) as caught:
            Redirects().process_response(REQUEST, answer(status, Location="/b"))
        assert (caught.value.location, caught.value.status) == ("/b", status)
    for passing in (answer(302), answer(200, Location="/b"), answer(304, Location="/b")):
        assert Redirects().process_response(REQUEST, passing) is passing


def test_validators_are_sent_for_a_week() -> None:
    kept = Validators('"abc"', "Thu, 07 May 2026 11:00:00 GMT", "hash", NOW - timedelta(days=6))
    assert conditional_headers(kept, NOW) == {
        "If-None-Match": '"abc"', "If-Modified-Since": "Thu, 07 May 2026 11:00:00 GMT"}
    assert conditional_headers(Validators('"abc"', None, "hash", NOW - timedelta(days=8)), NOW) == {}
    assert conditional_headers(Validators(None, None, "hash", NOW), NOW) == {}
    assert conditional_headers(Validators("a\r\nCookie: x", None, "hash", NOW), NOW) == {}
    assert conditional_headers(None, NOW) == {}


def test_304_ends_there() -> None:
    with pytest.raises(NotModified):
        ConditionalGet().process_response(REQUEST, answer(304))


@pytest.mark.parametrize(("status", "temporary"), [(404, False), (410, False), (403, False), (204, False), (500, True),
                                                   (503, True), (429, True), (302, False), (999, False)])
def test_no_page_is_an_http_error(status: int, temporary: bool) -> None:
    with pytest.raises(Refused) as caught:
        StatusCheck().process_response(REQUEST, answer(status))
    assert (caught.value.outcome, caught.value.status, caught.value.temporary) == (Outcome.HTTP_ERROR, status, temporary)


@pytest.mark.parametrize(("kind", "content_type", "taken"), [
    (JobKind.ARTICLE, "text/html; charset=utf-8", True), (JobKind.ARTICLE, "", True), (JobKind.ARTICLE, "TEXT/HTML", True),
    (JobKind.ARTICLE, "application/xhtml+xml", True), (JobKind.ARTICLE, "application/rss+xml", True),
    (JobKind.ARTICLE, "application/msword", False), (JobKind.ARTICLE, "application/pdf", True), (JobKind.ARTICLE, "image/svg+xml", False), (JobKind.ARTICLE, "video/mp4", False),
    (JobKind.ARTICLE, "application/json", False), (JobKind.ARTICLE, "text/plain", False),
    (JobKind.LISTING, "application/json", True), (JobKind.LISTING, "text/plain", True), (JobKind.LISTING, "application/x-gzip", True),
    (JobKind.LISTING, "application/octet-stream", True), (JobKind.LISTING, "application/pdf", False),
    (JobKind.ROBOTS, "image/png", True),
])
def test_types(kind: JobKind, content_type: str, taken: bool) -> None:
    assert acceptable(kind, content_type) is taken


def test_without_a_type_the_bytes_decide() -> None:
    assert looks_like_markup(b"\xef\xbb\xbf \n<!DOCTYPE html>")
    assert looks_like_markup(b"\xff\xfe<\0h\0")
    assert not looks_like_markup(b"%PDF-1.7")
    assert not looks_like_markup(b"")


TEXT = b"<p>" + b"A campus of three halls is to be built beside the port. " * 60 + b"</p>"


ASKS = ("<h1>Le respect de votre vie privée est notre priorité</h1><p>Nous et nos 842 partenaires stockons des informations sur "
        "un appareil, telles que les cookies, pour des publicités et la mesure de leur performance.</p><button>Accepter</button>").encode()
GOOGLE = (b"<title>Before you continue</title><p>We use cookies and data to maintain services and to measure how they are used.</p>"
          b"<form><button>Reject all</button><button>Accept all</button></form>")


@pytest.mark.parametrize(("status", "headers", "body", "outcome"), [
    (200, {}, ASKS, Outcome.BLOCKED),
    (200, {}, GOOGLE, Outcome.BLOCKED),
    (200, {}, "<h2>نحن نهتم بالخصوصية</h2><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك وقياس أداء الإعلانات</p>".encode(), Outcome.BLOCKED),
    (200, {}, b"<p>Please enable cookies to continue. This site requires them.</p>", Outcome.BLOCKED),
    (200, {}, ASKS + TEXT[:400], None),
    (200, {}, ASKS + b"<ul>" + b"".join(b"<li><a href='/%d'>A hall for port %d</a></li>" % (n, n) for n in range(30)) + b"</ul>", None),
    (200, {}, b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>Privacy of cookies</title><link>/a</link></item>", None),
    (200, {}, TEXT + b"<h2>We value your privacy</h2><p>We and our partners use cookies.</p>", None),
    (200, {}, b"<title>CNIL fines a shop over cookies</title>" + TEXT[:400], None),
    (403, {"cf-mitigated": "challenge"}, b"", Outcome.BLOCKED),
    (202, {"x-amzn-waf-action": "challenge"}, b"", Outcome.BLOCKED),
    (403, {"x-datadome": "protected"}, b"", Outcome.BLOCKED),
    (200, {"x-datadome": "protected"}, TEXT, None),
    (200, {}, b"<html><head><title>Just a moment...</title></head><body></body>", Outcome.BLOCKED),
    (200, {}, b"<script src='https://ct.captcha-delivery.com/c.js'></script>", Outcome.BLOCKED),
    (503, {}, b"<p>Checking your browser before you go on</p>", Outcome.BLOCKED),
    (403, {}, b"<h1>Forbidden</h1>", None),
    (404, {}, b"<title>Just a moment...</title>", None),
    (200, {}, b"<title>Just a moment...</title>" + TEXT, None),
    (200, {}, TEXT + b"<script src='/cdn-cgi/challenge-platform/scripts/x.js'></script>", None),
    (200, {}, b"<script src='https://www.google.com/recaptcha/api.js'></script>" + TEXT[:600], None),
    (200, {}, b"<script src='https://www.google.com/recaptcha/api.js'></script><p>Robot?</p>", Outcome.BLOCKED),
    (200, {}, b"<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", Outcome.NEEDS_BROWSER),
    (200, {}, "<noscript>يرجى تفعيل JavaScript</noscript>".encode(), Outcome.NEEDS_BROWSER),
    (200, {}, b"<noscript>Veuillez activer JavaScript</noscript>" + TEXT, None),
    (200, {}, TEXT, None),
])
def test_walls(status: int, headers: dict[str, str], body: bytes, outcome: Outcome | None) -> None:
    refused = wall(status, headers, body)
    assert (refused.outcome if refused else None) is outcome


@pytest.mark.parametrize("piece", [b"<script>", b"<!--", b"<noscript>", b"<noscript>enable ", b"< ", b"<svg", b"a<", b"<h1>", b"<h1 consent "])
def test_walls_are_judged_in_linear_time(piece: bytes) -> None:
    body = b"<title>just a moment" + piece * (200_000 // len(piece))
    assert within(0.5, lambda: wall(200, {}, body))


def test_visible_letters() -> None:
    assert visible_letters(b"<p>one <b>two</b></p><script>var x = '<p>no</p>'</script><!-- no --><style>no</style>three") == 11


def decompress(body: bytes, encoding: str, request: Request = REQUEST) -> Response:
    crawler = SimpleNamespace(settings=Settings({"DOWNLOAD_MAXSIZE": 1_000_000, "DOWNLOAD_WARNSIZE": 0}), stats=None,
                              signals=SignalManager())
    result = Decompress.from_crawler(crawler).process_response(request, answer(200, body, Content_Encoding=encoding,
                                                                               Content_Type="text/html"))
    assert isinstance(result, Response)
    return result


def test_encodings_are_undone() -> None:
    assert decompress(gzip.compress(TEXT), "gzip").body == TEXT
    assert decompress(zlib.compress(gzip.compress(TEXT)), "gzip, deflate").body == TEXT


@pytest.mark.parametrize(("body", "encoding", "outcome"), [
    (gzip.compress(b"\0" * 5_000_000), "gzip", Outcome.TOO_LARGE),
    (zlib.compress(b"\0" * 5_000_000), "deflate", Outcome.TOO_LARGE),
    (gzip.compress(gzip.compress(b"\0" * 5_000_000)), "gzip, gzip", Outcome.TOO_LARGE),
    (gzip.compress(TEXT), "gzip, gzip, gzip, gzip, gzip", Outcome.TOO_LARGE),
    (b"no zstd", "zstd", Outcome.NETWORK_ERROR),
    (b"no brotli", "br", Outcome.NETWORK_ERROR),
    (b"\xff\xff\xff\xff", "deflate", Outcome.NETWORK_ERROR),
    (b"no gzip", "gzip", Outcome.NETWORK_ERROR),
], ids=["gzip", "deflate", "nested", "too many", "no zstd", "no brotli", "no deflate", "no gzip"])  # gzip holds the time
def test_bombs_and_broken_encodings_end(body: bytes, encoding: str, outcome: Outcome) -> None:
    with pytest.raises(Refused) as caught:
        decompress(body, encoding)
    assert caught.value.outcome is outcome


def test_a_packed_robots_file_is_unpacked_as_far_as_it_is_read() -> None:
    rules = b"User-agent: *\nDisallow: /news\n"
    for packed in (gzip.compress(rules + b"\n" * 5_000_000), gzip.compress(rules + bytes(random.randbytes(900_000)))[:600_000]):
        body = decompress(packed, "gzip", ROBOTS).body
        assert body.startswith(rules)
        assert PARSED < len(body) < 2 * PARSED
    assert decompress(gzip.compress(rules), "x-gzip", ROBOTS).body == rules
    with pytest.raises(Refused):  # asked for by nobody, and a bomb
        decompress(zlib.compress(b"\n" * 5_000_000), "deflate", ROBOTS.replace(meta=dict(ROBOTS.meta)))
