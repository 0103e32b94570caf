"""URLs: the canonical form that makes twins one, and the host that politeness counts."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url, normalize_url
from w3lib.url import url_query_cleaner

# Tracking parameters beyond what courlan strips (utm_*, fbclid, gclid ...).
_TRACKING = (
    "xtor", "at_medium", "at_campaign", "ref", "feature", "output", "amp", "m", "_gl", "igshid", "ncid", "cmpid",
)


def host_of(url: str) -> str:
    """Host name and port, lower case: what politeness and the address guard call a host (contract.md)."""
    parts = urlsplit(url)
    name = (parts.hostname or "").lower()
    port = parts.port
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return name if port in (None, default) else f"{name}:{port}"


def canonical_url(url: str) -> str:
    """The normalised form under which a page is stored once: https, no tracking, fragment, AMP or trailing slash.

    A URL that cannot be parsed, or of another scheme than http and https, comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return url
    cleaned = normalize_url(clean_url(url.strip()) or url.strip(), strict=False)
    cleaned = url_query_cleaner(cleaned, _TRACKING, remove=True)
    parts = urlsplit(cleaned)
    host = host_of(cleaned)
    for prefix in ("www.", "amp.", "m."):
        if host.startswith(prefix) and host.count(".") > 1:
            host = host[len(prefix):]
            break
    path = parts.path or "/"
    for twin in ("/amp", "/amp.html"):
        if path.rstrip("/").endswith(twin):
            path = path.rstrip("/")[: -len(twin)]
            break
    path = path.rstrip("/") or "/"
    return urlunsplit(("https" if ":" not in host else parts.scheme, host, path, parts.query, ""))
