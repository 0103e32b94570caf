"""Pages in the manner of the systems that outlets use. Each takes a story and gives a page and what it leaves untold."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from tests.quality.reading.parts import Story

DAY = "2026-05-07"
Template = Callable[[Story], str]


def _texts(story: Story, between: str = "") -> str:
    first, *rest = (f"<p>{escape(text, quote=False)}</p>" for text in story.paragraphs)
    return first + between + "".join(rest)


def _around(story: Story, head: str, body: str, *, attributes: str = "") -> str:
    way = " dir='rtl'" if story.language == "ar" else ""
    menu = f"<nav><ul><li><a href='/'>{story.site}</a></li><li><a href='/eco'>Eco</a></li></ul></nav>"
    return (f"<!doctype html><html lang='{story.language}'{way}{attributes}><head>{head}</head><body>{menu}{body}"
            f"<footer><p>{story.rights}</p></footer></body></html>")


def _og(story: Story) -> str:
    return (f"<title>{story.title} - {story.site}</title><meta property='og:title' content=\"{escape(story.title)}\">"
            f"<meta property='og:site_name' content='{story.site}'>")


def _ld(story: Story, **more: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title,
            "datePublished": f"{DAY}T10:00:00+01:00", "author": {"@type": "Person", "name": story.author},
            "publisher": {"@type": "Organization", "name": story.site}, **more}
    return f"<script type='application/ld+json'>{json.dumps(node, ensure_ascii=False)}</script>"


def _cards(story: Story) -> str:
    return "".join(f"<div class='card'><a href='/a/{n}'><h3>{title}</h3></a></div>" for n, title in enumerate(story.other))


def wordpress(story: Story) -> str:
    """Entry with read-also paragraph, share row, related cards and a comment form."""
    also = f"<p><strong><a href='/x'>{story.also}</a></strong></p>"
    return _around(story, _og(story) + f"<meta property='article:published_time' content='{DAY}T09:00:00+00:00'>",
                   f"<article class='post'><h1 class='entry-title'>{story.title}</h1><span class='author vcard'>{story.by} "
                   f"<a rel='author' href='/author/x'>{story.author}</a></span><div class='entry-content'>{_texts(story, also)}</div>"
                   f"<ul class='share'><li>Facebook</li><li>WhatsApp</li></ul></article>"
                   f"<section id='comments'><h3>{story.comments}</h3><form><p>{story.subscribe}</p></form></section>{_cards(story)}")


def arc(story: Story) -> str:
    """JSON-LD, a body cut in two containers by a teaser, hashed class names."""
    first, second = story.paragraphs[:2], story.paragraphs[2:]
    part = "<div class='article-body__content c-7f'>{}</div>"
    return _around(story, _og(story) + _ld(story),
                   f"<main><article><h1>{story.title}</h1>{part.format(''.join(f'<p>{text}</p>' for text in first))}"
                   f"<div class='promo'><a href='/n'>{story.subscribe}</a></div>"
                   f"{part.format(''.join(f'<p>{text}</p>' for text in second))}</article></main>{_cards(story)}")


def drupal(story: Story) -> str:
    """Fields in nested blocks, the day in a time tag, an author by class."""
    return _around(story, f"<title>{story.title} | {story.site}</title>",
                   f"<div class='region-content'><div class='node node--type-article'><h1 class='page-title'>{story.title}</h1>"
                   f"<div class='submitted'><span class='author-name'>{story.author}</span> <time datetime='{DAY}T08:00:00Z'>"
                   f"{story.printed}</time></div><div class='field field--name-body'>{_texts(story)}</div></div></div>"
                   f"<aside>{_cards(story)}<p>{story.subscribe}</p></aside>")


def tables(story: Story) -> str:
    """An old layout: one table for the page, fonts, the day in a line under the headline."""
    return _around(story, f"<title>{story.site} : {story.title}</title>",
                   f"<table width='100%'><tr><td width='20%'><a href='/a'>{story.other[0]}</a><br><a href='/b'>{story.other[1]}</a></td>"
                   f"<td><h1><font size='5'>{story.title}</font></h1><font size='1'>{story.printed}</font>{_texts(story)}</td></tr></table>")


def fonts(story: Story) -> str:
    """An older layout still: a table in a table, some paragraphs in a font of their own beside others that are marked."""
    first, *rest = (escape(text, quote=False) for text in story.paragraphs)
    rows = "".join(f"<p>{text}</p>" for text in rest)
    return _around(story, f"<title>{story.title} - {story.site}</title><meta name='author' content='{story.author}'>",
                   f"<table><tr><td><table><tr><td><h1>{story.title}</h1><font size='1'>{story.printed}</font></td></tr>"
                   f"<tr><td><font size='2' face='Arial'>{first}<br></font></td></tr><tr><td>{rows}</td></tr></table></td></tr></table>")


def amp(story: Story) -> str:
    """AMP: JSON-LD, amp-img and amp-ad between paragraphs."""
    between = "<amp-ad width='300' height='250' type='x'></amp-ad><amp-img src='/a.jpg' width='8' height='4'></amp-img>"
    return _around(story, _og(story) + _ld(story), f"<article><h1>{story.title}</h1>{_texts(story, between)}</article>", attributes=" amp")


def gallery(story: Story) -> str:
    """A photo gallery above the text, each picture with a caption and a credit."""
    pictures = "".join(f"<li><figure><img src='/{n}.jpg'><figcaption>{n} / 6</figcaption></figure></li>" for n in range(1, 7))
    return _around(story, _og(story) + _ld(story), f"<article><h1>{story.title}</h1><ul class='gallery'>{pictures}</ul>"
                   f"<div class='content'>{_texts(story)}</div></article>{_cards(story)}")


def live(story: Story) -> str:
    """A live blog: published is the last change, the first day stands beside it, entries have their hours."""
    changed = "2026-05-09T19:49:50Z"
    head = _og(story) + "".join(f"<meta property='article:{name}_time' content='{changed}'>" for name in ("published", "modified"))
    entries = "".join(f"<div class='entry'><time>{18 - n}:20</time><p>{text}</p></div>" for n, text in enumerate(story.paragraphs))
    return _around(story, head, f"<article><h1>{story.title}</h1><div itemprop='datePublished' content='{DAY}T07:00:00Z'></div>"
                   f"<div class='live-body'>{entries}</div></article>")


def script(story: Story) -> str:
    """A page that a browser draws: the text is in the data of the script only."""
    nodes = [{"type": "text", "content": text} for text in story.paragraphs]
    state = {"props": {"pageProps": {"article": {"headline": story.title, "publishedAt": f"{DAY}T10:00:00Z", "content": nodes}}}}
    return _around(story, _og(story), f"<div id='__next'><h1>{story.title}</h1></div><script id='__NEXT_DATA__' "
                   f"type='application/json'>{json.dumps(state, ensure_ascii=False)}</script>")


def scroll(story: Story) -> str:
    """A second article hangs under the first; microdata instead of JSON-LD."""
    return _around(story, f"<title>{story.title} - {story.site}</title><meta name='author' content='{story.author}'>",
                   f"<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>{story.title}</h1>"
                   f"<meta itemprop='datePublished' content='{DAY}'><div itemprop='articleBody'>{_texts(story)}</div></article>{_cards(story)}"
                   f"<div class='newsletter'><p>{story.subscribe}</p></div>")


def _state(story: Story, body: object) -> dict[str, object]:
    """Data of a page whose related story has a longer text than its own."""
    longer = "".join(f"<p>{title} {text}</p>" for title in story.other for text in story.paragraphs)
    return {"article": {"title": story.title, "publishedAt": f"{DAY}T10:00:00Z", "body": body,
                        "related": [{"title": story.other[0], "body": longer}]}}


def _drawn(story: Story, scripts: str) -> str:
    return _around(story, _og(story), f"<div id='__next'><h1>{story.title}</h1></div><script type='application/json'>"
                   f"{json.dumps({'date': {'published': DAY}, 'datePublished': DAY})}</script>{scripts}")


def related(story: Story) -> str:
    """Next.js with the body as markup, and a longer story of somebody else in the same data."""
    data = json.dumps({"props": {"pageProps": _state(story, _texts(story))}}, ensure_ascii=False).replace("</", "<\\/")
    return _drawn(story, f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>")


def flight(story: Story) -> str:
    """A Next.js stream: the body is one text row, cut over two pushes."""
    markup = _texts(story)
    row = f'3:["$","main",null,{{}}]\n4:T{len(markup.encode()):x},{markup}5:null\n'
    pushes = "".join(f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (row[:150], row[150:]))
    return _drawn(story, f"<script>(self.__next_f=self.__next_f||[]).push([0])</script>{pushes.replace('</p', '<_/p').replace('<_/', chr(92).join(['<', '/']))}")


def elements(story: Story) -> str:
    """A Next.js stream of elements: paragraphs are children of `p`, one of them with a word in bold."""
    first, *rest = story.paragraphs
    head, _, tail = first.partition(" ")
    nodes = [["$", "p", "0", {"children": [["$", "strong", None, {"children": head}], " ", tail]}]]
    nodes += [["$", "p", str(place), {"children": text}] for place, text in enumerate(rest, start=1)]
    row = f"5:{json.dumps(['$', 'article', None, {'className': 'x', 'children': nodes}], ensure_ascii=False)}\n"
    return _drawn(story, f"<script>self.__next_f.push({json.dumps([1, row], ensure_ascii=False)})</script>")


def nuxt(story: Story) -> str:
    """Nuxt 3: one flat list in which objects name their values by place."""
    flat: list[object] = [["Reactive", 1], {"data": 2}, {"title": 3, "blocks": 4}, story.title, [*range(5, 5 + len(story.paragraphs))]]
    flat += [{"type": 5 + 2 * len(story.paragraphs), "text": 5 + len(story.paragraphs) + place} for place in range(len(story.paragraphs))]
    return _drawn(story, f"<script type='application/json' id='__NUXT_DATA__'>{json.dumps([*flat, *story.paragraphs, 'paragraph'], ensure_ascii=False)}</script>")


def nuxt_function(story: Story) -> str:
    """Nuxt 2: a function whose arguments are filled in; the body is a quoted text with escaped tags."""
    body = json.dumps(_texts(story), ensure_ascii=False).replace("<", "\\u003C").replace("/", "\\u002F")
    return _drawn(story, f"<script>window.__NUXT__=(function(a,b){{return {{data:[{{article:{{title:a,body:{body},ok:b}}}}]}}}}(\"x\",true));</script>")


def _hung(story: Story, open_tag: str, close: str) -> str:
    """Two stories, one under the other, with the same markup."""
    other = "".join(f"<p>{story.other[0]}, {text}</p>" for text in story.paragraphs)
    parts = ((story.title, DAY, story.author, _texts(story)), (story.other[0], "2026-05-06", "X Y", other))
    shown = "".join(f"{open_tag}<h1>{title}</h1><div class='meta'><span class='author'>{story.by} {author}</span> <time datetime='{day}'>"
                    f"{day}</time></div><div class='entry-content'>{body}</div>{close}" for title, day, author, body in parts)
    return _around(story, _og(story) + _ld(story), f"<main><div class='stream'>{shown}</div></main>")


def endless(story: Story) -> str:
    """Endless scrolling: the next story is an article of its own under this one."""
    return _hung(story, "<article class='post'>", "</article>")


def endless_blocks(story: Story) -> str:
    """The same without article tags."""
    return _hung(story, "<div class='single-story'>", "</div>")


TEMPLATES: tuple[Template, ...] = (wordpress, arc, drupal, tables, fonts, amp, gallery, live, script, scroll, related, flight, elements, nuxt,
                                   nuxt_function, endless, endless_blocks)
NO_AUTHOR = frozenset({"tables", "live", "script", "related", "flight", "elements", "nuxt", "nuxt_function"})
