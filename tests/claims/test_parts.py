"""What an organisation does in the project, where the text says so."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read

PARTS = [
    ("fr", "Le data center de Nador, au Maroc, sera développé par Zorvexa Digital.", "Zorvexa Digital", "developer"),
    ("fr", "Le centre de données de Nador, exploité par Kelvor Hosting, ouvrira en mars.", "Kelvor Hosting", "operator"),
    ("fr", "Le data center de Nador est financé par l'allemand Brandt Capital et Meridiane Capital.", "Meridiane Capital",
     "financier"),
    ("fr", "Orsanco Énergies fournira l'électricité du data center de Nador.", "Orsanco Énergies", "supplier"),
    ("en", "The data center in Leeds will be operated by Corvus Hosting.", "Corvus Hosting", "operator"),
    ("en", "The data center in Leeds, developed by Corrinth Hosting, will open in May.", "Corrinth Hosting", "developer"),
    ("en", "Harwick Builders won the contract for the data center in Leeds.", "Harwick Builders", "supplier"),
    ("en", "The data center in Leeds is financed by Granite Capital.", "Granite Capital", "financier"),
    ("es", "El centro de datos de Soria, desarrollado por Numantia Digital, abrirá en mayo.", "Numantia Digital",
     "developer"),
    ("es", "Corvus Ingeniería construirá el centro de datos de Soria.", "Corvus Ingeniería", "supplier"),
    ("es", "El centro de datos de Soria está financiado por Duero Capital.", "Duero Capital", "financier"),
    ("ar", "أسندت الشركة بناء مركز البيانات إلى مجموعة رامز القابضة.", "رامز القابضة", "supplier"),
    ("ar", "ستزود شركة بلتا إنرجي مركز البيانات في جدة بالكهرباء.", "بلتا إنرجي", "supplier"),
    ("en", "The data center of Corrinth Hosting in Leeds will open in May.", "Corrinth Hosting", None),
]


@pytest.mark.parametrize(("language", "text", "name", "part"), PARTS)
def test_part_of_an_organisation(read: Read, language: str, text: str, name: str, part: str | None) -> None:
    told = {c.value_text: c.part for c in read(text, language=language).claims if c.kind == "organization"}
    assert (name in told, told.get(name)) == (True, part), told
