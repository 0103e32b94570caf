"""The address guard as a table: every spelling of a private address is refused, every public one passes."""

from __future__ import annotations

import pytest

from crawler.middlewares.addresses import allowed_keys, check_address, host_key, is_public, literal_address
from crawler.outcomes import Outcome

PRIVATE = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001",
    "0x7f.0x0.0x0.0x1", "127.0.0.1.", "10.0.0.1", "10.1", "167772161", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "192.168.257", "169.254.169.254", "2852039166", "0251.0376.0251.0376", "100.64.0.1",
    "100.127.255.255", "0.0.0.0", "0", "0x0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1",
    "203.0.113.9", "240.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]",
    "[::127.0.0.1]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:db8::1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[2606:4700::5efe:10.0.0.1]",
    "999.1.1.1", "1.2.3.4294967295", "localhost", "LOCALHOST", "localhost.", "app.localhost", "printer.local",
    "db.internal", "router.lan", "ip6-localhost", "１２７.0.0.1", "127。0。0。1", "①27.0.0.1",
]
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "172.15.0.1", "100.63.0.1", "100.128.0.1", "11.0.0.1",
    "[2606:4700:4700::1111]", "[64:ff9b::8.8.8.8]", "[2002:808:808::1]", "[::ffff:8.8.8.8]", "example.org",
    "example.org.", "www.localhost.com", "xn--mgbaa.example", "1e100.net", "0x.example", "3com.com", "a.b.c.d.e.f",
    "local.ma",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_no_spelling_of_a_private_address_passes(host: str) -> None:
    refused = check_address(f"http://{host}/feed")
    assert refused is not None
    assert refused.outcome is Outcome.REFUSED_ADDRESS


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_pass(host: str) -> None:
    assert check_address(f"https://{host}/feed") is None


@pytest.mark.parametrize("url", [
    "file:///etc/passwd", "data:text/html,hello", "ftp://example.org/x", "s3://bucket/x", "gopher://example.org/",
    "javascript:alert(1)", "mailto:a@example.org", "about:blank", "jar:http://example.org!/x", "view-source:http://a.org",
    "ws://example.org/", "/news/12", "", "news", "FILE:///etc/passwd", " \tfile:///etc/passwd",
])
def test_other_schemes_are_refused(url: str) -> None:
    refused = check_address(url)
    assert refused is not None
    assert refused.outcome is Outcome.REFUSED_SCHEME


@pytest.mark.parametrize("url", [
    r"http://good.org\@10.0.0.1/", "http://user@example.org/", "http://user:secret@example.org/", "http:///path", "http:example.org",
    "http:/example.org", "http://exa mple.org/", "http://example.org\t.evil/", "http://example.org:port/", "http://example.org:99999/",
    "http://[::1", "http://%31%32%37.0.0.1/", "http://", "http://?x", "http://#x", "https://exam\nple.org/", "http://a|b.org/",
    "http://example.org\\.evil.org/", "http://\\\\10.0.0.1/", "http:\\\\10.0.0.1\\x", "//10.0.0.1/x\\@", "http://0x7f.1:80:90/",
    "http://good.org@10.0.0.1#.good.org/", "http://good.org:80\\@10.0.0.1/", "http://good.org&@10.0.0.1#@good.org/", "http://[fe80::1%25eth0]/",
    "http://10.0.0.1%00.good.org/", "http://good.org\u2044@10.0.0.1/", "http://\uff11\uff10.0.0.1/", "http://10.0.0.1:80@good.org/",
])
def test_what_parsers_disagree_about_is_refused(url: str) -> None:
    assert check_address(url) is not None


def test_the_configuration_may_name_private_hosts() -> None:
    allowed = allowed_keys(["127.0.0.1:8123", "Intranet.example", "[::1]:9000", "http://10.0.0.5/"])
    assert check_address("http://127.0.0.1:8123/x", allowed) is None
    assert check_address("http://[::1]:9000/x", allowed) is None
    assert check_address("http://intranet.example/x", allowed) is None
    assert check_address("https://intranet.example/x", allowed) is None
    assert check_address("http://10.0.0.5:80/x", allowed) is None
    for other in ("http://127.0.0.1/x", "http://127.0.0.1:8124/x", "http://127.1:8123/x", "https://10.0.0.5/x"):
        assert check_address(other, allowed) is not None, other


def test_keys_always_name_the_port() -> None:
    assert host_key("https://Example.ORG./a") == "example.org:443"
    assert host_key("http://example.org:8080") == "example.org:8080"
    assert host_key("[::1]:80") == "::1:80"


@pytest.mark.parametrize(("name", "address"), [
    ("2130706433", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("192.168.257", "192.168.1.1"),
    ("example.org", None), ("1.2.3.4.5", None), ("", None), ("0x7fg.1", None),
])
def test_literals(name: str, address: str | None) -> None:
    found = literal_address(name)
    assert (str(found) if found else None) == address


def test_resolved_addresses() -> None:
    assert is_public("8.8.8.8")
    assert is_public("2606:4700:4700::1111")
    for address in ("127.0.0.1", "::1", "fe80::1%eth0", "::ffff:192.168.0.1", "no address"):
        assert not is_public(address), address
