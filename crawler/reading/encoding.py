"""Bytes to text: byte order mark, then what HTTP says, then what the page says, then what the bytes look like."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

# WHATWG: who declares these means the Windows superset (0x80-0x9f hold quotes and dashes there).
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-6": "cp1256-or-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "windows-31j": "cp932",
    "tis-620": "cp874",
    "x-windows-1256": "cp1256",
    "unicode": "utf-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-user-defined": "cp1252",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_META_REACH = 4096
_GUESS_REACH = 64_000
_TAGS = re.compile(rb"<(script|style)\b.*?(?:</\1>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_ARABIC = re.compile("[\u0621-\u064a]")
_WESTERN = frozenset({"cp1252", "cp1250", "cp1254", "iso8859-15", "iso8859-2"})
_COMMON_1252 = frozenset("éèàêçùâîôûëïüöäßñóíáúÉÈÀÇÊÖÜÄÑÓÁÍ«»’‘“”–—…°·€©®¿¡ºª²³ \xa0".encode("cp1252"))
_ODD = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of `body` and the name of the encoding it was read with. Never raises.

    Valid UTF-8 with characters beyond ASCII wins over any other single-byte declaration: sites declare latin-1 and
    send UTF-8, never the other way round by chance.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff"), name
    declared = [name for name in (_declared(content_type), _in_page(body)) if name]
    if declared and declared[0].startswith(("utf-16", "utf-32")) and body[:64].count(0) < 8:
        declared = declared[1:]  # the page says so in ASCII letters: it cannot be true
    if body.isascii() and not any(name.startswith(("iso-2022", "hz", "utf-7")) for name in declared):
        return body.decode("ascii"), "ascii"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _nearly_utf8(body, error):
            return body.decode("utf-8", "replace"), "utf-8"
    for name in declared:
        if name == "utf-8":
            continue
        text = _try(body, name)
        if text is not None:
            return text, name
    name = _guess(body)
    return body.decode(name, "replace"), name


def _declared(content_type: str) -> str | None:
    match = _HEADER.search(content_type)
    return _known(match.group(1)) if match else None


def _in_page(body: bytes) -> str | None:
    match = _XML.search(body[:300]) or _META.search(body[:_META_REACH])
    return _known(match.group(1).decode("ascii", "ignore")) if match else None


def _known(name: str) -> str | None:
    name = name.strip().lower()
    name = _MEANT.get(name, name)
    if name == "cp1256-or-8859-6":
        return name
    try:
        found = codecs.lookup(name).name
        b"a\xff".decode(found, "replace")  # not every codec makes text of any bytes: "base64", "rot13", "idna" do not
    except (LookupError, ValueError, UnicodeError):
        return None
    return _MEANT.get(found, found)


def _nearly_utf8(body: bytes, error: UnicodeDecodeError) -> bool:
    """A long UTF-8 page with a few broken bytes (cut in a character, a stray latin-1 comment) stays UTF-8."""
    if error.start >= len(body) - 4:
        return True
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text.encode("utf-8", "ignore")) - len(text) - 2 * bad  # continuation bytes of whole characters
    return good > 20 * bad


def _try(body: bytes, name: str) -> str | None:
    if name == "cp1256-or-8859-6":
        # "ISO-8859-6" pages of the web are mostly windows-1256: the one with letters instead of holes
        first, second = body.decode("cp1256", "replace"), body.decode("iso-8859-6", "replace")
        return min((first, second), key=lambda text: (len(_ODD.findall(text)), -len(_ARABIC.findall(text))))
    try:
        text = body.decode(name)
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        if text.count("\ufffd") * 200 > len(text):
            return None  # more than holes here and there: the declaration is wrong
    except (LookupError, ValueError):
        return None
    if name in _WESTERN and _long_runs(_visible(body)):
        return None
    return text


def _visible(body: bytes) -> bytes:
    return _TAGS.sub(b" ", body[:_GUESS_REACH])


def _long_runs(visible: bytes) -> bool:
    """Whole words in high bytes (Arabic, Cyrillic, Chinese ...); Western languages have single ones."""
    runs = _HIGH_RUN.findall(visible)
    high = sum(map(len, runs))
    letters = sum(1 for byte in visible if 65 <= byte <= 90 or 97 <= byte <= 122)
    return high > 40 and len(runs) * 2.5 < high and high * 2 > letters


def _guess(body: bytes) -> str:
    """An encoding by the look of the visible bytes; cp1252 where nothing speaks against it."""
    visible = _visible(body)
    high = bytes(byte for byte in visible if byte >= 0x80)
    if not _long_runs(visible):
        common = sum(1 for byte in high if byte in _COMMON_1252)
        return "cp1252" if common * 10 >= len(high) * 7 else _ask(visible, ["cp1250", "cp1254", "cp1252"])
    # alif is 0xc7 in both Arabic code pages, lam 0xe1 or 0xe4: a fifth of all letters, in no other code page
    if high.count(0xC7) * 12 > len(high):
        for lam, name in ((0xE1, "cp1256"), (0xE4, "iso8859-6")):
            if high.count(lam) * 20 > len(high):
                return name
    return _ask(
        visible,
        [
            "cp1251",
            "koi8_r",
            "iso8859_5",
            "gb18030",
            "big5",
            "cp932",
            "euc_jp",
            "cp949",
            "cp1253",
            "cp1255",
            "cp874",
            "cp1256",
        ],
    )


def _ask(visible: bytes, candidates: list[str]) -> str:
    text = b" ".join(visible.split())[:20_000]
    best = from_bytes(text, cp_isolation=candidates, threshold=0.5, language_threshold=0.05).best()
    return _MEANT.get(best.encoding, best.encoding) if best else candidates[-1]
