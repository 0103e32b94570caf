"""The newsroom on loopback: one threaded server from the standard library an outlet, one port each."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Any

import yaml

from crawler.configuration.locate import PACKAGED
from crawler.newsroom.labels import labelled_stories
from crawler.newsroom.odd import Answer
from crawler.newsroom.outlets import HOST, Outlet, make_outlet, outlet_data
from crawler.newsroom.site import World, answer_to, lookup, site
from crawler.newsroom.stories import Story, load_stories


@dataclass(frozen=True)
class Hit:
    """One request as it came: `at` is `time.monotonic()` seconds, `host` is name and port."""

    at: float
    host: str
    method: str
    path: str
    status: int


class _Server(ThreadingMixIn, TCPServer):
    """Not http.server's own: that one asks the name service for the machine's name, which may take seconds."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


class Newsroom:
    """The small web as a context manager.

    `today` (default: the real day) is the day from which stories count back; `slow_seconds` delays every answer of
    the slow outlet; `port` is the first of consecutive ports (default: free ones chosen by the system). After
    `advance(days)` the stories of those days are out as well; dates of older ones stay.
    """

    def __init__(self, *, today: date | None = None, slow_seconds: float = 1.5, port: int | None = None) -> None:
        self.today = today or date.today()  # noqa: DTZ011 - the reader's own calendar day
        self.slow_seconds, self._port = slow_seconds, port
        self.outlets: list[Outlet] = []
        self.log: list[Hit] = []
        self.advanced = 0
        self._servers: list[_Server] = []
        self._reserved: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._asked: set[tuple[str, str]] = set()
        self._sites: dict[str, dict[str, Answer]] = {}
        self._world = World({}, (), self.today)

    def __enter__(self) -> Newsroom:
        try:
            for n, entry in enumerate(outlet_data()):
                self._open(entry, None if self._port is None else self._port + n)
            self._rebuild()
        except BaseException:
            self.close()
            raise
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop every server; a slow answer under way is cut short."""
        self._stop.set()
        stops = [threading.Thread(target=server.shutdown) for server in self._servers if self._threads]
        for stop in stops:
            stop.start()
        for thread in [*stops, *self._threads]:
            thread.join()
        for server in self._servers:
            server.server_close()
        for held in self._reserved:
            held.close()
        self._servers, self._reserved, self._threads = [], [], []

    def _open(self, entry: dict[str, Any], port: int | None) -> None:
        if entry["habits"].get("dead"):
            # Bound but not listening: the port stays ours, and whoever connects is refused.
            held = socket.socket()
            self._reserved.append(held)
            held.bind((HOST, port or 0))
            self.outlets.append(make_outlet(entry, held.getsockname()[1]))
            return
        server = _Server((HOST, port or 0), _handler(self, len(self.outlets)), bind_and_activate=True)
        self._servers.append(server)
        self.outlets.append(make_outlet(entry, server.server_address[1]))

    def _rebuild(self) -> None:
        world = self.world()
        sites = {outlet.id: site(outlet, world) for outlet in self.outlets}
        with self._lock:
            self._sites, self._world = sites, world

    def world(self) -> World:
        """The outlets and the stories that are out now, newest first."""
        out = [story for story in load_stories(self.today) if story.day >= -self.advanced]
        out.sort(key=lambda story: story.published, reverse=True)
        return World({outlet.id: outlet for outlet in self.outlets}, tuple(out),
                     self.today + timedelta(days=self.advanced))

    def advance(self, days: int) -> None:
        """Let `days` days pass: the stories of these days come out, listings and validators change with them."""
        self.advanced += days
        self._rebuild()

    def outlet(self, outlet_id: str) -> Outlet:
        """The outlet with this id; KeyError where there is none."""
        return {outlet.id: outlet for outlet in self.outlets}[outlet_id]

    def url_of(self, story: Story | str) -> str:
        """The canonical address of a story (or of its id)."""
        if isinstance(story, str):
            story = {one.id: one for one in load_stories(self.today)}[story]
        return World({outlet.id: outlet for outlet in self.outlets}, (), self.today).address(story)

    def labelled_stories(self) -> list[dict[str, Any]]:
        """The labels of the stories that are out, with the addresses under which they are served."""
        out = {story.id for story in self.world().stories}
        return [row for row in labelled_stories(self.today, self.url_of) if row["id"] in out]

    def sources(self) -> list[dict[str, Any]]:
        """All outlets, the dead one too, in the form of `config/sources/*.yml`."""
        return [outlet.source() for outlet in self.outlets]

    def search(self) -> dict[str, Any]:
        """`config/search.yml` as it ships, its GDELT at the newsroom's own address and in less of a hurry to wait."""
        data: dict[str, Any] = yaml.safe_load((PACKAGED / "search.yml").read_text(encoding="utf-8"))
        service = next(outlet for outlet in self.outlets if outlet.habits.serves == "gdelt")
        data["services"]["gdelt"] |= {"endpoint": f"{service.url}api/v2/doc/doc", "gap": 0.2}
        return data

    def write_config(self, folder: Path | str) -> None:
        """Write `sources/newsroom.yml`, `search.yml` and `marsad.toml` into `folder` (made where it is missing)."""
        folder = Path(folder)
        (folder / "sources").mkdir(parents=True, exist_ok=True)
        (folder / "sources" / "newsroom.yml").write_text(
            yaml.safe_dump(self.sources(), allow_unicode=True, sort_keys=False), encoding="utf-8")
        (folder / "search.yml").write_text(yaml.safe_dump(self.search(), allow_unicode=True), encoding="utf-8")
        hosts = ", ".join(f'"{outlet.host}"' for outlet in self.outlets)
        (folder / "marsad.toml").write_text(
            f"[crawl]\nallow_private_hosts = [{hosts}]\ndelay = 0.05\n\n[limits]\ntimeout = 10\n", encoding="utf-8")

    def hits(self, path: str, outlet_id: str | None = None) -> list[Hit]:
        """Requests for exactly this path (with query), at one outlet or all."""
        host = self.outlet(outlet_id).host if outlet_id else None
        return [hit for hit in list(self.log) if hit.path == path and host in {None, hit.host}]

    def reply(self, outlet: Outlet, method: str, target: str, asked: Callable[[str], str | None]) -> Answer:
        """The answer to one request, logged. `asked` gives a request header."""
        if outlet.habits.slow:
            self._stop.wait(self.slow_seconds)
        with self._lock:
            found = lookup(self._sites[outlet.id], target) or answer_to(outlet, self._world, target)
            answer = found or Answer(b"<html><body><h1>404</h1></body></html>", status=404)
            if answer.first and (outlet.id, target) not in self._asked:
                answer = Answer(b"Too many requests", "text/plain", answer.first, (("Retry-After", "1"),))
            elif answer.validators:
                answer = _validated(outlet, answer, asked)
            self._asked.add((outlet.id, target))
            self.log.append(Hit(time.monotonic(), outlet.host, method, target, answer.status))
        return answer


def _validated(outlet: Outlet, answer: Answer, asked: Callable[[str], str | None]) -> Answer:
    """ETag or Last-Modified by the outlet's habit, and 304 where the client has it already."""
    headers = list(answer.headers)
    same = False
    if outlet.habits.validators == "etag":
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        headers.append(("ETag", tag))
        same = tag in (asked("If-None-Match") or "")
    else:
        since = asked("If-Modified-Since")
        same = since is not None and since == dict(headers).get("Last-Modified")
    if same:
        return Answer(b"", answer.content_type, 304, tuple(headers))
    return Answer(answer.body, answer.content_type, answer.status, tuple(headers))


def _handler(room: Newsroom, index: int) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "newsroom", ""
        timeout = 30  # an idle connection is let go

        def do_GET(self) -> None:
            answer = room.reply(room.outlets[index], self.command, self.path, self.headers.get)
            self.send_response(answer.status)
            if answer.status != 304:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD" and answer.status != 304:
                self.wfile.write(answer.body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr; `Newsroom.log` has it."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                return  # the client went away

    return Handler


def addresses(room: Newsroom) -> str:
    """One line an outlet: address, name, languages, and what is wrong with it."""
    lines = []
    for outlet in room.outlets:
        note = " (refuses connections)" if outlet.habits.dead else " (slow)" if outlet.habits.slow else ""
        lines.append(f"{outlet.url}  {outlet.name}  {','.join(outlet.languages)}{note}")
    return os.linesep.join(lines)
