"""Which requests go through a browser, and how it is started: the extra `marsad[browser]`.

Only for sources that say `browser: true`. The browser may speak to these sources' own hosts and to nobody else: names
are resolved once, judged like any other address, and pinned; every other name leads nowhere. So a page's scripts reach
neither a private address (nor by DNS rebinding) nor a tracker.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Collection, Iterable, Sequence
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from crawler.configuration.sources import Source
from crawler.crawl.job import Job, JobKind
from crawler.middlewares.addresses import host_key, is_public

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HANDLER = "crawler.crawl.browser_handler.BrowserHandler"


def program() -> str | None:
    """The browser of this system."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def missing() -> str | None:
    """What has to be installed, in words; None where a browser can be used."""
    if find_spec("scrapy_playwright") is None:
        return "pip install 'marsad[browser]'"
    return None if program() else "install Chromium (Debian: apt-get install chromium)"


def needed(job: Job) -> bool:
    """Whether the job's page is one that its source shows in a browser only: articles and section pages."""
    if not job.source.browser or job.kind is JobKind.ROBOTS:
        return False
    return job.kind is JobKind.ARTICLE or job.from_listing.way.kind == "section"


def scrapy_settings(sources: Sequence[Source], seconds: float) -> dict[str, Any]:
    """What a crawl with a browser adds to Scrapy's settings; nothing where no source asks for one, or none is there."""
    hosts = sorted({host for source in sources if source.browser for host in source.hosts})
    if not hosts or missing():
        return {}
    return {
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None, "http": HANDLER, "https": HANDLER},
        "MARSAD_BROWSER_HOSTS": hosts,
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": program(), "headless": True,
            # Chromium refuses its own sandbox to root; a daemon does not run as root (docs/deploying.md)
            "chromium_sandbox": os.geteuid() != 0},
        "PLAYWRIGHT_CONTEXTS": {"default": {"service_workers": "block", "accept_downloads": False}},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": seconds * 1000,
    }


def resolver_rules(hosts: Iterable[str], allowed: Collection[str]) -> str:
    """Chromium's `--host-resolver-rules`: each of `hosts` (`name[:port]`) at the address that it has now, if that is
    public or `allowed` (keys of `host_key`), and no other name at all."""
    pinned = []
    for host in hosts:
        name = urlsplit(f"//{host}").hostname or ""
        free = any(host_key(f"{scheme}://{host}") in allowed for scheme in ("http", "https"))
        address = _address(name, free=free)
        if address:
            pinned.append(f"MAP {name} {f'[{address}]' if ':' in address else address}")
    return ", ".join([*pinned, "MAP * ~NOTFOUND"])


def _address(name: str, *, free: bool) -> str | None:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except OSError:
        return None
    return next((address for address in found if free or is_public(address)), None)
