"""Articles into stories, stories into projects, claims into the row that is shown. Pure: no SQL, no Scrapy."""

from crawler.linking.copies import Similarity, StoryText, group_stories, join_story, relate, similarity
from crawler.linking.rules import LinkRules, load_rules
from crawler.linking.signature import Signature, estimate, line_hash, sign, strip_known_lines

__all__ = [
    "LinkRules", "Signature", "Similarity", "StoryText", "estimate", "group_stories", "join_story", "line_hash",
    "load_rules", "relate", "sign", "similarity", "strip_known_lines",
]
