"""Where a name begins and ends, and which dates belong to the project: cases of stories nobody tuned on."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, printed, values

BOUNDS = [
    ("fr", "La Société camerounaise Lombi Data Park SA construit un centre de données à Douala.", "Lombi Data Park SA"),
    ("fr", "LIMOGES – Vienne Calcul construira un centre de données à Limoges.", "Vienne Calcul"),
    ("fr", "Un centre de données sera construit à Dakar, selon l'accord signé avec le ministère du Numérique.",
     "ministère du Numérique"),
    ("en", "A data center in Fujairah will be supplied by Emirate Water and Electricity.", "Emirate Water and Electricity"),
    ("en", "A data center in Leeds will be built by Salfa Northbank.", "Salfa Northbank"),
    ("es", "La empresa Golfo Digital construirá un centro de datos en Veracruz.", "Golfo Digital"),
    ("fr", "La Société d’archivage des transactions interbancaires et de monnaie (SATIM) projette de construire un data center.",
     "Société d’archivage des transactions interbancaires et de monnaie"),
    ("fr", "L’Agence nationale du bâti, du cadastre et de la carte (ANBCC) a mis en service son data center à Rabat.",
     "Agence nationale du bâti, du cadastre et de la carte"),
    ("en", "A data center in Lusaka will be built by the Ministry of Digital Works and those of Nordkap Data.",
     "Ministry of Digital Works"),
    ("en", "A data center in Lusaka will be financed by the Ministry of Economy, Trade and Industry.",
     "Ministry of Economy, Trade and Industry"),
    ("fr", "Une ligne de crédit de l’Exim Bank of India couvrira la dépense du data center de Victoria.", "Exim Bank of India"),
    ("ar", "افتتحت شركة «قطر داتا فولت» أمس مركز بياناتها الأول في مدينة لوسيل.", "قطر داتا فولت"),
    ("ar", "أعلنت شركة زورفا ديجيتال أن مركز البيانات سيقام في إربد.", "زورفا ديجيتال"),
    ("ar", "قالت شركة زورفا إن مركز البيانات سيقام في إربد.", "زورفا"),
    ("ar", "تبني شركة دي تي إن مركز بيانات في مسقط.", "دي تي إن"),
    ("ar", "تنفذ شركة زورفا عُمان مركز بيانات في مسقط.", "زورفا عُمان"),
    ("ar", "تنفذه شركة «سحاب نخلة» بالشراكة مع جامعة الملك راكان للبترول، في مركز بيانات الظهران.", "جامعة الملك راكان للبترول"),
    ("ar", "وقعت شركة زورفان اتفاقية مع مصرف نخلة الأهلي ومبادرة البنك المركزي لبناء مركز بيانات في بغداد.", "مصرف نخلة الأهلي"),
]


@pytest.mark.parametrize(("language", "text", "name"), BOUNDS)
def test_a_name_is_neither_cut_nor_run_over(read: Read, language: str, text: str, name: str) -> None:
    told = {*values(read(text, language=language), "organization"), *printed(read(text, language=language), "organization")}
    assert name in told


NO_NAMES = [
    ("ar", "تنفذ شركة «زورفان» مركز بيانات القاهرة بالشراكة مع «طاقة نووية ومتجددة».", "طاقة نووية ومتجددة"),
    ("ar", "دُشن في دبي مركز البيانات التابع لـ«زورفان»، وهي شركة مملوكة لهيئة كهرباء ومياه دبي.", "مملوكة"),
    ("en", "The company invests NOK 7 billion in a data center in Skien, built by NOK.", "NOK"),
    ("ar", "يقام مركز بيانات في بغداد بالشراكة مع وكالة الأنباء العامة.", "وكالة الأنباء العامة"),
]


@pytest.mark.parametrize(("language", "text", "name"), NO_NAMES)
def test_what_is_no_name_is_no_organisation(read: Read, language: str, text: str, name: str) -> None:
    claims = read(text, language=language)
    assert not {name, f"شركة {name}"} & {*values(claims, "organization"), *printed(claims, "organization")}


DATES = [
    ("fr", "Le centre de données de Lille attend ses premiers calculs en 2028.", [("operational", "2028")]),
    ("en", "The developer hopes to pour foundations for the data center in May 2027.", [("construction_start", "2027-05")]),
    ("en", "One customer of the data center has signed for 450 megawatts by 2031.", []),
    ("ar", "يقام مركز بيانات في المفرق مع صندوق لم يسمه، مؤكدا أن التشغيل ما يزال مقررا في 2028.", [("operational", "2028")]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), DATES)
def test_a_date_is_of_its_event(read: Read, language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    claims = read(text, language=language, published="2026-02-01")
    told = [(c.value_text, c.date) for c in claims.claims if c.kind == "milestone" and c.modality != "denied"]
    assert told == wanted


REGIONS = [
    ("fr", "L'Oriental a son data center de 4 MW à Oujda. Le wali de l'Oriental l'a inauguré avec la société Oriental Numérique.",
     ["Oriental Numérique"]),
    ("fr", "Un data center de 4 MW ouvre à Agadir, capitale de la région Souss-Massa. Le Souss-Massa en attend un autre.", []),
    ("es", "Un centro de datos de 4 MW se construirá en Zaragoza. Cataluña y Euskadi miran el proyecto.", []),
    ("en", "Omani operator Batinah Cloud builds a data centre of 4 MW in Sohar.", ["Batinah Cloud"]),
    ("en", "Built by Periyar Cloud, a data centre of 4 MW opened in Kochi.", ["Periyar Cloud"]),
    ("ar", "كشفت مجموعة تافيلالت ديجيتال عن بناء مركز بيانات بقدرة 4 ميغاواط في الراشيدية.", ["تافيلالت ديجيتال"]),
]


@pytest.mark.parametrize(("language", "text", "names"), REGIONS)
def test_a_region_is_a_company_only_where_its_name_goes_on(read: Read, language: str, text: str, names: list[str]) -> None:
    assert values(read(text, language=language), "organization") == names


BUILT = [
    ("fr", "Oujda : le centre de données régional Isly ouvre", "Le centre de données Isly, de 6 MW, ouvre à Oujda.", ["Isly"]),
    ("es", "Abre el centro de datos Toborochi", "El centro de datos Toborochi, de 6 MW, abre en Sucre.", ["Toborochi"]),
    ("es", "El centro de datos de Nimbo Sur abre", "El centro de datos de Nimbo Sur, de 6 MW, abre en Talca.", []),
    ("es", "El centro de datos Bardenas Cloud abre", "El centro de datos Bardenas Cloud, de 6 MW, abre en Tudela.", []),
]


@pytest.mark.parametrize(("language", "title", "text", "names"), BUILT)
def test_what_the_facility_is_called(read: Read, language: str, title: str, text: str, names: list[str]) -> None:
    assert values(read(text, title=title, language=language), "name") == names


NONE_OR_WHOLE = [
    ("fr", "Rabat débloque 900 MMDH. Le data center de 4 MW à Fès y prend part.", []),
    ("es", "Un centro de datos de 4 MW se construirá en Lampa. ¿Quién construirá la subestación?", []),
    ("es", "Un centro de datos de 4 MW unirá São Paulo y Miami desde Fortaleza.", []),
    ("ar", "عممت “شركة” أمريكية بلاغا حول مركز بيانات بقدرة 4 ميغاواط في تطوان.", []),
    ("es", "Un centro de datos de 4 MW en Lampa presentó su Estudio de Impacto Ambiental (EIA).", []),
    ("ar", "وقعت وزارة الاتصالات وتقانة المعلومات اتفاقا لبناء مركز بيانات بقدرة 4 ميغاواط في حلب.",
     ["وزارة الاتصالات وتقانة المعلومات"]),
    ("fr", "Un data center de 4 MW à Fès sera financé par l'agence nationale de promotion des petites et moyennes entreprises.",
     ["agence nationale de promotion des petites et moyennes entreprises"]),
]


@pytest.mark.parametrize(("language", "text", "names"), NONE_OR_WHOLE)
def test_words_that_are_no_name_and_names_to_their_end(read: Read, language: str, text: str, names: list[str]) -> None:
    assert values(read(text, language=language), "organization") == names
