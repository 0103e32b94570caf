"""`python -m tests.quality [--write] [--lower]`: today's figures, and the floors made of them."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.quality.measure import BASELINE, CORPORA, measure
from tests.quality.scorer import corpus_hash


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="make today's figures the floors")
    parser.add_argument("--lower", action="store_true", help="let floors fall")
    options = parser.parse_args()
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    fallen = []
    for corpus, stories in CORPORA.items():
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(Path(folder), stories())
        floors = baseline.get(corpus, {}).get("floors", {})
        for name, value in figures.items():
            sys.stdout.write(f"{corpus:9} {name:16} {value:.4f}   floor {floors.get(name, '-')}\n")
        fallen += [f"{corpus} {name}" for name, floor in floors.items() if figures.get(name, 0) < floor]
        baseline[corpus] = {"corpus": corpus_hash(stories()), "floors": figures}
    if options.write:
        if fallen and not options.lower:
            sys.stderr.write(f"these would fall: {', '.join(fallen)}; --lower if that is meant\n")
            return 1
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
