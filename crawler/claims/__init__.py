"""What an article claims: `extract(document, load_lexicon(folder))` gives quoted values and their projects."""

from crawler.claims.claim import Claim, Claims, Subject
from crawler.claims.extract import extract
from crawler.claims.lexicon import Lexicon, load_gazetteer, load_lexicon

__all__ = ["Claim", "Claims", "Lexicon", "Subject", "extract", "load_gazetteer", "load_lexicon"]
