from __future__ import annotations

from pathlib import Path

import pytest

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError
from crawler.linking import LinkRules, load_rules


def test_the_shipped_rules_are_sound(rules: LinkRules) -> None:
    copies, decide = rules.copies, rules.decide
    assert copies.with_lead < copies.other_outlet <= copies.same_outlet
    assert decide.review < decide.link <= decide.mention
    trust = rules.trust
    assert trust.of("official") > trust.of("general") > trust.of("aggregator")
    assert trust.of(None) == trust.of("never heard of") == trust.of("other")
    assert trust.is_low(trust.of("aggregator"))
    assert not trust.is_low(trust.of("other"))
    assert len(rules.per_dollar) >= 40
    assert rules.per_dollar["USD"] == 1


def test_weights_of_organisations(rules: LinkRules) -> None:
    assert rules.weight_of("iozera") == 1
    assert rules.weight_of("nvidia") == rules.weight_of("google") == rules.weights.common
    assert rules.weight_of("ministere de l interieur") == rules.weights.public
    assert rules.weight_of("banque mondiale") == rules.weights.public
    assert rules.weight_of("وزاره الاتصالات") == rules.weights.public


@pytest.mark.parametrize(("name", "old", "new", "key"), [
    ("linking.yml", "  other_outlet: 0.68", "  other_outlet: 68", "copies.other_outlet"),
    ("linking.yml", "  same_outlet:", "  same_outlett: 1\n  same_outlet:", "copies.same_outlett"),
    ("projects.yml", "    also: [Igoudar", "    alsso: x\n    also: [Igoudar", "projects.alsso"),
    ("currencies.yml", "  EUR: 0.85", "  EUR: 0", "per_dollar.EUR"),
    ("trust.yml", "  official: 4", "  official: -4", "kinds.official"),
    ("trust.yml", "  official: 4", "  officiel: 4", "kinds.officiel"),
    ("trust.yml", "low: 1", "low: much", "low"),
])
def test_a_mistake_names_file_line_and_key(name: str, old: str, new: str, key: str, tmp_path: Path) -> None:
    text = (PACKAGED / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rules(ConfigFolder(tmp_path))
    assert caught.value.path.name == name
    assert caught.value.key == key
    assert caught.value.line == text[:text.index(old)].count("\n") + 1


def test_an_empty_alias_file_is_fine(tmp_path: Path) -> None:
    (tmp_path / "projects.yml").write_text("", encoding="utf-8")
    assert load_rules(ConfigFolder(tmp_path)).aliases == {}


def test_a_source_or_outlet_of_its_own_trust(tmp_path: Path) -> None:
    text = (PACKAGED / "trust.yml").read_text(encoding="utf-8")
    text = text.replace("sources:\n", "sources:\n  some-blog: 0.5\n").replace("outlets:\n", "outlets:\n  وزارة الانتقال: 5\n")
    (tmp_path / "trust.yml").write_text(text, encoding="utf-8")
    trust = load_rules(ConfigFolder(tmp_path)).trust
    assert trust.of("general", "some-blog") == 0.5
    assert trust.of("search", "gdelt", "وزارة الإنتقال") == 5
    assert trust.of("general", "some-blog", "وزارة الانتقال") == 0.5
    assert trust.of("general", "another") == 2
