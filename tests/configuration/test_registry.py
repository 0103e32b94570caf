"""The shipped registry: enough outlets of each class, each with a way, its evidence and, where it is off, a reason."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.sources import WAYS, Source, load_sources

FILES = sorted((PACKAGED / "sources").glob("*.yml"))
WAY = re.compile(rf"^\s+- (?:{'|'.join(WAYS)}): (?P<rest>.+)$")
# What a comment behind an address may say of it, besides `unverified`.
TRIED = re.compile(r"answered|in use elsewhere|robots\.txt read")
BEYOND_MOROCCO = ("africa", "arab-world")
TRADE = ("datacenter", "technology", "energy")


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return load_sources(ConfigFolder(PACKAGED))


def of_files(sources: list[Source], *names: str) -> list[Source]:
    ids = {name: re.findall(r"^- id: (\S+)$", (PACKAGED / "sources" / f"{name}.yml").read_text("utf-8"), re.MULTILINE)
           for name in names}
    wanted = {source_id for found in ids.values() for source_id in found}
    return [source for source in sources if source.id in wanted]


def outlets(sources: list[Source]) -> list[Source]:
    return [source for source in sources if source.kind != "search"]


def test_how_many_outlets_of_each_class(sources: list[Source]) -> None:
    media = [source for source in outlets(sources) if source.kind not in {"official", "newsroom", "aggregator"}]
    moroccan = [source for source in media if source.country == "MA"]
    found = {
        "all": len(outlets(sources)),
        "Moroccan": len(moroccan),
        **{f"Moroccan, {code}": sum(code in source.languages for source in moroccan) for code in ("fr", "ar", "en", "es")},
        "in Arabic": sum("ar" in source.languages for source in outlets(sources)),
        "in Spanish": sum("es" in source.languages for source in outlets(sources)),
        "African and Arab": len(of_files(sources, *BEYOND_MOROCCO)),
        "trade press": len(of_files(sources, *TRADE)),
        "official": sum(source.kind == "official" for source in sources),
        "newsrooms": sum(source.kind == "newsroom" for source in sources),
    }
    wanted = {"all": 150, "Moroccan": 60, "Moroccan, fr": 20, "Moroccan, ar": 20, "Moroccan, en": 3, "Moroccan, es": 1,
              "in Arabic": 40, "in Spanish": 5, "African and Arab": 30, "trade press": 40, "official": 10,
              "newsrooms": 10}
    assert {name: count for name, count in found.items() if count < wanted[name]} == {}


def test_the_classes_hold_when_only_what_is_switched_on_counts(sources: list[Source]) -> None:
    on = [source for source in outlets(sources) if source.enabled]
    assert len(on) >= 150
    assert sum(source.country == "MA" for source in on) >= 60
    assert sum("ar" in source.languages for source in on) >= 40
    assert sum("es" in source.languages for source in on) >= 5
    assert sum(source.enabled for source in of_files(sources, *BEYOND_MOROCCO)) >= 30
    assert sum(source.enabled for source in of_files(sources, *TRADE)) >= 40


def test_files_hold_what_their_names_say(sources: list[Source]) -> None:
    assert all(source.country != "MA" for source in of_files(sources, *BEYOND_MOROCCO, *TRADE))
    assert all("ar" in source.languages for source in of_files(sources, "morocco-ar"))
    assert all("fr" in source.languages for source in of_files(sources, "morocco-fr"))
    assert {source.kind for source in of_files(sources, "search")} == {"search"}


def test_homes_are_unique(sources: list[Source]) -> None:
    homes: dict[str, list[str]] = {}
    for source in sources:
        parts = urlsplit(source.home)
        homes.setdefault(f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}", []).append(source.id)
    assert {home: ids for home, ids in homes.items() if len(ids) > 1} == {}


def test_no_way_stands_twice(sources: list[Source]) -> None:
    ways = [(way.kind, way.url.rstrip("/")) for source in sources for way in source.discover]
    assert {way for way in ways if ways.count(way) > 1} == set()


def test_every_address_is_a_clean_one(sources: list[Source]) -> None:
    for source in sources:
        for url in (source.home, *(way.url for way in source.discover if way.kind != "search")):
            parts = urlsplit(url)
            assert parts.scheme in {"http", "https"}, url
            assert re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", parts.netloc), url
            assert not parts.fragment, url
            assert " " not in url, url
            assert not re.match(r"(?:preprod|staging|dev)\.", parts.netloc), url
        assert all(way.kind != "page" for way in source.discover), source.id


def test_each_kind_of_way_stands_together(sources: list[Source]) -> None:
    """The order of kinds is the order of preference; a kind that comes up again behind another would mislead."""
    for source in sources:
        kinds = [way.kind for way in source.discover]
        assert kinds == sorted(kinds, key=kinds.index), source.id


def test_whoever_is_off_says_why_and_google_is_off(sources: list[Source]) -> None:
    for source in sources:
        assert source.enabled is (source.reason is None), source.id
    search = {way.url: source for source in sources for way in source.discover if way.kind == "search"}
    assert {name: source.enabled for name, source in search.items()} == {"gdelt": True, "bing": True, "google": False}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_address_has_its_evidence(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    for number, line in enumerate(text.splitlines(), 1):
        if not (found := WAY.match(line)):
            continue
        _, mark, evidence = found["rest"].partition("   # ")
        assert mark, f"{path.name}:{number} has no comment on how far it was tried"
        assert "unverified" in evidence or TRIED.search(evidence), f"{path.name}:{number} {evidence!r}"
        if "answered" in evidence:
            assert "unverified" in evidence or re.search(r"\b20\d\d\b", evidence), f"{path.name}:{number} has no date"


# Earlier releases shipped these ids; rows of `sources` and people's commands know them.
KNOWN = {
    "financialafrik", "africanews-en", "digitalbusiness-africa", "techcabal", "itweb-za", "techcentral",
    "connectingafrica", "telecomreviewafrica", "constructionreview", "aawsat", "thenational", "telecomreview-me",
    "khaleejtimes", "gulfnews", "saudigazette", "dailynewsegypt", "ecofinagency", "developingtelecoms",
    "anadolu-en", "dcd", "datacenterfrontier", "datacenternews-asia", "capacity", "blocksandfiles",
    "et-datacenters", "theregister-dc", "theregister", "lightreading", "fierce-network", "telecoms-com",
    "digitimes", "koreaherald", "koreatimes", "etnews", "utilitydive", "airtrunk", "prnewswire",
    "prnewswire-energy", "prnewswire-tech", "hespress-ar", "hespress-fr", "le360-fr", "telquel", "leseco",
    "aujourdhui", "infomediaire", "lesiteinfo", "medi1news", "maroc-ma",
}


def test_ids_that_were_shipped_stay(sources: list[Source]) -> None:
    assert KNOWN - {source.id for source in sources} == set()
