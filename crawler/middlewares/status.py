"""What is no 200 is no page: the status becomes the outcome."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

_PAGES = frozenset({200, 203})
# Another try in a moment may do better.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
# Who answers in place of the site, by the Server header, and the refusals that are theirs.
_GATES = {"cloudflare": "Cloudflare", "ddos-guard": "DDoS-Guard", "akamaighost": "Akamai", "sucuri": "Sucuri",
          "imperva": "Imperva", "awselb": "AWS", "datadome": "DataDome"}
_REFUSALS = frozenset({401, 403, 406, 429, 451, 503})


def _gate(response: Response) -> str:
    """Whose refusal it is, where the server says so: ` by Cloudflare`."""
    server = (response.headers.get("Server") or b"").decode("latin-1").lower()
    name = next((name for mark, name in _GATES.items() if mark in server), None)
    return f" by {name}" if name and response.status in _REFUSALS else ""


class StatusCheck:
    """Lets pages pass and names all else."""

    def process_response(self, request: Request, response: Response) -> Response:
        status = response.status
        if status in _PAGES:
            return response
        raise Refused(Outcome.HTTP_ERROR, f"HTTP {status}{_gate(response)}", status=status,
                      temporary=status in _PASSING)
