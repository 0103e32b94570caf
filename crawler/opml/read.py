"""OPML from strangers: what it lists, as it stands there. Nothing is believed and nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from crawler.errors import UsageError
from crawler.opml.write import NAMESPACE
from crawler.spiders.entry import ListingError
from crawler.spiders.xml_safety import checked_xml

MAX_BYTES = 5_000_000   # the shipped registry takes 200 KB
MAX_OUTLINES = 20_000
_OWN = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline that names an address. `own` and `ways` are what marsad itself wrote; empty in a foreign file."""

    line: int
    text: str = ""
    feed: str | None = None
    home: str | None = None
    language: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Mapping[str, str], ...] = ()


def read_opml(body: bytes, name: str) -> list[Outline]:
    """All outlines with an address, in order, whatever folders they lie in.

    Raises UsageError, with `name` (of the file) in it: too large, entities, not well formed, no OPML.
    """
    try:
        checked = checked_xml(body, limit=MAX_BYTES)
        # Strict: what a lenient parser makes of a broken list is another list.
        root = etree.fromstring(checked, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False,
                                                         huge_tree=False))
    except ListingError as error:
        raise UsageError(f"{name}: refused, {error}") from None
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}, line {error.lineno}: not well-formed XML: {error.msg}") from None
    if etree.QName(root).localname.lower() != "opml":
        raise UsageError(f"{name}: no OPML, but <{etree.QName(root).localname}>; "
                         "`marsad sources add URL` adds a single feed or site")
    found = []
    for count, element in enumerate(root.iter("{*}outline"), 1):
        if count > MAX_OUTLINES:
            raise UsageError(f"{name}: refused, more than {MAX_OUTLINES} outlines")
        outline = _outline(element)
        if outline is not None:
            found.append(outline)
    return found


def _outline(element: etree._Element) -> Outline | None:
    own = {str(key)[len(_OWN):]: str(value) for key, value in element.attrib.items() if str(key).startswith(_OWN)}
    # Readers disagree on xmlUrl, xmlURL and xmlurl.
    given = {str(key).lower(): str(value).strip() for key, value in element.attrib.items()}
    feed = given.get("xmlurl") or None
    home = given.get("htmlurl") or given.get("url") or None
    if not feed and not home and not own:
        return None
    ways = tuple({str(key): str(value) for key, value in way.attrib.items()}
                 for way in element.iterchildren(f"{_OWN}way"))
    text = given.get("title") or given.get("text") or ""
    return Outline(element.sourceline or 0, text, feed, home, given.get("language") or None, own, ways)
