"""What the made pages say: stories and site furniture in four languages, all of it invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One story with what its pages print: the day in words, and the words of furniture around it."""

    language: str
    site: str
    title: str
    author: str
    by: str
    printed: str
    paragraphs: tuple[str, ...]
    also: str
    subscribe: str
    rights: str
    comments: str
    other: tuple[str, str]


STORIES = (
    Story("fr", "Le Courrier du Rif", "Nador : le port sec ouvrira ses portes au printemps", "Salma Idrissi", "Par", "le 7 mai 2026",
          ("Le port sec de Nador accueillera ses premiers camions au printemps prochain, a annoncé mardi la société qui l'exploite.",
           "Le chantier, ouvert il y a deux ans sur quarante hectares, emploie six cents personnes venues de toute la région.",
           "Les transporteurs attendent de ce site qu'il raccourcisse de moitié le passage des marchandises vers l'intérieur du pays.",
           "« Nous avons tenu les délais malgré les pluies de l'hiver », assure la directrice du chantier devant la presse."),
          "Lire aussi : La rocade de Berkane rouvre après trois semaines", "Abonnez-vous à notre newsletter pour ne rien manquer",
          "Tous droits réservés Le Courrier du Rif", "Commentaires",
          ("Le marché de gros change d'adresse", "Une école de voile voit le jour sur la lagune")),
    Story("ar", "بريد الأطلس", "ميناء جاف جديد يفتح أبوابه بالناظور في الربيع", "سلمى الإدريسي", "بقلم", "7 ماي 2026",
          ("يستقبل الميناء الجاف بالناظور أولى الشاحنات في الربيع المقبل، حسب ما أعلنته الشركة المكلفة بتدبيره يوم الثلاثاء.",
           "ويشغل الورش الذي انطلق قبل سنتين على مساحة أربعين هكتارا ست مئة شخص قدموا من مختلف أقاليم الجهة.",
           "وينتظر المهنيون أن يقلص الموقع إلى النصف مدة عبور البضائع نحو المدن الداخلية للمملكة.",
           "وقالت مديرة الورش أمام الصحافة إن الأشغال احترمت الآجال رغم الأمطار التي عرفها فصل الشتاء."),
          "اقرأ أيضا: إعادة فتح الطريق المداري ببركان بعد ثلاثة أسابيع", "اشترك في نشرتنا البريدية",
          "جميع الحقوق محفوظة بريد الأطلس", "تعليقات", ("سوق الجملة يغير عنوانه", "مدرسة للشراع ترى النور على ضفاف البحيرة")),
    Story("en", "The Harbour Post", "Dry port at Nador to open its gates in spring", "Omar Tazi", "By", "7 May 2026",
          ("The dry port at Nador will receive its first lorries next spring, the company that runs it announced on Tuesday.",
           "Work began two years ago on forty hectares and employs six hundred people from all over the region.",
           "Hauliers expect the site to halve the time that goods need on their way to the towns of the interior.",
           "\"We kept to our schedule in spite of a wet winter,\" the manager of the works told reporters at the gate."),
          "Read also: Ring road reopens after three weeks", "Sign up for our newsletter",
          "All rights reserved The Harbour Post", "Comments", ("Wholesale market moves house", "A sailing school opens on the lagoon")),
    Story("es", "El Faro del Norte", "El puerto seco de Nador abrirá sus puertas en primavera", "Lucía Serrano", "Por", "7 de mayo de 2026",
          ("El puerto seco de Nador recibirá los primeros camiones la próxima primavera, anunció el martes la empresa que lo gestiona.",
           "Las obras comenzaron hace dos años en cuarenta hectáreas y dan trabajo a seiscientas personas de toda la región.",
           "Los transportistas esperan que el recinto reduzca a la mitad el tiempo de paso de las mercancías hacia el interior.",
           "«Hemos cumplido los plazos a pesar de las lluvias del invierno», aseguró la directora de la obra ante la prensa."),
          "Lea también: La circunvalación reabre tras tres semanas", "Suscríbete a nuestra newsletter",
          "Todos los derechos reservados El Faro del Norte", "Comentarios",
          ("El mercado mayorista se muda", "Abre una escuela de vela en la laguna")),
)
