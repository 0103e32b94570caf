"""Country, article pattern and id, as far as they can be read off addresses and words. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pycountry

# Top levels of a country that are sold as words; ccTLDs that are no ISO code.
_WORDS = frozenset({"ai", "tv", "io", "co", "me", "fm", "cc", "ly", "gg", "to", "ws", "sh", "is", "im", "la", "vc"})
_SECOND = frozenset({"co", "com", "net", "org", "gov", "gouv", "gob", "ac", "press", "info"})
_LEAST_PLACES, _MOSTLY = 5, 0.6
# Shapes of article addresses, the most telling first.
_SHAPES = (
    r"/\d{4}/\d{1,2}/\d{1,2}/[^/?]+", r"/\d{4}/\d{1,2}/[^/?]+", r"_a\d+\.html?$", r"-\d{3,}\.html?$",
    r"[-_/]\d{4,}/?$", r"/\d{3,}[-_/][^/?]+", r"[?&](?:id|p|article|id_article)=?\d+",
)
_AGREE = 0.9   # of the addresses that a pattern must fit
_LEAST = 4     # addresses that make a pattern
_SEPARATE = re.compile(r"[^a-z0-9]+")


def country_of(host: str, region: str | None, text: str, place: Callable[[str], str | None]) -> tuple[str, str] | None:
    """The country (ISO alpha-2) and why: by the top level of the host, by the region that the page declares, or by the
    places that it speaks of (`place` gives the country of a name, None where it has none or several)."""
    top = host.rsplit(".", 1)[-1].lower()
    code = {"uk": "GB"}.get(top, top.upper())
    if len(top) == 2 and top not in _WORDS and pycountry.countries.get(alpha_2=code):
        return code, f"its address ends in .{top}"
    if region and pycountry.countries.get(alpha_2=region):
        return region, f"its page says region {region}"
    words = re.findall(r"[^\W\d_][\w'’-]+", text)[:6_000]
    named = [word for word in words if not word.islower()]
    named += [f"{one} {two}" for one, two in pairwise(words) if not one.islower()]
    found = Counter(country for name in named if (country := place(name)))
    if found and sum(found.values()) >= _LEAST_PLACES:
        code, count = found.most_common(1)[0]
        if count >= _MOSTLY * sum(found.values()):
            return code, f"{count} of {sum(found.values())} places that it names are there"
    return None


def article_pattern(urls: Sequence[str]) -> str | None:
    """A regular expression that fits nearly all of these article addresses; None where none is found."""
    paths = [_path(url) for url in dict.fromkeys(urls)]
    if len(paths) < _LEAST:
        return None
    shapes = [*_SHAPES, *_folders(paths)]
    for shape in shapes:
        pattern = re.compile(shape)
        fits = sum(bool(pattern.search(path)) for path in paths)
        if fits >= _AGREE * len(paths):
            return shape
    return None


def source_id(host: str, taken: Collection[str]) -> str:
    """A slug out of the host: `fr.lephare.co.ma` → `lephare-fr`; a number behind it where it is taken."""
    labels = host.lower().removeprefix("www.").split(".")
    if host.replace(".", "").isdigit() or len(labels) < 2:
        made = _SEPARATE.sub("-", host.lower()).strip("-")
    else:
        labels = labels[:-1]
        while len(labels) > 1 and labels[-1] in _SECOND:
            labels.pop()
        made = _SEPARATE.sub("-", "-".join([labels[-1], *labels[:-1]])).strip("-")
    made = made or "source"
    return next(name for name in (made, *(f"{made}-{number}" for number in range(2, 10_000))) if name not in taken)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")


def _folders(paths: Sequence[str]) -> list[str]:
    """The first folder that nearly all share, such as `/actualites/`."""
    counted = Counter(path.split("/")[1] for path in paths if path.count("/") > 1)
    return [f"/{re.escape(name)}/[^/?]+" for name, count in counted.most_common(1)
            if name and count >= _AGREE * len(paths)]
