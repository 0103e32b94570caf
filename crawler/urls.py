"""URLs: the canonical form that makes twins one, and the host that politeness counts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url, normalize_url
from w3lib.url import canonicalize_url

# Parameters that say where a reader came from, never which page it is. Queries are cleaned here and not by courlan
# 1.4, which drops whatever has no value: `spip.php?article578617` would become the same page for a whole site.
_TRACKING = re.compile(
    r"(?:utm_|at_|mc_|pk_|hsa_|_hs|mtm_|ns_|vero_|wt_|trk_).*|(?:fb|g|dcl|ms|yc|tw|igsh|ttc|msclk)clid|igshid|_gl|"
    r"xtor|ref|ref_src|feature|output|amp|m|ncid|cmpid|cmp|s_cid|mkt_tok|spm|share|shared|fromrss|source|src|origin",
    re.IGNORECASE)


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
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0]))
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    cleaned = canonicalize_url(normalize_url(clean_url(bare) or bare, strict=False) + (f"?{query}" if query else ""))
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
    query = "&".join(part if part in query.split("&") else part.removesuffix("=") for part in parts.query.split("&"))
    return urlunsplit(("https" if ":" not in host else parts.scheme, host, path, query, ""))
