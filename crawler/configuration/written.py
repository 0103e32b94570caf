"""Sources as YAML of our own writing, and the folder that may be written to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.sources import WAYS, Source
from crawler.errors import ConfigError, UsageError

# What every entry has, in the order in which it is written.
WRITTEN = ("id", "name", "home", "country", "languages", "kind", "discover", "every", "enabled")


def source_yaml(source: Source, evidence: str | Sequence[str] = "") -> str:
    """One entry of a `config/sources` file, ending in a line break.

    `evidence` is the comment behind each address: one for all, or one for each way in order.
    """
    lines = [f"- id: {_scalar(source.id)}", f"  name: {_scalar(source.name)}", f"  home: {_scalar(source.home)}",
             f"  country: {_scalar(source.country)}", f"  languages: {_scalar(list(source.languages))}",
             f"  kind: {source.kind}", "  discover:"]
    for place, way in enumerate(source.discover):
        comment = evidence if isinstance(evidence, str) else evidence[place]
        comment = " ".join("".join(c if c.isprintable() else " " for c in comment).split())
        lines.append(f"    - {way.kind}: {_scalar(way.url)}" + (f"   # {comment}" if comment else ""))
        lines.extend(f"      {name}: {_scalar(value)}" for name, value in further(way, WAYS))
    lines.append(f"  every: {duration_text(source.every)}")
    if not source.enabled:
        lines.append("  enabled: false")
    lines.extend(f"  {name}: {_scalar(value)}" for name, value in further(source, WRITTEN))
    return "\n".join(lines) + "\n"


def further(part: BaseModel, but: Collection[str]) -> list[tuple[str, Any]]:
    """The fields of a source or a way that are not their defaults, without those named in `but`: a key that the
    schema gains later is not lost on the way."""
    return [(name, getattr(part, name)) for name, field in type(part).model_fields.items()
            if name not in but and getattr(part, name) != field.default]


def duration_text(span: timedelta) -> str:
    """`30m` as parse_duration reads it, in the largest unit that needs no fraction."""
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def own_sources(folder: ConfigFolder) -> Path:
    """The `sources` folder that a command may write to.

    Raises UsageError for the packaged registry, and where the user's folder has no `sources`: one file in a new one
    would hide all packaged sources.
    """
    path = folder.root / "sources"
    if folder.root == PACKAGED or not path.is_dir():
        raise UsageError(f"{path} is not yours to write to, or does not exist; make a registry of your own first: "
                         "mkdir -p config/sources && marsad sources export --yaml --output config/sources/all.yml")
    return path


def sources_of(path: Path) -> list[Source]:
    """The sources of one file; none where there is no such file."""
    if not path.exists():
        return []
    data, lines = load_yaml(path)
    if data is None:
        return []
    if not isinstance(data, list):
        raise ConfigError(path, "expected a list of sources", line=1, hint="each begins with `- id: ...`")
    return [check(Source, entry, path, lines, (place,)) for place, entry in enumerate(data)]


def append_sources(path: Path, entries: Iterable[str], head: str) -> None:
    """Put entries behind what `path` holds, byte for byte; a new file begins with `head`. All of it or nothing."""
    before = path.read_text(encoding="utf-8-sig") if path.exists() else head
    if before and not before.endswith("\n"):
        before += "\n"
    replace_file(path, before + "".join(f"\n{entry}" for entry in entries))


def replace_file(path: Path, text: str) -> None:
    """Write `text` so that a reader, or a crash, meets the old file or the new one and nothing between."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _scalar(value: Any) -> str:
    """A value on one line, quoted where YAML needs it (`no` and `NO` are languages and countries, too)."""
    dumped = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=float("inf"))
    return str(dumped).removesuffix("\n").removesuffix("\n...")
