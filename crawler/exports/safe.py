"""Words and links of web pages made harmless for files that people open. Pure."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from urllib.parse import quote, urlsplit

# What no file needs: controls (but line feeds and tabs), lone surrogates, characters that are none, and the marks
# that turn the direction of everything after them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
                       "\ufdd0-\ufdef\U000e0000-\U000e007f]")
_FORMULA = "=+-@\t\r\n\0|%＝＋－＠"
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
# Kept as they are in a link; all else is percent-encoded.
_LINK_SAFE = "/:?#[]@!$&()*+,;=%~-._"
# Fields that hold addresses.
LINKS = frozenset({"url", "first_url", "home"})
_NAME_LENGTH = 80
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


def plain(text: object) -> str:
    """`text` without control characters, broken characters and marks that change the direction of what follows."""
    return _UNWANTED.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: object) -> str:
    """`plain` on one line."""
    return " ".join(plain(text).split())


def web_link(url: object) -> str | None:
    """`url` where it is one of the web (http, https, with a host), quoted for any attribute; else None."""
    text = "" if url is None else str(url).strip()
    if _UNWANTED.search(text) or any(c.isspace() for c in text):
        return None
    try:
        parts = urlsplit(text)
        good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return quote(text, safe=_LINK_SAFE) if good else None


def address(url: object) -> str | None:
    """An address as data: one of the web, or of an ingested file; else None."""
    text = "" if url is None else str(url)
    return text if text.startswith("file://") and one_line(text) == text else web_link(text)


def cell(value: object) -> object:
    """A cell of a CSV file. A text that a spreadsheet would take for a formula, or that begins with an apostrophe,
    gets an apostrophe in front; numbers stay numbers. `uncell` takes it away again."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    # a formula may hide behind blanks, and in another width of the same character
    starts = (text[:1], text.lstrip()[:1])
    risky = any(start and (start in _FORMULA or unicodedata.normalize("NFKC", start)[:1] in _FORMULA)
                for start in starts)
    return "'" + text if text[:1] == "'" or (risky and not _NUMBER.fullmatch(text)) else text


def uncell(text: str) -> str:
    """What `cell` was given (after `plain`)."""
    return text[1:] if text[:1] == "'" else text


def attribute(value: str) -> str:
    """`value` inside double quotes of HTML."""
    return escape(plain(value), quote=True)


def text_node(value: object) -> str:
    """`value` as text of HTML."""
    return escape(plain(value), quote=False)


def file_name(name: str, ending: str) -> str:
    """A file name made of letters, digits, dots and hyphens, without a path, never hidden, never empty."""
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKD", name)).strip("-._")[:_NAME_LENGTH]
    kept = kept.strip("-._")
    if not kept or kept.split(".")[0].lower() in _RESERVED:
        kept = f"export-{kept}".rstrip("-")
    return f"{kept}.{ending}"
