"""Databases for every test: `database_url` and `database`, once SQLite and once PostgreSQL (tests/databases.py)."""

from __future__ import annotations

from tests.databases import database, database_url, migrated, postgres, pytest_collection_modifyitems

__all__ = ["database", "database_url", "migrated", "postgres", "pytest_collection_modifyitems"]
