"""Column types that look the same in SQLite and PostgreSQL.

`TEXT` sorts by code point in both (SQLite's own order; collation "C" in PostgreSQL), so that ordered
results do not depend on the server's locale. `JsonText` is JSON as text in the database, lists and
dicts in Python. Times are TEXT: UTC, ISO 8601, `2024-05-07T08:30:00Z`.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

TEXT: Text = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


class JsonText(TypeDecorator[Any]):
    """Lists and dicts in Python, compact JSON text (not escaped, keys sorted) in the database. None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
