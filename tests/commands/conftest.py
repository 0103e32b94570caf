"""`marsad` as a user calls it: a process of its own, its exit code, stdout and stderr (tests/zygote.py)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.zygote import TOP, Ran, Zygote

_zygote = Zygote("crawler.commands", "crawler.ingesting", "crawler.preload")

Marsad = Callable[..., Ran]


def environment() -> dict[str, str]:
    """Nothing of the caller's MARSAD_* settings, and the project importable from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    return {**kept, "PYTHONPATH": str(TOP), "COLUMNS": "200", "PYTHONWARNINGS": "error::ResourceWarning"}


def run_marsad(*arguments: str, cwd: Path, stdin: str = "") -> Ran:
    return _zygote.run(arguments, cwd, environment(), stdin, timeout=240)


@pytest.fixture
def marsad(tmp_path: Path) -> Marsad:
    """Call `marsad` in an empty folder."""
    return lambda *arguments, **options: run_marsad(*arguments, **{"cwd": tmp_path, **options})
