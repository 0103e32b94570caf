"""A process with the libraries loaded; each call of a program in a test is a fork of it.

Loading the libraries costs a call 2 to 3 s of CPU, and the tests call `marsad` more than a hundred times. A fork is a
process of its own all the same: its folder, environment, streams and exit code, and it ends as Python ends.
`python -m tests.zygote MODULE [MORE ...]`: forks call `main` of MODULE.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parents[1]


class Ran(NamedTuple):
    """How one call ended."""

    code: int
    out: str
    err: str


class Zygote:
    """Starts the process at the first call; `run` is `subprocess.run` with captured text.

    `modules`: the first has the `main` that is called, all are loaded before.
    """

    def __init__(self, *modules: str) -> None:
        self._modules = modules
        self._process: subprocess.Popen[str] | None = None
        atexit.register(self.close)

    def run(self, arguments: tuple[str, ...], cwd: Path, env: Mapping[str, str], stdin: str, timeout: float) -> Ran:
        """One call. Raises TimeoutExpired, and then the process and its fork are gone."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("in", "out", "err")]
            streams[0].write_text(stdin, encoding="utf-8")
            process = self._process = self._process or self._start(env)
            assert process.stdin is not None
            assert process.stdout is not None
            order = {"arguments": arguments, "cwd": str(cwd), "env": dict(env), "streams": [str(s) for s in streams]}
            print(json.dumps(order), file=process.stdin, flush=True)
            late = threading.Timer(timeout, self.close)
            late.start()
            answer = process.stdout.readline()
            late.cancel()
            if not answer:
                self._process = None
                raise subprocess.TimeoutExpired(arguments, timeout)
            return Ran(int(answer), *(stream.read_text(encoding="utf-8") for stream in streams[1:]))

    def _start(self, env: Mapping[str, str]) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-m", "tests.zygote", *self._modules], cwd=TOP, env=dict(env), text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def close(self) -> None:
        """End it, and a fork that still runs."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                pipe.close()
            self._process = None


def _become(order: dict[str, object]) -> None:
    """In the fork: take the folder, environment, streams and words of the order."""
    os.chdir(str(order["cwd"]))
    os.environ.clear()
    os.environ.update(order["env"])  # type: ignore[call-overload]
    for number, path in enumerate(order["streams"]):  # type: ignore[arg-type,var-annotated]
        handle = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.argv = ["marsad", *order["arguments"]]  # type: ignore[misc]


def serve() -> None:
    """Read orders, a line of JSON each, and answer every one with its fork's exit code."""
    program, *_ = map(importlib.import_module, sys.argv[1:])
    assert "twisted.internet.reactor" not in sys.modules, "forks would share it"
    gc.freeze()  # else every fork copies the pages of all objects when it ends
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
            program.main()
            return
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
