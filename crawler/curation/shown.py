"""Values that a person set: they stand in the row until that is undone, with who, when and why beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pycountry
from sqlalchemy import Connection

from crawler.claims.claim import STATUSES
from crawler.linking.money import Sum, in_dollars
from crawler.linking.rules import LinkRules
from storage import decisions, slugs

_NUMBERS = ("capacity_mw", "capacity_initial_mw", "investment_amount", "latitude", "longitude")
FIELDS = (*_NUMBERS, "investment_currency", "country", "city", "status", "doubted")
_NOTHING = ("", "-", "none", "null", "unknown")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


@dataclass(frozen=True, slots=True)
class SetByHand:
    """One column's value and the sentence that says who set it."""

    value: Any
    text: str


def parse(field: str, text: str) -> Any:
    """What `text` says for a column of `projects`; None for "none". ValueError says what is wrong."""
    clean = text.strip()
    if clean.casefold() in _NOTHING and field != "doubted":
        if field == "status":
            raise ValueError(f"a status is one of {', '.join(STATUSES)}")
        return None
    if field in _NUMBERS:
        return _number(field, clean)
    if field == "country":
        if pycountry.countries.get(alpha_2=clean.upper()) is None:
            raise ValueError(f"{clean!r} is no country; give the ISO code of two letters, such as MA")
        return clean.upper()
    if field == "investment_currency":
        if pycountry.currencies.get(alpha_3=clean.upper()) is None:
            raise ValueError(f"{clean!r} is no currency; give the ISO code of three letters, such as USD")
        return clean.upper()
    if field == "status":
        if clean.casefold() not in STATUSES:
            raise ValueError(f"a status is one of {', '.join(STATUSES)}")
        return clean.casefold()
    if field == "doubted":
        if clean.casefold() not in (*_YES, *_NO):
            raise ValueError("doubted is yes or no")
        return clean.casefold() in _YES
    return clean


def _number(field: str, text: str) -> float:
    try:
        value = float(text.replace("_", "").replace(",", "").replace(" ", ""))
    except ValueError:
        raise ValueError(f"{field} is a number, such as 386 or 5e8; found {text!r}") from None
    limits = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)}.get(field, (0.0, 1e15))
    if not limits[0] <= value <= limits[1]:
        raise ValueError(f"{field} lies between {limits[0]:g} and {limits[1]:g}")
    return value


def set_by_hand(conn: Connection) -> dict[int, dict[str, SetByHand]]:
    """Project id to what people set, by column; the later decision about one column counts."""
    found: dict[int, dict[str, SetByHand]] = defaultdict(dict)
    rows = decisions.active(conn, ("rename", "set"))
    merged = {row["arguments"]["other"] for row in decisions.active(conn, slugs.MERGES)} if rows else set()
    for row in rows:
        if row["target"] in merged:
            continue  # what was set for a project that is now part of another says nothing about the whole
        project = slugs.resolve(conn, row["target"])
        if project is None:
            continue
        given = row["arguments"]
        field, value = ("name", given["name"]) if row["action"] == "rename" else (given["field"], given["value"])
        because = f": {row['reason']}" if row["reason"] else ""
        found[project][field] = SetByHand(value, f"{value}: set by {row['who']}, {row['made_at'][:10]}{because}")
    return found


def applied(values: dict[str, Any], own: Mapping[str, SetByHand], rules: LinkRules,
            locate: Any, fields: Iterable[str] = (*FIELDS, "name")) -> dict[str, Any]:
    """The row with what was set by hand: columns that follow from others (dollars, coordinates) follow."""
    row, why = dict(values), dict(values.get("why") or {})
    for field in fields:
        if field in own:
            row[field] = own[field].value
            key = "investment" if field.startswith("investment") else field
            why[key] = {"value": own[field].value, "rule": "set by a person", "text": own[field].text,
                        "instead_of": (values.get("why") or {}).get(key, {}).get("text")}
    if "status" in own:
        row["status_inferred"] = False
    if {"investment_amount", "investment_currency"} & set(own):
        amount, currency = row["investment_amount"], row["investment_currency"]
        dollars = in_dollars(Sum(amount, currency), rules) if amount is not None and currency else None
        row["investment_usd"] = round(dollars) if dollars is not None else None
    if {"city", "country"} & set(own) and not {"latitude", "longitude"} & set(own):
        point = locate(row["country"], row["city"]) if row["city"] else None
        row["latitude"], row["longitude"] = point or (None, None)
    return {**row, "why": why}
