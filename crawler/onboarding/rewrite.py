"""A new address in the line of the registry where the old one stands; comments and all else stay as they are."""

from __future__ import annotations

from pathlib import Path

from crawler.configuration.checked import load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.written import own_sources, replace_file, sources_of


def write_address(folder: ConfigFolder, source_id: str, place: int, old: str, new: str) -> Path | None:
    """Put `new` in place of `old` in way `place` (from 0) of a source; the file, or None where it does not stand so.

    The file is written only if it then reads back with that one address changed. Raises UsageError where the registry
    is not the user's own.
    """
    for path in sorted(own_sources(folder).glob("*.yml")):
        data, lines = load_yaml(path)
        for index, entry in enumerate(data or ()):
            if not isinstance(entry, dict) or entry.get("id") != source_id:
                continue
            number = lines.of((index, "discover", place))
            text = path.read_text(encoding="utf-8")
            rows = text.splitlines(keepends=True)
            if number is None or old not in rows[number - 1]:
                return None
            rows[number - 1] = rows[number - 1].replace(old, new, 1)
            before = sources_of(path)
            replace_file(path, "".join(rows))
            after = sources_of(path)
            if after[index].discover[place].url != new or len(after) != len(before):
                replace_file(path, text)
                return None
            return path
    return None
