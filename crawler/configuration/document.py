"""The settings as a Markdown table: docs/configuration.md holds it, a test keeps it true.

`python -m crawler.configuration.document` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from crawler.configuration.settings import Settings

BEGIN, END = "<!-- settings: begin (written by python -m crawler.configuration.document) -->", "<!-- settings: end -->"


def settings_table() -> str:
    """All settings with default, environment variable and meaning."""
    rows = ["| key | default | variable | meaning |", "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            rows += [_row(f"{name}.{key}", inner.default, inner.description)
                     for key, inner in section.model_fields.items()]
        else:
            rows.append(_row(name, field.default, field.description))
    return "\n".join(rows)


def _row(key: str, default: object, meaning: str | None) -> str:
    shown = {"": '""', (): "[]"}.get(default, f'"{default}"' if isinstance(default, str) else str(default))  # type: ignore[call-overload]
    variable = "MARSAD_" + key.upper().replace(".", "_")
    return f"| `{key}` | `{shown}` | `{variable}` | {meaning or ''} |"


def with_table(text: str) -> str:
    """`text` with the table between its marks made anew."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{settings_table()}\n{END}{tail}"


if __name__ == "__main__":
    path = Path("docs/configuration.md")
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
