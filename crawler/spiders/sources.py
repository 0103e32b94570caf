"""The one spider: asks what the desk hands out and brings back what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.http import Response

from crawler.crawl.desk import Answer, Desk
from crawler.crawl.failures import verdict_of
from crawler.crawl.job import Job

_SPECIAL = ("x-wp-totalpages",)  # headers that a kind of listing asks for


class SourcesSpider(scrapy.Spider):
    """All given sources in one crawl.

    start() yields a request only when its host is free to be asked, so Scrapy's own queues stay empty: a waiting
    host fills no slot, and a stop waits for nothing but what is under way.
    """

    name = "sources"

    def __init__(self, desk: Desk | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if desk is None:
            raise ValueError("this spider is started by `marsad crawl`, which knows the sources and the database")
        self.desk = desk

    async def start(self) -> AsyncIterator[Any]:
        try:
            self.desk.open()
            while (job := await self.desk.next()) is not None:
                yield self.request(job)
        except Exception as error:  # Scrapy would log it and call the crawl finished
            self.desk.broken(error)

    def request(self, job: Job) -> scrapy.Request:
        """The request for a job, with all that the middlewares need to judge it."""
        meta = {"job": job, "rules": self.desk.rules(job), "validators": self.desk.validators(job),
                "download_slot": job.host}
        return scrapy.Request(job.url, callback=self.answered, errback=self.failed, dont_filter=True, meta=meta)

    async def answered(self, response: Response) -> None:
        """A page that passed every middleware."""
        headers = {name: response.headers.get(name) for name in ("Content-Type", "ETag", "Last-Modified")}
        texts = {name: value.decode("latin-1") for name, value in headers.items() if value}
        special = {name: value.decode("latin-1") for name in _SPECIAL if (value := response.headers.get(name))}
        answer = Answer(response.body, texts.get("Content-Type", ""), response.status, texts.get("ETag"),
                        texts.get("Last-Modified"), headers=special, rights=response.meta.get("rights", ()))
        await self.desk.answered(response.meta["job"], answer)

    async def failed(self, failure: Any) -> None:
        """Anything else: a Failure with the request it belongs to."""
        await self.desk.failed(failure.request.meta["job"], verdict_of(failure.value))
