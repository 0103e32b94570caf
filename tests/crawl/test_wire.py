"""Crawls over the real wire: politeness, outcomes, sizes and types, seen from the server's log."""

from __future__ import annotations

import gzip
import ssl
import zlib
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import brotli
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Reply, Web


def test_politeness_and_sums(web: Web, crawl: Crawler) -> None:
    """Many sources on one host and one on another: one at a time, a pause in all pairs, every request accounted for."""
    busy, calm = web.host(), web.host()
    sources = []
    for number in range(6):
        pages = [f"/{number}/{page}" for page in range(3)]
        busy.articles(*pages)
        busy.feed(*pages, "/0/0", f"/0/1?utm_source={number}", path=f"/feed{number}")
        sources.append(source(busy, {"feed": f"{busy.url}/feed{number}"}, identifier=f"s{number}"))
    calm.feed("/a", "/b")
    calm.articles("/a", "/b")
    agent = "marsad/0.1 (+mailto:desk@example.org)"
    result = crawl(*sources, source(calm), settings={"delay": 0.05, "user_agent": agent})
    assert busy.most_at_once == calm.most_at_once == 1
    assert min(busy.gaps()) >= 0.05
    assert Counter(busy.paths) == Counter(set(busy.paths))
    assert len(busy.log) + len(calm.log) == result.summary["exchanges"]
    assert Counter(result.outcomes.values()) == {"listing": 7, "matched": 20, "duplicate_url": 6}
    assert result.summary["asked"] == len(result.rows) == 35
    assert {hit.headers["user-agent"] for hit in busy.log} == {agent}
    assert not any("cookie" in hit.headers for hit in busy.log)
    assert result.summary["listening"] == [0]


def test_every_odd_answer_has_its_outcome(web: Web, crawl: Crawler) -> None:
    host, away = web.host(), web.host(self_signed(Path(crawl.ledger.parent)))
    expected = {
        "/page": "matched", "/untyped": "matched", "/gone": "http_error", "/broken": "http_error", "/word": "refused_type",
        "/video": "refused_type", "/bytes": "refused_type", "/large": "too_large", "/larger": "too_large", "/slow": "timeout",
        "/dripping": "timeout", "/silent": "network_error", "/cut": "network_error", "/wall": "blocked", "/shell": "needs_browser",
        "/moved": "duplicate_url", "/loop": "redirect_loop", "/empty": "refused_type", "/heads": "too_large",
    }
    host.articles("/page", "/target")
    host.routes |= {
        "/untyped": Reply(b"<html><p>x</p></html>", headers={"Content-Type": ""}),
        "/gone": Reply(b"%PDF", 410, {"Content-Type": "application/pdf"}), "/broken": Reply(b"", 500),
        "/word": Reply(b"\xd0\xcf\x11\xe0" * 9, headers={"Content-Type": "application/msword"}),
        "/video": Reply(b"\0" * 3_000_000, headers={"Content-Type": "video/mp4"}, pieces=30, pause=0.05),
        "/bytes": Reply(b"%PDF-1.7", headers={"Content-Type": ""}),
        "/large": Reply(b"<p>" + b"x" * 1_100_000), "/larger": Reply(b"<p>" + b"x" * 3_000_000, length=False),
        "/slow": Reply(b"<p>late</p>", wait=2.5), "/dripping": Reply(b"<p>" + b"x" * 500, pieces=100, pause=0.1),
        "/silent": Reply(status=0), "/cut": Reply(b"<p>half", headers={"Content-Length": "900"}, length=False),
        "/wall": Reply(b"<title>Just a moment...</title>", 403, {"cf-mitigated": "challenge"}),
        "/shell": Reply(b"<div id=root></div><noscript>Please enable JavaScript.</noscript>"),
        "/moved": Reply(b"", 301, {"Location": "/target"}), "/loop": Reply(b"", 302, {"Location": "/loop2"}),
        "/heads": Reply(b"<p>x</p>", headers={f"X-{number}": "y" * 2_000 for number in range(90)} | {
            f"Y-{number}": "y" * 2_000 for number in range(90)}),
        "/loop2": Reply(b"", 302, {"Location": "/loop"}), "/empty": Reply(b"", headers={"Content-Type": ""}),
    }
    host.feed(*expected)
    away.feed("/a")
    dead = {**source(host, {"feed": "http://127.0.0.1:1/feed"}, identifier="dead"), "home": "http://127.0.0.1:1/"}
    unknown = {**source(host, {"feed": "http://nowhere.test/feed"}, identifier="unknown"), "home": "http://nowhere.test/"}
    result = crawl(source(host), source(away), dead, unknown,
                   settings={"max_bytes": 1_000_000, "timeout": 1.0, "retries": 0, "backoff": 0.0})
    found = {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items() if url.startswith(host.url)}
    assert {path: found.get(path) for path in expected} == expected
    assert found["/target"] == "matched"
    assert result.outcomes[f"{away.url}/feed"] == "tls_error"
    assert result.outcomes["http://127.0.0.1:1/feed"] == result.outcomes["http://nowhere.test/feed"] == "network_error"
    assert "/feed" not in away.paths
    reason = result.rows[f"{away.url}/robots.txt"]["reason"]
    assert reason.startswith("TLS: ")
    video = next(hit for hit in host.log if hit.path == "/video")
    assert video.end - video.start < 1.0
    assert result.summary["seconds"] < 30


def test_a_retry_gives_one_outcome(web: Web, crawl: Crawler) -> None:
    host = web.host()
    host.feed("/a", "/b")
    host.articles("/b")
    host.routes["/a"] = [Reply(b"", 502), Reply(b"<p>here</p>")]
    result = crawl(source(host))
    assert result.outcomes == {f"{host.url}/feed": "listing", f"{host.url}/a": "matched", f"{host.url}/b": "matched"}
    assert result.summary["asked"] == result.summary["exchanges"] - 1 == 4


def test_bombs_cost_little(web: Web, crawl: Crawler) -> None:
    """100 MB of nothing in each encoding, nested ones and a sitemap too."""
    host, good = web.host(), web.host()
    size = 100_000_000
    plain = zlib.compressobj(1, zlib.DEFLATED, 31)
    packed = b"".join([*(plain.compress(b"\0" * 10_000_000) for _ in range(size // 10_000_000)), plain.flush()])
    deflate = zlib.compressobj(1)
    deflated = b"".join([*(deflate.compress(b"\0" * 10_000_000) for _ in range(size // 10_000_000)), deflate.flush()])
    zstd = zstandard.ZstdCompressor().compressobj()
    zstded = b"".join([*(zstd.compress(b"\0" * 10_000_000) for _ in range(size // 10_000_000)), zstd.flush()])
    brotlied = brotli.compress(b"\0" * size, quality=1)
    bombs = {"/gzip": (packed, "gzip"), "/deflate": (deflated, "deflate"), "/br": (brotlied, "br"), "/zstd": (zstded, "zstd"),
             "/nested": (gzip.compress(packed), "gzip, gzip"), "/deep": (packed, ", ".join(["gzip"] * 9))}
    for path, (body, encoding) in bombs.items():
        host.routes[path] = Reply(body, headers={"Content-Encoding": encoding})
    host.feed(*bombs, "/closed")
    host.routes["/sitemap.xml.gz"] = Reply(packed, headers={"Content-Type": "application/gzip"})
    # a robots.txt without end, packed and plain, is read as far as RFC 9309 asks (2.5)
    rules = b"User-agent: *\nDisallow: /closed\n"
    good.routes["/robots.txt"] = Reply(gzip.compress(rules) + packed, headers={"Content-Encoding": "gzip"})
    host.routes["/robots.txt"] = Reply(rules + b"\n" * 11_000_000, headers={"Content-Type": "text/plain"})
    good.feed("/a", "/closed")
    good.articles("/a", "/closed")
    result = crawl(source(host), source(good), source(host, {"sitemap": f"{host.url}/sitemap.xml.gz"}, identifier="map"),
                   settings={"max_bytes": 10_000_000})
    assert {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items() if url.startswith(host.url)} == {
        "/feed": "listing", "/closed": "refused_robots", **dict.fromkeys([*bombs, "/sitemap.xml.gz"], "too_large")}
    assert [result.outcomes[f"{good.url}/{path}"] for path in ("a", "closed")] == ["matched", "refused_robots"]
    assert result.summary["memory_mb"] < 150


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
                   .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256()))
    path = folder / "server.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
