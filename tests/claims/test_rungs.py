"""Each rung of the ladder, and doubt, as news tell them in many words; none of it fits one story."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Read, values

STATES = [
    # agreement
    ("fr", "La ville a attribué hier le marché de construction du data center au groupe Halvor.", "agreement"),
    ("fr", "Le marché de travaux du centre de données a été confié à l'entreprise Brusson.", "agreement"),
    ("fr", "L'entreprise Brusson a remporté l'appel d'offres pour bâtir le data center.", "agreement"),
    ("fr", "Le groupement retenu pour construire le centre de données s'est vu attribuer le contrat.", "agreement"),
    ("fr", "Un partenariat a été scellé entre Orange et Cassava pour ce data center.", "agreement"),
    ("fr", "Les partenaires ont formalisé leur alliance autour du data center de Lomé.", "agreement"),
    ("en", "No-one was surprised when the firms put pen to paper for the data center.", "agreement"),
    ("en", "The builder was awarded the construction contract for the data centre.", "agreement"),
    ("en", "The city and the developer entered a development agreement for the data center.", "agreement"),
    ("en", "The contract for the data centre went to Hoskin.", "agreement"),
    ("en", "The two firms have shaken hands on a data center in Leeds.", "agreement"),
    ("en", "The state concluded a framework convention with the operator for a data centre.", "agreement"),
    ("es", "El contrato de obra del centro de datos fue adjudicado a Techova.", "agreement"),
    ("es", "Ambas partes estamparon su firma en el contrato del centro de datos.", "agreement"),
    ("es", "La empresa se hizo con el contrato para construir el centro de datos.", "agreement"),
    ("ar", "رست مناقصة مركز البيانات على شركة زورفكسا.", "agreement"),
    ("ar", "فازت شركة زورفكسا بعقد بناء مركز البيانات.", "agreement"),
    ("pt", "O contrato do data center foi assinado na terça-feira.", "agreement"),
    ("de", "Die Firmen haben den Vertrag für das Rechenzentrum unterschrieben.", "agreement"),
    ("fr", "Le ministère et Huawei sont convenus de bâtir un data center.", "agreement"),
    ("en", "The two companies have sealed a deal to develop a data center.", "agreement"),
    ("es", "Las partes acordaron levantar un centro de datos.", "agreement"),
    ("ar", "اتفق الطرفان على إنشاء مركز بيانات.", "agreement"),
    # approved
    ("fr", "La préfecture a délivré les autorisations nécessaires au data center.", "approved"),
    ("fr", "Le permis du data center a été signé par la maire vendredi.", "approved"),
    ("fr", "Le conseil communautaire a donné son quitus au data center.", "approved"),
    ("fr", "Les élus ont voté à l'unanimité pour le data center.", "approved"),
    ("en", "The county gave its blessing to the data center.", "approved"),
    ("en", "The data center cleared its final hurdle on Tuesday when the council said yes.", "approved"),
    ("en", "Councillors voted 7-2 for the data center.", "approved"),
    ("en", "The inspector allowed the appeal, and the data centre may be built.", "approved"),
    ("en", "The planning committee nodded through the data centre.", "approved"),
    ("en", "The data centre now has planning permission.", "approved"),
    ("en", "The data center won unanimous backing from the zoning board.", "approved"),
    ("es", "El pleno dio su respaldo al centro de datos.", "approved"),
    ("es", "El centro de datos ya tiene licencia de obras.", "approved"),
    ("es", "La comisión dio vía libre al centro de datos.", "approved"),
    ("es", "El centro de datos superó el trámite ambiental con dictamen favorable.", "approved"),
    ("ar", "منحت البلدية مركز البيانات ترخيصا.", "approved"),
    ("ar", "صوت المجلس لصالح مركز البيانات.", "approved"),
    ("pt", "O data center recebeu a licença ambiental.", "approved"),
    ("de", "Der Stadtrat hat dem Rechenzentrum zugestimmt.", "approved"),
    ("de", "Das Rechenzentrum hat die Baugenehmigung erhalten.", "approved"),
    ("nl", "De gemeenteraad heeft ingestemd met het datacenter.", "approved"),
    ("fr", "Le maire a signé l'arrêté autorisant le data center.", "approved"),
    ("en", "State regulators have cleared the way for the data center by approving it.", "approved"),
    ("es", "La justicia avaló el centro de datos.", "approved"),
    # under_construction
    ("fr", "Les premiers coups de pioche du data center ont été donnés lundi.", "under_construction"),
    ("fr", "Les ouvriers s'affairent sur le chantier du data center.", "under_construction"),
    ("fr", "Le centre de données s'élève peu à peu au bord du fleuve.", "under_construction"),
    ("fr", "Le gros œuvre du data center touche à sa fin.", "under_construction"),
    ("fr", "Déjà les murs du centre de données montent.", "under_construction"),
    ("fr", "Le data center, dont les travaux sont réalisés à 60 %, coûtera 40 millions.", "under_construction"),
    ("en", "Walls are going up at the data center site.", "under_construction"),
    ("en", "Builders have moved onto the data centre site and started digging.", "under_construction"),
    ("en", "Bulldozers have been levelling the ground for the data center since May.", "under_construction"),
    ("en", "The roof of the data centre was finished last week and fitting-out goes on.", "under_construction"),
    ("en", "The contractor has mobilised on site to build the data centre.", "under_construction"),
    ("es",
     "La empresa levanta su segundo data center junto al que opera desde hace dos décadas.", "under_construction"),
    ("es", "Ya se ven las columnas del centro de datos que Cirion construye en Buenos Aires.", "under_construction"),
    ("es", "La empresa edifica un centro de datos en Soria.", "under_construction"),
    ("es", "El centro de datos está en fase de construcción.", "under_construction"),
    ("es", "Las máquinas remueven la tierra para el centro de datos.", "under_construction"),
    ("ar", "ترتفع جدران مركز البيانات شيئا فشيئا.", "under_construction"),
    ("ar", "تبني الشركة حاليا مركز بيانات في جدة.", "under_construction"),
    ("pt", "A construção do data center começou em maio.", "under_construction"),
    ("pt", "O data center está em obras.", "under_construction"),
    ("de", "Die Bauarbeiten für das Rechenzentrum haben begonnen.", "under_construction"),
    ("it", "Sono iniziati i lavori per il data center.", "under_construction"),
    ("nl", "De bouw van het datacenter is begonnen.", "under_construction"),
    ("fr", "À Rennes, le data center sort du sol depuis avril.", "under_construction"),
    ("fr", "Près de 300 ouvriers travaillent à la construction du data center.", "under_construction"),
    ("en", "The data center is halfway built.", "under_construction"),
    ("en", "Work on the data centre got under way in March.", "under_construction"),
    ("en", "Ground was broken for the data center on Tuesday.", "under_construction"),
    ("es", "El centro de datos está siendo construido en Soria.", "under_construction"),
    # operational
    ("fr", "Douala compte désormais un centre de données privé, que ST l'a ouvert vendredi.", "operational"),
    ("fr", "Le groupe a allumé jeudi sa nouvelle région cloud.", "operational"),
    ("fr", "Le supercalculateur est désormais en production.", "operational"),
    ("fr", "La société a mis en route son data center à Bamako.", "operational"),
    ("fr", "Le centre de données a été réceptionné et remis à l'État.", "operational"),
    ("fr", "Le data center vient d'entrer en exploitation.", "operational"),
    ("en", "The data center has gone into service.", "operational"),
    ("en", "The first customers have moved into the data centre.", "operational"),
    ("en", "The company turned on its new cloud region in Santiago.", "operational"),
    ("en", "The data centre, now in use, stands beside the port.", "operational"),
    ("en", "The builder handed the data centre over to the bank.", "operational"),
    ("es", "Microsoft encendió su región de nube en Chile.", "operational"),
    ("es", "Microsoft abre en Chile su primera región de centros de datos.", "operational"),
    ("es", "El presidente cortó la cinta del centro de datos.", "operational"),
    ("es", "Los primeros clientes ya alojan sus servidores en el centro de datos.", "operational"),
    ("ar", "شغلت الشركة مركز البيانات الجديد.", "operational"),
    ("ar", "بدأ مركز البيانات تقديم خدماته.", "operational"),
    ("ar", "أصبح مركز البيانات يعمل بكامل طاقته.", "operational"),
    ("ar", "تسلمت الوزارة مركز البيانات من المقاول.", "operational"),
    ("pt", "O data center já está em operação.", "operational"),
    ("de", "Das Rechenzentrum ist in Betrieb gegangen.", "operational"),
    ("de", "Das Rechenzentrum wurde eröffnet.", "operational"),
    ("it", "Il data center è entrato in funzione.", "operational"),
    ("fr", "Le data center de Dakar, livré en mai, héberge les données de l'État.", "operational"),
    ("en", "The data centre began operating last week.", "operational"),
    ("en", "The data center, which opened in May, serves 40 banks.", "operational"),
    ("en", "Customers moved into the data centre on Monday.", "operational"),
    ("en", "The country's first data centre has come on stream.", "operational"),
    ("ar", "دخل مركز البيانات مرحلة التشغيل الفعلي.", "operational"),
    ("ar", "أعلنت الشركة بدء تشغيل مركز البيانات.", "operational"),
    # suspended
    ("fr", "Le juge des référés ordonne l'arrêt des travaux du data center.", "suspended"),
    ("fr", "Le contrat du constructeur a été retiré et le data center reste inachevé.", "suspended"),
    ("fr", "Le projet de data center a été remis à plus tard, sans date.", "suspended"),
    ("fr", "La construction du centre de données s'est arrêtée à 31 %.", "suspended"),
    ("fr", "Les ouvriers ont quitté le chantier du data center, faute de paiement.", "suspended"),
    ("en", "The developer put its data center plans on the back burner.", "suspended"),
    ("en", "Workers have left the data centre site unpaid.", "suspended"),
    ("en", "The council threw out the data centre plan.", "suspended"),
    ("en", "The data center was put off indefinitely.", "suspended"),
    ("en", "The company is holding off on its data center.", "suspended"),
    ("es", "El centro de datos quedó en punto muerto.", "suspended"),
    ("es", "Un juez ordenó detener la obra del centro de datos.", "suspended"),
    ("es", "La obra del centro de datos quedó inconclusa al 31 %.", "suspended"),
    ("es", "Se aplazó sin fecha el centro de datos.", "suspended"),
    ("ar", "سحبت الحكومة العمل من الشركة المنفذة لمركز البيانات بعدما توقف عند 31 بالمئة.", "suspended"),
    ("ar", "قرر القضاء وقف أشغال مركز البيانات.", "suspended"),
    ("ar", "أجلت الشركة مشروع مركز البيانات إلى أجل غير مسمى.", "suspended"),
    ("ar", "تعثر مشروع مركز البيانات وغادر العمال الموقع.", "suspended"),
    ("de", "Der Bau des Rechenzentrums ruht seit Mai.", "suspended"),
    ("it", "I lavori del data center sono fermi.", "suspended"),
    ("nl", "De bouw van het datacenter ligt stil.", "suspended"),
    ("en", "The data center is on ice until the grid is ready.", "suspended"),
    # cancelled
    ("fr", "Le groupe ne souhaite plus construire le data center.", "cancelled"),
    ("fr", "La société n'est plus intéressée par le terrain du data center.", "cancelled"),
    ("fr", "Le promoteur plie bagage : pas de data center à Vézac.", "cancelled"),
    ("fr", "Le projet de data center a capoté.", "cancelled"),
    ("fr", "Il n'y aura pas de data center à Vézac.", "cancelled"),
    ("fr", "La société met fin au projet de data center.", "cancelled"),
    ("en", "The firm takes back its plan for a data center.", "cancelled"),
    ("en", "The company told officials it is no longer interested in the data center site.", "cancelled"),
    ("en", "There will be no data center in Leeds.", "cancelled"),
    ("en", "The developer has thrown in the towel on the data center.", "cancelled"),
    ("en", "The firm has called time on the data center.", "cancelled"),
    ("en", "The company will not proceed with the data center.", "cancelled"),
    ("en", "The data center has fallen through.", "cancelled"),
    ("en", "The developer pulled its application for the data center.", "cancelled"),
    ("en", "The company has changed its mind and will not build the data center.", "cancelled"),
    ("es", "La firma ya no está interesada en el centro de datos.", "cancelled"),
    ("es", "La compañía dio marcha atrás en el centro de datos.", "cancelled"),
    ("es", "El proyecto del centro de datos quedó en nada.", "cancelled"),
    ("es", "La empresa se baja del centro de datos.", "cancelled"),
    ("ar", "لم تعد الشركة مهتمة بمركز البيانات.", "cancelled"),
    ("ar", "لن يكون هناك مركز بيانات في المدينة.", "cancelled"),
    ("ar", "صرفت الشركة النظر عن مركز البيانات.", "cancelled"),
    ("it", "La società ha rinunciato al data center.", "cancelled"),
    ("en", "The data centre is not going to happen, the mayor said.", "cancelled"),
    ("en", "Google shelved the data center for good.", "cancelled"),
    # announced
    ("en", "No such contract has been signed for the data center.", "announced"),
    ("en", "None of the permits for the data center has been granted.", "announced"),
    ("en", "The data center has neither been approved nor financed.", "announced"),
    ("en", "Nothing has been signed for the data center.", "announced"),
    ("en", "Neither side has signed anything for the data center.", "announced"),
    ("es", "Ningún contrato se ha firmado para el centro de datos.", "announced"),
    ("es", "Nada se ha firmado para el centro de datos.", "announced"),
    ("de", "Kein Vertrag ist für das Rechenzentrum unterzeichnet.", "announced"),
    ("en", "When it goes live in 2027, the data centre will be the largest.", "announced"),
    ("ar", "تبدأ أعمال بناء مركز البيانات في مارس المقبل.", "announced"),
]


@pytest.mark.parametrize(("language", "text", "status"), STATES)
def test_state(read: Read, language: str, text: str, status: str) -> None:
    assert values(read(text, language=language), "status") == [status]


DOUBTS = [
    ("fr", "Les riverains du data center se demandent qui paiera la facture.", True),
    ("fr", "Deux analystes ne croient guère au calendrier du data center.", True),
    ("fr", "Reste à savoir avec quel argent le data center sera bâti.", True),
    ("fr", "Le promoteur du data center n'a pas dit comment il trouverait les fonds.", True),
    ("fr", "Plusieurs banquiers jugent le plan de financement du data center fantaisiste.", True),
    ("fr", "L'économiste parle d'un miroir aux alouettes à propos du data center.", True),
    ("fr", "Aucun bailleur ne s'est manifesté pour le data center.", True),
    ("fr", "Le sérieux de l'entreprise qui porte le data center est mis en cause.", True),
    ("fr", "Le data center reste un vœu pieux, selon l'opposition.", True),
    ("fr", "Personne ne doute du succès du data center.", False),
    ("fr", "Les élus s'opposent au data center à cause de l'eau.", False),
    ("fr", "Le ministre ne doute pas que le data center ouvrira.", False),
    ("fr", "Le data center créera 40 emplois.", False),
    ("en", "Few in the industry expect the data center to be built.", True),
    ("en", "Analysts are less certain about the data center.", True),
    ("en", "The data center exists only on paper, critics say.", True),
    ("en", "Bankers have given the data center a wide berth and call the numbers fanciful.", True),
    ("en", "It is anyone's guess where the power for the data center will come from.", True),
    ("en", "Industry observers take the data center plan with a grain of salt.", True),
    ("en", "Whether the data center will ever be built is an open question.", True),
    ("en", "The consultant called the data center's timetable wishful thinking.", True),
    ("en", "Where the tenants for the data center should come from was a mystery to him.", True),
    ("en", "The auditors voiced concern about the developer's finances behind the data center.", True),
    ("en", "Nobody doubts that the data center will open.", False),
    ("en", "Residents are against the data center because of noise.", False),
    ("en", "The mayor has no doubts about the data center.", False),
    ("en", "Experts answered questions from the public about the data center.", False),
    ("es", "Nadie se explica de dónde saldrá la energía del centro de datos.", True),
    ("es", "El plan del centro de datos suena a ciencia ficción, dice un ingeniero.", True),
    ("es", "Falta saber quién financiará el centro de datos.", True),
    ("es", "Los expertos creen poco probable que el centro de datos abra en 2027.", True),
    ("es", "La empresa del centro de datos no ha demostrado tener fondos.", True),
    ("es", "El sector duda de que el centro de datos se construya.", True),
    ("es", "Las cifras del centro de datos no cuadran, según un consultor.", True),
    ("es", "El proyecto del centro de datos es papel mojado, opinan en el sector.", True),
    ("en", "Not everyone takes the data center plan at face value.", True),
    ("en", "The developer of the data center has never finished a project of the kind.", True),
    ("fr", "Mais où est donc passé le data center national ?", True),
    ("fr", "L'ouvrage n'a jamais fait l'objet d'une étude sérieuse, dit-il du data center.", True),
    ("es", "El promotor del centro de datos nunca ha terminado un edificio.", True),
    ("ar", "لا أحد يأخذ مركز البيانات على محمل الجد.", True),
    ("es", "Nadie duda de que el centro de datos abrirá.", False),
    ("es", "Los ecologistas rechazan el centro de datos por el agua.", False),
    ("ar", "يستبعد محللون أن يكتمل مركز البيانات في موعده.", True),
    ("ar", "يرى خبراء أن الجدول الزمني لمركز البيانات طموح جدا وصعب التحقيق.", True),
    ("ar", "تساءل نواب عن مصدر أموال مركز البيانات.", True),
    ("ar", "لا أحد يعرف من سيمول مركز البيانات.", True),
    ("ar", "قلل محللون من فرص إنجاز مركز البيانات.", True),
    ("ar", "تبقى قدرة الشركة على تمويل مركز البيانات محل شك.", True),
    ("ar", "وصف خبير أرقام مركز البيانات بأنها خيالية.", True),
    ("ar", "يعارض السكان مركز البيانات بسبب المياه.", False),
    ("ar", "لا يشك الوزير في نجاح مركز البيانات.", False),
    ("de", "Fachleute bezweifeln, dass das Rechenzentrum je gebaut wird.", True),
    ("pt", "Analistas duvidam que o data center saia do papel.", True),
    ("it", "Gli esperti sono scettici sul data center.", True),
    ("nl", "Kenners plaatsen vraagtekens bij het datacenter.", True),
]


@pytest.mark.parametrize(("language", "text", "doubted"), DOUBTS)
def test_doubt(read: Read, language: str, text: str, doubted: bool) -> None:
    assert bool(values(read(text, language=language), "doubt")) is doubted


AWARDS = [
    ("fr", "La ville prévoit un data center à Dax.", "Le marché des travaux a été attribué au groupe Halvor."),
    ("en", "The firm plans a data center in Leeds.", "It has awarded the general contract to Hoskin."),
    ("es", "La empresa proyecta un centro de datos en Soria.", "Techova ganó la licitación del movimiento de suelos."),
]


@pytest.mark.parametrize(("language", "lead", "award"), AWARDS)
def test_an_award_is_an_agreement_where_the_lead_tells_it(read: Read, language: str, lead: str, award: str) -> None:
    assert values(read(f"{lead}\n\nA.\n\n{award}", language=language), "status") == ["announced"]
    assert values(read(f"{award} {lead}", language=language), "status") == ["agreement"]


def test_a_contract_taken_from_the_builder_cancels_nothing(read: Read) -> None:
    text = "وجهت الحكومة بسحب العمل من الشركة المنفذة لمركز البيانات بعدما توقف عند 31 بالمئة."
    assert values(read(text, language="ar"), "status") == ["suspended"]


def test_an_aside_stands_between_an_act_and_its_thing(read: Read) -> None:
    assert values(read("انطلقت، الاثنين، أعمال بناء مركز بيانات في حمص.", language="ar"), "status") == ["under_construction"]


BESIDE = [
    ("en", ("Norrland Compute wants to build a data center in Sundsvall. The company opened an office in the town "
     "in May and signed a power contract with Statkraft."), "announced"),
    ("en", ("The planned data center in Cork needs a permit. The regulator approved a similar one in Dublin last "
     "month."), "announced"),
    ("en", ("STACK's new data center in Milan is in business: the first of its halls has been in use since June. "
     "A second one will follow."), "operational"),
    ("en", "Doncaster's planners said yes to a data center on a former colliery. Work has not started.", "approved"),
    ("en", ("There is no longer a plan for a data center at Wivelsfield: the owner of the land has sold it for "
     "housing and the developer bowed out."), "cancelled"),
    ("en", ("Tunisia and Qatar put their names to an accord for a data center in Sfax. Parliament has yet to "
     "approve it."), "agreement"),
    ("en", "Togo's president pressed the button: the data center in Lomé is running. It was built in two years.", "operational"),
    ("fr", ("La start-up Hydrae rêve d'un data center à Brest. Elle a levé 3 millions et signé un bail pour ses "
     "bureaux."), "announced"),
    ("fr", ("Un data center est à l'étude à Saint-Louis. Dans la région voisine, celui de Diamniadio a été "
     "inauguré en 2021."), "announced"),
    ("fr", "À Ouagadougou, le data center national est réalisé à 70 %. Les équipements sont attendus en juin.", "under_construction"),
    ("fr", ("Le data center de Cholet divise. Le maire, qui avait signé le permis d'un entrepôt l'an dernier, "
     "attend l'étude d'impact."), "announced"),
    ("es", ("El centro de datos de Mérida espera la licencia. La junta aprobó en mayo la ley que facilita estos "
     "proyectos."), "announced"),
    ("ar", "تعتزم شركة سعودية بناء مركز بيانات في تبوك. وكانت قد افتتحت مكتبا لها في الرياض العام الماضي.", "announced"),
    ("ar", "قطعت أشغال مركز البيانات في قسنطينة شوطا كبيرا، حسب الوالي. وسيسلم نهاية السنة.", "under_construction"),
    ("ar", "بات مركز البيانات في نواكشوط جاهزا ويستضيف منصات الحكومة. وقد كلف 15 مليون دولار.", "operational"),
    ("ar", "يدرس المغرب إقامة مركز بيانات في العيون. ويوجد مركز آخر قيد الإنشاء في الداخلة.", "announced"),
]


@pytest.mark.parametrize(("language", "text", "status"), BESIDE)
def test_the_state_is_of_the_project(read: Read, language: str, text: str, status: str) -> None:
    assert values(read(text, language=language), "status") == [status]


SHARES = [
    ("fr", "Le data center de Kribi est réalisé à 70 %.", "under_construction"),
    ("en", "The data center in Leeds is 60% complete.", "under_construction"),
    ("es", "Las obras del centro de datos de Soria van al 45 por ciento, ya terminado el techo.", "under_construction"),
    ("ar", "أنجز 60 في المائة من مركز البيانات.", "under_construction"),
    ("fr", "Le data center de Kribi est achevé à 100 %.", "operational"),
]


@pytest.mark.parametrize(("language", "text", "status"), SHARES)
def test_a_share_that_is_done(read: Read, language: str, text: str, status: str) -> None:
    assert values(read(text, language=language), "status") == [status]
