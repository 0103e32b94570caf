"""Scrapy's settings that never change, in order of name within each group; docs/architecture.md says why.

What a user may change (delay, limits, user agent) comes from config/marsad.toml (crawl/runner.py lays it over these).
"""

from __future__ import annotations

BOT_NAME = "marsad"
SPIDER_MODULES = ["crawler.spiders"]

# Nothing listens, nothing but http and https is fetched, certificates are checked. Scrapy's defaults differ in each.
COOKIES_ENABLED = False
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None,
                     "http": "crawler.crawl.handler.HeadLimitedHandler",
                     "https": "crawler.crawl.handler.HeadLimitedHandler"}
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the address guard
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
TWISTED_DNS_RESOLVER = "crawler.middlewares.resolver.GuardedResolver"

# The desk decides what is asked when; Scrapy's own ways to queue, filter, retry and follow would only hide outcomes.
CONCURRENT_ITEMS = 4
CONCURRENT_REQUESTS = 0  # the desk hands out no more than it was told
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
HTTPERROR_ALLOW_ALL = True
REACTOR_THREADPOOL_MAXSIZE = 20  # name lookups of dead hosts must not block the living
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
ROBOTSTXT_OBEY = False  # crawler.middlewares.robots does; Scrapy's fetches pages when robots.txt answers 500
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 50_000_000
URLLENGTH_LIMIT = 0

# The order is that of a request; an answer passes them from the last to the first.
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.address_guard.AddressGuard": 100,
    "crawler.middlewares.robots.RobotsCheck": 200,
    "crawler.middlewares.rights.RightsCheck": 250,
    "crawler.middlewares.content_type.ContentType": 300,
    "crawler.middlewares.meta_refresh.MetaRefresh": 605,
    "crawler.middlewares.status.StatusCheck": 610,
    "crawler.middlewares.retry_after.RetryAfter": 620,
    "crawler.middlewares.challenge.ChallengeCheck": 630,
    "crawler.middlewares.redirects.Redirects": 640,
    "crawler.middlewares.conditional.ConditionalGet": 650,
    "crawler.middlewares.decompress.Decompress": 700,
    "crawler.middlewares.wire.Wire": 1000,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}

# LogCount hangs a handler on the root logger, and with it takes warnings from a caller who has set up none.
EXTENSIONS = {f"scrapy.extensions.{name}": None for name in (
    "corestats.CoreStats", "logcount.LogCount", "logstats.LogStats", "feedexport.FeedExporter",
    "spiderstate.SpiderState", "closespider.CloseSpider", "throttle.AutoThrottle", "telnet.TelnetConsole",
    "remote_control.RemoteControl", "memusage.MemoryUsage", "memdebug.MemoryDebugger")}

DEFAULT_REQUEST_HEADERS = {
    "Accept": ("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
               "application/xml;q=0.9,*/*;q=0.5"),
    "Accept-Language": "fr,ar;q=0.9,en;q=0.8,es;q=0.7",
}
LOG_ENABLED = False  # marsad logs by itself
LOG_INSTALL_ROOT_HANDLER = False
STATS_DUMP = False
MEMUSAGE_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False
