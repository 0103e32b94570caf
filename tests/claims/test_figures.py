from __future__ import annotations

from pathlib import Path

import pytest

from crawler.claims.quantities.figures import figures, load_figures
from crawler.claims.quantities.vocabulary import load_quantities
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError
from crawler.text.sentences import prepare

FOLDER = ConfigFolder(PACKAGED)
QUANTITIES = load_quantities(FOLDER.file("lexicon/quantities.yml"))
KINDS = load_figures(FOLDER)


def read(kind: str, text: str) -> list[tuple[float | None, str | None]]:
    found = figures(prepare(text), QUANTITIES, [KINDS[kind]])
    for one in found:
        claim = one.claim
        assert text[claim.quote_start:claim.quote_end] == claim.quote
        assert claim.value_printed == text[one.start:one.end]
        assert claim.value_printed in claim.quote
    return [(one.claim.value_number, one.claim.value_text) for one in found]


@pytest.mark.parametrize(("text", "expected"), [
    ("The campus will create 1,400 direct jobs and 600 construction jobs.", [(1400, "permanent"), (600, "construction")]),
    ("Le site offrira 180 emplois permanents.", [(180, "permanent")]),
    ("L'agglomération attend près de 300 postes, dont un tiers sur place.", [(300, None)]),
    ("El proyecto generará 2.500 empleos durante las obras y 120 puestos de trabajo fijos.",
     [(2500, "construction"), (120, "permanent")]),
    ("وسيوفر المشروع 120 منصب شغل مباشر و٣٠٠ فرصة عمل غير مباشرة.", [(120, "permanent"), (300, "indirect")]),
    ("Es entstehen 90 dauerhafte Arbeitsplätze.", [(90, None)]),
    ("O complexo deve gerar 1,2 mil empregos diretos.", [(1200, "permanent")]),
    ("Serán unos mil empleos.", [(1000, None)]),
    ("The company is to lay off 400; 400 jobs go.", []),
    ("The company has 3,000 employees in nine countries.", []),
    ("Two jobs were posted.", []),
])
def test_jobs(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert read("jobs", text) == expected


@pytest.mark.parametrize(("kind", "text", "expected"), [
    ("racks", "The hall holds 220 racks.", [(220, None)]),
    ("racks", "Il offrira 600 baies informatiques.", [(600, None)]),
    ("racks", "Dispondrá de 1.200 armarios y 4 salas.", [(1200, None)]),
    ("racks", "يضم المركز 1000 خزانة خوادم.", [(1000, None)]),
    ("racks", "A power density of 40 kW per rack is offered.", []),
    ("tier", "The building is certified Tier III by the Uptime Institute.", [(None, "III")]),
    ("tier", "Le centre de données, de niveau Tier 4, ouvrira en mai.", [(None, "IV")]),
    ("tier", "حصل المركز على شهادة المستوى الثالث من المعهد.", [(None, "III")]),
    ("tier", "Tier 1 suppliers to the data center are listed below.", []),
    ("pue", "It is designed for a PUE of 1.25.", [(1.25, None)]),
    ("pue", "Le PUE annuel moyen est inférieur à 1,3.", [(1.3, None)]),
    ("pue", "con un PUE de 1,15 de media", [(1.15, None)]),
    ("pue", "The PUE was improved by 12 percent.", []),
    ("water", "La empresa cifra en 60.000 metros cúbicos de agua al año el consumo.", [(60000, None)]),
    ("water", "Elle prélèvera 1,5 million de m3 d'eau par an.", [(1_500_000, None)]),
    ("water", "The site will use 500 million litres of water a year.", [(500_000, None)]),
    ("water", "سيستهلك المركز 40 ألف متر مكعب من المياه سنويا.", [(40_000, None)]),
    ("water", "A hall of 60,000 cubic metres is being built, next to the water tower.", []),
    ("water", "The desalination plant will produce 20 million cubic metres of water a year.", []),
    ("production", "The plant will make 200,000 tonnes of green ammonia a year.", [(200_000, "ammonia")]),
    ("production", "L'usine produira 12 000 tonnes d'hydrogène vert par an.", [(12_000, "hydrogen")]),
    ("production", "La planta producirá 35.000 toneladas anuales de hidrógeno.", [(35_000, "hydrogen")]),
    ("production", "وينتج المشروع مليون طن من الأمونيا سنويا.", [(1_000_000, "ammonia")]),
    ("production", "It avoids 400,000 tonnes of CO2 a year with hydrogen.", []),
    ("production", "A first cargo of 5,000 tonnes of ammonia has left.", []),
])
def test_other_kinds(kind: str, text: str, expected: list[tuple[float | None, str | None]]) -> None:
    assert read(kind, text) == expected


def test_what_is_denied_or_planned_says_so() -> None:
    found = figures(prepare("The hall will hold 300 racks."), QUANTITIES, [KINDS["racks"]])
    assert [one.claim.modality for one in found] == ["planned"]
    found = figures(prepare("The company denied that it would create 900 jobs."), QUANTITIES, [KINDS["jobs"]])
    assert [one.claim.modality for one in found] == ["denied"]


def test_hostile_text_costs_little_and_gives_few() -> None:
    text = " ".join(f"{number} new new new jobs" for number in range(3, 3000))
    assert len(figures(prepare(text), QUANTITIES, list(KINDS.values()))) <= 60 * len(KINDS)


@pytest.mark.parametrize(("written", "says"), [
    ("- jobs", "expected kinds"), ("jobs: {unit: jobs}", "one of units"), ("jobs: {unit: jobs, units: {1: [x]}, labels: [y]}", "one of"),
    ("jobs: {units: {1: [jobs]}, near: ['(']}", "not a regular expression"), ("jobs: {unit: jobs, unts: {1: [jobs]}}", "unts"),
])
def test_mistakes_name_file_and_key(written: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "lexicon" / "figures.yml"
    path.parent.mkdir()
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"figures\.yml") as caught:
        load_figures(ConfigFolder(tmp_path))
    assert says in str(caught.value)
