"""Which addresses may be asked: http and https on public hosts, and what the configuration names itself.

Names are judged twice: here by how they are written, and when they are resolved (resolver.py), because only the
address that is dialled counts.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

_SCHEME = re.compile(r"^\s*([A-Za-z][A-Za-z0-9+.-]*):")
# What an authority never holds in an honest link, and what parsers disagree about.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f\\@%<>\"`{}|^]")
_DOTS = str.maketrans({"。": ".", "．": ".", "｡": "."})
_LOCAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "ip6-localhost",
                "ip6-loopback")
_PORTS = {"http": 80, "https": 443}
# Not public, whatever this Python's ipaddress thinks (its tables differ from version to version).
_CLOSED = tuple(ipaddress.ip_network(text) for text in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3", "2001:db8::/32", "3fff::/20"))
_GLOBAL = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that was ever given out
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def check_address(url: str, allowed: Collection[str] = ()) -> Refused | None:
    """Why `url` may not be asked, or None. `allowed` holds `host:port` (as `host_key` writes them)."""
    scheme = _SCHEME.match(url)
    if not scheme or scheme[1].lower() not in _PORTS:
        found = scheme[1].lower()[:20] if scheme else "a bare path"
        return Refused(Outcome.REFUSED_SCHEME, f"only http and https, not {found}")
    try:
        parts = urlsplit(url)
        key = host_key(url)
    except ValueError:
        return _refused("cannot be parsed")
    authority = re.split(r"[/?#]", url.split(":", 1)[1].lstrip("/"), maxsplit=1)[0]
    if not parts.hostname or _AMBIGUOUS.search(authority) or not url.split(":", 1)[1].startswith("//"):
        return _refused("the host is missing or ambiguous")
    if key in allowed:
        return None
    name = unicodedata.normalize("NFKC", parts.hostname).translate(_DOTS).rstrip(".").lower()
    if name in _LOCAL_NAMES or name.endswith(tuple("." + local for local in _LOCAL_NAMES)):
        return _refused(f"{name} is a local name")
    address = literal_address(name)
    if address is None:
        return None
    if not is_public(address):
        return _refused(f"{address} is not public")
    if "." in name and ":" not in name and str(address) != name:
        return _refused(f"{name} is an odd way to write {address}")
    return None if ":" in name or str(address) == name else _refused(f"{name} is an odd way to write {address}")


def host_key(url_or_host: str) -> str:
    """`name:port`, lower case, port always written, of a URL; of a bare `host[:port]` as it is configured.

    Raises ValueError where it cannot be parsed.
    """
    if "://" not in url_or_host:
        url_or_host = f"//{url_or_host}"
    parts = urlsplit(url_or_host)
    port = parts.port or _PORTS.get(parts.scheme)
    return f"{(parts.hostname or '').rstrip('.').lower()}:{port}" if port else (parts.hostname or "").lower()


def allowed_keys(hosts: Collection[str]) -> frozenset[str]:
    """Configured `host[:port]` as keys: without a port both standard ones are meant."""
    keys: set[str] = set()
    for host in hosts:
        key = host_key(host)
        bare = urlsplit(f"//{host}" if "://" not in host else host)
        keys.update([key] if bare.port or bare.scheme else [f"{key}:{port}" for port in _PORTS.values()])
    return frozenset(keys)


def literal_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that `name` is a spelling of: dotted, decimal, octal, hexadecimal, shortened, IPv6; else None."""
    try:
        return ipaddress.ip_address(name.split("%", 1)[0].strip("[]"))
    except ValueError:
        pass
    parts = name.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    *first, last = [number for number in numbers if number is not None]
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(parts)):
        return ipaddress.IPv4Address("0.0.0.0")  # noqa: S104 - overflows differ between systems: never public
    value = sum(number << (24 - 8 * place) for place, number in enumerate(first)) + last
    return ipaddress.IPv4Address(value)


def is_public(address: str | ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an IP address is on the public internet; an IPv4 inside an IPv6 is judged as what it leads to."""
    if isinstance(address, str):
        try:
            address = ipaddress.ip_address(address.split("%", 1)[0])
        except ValueError:
            return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner_ipv4(address)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL:
            return False
    if any(address.version == closed.version and address in closed for closed in _CLOSED):
        return False
    return address.is_global and not address.is_multicast


def _inner_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 0xFFFF):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if (int(address) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE):  # ISATAP
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _number(text: str) -> int | None:
    """One part of an IPv4 address as inet_aton reads it: 0x is hexadecimal, a leading 0 octal."""
    if re.fullmatch(r"0[xX][0-9a-fA-F]{0,20}", text):
        return int(text[2:] or "0", 16)
    if not re.fullmatch(r"[0-9]{1,20}", text):
        return None
    if not text.startswith("0"):
        return int(text)
    # Digits that are no octal number count as an overflow, which is never public.
    return int(text, 8) if set(text) <= set("01234567") else 256 ** 4


def _refused(why: str) -> Refused:
    return Refused(Outcome.REFUSED_ADDRESS, why)
