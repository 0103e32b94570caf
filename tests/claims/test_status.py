"""The ladder: the furthest state reached, not the furthest state named."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, values

CASES = [
    # announced: plans, futures, conditionals
    ("fr", "Le groupe va construire un data center à Fès.", "announced"),
    ("fr", "Le data center sera inauguré en 2027.", "announced"),
    ("fr", "Un protocole d'accord pour un data center doit être signé le 3 juin.", "announced"),
    ("fr", "La mise en service du data center est prévue fin 2026.", "announced"),
    ("en", "The company plans a data center that could open in 2028.", "announced"),
    ("en", "Construction of the data center is expected to begin in 2026.", "announced"),
    ("en", "The data center will go live once permits are granted.", "announced"),
    ("es", "La firma construirá un centro de datos que entrará en servicio en 2028.", "announced"),
    ("ar", "تعتزم الشركة إنشاء مركز بيانات في فاس.", "announced"),
    ("ar", "سيتم تدشين مركز البيانات في 2027.", "announced"),
    ("en", "A data center of 20 MW, in three halls.", "announced"),
    # agreement
    ("fr", "Les deux groupes ont signé un accord pour un data center.", "agreement"),
    ("fr", "C'est signé : le data center de Safi a son contrat.", "agreement"),
    ("en", "The ministry has signed a memorandum of understanding for a data centre.", "agreement"),
    ("es", "Ambas empresas han firmado un convenio para levantar un centro de datos.", "agreement"),
    ("ar", "وقعت الشركتان مذكرة تفاهم لبناء مركز بيانات.", "agreement"),
    # approved
    ("fr", "Le conseil a approuvé le projet de data center.", "approved"),
    ("fr", "Feu vert pour le data center de Corbas.", "approved"),
    ("en", "Councillors approved the data center by nine votes to two.", "approved"),
    ("es", "El Gobierno autonómico aprobó el centro de datos el martes.", "approved"),
    ("ar", "صادقت اللجنة على مشروع مركز البيانات.", "approved"),
    # under construction
    ("fr", "La première pierre du data center a été posée lundi.", "under_construction"),
    ("fr", "Le data center est en chantier depuis mars.", "under_construction"),
    ("en", "The firm broke ground on a 30MW data center on Monday.", "under_construction"),
    ("en", "A data centre is under construction near the port.", "under_construction"),
    ("es", "Colocan la primera piedra del centro de datos.", "under_construction"),
    ("ar", "وضع الوزير حجر الأساس لمركز البيانات.", "under_construction"),
    ("de", "Der Spatenstich für das Rechenzentrum war am Montag.", "under_construction"),
    # operational
    ("fr", "Le ministre a inauguré le data center national jeudi.", "operational"),
    ("fr", "Le data center est opérationnel depuis lundi.", "operational"),
    ("en", "The data center went live on Tuesday.", "operational"),
    ("en", "The president inaugurated the national data centre.", "operational"),
    ("es", "La compañía inauguró el centro de datos el lunes.", "operational"),
    ("ar", "دشن الوزير مركز البيانات الوطني.", "operational"),
    # stops outrank
    ("fr", "Le groupe abandonne son projet de data center, approuvé en 2023.", "cancelled"),
    ("en", "The developer has scrapped the data center it broke ground on last year.", "cancelled"),
    ("es", "La empresa cancela el centro de datos.", "cancelled"),
    ("ar", "ألغت الشركة مشروع مركز البيانات.", "cancelled"),
    ("en", "Work on the data center has been suspended by the court.", "suspended"),
    ("fr", "Le projet de data center est mis en pause.", "suspended"),
    # words that stand apart, and states of something else than the project
    ("fr", "Les travaux de la première tranche du data center de Kelvor ont débuté mercredi.", "under_construction"),
    ("en", "The data centre secured outline planning consent in May.", "approved"),
    ("es", "El ayuntamiento ha concedido por fin la licencia de obras al centro de datos.", "approved"),
    ("ar", "دخل مركز البيانات حيز الخدمة أمس.", "operational"),
    ("ar", "تخلت شركة «زورفكسا» الكندية نهائيا عن مشروع مركز البيانات.", "cancelled"),
    ("en", "Plans for the data center have been dropped.", "cancelled"),
    ("en", "The grid connection of the planned data center is signed.", "announced"),
    ("fr", "Pour l'approvisionnement énergétique du data center, un contrat a été signé avec un producteur.", "announced"),
    ("en", "An investor has pulled out of the data center project, which goes on.", "announced"),
    ("fr", "La mise en service du data center de Lens est reportée à la fin de 2027.", "announced"),
    ("fr", "Le promoteur a déposé la demande de permis de construire du data center.", "announced"),
    ("ar", "قدمت الشركة طلب رخصة بناء مركز البيانات.", "announced"),
    ("fr", "Le groupe, en partenariat avec Nvidia, annonce la construction d'un data center.", "announced"),
    ("ar", "تخطط الشركة، بشراكة مع صندوق مغربي، لإقامة مركز بيانات.", "announced"),
    ("ar", "وقعت الشركة بروتوكول اتفاق لبناء مركز بيانات.", "agreement"),
    # negation
    ("fr", "L'opérateur n'a pas encore signé l'accord pour le data center.", "announced"),
    ("en", "The data center has not been approved.", "announced"),
    ("ar", "لم توقع الشركة اتفاقية مركز البيانات بعد.", "announced"),
]


@pytest.mark.parametrize(("language", "text", "status"), CASES)
def test_status(read: Read, language: str, text: str, status: str) -> None:
    assert values(read(text, language=language), "status") == [status]


def test_the_headline_decides_over_the_background(read: Read) -> None:
    claims = read("Le groupe confirme sa décision.\n\nEn 2022, il avait signé un accord avec la région.",
                  title="Le data center de Caen abandonné : le groupe renonce au projet", language="fr")
    assert values(claims, "status") == ["cancelled"]


def test_another_project_lends_it_no_state(read: Read) -> None:
    claims = read("Operator X plans a data center in Accra.\n\nMeanwhile, its rivals opened a data center in Tema and "
                  "inaugurated another site.")
    assert values(claims, "status") == ["announced"]


def test_no_state_without_a_facility(read: Read) -> None:
    assert values(read("It rained on Tuesday."), "status") == []


SITE_ACTS = [
    # the act and the facility itself, whatever stands between
    ("fr", "La société a officiellement ouvert, ce mardi, son data center de Rouen.", "operational"),
    ("fr", "Le groupe, à Vienne, aménage un centre de données de 15 MW.", "under_construction"),
    ("en", "A second data centre is rising next to the first.", "under_construction"),
    ("en", "The operator is extending ODN3, the data center that it runs there.", "under_construction"),
    ("en", "Work on the data centre would end three years after work starts.", "announced"),
    ("es", "El país cuenta desde hoy con un centro de datos de Norvia.", "operational"),
    ("es", "Norvia construye en Soria un centro de datos.", "under_construction"),
    ("es", "Norvia planea un centro de datos junto a la planta de hidrógeno que construye.", "announced"),
    ("ar", "بدأ بنك النيل تشغيل مركز بياناته الرئيسي.", "operational"),
    ("ar", "أعلنت الوزارة دخول مركز البيانات الوطني الخدمة الفعلية.", "operational"),
    # papers
    ("es", "El ministerio aprobó el estudio de impacto ambiental del centro de datos.", "approved"),
    ("es", "El ministerio aprobó un estudio sobre el centro de datos.", "announced"),
    ("en", "The council backs the data centre.", "approved"),
    ("en", "The investor backs the data centre.", "announced"),
    ("ar", "أمضت الوزارة اتفاق تمويل لبناء مركز بيانات.", "agreement"),
    ("en", "The video app has contracted Norvia to build a data center in Hamar.", "agreement"),
    ("en", "They signed a memorandum that clears the way for a data center.", "agreement"),
    # a permit annulled is a stop, no end
    ("fr", "Le tribunal annule le permis du data center.", "suspended"),
    ("fr", "Le groupe annule le projet de data center.", "cancelled"),
    ("es", "El juez anula la licencia del centro de datos.", "suspended"),
    ("ar", "القضاء يبطل ترخيص مركز البيانات.", "suspended"),
    ("es", "La empresa ha decidido parar su centro de datos hasta nuevo aviso.", "suspended"),
    ("fr", "Deux ans après le début des travaux, le data center n'avance guère.", "under_construction"),
]


@pytest.mark.parametrize(("language", "text", "status"), SITE_ACTS)
def test_an_act_of_the_facility(read: Read, language: str, text: str, status: str) -> None:
    assert values(read(text, language=language), "status") == [status]


HEADLINES = [
    # the headline's state outranks an older site that is open below it
    ("en", "Council approves second hall of the data centre",
     "The data centre has been up and running since 2019.", "approved"),
    ("fr", "Première pierre d'un data center à Lomé", "Le premier data center a été inauguré.", "under_construction"),
    # the present of headlines
    ("ar", "بنك النيل يشغل مركز بياناته الجديد", "المركز في الجيزة.", "operational"),
    ("ar", "نورفيا تشيد مركز بيانات في تبوك", "المركز في تبوك.", "announced"),
]


@pytest.mark.parametrize(("language", "title", "text", "status"), HEADLINES)
def test_the_headline_tells_how_far(read: Read, language: str, title: str, text: str, status: str) -> None:
    assert values(read(text, title=title, language=language), "status") == [status]
