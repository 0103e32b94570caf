"""The registry as OPML 2.0: feeds as every reader knows them, all the rest in a namespace of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from lxml import etree

from crawler.configuration.sources import WAYS, Source
from crawler.configuration.written import WRITTEN, duration_text, further
from crawler.errors import UsageError

NAMESPACE = "urn:marsad:opml:1"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_opml(sources: Iterable[Source]) -> bytes:
    """OPML in UTF-8, a folder for each kind; the same sources always give the same bytes.

    Each source is one outline with its first feed as `xmlUrl`; its further feeds follow as outlines of their own that
    name it in `marsad:of`. A source without a feed is a link to its front page, one that is off a comment
    (`isComment`). Raises UsageError where a text holds what XML cannot carry.
    """
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"marsad": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "marsad sources"
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sources:
        if source.kind not in folders:
            folders[source.kind] = etree.SubElement(body, "outline", {"text": source.kind, "title": source.kind})
        _add(folders[source.kind], source)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(folder: etree._Element, source: Source) -> None:
    feeds = [way.url for way in source.discover if way.kind == "feed"]
    shared = {"htmlUrl": source.home, "language": source.languages[0], "category": f"/{source.kind}/{source.country}",
              **({} if source.enabled else {"isComment": "true"})}
    address = {"type": "rss", "xmlUrl": feeds[0]} if feeds else {"type": "link", "url": source.home}
    outline = _outline(folder, source, {"text": source.name, "title": source.name, **address, **shared})
    own = {"id": source.id, "name": source.name, "home": source.home, "country": source.country,
           "languages": " ".join(source.languages), "kind": source.kind, "every": duration_text(source.every),
           "enabled": "true" if source.enabled else "false",
           # what is no text is JSON: a list, a yes
           **{name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
              for name, value in further(source, WRITTEN)}}
    for name, value in own.items():
        outline.set(f"{{{NAMESPACE}}}{name}", _carried(str(value), source))
    for way in source.discover:
        given = {"kind": way.kind, "url": way.url, **dict(further(way, WAYS))}
        etree.SubElement(outline, f"{{{NAMESPACE}}}way",
                         {name: _carried(str(value), source) for name, value in given.items()})
    for number, url in enumerate(feeds[1:], 2):
        title = f"{source.name} ({number})"
        again = _outline(folder, source, {"text": title, "title": title, "type": "rss", "xmlUrl": url, **shared})
        again.set(f"{{{NAMESPACE}}}of", source.id)


def _outline(folder: etree._Element, source: Source, attributes: Mapping[str, str]) -> etree._Element:
    return etree.SubElement(folder, "outline", {name: _carried(value, source) for name, value in attributes.items()})


def _carried(value: str, source: Source) -> str:
    if bad := _NOT_XML.search(value):
        raise UsageError(f"source {source.id!r} holds the character U+{ord(bad[0]):04X}, which OPML cannot carry; "
                         "remove it, or export as YAML (--yaml)")
    return value
