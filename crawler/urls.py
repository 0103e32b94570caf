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
    r"xtor|ref|ref_src|feature|output|outputtype|amp|wpamp|m|ncid|cmpid|cmp|s_cid|mkt_tok|spm|share|shared|fromrss|"
    r"source|src|origin|__twitter_impression|_ga|phpsessid|jsessionid|print|usqp|amp_.*",
    re.IGNORECASE)
# `https://www-a-org.cdn.ampproject.org/c/s/www.a.org/x` and `https://www.google.com/amp/s/www.a.org/x` are www.a.org/x.
_AMP_CACHE = re.compile(r"[^/]+\.cdn\.ampproject\.org/[a-z]/(s/)?|www\.google\.[a-z.]{2,6}/amp/(s/)?", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp|/amp\.html|\.amp|/amp/index\.html)$", re.IGNORECASE)
_SESSION = re.compile(r"(?:;|%3b)jsessionid=[^/?]*", re.IGNORECASE)
_HOSTS = ("www.", "amp.", "m.", "mobile.", "touch.", "wap.")  # of a site's twins


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
    cached = _AMP_CACHE.match(f"{parts.netloc}{parts.path}")
    if cached and "." in (inner := f"{parts.netloc}{parts.path}"[cached.end():]).split("/", 1)[0]:
        return canonical_url(f"https://{inner}" + (f"?{parts.query}" if parts.query else ""))
    given = parts.query.replace("&amp;", "&")  # of a feed that escaped twice
    query = "&".join(part for part in given.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0]))
    bare = urlunsplit((parts.scheme, parts.netloc, _SESSION.sub("", parts.path), "", ""))
    cleaned = canonicalize_url(normalize_url(clean_url(bare) or bare, strict=False) + (f"?{query}" if query else ""))
    parts = urlsplit(cleaned)
    host = _plain_host(host_of(cleaned))
    path = _AMP_PATH.sub("", parts.path.rstrip("/")).rstrip("/")
    if path.endswith(".amp.html"):
        path = f"{path.removesuffix('.amp.html')}.html"
    path = (path.removeprefix("/amp") if path.startswith("/amp/") else path) or "/"
    query = "&".join(part if part in query.split("&") else part.removesuffix("=") for part in parts.query.split("&"))
    return urlunsplit(("https" if ":" not in host else parts.scheme, host, path, query, ""))


def _plain_host(host: str) -> str:
    """Without the names of a site's twins before or within it: `www.`, `m.`, `fr.m.`; and the root's dot."""
    name, _, port = host.partition(":")
    name = name.rstrip(".")
    for _ in range(2):  # www.m.
        prefix = next((one for one in _HOSTS if name.startswith(one)), None)
        if prefix is None or name.count(".") < 2:
            break
        name = name[len(prefix):]
    labels = name.split(".")
    if len(labels) > 3 and labels[1] in ("m", "amp", "mobile"):
        name = ".".join([labels[0], *labels[2:]])
    return f"{name}:{port}" if port else name
