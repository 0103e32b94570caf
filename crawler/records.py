"""Between the pipeline's dataclasses and the rows of storage: nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timezone
from typing import Any

from crawler.claims.claim import Claim, Claims, Subject
from crawler.linking import Fact, Signature, StoryText
from crawler.pipeline import Record, TextFile, Understood, Work
from crawler.reading.document import Hints, Page
from crawler.text.folding import fold

TEXT, RECORD = "text/plain", "application/json"


def now() -> str:
    """This moment, UTC, as it stands in the database."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def article_row(understood: Understood, url: str, source_id: str | None, fetched_at: str) -> dict[str, Any]:
    """Columns of `articles`."""
    document, match = understood.document, understood.match
    return {
        "url": url, "canonical_url": document.canonical_url, "source_id": source_id, "outlet": document.outlet,
        "title": document.title, "text": document.text, "language": document.language,
        "published_at": document.published, "authors": list(document.authors), "fetched_at": fetched_at,
        "relevance": round(match.score, 4), "matched_terms": list(match.terms), "origin_url": document.origin_url,
        "site": document.site, "modified_at": document.modified, "image": document.image, "method": document.method,
        "language_confidence": round(document.language_confidence, 4), "match_why": match.why,
    }


def search_fields(title: str | None, text: str) -> tuple[str, str]:
    """The folded columns of `articles_search`."""
    return fold(title or ""), fold(text)


def claim_row(claim: Claim, project_id: int) -> dict[str, Any]:
    """Columns of `claims`."""
    row = _plain(claim, _CLAIM)
    del row["subject"]
    row["project_id"] = project_id
    return row


def subject_rows(said: Claims) -> list[dict[str, Any]]:
    """Rows of `article_subjects`: each project that the article speaks of, with all that it says of it."""
    return [{"subject": index, "role": subject.role, "body": {
        "subject": _plain(subject, _SUBJECT), "claims": [_plain(c, _CLAIM) for c in said.claims if c.subject == index]}}
        for index, subject in enumerate(said.subjects)]


_CLAIM, _SUBJECT = (tuple(one.name for one in fields(kind)) for kind in (Claim, Subject))


def _plain(one: Claim | Subject, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a flat dataclass; `asdict` copies them deeply, which takes ten times as long."""
    return {name: getattr(one, name) for name in names}


def said_of(rows: Sequence[Mapping[str, Any]]) -> Claims:
    """What `subject_rows` took apart."""
    subjects, claims = [], []
    for row in rows:
        kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                                for name, value in row["body"]["subject"].items()}
        subjects.append(Subject(**kept))
        claims += [Claim(**claim) for claim in row["body"]["claims"]]
    return Claims(tuple(subjects), tuple(claims))


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim that a row of `claims` holds."""
    return Claim(kind=row["kind"], quote=row["quote"], quote_start=row["quote_start"], quote_end=row["quote_end"],
                 value_number=row["value_number"], value_text=row["value_text"], value_printed=row["value_printed"],
                 unit=row["unit"], stage=row["stage"], date=row["date"], modality=row["modality"],
                 part=row.get("part"))


def fact_of(row: Mapping[str, Any]) -> Fact:
    """A row of `storage.claims.of_projects` as linking weighs it."""
    return Fact(claim_of(row), row["article_id"], story_id=row["story_id"], published=row["published_at"],
                source_kind=row["source_kind"], language=row["language"], title=row.get("title"),
                source_id=row["source_id"], outlet=row["outlet"], url=row["canonical_url"])


def story_text(row: Mapping[str, Any], text: str, signature: Signature | None = None) -> StoryText:
    """An article's row as copies see it; `text` is its body without the source's known lines."""
    return StoryText(article_id=row["id"], url=row["canonical_url"], published=row["published_at"],
                     language=row["language"], outlet=row["outlet"], text=text, signature=signature,
                     story=row["story_id"])


def raw_of(work: Work) -> tuple[bytes, str, dict[str, Any]]:
    """What is kept of a page, a text file or a JSON line: body, content type, hints."""
    hints = {name: value for name, value in asdict(work.hints).items() if value}
    if isinstance(work, Page):
        return work.body, work.content_type, hints
    if isinstance(work, TextFile):
        return work.data, TEXT, hints
    return json.dumps(work.fields, ensure_ascii=False).encode(), RECORD, hints


def work_of(url: str, body: bytes, content_type: str, hints: Mapping[str, Any]) -> Work:
    """The work again that `raw_of` took apart."""
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in hints.items()}
    if content_type == TEXT:
        return TextFile(url, body, Hints(**kept))
    if content_type == RECORD:
        return Record(url, json.loads(body), Hints(**kept))
    return Page(url, body, content_type, Hints(**kept))


def record_of(row: Mapping[str, Any]) -> Record:
    """A stored text (a row of `articles`, or of `read_texts` with its text) as work, where no page was kept."""
    fields = {"title": row["title"], "text": row["text"], "published": row["published_at"],
              "outlet": row.get("outlet"), "language": row["language"]}
    return Record(row["url"], {name: value for name, value in fields.items() if value})
