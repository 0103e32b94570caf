"""`marsad sources add`: from the address of a site to a source that works, with a trial of five of its articles.

Three small crawls: the front page and robots.txt; the ways that these name; five articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from urllib.parse import urljoin, urlsplit

from pydantic import ValidationError

from crawler.configuration.sources import AUTO, Discovery, Source
from crawler.crawl.discovering import hints_of
from crawler.crawl.seam import CrawlSettings, SourceSummary
from crawler.errors import NothingDoneError, UsageError
from crawler.onboarding.diagnose import Finding, diagnose
from crawler.onboarding.guess import article_pattern, country_of, source_id
from crawler.onboarding.probe import Probed, probe
from crawler.onboarding.site import COMMON, SITEMAPS, Site, read_site
from crawler.reading.document import Page
from crawler.spiders.entry import Entry

TRIAL = 5
_FEEDS = 4      # of those that a page names
_KEPT = 3       # ways that are written
_NEW = "new source"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says beforehand; the rest is found out."""

    url: str
    id: str | None = None
    name: str | None = None
    country: str | None = None
    languages: tuple[str, ...] = ()
    kind: str = "general"
    every: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Way:
    """A way that was tried, what was found, and its first entries."""

    way: Discovery
    finding: Finding
    entries: tuple[Entry, ...] = ()


@dataclass
class Proposal:
    """What was found out. `ways`: all that were tried; `chosen`: those that go into the registry; `why`: where name,
    country and languages come from; `pages`: the articles of the trial, or why one did not come."""

    wish: Wish
    home: str
    site: Site
    ways: list[Way] = field(default_factory=list)
    chosen: list[Way] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, Page | None, str | None]] = field(default_factory=list)
    country: str | None = None

    def source(self, taken: Collection[str], languages: Sequence[str]) -> Source:
        """The source as it would be written; a country nobody could tell is a wrong use of the command."""
        host = urlsplit(self.home).hostname or ""
        if self.country is None:
            raise UsageError(f"nothing tells the country of {host}; say it: --country MA, or --country INT where it "
                             "belongs to none")
        try:
            return self._made(taken, languages, host)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise UsageError(f"--{first['loc'][0] if first['loc'] else 'id'}: {first['msg']}") from None

    def _made(self, taken: Collection[str], languages: Sequence[str], host: str) -> Source:
        return Source(id=self.wish.id or source_id(host, taken), name=self.wish.name or self.site.name or host,
                      home=self.home, country=self.country or "INT", languages=tuple(languages), kind=self.wish.kind,
                      discover=tuple(way.way for way in self.chosen), every=self.wish.every)


def explore(wish: Wish, settings: CrawlSettings, place: Callable[[str], str | None],
            now: datetime | None = None, database: str | None = None) -> Proposal:
    """Ask the site, politely, and propose a source. Private addresses are refused unless the configuration itself
    allows them. `database` is where crawls take turns at its hosts, if there is one. Raises NothingDoneError where the
    site cannot be read in any way."""
    now = now or datetime.now(timezone.utc)
    given = _address(wish.url)
    home = urljoin(given, "/")
    ask = partial(probe, settings=settings, own_hosts=False, database=database)
    first = ask([_alone("home", home, Discovery(page=given)),
                 *([_alone("root", home, Discovery(page=home))] if given != home else []),
                 _alone("robots", home, Discovery(sitemap=AUTO)),
                 *([_alone("given", home, Discovery(feed=given))] if given != home else [])])
    page = first.basket.pages.get("home") or first.basket.pages.get("root")
    site = read_site(page.url, page.body) if page is not None else Site()
    if page is not None and given == home:
        home = urljoin(page.url, "/")  # where http, or a host without www, led
    proposal = Proposal(wish, home, site)
    tried = [("robots", Discovery(sitemap=AUTO))] + ([("given", Discovery(feed=given))] if given != home else [])
    for name, way in tried:
        if name in first.summary.sources:
            _note(proposal, way, first.summary.sources[name], now)
    if page is None and not any(way.finding.works for way in proposal.ways):
        result = first.basket.results.get(given)
        why = result.reason if result is not None and result.reason else "no answer"
        raise NothingDoneError(f"{given} cannot be read: {result.outcome if result else 'not fetched'}: {why}")
    last = _try_ways(proposal, partial(ask, before=first), now)
    _choose(proposal)
    if not proposal.chosen:
        raise NothingDoneError(f"{home}: neither feed nor sitemap nor a list of articles was found: " + "; ".join(
            f"{way.finding.url}: {way.finding.text}" for way in proposal.ways))
    _try_articles(proposal, partial(ask, before=last))
    _say_country(proposal, place)
    return proposal


def settle_languages(proposal: Proposal, read: Sequence[str | None]) -> tuple[str, ...]:
    """The languages of the source: as the user says, as its articles are written, or as its front page declares."""
    if proposal.wish.languages:
        return proposal.wish.languages
    counted = Counter(code for code in read if code)
    if counted:
        told = ", ".join(f"{count} {code}" for code, count in counted.most_common())
        proposal.why["languages"] = f"the articles of the trial: {told}"
        return tuple(code for code, count in counted.most_common() if count >= 2 or len(counted) == 1) or (
            counted.most_common(1)[0][0],)
    if proposal.site.language:
        proposal.why["languages"] = "the page declares it"
        return (proposal.site.language,)
    raise UsageError("nothing tells in which language it publishes; say it: --language fr")


def _address(url: str) -> str:
    given = url if "://" in url else f"https://{url}"
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise UsageError(f"{url!r} is no web address; write https://outlet.example/")
    return given if parts.path else f"{given}/"


def _alone(name: str, home: str, way: Discovery) -> Source:
    return Source(id=name, name=_NEW, home=home, country="INT", languages=("en",), kind="general", discover=(way,))


def _note(proposal: Proposal, way: Discovery, summary: SourceSummary, now: datetime) -> None:
    finding = diagnose(way, summary, now)
    if finding.moved_to is not None and finding.word == "moved":
        # A new source begins at the new address.
        way = way.model_copy(update={way.kind: finding.moved_to})
        finding = replace(finding, word="fine", url=finding.moved_to, advice=None)
    proposal.ways.append(Way(way, finding, tuple(summary.seen.first)))


def _try_ways(proposal: Proposal, ask: Callable[[Sequence[Source]], Probed], now: datetime) -> Probed:
    site, home = proposal.site, proposal.home
    known = {way.way.url for way in proposal.ways if way.finding.works}
    named = [url for url in site.feeds if url not in known][:_FEEDS]
    usual = dict.fromkeys((*site.habits, *(urljoin(home, path) for path in COMMON)))
    ways = [Discovery(feed=url) for url in named or usual]
    if any(way.finding.works and way.way.kind == "feed" for way in proposal.ways):
        ways = []  # the given address is a feed
    if not any(way.finding.works and way.way.kind == "sitemap" for way in proposal.ways):
        ways += [Discovery(sitemap=urljoin(home, path)) for path in SITEMAPS]
    if site.wordpress:
        ways.append(Discovery(wordpress=site.wordpress))
    ways.append(Discovery(section=home))
    probed = ask([_alone(f"way-{number}", home, way) for number, way in enumerate(ways)])
    for number, way in enumerate(ways):
        _note(proposal, way, probed.summary.sources[f"way-{number}"], now)
    return probed


def _choose(proposal: Proposal) -> None:
    """One working way of each kind: a feed, WordPress, the sitemaps, the front page as the last one."""
    order = {"feed": 0, "wordpress": 1, "sitemap": 2, "section": 3}
    best: dict[str, Way] = {}
    for way in proposal.ways:
        if way.finding.works and way.entries and way.way.kind not in best:
            best[way.way.kind] = way
    chosen = sorted(best.values(), key=lambda way: order[way.way.kind])[:_KEPT + 1]
    urls = [entry.url for way in chosen if way.way.kind != "section" for entry in way.entries]
    section = best.get("section")
    if section is not None:
        follow = article_pattern(urls or [entry.url for entry in section.entries])
        if follow is not None:
            proposal.why["follow"] = f"fits {follow!r}, as its articles do"
            fitting = replace(section, way=Discovery(section=section.way.url, follow=follow))
            chosen = [fitting if way is section else way for way in chosen]
    proposal.chosen = chosen


def _try_articles(proposal: Proposal, ask: Callable[[Sequence[Source]], Probed]) -> None:
    first = proposal.chosen[0]
    entries = list({entry.url: entry for entry in first.entries}.values())[:TRIAL]
    outlet = _alone("trial", proposal.home, first.way)
    probed = ask([_alone(f"trial-{number}", proposal.home, Discovery(page=entry.url))
                  for number, entry in enumerate(entries)])
    for number, entry in enumerate(entries):
        page = probed.basket.pages.get(f"trial-{number}")
        result = probed.basket.results.get(entry.url)
        why = None if page else f"{result.outcome}: {result.reason}" if result else "not fetched"
        hints = replace(hints_of(outlet, first.way, entry), outlet=proposal.site.name, languages=())
        proposal.pages.append((entry.url, replace(page, hints=hints) if page else None, why))


def _say_country(proposal: Proposal, place: Callable[[str], str | None]) -> None:
    if proposal.wish.country:
        proposal.country = proposal.wish.country
        return
    found = country_of(urlsplit(proposal.home).hostname or "", proposal.site.region, proposal.site.text, place)
    if found:
        proposal.country, proposal.why["country"] = found
