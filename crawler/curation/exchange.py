"""Decisions as a file for the next analyst: JSON lines, one decision each, readable without marsad."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, Engine

from crawler.curation.actions import Curator
from crawler.errors import UsageError
from storage import articles, decisions, slugs
from storage.engine import reading, writing

_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    made_at: str = Field(pattern=_MOMENT)
    who: str = Field(min_length=1)
    action: str
    target: str = Field(min_length=1)
    arguments: dict[str, Any] = {}
    reason: str | None = None
    undone_at: str | None = Field(default=None, pattern=_MOMENT)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many decisions were new, how many known; `unmet`: targets that this database does not hold."""

    taken: int
    known: int
    unmet: tuple[str, ...]


def write_decisions(engine: Engine, file: Path) -> int:
    """Write all decisions, oldest first; returns how many."""
    with reading(engine) as conn:
        rows = decisions.every(conn)
    text = "".join(json.dumps({name: value for name, value in row.items() if name != "id"}, ensure_ascii=False) + "\n"
                   for row in rows)
    if str(file) == "-":
        sys.stdout.write(text)
        return len(rows)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
    return len(rows)


def read_decisions(curator: Curator, file: Path) -> TakenOver:
    """Store the decisions of a file that are not known yet, all or none, and apply them."""
    from crawler.curation.forgetting import enforce  # noqa: PLC0415 - it imports this package's actions

    lines = _lines(file)
    new: list[int] = []
    known = 0
    with writing(curator.engine) as conn:
        held = {_key(row): row for row in decisions.every(conn)}
        for line in lines:
            row = held.get(_key(line.model_dump()))
            if row is None:
                new.append(decisions.add(conn, at=line.made_at, who=line.who, action=line.action, target=line.target,
                                         arguments=line.arguments, reason=line.reason, undone_at=line.undone_at))
                continue
            known += 1
            if line.undone_at and not row["undone_at"]:
                decisions.undo(conn, row["id"], at=line.undone_at)
                new.append(row["id"])
        unmet = tuple(dict.fromkeys(line.target for line in lines if not _met(conn, line)))
    enforce(curator)
    curator.apply(new)
    return TakenOver(len(new), known, unmet)


def _lines(file: Path) -> list[_Line]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8; `marsad curate export` writes such files") from None
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{file}, line {number}"
        try:
            one = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            raise UsageError(f"{where}: {key + ': ' if key else ''}{first['msg']}; expected a line of "
                             "`marsad curate export`") from None
        if one.action not in decisions.ACTIONS:
            raise UsageError(f"{where}: action: no such action {one.action!r}; one of {', '.join(decisions.ACTIONS)}")
        _check(one, where)
        found.append(one)
    return found


_NEEDED = {"merge": ("other",), "same": ("other",), "different": ("other",), "later": ("other",), "split": ("slug",),
           "rename": ("name",), "set": ("field", "value"), "unlink": ("slug",), "forget": ("kind",)}


def _check(line: _Line, where: str) -> None:
    for name in _NEEDED.get(line.action, ()):
        if name not in line.arguments:
            raise UsageError(f"{where}: arguments.{name} is missing for {line.action}")
    own = line.arguments.get("articles", {})
    if not isinstance(own, dict) or not all(
            isinstance(urls, list) and all(isinstance(url, str) for url in urls) for urls in own.values()):
        raise UsageError(f"{where}: arguments.articles: expected slugs, each with a list of URLs")


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["made_at"], row["who"], row["action"], row["target"],
            json.dumps(row["arguments"], sort_keys=True, ensure_ascii=False))


def _met(conn: Connection, line: _Line) -> bool:
    if line.action == "forget" or line.undone_at:
        return True
    if line.action in ("reject", "unlink"):
        return bool(articles.known(conn, [line.target]))
    return slugs.resolve(conn, line.target) is not None
