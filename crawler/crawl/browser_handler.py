"""Scrapy's handler for requests that go through Chromium; all others go the usual way. Loaded where it is needed."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import suppress
from typing import Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as BrowserTimeout
from scrapy import Request
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawler.crawl.browser import needed, resolver_rules
from crawler.crawl.handler import HeadLimitedHandler
from crawler.middlewares.addresses import check_address
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

SETTLE = 5_000  # milliseconds that a loaded page gets to become quiet
_LEFT_OUT = frozenset({"image", "media", "font", "stylesheet", "websocket", "eventsource", "manifest"})


class BrowserHandler(ScrapyPlaywrightDownloadHandler, HeadLimitedHandler):  # type: ignore[misc]
    """For http and https, one for both: two would be two browsers."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)  # what fails is an outcome
        self._allowed = frozenset(crawler.settings.getlist("MARSAD_ALLOWED_HOSTS"))
        self._hosts = crawler.settings.getlist("MARSAD_BROWSER_HOSTS")
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._seconds = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._closed = False
        self.abort_request = self._unwanted

    @classmethod
    def from_crawler(cls, crawler: Any) -> BrowserHandler:
        made: BrowserHandler | None = getattr(crawler, "marsad_browser", None)
        if made is None:
            made = crawler.marsad_browser = cls(crawler)
        return made

    async def _launch(self) -> None:
        rules = await asyncio.to_thread(resolver_rules, self._hosts, self._allowed)
        self.config.launch_options.setdefault("args", []).append(f"--host-resolver-rules={rules}")
        await super()._launch()

    async def _create_browser_context(self, *args: Any, **kwargs: Any) -> Any:
        """The page's own guard covers what it loads; windows that it opens and web sockets are the context's."""
        made = await super()._create_browser_context(*args, **kwargs)
        await made.context.route("**", self._judge)
        await made.context.route_web_socket(re.compile(""), lambda socket: socket.close())
        return made

    async def _judge(self, route: Any) -> None:
        await (route.abort() if self._unwanted(route.request) else route.continue_())

    async def download_request(self, request: Request) -> Response:
        if not needed(request.meta["job"]):
            return await HeadLimitedHandler.download_request(self, request)
        request.meta.update(playwright=True, playwright_page_methods=[PageMethod(_settle)],
                            playwright_page_goto_kwargs={"wait_until": "domcontentloaded"})
        seconds = self._seconds + SETTLE / 1000
        try:
            response: Response = await asyncio.wait_for(super().download_request(request), seconds)
        except (BrowserTimeout, asyncio.TimeoutError):
            raise Refused(Outcome.TIMEOUT, "the browser got no page in time", temporary=True) from None
        except BrowserError as error:
            raise _refused(error) from None
        if len(response.body) > self._most:
            raise Refused(Outcome.TOO_LARGE, "larger than the limit, as the browser shows it")
        return response

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await super().close()

    def _unwanted(self, request: Any) -> bool:
        """Whether a request of a page's own is not made. Names that are not the source's fail to resolve besides."""
        return request.resource_type in _LEFT_OUT or check_address(request.url, self._allowed) is not None


async def _settle(page: Page) -> None:
    """Scripts are given a moment to write the page; one that never rests is taken as it is."""
    with suppress(BrowserTimeout):
        await page.wait_for_load_state("networkidle", timeout=SETTLE)
    # what is said to those without scripts is not part of the page as it is shown
    await page.evaluate("document.querySelectorAll('noscript').forEach(element => element.remove())")


def _refused(error: BrowserError) -> Refused:
    said = " ".join(str(error).split())[:200]
    if "ERR_CERT" in said or "ERR_SSL" in said:
        return Refused(Outcome.TLS_ERROR, f"browser: {said}", temporary=True)
    if "ERR_TOO_MANY_REDIRECTS" in said:
        return Refused(Outcome.REDIRECT_LOOP, "browser: too many redirects")
    if "ERR_NAME_NOT_RESOLVED" in said:
        return Refused(Outcome.REFUSED_ADDRESS, "browser: led to a host that is not the source's own")
    return Refused(Outcome.NETWORK_ERROR, f"browser: {said}", temporary=True)
