"""The column types of the revisions. Frozen: a new type gets a new name, the old revisions keep theirs."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
JSON = sa.Text()  # in the database JSON is text


def text(name: str, *, null: bool = True, default: str | None = None) -> sa.Column[str]:
    """A text column; `default` is the server's."""
    return sa.Column(name, TEXT, nullable=null, server_default=default)


def whole(name: str, *, null: bool = True, default: int | None = None) -> sa.Column[int]:
    """An integer column."""
    return sa.Column(name, sa.Integer(), nullable=null, server_default=None if default is None else str(default))


def number(name: str) -> sa.Column[float]:
    """A column of double precision, NULL where nothing is known."""
    return sa.Column(name, sa.Double(), nullable=True)
