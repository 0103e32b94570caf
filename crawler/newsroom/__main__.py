"""`python -m crawler.newsroom`: serve the newsroom until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date
from pathlib import Path

from crawler.newsroom.server import Newsroom, addresses


def main() -> int:
    """Serve; 0 after Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m crawler.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, help="first of consecutive ports (default: free ones)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day from which stories count back")
    parser.add_argument("--slow-seconds", type=float, default=1.5, help="delay of the slow outlet")
    parser.add_argument("--write-config", type=Path, help="also write a configuration for `marsad --config` there")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Newsroom(today=options.today, slow_seconds=options.slow_seconds, port=options.port) as room:
        if options.write_config:
            room.write_config(options.write_config)
        sys.stdout.write(addresses(room) + "\n")
        sys.stdout.flush()
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
