"""Small pages in the manner of real outlets, written for these tests."""

from __future__ import annotations

from datetime import datetime, timezone

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)

FRENCH = [
    "La société Atlas Calcul a présenté jeudi à Nador les plans d'un centre de données de 120 MW, le premier de la région.",
    "Le chantier doit commencer au printemps, une fois le raccordement au réseau électrique confirmé par l'opérateur public.",
    "Selon le directeur du projet, près de quatre cents emplois seront créés pendant la construction et une centaine ensuite.",
    "Les élus de la province attendent encore l'étude d'impact, qui doit préciser la consommation d'eau du futur site.",
]
ARABIC = [
    "قدمت شركة أطلس للحوسبة أمس الخميس بمدينة الناظور مخططات مركز للبيانات بقدرة 120 ميغاواط، وهو الأول من نوعه في الجهة.",
    "ومن المنتظر أن تنطلق الأشغال في فصل الربيع بعد تأكيد الربط بالشبكة الكهربائية من طرف المكتب الوطني.",
    "وقال مدير المشروع إن البناء سيوفر حوالي أربعمائة منصب شغل، إضافة إلى مائة منصب دائم بعد التشغيل.",
    "وينتظر المنتخبون دراسة التأثير على البيئة التي ستحدد كميات المياه التي سيستهلكها الموقع مستقبلا.",
]
ENGLISH = [
    "Atlas Compute on Thursday showed plans for a 120MW data center in Nador, the first of its kind in the region.",
    "Work should begin in spring once the grid operator has confirmed the connection, the project's director said.",
    "Some four hundred people would be employed during construction and about a hundred afterwards, he added.",
    "Councillors are still waiting for the impact study, which is to say how much water the site will need.",
]
SPANISH = [
    "La empresa Atlas Calcul presentó el jueves en Nador los planos de un centro de datos de 120 MW, el primero de la región.",
    "Las obras deben comenzar en primavera, cuando el operador público confirme la conexión a la red eléctrica.",
    "Según el director del proyecto, se crearán unos cuatrocientos empleos durante la construcción y cien más tarde.",
    "Los concejales esperan todavía el estudio de impacto, que precisará el consumo de agua de la futura instalación.",
]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, *, head: str = "", lang: str = "fr", title: str = "Atlas Calcul veut bâtir à Nador") -> bytes:
    """A plain page around `body`, with a menu and a foot as every site has them."""
    menu = "<nav><ul><li><a href='/eco'>Économie</a></li><li><a href='/tech'>Tech</a></li></ul></nav>"
    return (f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{menu}"
            f"<main>{body}</main><footer><p>Tous droits réservés</p></footer></body></html>").encode()


def article(texts: list[str], *, heading: str = "Atlas Calcul veut bâtir à Nador", before: str = "", after: str = "") -> str:
    return f"<article><h1>{heading}</h1>{before}<div class='article-content'>{paragraphs(texts)}</div>{after}</article>"
