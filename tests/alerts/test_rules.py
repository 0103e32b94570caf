"""alerts.yml: what is understood, what is refused with file, line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.alerts.channels import load_secrets, missing
from crawler.alerts.rules import fill, load_alert_rules
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError

GOOD = """
channels:
  team: ${MARSAD_ALERT_TEAM}
rules:
  - name: morocco
    when: [new_project]
    channels: [team]
    countries: [MA]
    at: 8:30
"""


def folder(tmp_path: Path, text: str) -> ConfigFolder:
    (tmp_path / "alerts.yml").write_text(text, encoding="utf-8")
    return ConfigFolder(tmp_path)


def test_what_ships_sends_nothing() -> None:
    shipped = load_alert_rules(ConfigFolder(PACKAGED))
    assert shipped.rules == ()
    assert shipped.channels == {}


def test_the_examples_that_ship_work_once_their_marks_are_taken_away(tmp_path: Path) -> None:
    text = (PACKAGED / "alerts.yml").read_text(encoding="utf-8")
    head, _, rest = text.partition("channels:\n")
    examples = head + "channels:\n" + re.sub("(?m)^  # ", "  ", rest)
    rules = load_alert_rules(folder(tmp_path, examples))
    assert [rule.name for rule in rules.rules] == ["morocco", "large", "followed", "blind"]
    assert set(rules.channels) == {"team", "hook"}


def test_a_good_file(tmp_path: Path) -> None:
    (rule,) = load_alert_rules(folder(tmp_path, GOOD)).rules
    assert (rule.name, rule.at, rule.send, rule.language) == ("morocco", "08:30", "immediately", "en")


@pytest.mark.parametrize(("old", "new", "says"), [
    ("[new_project]", "[new_projects]", ["line 6", "when", "new_projects"]),
    ("countries: [MA]", "countries: [Morocco]", ["line 8", "countries", "Morocco"]),
    ("countries: [MA]", "country: [MA]", ["line 8", "unknown key", "did you mean 'countries'"]),
    ("[team]\n", "[tema]\n", ["line 7", "tema", "known: team"]),
    ("at: 8:30", "at: soon", ["line 9", "time of day"]),
    ("at: 8:30", "timezone: Casablanca", ["line 9", "time zone"]),
    ("at: 8:30", "language: de", ["line 9", "language"]),
    ("[new_project]", "[threshold]", ["threshold", "min_mw"]),
    ("name: morocco", "name: My Rule", ["line 5", "name"]),
    ("rules:", "max_age: soon\nrules:", ["line 4", "max_age"]),
    ("${MARSAD_ALERT_TEAM}", "mailto://me:planted-password@example.org", ["line 3", "MARSAD_ALERT_"]),
    ("${MARSAD_ALERT_TEAM}", "${TEAM}", ["line 3", "MARSAD_ALERT_"]),
    ("channels:", "secrets: alerts.env\nchannels:", ["secrets", "whole path"]),
    ("rules:", "rules:\n  - {name: morocco, when: [doubt]}", ["twice"]),
])
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, says: list[str]) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as error:
        load_alert_rules(folder(tmp_path, GOOD.replace(old, new, 1)))
    assert "alerts.yml" in str(error.value)
    for part in says:
        assert part in str(error.value)
    assert "planted-password" not in str(error.value)
    assert error.value.exit_code == 2


def test_secrets_come_from_the_file_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "secret.env").write_text("# team\nMARSAD_ALERT_TEAM='json://from-the-file'\nMARSAD_ALERT_B=json://b\n",
                                         encoding="utf-8")
    rules = load_alert_rules(folder(tmp_path, GOOD.replace("channels:", f"secrets: {tmp_path}/secret.env\nchannels:", 1)))
    assert load_secrets(rules, {}).values["MARSAD_ALERT_TEAM"] == "json://from-the-file"
    secrets = load_secrets(rules, {"MARSAD_ALERT_TEAM": "json://here", "HOME": "/"})
    assert dict(secrets.values) == {"MARSAD_ALERT_TEAM": "json://here", "MARSAD_ALERT_B": "json://b"}
    assert fill(rules.channels["team"], secrets.values) == "json://here"
    assert missing("${MARSAD_ALERT_TEAM}${MARSAD_ALERT_C}", secrets) == ["MARSAD_ALERT_C"]


@pytest.mark.parametrize(("text", "says"), [(None, "cannot be read"), ("MARSAD_ALERT_TEAM\n", "line 1"), ("A=b\n", "line 1")])
def test_a_secrets_file_that_is_wrong(tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "secret.env").write_text(text, encoding="utf-8")
    rules = load_alert_rules(folder(tmp_path, GOOD.replace("channels:", f"secrets: {tmp_path}/secret.env\nchannels:", 1)))
    with pytest.raises(ConfigError, match=says):
        load_secrets(rules, {})
