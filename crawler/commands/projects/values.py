"""Numbers, sums and texts of a project as people write and a terminal shows them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from rich.console import Console

from crawler.commands.common import clean


def number(value: float | None) -> str:
    """386.0 as `386`, 1.5 as `1.5`, nothing as an empty text."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def money(amount: float | None, currency: str | None) -> str:
    """500000000, USD as `500 M USD`."""
    if amount is None:
        return ""
    for limit, name in ((1e9, "bn"), (1e6, "M")):
        if amount >= limit:
            return f"{number(amount / limit)} {name} {currency or ''}".strip()
    return f"{number(amount)} {currency or ''}".strip()


def pretty(value: str | None) -> str:
    """`1200000000 USD` of a view as `1.2 bn USD`; anything else as it is."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ([A-Z]{3})", value or "")
    return money(float(found[1]), found[2]) if found else value or ""


def stated(claim: dict[str, Any]) -> str:
    """The value of a claim with what limits it: `40 MW (initial, planned)`."""
    if claim["kind"] == "investment":
        value = money(claim["value_number"], claim["unit"])
    elif claim["value_number"] is not None:
        value = f"{number(claim['value_number'])} {claim['unit'] or ''}".strip()
    else:
        value = claim["value_text"] or ""
    marks = [mark for mark in (claim["stage"], claim["modality"]) if mark not in {"unspecified", "stated"}]
    return f"{value} ({', '.join(marks)})" if marks else value


def isolated(text: Any, console: Console) -> str:
    """A text for a terminal. One that reads from right to left is set apart from the numbers and words around it, so
    that a terminal which knows both directions does not mix them up; a pipe gets the bare text."""
    shown = clean(text)
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in shown)
    return f"\u2068{shown}\u2069" if right_to_left and console.is_terminal else shown
