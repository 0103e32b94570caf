"""Sums of the project in every currency, told apart from all other money."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities, investment
from crawler.text.sentences import prepare

Sums = set[tuple[str, float]]


def read(text: str, q: Quantities) -> Sums:
    return {(f.claim.unit or "", f.claim.value_number or 0.0) for f in investment(prepare(text), q)}


@pytest.mark.parametrize(("text", "expected"), [
    # how sums are printed
    ("The data centre will cost $500m.", {("USD", 500e6)}),
    ("An investment of US$1.2bn is planned.", {("USD", 1.2e9)}),
    ("The project is worth half a billion dollars.", {("USD", 0.5e9)}),
    ("Un investissement de 500 millions de dollars.", {("USD", 500e6)}),
    ("Le budget atteint 12 Md€.", {("EUR", 12e9)}),
    ("Le coût est de 95 M$ au total.", {("USD", 95e6)}),
    ("Un budget de 450 MDH a été arrêté.", {("MAD", 450e6)}),
    ("Un investissement de 2,4 MMDH est prévu.", {("MAD", 2.4e9)}),
    ("Un investissement de 5 milliards de DH est prévu.", {("MAD", 5e9)}),
    ("Le coût est estimé à deux milliards et demi de dirhams.", {("MAD", 2.5e9)}),
    ("Le projet coûtera 10 milliards de centimes.", {("MAD", 100e6)}),
    ("الغلاف المالي للمشروع يناهز 10 مليارات سنتيم.", {("MAD", 100e6)}),
    ("باستثمار قدره ٥٠٠ مليون دولار.", {("USD", 500e6)}),
    ("بتكلفة 1,2 مليار درهم.", {("MAD", 1.2e9)}),
    ("تبلغ تكلفة المشروع مليار دولار.", {("USD", 1e9)}),
    ("بكلفة ثلاثة مليارات ريال سعودي.", {("SAR", 3e9)}),
    ("باستثمار 250 مليون دينار كويتي.", {("KWD", 250e6)}),
    ("استثمار بقيمة 40 مليون درهم إماراتي.", {("AED", 40e6)}),
    ("باستثمارات تبلغ 3 مليارات ريال في الدوحة، قطر.", {("QAR", 3e9)}),
    ("La inversión es de 15.700 millones de euros.", {("EUR", 15.7e9)}),
    ("Costará mil millones de dólares.", {("USD", 1e9)}),
    ("Invertirá 2 billones de pesos colombianos.", {("COP", 2e12)}),
    ("O investimento é de R$ 2,5 bilhões.", {("BRL", 2.5e9)}),
    ("Um investimento de 3,5 mil milhões de euros.", {("EUR", 3.5e9)}),
    ("Das Rechenzentrum kostet rund 1,2 Mrd. Euro.", {("EUR", 1.2e9)}),
    ("Investiert werden 750 Mio. Euro.", {("EUR", 750e6)}),
    ("Il progetto costerà 600 milioni di euro.", {("EUR", 600e6)}),
    ("Met de bouw is $ 2,5 miljard gemoeid.", {("USD", 2.5e9)}),
    ("The R8 billion loan pays for it.", {("ZAR", 8e9)}),
    ("KSh 15 billion will be invested.", {("KES", 15e9)}),
    ("The RM2.1 billion data centre is ready.", {("MYR", 2.1e9)}),
    ("The project costs N40 billion.", {("NGN", 40e9)}),
    ("The A$2bn campus in Sydney is approved.", {("AUD", 2e9)}),
    ("The Sydney campus will cost $110 million.", {("AUD", 110e6)}),
    ("Un projet de 867 millions de dollars à Lévis, au Québec.", {("CAD", 867e6)}),
    ("تكلفة المشروع 40 مليار جنيه.", {("EGP", 40e9)}),
    ("The campus in Cairo costs £40 million.", {("GBP", 40e6)}),
    ("O projeto custa R$ 300 mi.", {("BRL", 300e6)}),
    ("Le coût est de 12 milliards F.CFA.", {("XOF", 12e9)}),
    ("The plan costs 8 trillion won (US$5.8 billion).", {("KRW", 8e12), ("USD", 5.8e9)}),
    ("Investment of Rs 1,500 crore is planned.", {("INR", 15e9)}),
    ("It costs INR 1.25 lakh crore.", {("INR", 1.25e12)}),
    ("Un chantier de 3 milliards de F CFA (4,57 millions d'euros).", {("XOF", 3e9), ("EUR", 4.57e6)}),
    ("Ils ont investi huit milliards de francs guinéens.", {("GNF", 8e9)}),
    ("Le coût : douze milliards sept cent soixante millions (12 760 000 000) de FCFA.", {("XOF", 12.76e9)}),
    ("It cost $5.75 million (140 million Zambian Kwacha).", {("USD", 5.75e6), ("ZMW", 140e6)}),
    ("The promised investment of $500 million (over 5 billion dirhams).", {("USD", 500e6), ("MAD", 5e9)}),
    ("The project will cost between $1.2bn and $1.5 billion.", {("USD", 1.2e9), ("USD", 1.5e9)}),
    ("تقدر كلفة المشروع بما بين 1.4 و2.5 مليار دولار.", {("USD", 1.4e9), ("USD", 2.5e9)}),
    ("La inversión suma 33.700 millones de euros. La primera parte, de 15.700 millones, avanza.",
     {("EUR", 33.7e9), ("EUR", 15.7e9)}),
    # numbers that add up
    ("تقدر كلفة المشروع بمليار و200 مليون دولار.", {("USD", 1.2e9)}),
    ("بلغت كلفة المشروع مليارا و300 مليون درهم.", {("MAD", 1.3e9)}),
    ("بكلفة ملياري و300 مليون درهم.", {("MAD", 2.3e9)}),
    ("بكلفة ثلاثة مليارات وخمسمئة مليون درهم.", {("MAD", 3.5e9)}),
    ("بكلفة ألف و200 مليون درهم.", {("MAD", 1.2e9)}),
    ("بكلفة 9 ملايير درهم.", {("MAD", 9e9)}),
    ("Costará mil doscientos millones de euros.", {("EUR", 1.2e9)}),
    ("La inversión es de mil 200 millones de pesos.", {("MXN", 1.2e9)}),
    ("Un coût de 1 milliard 200 millions de dirhams.", {("MAD", 1.2e9)}),
    ("Un coût d'un milliard deux cents millions de dirhams.", {("MAD", 1.2e9)}),
    ("The project will cost one billion two hundred million dollars.", {("USD", 1.2e9)}),
    ("The project will cost 1 billion 200 million dollars.", {("USD", 1.2e9)}),
    ("Two thousand five hundred million dollars will be invested.", {("USD", 2.5e9)}),
    ("Un investissement d'une centaine de millions de dirhams.", {("MAD", 100e6)}),
    ("Une promesse de 1,2 milliard de dollars.", {("USD", 1.2e9)}),
    ("Onze salariés et une promesse de 1,2 milliard de dollars.", {("USD", 1.2e9)}),
    ("Un investissement de 250 à 300 millions d'euros.", {("EUR", 250e6), ("EUR", 300e6)}),
    # abbreviations of American Spanish
    ("Con una inversión de 620 mdd.", {("USD", 620e6)}),
    ("Una inversión de 12 mil mdp.", {("MXN", 12e9)}),
    ("Inversión de 300 MDD y 5,400 MDP.", {("USD", 300e6), ("MXN", 5.4e9)}),
    ("El proyecto costará u$s 500 millones.", {("USD", 500e6)}),
    ("Costará 500 millones de dls.", {("USD", 500e6)}),
    # a bare "$" beside "US$" in a country of pesos
    ("La inversión es de $ 45.000 millones, unos US$ 50 millones, en Córdoba, Argentina.",
     {("ARS", 45e9), ("USD", 50e6)}),
    ("رصدت للمشروع ميزانية قدرها 120 مليون د.ت.", {("TND", 120e6)}),
    ("بلغت كلفة المشروع 15 مليار دج.", {("DZD", 15e9)}),
    # what is not the project's
    ("Le marché mondial pèse 300 milliards de dollars.", set()),
    ("Un budget de 450 MDH a été arrêté. Le chiffre d'affaires du groupe atteint 3,4 milliards de dirhams.",
     {("MAD", 450e6)}),
    ("The firm reported revenue of $3.2 billion. It is investing US$250m in the site.", {("USD", 250e6)}),
    ("Le MW construit revient à plus de 100 millions de dirhams.", set()),
    ("The deal values the company at $4 billion, and $800 million will go into the campus.", {("USD", 800e6)}),
    ("Cloud services cost the state $5 million a year.", set()),
    ("Tax breaks worth $50 million were granted to the $900 million project.", {("USD", 900e6)}),
    ("The county fined the builder $2 million.", set()),
    ("The bank lends $300 million; the fund manages assets of $30 billion.", {("USD", 300e6)}),
    ("La empresa facturó 40 millones. El otro plan es de 300 millones de dólares.", set()),
    ("تقدر ايرادات السوق بنحو 85 مليار دولار سنويا.", set()),
    ("Millions of dollars and ملايين الدولارات are no sum.", set()),
    # words that look like currencies
    ("La cérémonie est prévue le 8 mai 2024. Le média public le dit.", set()),
    ("Work starts in Q4 2024 in building QR03.", set()),
    ("A $1 billion data center is planned.", {("USD", 1e9)}),
])
def test_investment(q: Quantities, text: str, expected: Sums) -> None:
    assert read(text, q) == expected


def test_a_sum_carries_stage_quote_and_print(q: Quantities) -> None:
    text = "Le campus coûtera 1,2 milliard d’euros, dont 600 M€ dès la première phase."
    whole, part = investment(prepare(text), q)
    assert (whole.claim.value_printed, part.claim.value_printed) == ("1,2 milliard d’euros", "600 M€")
    assert part.claim.stage == "initial"
    assert whole.claim.quote == text


def test_a_sum_of_somebody_new_counts_only_where_no_other_is_given(q: Quantities) -> None:
    lead = "Alpha Cloud plans a data centre in Accra. It is to cost $120 million. Racks will fill six floors. "
    other = "Later Omega Networks poured $235 million into a hall."
    assert read(lead + other, q) == {("USD", 120e6)}
    assert read(lead.replace("It is to cost $120 million. ", "It is large. ") + other, q) == {("USD", 235e6)}


@pytest.mark.parametrize(("country", "text", "currency"), [
    ("TN", "Un investissement de 250 millions de dinars.", "TND"),
    ("PF", "Onati y investit 1,1 milliard de francs Pacifique.", "XPF"),
    ("CV", "La dépense est estimée à 1,3 milliard d’escudos.", "CVE"),
    ("PA", "Una inversión de 65 millones de balboas.", "PAB"),
    ("MG", "Un investissement de 90 milliards d'ariary.", "MGA"),
    ("JM", "An investment of 900 million Jamaican dollars.", "JMD"),
    ("DZ", "Un investissement de 9 milliards de dinars.", "DZD"),
    ("JO", "باستثمار قدره 120 مليون دينار.", "JOD"), ("OM", "بكلفة 11 مليون ريال.", "OMR"),
    ("CO", "Una inversión de 85.000 millones de pesos.", "COP"),
    ("CM", "Un investissement de 22 milliards de FCFA.", "XAF"),
    ("CI", "Un investissement de 22 milliards de FCFA.", "XOF"),
    ("AR", "Inversión de 310 millones de dólares con línea de alta tensión.", "USD"),
    ("CA", "Un investissement de 1,1 milliard de dollars.", "CAD"),
    (None, "Un investissement de 250 millions de dinars en Tunisie.", "TND"),
])
def test_the_country_of_the_story_decides_between_currencies_of_one_name(q: Quantities, country: str | None, text: str,
                                                                         currency: str) -> None:
    assert [found.claim.unit for found in investment(prepare(text), q, country)] == [currency]
