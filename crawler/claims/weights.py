"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Written by `python -m tests.quality.train_organizations`; 289 labelled stories, L2 3.0.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": 1.2, "utility": 1.1, "twice": 1.0, "role_verb": 0.9, "first_named": 0.8, "maker": 0.7, "money": 0.7,
    "second_paragraph": 0.7, "lead_actor": 0.6, "nationality": 0.6, "again": 0.5, "title": 0.5, "part_verb": 0.4,
    "apposition": 0.3, "company_noun": 0.3, "facility": 0.3, "acts": 0.2, "government": 0.2, "heir": -0.0,
    "often": 0.0, "possessive": 0.0, "tied": 0.0, "first_paragraph": -0.1, "partner": -0.1, "at_home": -0.2,
    "bare": -0.2, "agency": -0.3, "builder": -0.3, "hyperscaler": -0.5, "elsewhere": -0.6, "listed": -0.6,
    "near_end": -0.6, "host": -0.7, "carrier": -0.8, "late": -0.8, "bracket": -1.6, "name_before": -2.0,
    "project_name": -2.1, "bystander": -2.8, "other_project": -3.2, "media": -9.0,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.8, "name_tail": 2.4, "name_head": 1.9, "tied": 1.8, "company_noun": 1.7, "role_verb": 1.7,
    "nationality": 1.5, "quoted": 1.4, "acronym": 1.2, "word_like": 1.2, "headed": 1.1, "heir": 1.0,
    "apposition": 0.9, "second_paragraph": 0.9, "subject": 0.9, "word_by": 0.9, "lead_actor": 0.8, "v_have": 0.8,
    "institution": 0.7, "often": 0.7, "begins": 0.6, "part_verb": 0.6, "twice": 0.6, "word_and": 0.6,
    "first_paragraph": 0.5, "possessive": 0.5, "v_be": 0.5, "v_say": 0.5, "word_from": 0.5, "word_with": 0.5,
    "after_mark": 0.4, "again": 0.4, "ends_sentence": 0.4, "v_other": 0.4, "v_past": 0.4, "ar_verb": 0.3, "late": 0.3,
    "partner": 0.3, "v_future": 0.3, "v_prep": 0.3, "ar_word": 0.2, "at_home": 0.2, "before_name": 0.2,
    "elsewhere": 0.2, "marked": 0.2, "three_words": 0.2, "title": 0.2, "word_for": 0.2, "acts": 0.1,
    "short_form": 0.1, "two_words": 0.1, "v_none": 0.1, "word_of": 0.1, "after_word": -0.0, "facility_by": -0.0,
    "first_named": 0.0, "latin": 0.0, "said_by": -0.0, "surname": -0.0, "facility_of": -0.1, "odd_case": -0.1,
    "source": -0.1, "v_present": -0.1, "place_like": -0.2, "unvouched": -0.2, "word_to": -0.2, "listed": -0.3,
    "bare": -0.4, "facility": -0.4, "near_end": -0.4, "article": -0.6, "after_name": -0.7, "name_before": -0.8,
    "opens": -1.0, "bystander": -1.7, "word_in": -1.7, "project_name": -2.0, "given_name": -2.4, "bracket": -2.6,
    "person": -2.6, "other_project": -3.4, "media": -9.0,
}
