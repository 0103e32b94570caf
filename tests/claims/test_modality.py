"""Negation, condition and reported speech: how firmly a value is said."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, values

SAID = [
    ("fr", "Zorvexa va construire un data center de 40 MW à Nador.", "capacity", "planned"),
    ("fr", "Le data center de Nador compte 40 MW.", "capacity", "stated"),
    ("fr", "Selon Le Matin, le data center de Nador a 40 MW.", "capacity", "reported"),
    ("fr", "Zorvexa dément que le data center de Nador coûtera 300 millions d'euros.", "investment", "denied"),
    ("fr", "Des experts doutent que le data center de Nador atteigne 400 MW.", "capacity", "questioned"),
    ("fr", "Le data center de Nador n'aura pas 400 MW, a dit le maire.", "capacity", "denied"),
    ("en", "Zorvexa will build a 40MW data center in Leeds.", "capacity", "planned"),
    ("en", "The data center in Leeds has 40MW.", "capacity", "stated"),
    ("en", "The data center in Leeds cost $300 million, according to people close to the talks.", "investment", "reported"),
    ("en", "The company denied that the data center in Leeds will cost $300 million.", "investment", "denied"),
    ("en", "Analysts doubt the data center in Leeds needs 400MW.", "capacity", "questioned"),
    ("en", "If approved, the data center in Leeds would cost $300 million.", "investment", "planned"),
    ("es", "Zorvexa construirá un centro de datos de 40 MW en Soria.", "capacity", "planned"),
    ("es", "El centro de datos de Soria tiene 40 MW.", "capacity", "stated"),
    ("es", "Según fuentes del sector, el centro de datos de Soria cuesta 300 millones de euros.", "investment", "reported"),
    ("es", "La empresa desmiente que el centro de datos de Soria cueste 300 millones de euros.", "investment", "denied"),
    ("es", "Persisten las dudas sobre los 400 MW del centro de datos de Soria.", "capacity", "questioned"),
    ("es", "El centro de datos de Soria podría llegar a 400 MW.", "capacity", "planned"),
    ("ar", "ستبني الشركة مركز بيانات بقدرة 40 ميغاواط في جدة.", "capacity", "planned"),
    ("ar", "تبلغ قدرة مركز البيانات في جدة 40 ميغاواط.", "capacity", "stated"),
    ("ar", "تبلغ كلفة مركز البيانات في جدة 300 مليون دولار، بحسب مصادر مطلعة.", "investment", "reported"),
    ("ar", "نفت الشركة أن تكون كلفة مركز البيانات في جدة 300 مليون دولار.", "investment", "denied"),
    ("ar", "يشكك خبراء في أن تصل قدرة مركز البيانات في جدة إلى 400 ميغاواط.", "capacity", "questioned"),
    ("ar", "قد تصل كلفة مركز البيانات في جدة إلى 300 مليون دولار.", "investment", "planned"),
]


@pytest.mark.parametrize(("language", "text", "kind", "said"), SAID)
def test_modality(read: Read, language: str, text: str, kind: str, said: str) -> None:
    assert [c.modality for c in read(text, language=language).claims if c.kind == kind] == [said]


UNSIGNED = [
    ("fr", "Le protocole pour le data center de Nador n'a pas encore été signé."),
    ("en", "No agreement has been signed for the data center in Leeds."),
    ("es", "Todavía no se ha firmado el acuerdo para el centro de datos de Soria."),
    ("ar", "لم توقع الشركة بعد اتفاقية مركز البيانات في جدة."),
]


@pytest.mark.parametrize(("language", "text"), UNSIGNED)
def test_what_is_not_signed_is_no_agreement(read: Read, language: str, text: str) -> None:
    assert "agreement" not in values(read(text, language=language), "status")


STATES = [
    ("es", "Panattoni no construirá el centro de datos de Illescas: lo cancela.", "cancelled", "stated"),
    ("es", "Equinix inauguró en Bogotá su segundo centro de datos.", "operational", "stated"),
    ("pt", "Segundo a prefeitura, a empresa inaugurou o data center em Recife.", "operational", "reported"),
    ("en", "The company will not build the data center in Leeds.", "cancelled", "stated"),
    ("en", "The firm wants to build a data center in Leeds.", "announced", "stated"),
    ("en", "A data center of 40MW in Leeds.", "announced", "planned"),
]


@pytest.mark.parametrize(("language", "text", "status", "said"), STATES)
def test_a_state_that_is_reached_is_not_to_come(read: Read, language: str, text: str, status: str, said: str) -> None:
    assert [(c.value_text, c.modality) for c in read(text, language=language).claims if c.kind == "status"] == [
        (status, said)]
