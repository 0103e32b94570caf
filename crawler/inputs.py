"""What lies on disk as work for the pipeline: `.html`, `.txt`, `.pdf`, `.jsonl`, `.warc` and folders of them.

Every file and every line ends as one `Item`: work, or a problem that names file and line and says what to do.
Shared by `ingest`, `read` and `explain`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.outcomes import Outcome
from crawler.pipeline import Record, TextFile, Work
from crawler.reading.document import Hints, Page

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt",)
SHEETS = (".pdf",)
LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".warc.gz")
# A line longer than this is no news story; it would only fill the memory.
LARGEST_LINE = 50_000_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C:\\ is a path


@dataclass(frozen=True, slots=True)
class Item:
    """One document to be. `where` names it for people (file, and line where there are lines);
    `key` is the `id` of a JSON line; `missing` marks a path that does not exist (wrong usage);
    `outcome` is set where a link was asked for and came to nothing."""

    where: str
    url: str
    work: Work | None = None
    problem: str | None = None
    key: str | None = None
    missing: bool = False
    outcome: Outcome | None = None


def is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def gather(paths: Iterable[str], *, largest: int = 10_000_000) -> Iterator[Item]:
    """The items of all `paths` in order of name. Nothing raises; what cannot be used comes as a problem."""
    for text in paths:
        path = Path(text)
        if path.is_dir():
            yield from _folder(path, largest)
        elif path.exists():
            yield from _file(path, largest)
        elif _SCHEME.match(text):
            yield Item(text, text, problem=f"{Outcome.REFUSED_SCHEME}: only paths, http and https are taken",
                       outcome=Outcome.REFUSED_SCHEME)
        else:
            yield Item(text, text, problem="no such file or folder", missing=True)


def _folder(top: Path, largest: int) -> Iterator[Item]:
    refused: list[OSError] = []
    found = False
    for folder, folders, names in os.walk(top, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.lower().endswith((*PAGES, *TEXTS, *SHEETS, *LINES, *ARCHIVES)) and not name.startswith("."):
                found = True
                yield from _file(path, largest)
    for error in refused:
        yield Item(str(error.filename), _uri(Path(str(error.filename))), problem=f"cannot be read: {error.strerror}")
    if not found and not refused:
        yield Item(str(top), _uri(top), problem="holds no .html, .txt, .pdf, .jsonl or .warc file")


def _file(path: Path, largest: int) -> Iterator[Item]:
    suffix = path.suffix.lower()
    url = _uri(path)
    try:
        if suffix in LINES:
            yield from _lines(path, largest)
            return
        if path.name.lower().endswith(ARCHIVES):
            yield from _archive(path, largest)
            return
        if suffix not in (*PAGES, *TEXTS, *SHEETS):
            yield Item(str(path), url, problem=f"{suffix or 'a file without ending'} is not read; "
                                               f"give {', '.join((*PAGES, *TEXTS, *SHEETS, *LINES, *ARCHIVES))} "
                                               "or a folder")
            return
        if path.stat().st_size > largest:
            yield Item(str(path), url, problem=f"larger than {largest} bytes (limits.max_bytes in marsad.toml)")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Item(str(path), url, problem=f"cannot be read: {error.strerror}")
        return
    if not data.strip():
        yield Item(str(path), url, problem="the file is empty")
    elif suffix in PAGES:
        yield Item(str(path), url, Page(url, data, "text/html"))
    elif suffix in SHEETS:
        yield Item(str(path), url, Page(url, data, "application/pdf"))
    else:
        yield Item(str(path), url, TextFile(url, data))


def _archive(path: Path, largest: int) -> Iterator[Item]:
    from crawler.warc import responses  # noqa: PLC0415 - loaded where there is an archive

    found = False
    for page in responses(path, largest=largest):
        found = True
        where = f"{path}, record at byte {page.offset}"
        if page.problem is not None:
            named = f"{page.problem} ({page.url})" if page.url else page.problem
            yield Item(where, page.url or _uri(path), problem=named)
        else:
            yield Item(where, page.url, Page(page.url, page.body, page.content_type))
    if not found:
        yield Item(str(path), _uri(path), problem="holds no response record with a page")


def _lines(path: Path, largest: int) -> Iterator[Item]:
    lines = 0
    with path.open("rb") as handle:
        for number, raw in enumerate(iter(lambda: handle.readline(LARGEST_LINE + 1), b""), 1):
            where = f"{path}, line {number}"
            if not raw.strip():
                continue
            lines += 1
            if len(raw) > LARGEST_LINE:
                yield Item(where, _uri(path), problem=f"longer than {LARGEST_LINE} bytes; the rest is left out")
                return
            yield _line(raw, path, number, where, largest)
    if not lines:
        yield Item(str(path), _uri(path), problem="the file is empty")


def _line(raw: bytes, path: Path, number: int, where: str, largest: int) -> Item:
    url = f"{_uri(path)}#line={number}"
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Item(where, url, problem=f"not UTF-8 at byte {error.start}; save the file as UTF-8")
    except json.JSONDecodeError as error:
        return Item(where, url, problem=f"not valid JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Item(where, url, problem="not valid JSON: nested too deep")
    if not isinstance(fields, dict):
        return Item(where, url, problem="expected an object such as {\"url\": ..., \"title\": ..., \"text\": ...}")
    given = fields.get("url")
    if given is not None and not isinstance(given, str):
        return Item(where, url, problem="`url` is no text")
    url = given or url
    key = str(fields["id"]) if fields.get("id") is not None else None
    for name in ("html", "text", "title", "html_path", "published", "outlet"):
        if fields.get(name) is not None and not isinstance(fields[name], str):
            return Item(where, url, problem=f"`{name}` is no text", key=key)
    if fields.get("html_path"):
        return _page_beside(fields, path, url, where, key, largest)
    if not (fields.get("html") or fields.get("text")):
        return Item(where, url, problem="holds neither `html` nor `text`", key=key)
    return Item(where, url, Record(url, fields, Hints()), key=key)


def _page_beside(fields: dict[str, Any], path: Path, url: str, where: str, key: str | None, largest: int) -> Item:
    beside = path.parent / fields["html_path"]
    try:
        if beside.stat().st_size > largest:
            return Item(where, url, problem=f"{beside} is larger than {largest} bytes", key=key)
        data = beside.read_bytes()
    except OSError as error:
        return Item(where, url, problem=f"{beside} cannot be read: {error.strerror}", key=key)
    charset = fields.get("charset")
    content_type = f"text/html; charset={charset}" if charset else "text/html"
    return Item(where, url, Page(url, data, content_type), key=key)


def _uri(path: Path) -> str:
    return path.absolute().as_uri()
