"""Whose a figure is: the words around it that say it is of something else than the project."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities, capacity, investment, load_quantities
from crawler.claims.quantities.found import Away, Place, Scene, place
from crawler.claims.quantities.money import amounts
from crawler.claims.quantities.own import fields_of, marks_of
from crawler.text.sentences import Prose, prepare
from tests.claims.quantities.conftest import LEXICON

JUDGED = Away(scene=Scene())


@pytest.fixture(scope="module")
def learnt() -> Quantities:
    """With the weights that ship: the marks decide."""
    return load_quantities(LEXICON, own=LEXICON.with_name("own.yml"))


def last_sum(prose: Prose, q: Quantities) -> Place:
    amount = amounts(prose.folded, q.numbers, q.currencies, None)[-1]
    return place(prose, amount.start, amount.end)


@pytest.mark.parametrize(("field", "text"), [
    ("earned", "The operator booked a net income of $47 million in nine months."),
    ("earned", "L'opérateur a dégagé un résultat net de 47 millions d'euros."),
    ("earned", "La empresa tuvo una utilidad de 47 millones de dólares."),
    ("earned", "وحققت الشركة صافي ربح قدره 47 مليون ريال."),
    ("earned", "Das Unternehmen erzielte einen Umsatz von 47 Millionen Euro."),
    ("round", "The start-up closed a Series B of $640 million in August."),
    ("round", "La jeune pousse a levé 55 millions d'euros à ce jour."),
    ("round", "La firma cerró una ronda de inversión de 55 millones de dólares."),
    ("round", "وكانت الشركة قد جمعت 640 مليون دولار في الصيف."),
    ("economy", "Imports of the country fell to $34 billion."),
    ("economy", "Les exportations se sont élevées à 34 milliards de dollars."),
    ("economy", "Las importaciones sumaron 34.000 millones de dólares."),
    ("economy", "وبلغت واردات البلاد 34 مليار دولار."),
    ("deal", "The fund bought the firm for $300 million."),
    ("deal", "واستحوذت المجموعة على الشركة مقابل 300 مليون دولار."),
    ("charge", "The regulator imposed a fine of $2 million."),
    ("charge", "La commune touchera 11 millions d'euros de taxe."),
    ("charge", "El predial será de 40 millones de pesos."),
    ("charge", "وفرضت الهيئة غرامة قدرها مليونا دولار."),
    ("plan", "The state runs a programme of $300 million."),
    ("plan", "Il entre dans une stratégie de 300 millions d'euros."),
    ("plan", "Forma parte de una cartera de 300 millones de euros."),
    ("plan", "ويندرج ضمن برنامج بقيمة 300 مليون دولار."),
    ("wider", "The work belongs to a package of $11 billion."),
    ("wider", "Le chantier s'inscrit dans un ensemble de 11 milliards de dollars."),
    ("wider", "La obra se enmarca en un plan de 11.000 millones de dólares."),
    ("wider", "ويأتي المشروع في إطار تعهدات قيمتها 11 مليار دولار."),
    ("takeover", "The fund agreed to buy the group for $4 billion."),
    ("takeover", "Le fonds a racheté la société pour 4 milliards de dollars."),
    ("takeover", "El fondo compró el grupo por 4.000 millones de dólares."),
    ("takeover", "واشترى الصندوق حصة في الشركة مقابل 4 مليارات دولار."),
    ("effect", "The premier hopes for $12 billion of economic effect."),
    ("effect", "Il attend des retombées de 12 milliards de dollars."),
    ("effect", "El gobierno espera una derrama de 12.000 millones de pesos."),
    ("effect", "ويقدر الأثر الاقتصادي بنحو 12 مليار دولار."),
    ("investors", "It raised A$330 million from a fund."),
    ("investors", "Elle a obtenu 330 millions d'euros de ses actionnaires."),
    ("order", "The firm won supply contracts of $300 million."),
    ("order", "La firma tiene un contrato de arrendamiento de 300 millones de dólares."),
    ("debt", "It has a credit facility of $300 million."),
    ("debt", "La société dispose d'une ligne de crédit de 300 millions d'euros."),
    ("rate", "The price per megawatt is $10 million."),
    ("rate", "Chaque MW coûte 10 millions d'euros."),
    ("rate", "Cada megavatio cuesta 10 millones de dólares."),
])
def test_the_field_of_a_sum_is_told_by_words_of_its_clause(q: Quantities, field: str, text: str) -> None:
    prose = prepare(text)
    assert f"field_{field}" in fields_of(last_sum(prose, q), q.cues["money"])


@pytest.mark.parametrize(("mark", "text"), [
    ("touch_firm", "The joint venture, worth US$300 million, took over eight sites."),
    ("touch_firm", "Le groupe, valorisé 300 millions d'euros, exploite huit sites."),
    ("touch_firm", "La empresa, valorada en 300 millones de euros, opera ocho centros."),
    ("touch_projects", "Elle prépare des projets d'eau et d'électricité de 130 milliards de dirhams."),
    ("touch_projects", "It plans power projects worth $13 billion."),
])
def test_what_stands_right_ahead_of_a_sum(q: Quantities, mark: str, text: str) -> None:
    prose = prepare(text)
    assert mark in fields_of(last_sum(prose, q), q.cues["money"])


@pytest.mark.parametrize("text", [
    "The data centre will cost $500 million and open in 2027.",
    "Le centre de données coûtera 500 millions d'euros.",
    "El centro de datos costará 500 millones de euros.",
    "La inversión ronda los 500 millones de euros.",  # no funding round
    "وتبلغ تكلفة مركز البيانات 500 مليون دولار.",
])
def test_the_cost_of_the_project_lies_in_no_field(q: Quantities, text: str) -> None:
    prose = prepare(text)
    assert not {mark for mark in fields_of(last_sum(prose, q), q.cues["money"]) if mark.startswith("field_")}


def test_a_word_in_another_clause_counts_apart(q: Quantities) -> None:
    prose = prepare("Les importations ont reculé de 18 % en un an, à 34 milliards de dollars.")
    marks = fields_of(last_sum(prose, q), q.cues["money"])
    assert "around_economy" in marks
    assert "field_economy" not in marks


@pytest.mark.parametrize(("text", "present", "absent"), [
    ("The harbour next to the data center cost $900 million.", {"thing_far"}, {"thing_nearest"}),
    ("The data center lies by the harbour, which cost $900 million.", {"thing_nearest"}, {"thing_alone"}),
    ("The harbour itself cost $900 million.", {"thing_nearest", "thing_alone"}, {"thing_far"}),
    ("As for the solar park, it costs $900 million.", {"turn_to_thing", "opens_turn"}, set()),
    ("Quant au parc solaire, il coûte 900 millions d'euros.", {"turn_to_thing"}, set()),
    ("En cuanto al aeropuerto, cuesta 900 millones de euros.", {"turn_to_thing"}, set()),
    ("أما المجمع الشمسي نفسه فتبلغ كلفته 900 مليون دولار.", {"turn_to_thing"}, set()),
    ("Pour mémoire, le groupe a dépensé 900 millions d'euros.", {"opens_record"}, {"turn_to_thing"}),
    ("Cabe recordar que la firma gastó 900 millones de euros.", {"opens_record"}, set()),
    ("يشار إلى أن الشركة أنفقت 900 مليون دولار.", {"opens_record"}, set()),
    ("Le voisin, lui, a dépensé 900 millions d'euros.", {"contrast"}, set()),
    ("The country spent $900 million.", {"opens_land"}, set()),
    ("El país gastó 900 millones de euros.", {"opens_land"}, set()),
    ("It has bought ten sites for $900 million.", {"clause_several"}, {"opens_land"}),
    ("Il a proposé six terrains, pour un total de 900 millions d'euros.", {"ahead_several"}, {"clause_several"}),
    ("Its data center is to cost $900 million.", set(), {"thing_nearest", "opens_turn", "contrast", "ahead_several"}),
    ("An AI factory is to cost $900 million.", set(), {"thing_nearest"}),
])
def test_what_a_sentence_is_about(q: Quantities, text: str, present: set[str], absent: set[str]) -> None:
    prose = prepare(text)
    facility = text.find("data center")
    scene = Scene(facility=(facility,) if facility >= 0 else ())
    marks = marks_of(prose, last_sum(prose, q), scene, q.cues["figure"])
    assert present <= marks
    assert not absent & marks


@pytest.mark.parametrize(("text", "expected"), [
    # a share of all is no power
    ("The data center needs 90 MW. Nine in every ten megawatts were refused.", {90.0}),
    ("Le centre de données demande 90 MW. Neuf mégawatts sur dix ont été refusés.", {90.0}),
    ("El centro de datos pide 90 MW. Nueve de cada diez megavatios quedaron fuera.", {90.0}),
    ("يحتاج مركز البيانات إلى 90 ميغاواط. ورفضت تسعة من كل عشرة ميغاواط.", {90.0}),
    # a closed plant is only where the site stands
    ("The campus has 40 MW. At Brill, where the old power station is soon to close, it would start with 300 MW.",
     {40.0, 300.0}),
    ("Le campus a 40 MW. À Brill, où l'ancienne centrale a fermé, la société commencerait avec 300 MW.", {40.0, 300.0}),
    # a condition is no market
    ("Si el mercado acompaña, el complejo llegará a 300 MW.", {300.0}),
    ("If the market allows, the campus will reach 300 MW.", {300.0}),
    ("Si le marché suit, le campus atteindra 300 MW.", {300.0}),
    # the company as such is no supply
    ("The utility would begin with a campus of 300 MW and could grow to 1,000 MW.", {300.0, 1000.0}),
    ("The building offers space for up to 400 racks and 1.5MW of IT power.", {1.5}),
    ("Le bâtiment ajoutera 6 MW aux quelque 14 MW dont dispose aujourd'hui le site.", {6.0}),
    ("El edificio sumará 6 MW a los 14 MW del centro de datos.", {6.0}),
    ("The building adds 6 MW to the existing 14 MW.", {6.0}),
    ("Hoy el centro de datos dispone de 5 MW; con la obra llegaría a 12.", {5.0, 12.0}),
    ("The campus next to the old smelter, of 90 MW, opens in May.", {90.0}),
])
def test_powers_of_the_site(q: Quantities, text: str, expected: set[float]) -> None:
    assert {found.claim.value_number for found in capacity(prepare(text), q)} == expected


@pytest.mark.parametrize("text", [
    "As for the solar complex, it is to reach 5,000 MW by 2030.",
    "Quant au complexe solaire, il doit atteindre 5 000 MW en 2030.",
    "En cuanto al complejo solar, llegará a 5.000 MW en 2030.",
    "أما المجمع الشمسي نفسه فيُنتظر أن تصل قدرته إلى 5000 ميغاواط.",
    "Racks are cooled at densities of up to 125 kW.",
    "Par ailleurs, le groupe a proposé six terrains à des acteurs du numérique, pour un total de 2 GW.",
    "The firm, owner of a power plant of 300 MW, wants to sell its gas.",
    "La generadora, dueña de una central de 300 MW, quiere vender su gas.",
    "La planta de hidrógeno que construye allí mismo, de 300 MW, usa agua de mar.",
    "The company also builds a hydrogen plant there, of 300 MW.",
    "La firme construit aussi une usine d'hydrogène de 300 MW.",
    "وتبني الشركة مصنعا للهيدروجين بقدرة 300 ميغاواط.",
    "Plus de 1500 mégawatts sont réclamés par des projets de centres de données.",
    "Le site de minage de 22 mégawatts qu'elle possède dans la même ville tourne encore.",
    "Pour donner une idée, un réacteur en délivre 1 300 MW.",
    "Its target is 300MW around the world by 2026.",
])
def test_powers_of_others(learnt: Quantities, text: str) -> None:
    project = "The data center will have 100 MW. It opens in 2027.\n\nThe mayor is glad.\n\nWork goes on.\n\n"
    assert {found.claim.value_number for found in capacity(prepare(project + text), learnt, JUDGED)} == {100.0}


@pytest.mark.parametrize("text", [
    "Its net profit in nine months was $47 million, 4 percent up.",
    "Le bénéfice net du groupe a atteint 47 millions de dollars en neuf mois.",
    "La ganancia neta de la firma fue de 47 millones de dólares.",
    "وقد بلغ صافي ربحها في تسعة أشهر 47 مليون دولار.",
    "Les importations du pays ont reculé de 18 % en un an, à 34 milliards de dollars.",
    "يشار إلى أن الشركة جمعت في أغسطس 640 مليون دولار.",
    "As for the harbour, it has cost $900 million.",
])
def test_sums_of_others(learnt: Quantities, text: str) -> None:
    project = "The data center will cost $500 million. It opens in 2027.\n\nThe mayor is glad.\n\nWork goes on.\n\n"
    assert {found.claim.value_number for found in investment(prepare(project + text), learnt, None, JUDGED)} == {500e6}


NOT_TOLD = [
    "The operator did not disclose how much it will spend on the data centre.",
    "The cost of the data centre was never made public, and the price is not known.",
    "Le coût du data center n'a pas été précisé.",
    "Le montant du projet n'a pas été communiqué.",
    "L'opérateur n'a pas dévoilé le montant du projet.",
    "La empresa no reveló la inversión.",
    "El monto de la obra no se divulgó.",
    "ولم يكشف الطرفان عن الكلفة.",
    "ولم تعلن الشركة التكلفة.",
]
TOLD = [
    "The cost of the data centre is put at $70 million, and it is not the only one.",
    "Le coût du data center est estimé à 70 millions d'euros ; il n'est pas le seul.",
    "La empresa invertirá 70 millones de dólares, pero no dijo cuándo.",
    "وتبلغ تكلفة المركز 70 مليون دولار.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_text_says_that_nobody_told_the_cost(q: Quantities, text: str) -> None:
    assert q.cues["investment"]["undisclosed"].search(prepare(text).folded.text)


@pytest.mark.parametrize("text", TOLD)
def test_a_text_that_tells_the_cost_does_not(q: Quantities, text: str) -> None:
    assert not q.cues["investment"]["undisclosed"].search(prepare(text).folded.text)


def test_where_nobody_told_the_cost_a_sum_is_of_something_else(learnt: Quantities) -> None:
    sum_of_a_trade = ("Le data center ouvrira en mai.\n\nLa ville attend beaucoup du port.\n\nLa loi protège les données de l'Etat.\n\n"
                      "Les ateliers voisins valent 24 millions de dirhams.")
    silent = "Le coût du data center n'a pas été précisé. "
    assert investment(prepare(sum_of_a_trade), learnt, "MA", JUDGED)
    assert not investment(prepare(silent + sum_of_a_trade), learnt, "MA", JUDGED)
