"""Pages out of WARC files: their response records, one at a time, whatever else stands between them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

_DOCUMENTS = ("text/html", "application/xhtml+xml", "application/pdf")
_STARTS = {True: b"\x1f\x8b\x08", False: b"WARC/1."}
_BLOCK = 1 << 20
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Response:
    """One page of an archive, or the problem of the record at `offset` (bytes into the file)."""

    offset: int
    url: str
    body: bytes = b""
    content_type: str = ""
    problem: str | None = None


def responses(path: Path, *, largest: int) -> Iterator[Response]:
    """The pages (HTML, PDF) of a WARC file in order; pictures, scripts, robots.txt, requests and metadata are passed
    over. Revisits, other statuses than 200, records that are cut off, broken or larger than `largest` bytes come as
    problems; behind a broken one reading goes on at the next record. OSError where the file cannot be opened."""
    with path.open("rb") as handle:
        packed = handle.read(2) == b"\x1f\x8b"
        start: int | None = 0
        named = -1
        while start is not None:
            handle.seek(start)
            at = start
            archive = ArchiveIterator(handle)
            try:
                for record in archive:
                    at = archive.offset
                    found = _response(record, at, largest)
                    if found is not None:
                        named = found.offset
                        yield found
                cut = _cut_member(handle, at) if packed else None
                if cut is not None and cut != named:
                    yield Response(cut, "", problem="cut off: the file ends inside this record")
                return
            except _BROKEN as error:
                at = max(at, archive.offset)
                yield Response(at, "", problem=f"broken record: {type(error).__name__}: {error}".split("\n")[0])
                start = _next_start(handle, at + 1, _STARTS[packed])


def _response(record: Any, offset: int, largest: int) -> Response | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip("<>")
    if record.rec_type == "revisit":
        return Response(offset, url, problem="a revisit record: the page is in an earlier record or another file")
    if record.rec_type != "response" or not url.lower().startswith(("http://", "https://")):
        return None
    head = record.http_headers
    if head is None:
        return Response(offset, url, problem="a response without an HTTP head")
    kind = head.get_header("Content-Type") or ""
    if not kind.lower().startswith(_DOCUMENTS) or urlsplit(url).path == "/robots.txt":
        return None
    status = head.get_statuscode()
    if status != "200":
        return Response(offset, url, problem=f"HTTP status {status}: no page")
    body = _whole(record, largest)
    if len(body) > largest:
        return Response(offset, url, problem=f"larger than {largest} bytes (limits.max_bytes in marsad.toml)")
    if getattr(record.raw_stream, "limit", 0):
        return Response(offset, url, problem="cut off: the file ends inside this record")
    return Response(offset, url, body, kind)


def _whole(record: Any, largest: int) -> bytes:
    """The body with its encodings undone, at most one byte more than allowed."""
    stream, parts, size = record.content_stream(), [], 0
    while size <= largest and (part := stream.read(min(_BLOCK, largest + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _cut_member(handle: BinaryIO, start: int) -> int | None:
    """Where a gzip member begins that the file ends inside of: that of the record at `start` or the next one. warcio
    takes such an end for the end of the file."""
    handle.seek(start)
    unpack = zlib.decompressobj(31)
    place, block = start, handle.read(_BLOCK)
    while block and not unpack.eof:
        unpack.decompress(block)
        place += len(block) - len(unpack.unused_data)
        block = unpack.unused_data or handle.read(_BLOCK)
    if not unpack.eof:
        return start
    return place if block else None


def _next_start(handle: BinaryIO, start: int, mark: bytes) -> int | None:
    """Where the next record may begin; None at the end of the file."""
    handle.seek(start)
    tail = b""
    while block := handle.read(_BLOCK):
        found = (tail + block).find(mark)
        if found >= 0:
            return start - len(tail) + found
        start += len(block)
        tail = (tail + block)[1 - len(mark):]
    return None
