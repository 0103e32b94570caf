"""The history of the schema, run from code (`open_database`), never by hand.

How to change the schema: change `storage/schema.py`; add a file under `versions/` with the next number;
set HEAD to it; say the new columns in docs/tables.md. Views are code, not history: `storage/views.py` is
created anew after every migration, so a change of a view needs a revision, which may be an empty one.
"""

from __future__ import annotations

HEAD = "0002"
VERSION_TABLE = "marsad_version"  # also the mark by which a PostgreSQL schema is known to be ours
