"""`python -m crawler.daemon.child crawl ...`: a round's process, which does not outlive the daemon.

The daemon holds the other end of its stdin. When that closes, the daemon is dead (`kill -9`, out of memory), and
the whole process group ends at once: what was stored is whole, and the next daemon may start the same source.
"""

from __future__ import annotations

import os
import signal
import sys
import threading


def _end_with_the_daemon() -> None:
    while os.read(0, 1):
        """Nothing is ever written; only the end of it tells."""
    os.killpg(os.getpgid(0), signal.SIGKILL)


def main() -> None:
    threading.Thread(target=_end_with_the_daemon, name="marsad-watch", daemon=True).start()
    from crawler.commands import main as marsad  # noqa: PLC0415 - the watch begins before the slow imports

    sys.argv[0] = "marsad"
    marsad()


if __name__ == "__main__":
    main()
