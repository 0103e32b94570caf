"""A story as the HTML page of its outlet: the body from the story, everything around it from the furniture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import yaml

from crawler.newsroom.dates import printed_date
from crawler.newsroom.outlets import Outlet, story_path
from crawler.newsroom.stories import Story

_ORIGIN = {  # the aggregator's own words by the language of its section: its line, its link
    "ar": ("نشر في {outlet} يوم {day}", "انقر هنا لقراءة الخبر من مصدره."),
    "fr": ("Publié dans {outlet} le {day}", "Cliquez ici pour lire l'article depuis sa source."),
}


@dataclass(frozen=True)
class Origin:
    """Where an aggregator's story comes from."""

    outlet: str
    url: str
    published: datetime


@cache
def furniture() -> dict[str, dict[str, Any]]:
    """`furniture.yml`: words, tickers, comments by language."""
    data: dict[str, dict[str, Any]] = yaml.safe_load(
        (files("crawler.newsroom") / "furniture.yml").read_text(encoding="utf-8"))
    return data


@cache
def _template(name: str) -> Template:
    return Template((files("crawler.newsroom") / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def _items(lines: Iterable[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="#">{escape(line)}</a></{tag}>' for line in lines)


def local_time(outlet: Outlet, when: datetime) -> datetime:
    """The instant on the outlet's own clock."""
    return when.astimezone(timezone(timedelta(hours=outlet.habits.utc_offset)))


def article_page(outlet: Outlet, story: Story, others: Sequence[Story], origin: Origin | None = None, *,
                 amp: bool = False) -> bytes:
    """The page's bytes in the outlet's charset. `others` are stories of the same outlet, for its related links."""
    habits, aggregator = outlet.habits, outlet.kind == "aggregator"
    # An aggregator's own furniture is French around stories of any Latin language.
    words = furniture()["fr" if aggregator and story.lang != "ar" else story.lang]
    when = local_time(outlet, story.published)
    related = [(other.title, story_path(habits, other)) for other in others
               if other.id != story.id and other.lang == story.lang][:4]
    links = "".join(f'<li><a href="{escape(path)}">{escape(title)}</a></li>' for title, path in related)
    side = words["data_center"] if habits.sidebar == "data-center" else words["ticker"][3:]
    line, link = _ORIGIN["ar" if story.lang == "ar" else "fr"]
    visible = "visible" in habits.dates or "time" in habits.dates
    values = {
        "lang": story.lang, "dir": "rtl" if story.lang == "ar" else "ltr", "charset": habits.charset,
        "charset_meta": f'<meta http-equiv="Content-Type" content="text/html; charset={habits.charset}">\n'
                        if habits.charset_in == "meta" else "",
        "title": escape(story.title), "site": escape(outlet.name), "head": _head(outlet, story, when, amp=amp),
        "section": escape(story.section or words["menu"][1]), "cookie": escape(words["cookie"]),
        "menu": _items(words["menu"]), "menu_line": escape(" | ".join(words["menu"])),
        "ticker": _items(words["ticker"]),
        # what the ticker of an aggregator shows is the news of the day, data centers among it
        "ticker_line": escape("    ".join([*words["ticker"], *words["data_center"][:3]])),
        "date": escape(printed_date(when, habits.date)) if visible else "", "datetime": when.isoformat(),
        "byline": escape(f"{words['by']} {story.author}") if story.author else "",
        "body": _body(outlet, story, related, plain=amp or aggregator),
        "related_title": words["related"], "related": links, "most_read_title": words["most_read"],
        "sidebar": _items(side),
        "sidebar_cards": "".join(f'<div class="card"><h3><a href="#">{escape(one)}</a></h3></div>' for one in side),
        "comments": _comments(words) if habits.comments else "", "newsletter": escape(words["newsletter"]),
        "share": escape(words["share"]), "footer": escape(words["footer"]), "tags": _items(words["menu"][6:7]),
        "origin_line": escape(line.format(outlet=origin.outlet, day=printed_date(origin.published, "aggregator")))
                       if origin else "",
        "origin_link": escape(link), "origin_url": escape(origin.url if origin else ""),
    }
    page = _template("amp" if amp else habits.template).substitute(values)
    return page.encode(habits.charset, errors="xmlcharrefreplace")


def _body(outlet: Outlet, story: Story, related: Sequence[tuple[str, str]], *, plain: bool) -> str:
    words = furniture()[story.lang]
    paragraphs = [escape(paragraph, quote=False) for paragraph in story.paragraphs]
    if plain or not related:
        also = ""
    else:
        title, path = related[story.number % len(related)]
        also = f'{words["read_also"]} <a href="{escape(path)}">{escape(title)}</a>'
    if outlet.habits.flat:
        if also:
            paragraphs.insert(min(2, len(paragraphs)), f"<b>{also}</b>")
        return "<br><br>\n".join(paragraphs)
    blocks = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    if also:
        blocks.insert(min(2, len(blocks)), f'<div class="lire-aussi"><strong>{also}</strong></div>')
    return "\n".join(blocks)


def _comments(words: dict[str, Any]) -> str:
    each = "".join(f'<li class="comment"><cite>{escape(name)}</cite><p>{escape(said)}</p></li>'
                   for name, said in words["comments"])
    return f"<h3>{escape(words['comments_title'])}</h3><ol>{each}</ol><p>{escape(words['comment_note'])}</p>"


def _head(outlet: Outlet, story: Story, when: datetime, *, amp: bool) -> str:
    """Canonical link, AMP twin, OpenGraph, and the date where this outlet's head states it."""
    habits = outlet.habits
    address = outlet.url.rstrip("/") + story_path(habits, story)
    lines = ['<meta name="generator" content="marsad newsroom: every company, project and figure here is invented">',
             f'<link rel="canonical" href="{escape(address)}">']
    if habits.amp and not amp:
        lines.append(f'<link rel="amphtml" href="{escape(address.rstrip("/") + habits.amp)}">')
    if habits.template != "aggregator":
        lines += [f'<meta property="og:{name}" content="{escape(value)}">' for name, value in (
            ("type", "article"), ("site_name", outlet.name), ("title", story.title), ("url", address),
            ("description", story.paragraphs[0][:180]))]
    if "meta" in habits.dates:
        lines.append(f'<meta property="article:published_time" content="{when.isoformat()}">')
    if "jsonld" in habits.dates:
        lines.append(f'<script type="application/ld+json">{_json_ld(outlet, story, when, address)}</script>')
    for item in outlet.discover:
        if "feed" in item:
            lines.append(f'<link rel="alternate" type="application/rss+xml" href="{escape(item["feed"])}">')
    return "\n".join(lines)


def _json_ld(outlet: Outlet, story: Story, when: datetime, address: str) -> str:
    article = {
        "@type": "NewsArticle", "headline": story.title, "datePublished": when.isoformat(),
        "dateModified": (when + timedelta(minutes=23)).isoformat(), "mainEntityOfPage": address,
        "inLanguage": story.lang, "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
    if story.author:
        article["author"] = {"@type": "Person", "name": story.author}
    if outlet.habits.template == "arc":  # a graph, as content systems with several blocks write it
        site = {"@type": "WebSite", "name": outlet.name, "url": outlet.url}
        whole: dict[str, Any] = {"@context": "https://schema.org", "@graph": [site, article]}
    else:
        whole = {"@context": "https://schema.org", **article}
    return json.dumps(whole, ensure_ascii=outlet.habits.charset != "utf-8").replace("</", "<\\/")
