"""Writing a file whole or not at all, exactly where the user says."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from crawler.errors import UsageError


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`; a reader sees the old file or the new one, never a half. Its folder must exist."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; make it first")
    if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing to replace
        path.write_bytes(data)
        return
    target = path.resolve()  # a link stays a link, what it points to is replaced
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".marsad-", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # what a plain open() would have given it, not the owner-only mode of a temporary file
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
