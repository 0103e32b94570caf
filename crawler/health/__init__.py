"""The health of a source, judged by its visits alone. Pure: no SQL, no Scrapy, no clock."""

from crawler.health.judge import judge
from crawler.health.visit import Health, State, Visit

__all__ = ["Health", "State", "Visit", "judge"]
