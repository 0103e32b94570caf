"""A web of our own on 127.0.0.1: one port a host, answers by path, and a log of who asked when."""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What a path answers. `pieces` are sent one by one with `pause` seconds after each; `length` False leaves out
    the header; `wait` comes before anything; `status` 0 closes the connection without a word."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pieces: int = 1
    pause: float = 0.0
    length: bool = True


@dataclass(frozen=True)
class Hit:
    """One request: when it came, when its answer was out (monotonic seconds), and its headers in lower case."""

    path: str
    start: float
    end: float
    headers: dict[str, str]


class Host:
    """One server. `routes` maps paths to replies, lists of them in turn, or functions of the request's headers."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Any] = {}
        self.log: list[Hit] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host.serve(self)

            def log_message(self, *_: object) -> None: ...

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None: ...

        self.server = Server(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self.server.server_address[1]}"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'https' if tls else 'http'}://{self.name}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        start = time.monotonic()
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            reply = self.routes.get(handler.path, Reply(b"no", 404, {"Content-Type": "text/plain"}))
            if isinstance(reply, list):
                reply = reply.pop(0) if len(reply) > 1 else reply[0]
        headers = {name.lower(): value for name, value in handler.headers.items()}
        if callable(reply):
            reply = reply(headers)
        try:
            self._send(handler, reply)
        except OSError:
            handler.close_connection = True
        finally:
            with self._lock:
                self.at_once -= 1
                self.log.append(Hit(handler.path, start, time.monotonic(), headers))

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        time.sleep(reply.wait)
        if not reply.status:
            handler.close_connection = True
            return
        handler.send_response(reply.status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | reply.headers).items():
            if value:
                handler.send_header(name, value)
        if reply.length:
            handler.send_header("Content-Length", str(len(reply.body)))
        else:
            handler.close_connection = True
            handler.send_header("Connection", "close")
        handler.end_headers()
        size = max(1, len(reply.body) // reply.pieces)
        for place in range(0, len(reply.body), size):
            handler.wfile.write(reply.body[place:place + size])
            handler.wfile.flush()
            time.sleep(reply.pause)

    @property
    def paths(self) -> list[str]:
        return [hit.path for hit in self.log]

    def gaps(self) -> list[float]:
        """Seconds from the start of one request to the start of the next."""
        starts = sorted(hit.start for hit in self.log)
        return [after - before for before, after in pairwise(starts)]

    def feed(self, *links: str, path: str = "/feed", **headers: str) -> str:
        """Serve a feed of these links (paths are made absolute); its address."""
        items = "".join(f"<item><title>{link}</title><link>{self.url + link if link.startswith('/') else link}</link></item>"
                        .replace("&", "&amp;") for link in links)
        self.routes[path] = Reply(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode(),
                                  headers={"Content-Type": "application/rss+xml", **headers})
        return self.url + path

    def articles(self, *paths: str) -> None:
        for path in paths:
            self.routes[path] = Reply(f"<html><body><p>Article {path}</p></body></html>".encode())


class Web:
    """Hosts that go away with the test."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def host(self, tls: ssl.SSLContext | None = None) -> Host:
        host = Host(tls)
        self._stack.callback(host.server.server_close)
        self._stack.callback(host.server.shutdown)
        return host

    def hosts(self, number: int) -> list[Host]:
        return [self.host() for _ in range(number)]

