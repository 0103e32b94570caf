"""OPML: out and back without loss, other readers' lists taken as far as they go, hostile ones refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.sources import Source, load_sources
from crawler.errors import UsageError
from crawler.opml.foreign import Defaults, new_id
from crawler.opml.merge import Decision, Known, decide
from crawler.opml.read import MAX_BYTES, MAX_OUTLINES, read_opml
from crawler.opml.write import to_opml

PLAIN: dict[str, Any] = {"id": "le-phare", "name": "Le Phare", "home": "https://lephare.example/", "country": "MA",
                         "languages": ["fr"], "kind": "general", "discover": [{"feed": "https://lephare.example/feed"}]}


def source(**changes: Any) -> Source:
    return Source.model_validate(PLAIN | changes)


def foreign(outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="1.0"><head/><body>{outlines}</body></opml>'.encode()


def taken(body: bytes, known: list[Source] | None = None, defaults: Defaults | None = None,
          **options: Any) -> list[Decision]:
    return decide(read_opml(body, "list.opml"), Known(known or []), defaults or Defaults(), **options)


def added(decisions: list[Decision]) -> list[Source]:
    return [one.source for one in decisions if one.source is not None]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "  L'Écho <b>&amp;\n\t\"Tanger\" — الصدى\r  "},
        {"home": "https://lephare.example/?a=1&b=2"},
        {"country": "INT", "languages": ["ar", "fr", "en", "es"], "kind": "aggregator"},
        {"discover": [{"feed": "https://a.example/1"}, {"feed": "https://a.example/2"}, {"feed": "https://b.example/3"},
                      {"sitemap": "https://a.example/map.xml"}, {"wordpress": "https://a.example/"},
                      {"section": "https://a.example/eco", "follow": r"/\d{4}/[^\"'<>&]+ $"}]},
        {"discover": [{"section": "https://lephare.example/"}]},
        {"discover": [{"search": "gdelt"}], "kind": "search"},
        {"enabled": False, "reason": "answers 403"},
        {"reason": "kept, although it is on"},
        {"browser": True, "prune": ["div.ticker", "aside > p:first-child", '[data-x="é"]']},
        {"every": "90s"},
        {"every": "7d"},
    ],
)
def test_a_source_goes_out_and_comes_back_as_it_was(changes: dict[str, Any]) -> None:
    before = source(**changes)
    assert added(taken(to_opml([before]))) == [before]


def test_every_field_of_the_schema_comes_back() -> None:
    """Whatever `Source` and `Discovery` know today: a new key that is not carried shows here."""
    assert set(Source.model_fields) == {"id", "name", "home", "country", "languages", "kind", "discover", "every",
                                        "enabled", "reason", "browser", "prune"}, "carry the new key and name it here"


def test_the_whole_registry_goes_out_and_comes_back() -> None:
    registry = load_sources(ConfigFolder(PACKAGED))
    body = to_opml(registry)
    assert sorted(added(taken(body)), key=lambda one: one.id) == sorted(registry, key=lambda one: one.id)
    assert {one.what for one in taken(body, registry)} == {"known"}
    assert to_opml(registry) == body


def test_other_readers_find_every_feed_and_no_rubbish() -> None:
    """As a plain reader walks it: outlines with type, text and xmlUrl; nothing of ours is needed."""
    registry = load_sources(ConfigFolder(PACKAGED))
    root = etree.fromstring(to_opml(registry))
    assert root.get("version") == "2.0"
    assert root.find("head/title") is not None
    outlines = root.findall("body//outline")
    assert all(outline.get("text") for outline in outlines)
    found = [outline.get("xmlUrl") for outline in outlines if outline.get("type") == "rss"]
    assert sorted(found) == sorted(way.url for one in registry for way in one.discover if way.kind == "feed")
    off = {outline.get("xmlUrl") for outline in outlines if outline.get("isComment") == "true"} - {None}
    assert off == {way.url for one in registry for way in one.discover if way.kind == "feed" and not one.enabled}


def test_what_a_reader_kept_of_our_export_comes_back_as_feeds() -> None:
    """A reader that drops foreign attributes keeps name, feeds and front page: the feeds of one site stay one source."""
    two = source(discover=[{"feed": "https://lephare.example/feed"}, {"feed": "https://lephare.example/eco/feed"}])
    root = etree.fromstring(to_opml([two]))
    for outline in root.iter("outline"):
        for name in [name for name in outline.attrib if name.startswith("{")]:
            del outline.attrib[name]
        for way in list(outline.iterchildren("{*}way")):
            outline.remove(way)
    [back] = added(taken(etree.tostring(root)))
    assert [way.url for way in back.discover if way.kind == "feed"] == [way.url for way in two.discover]
    assert (back.name, back.home, back.languages) == (two.name, two.home, two.languages)
    assert {one.what for one in taken(etree.tostring(root), [two])} == {"known"}


def test_a_text_that_xml_cannot_carry_is_named() -> None:
    with pytest.raises(UsageError, match=r"'le-phare' holds the character U\+0007"):
        to_opml([source(name="Le\x07Phare")])


FOREIGN = """
  <outline text="Maroc"><outline title="Presse">
    <outline text="Le Quai" type="rss" xmlUrl="https://lequai.example/feed" htmlUrl="https://lequai.example/" language="fr-MA"/>
    <outline text="Le Quai, économie" type="rss" xmlURL="https://lequai.example/eco/feed" htmlURL="http://www.lequai.example"/>
    <outline text="المنارة" xmlUrl="https://almanara.example/rss.xml"/>
  </outline></outline>
  <outline xmlUrl="feed://bare.example/atom"/>
  <outline text="A page" type="link" url="https://page.example/"/>
  <outline text="Le Quai" xmlUrl="https://other.example/feed"/>
"""


def test_a_foreign_list_is_taken_with_what_it_tells() -> None:
    decisions = taken(foreign(FOREIGN))
    assert [(one.what, one.id) for one in decisions] == [
        ("added", "le-quai"), ("added", "almanara-example"), ("added", "bare-example"), ("refused", None),
        ("added", "le-quai-2")]
    quai, manara, bare, other = added(decisions)
    assert [way.url for way in quai.discover] == ["https://lequai.example/feed", "https://lequai.example/eco/feed"]
    assert (quai.languages, quai.country, quai.kind) == (("fr",), "INT", "general")
    assert (manara.name, manara.home) == ("المنارة", "https://almanara.example/")
    assert bare.discover[0].url == "http://bare.example/atom"
    assert bare.name == "bare.example"
    assert other.name == "Le Quai"
    assert decisions[0].why == "no country given: INT; no kind given: general"
    assert "no language given: en" in decisions[1].why
    assert "no front page given" in decisions[1].why
    assert "no name given" in decisions[2].why
    assert "sources add" in decisions[3].why


def test_what_a_list_does_not_tell_can_be_given() -> None:
    defaults = Defaults("MA", ("ar", "fr"), "business")
    quai, manara, *_ = added(taken(foreign(FOREIGN), defaults=defaults))
    assert (quai.country, quai.kind, quai.languages) == ("MA", "business", ("fr",))
    assert manara.languages == ("ar", "fr")


def test_the_registry_is_known_by_id_feed_and_front_page_and_never_changed() -> None:
    mine = source()
    by_feed = foreign('<outline text="Phare" xmlUrl="http://www.lephare.example/feed/?utm_source=x"/>')
    [decision] = taken(by_feed, [mine])
    assert (decision.what, decision.id) == ("known", "le-phare")
    by_home = foreign('<outline text="Phare" xmlUrl="https://lephare.example/new" htmlUrl="https://lephare.example"/>')
    [decision] = taken(by_home, [mine])
    assert (decision.what, decision.id, decision.source) == ("differs", "le-phare", None)
    assert "https://lephare.example/new" in decision.why
    edited = source(name="Le Phare de Larache", discover=[{"sitemap": "https://lephare.example/map.xml"}])
    [decision] = taken(to_opml([mine]), [edited])
    assert (decision.what, decision.source) == ("differs", None)
    assert decision.why == "yours has another name, discover; yours was kept"


def test_two_of_one_list_are_not_both_added() -> None:
    twice = foreign('<outline text="A" xmlUrl="https://a.example/feed"/><outline text="B" xmlUrl="https://a.example/feed/"/>')
    assert [one.what for one in taken(twice)] == ["added", "known"]


LINKS = [
    ("javascript:alert(1)", "only http and https, not javascript"),
    ("file:///etc/passwd", "only http and https, not file"),
    ("data:text/xml,x", "only http and https, not data"),
    ("feed:javascript:alert(1)", "only http and https"),
    ("ftp://a.example/feed", "only http and https, not ftp"),
    ("/feed", "only http and https, not a bare path"),
    ("http://127.0.0.1:8080/feed", "127.0.0.1 is not public"),
    ("http://2130706433/feed", "not public"),
    ("http://[::1]/feed", "not public"),
    ("http://169.254.169.254/latest/meta-data", "not public"),
    ("http://localhost/feed", "local name"),
    ("https://user:secret@a.example/feed", "ambiguous"),
]


@pytest.mark.parametrize(("url", "says"), LINKS)
@pytest.mark.parametrize("place", ["feed", "own way", "own home"])
def test_a_link_that_must_not_be_asked_is_refused_by_name(url: str, says: str, place: str) -> None:
    own = to_opml([source(home="https://home.example/")]).decode()
    body = {
        "feed": foreign(f'<outline text="X" xmlUrl="{url}"/>'),
        "own way": own.replace("https://lephare.example/feed", url).encode(),
        "own home": own.replace("https://home.example/", url).encode(),
    }[place]
    [decision] = taken(body)
    assert (decision.what, decision.source) == ("refused", None)
    assert says in decision.why or f"{url!r} is no web address" in decision.why
    assert decision.line >= 1


@pytest.mark.parametrize(
    ("url", "what", "says"),
    [
        ("javascript:alert(1)", "added", "its front page 'javascript:alert(1)' is no web address: that of the feed's host"),
        ("file:///etc/passwd", "added", "'file:///etc/passwd' is no web address"),
        ("/start", "added", "'/start' is no web address"),
        ("http://127.0.0.1/", "refused", "127.0.0.1 is not public"),
        ("http://intranet/", "refused", "local name"),
        ("https://user:secret@a.example/", "refused", "no web address"),
    ],
)
def test_a_front_page_that_must_not_be_asked(url: str, what: str, says: str) -> None:
    [decision] = taken(foreign(f'<outline text="X" xmlUrl="https://a.example/f" htmlUrl="{url}"/>'))
    assert decision.what == what
    assert says in decision.why
    assert [one.home for one in added([decision])] == (["https://a.example/"] if what == "added" else [])


def test_private_addresses_are_taken_where_a_person_says_so() -> None:
    before = source(home="http://127.0.0.1:8080/", discover=[{"feed": "http://127.0.0.1:8080/feed"}])
    assert added(taken(to_opml([before]), allow_private=True)) == [before]
    [decision] = taken(foreign('<outline text="X" xmlUrl="file:///etc/passwd"/>'), allow_private=True)
    assert decision.what == "refused"


BOMB = ('<!DOCTYPE lolz [<!ENTITY a "' + "ha" * 50 + '">'
        + "".join(f'<!ENTITY {after} "{f"&{before};" * 50}">' for before, after in zip("abcdef", "bcdefg", strict=True)) + "]>")
HOSTILE = {
    "external entity": ((b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body>'
                        b'<outline text="&x;" xmlUrl="https://a.example/f"/></body></opml>'), "declares entities"),
    "parameter entity": (b'<!DOCTYPE opml [<!ENTITY % x SYSTEM "http://a.example/x.dtd"> %x;]><opml/>', "declares entities"),
    "entity bomb": (f'{BOMB}<opml><body><outline text="&g;"/></body></opml>'.encode(), "declares entities"),
    "entity in UTF-16": ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE o [<!ENTITY x "y">]><opml/>'.encode("utf-16"),
                         "declares entities"),
    "ten megabytes": (foreign(f'<outline text="{"x" * 10_000_000}"/>'), f"more than {MAX_BYTES}"),
    "an encoding that hides": (b'<?xml version="1.0" encoding="utf-7"?><opml/>', "utf-7"),
    "nothing": (b"  ", "empty"),
    "depth": (foreign("<outline>" * 5_000 + "</outline>" * 5_000), "not well-formed XML"),
    "too many": (foreign("<outline/>" * (MAX_OUTLINES + 1)), f"more than {MAX_OUTLINES} outlines"),
    "a page": (b"<!DOCTYPE html><html><body>hello</body></html>", "no OPML, but <html>"),
    "a feed": (b'<rss version="2.0"><channel/></rss>', "no OPML, but <rss>"),
    "broken": (b'<opml>\n<body>\n<outline text="a & b"/></body></opml>', "line 3: not well-formed XML"),
    "no XML": (b"\x00\x01\x02 hello", "not well-formed XML"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(name: str) -> None:
    body, says = HOSTILE[name]
    with pytest.raises(UsageError) as caught:
        read_opml(body, "list.opml")
    assert "list.opml" in str(caught.value)
    assert says in str(caught.value)


def test_an_external_dtd_is_not_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ATTLIST outline xmlUrl CDATA "https://injected.example/feed">', encoding="utf-8")
    body = f'<!DOCTYPE opml SYSTEM "{dtd.as_uri()}"><opml><body><outline text="x"/></body></opml>'.encode()
    assert read_opml(body, "list.opml") == []


@pytest.mark.parametrize(
    ("name", "home", "slug"),
    [
        ("Le Matin du Sahara", "https://a.example/", "le-matin-du-sahara"),
        ("L'Économiste", "https://a.example/", "l-economiste"),
        ("مدار 21", "https://www.madar21.example/", "madar21-example"),
        ("전자신문", "https://etnews.example/", "etnews-example"),
        ("AP", "https://ap.example/", "ap"),
        ("!!!", "https://[2001:db8::1]/", "2001-db8-1"),
        ("x" * 300, "https://a.example/", "x" * 60),
        ("Taken", "https://a.example/", "taken-2"),
    ],
)
def test_ids_are_made_of_names(name: str, home: str, slug: str) -> None:
    assert new_id(name, home, taken={"taken"}) == slug
