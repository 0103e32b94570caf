"""An article into its story: what it is compared with, and what else shares its text.

Signatures decide what needs no reading; few texts are read. Every call works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from crawler.linking import VERSION, LinkRules, Signature, StoryText, line_hash, sign, strip_known_lines
from crawler.linking.copies import Related, by_signature, order_of, place, same_outlet
from crawler.linking.signature import alike
from crawler.records import story_text
from storage import lines, signatures, stories

# A line is furniture of a source once it stood on so many of its pages (design.md: three other pages).
FURNITURE_FROM = 4
# Articles that share bands, most first; in 100,000 articles about 150 share one by chance.
_NEIGHBOURS = 160
# Copies that are sure by their signatures, and texts that are read and counted.
_SURE, _READ = 12, 4


def own_text(conn: Connection, row: Mapping[str, Any]) -> str:
    """The article's body without the lines that its source prints everywhere."""
    return stripped(conn, row["text"], row["source_id"])


def stripped(conn: Connection, text: str, source_id: str | None) -> str:
    """`text` without the lines that the source prints everywhere."""
    if not source_id:
        return text
    hashes = {line_hash(line) for line in text.split("\n") if line.strip()}
    return strip_known_lines(text, lines.known_among(conn, source_id, hashes, FURNITURE_FROM))


def read_text(conn: Connection) -> Callable[[int], str]:
    """A reader of articles' own texts by id."""
    return lambda article_id: stripped(conn, *signatures.text_of(conn, article_id))


def signed(conn: Connection, row: Mapping[str, Any], *, fresh: bool = False) -> tuple[str, Signature]:
    """Read the article's own text, sign it and store the signature."""
    text = own_text(conn, row)
    signature = sign(text)
    signatures.save(conn, row["id"], sig_version=VERSION, signature=signature.digest, fresh=fresh,
                    content_hash=signature.content_hash, band_keys=signature.bands)
    return text, signature


def near(conn: Connection, new: StoryText, rules: LinkRules, *,
         earlier: bool = False) -> tuple[list[StoryText], list[int]]:
    """The articles that `new` may be a copy or a follow-up of, or contain, without their texts; with `earlier` those
    that were published before it, and the ids of all others."""
    signature = new.signature
    if signature is None or not signature.digest:
        return [], []
    found = [row for row in signatures.neighbours(conn, signature.bands, signature.content_hash, most=_NEIGHBOURS)
             if row.article_id != new.article_id and row.sig_version == VERSION]
    likely = alike(signature, [row.signature for row in found], rules.copies.with_lead, rules.copies.contained)
    light = signatures.light(conn, [found[index].article_id for index, _ in likely])
    sure, open_, later = [], [], []
    for index, _ in sorted(likely, key=lambda pair: (-pair[1], found[pair[0]].article_id)):
        row = found[index]
        other = story_text(light[row.article_id], "", Signature(VERSION, row.signature, row.content_hash, ()))
        verdict = by_signature(new, other, rules)
        if verdict is not None and verdict[0] is None:
            continue
        if earlier and order_of(other) > order_of(new):
            later.append(other.article_id)
        elif verdict is None:
            open_.append(other)
        else:
            sure.append(other)
    return [*sure[:_SURE], *_worth_reading(new, sure, open_)], later


def _worth_reading(new: StoryText, sure: Sequence[StoryText], ranked: Sequence[StoryText]) -> list[StoryText]:
    """Of the texts that must be counted the nearest of each story, and those of the same desk."""
    stories_seen = {other.story for other in sure}
    chosen = []
    for other in ranked:
        if other.story is None or other.story not in stories_seen or same_outlet(new.outlet, other.outlet):
            stories_seen.add(other.story)
            chosen.append(other)
    return chosen[:_READ]


def place_in_story(conn: Connection, row: Mapping[str, Any], rules: LinkRules) -> tuple[int, bool]:
    """Sign the article, find its near copies, put it into their story or one of its own: (story id, is a copy)."""
    text, signature = signed(conn, row, fresh=row["story_id"] is None)
    new = story_text(row, text, signature)
    found, related = place(new, near(conn, new, rules)[0], rules, read_text(conn))
    if related or row["story_id"] is not None:
        signatures.relate(conn, [row["id"]], map(relation_row, related))
    if found is not None and found.story is not None:
        stories.assign(conn, row["id"], found.story)
        stories.refresh(conn, {found.story, row["story_id"]} - {None})
        return found.story, True
    if row["story_id"] is not None and stories.members(conn, row["story_id"]) == [row["id"]]:
        stories.refresh(conn, [row["story_id"]])
        return row["story_id"], False
    story_id = stories.new_story(conn, row["id"], row)
    if row["story_id"] is not None:
        stories.refresh(conn, [row["story_id"]])
    return story_id, False


def relation_row(related: Related) -> dict[str, Any]:
    """Columns of `article_relations`."""
    return {"article_id": related.article_id, "other_id": related.other_id, "kind": related.kind,
            "score": related.share}
