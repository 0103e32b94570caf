"""A claim: one value that one article states about one project, with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("name", "country", "city", "capacity", "investment", "organization", "status", "milestone",
         "energy", "area", "doubt")  # and the names of lexicon/figures.yml
STAGES = ("total", "initial", "phase", "unspecified")
MODALITIES = ("stated", "planned", "reported", "questioned", "denied")
STATUSES = ("announced", "agreement", "approved", "under_construction", "operational", "suspended", "cancelled")
MILESTONES = ("signing", "construction_start", "operational")


@dataclass(frozen=True, slots=True)
class Claim:
    """One value (contract.md, table `claims`).

    `value_number`: MW, m2 or units of money; `unit`: MW, m2 or the ISO 4217 code; `value_text`: the normalised
    value; `value_printed`: as this article writes it; `quote` is text[quote_start:quote_end] of the document,
    to the character: the sentence or clause that states it (never the title, which is not in the text).
    `part`: what an organisation does, one of part_played.PARTS, where the text says so.
    `subject` is the index of the project in `Claims.subjects`.
    """

    kind: str
    quote: str
    quote_start: int
    quote_end: int
    value_number: float | None = None
    value_text: str | None = None
    value_printed: str | None = None
    unit: str | None = None
    stage: str = "unspecified"
    date: str | None = None
    modality: str = "stated"
    part: str | None = None
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A project that the article speaks of: the main one (at most one, then index 0) or one mentioned.

    `names`: project names as printed; `organizations`: normalised, lead developer first; `country` ISO alpha-2;
    `city` the gazetteer's name.
    """

    role: str
    names: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    country: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one article says: its projects and the claims about each."""

    subjects: tuple[Subject, ...] = field(default=())
    claims: tuple[Claim, ...] = field(default=())
