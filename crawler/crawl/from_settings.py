"""Settings of the configuration as the crawl takes them."""

from __future__ import annotations

from crawler import __version__
from crawler.configuration.durations import parse_duration
from crawler.configuration.search import SearchPlan
from crawler.configuration.settings import Settings
from crawler.crawl.seam import CrawlSettings


def user_agent(settings: Settings) -> str:
    """Who asks: name, version and contact."""
    identity = settings.identity
    return f"{identity.name}/{__version__} (news monitor; {identity.contact or 'contact not configured'})"


def crawl_settings(settings: Settings, search: SearchPlan | None = None) -> CrawlSettings:
    """The crawl's plain values of config/marsad.toml; `search` is what sources of search services are asked for."""
    crawl, limits = settings.crawl, settings.limits
    return CrawlSettings(
        user_agent=user_agent(settings), robots_name=settings.identity.name, delay=crawl.delay,
        crawl_delay_cap=crawl.crawl_delay_cap, delay_most=crawl.delay_most, slow_answer=crawl.slow_answer,
        rights=frozenset(name.replace("_", "-") for name, counts in settings.rights if counts),
        updates=parse_duration(crawl.updates) if crawl.updates else None,
        concurrency=crawl.concurrency, timeout=limits.timeout,
        max_bytes=limits.max_bytes, redirects=limits.redirects, retry_after_wait=crawl.retry_after_wait,
        allowed_hosts=settings.private_hosts, search=search or SearchPlan())
