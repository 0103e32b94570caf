"""Dates of every precision and the events they belong to."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities, milestones
from crawler.claims.quantities.dates import dates_in
from crawler.text.folding import fold
from crawler.text.sentences import prepare

PUBLISHED = "2025-05-20"


@pytest.mark.parametrize(("text", "expected"), [
    ("le 8 mai 2024", ["2024-05-08"]),
    ("le 1er août 2025", ["2025-08-01"]),
    ("on May 8th, 2024", ["2024-05-08"]),
    ("on 12 June 2024", ["2024-06-12"]),
    ("el 28 de enero de 2026", ["2026-01-28"]),
    ("a 3 de março de 2026", ["2026-03-03"]),
    ("am 3. Februar 2026", ["2026-02-03"]),
    ("il 5 settembre 2026", ["2026-09-05"]),
    ("op 11 maart 2026", ["2026-03-11"]),
    ("يوم 8 ماي 2024", ["2024-05-08"]),
    ("في ١٩ نونبر ٢٠٢٥", ["2025-11-19"]),
    ("في 20 نيسان 2025", ["2025-04-20"]),
    ("في 3 كانون الثاني 2026", ["2026-01-03"]),
    ("Le 08/05/2024", ["2024-05-08"]),
    ("2024-05-08", ["2024-05-08"]),
    ("septiembre de 2027", ["2027-09"]),
    ("in July 2024", ["2024-07"]),
    ("Q4 2025", ["2025-Q4"]),
    ("T4 2025", ["2025-Q4"]),
    ("4T 2025", ["2025-Q4"]),
    ("2025 Q3", ["2025-Q3"]),
    ("the fourth quarter of 2025", ["2025-Q4"]),
    ("au quatrième trimestre 2025", ["2025-Q4"]),
    ("au 2e trimestre de 2026", ["2026-Q2"]),
    ("en el cuarto trimestre de 2027", ["2027-Q4"]),
    ("das dritte Quartal 2026", ["2026-Q3"]),
    ("الربع الرابع من عام 2025", ["2025-Q4"]),
    ("au quatrième trimestre de cette année", ["2025-Q4"]),
    ("in the first quarter of next year", ["2026-Q1"]),
    ("second semestre 2026", ["2026-H2"]),
    ("H1 2027", ["2027-H1"]),
    ("the second half of 2026", ["2026-H2"]),
    ("النصف الثاني من سنة 2026", ["2026-H2"]),
    ("fin 2026", ["2026"]),
    ("by the end of 2027", ["2027"]),
    ("أواخر 2027", ["2027"]),
    # without a year: by the day of publication
    ("le 8 mars", ["2025-03-08"]),
    ("le 30 septembre prochain", ["2025-09-30"]),
    ("le 27 mars dernier", ["2025-03-27"]),
    ("le 27 juin dernier", ["2024-06-27"]),
    ("on December 20", [None]),
    ("in February", ["2025-02"]),
    # no dates
    ("last month, yesterday, on Friday", []),
    ("2000 m2, room B2025 and 1.2026", []),
    ("they may rolled out 30 MW", []),
    ("31/02/2025", [None]),
])
def test_dates(q: Quantities, text: str, expected: list[str | None]) -> None:
    found = [date.iso for date in dates_in(fold(text), q.dates, PUBLISHED)]
    if text == "on December 20":
        expected = ["2024-12-20"]  # nearer than the coming one
    assert found == expected


def test_a_day_takes_its_year_from_a_dated_day_where_publication_is_unknown(q: Quantities) -> None:
    text = fold("La cérémonie du 8 mai suit l'annonce du 2 avril 2024.")
    assert [date.iso for date in dates_in(text, q.dates, None)] == ["2024-05-08", "2024-04-02"]
    assert [date.iso for date in dates_in(fold("le 8 mai, puis en 2026"), q.dates, None)] == [None, "2026"]


@pytest.mark.parametrize(("text", "expected"), [
    ("La convention a été signée le 8 mars à Rabat.", {("signing", "2025-03-08", "stated")}),
    ("The agreement was signed on Monday, May 12, in Riyadh.", {("signing", "2025-05-12", "stated")}),
    ("El convenio se firmó el 28 de enero en Querétaro.", {("signing", "2025-01-28", "stated")}),
    ("وقعت الشركة الاتفاقية يوم 12 أبريل 2025.", {("signing", "2025-04-12", "stated")}),
    ("Un protocole d'accord sera paraphé le 8 juin 2025.", {("signing", "2025-06-08", "planned")}),
    ("Le 8 juin, à Austin, un protocole d'accord sera signé.", {("signing", "2025-06-08", "planned")}),
    ("L'accord est négocié. La cérémonie est prévue le 3 juin 2025.", {("signing", "2025-06-03", "planned")}),
    ("Les travaux démarreront au T3 2025.", {("construction_start", "2025-Q3", "planned")}),
    ("Ground was broken on 12 June 2024.", {("construction_start", "2024-06-12", "stated")}),
    ("Construction is expected to begin in early 2026.", {("construction_start", "2026", "planned")}),
    ("La première pierre a été posée le 27 mars dernier.", {("construction_start", "2025-03-27", "stated")}),
    ("Las obras arrancarán en septiembre de 2026.", {("construction_start", "2026-09", "planned")}),
    ("تم وضع حجر الأساس في 20 نيسان الماضي.", {("construction_start", "2025-04-20", "stated")}),
    ("ستنطلق الأشغال في النصف الثاني من سنة 2025.", {("construction_start", "2025-H2", "planned")}),
    ("Der Baubeginn ist für das dritte Quartal 2026 geplant.", {("construction_start", "2026-Q3", "planned")}),
    ("As obras começam em março de 2026.", {("construction_start", "2026-03", "planned")}),
    ("I lavori inizieranno a settembre 2026.", {("construction_start", "2026-09", "planned")}),
    ("De bouw begint in het tweede kwartaal van 2026.", {("construction_start", "2026-Q2", "planned")}),
    ("La mise en service est prévue au deuxième semestre 2026.", {("operational", "2026-H2", "planned")}),
    ("Livraison prévue : juin 2027.", {("operational", "2027-06", "planned")}),
    ("Operations are scheduled to begin in Q2 2026.", {("operational", "2026-Q2", "planned")}),
    ("The facility went live in March.", {("operational", "2025-03", "stated")}),
    ("Le centre sera opérationnel fin 2027.", {("operational", "2027", "planned")}),
    ("Entrará en operación en el cuarto trimestre de 2027.", {("operational", "2027-Q4", "planned")}),
    ("من المرتقب أن يدخل المركز الخدمة في الربع الرابع من 2026.", {("operational", "2026-Q4", "planned")}),
    ("من المقرر افتتاح المركز في غشت المقبل.", {("operational", "2025-08", "planned")}),
    ("Es soll Ende 2027 in Betrieb gehen.", {("operational", "2027", "planned")}),
    ("Het moet in 2028 klaar zijn.", {("operational", "2028", "planned")}),
    ("Sarà operativo entro il 2027.", {("operational", "2027", "planned")}),
    ("Ground was broken on 12 June 2024 and the site is due to open in the third quarter of 2026.",
     {("construction_start", "2024-06-12", "stated"), ("operational", "2026-Q3", "planned")}),
    ("The first hall is to be ready in 2026, and everything by 2030.",
     {("operational", "2026", "planned"), ("operational", "2030", "planned")}),
    # the same things in other words
    ("وستدخل المنشأة حيز الاستغلال مطلع 2027.", {("operational", "2027", "planned")}),
    ("ستنطلق الأشغال سنة 2026 على أن تدخل حيز الخدمة في أفق 2028.",
     {("construction_start", "2026", "planned"), ("operational", "2028", "planned")}),
    ("على أن تُشغّل في النصف الثاني من 2027.", {("operational", "2027-H2", "planned")}),
    ("على أن يشرع المركز في العمل خلال الفصل الثاني من سنة 2027.", {("operational", "2027-Q2", "planned")}),
    ("ومن المرتقب أن يفتح المركز أبوابه خلال سنة 2027.", {("operational", "2027", "planned")}),
    ("ومن المرتقب أن يرى المركز النور في أفق 2027.", {("operational", "2027", "planned")}),
    ("يتم تسلم المشروع في دجنبر 2027.", {("operational", "2027-12", "planned")}),
    ("Le centre sera opérationnel à l'horizon 2027.", {("operational", "2027", "planned")}),
    ("Les premiers clients s'installeront au second semestre 2027.", {("operational", "2027-H2", "planned")}),
    ("Les premiers coups de pioche seront donnés en mars 2027.", {("construction_start", "2027-03", "planned")}),
    ("Los primeros servicios llegarán en el primer semestre de 2027.", {("operational", "2027-H1", "planned")}),
    ("El banderazo a las obras se dio el 14 de abril de 2025.", {("construction_start", "2025-04-14", "stated")}),
    ("The first hall should be handed over in June 2027.", {("operational", "2027-06", "planned")}),
    ("RFS date: Q3 2027. Energization is targeted for 4Q26.",
     {("operational", "2027-Q3", "planned"), ("operational", "2026-Q4", "planned")}),
    ("The two sides put pen to paper on 3 May 2025.", {("signing", "2025-05-03", "stated")}),
    # what starts with so much power runs
    ("وينتظر أن يبدأ المشروع بقدرة 30 ميغاواط خلال سنة 2027.", {("operational", "2027", "planned")}),
    ("على أن تنطلق مرحلته الأولى بقدرة 40 ميغاواط سنة 2028.", {("operational", "2028", "planned")}),
    ("The campus will start with 30 MW in 2027.", {("operational", "2027", "planned")}),
    # a deadline is of the end
    ("The data center is to be built by 2028.", {("operational", "2028", "planned")}),
    ("The firm plans to build a 40 MW data center by 2027.", {("operational", "2027", "planned")}),
    ("La société doit construire le centre de données d'ici fin 2027.", {("operational", "2027", "planned")}),
    ("سيتم بناء مركز البيانات في أفق 2027.", {("operational", "2027", "planned")}),
    ("Construction will start by 2027.", {("construction_start", "2027", "planned")}),
    ("The site will not open until 2028.", {("operational", "2028", "planned")}),
    # a schedule without a verb of its own, parts with their power
    ("The first 18MW are scheduled for Q3 2027.", {("operational", "2027-Q3", "planned")}),
    ("The 200MW phase remains on course for Q1 2028, according to its chairman.", {("operational", "2028-Q1", "reported")}),
    ("La livraison est annoncée pour le premier semestre 2028.", {("operational", "2028-H1", "planned")}),
    ("Une première tranche de 40 MW en 2028 reste à financer.", {("operational", "2028", "planned")}),
    # the date that was
    ("La mise en service, d'abord fixée au quatrième trimestre 2026, est désormais attendue au premier trimestre 2027.",
     {("operational", "2026-Q4", "denied"), ("operational", "2027-Q1", "planned")}),
    ("La mise en service a été repoussée de 2027 à 2028.",
     {("operational", "2027", "denied"), ("operational", "2028", "planned")}),
    ("Opening has been pushed back from 2026 to 2027.",
     {("operational", "2026", "denied"), ("operational", "2027", "planned")}),
    ("تم تأجيل تشغيل المركز من 2026 إلى 2027.", {("operational", "2026", "denied"), ("operational", "2027", "planned")}),
    ("كان من المقرر افتتاح المركز في 2026 لكنه سيفتتح في 2027.",
     {("operational", "2026", "denied"), ("operational", "2027", "planned")}),
    ("Commissioning of the hall, once promised for the spring, is now planned for the fourth quarter of 2027.",
     {("operational", "2027-Q4", "planned")}),
    # what a ceremony was for; the year of a day that is past
    ("La empresa firmó el memorando para levantar un centro, listo en 2028. Al acto, el 19 de mayo de 2025, vino el alcalde.", {("operational", "2028", "planned"), ("signing", "2025-05-19", "stated")}),
    ("El convenio se firmó el pasado 4 de octubre.", {("signing", "2024-10-04", "stated")}),
    ("The agreement was signed on October 4.", {("signing", "2024-10-04", "stated")}),
    # precision: the finer date of one year stands; the first start of building stands
    ("It will be ready in 2026. The hall will be ready in June 2026.", {("operational", "2026-06", "planned")}),
    ("Works start in 2026. Works start in 2027.", {("construction_start", "2026", "planned")}),
    # negation
    ("The company has not yet signed the agreement planned for June 10, 2025.", {("signing", "2025-06-10", "denied")}),
    ("La convention n'a pas encore été signée le 12 mai.", {("signing", "2025-05-12", "denied")}),
    ("لم توقع الشركة بعد الاتفاقية التي كانت مقررة في 3 مارس 2025.", {("signing", "2025-03-03", "denied")}),
    # dates of other things
    ("The plan aims to build a knowledge economy by 2030.", set()),
    ("D'ici 2030, la construction de routes coûtera cher au pays.", set()),
    ("En difficulté depuis avril, elle a notifié la résiliation du protocole d'accord.", set()),
    ("The accord was terminated on 3 May 2025.", set()),
    ("La compañía descarta ampliar la obra antes de 2029.", set()),
    ("انعقد يوم 12 ماي 2025 اجتماع لتتبع أشغال المركز.", set()),
    ("The company was founded in December 2023.", set()),
    ("The cable, in service since 2013, lands here.", set()),
    ("The plan was announced in May 2025.", set()),
    ("Le constructeur l'a fait savoir le mardi 14 mai.", set()),
    ("The old hall opened in 2013.", set()),
    ("RABAT, May 12, 2025 (Agency) - A data centre opened its doors.", set()),
    ("It opened last month.", set()),
])
def test_milestones(q: Quantities, text: str, expected: set[tuple[str, str, str]]) -> None:
    found = milestones(prepare(text), q, PUBLISHED)
    assert {(f.claim.value_text, f.claim.date, f.claim.modality) for f in found} == expected


def test_a_milestone_quotes_its_sentence_and_prints_its_date(q: Quantities) -> None:
    text = "Un projet attendu. Les travaux débuteront au quatrième trimestre de cette année."
    found, = milestones(prepare(text), q, PUBLISHED)
    assert found.claim.quote == "Les travaux débuteront au quatrième trimestre de cette année."
    assert found.claim.value_printed == "quatrième trimestre de cette année" == text[found.start:found.end]
    assert found.claim.kind == "milestone"

TOLD = [
    ("La convention du data center a été conclue le 2 novembre 2025.", {("signing", "2025-11-02")}),
    ("Les premiers mégawatts du data center seraient disponibles dès 2027.", {("operational", "2027")}),
    ("Le data center tourne depuis novembre 2025.", {("operational", "2025-11")}),
    ("Le chantier du data center ouvrira en juin 2026.", {("construction_start", "2026-06")}),
    ("The data centre will be available to customers in the first quarter of 2027.", {("operational", "2027-Q1")}),
    ("The data center is to come into use in 2027.", {("operational", "2027")}),
    ("The first sod of the data centre was turned on 3 October 2025.", {("construction_start", "2025-10-03")}),
    ("Heads of terms for the data centre were agreed on 12 December 2025.", {("signing", "2025-12-12")}),
    ("The data center should be serving customers by June 2028.", {("operational", "2028-06")}),
    ("يفترض أن يتوفر أول جيجاوات في مركز البيانات بنهاية 2026.", {("operational", "2026")}),
    ("يقام مركز البيانات قرب المجمع الشمسي الذي تصل قدرته إلى 5000 ميغاواط بحلول 2030.", set()),
    ("ينتظر استلام مركز البيانات قبل نهاية 2026.", {("operational", "2026")}),
    ("يبدأ مركز البيانات نشاطه في 2027.", {("operational", "2027")}),
    ("Il data center entrerà in funzione nel 2027.", {("operational", "2027")}),
    ("Gli scavi per il data center partiranno a marzo 2026.", {("construction_start", "2026-03")}),
    ("The hall is large. It is cold. It is full. Facing it is Texaf Gate, opened in 2024.", set()),
    ("The hall is large. It is cold. It is full. It was opened in 2024.", {("operational", "2024")}),
    ("La première salle du data center doit recevoir ses clients en septembre 2026.", {("operational", "2026-09")}),
    ("La reconversion du data center doit s'engager dès 2026.", {("construction_start", "2026")}),
    ("Contractors moved in at the start of 2024 for the data centre.", {("construction_start", "2024")}),
    ("Ground could be broken for the data centre in 2026.", {("construction_start", "2026")}),
    ("The servers of the data centre should be humming by the end of 2026.", {("operational", "2026")}),
    ("A new transmission line, completed in 2025, feeds the data center.", set()),
    ("Across the country capacity will double to 1,700 MW by 2026.", set()),
    ("The Saudi market had 123MW in service in 2025.", set()),
    ("La primera mitad se conectará en el segundo trimestre de 2025.", {("operational", "2025-Q2")}),
    ("A first hall of the data centre is to work in 2026.", {("operational", "2026")}),
    ("El contrato de suministro vence en 2027.", set()),
    ("تبدأ السعة الجديدة العمل في مركز البيانات قبل نهاية عام 2026.", {("operational", "2026")}),
    ("ينتظر استلام المركز في ديسمبر 2026، بعد أن كان مقررا في جوان 2026.", {("operational", "2026-12")}),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_events_in_many_words(q: Quantities, text: str, expected: set[tuple[str, str]]) -> None:
    found = milestones(prepare(text), q, PUBLISHED)
    assert {(f.claim.value_text, f.claim.date) for f in found if f.claim.modality != "denied"} == expected
