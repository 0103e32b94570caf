"""Names of the alias file that are everyday words, too: where a text means the word, and where the company."""

from __future__ import annotations

import re

import pytest
import yaml

from crawler.claims.directory import key_of
from crawler.configuration.locate import PACKAGED, ConfigFolder
from tests.claims.conftest import Read, values

SITE = {"en": "The data centre of 4 MW will stand in Leeds.", "fr": "Le data center de 4 MW sera construit à Nador.",
        "es": "El centro de datos de 4 MW se construirá en Bogotá.", "pt": "O data center de 4 MW ficará em Barueri.",
        "de": "Das Rechenzentrum mit 4 MW entsteht in Hanau.", "it": "Il data center da 4 MW sorgerà a Milano.",
        "nl": "Het datacenter van 4 MW komt in Middenmeer.", "ar": "يقام مركز بيانات بقدرة 4 ميغاواط في جدة."}

WORDS = [
    ("es", "Diez empresas tomarán parte en las obras."),
    ("es", "Núcleo urbano y vivienda: la zona cambia mucho."),
    ("es", "Sonda de temperatura en cada sala, nada más."),
    ("es", "Meta clara, la de este año."),
    ("es", "Mida primero la sala, dicen los técnicos."),
    ("en", "Nationwide, power is short."),
    ("en", "Envision a campus of two halls."),
    ("en", "Charter flights bring the crews."),
    ("en", "Cogent reasons speak for the place."),
    ("en", "Vantage points are few on the hill. From no vantage point is it seen."),
    ("en", "Ice covered the road for a week."),
    ("fr", "Carrefour des câbles, la ville attend."),
    ("fr", "Garanti par l'État, le prêt court sur dix ans."),
    ("fr", "LE CHANTIER DU DATA CENTER DE NADOR AVANCE."),
    ("pt", "Essa obra demora. Eles esperam."),
    ("pt", "Pátria e progresso, diz o lema."),
    ("de", "Der Weg ist frei, Ende 2027 folgt der Rest."),
    ("it", "Sopra il tetto ci sono i pannelli."),
    ("nl", "Snel werken is het doel."),
    ("ar", "وهذه ميزة مهمة للمدينة."),
    ("ar", "ويمول المشروع رأس المال السويدي."),
    ("ar", "تجري إعادة إعمار المنطقة منذ عامين."),
    ("ar", "وضعت خزنة في المبنى."),
]


@pytest.mark.parametrize(("language", "text"), WORDS)
def test_the_word_is_no_company(read: Read, language: str, text: str) -> None:
    assert values(read(f"{SITE[language]} {text}", language=language), "organization") == []


COMPANIES = [
    ("en", "Vantage will build a data centre of 4 MW in Leeds.", "Vantage Data Centers"),
    ("en", "Envision announced a data centre of 4 MW in Leeds.", "Envision"),
    ("en", "The data centre of 4 MW in Leeds is built by Nationwide.", "Nationwide"),
    ("es", "Claro también construirá un centro de datos de 4 MW en Bogotá.", "América Móvil"),
    ("es", "El centro de datos de 4 MW en Bogotá lo construirá Saesa.", "SAESA"),
    ("es", "Meta construirá un centro de datos de 4 MW en Bogotá. La meta es abrir en 2027.", "Meta"),
    ("fr", "Masen construira un data center de 4 MW à Ouarzazate.", "MASEN"),
    ("fr", "Le data center de 4 MW à Nador sera construit par Carrefour.", "Carrefour"),
    ("fr", "DIEZ construira un data center de 4 MW à Dubaï.", "DIEZ"),
    ("de", "Linde baut in Hanau ein Rechenzentrum mit 4 MW.", "Linde"),
    ("ar", "أعلنت مبادلة عن بناء مركز بيانات بقدرة 4 ميغاواط في جدة.", "Mubadala"),
    ("ar", "وقعت شركة ميزة اتفاقا لبناء مركز بيانات بقدرة 4 ميغاواط في جدة.", "MEEZA"),
]


@pytest.mark.parametrize(("language", "text", "name"), COMPANIES)
def test_the_company_is_one(read: Read, language: str, text: str, name: str) -> None:
    assert values(read(text, language=language), "organization") == [name]


PLACES = [
    ("es", "El banco financia un centro de datos de 4 MW en Santander, España.", []),
    ("es", "Santander financiará un centro de datos de 4 MW en Bogotá.", ["Banco Santander"]),
    ("en", "A data centre of 4 MW will be built in Aruba.", []),
    ("en", "A data centre of 4 MW will be built by Aruba in Milan.", ["Aruba"]),
    ("fr", "Le data center de 4 MW à Nador a été confié à Carrefour.", ["Carrefour"]),
]


@pytest.mark.parametrize(("language", "text", "names"), PLACES)
def test_a_name_of_a_company_and_a_place(read: Read, language: str, text: str, names: list[str]) -> None:
    assert values(read(text, language=language), "organization") == names


def test_a_medium_is_not_the_first_word_of_a_company(read: Read) -> None:
    text = "مشروع مركز بيانات بقدرة 4 ميغاواط في وجدة أنجزته شركة التنمية \"الشرق الرقمي\" بكلفة 210 ملايين درهم."
    assert values(read(text, language="ar"), "organization") == ["الشرق الرقمي"]


HEADLINES = [
    ("Nationwide Data Center Plan Draws Crowd in Leeds", []),
    ("Vantage Plans Data Center of 4 MW in Leeds", ["Vantage Data Centers"]),
    ("DIEZ EMPRESAS CONSTRUIRÁN CENTRO DE DATOS", []),
]


@pytest.mark.parametrize(("title", "names"), HEADLINES)
def test_headlines_in_capitals(read: Read, title: str, names: list[str]) -> None:
    assert values(read(SITE["en"], title=title), "organization") == names


def test_words_of_our_own_vocabulary_are_marked() -> None:
    """A spelling of one word that lexicon/claims.yml uses as a word is marked as one, or an acronym."""
    config = ConfigFolder(PACKAGED)
    used = set(re.findall(r"\w+", config.file("lexicon/claims.yml").read_text(encoding="utf-8")))
    vocabulary = {key_of(word) for word in used if word.islower() and len(word) > 3}
    unmarked = []
    for entry in yaml.safe_load(config.file("organizations.yml").read_text(encoding="utf-8")):
        for name in (entry["name"], *entry.get("also", [])):
            if key_of(name) in vocabulary and not name.isupper() and name not in entry.get("words", []):
                unmarked.append(name)
    assert unmarked == []
