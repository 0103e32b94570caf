"""The default topic's names of the thing in eleven languages, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.topics import Topic

NAMED = {
    "fr": ["Le data center ouvre", "un Data‑Center vert", "le datacenter", "un data centre", "le centre de données",
           "deux centres de données", "un centre de traitement des données", "un centre d’hébergement de données",
           "le centre de calcul intensif", "une ferme de serveurs", "un méga-datacenter", "une usine de données"],
    "ar": ["مركز بيانات", "مركز البيانات الجديد", "مركزٌ للبيانات", "مركز معطيات", "مركز المعطيات", "مراكز بيانات",
           "بمراكز البيانات", "وبمركز البيانات", "لمراكز البيانات", "مراكز للبيانات الخضراء", "مركزان للبيانات",
           "مركزين للبيانات", "مركزا بيانات", "مركزي بيانات", "مركزاً للبيانات", "مراكز بياناتها", "مركز بياناتها",
           "مركز معالجة البيانات", "مركز لتخزين المعطيات", "مركز تخزين سحابي للبيانات", "مركز استضافة البيانات",
           "مركز الحوسبة", "الداتا سنتر", "داتا سانتر", "ديتا سنتر", "داتا سنترات", "مركز ضخم للبيانات",
           "أكبر مركز وطني للبيانات", "المركز الجديد للبيانات", "مركزها الثاني للبيانات", "مزرعة خوادم"],
    "en": ["a data center", "two data centres", "datacenters", "the datacentre", "a data-center campus", "a server farm",
           "compute campuses"],
    "es": ["un centro de datos", "los centros de datos", "el data center", "centro de proceso de datos",
           "un centro de procesamiento de datos", "centro de cómputo", "una granja de servidores", "macrocentros de datos"],
    "pt": ["o centro de dados", "centros de dados", "um data center", "centro de processamento de dados"],
    "de": ["das Rechenzentrum", "des Rechenzentrums", "drei Rechenzentren", "Rechenzentrumsbau", "KI-Rechenzentrum",
           "ein Datacenter", "das Datenzentrum", "eine Serverfarm"],
    "it": ["un centro dati", "centri dati", "il data center", "centro elaborazione dati"],
    "nl": ["een datacenter", "het datacentrum", "de datacentra", "hyperscale-datacenter", "een rekencentrum", "serverpark"],
    "zh": ["新数据中心", "資料中心", "數據中心", "智算中心", "算力中心"],
    "ja": ["新しいデータセンターを", "データ・センター", "データセンタ"],
    "ko": ["데이터센터를", "데이터 센터의", "인터넷데이터센터"],
}
NEAR_MISSES = [
    "a data-centric approach", "the call center", "le centre d'appels", "un centre de contact", "مركز الاتصال", "مركز نداء",
    "centro de llamadas", "コールセンター", "콜센터", "قاعدة البيانات", "قواعد بيانات", "حماية البيانات", "مركز حماية البيانات",
    "مركز البيانات الإحصائية", "centre de données statistiques", "une banque de données", "centro de datos estadísticos",
    "World Data Center for Climate", "the oceanographic data centre", "a data room, a data lake", "centre de recherche",
    "le centre de données climatiques", "المركز السينمائي المغربي ينشر بيانات", "CPD courses for nurses", "Washington DC",
    "a training center opens. Data follow", "la protection des données", "Datenschutz im Zentrum",
]


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang, texts in NAMED.items() for text in texts])
def test_the_thing_is_known_by_every_name(topic: Topic, language: str, text: str) -> None:
    assert topic.match(None, text, language).terms
    assert topic.prefilter(text.encode())


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_looks_alike_is_no_term(topic: Topic, text: str) -> None:
    match = topic.match(text, f"{text}.", "en")
    assert match.terms == ()
    assert not match.matched


@pytest.mark.parametrize(("text", "counts"), [
    ("Un hub d'IA de 386 MW à Tétouan.", True),
    ("Un hub d'IA pour la ville.", False),
    ("Un hub d'IA est né. Le chantier commence en mai.", True),
    ("Un hub d'IA est né. Il forme des jeunes. Il accueille. La ville construit un pont.", False),
    ("The firm will build an AI factory in Casablanca.", True),
    ("Dell sells the AI factory as a service.", False),
    ("مصنع للذكاء الاصطناعي بقدرة 50 ميغاواط", True),
    ("مصنع للذكاء الاصطناعي في الرباط", False),
    ("Una región cloud de 30 MW en Querétaro", True),
    ("Una región cloud más cercana", False),
])
def test_a_weak_term_needs_a_capacity_or_a_word_of_building_nearby(topic: Topic, text: str, counts: bool) -> None:
    language = "ar" if "م" in text else "es" if text.startswith("Una") else "en" if text[0] in "TD" else "fr"
    assert bool(topic.match(None, text, language).terms) is counts


def test_a_short_name_counts_beside_the_full_one(topic: Topic) -> None:
    full = topic.match("El CPD de Getafe", "El centro de datos abre. El CPD tendrá 20 MW.", "es")
    assert full.terms == ("CPD", "centro de datos")


def test_terms_stand_as_printed_first_seen_first(topic: Topic) -> None:
    match = topic.match("Data Center à Nador", "Le Centre de Données et le data center.", "fr")
    assert match.terms == ("Data Center", "Centre de Données", "data center")
