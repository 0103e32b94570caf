"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Written by `python -m tests.quality.train_organizations`; 260 labelled stories, L2 1.0.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": 0.5, "again": 1.6, "lead_actor": 1.1, "second_paragraph": 1.1, "nationality": 1.0, "title": 1.0,
    "first_named": 0.9, "company_noun": 0.8, "heir": 0.7, "part_verb": 0.7, "twice": 0.7, "apposition": 0.6,
    "government": 0.6, "facility": 0.5, "partner": 0.5, "role_verb": 0.5, "utility": 0.5, "maker": 0.4, "money": 0.3,
    "often": 0.3, "acts": 0.2, "possessive": -0.0, "first_paragraph": -0.3, "listed": -0.4, "bracket": -0.5,
    "hyperscaler": -0.5, "tied": -0.5, "agency": -0.6, "builder": -0.7, "late": -0.8, "bystander": -3.6,
    "other_project": -3.8, "media": -9.0,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.8, "headed": 3.1, "name_head": 2.8, "name_tail": 2.4, "company_noun": 2.2, "institution": 2.2,
    "role_verb": 2.1, "tied": 1.7, "quoted": 1.6, "heir": 1.5, "possessive": 1.2, "acronym": 1.0, "lead_actor": 1.0,
    "twice": 0.9, "apposition": 0.8, "often": 0.8, "part_verb": 0.8, "partner": 0.8, "second_paragraph": 0.8,
    "title": 0.8, "first_named": 0.7, "nationality": 0.6, "acts": 0.5, "first_paragraph": 0.5, "again": 0.4,
    "latin": 0.4, "listed": 0.3, "short_form": 0.1, "facility": -0.0, "three_words": 0.0, "odd_case": -0.1,
    "said_by": -0.1, "source": -0.2, "surname": -0.3, "facility_of": -0.4, "late": -0.4, "place_like": -0.4,
    "two_words": -0.5, "article": -1.0, "given_name": -1.1, "facility_by": -1.2, "name_before": -1.3, "marked": -1.5,
    "opens": -1.6, "bystander": -1.7, "unvouched": -1.8, "project_name": -2.2, "other_project": -2.3, "bracket": -2.5,
    "person": -3.2, "media": -9.0,
}
