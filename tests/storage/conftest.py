"""Every storage test runs on both databases."""

from __future__ import annotations

from tests.databases import database, database_url, postgres

__all__ = ["database", "database_url", "postgres"]
