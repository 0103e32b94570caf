"""The alias file of organisations agrees with itself."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml

from crawler.claims.directory import key_of
from crawler.configuration.locate import PACKAGED, ConfigFolder
from tests.claims.conftest import Read, values


def test_no_spelling_stands_twice_or_for_two() -> None:
    spelt: dict[str, list[str]] = defaultdict(list)
    for entry in yaml.safe_load(ConfigFolder(PACKAGED).file("organizations.yml").read_text(encoding="utf-8")):
        for name in (entry["name"], *entry.get("also", [])):
            spelt[key_of(name)].append(entry["name"])
        assert {key_of(w) for w in entry.get("words", [])} <= {key_of(n) for n in (entry["name"], *entry.get("also", []))}
    assert {key: names for key, names in spelt.items() if len(names) > 1} == {}
    assert "" not in spelt


WORDS = [
    ("en", "A data centre of 4 MW opens in Leeds. Liquid cooling saves water.", []),
    ("en", "Liquid plans a data centre of 4 MW in Leeds.", ["Liquid Intelligent Technologies"]),
    ("fr", "Un data center ouvrira à Nador. Free va y installer des baies.", ["Iliad"]),
    ("ar", "يقام مركز بيانات في جدة. وعلى المدى الطويل ستتضاعف القدرة.", []),
]


@pytest.mark.parametrize(("language", "text", "organizations"), WORDS)
def test_everyday_words(read: Read, language: str, text: str, organizations: list[str]) -> None:
    assert values(read(text, language=language), "organization") == organizations
