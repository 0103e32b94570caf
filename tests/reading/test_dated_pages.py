"""Pages that say their day in one way each: at least 95 of 100 on the right day, and every miss is named."""

from __future__ import annotations

import pytest

from crawler.reading.dates import parse_date
from crawler.reading.guards import Refusal, parse
from crawler.reading.publication import choose_published
from crawler.reading.structured import collect
from crawler.reading.vocabulary import vocabulary
from tests.reading.samples import ARABIC, ENGLISH, FRENCH, NOW, SPANISH, article, page

URL = "https://example.ma/eco/titre.html"
_TEXTS = {"fr": FRENCH, "ar": ARABIC, "en": ENGLISH, "en-US": ENGLISH, "es": SPANISH}
_LATE = "2026-06-20T10:00:00Z"  # a later word of less trust, which must not win

# way, language, what is said, the day that is meant (None: no day at all)
CASES: list[tuple[str, str, str, str | None]] = [
    # feeds and news sitemaps, as entries say it
    ("entry", "fr", "Thu, 07 May 2026 09:30:00 +0100", "2026-05-07"),
    ("entry", "fr", "Thu, 07 May 2026 00:20:00 +0100", "2026-05-07"),  # 6 May in UTC
    ("entry", "fr", "Wed, 25 Feb 2026 23:50:00 +0000", "2026-02-25"),  # Ramadan: Morocco keeps Greenwich time
    ("entry", "en", "Thu, 07 May 2026 23:40:00 EST", "2026-05-07"),
    ("entry", "ar", "2026-05-07T08:30:00+01:00", "2026-05-07"),
    ("entry", "es", "2026-05-07", "2026-05-07"),
    ("entry", "fr", "2026-05-07T10:00:00", "2026-05-07"),
    # structured data
    ("ld", "fr", "2026-05-07T09:30:00+01:00", "2026-05-07"),
    ("ld", "ar", "2026-02-25T00:10:00+00:00", "2026-02-25"),
    ("ld", "ar", "2026-05-07T00:10:00+01:00", "2026-05-07"),
    ("ld", "en", "May 7, 2026", "2026-05-07"),
    ("ld", "es", "2026-05-07 09:30:00", "2026-05-07"),
    ("ld", "en", "1778142600", "2026-05-07"),
    ("ld", "en", "2026-05-07T23:30:00-05:00", "2026-05-07"),
    ("ld", "fr", "2031-05-07T09:30:00Z", None),
    ("ld", "fr", "0000-00-00", None),
    # meta tags
    ("meta", "fr", "2026-05-07T09:30:00+01:00", "2026-05-07"),
    ("meta", "ar", "٧ ماي ٢٠٢٦", "2026-05-07"),
    ("meta", "es", "07/05/2026", "2026-05-07"),
    ("meta", "en", "20260507", "2026-05-07"),
    ("meta", "en-US", "05/07/2026", "2026-05-07"),
    ("meta", "fr", "2026-11-25T13:00:00Z", None),  # three days ahead
    # marked elements
    ("time", "fr", "2026-05-07T00:05:00+01:00", "2026-05-07"),
    ("time", "ar", "2026-05-07", "2026-05-07"),
    ("time", "en", "2026-05-07T08:30Z", "2026-05-07"),
    # printed under the headline: French
    ("printed", "fr", "Publié le jeudi 7 mai 2026 à 18h30", "2026-05-07"),
    ("printed", "fr", "7 MAI 2026 - 09:12", "2026-05-07"),
    ("printed", "fr", "Le 07/05/2026", "2026-05-07"),
    ("printed", "fr", "1er février 2026 | Mis à jour le 3 février 2026", "2026-02-01"),
    ("printed", "fr", "Par Salma, le 12 déc. 2025", "2025-12-12"),
    ("printed", "fr", "Mis en ligne le 14 août 2025 par la rédaction", "2025-08-14"),
    ("printed", "fr", "Casablanca, le 07.05.2026", "2026-05-07"),
    ("printed", "fr", "7 mai 2027", None),
    # Arabic: Moroccan months, others, digits, Hijri beside Gregorian
    ("printed", "ar", "5 يناير 2026", "2026-01-05"),
    ("printed", "ar", "الخميس 12 فبراير 2026", "2026-02-12"),
    ("printed", "ar", "9 مارس 2026 - 11:20", "2026-03-09"),
    ("printed", "ar", "15 أبريل 2026", "2026-04-15"),
    ("printed", "ar", "7 ماي 2026 على الساعة 10:00", "2026-05-07"),
    ("printed", "ar", "نشر في 2 يونيو 2026", "2026-06-02"),
    ("printed", "ar", "5 يوليوز 2025", "2025-07-05"),
    ("printed", "ar", "الأحد 3 غشت 2025", "2025-08-03"),
    ("printed", "ar", "16 شتنبر 2025", "2025-09-16"),
    ("printed", "ar", "21 أكتوبر 2025", "2025-10-21"),
    ("printed", "ar", "16 نونبر 2025", "2025-11-16"),
    ("printed", "ar", "30 دجنبر 2025", "2025-12-30"),
    ("printed", "ar", "٧ مايو ٢٠٢٦", "2026-05-07"),
    ("printed", "ar", "٢٠٢٦/٠٥/٠٧", "2026-05-07"),
    ("printed", "ar", "21 ذو القعدة 1447 هـ الموافق 8 ماي 2026", "2026-05-08"),
    ("printed", "ar", "الجمعة 8 ماي 2026 - 21 ذو القعدة 1447", "2026-05-08"),
    ("printed", "ar", "٢١ ذو القعدة ١٤٤٧ هـ / ٨ مايو ٢٠٢٦ م", "2026-05-08"),
    ("printed", "ar", "17 أوت 2025", "2025-08-17"),
    ("printed", "ar", "9 جويلية 2025", "2025-07-09"),
    ("printed", "ar", "18 كانون الثاني 2026", "2026-01-18"),
    ("printed", "ar", "تاريخ النشر: 7/5/2026", "2026-05-07"),
    # Spanish
    ("printed", "es", "7 de mayo de 2026", "2026-05-07"),
    ("printed", "es", "Publicado el martes, 16 de septiembre de 2025", "2025-09-16"),
    ("printed", "es", "07-05-2026 10:15", "2026-05-07"),
    ("printed", "es", "1 ene 2026", "2026-01-01"),
    # English
    ("printed", "en", "Published: May 7, 2026", "2026-05-07"),
    ("printed", "en", "Thursday, 7th May 2026", "2026-05-07"),
    ("printed", "en", "Sept. 3, 2025 at 4:05 p.m.", "2025-09-03"),
    ("printed", "en", "07/05/2026 14:00 GMT", "2026-05-07"),
    ("printed", "en-US", "05/07/2026", "2026-05-07"),
    ("printed", "en", "Updated 9 May 2026, published 7 May 2026", "2026-05-07"),
    # addresses
    ("url", "fr", "https://example.ma/2026/05/07/un-titre", "2026-05-07"),
    ("url", "ar", "https://example.ma/news/20260507/122345", "2026-05-07"),
    ("url", "es", "https://example.ma/economia/2026-05-07/titulo_1.html", "2026-05-07"),
    ("url", "en", "https://example.ma/07-05-2026/title", "2026-05-07"),
    ("url", "en", "https://example.ma/2027/05/07/title", None),
    ("url", "fr", "https://example.ma/dossier-20269907/titre", None),
]


def read(way: str, language: str, said: str) -> str | None:
    """The day read from a page on which `said` stands in that way, with a later day in a place of less trust."""
    head, before, url, hint = "", "", URL, None
    later = "" if way in {"printed", "url"} else f"<p class='date'>{_LATE[:10]}</p>"
    if way == "entry":
        hint = parse_date(said)
    elif way == "ld":
        head, later = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x","datePublished":"{said}"}}</script>', ""
    elif way == "meta":
        head, later = f'<meta property="article:published_time" content="{said}">', ""
    elif way == "time":
        before = f"<time datetime='{said}' itemprop='datePublished'>x</time>"
    elif way == "printed":
        before = f"<span class='post-date'>{said}</span>"
    else:
        url = said
    html = page(article(_TEXTS[language], before=before, after=later), head=head, lang=language).decode()
    tree = parse(html)
    assert not isinstance(tree, Refusal)
    found = choose_published(tree, collect(tree), url, hint, NOW, vocabulary())
    return found[:10] if found else None


def test_there_are_sixty_dated_pages() -> None:
    assert len(CASES) >= 60
    right = sum(read(way, language, said) == day for way, language, said, day in CASES)
    assert right >= 0.95 * len(CASES)


@pytest.mark.parametrize(("way", "language", "said", "day"), CASES)
def test_the_right_day(way: str, language: str, said: str, day: str | None) -> None:
    assert read(way, language, said) == day
