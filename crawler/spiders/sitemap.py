"""Sitemaps: index, plain urlset, news sitemap, gzipped or not, and lists in plain text."""

from __future__ import annotations

import calendar
import io
import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urljoin

from lxml import etree

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, Found, ListingError, iso_date, older_than
from crawler.spiders.xml_safety import checked_xml

MAX_BYTES = 52_428_800   # the protocol's own limit, unpacked
MAX_ENTRIES = 50_000     # the protocol's own limit
MAX_CHILDREN = 500
MAX_OLD = 1_000          # older than the window, of one file, that are named; the others are counted
# A month, perhaps a day, in the address of a child (post-2019-05.xml): its only date where the index states none.
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
# A day in the address (/2024/05/07/, /2024-05-07-): the only date of many a plain urlset.
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/-])")


def read_sitemap(url: str, body: bytes, content_type: str = "", *, limit: int = MAX_BYTES,
                 cutoff: datetime | None = None) -> Found:
    """The pages or child sitemaps that a sitemap names, links absolute. `limit` is of unpacked bytes.

    Of what is dated before `cutoff` only the first MAX_OLD are named, and the others counted: an archive of 50,000
    addresses costs no more memory than its file.

    An entry's `published` is news:publication_date, else the day in its address; `updated` is lastmod, which many a
    site renews for all its pages at once.
    Raises ListingError where it is no sitemap, too large unpacked, or hostile.
    """
    del content_type  # servers label sitemaps in every possible way; the bytes say what they are
    if body[:2] == b"\x1f\x8b":
        body = unpack(body, limit)
    if body.lstrip()[:4].lower() == b"http":
        return _plain_list(url, body)
    safe = checked_xml(body, limit=limit)
    entries: list[Entry] = []
    children: list[Entry] = []
    notes: list[str] = []
    old = seen = 0
    day = f"{cutoff - timedelta(days=2):%Y-%m-%d}" if cutoff is not None else ""
    for kind, entry in _elements(url, safe, day):
        seen += 1
        if entry is None:
            old += 1
            continue
        if cutoff is not None and older_than(entry, cutoff):
            old += kind == "url"
            if kind == "sitemap" or old > MAX_OLD:
                continue
        into, most = (children, MAX_CHILDREN) if kind == "sitemap" else (entries, MAX_ENTRIES)
        if len(into) == most:
            notes.append(f"more than {most} entries; the rest was left out")
            break
        into.append(entry)
    if not seen:
        raise ListingError(Outcome.READ_EMPTY, "not a sitemap, or an empty one")
    # The newest first: where a crawl is stopped, what is left is old.
    children.sort(key=lambda child: child.updated or "9999", reverse=True)
    return Found(tuple(entries), tuple(children), tuple(notes), older=max(0, old - MAX_OLD))


def unpack(data: bytes, limit: int) -> bytes:
    """Gzip undone, all its members, never more than `limit` bytes held."""
    out = bytearray()
    while data:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out += stream.decompress(data, limit + 1 - len(out))
        except zlib.error:
            if out:
                break
            raise ListingError(Outcome.READ_EMPTY, "broken gzip") from None
        if len(out) > limit:
            raise ListingError(Outcome.TOO_LARGE, f"unpacks to more than {limit} bytes")
        data = stream.unused_data if stream.eof else b""
    return bytes(out)


def _elements(base: str, body: bytes, before: str) -> Iterator[tuple[str, Entry | None]]:
    """Each `url` and `sitemap` element, freed after it was read: memory does not grow with the file.

    None for an address whose lastmod is a day before `before`, after MAX_OLD of these: not worth 30 microseconds each,
    of 50,000.
    """
    passed = 0
    # The tag filter keeps iterparse from waking Python for each of some 300,000 inner elements.
    # recover: a stray ampersand must not cost the rest of the file.
    parsing = etree.iterparse(io.BytesIO(body), events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False,
                              no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        for _, element in parsing:
            kind = etree.QName(element).localname
            stated = element.findtext("{*}lastmod", "") if before and kind == "url" else ""
            old = stated[4:5] == "-" and stated[:10] < before
            passed += old
            old = old and passed > MAX_OLD
            entry = None if old else _read(base, element, child=kind == "sitemap")
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            if entry is not None or old:
                yield kind, entry
    except etree.XMLSyntaxError:
        return


def _read(base: str, element: etree._Element, *, child: bool) -> Entry | None:
    found: dict[str, str] = {}
    for inner in element:
        namespace, _, name = inner.tag.rpartition("}") if isinstance(inner.tag, str) else ("", "", "")
        if name in ("loc", "lastmod"):
            found.setdefault(name, (inner.text or "").strip())
        elif name == "news" and "news" in namespace:  # image: and video: have a loc, a title and a date of their own
            found |= {part.tag.rpartition("}")[2]: part.text.strip() for part in inner.iter()
                      if isinstance(part.tag, str) and part.text}
    if not found.get("loc"):
        return None
    url = found["loc"] if found["loc"].startswith(("http://", "https://")) else urljoin(base, found["loc"])
    if child:
        return Entry(url=url, updated=iso_date(found.get("lastmod")) or _end_of_period(url))
    dated = _DATED_PATH.search(url)
    return Entry(url=url, title=found.get("title"), source_name=found.get("name"),
                 published=(iso_date(found.get("publication_date"))
                            or iso_date("-".join(dated.groups()) if dated else None)),
                 updated=iso_date(found.get("lastmod")))


def _end_of_period(url: str) -> str | None:
    """The last day of the month, or the day, that stands in the address of a sitemap; None in the present one."""
    match = _PERIOD.search(url.rsplit("://", 1)[-1].partition("/")[2])
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    return iso_date(f"{year}-{month:02}-{match[3] or calendar.monthrange(year, month)[1]}")


def _plain_list(base: str, body: bytes) -> Found:
    """A list of addresses, one a line; such a list has no dates but those in the addresses."""
    entries = []
    for line in body.decode("utf-8", "replace").split()[:MAX_ENTRIES]:
        if not line.startswith(("http://", "https://")):
            continue
        dated = _DATED_PATH.search(line)
        entries.append(Entry(urljoin(base, line), published=iso_date("-".join(dated.groups())) if dated else None))
    return Found(tuple(entries))
