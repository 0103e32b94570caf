"""What is no 200 is no page: the status becomes the outcome."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

_PAGES = frozenset({200, 203})
# Another try in a moment may do better.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


class StatusCheck:
    """Lets pages pass and names all else."""

    def process_response(self, request: Request, response: Response) -> Response:
        status = response.status
        if status in _PAGES:
            return response
        raise Refused(Outcome.HTTP_ERROR, f"HTTP {status}", status=status, temporary=status in _PASSING)
