"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Written by `python -m tests.quality.train_organizations`; 300 labelled stories, L2 1.0.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": 0.3, "again": 1.2, "second_paragraph": 1.2, "lead_actor": 1.1, "title": 1.1, "role_verb": 1.0,
    "nationality": 0.9, "company_noun": 0.8, "first_named": 0.8, "part_verb": 0.8, "twice": 0.8, "utility": 0.8,
    "apposition": 0.6, "government": 0.6, "partner": 0.6, "maker": 0.5, "facility": 0.4, "money": 0.3, "often": 0.3,
    "acts": 0.1, "heir": 0.1, "tied": 0.1, "listed": -0.2, "possessive": -0.2, "first_paragraph": -0.4,
    "agency": -0.6, "bracket": -0.6, "builder": -0.7, "late": -0.7, "hyperscaler": -0.8, "bystander": -3.6,
    "other_project": -3.8, "media": -9.0,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.8, "name_head": 2.6, "role_verb": 2.5, "institution": 2.2, "name_tail": 2.2, "tied": 2.1,
    "company_noun": 1.9, "heir": 1.9, "quoted": 1.3, "twice": 1.1, "acronym": 1.0, "first_paragraph": 0.9,
    "often": 0.9, "second_paragraph": 0.9, "headed": 0.8, "lead_actor": 0.8, "possessive": 0.8, "first_named": 0.7,
    "nationality": 0.7, "acts": 0.6, "apposition": 0.6, "part_verb": 0.5, "partner": 0.5, "title": 0.4, "again": 0.3,
    "latin": 0.3, "late": 0.2, "surname": 0.2, "listed": 0.0, "short_form": 0.0, "source": 0.0, "facility_of": -0.2,
    "three_words": -0.2, "odd_case": -0.3, "facility": -0.4, "said_by": -0.4, "two_words": -0.4, "article": -0.6,
    "place_like": -0.6, "name_before": -0.9, "facility_by": -1.0, "given_name": -1.0, "opens": -1.0,
    "unvouched": -1.7, "bystander": -1.8, "marked": -1.8, "project_name": -2.4, "other_project": -2.6,
    "bracket": -2.7, "person": -3.8, "media": -9.0,
}
