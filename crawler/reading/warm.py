"""What the first page of a process would pay for: patterns, language profiles, the extractor's caches."""

from __future__ import annotations

from crawler.configuration.locate import ConfigFolder
from crawler.reading.document import Page
from crawler.reading.language import detect_language
from crawler.reading.page import read_page
from crawler.reading.vocabulary import use_config

_SENTENCE = "The planned facility will be built in two phases, says the ministry of energy. "
_BODY = f"<p>{_SENTENCE * 3}</p>" * 4
_PAGE = f"<html><head><title>Warm up</title></head><body><article><h1>Warm up</h1>{_BODY}</article></body></html>"


def warm_up(config: ConfigFolder | None = None) -> None:
    """Load what reading needs, so that the time limit of the first page is the page's own."""
    if config is not None:
        use_config(config)
    read_page(Page("https://example.org/2024/05/07/warm-up", _PAGE.encode(), "text/html; charset=utf-8"))
    detect_language("أعلنت الوزارة عن مشروع جديد في مدينة طنجة خلال السنة المقبلة")
