"""The addresses at which a search service is asked for a source: phrases of the topic, countries, languages. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import quote, urlencode

import pycountry
from babel import Locale, UnknownLocaleError

from crawler.configuration.search import SearchPlan, Service
from crawler.configuration.sources import Source

DAYS = 30  # of a crawl without a window, where the service reaches so far back


def searches(service: Service, source: Source, plan: SearchPlan, window: timedelta | None,
             words: str | None = None) -> tuple[str, ...]:
    """The addresses to ask, each once, at most `service.most_queries`; none where there is nothing to ask for.

    `words` stands in for the topic's phrases. A source of a country is asked for that country; one of country INT
    for the whole world and for each of `plan.countries`.
    """
    found: dict[str, None] = {}
    days = min(service.reach_days, max(1, -(-window // timedelta(days=1)))) if window else service.reach_days
    for language in service.languages or source.languages:
        phrases = (words,) if words else _phrases(plan, language)
        if not phrases:
            continue
        for country in (source.country,) if source.country != "INT" else ("", *plan.countries):
            for query in _queries(service, phrases, country, language):
                if service.only_language and len(source.languages) == 1:
                    spoken = source.languages[0]
                    name = service.language_names.get(spoken, spoken)
                    query = f"{query} {service.only_language.format(language=name)}"  # noqa: PLW2901
                values = {"query": query, "language": language, "days": str(days), "iso": country or "US",
                          "country": _code(service, country)}
                given = service.parameters | service.by_language.get(language, {})
                pairs = [(name, text.format_map(values)) for name, text in given.items()]
                found[f"{service.endpoint}?{urlencode(pairs, quote_via=quote)}"] = None
    return tuple(found)[: service.most_queries]


def _phrases(plan: SearchPlan, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*plan.phrases.get("any", ()), *plan.phrases.get(language, ()))))


def _queries(service: Service, phrases: Sequence[str], country: str, language: str) -> Iterator[str]:
    quoted = [f'"{phrase}"' for phrase in phrases]
    joined = f"({' OR '.join(quoted)})" if len(quoted) > 1 else quoted[0]
    for pattern in service.country if country else service.world:
        for phrase in ("",) if service.join else phrases:
            yield pattern.format(phrase=phrase, phrases=joined, country=_code(service, country),
                                 name=country_name(country, language), language=language)


def _code(service: Service, country: str) -> str:
    if not country:
        return ""
    if not service.country_codes:
        return country
    return service.country_codes.get(country) or country_name(country, "en").replace(" ", "").lower()


def country_name(code: str, language: str) -> str:
    """A country by ISO code in a language, in English where Babel does not know it there; empty for no code."""
    if not code:
        return ""
    for spoken in (language, "en"):
        try:
            name = Locale(spoken).territories.get(code)
        except UnknownLocaleError:
            continue
        if name:
            return str(name)
    return str(getattr(pycountry.countries.get(alpha_2=code), "name", code))
