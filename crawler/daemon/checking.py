"""`python -m crawler.daemon.checking FOLDER`: reads every file that a round would read; one sentence, exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import load_settings
from crawler.errors import MarsadError


def _topic(folder: ConfigFolder) -> object:
    from crawler.topics import load_topic  # noqa: PLC0415

    return load_topic(folder.file(f"topics/{load_settings(folder).topic}.yml"))


def _lexicon(folder: ConfigFolder) -> object:
    from crawler.claims import load_lexicon  # noqa: PLC0415

    return load_lexicon(folder)


def _linking(folder: ConfigFolder) -> object:
    from crawler.linking import load_rules  # noqa: PLC0415

    return load_rules(folder)


def _alerts(folder: ConfigFolder) -> object:
    from crawler.alerts.rules import load_alert_rules  # noqa: PLC0415

    return load_alert_rules(folder)


# A part that reads a file of its own at a round or in a duty adds its reader here.
CHECKS: tuple[Callable[[ConfigFolder], object], ...] = (_topic, _lexicon, _linking, _alerts)


def main() -> int:
    folder = ConfigFolder(Path(sys.argv[1]))
    try:
        for check in CHECKS:
            check(folder)
    except (MarsadError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
