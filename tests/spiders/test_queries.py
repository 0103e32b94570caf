"""What search services are asked: the shipped config/search.yml, country by country, language by language."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.configuration.locate import find_config
from crawler.configuration.search import SearchPlan, load_search
from crawler.configuration.sources import Discovery, Source, load_sources
from crawler.spiders.entry import ListingError
from crawler.spiders.queries import country_name, searches
from crawler.spiders.readers import openings

PHRASES = {"any": ("data center",), "en": ("data centre",), "fr": ("centre de données",), "ar": ("مركز بيانات",)}
PLAN = load_search(find_config(None), PHRASES)
MONTH = timedelta(days=30)


def source(country: str = "MA", *languages: str) -> Source:
    return Source(id="s", name="S", home="https://example.org/", country=country, languages=languages or ("fr", "ar"),
                  kind="search", discover=(Discovery(search="gdelt"),))


def asked(service: str, where: Source, *, plan: SearchPlan = PLAN, window: timedelta | None = MONTH,
          words: str | None = None) -> list[dict[str, str]]:
    made = searches(plan.services[service], where, plan, window, words)
    assert all(url.startswith(plan.services[service].endpoint + "?") for url in made)
    return [{key: values[0] for key, values in parse_qs(urlsplit(url).query).items()} for url in made]


def test_gdelt_is_asked_in_english_with_its_own_country_codes() -> None:
    made = asked("gdelt", source())
    assert [one["query"] for one in made] == [
        '"data center" sourcecountry:MO', '"data centre" sourcecountry:MO', '"data center" Morocco', '"data centre" Morocco']
    assert {(one["mode"], one["format"], one["maxrecords"], one["timespan"], one["sort"]) for one in made} == {
        ("artlist", "json", "250", "30d", "datedesc")}


@pytest.mark.parametrize(("country", "code"), [("MA", "MO"), ("MG", "MA"), ("SN", "SG"), ("SG", "SN"), ("AE", "AE"),
                                               ("BT", "bhutan"), ("NZ", "newzealand")])
def test_countries_of_gdelt(country: str, code: str) -> None:
    assert asked("gdelt", source(country))[0]["query"] == f'"data center" sourcecountry:{code}'


def test_one_language_alone_is_asked_for_by_its_name() -> None:
    assert {one["query"].rsplit(" ", 1)[1] for one in asked("gdelt", source("MA", "ar"))} == {"sourcelang:arabic"}


def test_a_source_of_no_country_asks_for_the_world_and_for_the_countries_of_the_file() -> None:
    made = [one["query"] for one in asked("gdelt", source("INT"))]
    assert made[:2] == ['"data center"', '"data centre"']
    assert '"data center" sourcecountry:MO' in made


def test_bing_is_asked_in_each_language_with_all_phrases_at_once() -> None:
    french, arabic = asked("bing", source())
    assert french == {"q": '("data center" OR "centre de données") Maroc', "format": "rss", "setlang": "fr", "cc": "FR",
                      "mkt": "fr-FR"}
    assert arabic == {"q": '("data center" OR "مركز بيانات") المغرب', "format": "rss", "setlang": "ar"}


@pytest.mark.parametrize(("window", "days"), [(timedelta(hours=12), "1d"), (timedelta(days=7), "7d"),
                                              (timedelta(days=400), "90d"), (None, "90d")])
def test_the_window_is_no_longer_than_the_service_reaches(window: timedelta | None, days: str) -> None:
    assert asked("gdelt", source(), window=window)[0]["timespan"] == days


def test_words_of_the_source_stand_in_for_the_topic() -> None:
    assert [one["query"] for one in asked("gdelt", source(), words="cloud region")] == [
        '"cloud region" sourcecountry:MO', '"cloud region" Morocco']


def test_most_queries_is_kept() -> None:
    few = PLAN.services["gdelt"].model_copy(update={"most_queries": 3})
    assert len(searches(few, source(), PLAN, MONTH)) == 3


@pytest.mark.parametrize(("name", "plan", "words"), [
    ("gdlt", PLAN, "no such service in config/search.yml (known: gdelt, bing, google)"),
    ("google", PLAN, "switched off in config/search.yml: its robots.txt forbids /rss"),
    ("gdelt", SearchPlan(PLAN.services, (), {"fr": ("x",)}), "nothing to ask for"),
])
def test_why_a_service_is_not_asked(name: str, plan: SearchPlan, words: str) -> None:
    with pytest.raises(ListingError) as caught:
        openings(source(), Discovery(search=name), plan)
    assert caught.value.reason.startswith(words)


def test_google_once_it_is_allowed() -> None:
    allowed = SearchPlan({"google": PLAN.services["google"].model_copy(update={"enabled": True})}, (), PHRASES)
    [french, english] = asked("google", source("MA", "fr", "en"), plan=allowed)
    assert french["ceid"] == "MA:fr"
    assert french["q"] == '("data center" OR "centre de données") Maroc when:30d'
    assert (english["hl"], english["ceid"]) == ("en-US", "US:en")


def test_the_gap_of_the_service_travels_with_each_request() -> None:
    made = openings(source(), Discovery(search="gdelt"), PLAN, window=MONTH)
    assert {one.gap for one in made} == {5.0}
    assert len({one.url for one in made}) == 4


@pytest.mark.parametrize(("code", "language", "name"), [("MA", "es", "Marruecos"), ("MA", "xx", "Morocco"), ("", "fr", "")])
def test_country_names(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


def test_every_way_of_the_shipped_registry_has_a_beginning() -> None:
    registry = load_sources(find_config(None))
    plan = load_search(find_config(None), PHRASES, registry)
    off = []
    for one in registry:
        for way in one.discover:
            try:
                made = openings(one, way, plan, window=MONTH)
            except ListingError:
                off.append(way.url)
                continue
            assert made
            assert all(opening.url.startswith(("http://", "https://")) for opening in made)
    assert off == ["google"]
    shipped = next(one for one in registry if one.id == "gdelt")
    assert 4 <= len(openings(shipped, shipped.discover[0], plan, window=MONTH)) <= plan.services["gdelt"].most_queries


def test_outlets_are_known_by_their_host() -> None:
    def outlet(identifier: str, home: str, *, enabled: bool = True, kind: str = "general") -> Source:
        return Source.model_validate({"id": identifier, "name": identifier, "home": home, "country": "MA", "languages": ["fr"],
                                      "kind": kind, "discover": [{"feed": f"{home}feed"}], "enabled": enabled,
                                      "reason": None if enabled else "its robots.txt forbids it"})
    plan = load_search(find_config(None), {}, [
        outlet("one", "https://www.one.example/"), outlet("two-fr", "https://two.example/fr/"), outlet("two-ar", "https://two.example/ar/"),
        outlet("off-fr", "https://off.example/fr/", enabled=False), outlet("off-ar", "https://off.example/ar/", enabled=False),
        outlet("many", "https://many.example/", kind="aggregator")])
    found = {host: plan.outlet(f"https://{host}/a") for host in ("one.example", "m.one.example", "fr.one.example", "two.example",
                                                                "off.example", "many.example", "[broken")}
    assert {host: one.id for host, one in found.items() if one} == {"one.example": "one", "m.one.example": "one", "off.example": "off-fr"}
