"""Content encodings undone under the size limit, without Scrapy's guess at a charset of the compressed bytes
(10 ms a page)."""

from __future__ import annotations

import zlib
from gzip import GzipFile
from io import BytesIO

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.middlewares.robots import takes_beginning
from crawler.middlewares.robots_rules import PARSED
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

_NESTED = 3  # encodings laid over each other


class Decompress(HttpCompressionMiddleware):
    """Scrapy's own, its failures as outcomes."""

    def process_response(self, request: Request, response: Response, spider: object = None) -> Response | Request:
        encodings = b",".join(response.headers.getlist("Content-Encoding"))
        if not encodings or not response.body:
            return response
        if encodings.count(b",") >= _NESTED:
            raise Refused(Outcome.TOO_LARGE, "too many content encodings over each other")
        # A plain Response has no encoding to guess when it is copied.
        plain = Response(response.url, status=response.status, headers=response.headers, body=response.body,
                         flags=response.flags, request=response.request)
        try:
            if takes_beginning(request):
                request.meta.pop("download_maxsize", None)  # its limit was for the wire
                if encodings.strip().lower() in (b"gzip", b"x-gzip"):
                    return plain.replace(body=_beginning_of_gzip(response.body))
            return super().process_response(request, plain)
        except IgnoreRequest:
            raise Refused(Outcome.TOO_LARGE, "unpacks to more than the limit") from None
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise Refused(Outcome.NETWORK_ERROR, f"broken content encoding: {error}", temporary=True) from None
        except Exception as error:
            if type(error).__module__.split(".")[0] in {"brotli", "_brotli", "brotlicffi", "zstandard", "backports"}:
                raise Refused(Outcome.NETWORK_ERROR, f"broken content encoding: {error}", temporary=True) from None
            raise


def _beginning_of_gzip(body: bytes) -> bytes:
    """What can be unpacked of a file that may be cut off, and no more than is read of a robots.txt."""
    stream, out = GzipFile(fileobj=BytesIO(body)), bytearray()
    try:
        while len(out) <= PARSED and (piece := stream.read1(65_536)):
            out += piece
    except EOFError:
        if not out:
            raise
    return bytes(out)
