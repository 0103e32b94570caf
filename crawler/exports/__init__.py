"""What leaves the database as files: tables (csv, jsonl, geojson, xlsx) and feeds (Atom, JSON Feed).

Titles, quotes and names are the words of web pages: data that nobody vouches for. `safe` makes them harmless for
spreadsheets, browsers and feed readers; every export says so, and says to what it is blind.
"""
