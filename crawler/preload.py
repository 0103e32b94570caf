"""Imported once by the fork server: its children start with the libraries, a warm reader and the rules compiled."""

from __future__ import annotations

import os
from contextlib import suppress

from crawler.configuration.locate import find_config
from crawler.configuration.settings import load_settings
from crawler.errors import MarsadError
from crawler.pipeline import load_rules
from crawler.reading.warm import warm_up

warm_up()
# What is wrong in a configuration is said by the command itself, not here.
with suppress(MarsadError):
    _folder = find_config(os.environ.get("MARSAD_CONFIG"))
    load_rules(_folder, load_settings(_folder).topic)
