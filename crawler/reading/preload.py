"""Imported once by the fork server, so that every worker it forks starts warm."""

from __future__ import annotations

from crawler.reading.warm import warm_up

warm_up()
