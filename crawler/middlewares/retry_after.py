"""Retry-After on 429 and 503: the host is left alone for as long as it asks, a day at most."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.verdicts import ComeBack

CAP = 86_400.0
UNNAMED = 30.0  # a 429 that names no time


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait as a Retry-After header asks (seconds or an HTTP date), 0 to a day; None if it says nothing."""
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return min(float(text), CAP)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return min(max((moment - now).total_seconds(), 0.0), CAP)


class RetryAfter:
    """Turns such an answer into a verdict."""

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status in (429, 503):
            header = response.headers.get("Retry-After")
            seconds = retry_after(header.decode("latin-1") if header else None, datetime.now(timezone.utc))
            if seconds is None and response.status == 429:
                seconds = UNNAMED
            if seconds is not None:
                raise ComeBack(seconds, status=response.status)
        return response
