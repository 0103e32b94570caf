"""The configuration of one call: its folder and its settings, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.configuration.locate import ConfigFolder, find_config
from crawler.configuration.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Setup:
    """What every command starts from."""

    folder: ConfigFolder
    settings: Settings


def set_up(config: Path | None) -> Setup:
    """The configuration in `config`, in `config/` here, or the packaged one (see locate.find_config)."""
    folder = find_config(config)
    return Setup(folder, load_settings(folder))
