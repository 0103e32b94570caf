"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Written by `python -m tests.quality.train_organizations`; 260 labelled stories, L2 1.0.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": 0.9, "again": 1.4, "second_paragraph": 1.2, "nationality": 1.0, "title": 1.0, "apposition": 0.9,
    "lead_actor": 0.9, "twice": 0.9, "government": 0.8, "heir": 0.7, "first_named": 0.6, "maker": 0.6, "partner": 0.6,
    "company_noun": 0.5, "part_verb": 0.5, "often": 0.4, "possessive": 0.4, "utility": 0.3, "acts": 0.0,
    "facility": -0.0, "role_verb": -0.0, "tied": 0.0, "money": -0.1, "first_paragraph": -0.3, "builder": -0.4,
    "listed": -0.4, "bracket": -0.5, "hyperscaler": -0.5, "agency": -0.7, "late": -0.8, "bystander": -3.8,
    "other_project": -3.8, "media": -9.0,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.7, "headed": 3.1, "name_head": 2.7, "name_tail": 2.4, "company_noun": 2.2, "institution": 2.2,
    "role_verb": 2.2, "heir": 1.6, "quoted": 1.6, "tied": 1.6, "possessive": 1.1, "acronym": 1.0, "lead_actor": 1.0,
    "second_paragraph": 0.9, "twice": 0.9, "often": 0.8, "part_verb": 0.8, "first_named": 0.7, "partner": 0.7,
    "title": 0.7, "apposition": 0.6, "first_paragraph": 0.6, "nationality": 0.6, "acts": 0.5, "again": 0.4,
    "latin": 0.4, "listed": 0.3, "short_form": 0.1, "facility": -0.0, "odd_case": -0.0, "three_words": 0.0,
    "said_by": -0.1, "source": -0.2, "facility_of": -0.3, "late": -0.3, "surname": -0.3, "place_like": -0.5,
    "two_words": -0.5, "article": -0.9, "facility_by": -1.1, "given_name": -1.1, "name_before": -1.3, "marked": -1.5,
    "opens": -1.6, "bystander": -1.7, "unvouched": -1.8, "project_name": -2.2, "other_project": -2.3, "bracket": -2.5,
    "person": -3.2, "media": -9.0,
}
