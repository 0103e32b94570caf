"""What the daemon tells on loopback: /healthz (works), /readyz (database answers), /metrics (Prometheus text)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.errors import UsageError

Report = Callable[[], Mapping[str, Any]]
Works = Callable[[], bool]
Metrics = Callable[[], bytes]
# A path below /feeds/ and the whole address to the feed and its content type; None where there is none.
Feeds = Callable[[str, str], "tuple[bytes, str] | None"]


def parse_address(text: str) -> tuple[str, int]:
    """`127.0.0.1:8400` as host and port."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise UsageError(f"--http {text}: write host:port, such as 127.0.0.1:8400")
    return host.strip("[]"), int(port)


class Health:
    """A small HTTP server in a thread. `report` is shown as JSON; it raises where the database does not answer."""

    def __init__(self, address: tuple[str, int], works: Works, report: Report, metrics: Metrics,
                 feeds: Feeds = lambda path, url: None) -> None:
        class Handler(_Handler):
            pass

        Handler.works, Handler.report = staticmethod(works), staticmethod(report)
        Handler.metrics, Handler.feeds = staticmethod(metrics), staticmethod(feeds)
        try:
            self._server = ThreadingHTTPServer(address, Handler)
        except OSError as error:
            raise UsageError(f"--http {address[0]}:{address[1]}: {error.strerror}; choose another port") from None
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="marsad-health", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    works: Works
    report: Report
    metrics: Metrics
    feeds: Feeds
    timeout = 10
    server_version = "marsad"
    sys_version = ""

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        if path == "/healthz":
            # 200 while the daemon works, dead sources or not (contract)
            works = self.works()
            body = json.dumps({"status": "ok" if works else "has not looked at what is due for too long"})
            self._answer(200 if works else 503, "application/json; charset=utf-8", body.encode())
        elif path == "/readyz":
            try:
                body, status = json.dumps(dict(self.report()), default=str), 200
            except Exception as error:  # whatever it is, the answer is: not ready
                body, status = json.dumps({"status": "database does not answer", "error": type(error).__name__}), 503
            self._answer(status, "application/json; charset=utf-8", body.encode())
        elif path == "/metrics":
            self._answer(200, "text/plain; version=0.0.4; charset=utf-8", self.metrics())
        elif path.startswith("/feeds/"):
            self._feed(path)
        else:
            body = json.dumps({"paths": ["/healthz", "/readyz", "/metrics", "/feeds/"]})
            self._answer(404, "application/json; charset=utf-8", body.encode())

    def _feed(self, path: str) -> None:
        host, port = self.connection.getsockname()[:2]
        try:
            found = self.feeds(path, f"http://{host}:{port}{path}")
        except Exception as error:  # a database that does not answer is told like in /readyz
            body = json.dumps({"error": type(error).__name__})
            self._answer(503, "application/json; charset=utf-8", body.encode())
            return
        if found is None:
            body = json.dumps({"error": "no such feed", "example": "/feeds/changes.MA.fr.atom"})
            self._answer(404, "application/json; charset=utf-8", body.encode())
        else:
            self._answer(200, found[1], found[0])

    def _answer(self, status: int, content_type: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """A probe every few seconds is no news."""
