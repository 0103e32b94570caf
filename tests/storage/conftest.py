"""Every storage test runs on both databases."""

from __future__ import annotations

from tests.databases import database, database_url, migrated, postgres, pytest_collection_modifyitems

__all__ = ["database", "database_url", "migrated", "postgres", "pytest_collection_modifyitems"]
