"""Invented stories in four languages and the ways a text changes on its way from outlet to outlet."""

from __future__ import annotations

import random

FRENCH = """\
L'opérateur Sahel Numérique a posé lundi la première pierre d'un centre de données de 48 MW dans la zone franche de Kerouane, en présence du gouverneur de la province et de plusieurs élus.
Le bâtiment, étalé sur douze hectares, doit accueillir ses premiers serveurs à la fin de l'année prochaine. L'investissement atteint 210 millions d'euros, dont un tiers apporté par une banque régionale.
Selon la directrice du projet, Mariam Tounkara, l'électricité viendra d'un parc éolien voisin. « Nous voulons que les entreprises d'ici hébergent leurs données ici », a-t-elle déclaré devant la presse.
Une deuxième tranche est à l'étude, mais aucune date n'a été avancée. Les syndicats demandent que la moitié des emplois revienne aux habitants de la commune.
L'eau de refroidissement, sujet sensible dans cette vallée sèche, sera recyclée en circuit fermé, promet le maître d'ouvrage."""

FRENCH_FOLLOW_UP = """\
Trois mois après la pose de la première pierre, le chantier du centre de données de Kerouane est à l'arrêt. Les engins ont quitté le site vendredi, ont constaté nos journalistes sur place.
D'après deux sous-traitants, une facture de terrassement reste impayée depuis septembre. L'entreprise parle d'une pause technique et annonce une reprise au printemps.
Le maire, qui avait défendu le dossier contre une partie de son conseil, se dit surpris. Il a demandé une réunion d'urgence avec l'aménageur et le préfet.
L'opérateur Sahel Numérique a posé la première pierre d'un centre de données de 48 MW dans la zone franche de Kerouane, en présence du gouverneur de la province et de plusieurs élus.
Le bâtiment, étalé sur douze hectares, doit accueillir ses premiers serveurs à la fin de l'année prochaine. L'investissement atteint 210 millions d'euros, dont un tiers apporté par une banque régionale."""

ENGLISH = """\
Northgate Compute has filed plans for a 150 MW data center on the site of a closed paper mill outside Harlow Bend, according to documents published by the county on Tuesday.
The company wants to start work next spring and to switch on a first hall of 20 MW within two years. It puts the cost of the whole campus at $1.2 billion.
Residents packed a hearing last week to ask about noise and the draw on the river. A spokesman, Peter Oduya, answered that cooling would be closed-loop and that backup engines would run for tests only.
The mill shut in 2019 with the loss of four hundred jobs. County commissioners are to vote on the rezoning in February, after a study of traffic on the only road to the site.
A utility has agreed to bring a new line to the gate by the end of the decade."""

SPANISH = """\
La empresa Cumbre Datos levantará en Valdehierro un centro de datos de 60 MW que alimentará con una planta solar propia, según confirmó ayer el alcalde tras reunirse con sus responsables.
Las obras empezarán en otoño y durarán dieciocho meses. La inversión prevista supera los 320 millones de euros y el ayuntamiento ha cedido treinta hectáreas junto a la estación.
La oposición reclama conocer el consumo de agua antes de votar la licencia. La compañía asegura que usará refrigeración por aire y que publicará las mediciones cada trimestre.
El proyecto creará unos noventa puestos fijos. La directora general, Lucía Armas, explicó que la línea de alta tensión ya tiene el visto bueno del operador.
Otros dos municipios de la comarca habían competido por la instalación."""

ARABIC = """\
أعلنت شركة سحاب الوادي يوم الخميس عن بناء مركز بيانات بقدرة 35 ميغاواط في المنطقة الصناعية بمدينة رأس النخيل، باستثمار يبلغ 140 مليون دولار على مرحلتين.
وقال المدير العام خالد المرزوقي إن الأشغال ستنطلق في الربع الأول من السنة المقبلة، وإن المرحلة الأولى ستوفر عشرة ميغاواط قبل نهاية العام الموالي.
وسيعتمد المركز على محطة شمسية قريبة لتغطية نصف حاجاته من الكهرباء، فيما يأتي النصف الآخر من الشبكة الوطنية وفق اتفاقية وقعت مع شركة التوزيع.
ورحبت جمعيات محلية بالمشروع لما يوفره من فرص شغل للشباب، لكنها طالبت بنشر دراسة التأثير على الفرشة المائية قبل منح الترخيص النهائي.
ويمتد الموقع على مساحة عشرين هكتارا بالقرب من الميناء الجديد."""

TEXTS = {"fr": FRENCH, "en": ENGLISH, "es": SPANISH, "ar": ARABIC}

TICKER = "\n".join(f"Le titre numéro {n} du bandeau parle de tout autre chose, de sport ou de météo" for n in range(40))


def cut(text: str, share: float) -> str:
    """The text without its last `share` of characters."""
    return text[:int(len(text) * (1 - share))]


def typos(text: str, share: float, seed: int) -> str:
    """Letters dropped here and there."""
    rng = random.Random(seed)
    return "".join(char for char in text if not (char.isalpha() and rng.random() < share))


def syndicated(text: str) -> str:
    """A header and a footer of an agency around it."""
    return f"KEROUANE, 3 mars (Agence)\n{text}\nReproduction autorisée avec mention de la source. Tous droits réservés."
