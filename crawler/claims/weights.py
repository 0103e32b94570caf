"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Learnt by logistic regression from labelled stories, those of unknown names with the alias file shut or half shut;
pulled towards round numbers, checked over projects left out. Each weight can be read: what a headline, an
apposition, a first name is worth.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": -0.1, "company_noun": 1.7, "again": 1.5, "title": 1.1, "possessive": 1.0, "money": 1.0, "maker": 1.0,
    "second_paragraph": 0.9, "apposition": 0.8, "lead_actor": 0.8, "part_verb": 0.8, "first_named": 0.7,
    "facility": 0.4, "partner": 0.4, "utility": 0.4, "nationality": 0.4, "government": 0.4, "twice": 0.3, "acts": 0.3,
    "agency": 0.2, "first_paragraph": 0.2, "said_by": 0.1, "listed": -0.1, "source": -0.1, "often": -0.2,
    "hyperscaler": -0.3, "builder": -0.4, "bracket": -0.8, "late": -0.9, "project_name": -1.0, "other_project": -2.2,
    "bystander": -2.6,
    "media": -9.0,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.8, "company_noun": 2.0, "quoted": 1.9, "name_tail": 1.9, "name_head": 1.5, "possessive": 1.2,
    "title": 1.1, "again": 1.1, "apposition": 1.0, "twice": 1.0, "marked": 0.9, "listed": 0.8, "first_named": 0.8,
    "part_verb": 0.8, "lead_actor": 0.7, "acts": 0.6, "partner": 0.6, "second_paragraph": 0.5, "latin": 0.5,
    "nationality": 0.5, "first_paragraph": 0.4, "institution": 0.2, "odd_case": 0.2, "said_by": 0.2, "facility": 0.1,
    "place_like": -0.1, "often": -0.1, "facility_of": -0.1, "facility_by": -0.1, "given_name": -0.2, "source": -0.3,
    "three_words": -0.3, "late": -0.5, "bracket": -0.8, "opens": -1.0, "project_name": -1.1, "person": -1.4,
    "other_project": -1.5, "two_words": -1.7, "bystander": -1.8, "name_before": -2.5,
    "media": -9.0,
}
