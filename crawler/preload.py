"""Imported once by the fork server, so that every worker it forks has the libraries and a warm reader."""

from __future__ import annotations

import crawler.pipeline  # noqa: F401 - for what importing it loads
from crawler.reading.warm import warm_up

warm_up()
