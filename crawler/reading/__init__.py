"""Reading: bytes in, one clean `Document` out, or by name why not. Knows neither Scrapy nor SQL."""

from __future__ import annotations

from crawler.reading.document import Document, Hints, Page, Unreadable
from crawler.reading.page import read_page
from crawler.reading.record import read_record
from crawler.reading.repeated import without_known_lines
from crawler.reading.textfile import read_text_file

__all__ = ["Document", "Hints", "Page", "Unreadable", "read_page", "read_record", "read_text_file",
           "without_known_lines"]
