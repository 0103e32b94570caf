"""Conditional GET: a listing is asked with the validators of its last visit; 304 ends it without a body."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from scrapy import Request
from scrapy.http import Response

from crawler.crawl.seam import Validators
from crawler.middlewares.verdicts import NotModified

TRUSTED = timedelta(days=7)  # some servers say 304 for ever; once a week a listing is asked without validators


def conditional_headers(validators: Validators | None, now: datetime) -> dict[str, str]:
    """The request headers for what is known; none where nothing is, or where it is too old to be believed."""
    if validators is None or validators.fetched_at is None or now - validators.fetched_at > TRUSTED:
        return {}
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    # A value with a line break in it would be a header of its own.
    return {name: value for name, value in headers.items() if value and value.isprintable() and len(value) < 1_000}


class ConditionalGet:
    """Adds the headers, and ends a 304."""

    def process_request(self, request: Request) -> None:
        for name, value in conditional_headers(request.meta.get("validators"), datetime.now(timezone.utc)).items():
            request.headers[name] = value

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status == 304:
            raise NotModified
        return response
