"""Power of the site, told apart from everything else that is printed in megawatts."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities, capacity
from crawler.text.sentences import prepare

Staged = set[tuple[float, str]]


def read(text: str, q: Quantities) -> Staged:
    return {(f.claim.value_number or 0.0, f.claim.stage) for f in capacity(prepare(text), q)}


@pytest.mark.parametrize(("text", "expected"), [
    # one capacity of the whole site
    ("The firm will build a 120MW data centre near Settat.", {(120.0, "total")}),
    ("D'une capacité de 12,5 mégawatts, le site accueillera 5 000 baies.", {(12.5, "total")}),
    ("Con una potencia de 0,5 GW, será el mayor centro de datos del país.", {(500.0, "total")}),
    ("ستبلغ قدرة مركز البيانات ٣٨٦ ميغاواط.", {(386.0, "total")}),
    ("مركز بيانات بقدرة مئة ميغاواط في جدة.", {(100.0, "total")}),
    ("سيقام المركز الذي تبلغ طاقته جيجاوات في الهند.", {(1000.0, "total")}),
    ("سعة المركز 1800 ميجا.", {(1800.0, "total")}),
    ("Das Rechenzentrum hat eine IT-Leistung von 54 Megawatt.", {(54.0, "total")}),
    ("Il data center da 40 megawatt sorgerà a Bari.", {(40.0, "total")}),
    ("Het datacenter van 60 MW komt in Almere.", {(60.0, "total")}),
    ("El centro tendrá 385 kilovatios.", {(0.385, "total")}),
    ("A one-gigawatt campus is planned.", {(1000.0, "total")}),
    ("The 1,200 megawatt campus is planned.", {(1200.0, "total")}),
    ("Un campus de 1.125 GW verra le jour.", {(1125.0, "total")}),
    # stages
    ("D'abord 40 MW : la capacité initiale du campus. À terme, il atteindra 500 mégawatts.",
     {(40.0, "initial"), (500.0, "total")}),
    ("The capacity starts with 40 MW in phase 1 and reaches 500 MW in the end.", {(40.0, "initial"), (500.0, "total")}),
    ("La première tranche de 20 MW sera suivie de deux autres de 40 MW chacune, soit 100 MW au total.",
     {(20.0, "initial"), (40.0, "phase"), (100.0, "total")}),
    ("Le centre affichera 60 MW, extensible à 120 MW.", {(60.0, "initial"), (120.0, "total")}),
    ("A 1.5GW AI campus is planned; phase one will deliver 250MW.", {(1500.0, "total"), (250.0, "initial")}),
    ("Each of the four buildings will have 32 MW, for a total of 128 MW.", {(32.0, "phase"), (128.0, "total")}),
    ("El centro de datos tendrá 40 MW en una primera fase y llegará a 120 MW.", {(40.0, "initial"), (120.0, "total")}),
    ("تبدأ المرحلة الأولى بقدرة 40 ميغاواط على أن تصل القدرة الإجمالية إلى 500 ميغاواط.",
     {(40.0, "initial"), (500.0, "total")}),
    ("In einem ersten Schritt entstehen 20 MW, im Endausbau 100 MW.", {(20.0, "initial"), (100.0, "total")}),
    ("O data center terá 100 MW numa primeira fase e 400 MW no total.", {(100.0, "initial"), (400.0, "total")}),
    ("The data center opens with an initial capacity of 3 MW.", {(3.0, "initial")}),
    ("Phase 1 of a planned 144MW campus opens soon.", {(144.0, "total")}),
    ("Two 30MW buildings will rise on the campus.", {(30.0, "unspecified")}),
    # growth: what it was before is not what it will be
    ("La capacité passera de 16 à 32 MW d'ici 2027.", {(32.0, "total")}),
    ("The data centre's power will rise from 12MW to 24MW.", {(24.0, "total")}),
    # units that are not capacity
    ("Le poste électrique de 100 MVA alimentera le data center de 45 MW, soit 320 GWh par an.", {(45.0, "total")}),
    ("The 38MW data centre takes up to 25kW per rack.", {(38.0, "total")}),
    ("Les panneaux (700 kWc) couvrent le toit du data center de 2 MW.", {(2.0, "total")}),
    ("The data centre has 24 MW, in four halls of 6 MW.", {(24.0, "total")}),
    ("Backup generators totalling 60MW will support the 40 MW facility.", {(40.0, "total")}),
    ("Jusqu'à 96 mégawatts de chaleur iront aux serres.", set()),
    # what the company or the market has elsewhere
    ("The data centre will have 40 MW. Across Ohio and Texas, Sagebrush runs 1.1 gigawatts.", {(40.0, "total")}),
    ("Le centre de données aura 20 MW. Le singapourien Straits, qui opère 300 MW, conseille.", {(20.0, "total")}),
    ("El centro de datos tendrá 90 MW. Huaxin, de Shenzhen, administra 700 MW.", {(90.0, "total")}),
    ("سيضم مركز البيانات 50 ميغاواط. وتدير الشركة مراكز أصغر بقدرة تبلغ 18 ميغاواط.", {(50.0, "total")}),
    ("El centro de datos tendrá 15 MW. El país cuenta con 20 MW de capacidad comercial.", {(15.0, "total")}),
    # larger, late, with a word of growth: the whole
    ("The data centre has 24 MW. It is full. All told, it is designed for 60 MW.", {(24.0, "unspecified"),
                                                                                   (60.0, "total")}),
    # the largest is what the parts come to
    ("El campus constará de seis edificios de 30 MW cada uno, en fases, con 180 MW.", {(30.0, "phase"),
                                                                                    (180.0, "total")}),
    # transformers
    ("Le data center aura une puissance de 1,6 MVA et un champ solaire de 900 kW.", {(1.6, "unspecified")}),
    # a plant beside it
    ("Le data center sera alimenté par un parc solaire de 200 MW et disposera de 80 MW de puissance informatique.",
     {(80.0, "total")}),
    ("تصل قدرة محطة الطاقة الشمسية المجاورة إلى 200 ميغاواط فيما تبلغ قدرة المركز 80 ميغاواط.", {(80.0, "total")}),
    ("Un parque eólico de 300 MW abastecerá al centro de datos de 90 MW.", {(90.0, "total")}),
    # ... unless the text gives only that
    ("The company plans a 900 MW wind farm for its computing center.", {(900.0, "unspecified")}),
    ("It will draw 200 MW from the national grid.", {(200.0, "unspecified")}),
    ("Hydro-Québec s'est engagée à fournir 140 mégawatts.", {(140.0, "unspecified")}),
    # countries, markets, portfolios, other sites
    ("The country's installed capacity is 5,000 MW. The data center needs 90 MW.", {(90.0, "total")}),
    ("Le pays n'aligne que 12 mégawatts, tous centres confondus.", set()),
    ("L'entreprise exploite déjà 350 MW dans le monde.", set()),
    ("تبلغ القدرة المركبة في البلاد 12 جيجاوات.", set()),
    ("The company, which manages a global portfolio of 2GW, will build a 48MW data centre in Lagos.", {(48.0, "total")}),
    ("The 200MW cluster will open soon. The site lies within the larger 5GW campus.", {(200.0, "total")}),
    ("The 40MW facility will be ready soon. A second site, with 53MW of power, was announced elsewhere.",
     {(40.0, "total")}),
    ("The campus, finished within 24 months, is to have 40 MW.", {(40.0, "total")}),
    ("It is three times the size of all sites in Madrid.", set()),
    # about so many, and numbers that add up
    ("Un data center d'une centaine de mégawatts.", {(100.0, "total")}),
    ("Un centro de datos de una veintena de megavatios.", {(20.0, "total")}),
    ("Un centro de datos de 3 mil 500 megavatios.", {(3500.0, "total")}),
    ("مركز بيانات بقدرة ألف و200 ميغاواط.", {(1200.0, "total")}),
    ("مركز بيانات بقدرة ألفين و500 ميغاواط.", {(2500.0, "total")}),
    ("مركز بيانات بقدرة اثني عشر ميغاواط.", {(12.0, "total")}),
    # none at all
    ("Le site n'exploite pas un mégawatt; le data center aura 40 MW.", {(40.0, "total")}),
    ("Aucun mégawatt n'alimente encore le data center de 40 MW.", {(40.0, "total")}),
    # what stood before, what a neighbour, the parent or the customers have
    ("The data center has 18 MW, twice the capacity of its 7 MW first site.", {(18.0, "total")}),
    ("It is the firm's third site after a 6MW hall in Giza. The new data center has 18 MW.", {(18.0, "total")}),
    ("Our first site opened eight years ago with 7MW. This data center has 18 MW.", {(18.0, "total")}),
    ("Le data center de 18 MW sera deux fois plus puissant que les 9 MW de son aîné.", {(18.0, "total")}),
    ("Le groupe exploite 120 MW dans six pays et bâtira un data center de 20 MW.", {(20.0, "total")}),
    ("The company operates twelve data centers with 350 MW. The new data center will have 40 MW.", {(40.0, "total")}),
    ("The data center will have 90MW; two customers have signed leases for 30MW.", {(90.0, "total")}),
    ("The data center will have 90MW, of which 12 MW is already pre-let.", {(90.0, "total")}),
    ("The company, whose sister site in Lagos has 20 MW, will build a 10 MW data center.", {(10.0, "total")}),
    ("Unlike the 1 GW campus announced in Abu Dhabi, this data center will need only 8 MW.", {(8.0, "total")}),
    ("Contrairement au campus de 1 GW d'Abou Dhabi, ce data center aura 8 MW.", {(8.0, "total")}),
    ("Le data center voisin, de 30 MW, appartient à un concurrent; celui de la société aura 12 MW.", {(12.0, "total")}),
    ("La sociedad ya gestiona 25 MW en Madrid y sumará un centro de datos de 40 MW.", {(40.0, "total")}),
    ("La moitié du capital du data center de 40 MW revient au fonds.", {(40.0, "total")}),
    # parts that add up
    ("The data center will span four buildings of 45MW apiece, or 180MW.", {(45.0, "phase"), (180.0, "total")}),
    ("Quatre bâtiments de 45 MW chacun, soit 180 MW pour le data center.", {(45.0, "phase"), (180.0, "total")}),
    ("A 4x25MW campus is planned at the site.", {(25.0, "unspecified")}),
    ("The campus will comprise 4 x 25 MW data centers.", {(25.0, "unspecified")}),
    ("The data center's 50MW first phase is live; it can scale beyond 400MW.", {(50.0, "initial"), (400.0, "total")}),
    ("Le centre de données pourra délivrer 1 GW à terme, contre 200 MW au démarrage.",
     {(1000.0, "total"), (200.0, "initial")}),
    ("تبلغ سعة مركز البيانات 48 ميجاواط قابلة للزيادة إلى 96 ميجاواط.", {(48.0, "initial"), (96.0, "total")}),
    ("تقدر الكلفة بنصف مليار دولار، وقدرة المركز بـ 40 ميغاواط.", {(40.0, "total")}),
    ("Le data center aura 80 MW, soit 120 MW de puissance raccordée.", {(80.0, "total")}),
    # names are not numbers
    ("SIN02 MW and JB7MW are names.", set()),
])
def test_capacity(q: Quantities, text: str, expected: Staged) -> None:
    assert read(text, q) == expected


@pytest.mark.parametrize(("text", "right", "wrong"), [
    ("Le data center ne consommera pas 300 mégawatts, mais 40 MW.", 40.0, 300.0),
    ("El centro de datos no tendrá 300 megavatios, sino 90 megavatios.", 90.0, 300.0),
    ("لن تبلغ قدرة المركز 300 ميغاواط بل 90 ميغاواط.", 90.0, 300.0),
    ("Le ministre avait évoqué 500 MW ; la société dément et parle de 320 MW pour son data center.", 320.0, 500.0),
    ("The data center will have 320MW, contradicting the minister, who had spoken of 500MW.", 320.0, 500.0),
    ('"It is 320MW, not 500MW," the developer said of its data center.', 320.0, 500.0),
    ("La empresa desmintió los 500 MW que dio el ministro y mantiene 320 MW para el centro de datos.", 320.0, 500.0),
    ("ونفت الشركة أن تبلغ قدرة المركز 500 ميغاواط كما قال الوزير، وأكدت أنها 320 ميغاواط.", 320.0, 500.0),
])
def test_a_denied_value_is_no_total(q: Quantities, text: str, right: float, wrong: float) -> None:
    found = {f.claim.value_number: f.claim for f in capacity(prepare(text), q)}
    assert (found[right].stage, found[right].modality != "denied") == ("total", True)
    assert (found[wrong].stage, found[wrong].modality) == ("unspecified", "denied")


def test_a_claim_prints_its_value_and_quotes_its_sentence(q: Quantities) -> None:
    text = "Rien n'est signé.\n\nLe site de Settat atteindra 1\u00a0200\u00a0mégawatts en 2030. Il est vaste."
    found, = capacity(prepare(text), q)
    assert found.claim.value_printed == text[found.start:found.end] == "1\u00a0200\u00a0mégawatts"
    assert found.claim.quote == "Le site de Settat atteindra 1\u00a0200\u00a0mégawatts en 2030."
    assert (found.claim.unit, found.claim.value_number, found.claim.subject) == ("MW", 1200.0, 0)


def test_the_first_mention_is_quoted(q: Quantities) -> None:
    found = capacity(prepare("A 90MW data centre is planned. The data centre of 90 MW is large."), q)
    assert [f.claim.quote for f in found] == ["A 90MW data centre is planned."]


@pytest.mark.parametrize(("text", "modality"), [
    ("The data center has 90 MW.", "stated"),
    ("The data center will have 90 MW.", "planned"),
    ("Le data center devrait offrir 90 MW.", "planned"),
    ("من المتوقع أن تبلغ قدرة المركز 90 ميغاواط.", "planned"),
    ("According to two sources, the data center has 90 MW.", "reported"),
    ("Selon le quotidien, le data center compte 90 MW.", "reported"),
    ("بحسب مصادر، تبلغ قدرة المركز 90 ميغاواط.", "reported"),
    ("Experts doubt that the data center needs 90 MW.", "questioned"),
    ("La puissance de 90 MW du data center laisse perplexe.", "questioned"),
    ("The company denied that the data center has 90 MW.", "denied"),
    ("The council denied a permit for the 90 MW data center.", "stated"),
    ("La empresa desmiente que el centro de datos tenga 90 MW.", "denied"),
    ("Le data center ne consommera pas 90 MW.", "denied"),
    ("The data center will not use 90 megawatts.", "denied"),
    ("لن تبلغ قدرة المركز 90 ميغاواط.", "denied"),
    ("Le ministre a parlé de 90 MW pour le data center, ce que la société dément.", "denied"),
    ("El centro de datos tendrá 90 MW, cifra que la empresa desmiente.", "denied"),
    # no denial: limits, presuppositions
    ("La puissance du data center ne dépassera pas 90 MW.", "planned"),
    ("Le data center n'a pas moins de 90 MW.", "stated"),
    ("لا تقل قدرة المركز عن 90 ميغاواط.", "stated"),
    ("El centro de datos no tiene menos de 90 MW.", "stated"),
    ("The company denied that construction of the 90MW data center had stopped.", "stated"),
    ("The firm will not run the 90 MW data center.", "planned"),
])
def test_modality(q: Quantities, text: str, modality: str) -> None:
    found, = capacity(prepare(text), q)
    assert found.claim.modality == modality
