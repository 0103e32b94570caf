"""Topics: which documents belong, by a file of phrases and weights."""

from crawler.topics.match import Evidence, Match
from crawler.topics.topic import Topic, load_topic

__all__ = ["Evidence", "Match", "Topic", "load_topic"]
