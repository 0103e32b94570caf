"""May we ask, and what did the answer mean? Each file holds one rule: a pure function and the thin class around it.

A middleware never swallows a request: it lets it pass or raises a verdict (verdicts.py), which becomes the one
outcome of the URL.
"""
