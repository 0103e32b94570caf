"""The language of bodies and headlines, ours and those that are not."""

from __future__ import annotations

import pytest

from crawler.reading.language import detect_language, language_code
from tests.reading.samples import ARABIC, ENGLISH, FRENCH, SPANISH

BODIES = {
    "fr": FRENCH[1], "ar": ARABIC[1], "en": ENGLISH[1], "es": SPANISH[1],
    "pt": "As obras devem começar na primavera, quando o operador confirmar a ligação à rede elétrica do novo centro.",
    "de": "Die Arbeiten sollen im Frühjahr beginnen, sobald der Netzbetreiber den Anschluss des Rechenzentrums bestätigt.",
    "it": "I lavori dovrebbero iniziare in primavera, quando il gestore avrà confermato l'allacciamento alla rete.",
    "nl": "De werkzaamheden beginnen in het voorjaar, zodra de netbeheerder de aansluiting heeft bevestigd.",
    "zh": "该项目预计明年春季开工，届时电网公司将确认接入方案。",
    "ja": "工事は電力会社が接続を確認した後、来年の春に始まる見通しだ。",
    "ko": "전력망 연결이 확인되면 내년 봄에 공사가 시작될 예정이라고 책임자는 말했다.",
    "fa": "کارهای ساخت مرکز داده در بهار آینده پس از تأیید اتصال به شبکه برق آغاز می‌شود.",
    "ur": "بجلی کے ادارے سے منظوری ملنے کے بعد تعمیر کا کام اگلی بہار میں شروع ہونے کی توقع ہے۔",
    # not ours: their own name, never the nearest of ours
    "ckb": "چاوەڕوان دەکرێت کارەکانی ناوەندەکە لە بەهاردا دەست پێبکات دوای ڕەزامەندی تۆڕی کارەبا.",
    "ca": "Les obres haurien de començar a la primavera, quan l'operador confirmi la connexió a la xarxa elèctrica.",
    "gl": "As obras deberían comezar na primavera, cando o operador confirme a conexión do centro á rede eléctrica da comarca.",
    "eu": "Lanak udaberrian hasi beharko lirateke, operadoreak sare elektrikorako konexioa berresten duenean.",
    "tr": "Çalışmaların, şebeke işletmecisinin bağlantıyı onaylamasının ardından ilkbaharda başlaması bekleniyor.",
    "ru": "Работы должны начаться весной, после того как сетевая компания подтвердит подключение.",
    "el": "Οι εργασίες αναμένεται να ξεκινήσουν την άνοιξη, μόλις επιβεβαιωθεί η σύνδεση.",
    "he": "העבודות צפויות להתחיל באביב לאחר אישור החיבור לרשת החשמל.",
    "hi": "बिजली कंपनी की मंज़ूरी के बाद निर्माण कार्य अगले वसंत में शुरू होने की उम्मीद है।",
    "zgh": "ⴰⴷ ⵙⵙⵏⵜⵉⵏ ⵉⵙⵡⵓⵔⵉⵜⵏ ⴳ ⵜⴼⵙⵓⵜ",
    "am": "ግንባታው በሚቀጥለው ጸደይ እንደሚጀመር ተነግሯል።",
    "sw": "Kazi inatarajiwa kuanza majira ya kuchipua baada ya kampuni ya umeme kuthibitisha muunganisho wa kituo hicho.",
}


@pytest.mark.parametrize(("code", "text"), BODIES.items())
def test_bodies(code: str, text: str) -> None:
    assert detect_language(text)[0] == code


@pytest.mark.parametrize(("code", "text"), [(code, BODIES[code]) for code in ("fr", "en", "es", "tr", "de")])
def test_capitals_are_lowered(code: str, text: str) -> None:
    assert detect_language(text.upper())[0] == code


def test_a_wrong_declaration_changes_no_body() -> None:
    for code, text in BODIES.items():
        assert detect_language(text * 2, ["fr"])[0] == code


def test_headlines_listen_to_the_page() -> None:
    assert detect_language("Data center à Nador : Atlas et Nvidia signent", ["fr-MA"])[0] == "fr"
    assert detect_language("DATA CENTER A NADOR : ATLAS ET NVIDIA SIGNENT", ["fr"])[0] == "fr"
    assert detect_language("Atlas opens R&D centre in Casablanca", ["en"])[0] == "en"
    assert detect_language("مركز بيانات Naver وNVIDIA بالمغرب 500 MW", ["fr"])[0] == "ar"


def test_arabic_with_moroccan_letters_stays_arabic() -> None:
    assert detect_language("افتتح بمدينة أكادير مركز جديد تابع لشركة ڤودافون وبحضور رئيس جماعة إنزگان ورجال الأعمال")[0] == "ar"


def test_nothing_to_read() -> None:
    assert detect_language("") == ("und", 0.0)
    assert detect_language("386 12 2026") == ("und", 0.0)
    assert detect_language("386", ["fr"])[0] == "fr"


def test_the_same_answer_every_time() -> None:
    texts = [*BODIES.values(), "Maroc: 500 MW", "Temara : un Datacenter en service"]
    first = [detect_language(text) for text in texts]
    assert all([detect_language(text) for text in texts] == first for _ in range(3))


@pytest.mark.parametrize(("declared", "code"), [
    ("fr-MA", "fr"), ("FR_fr", "fr"), ("ar", "ar"), ("zh-CN", "zh"), ("nb", "no"), ("french", None), ("", None), (None, None),
])
def test_declared_languages(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code
