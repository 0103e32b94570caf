"""Numbers and dates of a story with exact quotes: capacity, investment, area, milestones, other figures.

Each reader returns `Found`: the claim (subject 0) and the span of its value, so that the caller can decide
which project it belongs to.
"""

from __future__ import annotations

from crawler.claims.quantities.area import area
from crawler.claims.quantities.capacity import capacity
from crawler.claims.quantities.figures import FigureKind, figures, load_figures
from crawler.claims.quantities.found import NOWHERE, Away, Found
from crawler.claims.quantities.investment import investment
from crawler.claims.quantities.milestones import milestones
from crawler.claims.quantities.vocabulary import Quantities, load_quantities

__all__ = ["NOWHERE", "Away", "FigureKind", "Found", "Quantities", "area", "capacity", "figures", "investment",
           "load_figures", "load_quantities", "milestones"]
