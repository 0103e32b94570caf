"""The whole: subjects, names, doubt, energy, modality, quotes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.claims import (
    Claim,
    arabic,
    context,
    directory,
    mentions,
    names,
    passage,
    phrases,
    proper,
    unlisted,
)
from crawler.text.folding import fold
from tests.claims.conftest import Read, printed, values
from tests.effort import within


@pytest.mark.parametrize(("language", "text", "name"), [
    ("fr", "Le projet Tafrawt Cloud est un data center de nouvelle génération.", "Tafrawt Cloud"),
    ("fr", "Le data center, baptisé « Atlas Nord », sera livré en 2027.", "Atlas Nord"),
    ("fr", "Orange Maroc a ouvert son data center « Orange Tech ».", "Orange Tech"),
    ("en", "MRS9, the ninth data center of the group, stands by the port. MRS9 is neutral.", "MRS9"),
    ("en", "The site, called Project Heron, is a data center of 30MW.", "Project Heron"),
    ("en", "Work goes on at Ridgeway Data Center, a site of nine hectares.", "Ridgeway Data Center"),
    ("es", "El campus, bautizado como «Sierra Uno», es un centro de datos.", "Sierra Uno"),
    ("fr", "Baptisé Atlas Nord Park, le data center ouvrira en 2027.", "Atlas Nord Park"),
    ("fr", "À Brest avec Rade Edge, un data center de 4 MW, l'opérateur voit petit.", "Rade Edge"),
    ("es", "El Campus Montaraz será un centro de datos de 40 MW.", "Campus Montaraz"),
    ("ar", "أعلنت الحكومة مشروع «نجمة الأطلس» وهو مركز بيانات.", "نجمة الأطلس"),
])
def test_project_names(read: Read, language: str, text: str, name: str) -> None:
    claims = read(text, language=language)
    assert name in values(claims, "name")
    assert name in claims.subjects[0].names


@pytest.mark.parametrize("text", [
    "A data center in Washington DC, near the Rift Valley.", "Proyecto de Interés General: un centro de datos en Teruel.",
    "The data center belongs to the program DigiSkills.", "The director of the data center project, Ingrid Solvang, left.",
    "The mayor called the data center project \"a long road to nowhere\".", "Equinix and Google build a data center in Andhra Pradesh.",
])
def test_places_programmes_and_companies_are_no_project_names(read: Read, text: str) -> None:
    assert values(read(text, language="es" if text.startswith("Pro") else "en"), "name") == []


@pytest.mark.parametrize(("language", "text", "doubted"), [
    ("fr", "L'annonce de ce data center soulève des doutes : la société n'a aucune référence.", True),
    ("en", "The data center plan raises questions about its funding.", True),
    ("es", "El centro de datos plantea dudas sobre su financiación.", True),
    ("ar", "يثير مشروع مركز البيانات تساؤلات حول تمويله.", True),
    ("en", "It is not clear who will fund the data center.", True),
    ("en", "Engineers questioned whether the firm could raise the money for its data center.", True),
    ("fr", "Des zones d'ombre entourent le financement du data center.", True),
    ("es", "Expertos ven inviable el centro de datos.", True),
    ("ar", "ويرى خبراء أن مشروع مركز البيانات غير قابل للتنفيذ.", True),
    ("es", "Los vecinos protestan contra el centro de datos.", False),
    ("fr", "Ce data center sera sans aucun doute le plus grand du pays.", False),
    ("en", "Residents oppose the data center because of noise and water.", False),
    ("en", "A feasibility study for the data center was completed.", False),
    ("fr", "Interrogé par la presse, le ministre a salué le data center.", False),
])
def test_doubt(read: Read, language: str, text: str, doubted: bool) -> None:
    claims = [c for c in read(text, language=language).claims if c.kind == "doubt"]
    assert bool(claims) is doubted
    assert all(c.modality == "questioned" for c in claims)


@pytest.mark.parametrize(("language", "text", "energy"), [
    ("fr", "Le data center sera alimenté par l'énergie solaire et éolienne.", {"solar", "wind"}),
    ("en", "Natural gas and geothermal steam feed the data center.", {"gas", "geothermal"}),
    ("es", "El centro de datos usará energía renovable y nuclear.", {"renewable", "nuclear"}),
    ("ar", "سيعمل مركز البيانات بالطاقة الشمسية والرياح.", {"solar", "wind"}),
    ("en", "The data center has nine halls.", set()),
])
def test_energy(read: Read, language: str, text: str, energy: set[str]) -> None:
    assert set(values(read(text, language=language), "energy")) == energy


@pytest.mark.parametrize(("text", "modality"), [
    ("Solar power feeds the data center.", "stated"),
    ("The data center will run on solar power.", "planned"),
    ("According to the firm, solar power feeds the data center.", "reported"),
    ("The firm denied that the data center runs on solar power.", "denied"),
])
def test_modality(read: Read, text: str, modality: str) -> None:
    energy = next(c for c in read(text).claims if c.kind == "energy")
    assert energy.modality == modality


ASIDES = [
    ("fr", ("La start-up Zorvexa annonce un data center de 90 MW à Fès, au Maroc.\n\n"
     "L'annonce rappelle le mirage Soluna, qui avait promis un data center de 900 MW à Dakhla en 2018."),
     "Zorvexa", "Fès", {("organization", "Soluna"), ("city", "Dakhla"), ("country", "MA"), ("capacity", 900.0)}),
    ("en", ("Equinix will build a 90MW data center in Leeds, England.\n\nAnother data center, by Norvella Group, a developer, "
      "is under construction in Hull, a site of 40MW."), "Equinix", "Leeds",
     {("organization", "Norvella Group"), ("city", "Kingston upon Hull"), ("country", "GB"), ("capacity", 40.0),
      ("status", "under_construction")}),
]


@pytest.mark.parametrize(("language", "text", "maker", "city", "wanted"), ASIDES, ids=["fr", "en"])
def test_another_project_brings_claims_of_its_own(read: Read, language: str, text: str, maker: str, city: str,
                                                  wanted: set[tuple[str, object]]) -> None:
    claims = read(text, language=language)
    assert [s.role for s in claims.subjects] == ["main", "mentioned"]
    assert (values(claims, "organization"), values(claims, "city")) == ([maker], [city])
    assert [c.value_number for c in claims.claims if c.kind == "capacity" and c.subject == 0] == [90.0]
    told = [c for c in claims.claims if c.subject == 1]
    assert {(c.kind, c.value_number or c.value_text) for c in told} == wanted
    assert all(text.index(c.quote) > text.index("\n\n") for c in told)


@pytest.mark.parametrize("told", [
    "Meanwhile OpenAI, Oracle, Meta and Crusoe build data centers elsewhere.",
    "Another data center was discussed.",
])
def test_a_list_of_rivals_or_nobody_is_no_project(read: Read, told: str) -> None:
    claims = read("Equinix will build a data center in Leeds, England.\n\n" + told)
    assert len(claims.subjects) == 1


def test_what_is_compared_is_no_project(read: Read) -> None:
    claims = read("A data center of 90 MW in Fès, Morocco.\n\nThat is three times the size of data centers in Madrid.")
    assert len(claims.subjects) == 1


def test_numbers_of_the_text_win_over_the_titles(read: Read) -> None:
    claims = read("Le data center aura une capacité de 40 MW.", title="Un data center de 45 MW", language="fr")
    assert [c.value_number for c in claims.claims if c.kind == "capacity"] == [40.0]


def test_a_capacity_only_in_the_title_is_kept(read: Read) -> None:
    claims = read("Le data center ouvrira en 2027.", title="Un data center de 45 MW à Fès", language="fr")
    capacity = [c for c in claims.claims if c.kind == "capacity"]
    assert [(c.value_number, c.quote) for c in capacity] == [(45.0, "Le data center ouvrira en 2027.")]


def test_nothing_comes_of_nothing(read: Read) -> None:
    assert read("").claims == ()
    assert read("   \n\n ").subjects == ()


def test_one_claim_for_one_value(read: Read) -> None:
    claims = read("Equinix builds a data center. Equinix owns the data center. Equinix, Equinix.")
    keys = [(c.kind, c.value_text, c.value_number, c.stage) for c in claims.claims]
    assert len(keys) == len(set(keys))


_PIECES = st.sampled_from([
    "Equinix", "le data center", "مركز البيانات", "بالداخلة", "à Tétouan", "(AMDIE)", "“سولونا”", "386 MW", "500 M$", ",", ".",
    "\n\n", "sera signé", "وقعت", "n'a pas", "the company", "U.S.", "—", "«", "»", "ﷺ", "e\u0301", "ء", "œuvre", "ﬁn", "’s",
    "projet Igoudar Dakhla", "rappelle le mirage Soluna", "😀", "\u200f", "٣٨٦ ميغاواط",
])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES | st.text(max_size=12), max_size=25).map(" ".join), st.sampled_from(["fr", "ar", "en", "es", "xx"]))
def test_every_quote_stands_in_the_text(read: Read, text: str, language: str) -> None:
    claims = read(text, title=text[:60], language=language)
    for claim in claims.claims:
        assert isinstance(claim, Claim)
        assert 0 <= claim.quote_start <= claim.quote_end <= len(text)


HOSTILE = ["(" * 10_000, '"' * 10_000, "A " * 5_000, "Aa'" * 3_300, "data " * 2_000, "protocole d " * 900,
           "مركز " * 2_000, "و" * 10_000, "l'A" * 3_300, "in A de la " * 900, "S.A. " * 2_000, "Madrid, " * 1_250,
           "شركة " * 2_000, "«و" * 5_000, "agence nationale de " * 500, "travaux a " * 1_000, "signed the " * 900,
           "تخلت " * 2_000, "Dakhla Western Sahara " * 450, "Another data center " * 500, "Campus " * 1_400]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8].strip() for text in HOSTILE])
def test_hostile_text_takes_linear_time(read: Read, text: str) -> None:
    read("x", title="x")
    short, whole = text[:len(text) // 4], text
    started = time.process_time()
    read(short)
    quarter = time.process_time() - started
    assert within(max(1.5, 10 * quarter), lambda: read(whole))


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8].strip() for text in HOSTILE])
def test_no_pattern_backtracks(text: str) -> None:
    """Every compiled expression of the package against 10 KB that is made to hurt: under 50 ms each."""
    folded = fold(text)
    for module in (arabic, context, directory, mentions, names, passage, phrases, proper, unlisted):
        for name, pattern in vars(module).items():
            if isinstance(pattern, re.Pattern):
                def search(pattern: re.Pattern[str] = pattern) -> None:
                    for subject in (text, folded):
                        sum(1 for _ in pattern.finditer(subject))
                        pattern.fullmatch(subject)

                assert within(0.05, search), f"{module.__name__}.{name}"


def test_values_are_printed_in_the_story(read: Read) -> None:
    text = "Equinix va construire un data center solaire à Fès, au Maroc."
    claims = read(text, language="fr")
    for kind in ("organization", "city", "country", "energy", "status"):
        assert all(str(value) in text for value in printed(claims, kind)), kind


@pytest.mark.parametrize("later", [
    "Its existing hall has 7 MW in Nairobi, where there is room for another 5 MW.",
    "Kenya has about 65 MW.",
    "Safaricom opened a hall of 36 MW there.",
])
def test_power_in_other_towns_markets_and_companies_is_not_the_projects(read: Read, later: str) -> None:
    text = f"Nyota Cloud will build a data centre of 70 MW in Mombasa, Kenya.\n\nWork is under way.\n\n{later}"
    claims = read(text, title="Nyota Cloud to build data centre in Mombasa", language="en")
    assert [c.value_number for c in claims.claims if c.kind == "capacity"] == [70.0]


def test_the_headline_tells_the_whole_where_the_text_spells_it_out(read: Read) -> None:
    claims = read("Le data center ouvrira avec trois mégawatts.", title="Un data center de 12 MW à Fès", language="fr")
    assert {(c.value_number, c.stage) for c in claims.claims if c.kind == "capacity"} == {(3.0, "initial"),
                                                                                          (12.0, "total")}
