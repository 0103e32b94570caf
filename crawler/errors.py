"""Every error that a user can meet, each with the exit code of the contract.

MarsadError
├── UsageError (2)            wrong command line, wrong input file
│   └── ConfigError (2)       a file of config/ is wrong: names file, line, key and what to do
└── NothingDoneError (1)      no source reachable, nothing readable (the database has its own: storage/errors.py)

Do not add one without adding it here.
"""

from __future__ import annotations

from pathlib import Path


class MarsadError(Exception):
    """Base of all errors that are shown as one sentence instead of a traceback."""

    exit_code = 1


class UsageError(MarsadError):
    """The command line or an input file cannot be used as given."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration file is wrong. Its text names the file, the line, the key and the way out."""

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None, key: str | None = None,
                 hint: str | None = None) -> None:
        self.path, self.line, self.key, self.hint = Path(path), line, key, hint
        where = f"{path}, line {line}" if line else str(path)
        what = f"{key}: {problem}" if key else problem
        super().__init__(f"{where}: {what}" + (f" ({hint})" if hint else ""))


class NothingDoneError(MarsadError):
    """Nothing could be done at all: no source reachable, nothing readable."""


class Interrupted(Exception):  # noqa: N818 - not an error: a person said stop twice
    """A second SIGINT or SIGTERM came; what was finished is kept."""


def is_told(error: BaseException) -> bool:
    """Whether its text is a sentence for a user: an error of ours or of the storage's. Both have an exit code."""
    return isinstance(getattr(error, "exit_code", None), int)
