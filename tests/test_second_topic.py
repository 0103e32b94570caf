"""A second topic is data alone: green hydrogen, in four languages, with data centers among what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.claims.claim import Claim
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError
from crawler.pipeline import Rules, Understood, load_rules, understand
from crawler.reading.document import Document


@dataclass(frozen=True)
class Story:
    language: str
    title: str
    text: str
    claims: set[tuple[str, float | str | None, str | None]] | None = field(default=None)  # kind, value, unit; None: off topic


STORIES = {
    "fr-guelmim": Story("fr", "Guelmim : Tarfaya Énergies prépare une usine d'hydrogène vert de 600 MW", (
        "La société Tarfaya Énergies a présenté mardi son projet d'hydrogène vert dans la région de Guelmim-Oued Noun. "
        "L'usine comptera 600 MW d'électrolyseurs et produira 80 000 tonnes d'ammoniac vert par an.\n\n"
        "L'investissement atteint 1,9 milliard d'euros. Le chantier doit créer 1 200 emplois et démarrer en 2028."),
        {("capacity", 600, "MW"), ("production", 80_000, "t/year"), ("investment", 1.9e9, "EUR"), ("jobs", 1200, "jobs"),
         ("country", "MA", None)}),
    "en-walvis": Story("en", "Namib Power signs land deal for 350MW electrolyser plant at Walvis Bay", (
        "Namib Power has signed an agreement with the port authority for a green hydrogen plant at Walvis Bay, Namibia. "
        "The plant will have 350MW of electrolysers and make 45,000 tonnes of hydrogen a year.\n\n"
        "The project costs $1.1 billion and is to start production in 2030."),
        {("capacity", 350, "MW"), ("production", 45_000, "t/year"), ("investment", 1.1e9, "USD"), ("country", "NA", None),
         ("status", "agreement", None)}),
    "ar-ain-sokhna": Story("ar", "مصر: انطلاق أعمال بناء مصنع للهيدروجين الأخضر في العين السخنة بقدرة 200 ميجاوات", (
        "بدأت شركة «سيناء للهيدروجين» أعمال بناء مصنع للهيدروجين الأخضر في العين السخنة بقدرة 200 ميجاوات من المحللات الكهربائية.\n\n"
        "وسينتج المصنع 120 ألف طن من الأمونيا الخضراء سنويا، وتبلغ كلفته 900 مليون دولار، ومن المقرر تشغيله في 2029."),
        {("capacity", 200, "MW"), ("production", 120_000, "t/year"), ("country", "EG", None)}),
    "es-huelva": Story("es", "Luz verde al complejo de hidrógeno verde de Huelva", (
        "La Junta ha aprobado el proyecto de hidrógeno verde que Onuba Renovables construirá en Huelva. La planta tendrá un "
        "electrolizador de 400 MW y producirá 60.000 toneladas anuales de hidrógeno.\n\n"
        "La inversión asciende a 1.000 millones de euros. Las obras empezarán en 2027."),
        {("capacity", 400, "MW"), ("production", 60_000, "t/year"), ("investment", 1e9, "EUR"), ("country", "ES", None),
         ("status", "approved", None)}),
    "en-cancelled": Story("en", "Gippsland Ammonia scraps plan for green ammonia plant", (
        "Gippsland Ammonia has cancelled its green ammonia plant near Sale in Victoria, Australia, because no buyer was found. "
        "The plant was to make 200,000 tonnes of ammonia a year with 500MW of electrolysers."),
        {("production", 200_000, "t/year"), ("capacity", 500, "MW"), ("status", "cancelled", None)}),
    "fr-data-center": Story("fr", "Kénitra accueillera un centre de données de 60 MW", (
        "La société Sebou Digital a dévoilé son projet de centre de données à Kénitra, d'une puissance de 60 MW et d'un coût "
        "de 2,4 milliards de dirhams. Le site pourrait un jour être alimenté à l'hydrogène vert.")),
    "en-market": Story("en", "Hydrogen market to reach $200 billion by 2035, report says", (
        "The global hydrogen market will grow by 9 percent a year, according to a report by an analyst house. Demand from "
        "refineries and fertiliser makers drives the market, while the cost of green hydrogen stays high.")),
    "es-bus": Story("es", "La ciudad estrena diez autobuses de hidrógeno", (
        "El ayuntamiento ha presentado diez autobuses de hidrógeno que recorrerán la línea 7. Cada coche cuesta 600.000 euros y "
        "se reposta en ocho minutos. Los conductores han recibido formación.")),
    "ar-guide": Story("ar", "ما هو الهيدروجين الأخضر وكيف ينتج؟", (
        "الهيدروجين غاز خفيف، وينتج الأخضر منه بتحليل الماء بالكهرباء. في هذا الدليل نشرح كيف يعمل المحلل وما الفرق بين الألوان.")),
    "fr-research": Story("fr", "Des chercheurs mettent au point un catalyseur pour l'électrolyse", (
        "Des chercheurs d'une université ont mis au point un catalyseur qui réduit le coût de l'électrolyse en laboratoire. Leur "
        "étude est parue dans une revue. L'hydrogène produit reste cher.")),
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(ConfigFolder(PACKAGED), "green-hydrogen-projects")


def read(story: Story, rules: Rules) -> Understood:
    url = "https://news.example/1"
    return understand(Document(url, url, story.title, story.text, story.language, published="2026-11-02"), rules)


def value(claim: Claim) -> tuple[str, float | str | None, str | None]:
    number = claim.value_number
    return claim.kind, number if number is not None else claim.value_text, claim.unit


@pytest.mark.parametrize("name", list(STORIES))
def test_what_is_kept_and_claimed(name: str, rules: Rules) -> None:
    story = STORIES[name]
    found = read(story, rules)
    assert found.match.matched == (story.claims is not None), found.match.why
    assert (story.claims or set()) <= {value(claim) for claim in found.claims.claims}
    for claim in found.claims.claims:
        assert story.text[claim.quote_start:claim.quote_end] == claim.quote


def test_it_reads_no_figure_that_it_does_not_name(rules: Rules) -> None:
    kinds = {claim.kind for story in STORIES.values() for claim in read(story, rules).claims.claims}
    assert not kinds & {"racks", "tier", "pue"}


def test_the_default_topic_keeps_none_of_them() -> None:
    rules = load_rules(ConfigFolder(PACKAGED), "data-center-projects")
    assert {name for name, story in STORIES.items() if read(story, rules).match.matched} == {"fr-data-center"}


@pytest.mark.parametrize(("section", "says"), [
    ("figures: [joobs]", "figures"), ("words: {facillity: [x]}", "facility"), ("cues: {capacity: {facillity: [x]}}", "cue"),
    ("cues: {capacity: {facility: ['(']}}", "not a regular expression"),
])
def test_mistakes_name_the_topic_file(section: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "topics" / "mine.yml"
    path.parent.mkdir()
    path.write_text(f"id: mine\nname: Mine\nterms: {{one: {{en: kite}}}}\nweights: {{bias: -1}}\n{section}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.yml") as caught:
        load_rules(ConfigFolder(tmp_path), "mine")
    assert says in str(caught.value)
