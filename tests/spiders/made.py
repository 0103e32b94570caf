"""Listing pages as content systems make them, with headlines of our own: what is an article link is known."""

from __future__ import annotations

from html import escape

FRENCH = ["Un campus de 120 MW sortira de terre près de Nador", "La région attribue 40 hectares à un opérateur télécom",
          "Raccordement : le gestionnaire du réseau livre la première ligne", "À Agadir, le chantier du centre de calcul démarre en mars",
          "Deux banques financent la deuxième tranche du projet", "Le ministre visite les salles techniques du nouveau site"]
ARABIC = ["إطلاق أشغال مركز بيانات بقدرة 60 ميغاواط قرب الناظور", "الجهة تخصص أربعين هكتارا لمشروع الحوسبة",
          "توقيع اتفاقية لتمويل الشطر الثاني من المشروع", "وزير الصناعة يزور ورش البناء في أكادير",
          "شركة اتصالات تعلن عن موقع جديد بطنجة", "ربط الموقع بالشبكة الكهربائية قبل نهاية السنة"]
ENGLISH = ["Operator plans 90MW campus beside the port of Nador", "Grid company delivers first line to the new site",
           "Two banks finance second phase of coastal build", "Minister tours technical halls outside Agadir",
           "Council sets aside 40 hectares for a cloud region", "Cable landing delays opening of desert facility"]
MENU = [("/", "Accueil"), ("/economie", "Économie"), ("/politique", "Politique"), ("/sport", "Sport"), ("/culture", "Culture"),
        ("/technologies-et-numerique", "Technologies et numérique"), ("/contact", "Contact")]
FOOTER = [("/mentions-legales", "Mentions légales et conditions générales"), ("/a-propos", "Qui sommes-nous, notre équipe"),
          ("/politique-de-confidentialite-des-donnees", "Politique de confidentialité des données"), ("/publicite", "Publicité")]


def slug(number: int) -> str:
    return f"{71040 + number}-un-titre-en-quatre-mots.html"


def _menu() -> str:
    return "".join(f'<li><a href="{href}">{escape(words)}</a></li>' for href, words in MENU)


def _footer() -> str:
    return "".join(f'<li><a href="{href}">{escape(words)}</a></li>' for href, words in FOOTER)


def page(body: str, language: str = "fr", head: str = "") -> str:
    side = "rtl" if language == "ar" else "ltr"
    return (f'<!DOCTYPE html><html lang="{language}" dir="{side}"><head><meta charset="utf-8"><title>Listing</title>{head}</head>'
            f'<body><div class="top"><ul class="main-menu">{_menu()}</ul></div>{body}'
            f'<div id="footer-2"><ul>{_footer()}</ul></div></body></html>')


def wordpress(titles: list[str]) -> tuple[str, list[str]]:
    """Picture, category, title, author, "read more": five links a post."""
    links = [f"/2026/11/un-slug-de-quatre-mots-{n}/" for n, _ in enumerate(titles)]
    cards = "".join(
        f'<article id="post-{100 + n}" class="post-{100 + n} post type-post category-eco-{n}"><a class="thumb" href="{link}"><img alt=""></a>'
        f'<span class="cat"><a href="/category/economie/">Économie</a></span><h2 class="entry-title"><a href="{link}" rel="bookmark">'
        f'{escape(title)}</a></h2><span class="by"><a href="/author/s-alami/">Samira Alami</a></span>'
        f'<time datetime="2026-11-{20 - n:02}T09:00:00+01:00">il y a {n} jours</time><p>Un résumé de deux lignes.</p>'
        f'<a class="more" href="{link}">Lire la suite</a></article>' for n, (title, link) in enumerate(zip(titles, links, strict=True)))
    pages = "".join(f'<a class="page-numbers" href="/economie/page/{n}/">{n}</a>' for n in (2, 3, 12))
    return page(f'<main>{cards}</main><div class="nav-links">{pages}</div>'
                '<aside class="widget"><div class="tagcloud"><a href="/tag/a/">énergie</a><a href="/tag/b/">foncier</a>'
                '<a href="/tag/c/">câbles</a></div></aside>'), links


def drupal(titles: list[str]) -> tuple[str, list[str]]:
    """Views rows, pages counted from 0."""
    links = [f"/fr/actualites/{70 + n}/un-titre-de-quatre-mots" for n, _ in enumerate(titles)]
    rows = "".join(
        f'<div class="views-row views-row-{n + 1} {"views-row-odd" if n % 2 else "views-row-even"}"><div class="views-field-title">'
        f'<span class="field-content"><a href="{link}">{escape(title)}</a></span></div><div class="views-field-created">'
        f'<span class="field-content">{20 - n} novembre 2026</span></div></div>' for n, (title, link) in enumerate(zip(titles, links, strict=True)))
    pager = '<ul class="pager"><li class="pager__item is-active"><a href="?page=0">1</a></li><li><a href="?page=1">2</a></li></ul>'
    return page(f'<div class="view-content">{rows}</div>{pager}'), links


def table(titles: list[str]) -> tuple[str, list[str]]:
    """An old site in tables: menu, dates and titles in cells, no class anywhere."""
    links = [f"/news{88000 + n}.html" for n, _ in enumerate(titles)]
    rows = "".join(f"<tr><td>{20 - n:02}/11/2026</td><td><a href='{link}'>{escape(title)}</a></td></tr>"
                   for n, (title, link) in enumerate(zip(titles, links, strict=True)))
    menu = "".join(f"<tr><td><a href='{href}'>{escape(words)}</a></td></tr>" for href, words in MENU)
    side = "rtl" if titles is ARABIC else "ltr"
    return (f"<html dir='{side}'><head><title>x</title></head><body><table><tr><td><table>{menu}</table></td><td><table>{rows}</table></td>"
            f"</tr></table><table><tr><td><a href='/contact.html'>اتصل</a> | <a href='/about.html'>من نحن</a></td></tr></table></body></html>"
            ), links


def cards(titles: list[str]) -> tuple[str, list[str]]:
    """Whole cards inside one link, a lead story in a frame of its own, names made by a build tool."""
    links = [f"/tecnologia/un-titulo-largo-con-palabras_{1286000 + n}_102" for n, _ in enumerate(titles)]
    lead = (f'<section class="sc-9f3ab"><a href="{links[0]}"><img src="/a.jpg" alt="Foto"><h1>{escape(titles[0])}</h1>'
            "<p>La entradilla de la noticia principal.</p></a></section>")
    rest = "".join(f'<a class="css-1x{n}yz kQpz" href="{link}"><div><img alt="x"><h3>{escape(title)}</h3><p>Resumen corto de la noticia.</p>'
                   f"<span>Hace {n} horas</span></div></a>" for n, (title, link) in enumerate(zip(titles[1:], links[1:], strict=True)))
    return page(f'<div id="__next">{lead}<div class="grid">{rest}</div></div>', "es"), links


def aggregator(titles: list[str]) -> tuple[str, list[str]]:
    """Headlines with the outlet that published first, as aggregators list them; a ticker above."""
    links = [f"/fr/{('lavieeco', 'lesechos', 'yabiladi')[n % 3]}/{415650 + n}" for n, _ in enumerate(titles)]
    lines = "".join(f'<div class="item"><span class="articletitle"><a href="{link}">{escape(title)}</a></span><br>'
                    f'<span class="articlenewspaper">La Vie éco : {20 - n} - 11 - 2026</span></div>'
                    for n, (title, link) in enumerate(zip(titles, links, strict=True)))
    ticker = "".join(f'<a href="/fr/autre/{9000 + n}">Une dépêche sans rapport numéro {n}</a>' for n in range(5))
    return page(f'<div class="ticker">{ticker}</div><div class="list">{lines}</div>'), links


TEMPLATES = {"wordpress": wordpress, "drupal": drupal, "table": table, "cards": cards, "aggregator": aggregator}
