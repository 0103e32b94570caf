"""`python -m tests.quality.reading`: the figures and the misses; `--raise` writes higher floors, never lower ones.

`--expected` writes what each page must give, from the stories that the pages are made of (never from what was read).
"""

from __future__ import annotations

import json
import sys

from tests.quality.reading.made import EXPECTED, answers
from tests.quality.reading.measure import FLOORS, KEYS, measure


def main() -> None:
    if "--expected" in sys.argv:
        rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in answers())
        EXPECTED.write_text("".join(rows), encoding="utf-8")
    figures, misses = measure()
    sys.stdout.write("\n".join([*misses, json.dumps(figures)]) + "\n")
    if "--raise" in sys.argv:
        before = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
        FLOORS.write_text(json.dumps({key: max(figures[key], before.get(key, 0.0)) for key in KEYS}, indent=2) + "\n", encoding="utf-8")


main()
