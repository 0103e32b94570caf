"""Times as the database has them, UTC text, and as the daemon reckons with them."""

from __future__ import annotations

from datetime import datetime, timezone


def iso(moment: datetime) -> str:
    """`2024-05-07T08:30:00Z`."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """Back again."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def utc_now() -> datetime:
    return datetime.now(timezone.utc)
