"""Settings: defaults, files, environment, and mistakes that are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.configuration.locate import PACKAGED, ConfigFolder, find_config
from crawler.configuration.settings import Settings, load_settings
from crawler.errors import ConfigError, UsageError


def settings_from(tmp_path: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    (tmp_path / "marsad.toml").write_text(text, encoding="utf-8")
    return load_settings(ConfigFolder(tmp_path), environment or {})


def test_the_packaged_file_says_what_the_code_defaults_to() -> None:
    assert load_settings(ConfigFolder(PACKAGED), {}) == Settings()


def test_the_environment_wins(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "[crawl]\ndelay = 3.0\n", {
        "MARSAD_CRAWL_DELAY": "2.5", "MARSAD_ALLOW_PRIVATE_HOSTS": "127.0.0.1:80,[::1]:81", "MARSAD_DATABASE": "x"})
    assert settings.crawl.delay == 2.5
    assert settings.private_hosts == {"127.0.0.1:80", "[::1]:81"}


@pytest.mark.parametrize("variable", ["MARSAD_CRAWL_DLEAY", "MARSAD_NONSENSE"])
def test_an_unknown_variable_is_an_error(tmp_path: Path, variable: str) -> None:
    with pytest.raises(UsageError, match=variable):
        settings_from(tmp_path, "", {variable: "1"})


def test_a_bad_value_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="MARSAD_CRAWL_DELAY"):
        settings_from(tmp_path, "", {"MARSAD_CRAWL_DELAY": "slow"})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[crawl]\ndelay = -1\n", 2, "delay"),
        ("[crawl]\n\ndleay = 1\n", 3, "did you mean 'delay'"),
        ("[crwal]\ndelay = 1\n", 1, "did you mean 'crawl'"),
        ("[crawl]\nsince = 'soon'\n", 2, "30d"),
        ("[limits]\ntimeout = 'x'\n", 2, "timeout"),
        ("[limits]\nmax_bytes = 1\n", 2, "max_bytes"),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings_from(tmp_path, text)
    assert f"marsad.toml, line {line}" in str(caught.value)
    assert says in str(caught.value)


def test_broken_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not valid TOML"):
        settings_from(tmp_path, "[crawl\n")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        find_config(tmp_path / "nowhere")


def test_without_a_folder_here_the_packaged_copy_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config(None).root == PACKAGED
    (tmp_path / "config" / "sources").mkdir(parents=True)
    assert find_config(None).root == Path("config")
