"""Where the project stands, and where it does not."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, values

SITES = [
    ("fr", "Nador : un data center sort de terre", "Le futur centre de données de Nador occupera trois hectares.", "MA", "Nador"),
    ("fr", None, "Le groupe va construire un datacenter à Agadir, dans le sud du Maroc.", "MA", "Agadir"),
    ("fr", None, "Un centre de données de 12 MW verra le jour près de Lyon, selon l'opérateur.", "FR", "Lyon"),
    ("fr", None, "À Vaulx-Milieu (Isère), en France, un campus de data centers est en projet.", "FR", "Vaulx-Milieu"),
    ("fr", None, "La société, basée à Boston, bâtira un data center à Kigali, au Rwanda.", "RW", "Kigali"),
    ("fr", None, "Le gouvernement sénégalais a lancé le chantier du data center national à Thiès.", "SN", "Thiès"),
    ("fr", None, "Le mémorandum a été signé lors d'un sommet à Londres. Le data center sera bâti à Oujda, au Maroc.", "MA", "Oujda"),
    ("fr", None, "Bamako – Le Mali lance un data center national à Sikasso.", "ML", "Sikasso"),
    ("fr", "Fès : un centre de données pour la médina", "L'opérateur y investira 12 millions d'euros.", "MA", "Fès"),
    ("fr", None, "L'opérateur Kelvor s'installe à Casablanca, au Maroc, avec un data center.", "MA", "Casablanca"),
    ("fr", None, "Le protocole d'accord, signé le 29 mai à Rabat, prévoit un data center. Le data center de Nador sera marocain.",
     "MA", "Nador"),
    ("en", None, ("Kenya has licensed a data center inside the Naivasha special economic zone, with steam from the neighbouring "
     "Olkaria field."), "KE", "Naivasha"),
    ("en", "Kisumu to host 10MW data center", "The data center in Kisumu, Kenya, will open next year.", "KE", "Kisumu"),
    ("en", None, "The company will build a 50MW data centre in Leeds, in the north of England.", "GB", "Leeds"),
    ("en", None, "A US startup plans an AI data center in Larache, northern Morocco.", "MA", "Larache"),
    ("en", None, "The operator, headquartered in Denver, broke ground on a data center in Fresno, California.", "US", "Fresno"),
    ("en", None, "Officials met in Geneva. The data centre will be built in Nouakchott, Mauritania.", "MR", "Nouakchott"),
    ("en", None, "The campus in Gjøvik would be larger than any data center in Paris, Madrid and Dublin, its Norwegian owner says.",
     "NO", "Gjøvik"),
    ("en", None, "The hyperscale data center in Nordhaven County, Texas, is under construction.", "US", "Nordhaven County"),
    ("es", None, "La empresa construirá un centro de datos en Valladolid, en España.", "ES", "Valladolid"),
    ("es", None, "El centro de datos de Rancagua, en Chile, costará 90 millones de dólares.", "CL", "Rancagua"),
    ("es", None, "La compañía, con sede en Miami, levanta un centro de datos en Guadalajara, México.", "MX", "Guadalajara"),
    ("es", None, "El centro de datos se ubicará en Villarriba del Monte (Toledo), anunció el Gobierno español.", "ES",
     "Villarriba del Monte"),
    ("ar", None, "أعلنت الشركة عن إنشاء مركز بيانات في مدينة طنجة شمال المغرب.", "MA", "Tanger"),
    ("ar", None, "سيقام مركز البيانات بالدار البيضاء وفق الحكومة المغربية.", "MA", "Casablanca"),
    ("ar", None, "تعتزم الحكومة المصرية بناء مركز بيانات في الإسكندرية.", "EG", "Alexandria"),
    ("ar", None, "انطلق مشروع مركز بيانات بولاية وهران غرب الجزائر.", "DZ", "Oran"),
    ("ar", None, "وضع الوزير السعودي حجر الأساس لمركز بيانات في الرياض.", "SA", "Riyadh"),
    ("ar", None, "قالت الشركة التونسية إنها ستبني مركز بيانات في قفصة.", "TN", "Gafsa"),
    ("ar", "الكويت تبني مركز بيانات", "يقام مركز البيانات الحكومي في منطقة الصبية شمالي الكويت.", "KW", "الصبية"),
    ("fr", "RDC : un data center à Maluku", "Le Congo bâtira son data center national à Maluku.",
     "CD", "Maluku"),
    ("en", None, "The data centre will be built in Gqeberha, South Africa, the Nelson Mandela foundation said.", "ZA", "Gqeberha"),
    ("es", None, "El centro de datos de Soria, tres veces el de Madrid, tendrá hasta 120 MW.", "ES", "Soria"),
    ("fr", None, "Le centre de données de Nador, au Maroc, sera plus grand que celui d'Oujda.", "MA", "Nador"),
    # another name's part, a facility's name, a common word, a deal's room
    ("fr", "Lussault-la-Celle-sur-Vienne : les voisins du data center", ("À Lussault-la-Celle-sur-Vienne, en France, le data "
     "center inquiète ses voisins."), "FR", "Lussault-la-Celle-sur-Vienne"),
    ("fr", "Bourg-la-Celle-sur-Vienne : un data center contesté", ("Le data center de Bourg-la-Celle-sur-Vienne, en France, "
     "sera bâti en 2027."), "FR", "Bourg-la-Celle-sur-Vienne"),
    ("es", "Inauguran en Villanueva un centro de datos", ("SAN PEDRO SULA. El centro de datos de Villanueva abrió ayer. Otro funciona "
     "en Tegucigalpa."), "HN", "Villanueva"),
    ("ar", "مركز بيانات بميناء طنجة", "وقعت الشركة المغربية بالرباط اتفاقا لبناء مركز بيانات بميناء طنجة.", "MA", "Tanger"),
    ("ar", None, "في إطار برنامج المغرب الرقمي، يقام مركز بيانات في جامعة وجدة.", "MA", "Oujda"),
    ("de", None, "In Hanau entsteht ein Rechenzentrum. Der deutsche Betreiber nennt keine Kosten.", "DE", "Hanau"),
    ("nl", None, "Het datacenter in Zeewolde wordt het grootste van Nederland.", "NL", "Zeewolde"),
]


@pytest.mark.parametrize(("language", "title", "text", "country", "city"), SITES)
def test_site(read: Read, language: str, title: str | None, text: str, country: str, city: str) -> None:
    claims = read(text, title=title, language=language)
    assert values(claims, "country") == [country]
    assert values(claims, "city") == [city]


PAIRS = [
    ("fr", "Tchad : un data center à Farcha", "Le data center occupera la zone industrielle de Farcha, à l'ouest de N'Djamena.",
     ["Farcha", "N'Djamena"]),
    ("en", "Sousse to get a data centre", "The data centre will be built in Msaken. Tunisia hopes for jobs in Sousse.",
     ["Msaken", "Sousse"]),
    ("en", "Lyon data centre opens", "The data centre in Lyon, France, opened. Its owner has an office in Marseille.", ["Lyon"]),
]


@pytest.mark.parametrize(("language", "title", "text", "cities"), PAIRS)
def test_a_suburb_and_its_city_are_both_told(read: Read, language: str, title: str, text: str, cities: list[str]) -> None:
    claims = read(text, title=title, language=language)
    assert values(claims, "city") == cities
    assert claims.subjects[0].city == cities[0]


TERRITORY = [
    ("en", "A firm plans a data center in Dakhla, in occupied Western Sahara.", "EH"),
    ("fr", "Le data center de Laâyoune, au Sahara occidental, territoire non autonome, est contesté.", "EH"),
    ("ar", "مركز بيانات في الداخلة بالصحراء الغربية المحتلة.", "EH"),
    ("fr", "Un data center verra le jour à Dakhla, au Sahara marocain.", "MA"),
    ("en", "Morocco will host a data center in Dakhla, in the Western Sahara region, said the government of Morocco.", "MA"),
    ("ar", "تعتزم الشركة إقامة مركز بيانات في مدينة الداخلة جنوب المغرب.", "MA"),
]


@pytest.mark.parametrize(("language", "text", "country"), TERRITORY)
def test_a_territory_is_a_country_where_the_text_says_so(read: Read, language: str, text: str, country: str) -> None:
    claims = read(text, language=language)
    assert values(claims, "country") == [country]
    assert (claims.subjects[0].country, claims.subjects[0].latitude is not None) == (country, True)


NO_CITY = [
    ("fr", "Le royaume prépare un data center national, a dit le ministre lors du forum de Marrakech au Maroc."),
    ("en", "Rabat – Morocco will build a national data center, the minister said."),
    ("en", "Nigeria plans a national data centre. The fibre links Lagos, Abuja and Kano."),
    ("es", "Paraguay prepara un centro de datos. La firma, con sede en Los Ángeles, invertirá US$ 20 millones."),
    ("ar", "تعتزم قطر بناء مركز بيانات وطني جديد."),
]


@pytest.mark.parametrize(("language", "text"), NO_CITY)
def test_no_city_is_guessed(read: Read, language: str, text: str) -> None:
    claims = read(text, language=language)
    assert values(claims, "city") == []
    assert len(values(claims, "country")) == 1


def test_one_city_has_one_name_in_all_scripts(read: Read) -> None:
    for language, text in (("fr", "Un data center à Tétouan, au Maroc."), ("en", "A data center in Tetouan, Morocco."),
                           ("es", "Un centro de datos en Tetuán, Marruecos."), ("ar", "مركز بيانات في تطوان بالمغرب.")):
        assert values(read(text, language=language), "city") == ["Tétouan"]


def test_the_site_has_coordinates(read: Read) -> None:
    main = read("Un data center à Tétouan, au Maroc.", language="fr").subjects[0]
    assert (main.country, main.city, main.latitude, main.longitude) == ("MA", "Tétouan", 35.57, -5.37)


def test_the_city_is_quoted_as_printed_without_the_letter_stuck_to_it(read: Read) -> None:
    claims = read("سيقام مركز البيانات بالدار البيضاء وفق الحكومة المغربية.", language="ar")
    city = next(c for c in claims.claims if c.kind == "city")
    assert city.value_printed == "الدار البيضاء"


def test_a_city_only_in_the_title_quotes_a_sentence_of_the_text(read: Read) -> None:
    text = "Il fait beau.\n\nLe data center de l'opérateur sera livré en 2027."
    claims = read(text, title="Agadir : le data center avance", language="fr")
    city = next(c for c in claims.claims if c.kind == "city")
    assert (city.value_text, city.value_printed) == ("Agadir", "Agadir")
    assert city.quote == "Le data center de l'opérateur sera livré en 2027."


def test_the_dollar_is_no_place(read: Read) -> None:
    claims = read("Un centro de datos de US$ 8.000 millones en Uruguay.", language="es")
    assert values(claims, "country") == ["UY"]


def test_what_only_the_headline_opens_with_may_be_a_project(read: Read) -> None:
    claims = read("México construirá Xolotlán, la supercomputadora pública más potente de la región. El centro de datos costará 6 "
                  "mil millones de pesos.", title="Xolotlán: México tendrá su supercomputadora", language="es")
    assert values(claims, "city") == []


def test_a_part_of_a_longer_name_is_no_town(read: Read) -> None:
    claims = read("Au Maroc, le data center, voisin de la gare de Ksar Amrane, doublera sa surface.", language="fr")
    assert values(claims, "city") == []
    assert values(claims, "country") == ["MA"]


def test_what_stands_beside_tells_the_land_where_nothing_else_does(read: Read) -> None:
    claims = read("Le data center de Belleroche-sur-Orne ouvrira en 2027. Fouju, à trente kilomètres, en attend un autre.",
                  title="Belleroche-sur-Orne : un data center", language="fr")
    assert values(claims, "country") == ["FR"]


def test_a_name_before_its_region_is_a_place(read: Read) -> None:
    claims = read("The firm has chosen Sukaratu, in West Java's Purwakarta regency, for a 500MW data centre campus.", language="en")
    assert "Sukaratu" in values(claims, "city")
    assert values(claims, "country") == ["ID"]
