"""Hand-written: two phases of one campus (much the same words, other news), follow-ups that retell their background
word for word, and live pages before and after an update. (language, first text, second text) each."""

from __future__ import annotations

PHASES = [
    ("en", """\
Northgate Compute has energised the first phase of its Harlow Bend campus, a 20 MW hall that stands on the floor of the old paper mill.
The hall went live on Monday after four weeks of tests. Two tenants have signed, the company said, and the first racks are being rolled in this week.
Work on the cooling plant took longer than planned because the river pumps had to be replaced. The contractor paid a penalty for the delay.
The campus is planned to reach 150 MW at a cost of $1.2 billion. Cooling is closed-loop and the backup engines run for tests only.
A utility has agreed to bring a new line to the gate by the end of the decade.""", """\
Northgate Compute has broken ground on the second phase of its Harlow Bend campus, two halls of 35 MW each beside the one that opened last autumn.
Steel will rise from April and the first of the new halls is to be handed over within eighteen months, project manager Dana Whitlock told reporters.
A bank syndicate led by Prairie Mutual lends $410 million for the phase. Around 300 people will work on the site at the peak, and the county has widened the access road.
The campus is planned to reach 150 MW at a cost of $1.2 billion. Cooling is closed-loop and the backup engines run for tests only.
A utility has agreed to bring a new line to the gate by the end of the decade."""),
    ("fr", """\
Sahel Numérique a mis en service la première tranche de son centre de données de Kerouane, soit 12 MW sur les 48 prévus.
Les premiers clients, une banque et deux administrations, y transfèrent leurs serveurs depuis mercredi. L'inauguration officielle aura lieu le mois prochain en présence du gouverneur.
La tranche a coûté 61 millions d'euros. Elle emploie déjà quarante techniciens, pour la plupart formés à l'école professionnelle de la ville.
Le bâtiment, étalé sur douze hectares, est alimenté par un parc éolien voisin. L'eau de refroidissement est recyclée en circuit fermé.""", """\
Le conseil de Sahel Numérique a approuvé vendredi la deuxième tranche de son centre de données de Kerouane, 18 MW qui s'ajouteront aux douze déjà en service.
Le chantier démarrera au printemps et doit durer quatorze mois, a précisé la directrice générale devant les actionnaires. Trois entreprises sont encore en lice pour le gros œuvre.
Le financement, 84 millions d'euros, vient pour moitié d'une banque de développement. Les riverains ont obtenu un mur antibruit le long de la route du nord.
Le bâtiment, étalé sur douze hectares, est alimenté par un parc éolien voisin. L'eau de refroidissement est recyclée en circuit fermé."""),
    ("es", """\
Cumbre Datos ha puesto en marcha la primera fase de su centro de datos de Valdehierro, con 15 MW de los 60 previstos.
La instalación recibió ayer a sus dos primeros clientes, una aseguradora y una universidad pública. El alcalde cortó la cinta ante unos cien invitados.
Levantar la fase ha costado 82 millones de euros y ha ocupado a doscientas personas durante un año y medio.
El complejo ocupa treinta hectáreas junto a la estación y se alimenta de una planta solar propia. La refrigeración es por aire.""", """\
Cumbre Datos pide permiso para la segunda fase de su centro de datos de Valdehierro: otros 25 MW que duplicarían con creces la potencia actual.
La solicitud entró el martes en el registro municipal. El pleno la votará en junio, cuando haya terminado el plazo de alegaciones abierto por los ecologistas.
La compañía calcula un gasto de 130 millones de euros y promete que la nueva nave quedará oculta tras una franja de árboles.
El complejo ocupa treinta hectáreas junto a la estación y se alimenta de una planta solar propia. La refrigeración es por aire."""),
    ("ar", """\
دشنت شركة سحاب الوادي صباح الأحد المرحلة الأولى من مركز بيانات رأس النخيل بقدرة عشرة ميغاواط.
وقال المدير التقني للمركز إن أول الزبائن بنك محلي وشركة اتصالات، وإن نقل الخوادم سيستغرق ثلاثة أسابيع.
وكلفت المرحلة أربعين مليون دولار وشغلت نحو مئتي عامل، وقد تأخر تسليمها شهرين بسبب وصول المولدات متأخرة.
ويمتد الموقع على مساحة عشرين هكتارا بالقرب من الميناء الجديد، وتغطي محطة شمسية قريبة نصف حاجاته من الكهرباء.""", """\
وقعت شركة سحاب الوادي أمس عقد بناء المرحلة الثانية من مركز بيانات رأس النخيل مع تجمع من ثلاث مقاولات.
وستضيف المرحلة خمسة وعشرين ميغاواط على أن تسلم القاعات في نهاية السنة بعد المقبلة، بحسب ما جاء في بلاغ للشركة.
ويمول القرض الجديد بنك للتنمية بقيمة مئة مليون دولار، فيما طالب مجلس المدينة بممر إضافي للشاحنات بعيدا عن الحي السكني.
ويمتد الموقع على مساحة عشرين هكتارا بالقرب من الميناء الجديد، وتغطي محطة شمسية قريبة نصف حاجاته من الكهرباء."""),
]

FOLLOW_UPS = [
    ("en", """\
Northgate Compute has filed plans for a 150 MW data center on the site of a closed paper mill outside Harlow Bend, according to documents published by the county on Tuesday.
The company wants to start work next spring and to switch on a first hall of 20 MW within two years. It puts the cost of the whole campus at $1.2 billion.
Residents packed a hearing last week to ask about noise and the draw on the river. A spokesman, Peter Oduya, answered that cooling would be closed-loop and that backup engines would run for tests only.
The mill shut in 2019 with the loss of four hundred jobs.""", """\
County commissioners voted six to one on Thursday night to rezone the mill site, clearing the last local hurdle for the campus that Harlow Bend has argued about since autumn.
The one vote against came from Ruth Salter, who said that the traffic study had been rushed. Her motion to wait for the state's water permit found no second.
Northgate Compute has filed plans for a 150 MW data center on the site of a closed paper mill outside Harlow Bend.
The company wants to start work next spring and to switch on a first hall of 20 MW within two years. It puts the cost of the whole campus at $1.2 billion.
The mill shut in 2019 with the loss of four hundred jobs."""),
    ("es", """\
La empresa Cumbre Datos levantará en Valdehierro un centro de datos de 60 MW que alimentará con una planta solar propia, según confirmó ayer el alcalde tras reunirse con sus responsables.
Las obras empezarán en otoño y durarán dieciocho meses. La inversión prevista supera los 320 millones de euros y el ayuntamiento ha cedido treinta hectáreas junto a la estación.
El proyecto creará unos noventa puestos fijos.""", """\
Un juzgado ha suspendido de forma cautelar la licencia del centro de datos de Valdehierro mientras estudia el recurso de una asociación de regantes.
La jueza aprecia dudas sobre el cálculo del agua. El ayuntamiento anunció esta mañana que recurrirá y que las obras, que debían empezar el lunes, quedan paradas.
Cumbre Datos levantará en Valdehierro un centro de datos de 60 MW que alimentará con una planta solar propia.
Las obras durarán dieciocho meses. La inversión prevista supera los 320 millones de euros y el ayuntamiento ha cedido treinta hectáreas junto a la estación.
El proyecto creará unos noventa puestos fijos."""),
    ("ar", """\
أعلنت شركة سحاب الوادي يوم الخميس عن بناء مركز بيانات بقدرة 35 ميغاواط في المنطقة الصناعية بمدينة رأس النخيل، باستثمار يبلغ 140 مليون دولار على مرحلتين.
وقال المدير العام خالد المرزوقي إن الأشغال ستنطلق في الربع الأول من السنة المقبلة، وإن المرحلة الأولى ستوفر عشرة ميغاواط قبل نهاية العام الموالي.
ويمتد الموقع على مساحة عشرين هكتارا بالقرب من الميناء الجديد.""", """\
حصلت شركة سحاب الوادي على الترخيص البيئي لمركزها في رأس النخيل بعد أن عدلت طريقة التبريد استجابة لملاحظات لجنة المياه.
وكانت اللجنة قد أجلت رأيها مرتين خلال الصيف، قبل أن تصادق عليه بالإجماع في جلسة يوم الثلاثاء الماضي.
وأعلنت الشركة عن بناء مركز بيانات بقدرة 35 ميغاواط في المنطقة الصناعية بمدينة رأس النخيل، باستثمار يبلغ 140 مليون دولار على مرحلتين.
وقال المدير العام خالد المرزوقي إن المرحلة الأولى ستوفر عشرة ميغاواط قبل نهاية العام الموالي.
ويمتد الموقع على مساحة عشرين هكتارا بالقرب من الميناء الجديد."""),
]

UPDATES = {
    "en": "Update, 16:40: the sheriff's office has closed the northern access road until tomorrow. Engineers are checking "
          "a transformer that tripped shortly after noon, and the company says that no customer was affected.",
    "fr": "Mise à jour, 17 h 20 : le préfet vient de quitter les lieux sans faire de déclaration. Une réunion avec les élus "
          "est prévue demain matin, et les engins resteront à l'arrêt jusque-là, nous dit un contremaître.",
    "es": "Actualización, 18:05: la delegada del Gobierno acaba de llegar al recinto y se ha reunido con los vecinos. La "
          "empresa difundirá un comunicado esta noche, según ha adelantado su portavoz a este diario.",
    "ar": "تحديث الساعة الخامسة مساء: غادر الوالي المكان قبل قليل دون الإدلاء بتصريح، ومن المقرر أن تعقد الشركة ندوة "
          "صحافية صباح الغد لتقديم تفاصيل إضافية حول ما جرى، بحسب مصدر من داخلها.",
}
