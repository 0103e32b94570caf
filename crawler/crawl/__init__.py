"""A crawl from its sources to its summary: who is asked next, what became of each URL, and when it stops.

`run_crawl` (runner.py) is the one call; `seam.py` says what the rest of marsad gives it.
"""
