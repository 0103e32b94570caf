"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.

Written by `python -m tests.quality.train_organizations`; 431 labelled stories, L2 3.0, KNOWN, 0.5 of what was learnt.
"""

from __future__ import annotations

KNOWN: dict[str, float] = {
    "bias": 1.10, "twice": 1.15, "money": 0.80, "first_named": 0.75, "maker": 0.75, "role_verb": 0.70,
    "second_paragraph": 0.70, "utility.late": 0.65, "nationality": 0.60, "lead_actor": 0.55, "utility": 0.55,
    "again": 0.50, "company_noun": 0.40, "title": 0.40, "utility.role_verb": 0.40, "facility": 0.35,
    "agency.late": 0.30, "host.title": 0.30, "utility.elsewhere": 0.30, "apposition": 0.25, "money.role_verb": 0.25,
    "often": 0.25, "part_verb": 0.25, "builder.first_paragraph": 0.20, "hyperscaler.first_paragraph": 0.20,
    "money.partner": 0.20, "carrier.acts": 0.15, "hyperscaler.title": 0.15, "money.first_paragraph": 0.15,
    "tied": 0.15, "utility.acts": 0.15, "utility.bare": 0.15, "agency.role_verb": 0.10, "agency.tied": 0.10,
    "builder.partner": 0.10, "government": 0.10, "host.first_paragraph": 0.10, "maker.late": 0.10, "money.acts": 0.10,
    "money.tied": 0.10, "acts": 0.05, "agency.partner": 0.05, "builder.bare": 0.05, "builder.tied": 0.05,
    "carrier.role_verb": 0.05, "carrier.title": 0.05, "host.acts": 0.05, "hyperscaler.bare": 0.05,
    "hyperscaler.partner": 0.05, "hyperscaler.tied": 0.05, "maker.bare": 0.05, "money.bare": 0.05,
    "money.title": 0.05, "possessive": 0.05, "builder.elsewhere": 0.00, "heir": 0.00, "host.partner": 0.00,
    "host.tied": 0.00, "hyperscaler.elsewhere": 0.00, "maker.acts": 0.00, "maker.elsewhere": 0.00, "money.late": 0.00,
    "carrier.elsewhere": -0.05, "carrier.partner": -0.05, "first_paragraph": -0.05,
    "government.first_paragraph": -0.05, "hyperscaler.acts": -0.05, "maker.first_paragraph": -0.05,
    "maker.role_verb": -0.05, "maker.tied": -0.05, "maker.title": -0.05, "money.elsewhere": -0.05,
    "utility.first_paragraph": -0.05, "v_none": -0.05, "agency.acts": -0.10, "builder.title": -0.10,
    "carrier.bare": -0.10, "host.role_verb": -0.10, "hyperscaler.role_verb": -0.10, "utility.tied": -0.10,
    "utility.title": -0.10, "agency.bare": -0.15, "agency.title": -0.15, "builder.role_verb": -0.15,
    "host.elsewhere": -0.15, "at_home": -0.20, "builder.acts": -0.20, "builder.late": -0.20,
    "carrier.first_paragraph": -0.20, "carrier.late": -0.20, "hyperscaler": -0.20, "partner": -0.20,
    "maker.partner": -0.25, "bare": -0.30, "builder": -0.30, "host.late": -0.30, "utility.partner": -0.30,
    "agency.elsewhere": -0.35, "agency.first_paragraph": -0.35, "host.bare": -0.35, "agency": -0.50, "carrier": -0.55,
    "host": -0.55, "elsewhere": -0.60, "hyperscaler.late": -0.70, "near_end": -0.70, "listed": -0.75, "late": -0.80,
    "bracket": -1.50, "name_before": -2.00, "project_name": -2.10, "bystander": -2.55, "other_project": -3.15,
    "media": -9.00,
}
UNKNOWN: dict[str, float] = {
    "bias": -2.80, "name_tail": 2.40, "name_head": 1.90, "tied": 1.80, "company_noun": 1.70, "role_verb": 1.70,
    "nationality": 1.50, "quoted": 1.40, "acronym": 1.20, "word_like": 1.20, "headed": 1.10, "heir": 1.00,
    "apposition": 0.90, "second_paragraph": 0.90, "subject": 0.90, "word_by": 0.90, "lead_actor": 0.80,
    "v_have": 0.80, "institution": 0.70, "often": 0.70, "begins": 0.60, "part_verb": 0.60, "twice": 0.60,
    "word_and": 0.60, "first_paragraph": 0.50, "possessive": 0.50, "v_be": 0.50, "v_say": 0.50, "word_from": 0.50,
    "word_with": 0.50, "after_mark": 0.40, "again": 0.40, "ends_sentence": 0.40, "v_other": 0.40, "v_past": 0.40,
    "ar_verb": 0.30, "late": 0.30, "partner": 0.30, "v_future": 0.30, "v_prep": 0.30, "ar_word": 0.20,
    "at_home": 0.20, "before_name": 0.20, "elsewhere": 0.20, "marked": 0.20, "three_words": 0.20, "title": 0.20,
    "word_for": 0.20, "acts": 0.10, "short_form": 0.10, "two_words": 0.10, "v_none": 0.10, "word_of": 0.10,
    "after_word": -0.00, "facility_by": -0.00, "first_named": 0.00, "latin": 0.00, "said_by": -0.00, "surname": -0.00,
    "facility_of": -0.10, "odd_case": -0.10, "source": -0.10, "v_present": -0.10, "place_like": -0.20,
    "unvouched": -0.20, "word_to": -0.20, "listed": -0.30, "bare": -0.40, "facility": -0.40, "near_end": -0.40,
    "article": -0.60, "after_name": -0.70, "name_before": -0.80, "opens": -1.00, "bystander": -1.70, "word_in": -1.70,
    "project_name": -2.00, "given_name": -2.40, "bracket": -2.60, "person": -2.60, "other_project": -3.40,
    "media": -9.00,
}
