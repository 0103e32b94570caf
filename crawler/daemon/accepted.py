"""The configuration that the daemon works with: a private copy of the last one that was accepted.

Rounds read the copy, so that a file that is being edited, or is wrong, changes nothing until it is right. It is
checked in a process of its own: gazetteers and patterns would stay in the daemon's memory for months.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import Settings, load_settings
from crawler.configuration.sources import Source, load_sources
from crawler.errors import MarsadError, UsageError

_SUFFIXES = {".yml", ".yaml", ".toml", ".txt", ".csv", ".json", ".html"}
_LARGEST = 20_000_000  # bytes: what is larger is no configuration
_CHECK_SECONDS = 120
_KEPT = 3  # copies
_PREFIX = "marsad-config-"


class Accepted:
    """Copies of a configuration folder, one at a time in use."""

    def __init__(self, folder: ConfigFolder) -> None:
        self._folder = folder
        _clear_dead()
        self._room = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._copies = 0
        self._print: str | None = None
        self._seen: str | None = None
        self.root = folder.root

    def changed(self) -> bool:
        """Whether the files differ from those that were last taken or refused, and have been left alone since the last
        look: a registry that an editor has emptied and not yet written is a valid one, of no source at all."""
        before, self._seen = self._seen, fingerprint(self._folder.root)
        return self._seen != self._print and self._seen == before

    def take(self) -> tuple[Settings, list[Source]]:
        """Copy, check and use what lies in the folder now. Raises UsageError, and the last copy stays in use."""
        self._print = fingerprint(self._folder.root)
        copy = self._room / str(self._copies)
        self._copies += 1
        _copy(self._folder.root, copy)
        try:
            folder = ConfigFolder(copy)
            settings, sources = load_settings(folder), load_sources(folder)
            _check(copy)
        except (MarsadError, OSError) as error:
            shutil.rmtree(copy, ignore_errors=True)
            raise UsageError(str(error).replace(str(copy), str(self._folder.root))) from None
        # A round that is still running may read its copy again when a worker of it has to be replaced.
        for old in sorted(self._room.iterdir(), key=lambda path: int(path.name))[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        self.root = copy
        return settings, sources

    def close(self) -> None:
        shutil.rmtree(self._room, ignore_errors=True)


def fingerprint(root: Path) -> str:
    """Names, sizes and times of the files of a folder, as one digest."""
    digest = sha256()
    for path in files_of(root):
        with contextlib.suppress(OSError):
            state = path.stat()
            digest.update(f"{path.relative_to(root)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def files_of(root: Path) -> Iterator[Path]:
    """What counts as configuration in a folder and two levels of folders below it."""
    for pattern in ("*", "*/*", "*/*/*"):
        for path in sorted(root.glob(pattern)):
            parts = path.relative_to(root).parts
            if path.suffix in _SUFFIXES and not any(part.startswith(".") for part in parts) and path.is_file():
                yield path


def _copy(root: Path, copy: Path) -> None:
    # An empty `sources/` is a statement, too: no source at all, instead of the packaged ones.
    for folder in ("sources", "topics"):
        if (root / folder).is_dir():
            (copy / folder).mkdir(parents=True)
    for path in files_of(root):
        target = copy / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # an editor may just be replacing it
            if path.stat().st_size <= _LARGEST:
                shutil.copyfile(path, target)


def _check(copy: Path) -> None:
    try:
        done = subprocess.run([sys.executable, "-m", "crawler.daemon.checking", str(copy)],  # noqa: S603 - our own
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              timeout=_CHECK_SECONDS)
    except subprocess.TimeoutExpired:
        raise UsageError(f"the configuration took longer than {_CHECK_SECONDS} s to check") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise UsageError(lines[-1] if lines else f"the check of the configuration ended with {done.returncode}")


def _clear_dead() -> None:
    """A daemon that was killed could not remove its copy."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        found = re.fullmatch(rf"{_PREFIX}(\d+)-\w+", path.name)
        with contextlib.suppress(OSError):
            if found and path.stat().st_uid == os.getuid() and not _alive(int(found.group(1))):
                shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
