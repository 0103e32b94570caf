"""HTML without a template language: elements as values, everything in them escaped."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.exports.safe import attribute, one_line, text_node, web_link


@dataclass(frozen=True, slots=True)
class Html:
    """Finished HTML; whatever else is put into an element is text."""

    source: str

    def __str__(self) -> str:
        return self.source


def tag(name: str, *children: object, **attributes: str | None) -> Html:
    """An element. A trailing underscore of an attribute's name is dropped (`class_`); None leaves one out."""
    given = {key.rstrip("_"): value for key, value in attributes.items() if value is not None}
    shown = "".join(f' {key}="{attribute(value)}"' for key, value in given.items())
    inner = "".join(child.source if isinstance(child, Html) else text_node(child) for child in children
                    if child is not None)
    return Html(f"<{name}{shown}>{inner}</{name}>")


def foreign(text: object, language: str | None = None) -> Html:
    """Words of a page, of unknown direction, kept apart from the sentence around them."""
    return tag("bdi", one_line(text), lang=language)


def link(url: object, text: object, language: str | None = None) -> Html:
    """A link to a page of the web; only its text where `url` is none."""
    safe = web_link(url)
    words = foreign(text, language)
    return words if safe is None else tag("a", words, href=safe, rel="noopener noreferrer nofollow")
