"""Who takes part: known and unknown names, not bystanders, people, places, sources or products."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, printed, values

PARTS = [
    ("fr", "Equinix construira un data center à Lille.", {"Equinix"}),
    ("fr", "La start-up américaine Zorvexa va bâtir un data center à Fès.", {"Zorvexa"}),
    ("fr", "Le data center sera construit par Brandelia Group, en partenariat avec Schneider Electric.",
     {"Brandelia Group", "Schneider Electric"}),
    ("en", "Norvella Data Centers, a developer, will build a data center in Leeds.", {"Norvella Data Centers"}),
    ("en", "The company Quantrell plans a data center. Quantrell is backed by Actis.", {"Quantrell", "Actis"}),
    ("en", "Microsoft signed a deal with utility Vattenfall for its data center.", {"Microsoft", "Vattenfall"}),
    ("es", "La empresa Datarrona construirá un centro de datos junto con Iberdrola.", {"Datarrona", "Iberdrola"}),
    ("es", "Grupo Velmar invertirá 80 millones en un centro de datos.", {"Grupo Velmar"}),
    ("ar", "أعلنت شركة مايكروسوفت عن مركز بيانات بالشراكة مع جي 42.", {"Microsoft", "G42"}),
    ("ar", "وقعت وزارة الاقتصاد الرقمي اتفاقية مركز البيانات مع شركة «زورفكسا».", {"وزارة الاقتصاد الرقمي", "زورفكسا"}),
    ("en", "Harrow Vale Compute, which is to build a data center in Leeds, is backed by two banks. Harrow Vale signed in May.",
     {"Harrow Vale"}),
    ("fr", "Le data center de Kelvor Compute sera détenu à 51 % par le coréen Sungwha Systems.", {"Kelvor Compute", "Sungwha Systems"}),
    ("fr", "Le permis du data center d'Equinix a été accordé par l'agence urbaine de Rabat.", {"Equinix", "agence urbaine de Rabat"}),
    ("fr", "L'Agence nationale de l'hébergement public a signé avec Equinix pour un data center.",
     {"Equinix", "Agence nationale de l'hébergement public"}),
    ("en", "The New Harbour Lands Authority has licensed Equinix to build the data center.", {"New Harbour Lands Authority", "Equinix"}),
    ("ar", "وقعت “زورفكسا” و”داتارونا” اتفاقية لبناء مركز بيانات.", {"زورفكسا", "داتارونا"}),
    ("ar", "صادقت هيئة التخطيط العمراني على مركز البيانات الذي تبنيه شركة زورفكسا للطاقة.",
     {"هيئة التخطيط العمراني", "زورفكسا للطاقة"}),
    ("en", "OpenAI, Oracle and SoftBank will build the data center.", {"OpenAI", "Oracle", "SoftBank"}),
    # names that no file knows, by what is said right before or after them; a row passes it on
    ("en", "Equinix will build a data center in Leeds. The contract was awarded to Brennock-Vaile and Torvald Systems.",
     {"Equinix", "Brennock-Vaile", "Torvald Systems"}),
    ("fr", "Equinix construira un data center à Lille. Le marché est attribué au groupement Cordessa–Vélimat.",
     {"Equinix", "Cordessa", "Vélimat"}),
    ("fr", "Equinix construira un data center à Lille, financé par la Banque ouest-africaine d'équipement.",
     {"Equinix", "Banque ouest-africaine d'équipement"}),
    ("es", "Equinix construirá un centro de datos en Lugo. La obra se adjudicó a la constructora Techolma.",
     {"Equinix", "Techolma"}),
    ("es", "El Banco de Fomento Productivo y la Corporación Minera financian el centro de datos de Equinix.",
     {"Equinix", "Banco de Fomento Productivo", "Corporación Minera"}),
    ("ar", "تبني مايكروسوفت مركز بيانات في دبي. وأسندت أعمال البناء إلى شركة زورفان النخيل للمقاولات.",
     {"Microsoft", "زورفان النخيل للمقاولات"}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), PARTS)
def test_parts(read: Read, language: str, text: str, wanted: set[str]) -> None:
    assert set(values(read(text, language=language), "organization")) == wanted


def test_an_unknown_name_in_the_headline(read: Read) -> None:
    text = "Kelyor, opérateur de centres de données, investit 20 millions d'euros dans un data center à Brest."
    assert values(read(text, title="Kelyor investit à Brest", language="fr"), "organization") == ["Kelyor"]


BYSTANDERS = [
    ("fr", "Equinix ouvre un data center à Lille, rapporte Reuters.", "Reuters"),
    ("en", "Norvella Group plans a data center in Leeds, Bloomberg reports.", "Bloomberg"),
    ("en", "Norvella Group, a developer, opened a data center. Customers such as Netflix and Adobe may use it.", "Netflix"),
    ("fr", "Equinix ouvre un data center certifié par l'Uptime Institute.", "Uptime Institute"),
    ("en", "CEO Laura Stanhope said Equinix will build the data center.", "Laura Stanhope"),
    ("fr", "Le ministre Paul Vardier a salué le data center d'Equinix.", "Paul Vardier"),
    ("en", "Equinix will build a data center in Lagos, Nigeria.", "Lagos"),
    ("en", "African lenders back the first African data center of Equinix.", "African"),
    ("en", "The Korean-Moroccan venture of Equinix plans a 250MW data center.", "Korean"),
    ("en", "Programme director Ingrid Solvang said the data center of Equinix is on hold.", "Solvang"),
    ("fr", "Le haut-commissaire à la Numérisation a visité le data center d'Equinix.", "Numérisation"),
    ("fr", "Equinix, sa filiale et l'État bâtissent un data center.", "Equinix, sa"),
    ("ar", "أعلنت Equinix مركز بيانات بتمويل من بنك استثمار محلي.", "استثمار"),
    ("en", "Equinix will open a data center in March. AI and GPU demand grows.", "GPU"),
    ("de", "Das Rechenzentrum von Equinix kostet 40 Millionen. Die Gemeinde stimmt zu.", "Gemeinde"),
]


@pytest.mark.parametrize(("language", "text", "unwanted"), BYSTANDERS)
def test_bystanders_are_left_out(read: Read, language: str, text: str, unwanted: str) -> None:
    claims = read(text, language=language)
    assert not any(unwanted in str(name) for name in values(claims, "organization") + printed(claims, "organization"))
    assert values(claims, "organization")


def test_spellings_of_one_organisation_are_one(read: Read) -> None:
    for language, text in (("fr", "NVIDIA équipera le data center."), ("en", "Nvidia will equip the data center."),
                           ("ar", "ستجهز شركة إنفيديا مركز البيانات.")):
        assert values(read(text, language=language), "organization") == ["NVIDIA"]


def test_a_small_l_for_a_capital_i(read: Read) -> None:
    claims = read("La start-up américaine lozera annonce un data center à Tétouan.", language="fr")
    assert (values(claims, "organization"), printed(claims, "organization")) == (["Iozera"], ["lozera"])


def test_a_name_grows_by_country_and_legal_form(read: Read) -> None:
    claims = read("Google Chile construirá un centro de datos.", language="es")
    assert (values(claims, "organization"), printed(claims, "organization")) == (["Google"], ["Google Chile"])


def test_long_name_and_acronym_in_brackets_are_one(read: Read) -> None:
    claims = read("Le data center est financé par la Banque agricole du Littoral (BAL). La BAL prête 12 millions.", language="fr")
    assert len(values(claims, "organization")) == 1
    assert "BAL" in str(printed(claims, "organization")[0])


def test_the_headlines_short_form_is_the_bodys_full_name(read: Read) -> None:
    claims = read("TAQA Morocco fournira l'énergie du data center.", title="TAQA alimente un data center", language="fr")
    assert values(claims, "organization") == ["TAQA Morocco"]


def test_an_arabic_company_is_told_with_and_without_its_noun(read: Read) -> None:
    claims = read("وقعت شركة زورفان للطاقة اتفاقية لبناء مركز بيانات في دبي.", language="ar")
    assert values(claims, "organization") == ["زورفان للطاقة"]
    assert printed(claims, "organization") == ["شركة زورفان للطاقة"]
