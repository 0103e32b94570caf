"""Articles into stories, stories into projects, claims into the row that is shown. Pure: no SQL, no Scrapy."""

from crawler.linking.choose import LINKED, NEW, REVIEW, Decision, choose_project
from crawler.linking.constraints import NO_CONSTRAINTS, Constraints
from crawler.linking.copies import Similarity, StoryText, similarity
from crawler.linking.facts import Fact
from crawler.linking.naming import project_name, slug_of
from crawler.linking.profile import Profile, combine, keys, profile
from crawler.linking.row import ProjectRow, project_row
from crawler.linking.rules import LinkRules, load_rules
from crawler.linking.score import Rarity, Score, score
from crawler.linking.signature import VERSION, Signature, estimate, line_hash, sign, strip_known_lines

__all__ = [
    "LINKED", "NEW", "NO_CONSTRAINTS", "REVIEW", "VERSION", "Constraints", "Decision", "Fact", "LinkRules", "Profile",
    "ProjectRow", "Rarity", "Score", "Signature", "Similarity", "StoryText", "choose_project", "combine", "estimate",
    "keys", "line_hash", "load_rules", "profile", "project_name", "project_row", "score", "sign", "similarity",
    "slug_of", "strip_known_lines",
]
