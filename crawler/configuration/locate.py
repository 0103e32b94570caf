"""Where the configuration lies: the folder a user gave, `config/` here, or the copy that travels in the wheel.

A file that the user's folder does not hold is taken from the packaged copy, so a folder with nothing but
`sources/` works. Sources are never mixed: a folder that has `sources/` has all of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent.parent
# In a wheel the copy lies inside the package; in a clone (editable install) it is the top-level folder itself.
PACKAGED = next((p for p in (_PACKAGE / "_config", _PACKAGE.parent / "config") if p.is_dir()), _PACKAGE / "_config")


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """A configuration folder laid over the packaged one."""

    root: Path

    def file(self, name: str) -> Path:
        """The path of `name` (such as `places.yml`): the user's where there is one, else the packaged copy's."""
        own = self.root / name
        if own.is_file():
            return own
        packaged = PACKAGED / name
        if packaged.is_file():
            return packaged
        raise ConfigError(own, "no such file, and none is packaged", hint="check the name")

    def files(self, folder: str, *, fall_back: bool = True) -> list[Path]:
        """The `.yml` and `.yaml` files of a sub-folder in order of name; the packaged ones where it has none."""
        own = self.root / folder
        if own.is_dir() or not fall_back:
            return sorted(p for p in own.glob("*.y*ml") if p.is_file())
        return sorted((PACKAGED / folder).glob("*.y*ml"))


def find_config(given: str | os.PathLike[str] | None) -> ConfigFolder:
    """The folder to use: `given` (--config or MARSAD_CONFIG), else `config/` here, else the packaged copy."""
    if given:
        root = Path(given)
        if not root.is_dir():
            raise ConfigError(root, "no such folder", hint="give --config a folder such as config/, or leave it out")
        return ConfigFolder(root)
    here = Path("config")
    if (here / "marsad.toml").is_file() or (here / "sources").is_dir():
        return ConfigFolder(here)
    return ConfigFolder(PACKAGED)
