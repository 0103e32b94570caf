"""`marsad` as a user calls it: a process of its own, its exit code, stdout and stderr."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """How one call ended."""

    code: int
    out: str
    err: str


Marsad = Callable[..., Ran]


def environment() -> dict[str, str]:
    """Nothing of the caller's MARSAD_* settings, and the project importable from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    return {**kept, "PYTHONPATH": str(TOP), "COLUMNS": "200", "PYTHONWARNINGS": "error::ResourceWarning"}


def run_marsad(*arguments: str, cwd: Path, stdin: str = "") -> Ran:
    done = subprocess.run([sys.executable, "-m", "crawler", *arguments], cwd=cwd, env=environment(), input=stdin,
                          capture_output=True, text=True, timeout=240, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def marsad(tmp_path: Path) -> Marsad:
    """Call `marsad` in an empty folder."""
    return lambda *arguments, **options: run_marsad(*arguments, **{"cwd": tmp_path, **options})
