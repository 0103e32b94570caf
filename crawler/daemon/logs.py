"""The daemon's log: one line an event on stderr, in UTC, without passwords."""

from __future__ import annotations

import logging
import re
import time

# user:password@ in any address; what stands before the @ is nobody's business
_CREDENTIALS = re.compile(r"(?<=://)[^\s/@'\"]*:[^\s/@'\"]*@")
_hidden: set[str] = set()


def hide(secret: str | None) -> None:
    """This text stands in no line of the log from now on (a password, a token, an address that holds one)."""
    if secret and len(secret) >= 4:  # hiding "a" would hide everything
        _hidden.add(secret)


def without_secrets(text: str) -> str:
    """`text` with credentials in addresses, and all that was to be hidden, replaced."""
    for secret in _hidden:
        text = text.replace(secret, "***")
    return _CREDENTIALS.sub("***@", text)


class _Formatter(logging.Formatter):
    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def log_to_stderr() -> None:
    """Set up logging of this process."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)  # tells at length what it is made of
