"""Text files as bad extractions leave them."""

from __future__ import annotations

from crawler.outcomes import Outcome
from crawler.reading import Document, Hints, Unreadable, read_text_file
from crawler.reading.textfile import is_ticker
from tests.reading.samples import ARABIC, ENGLISH, FRENCH, NOW, SPANISH

TICKER = "    ".join([
    "Barrages : les réserves remontent", "Le budget 2026 adopté en commission", "Rabat : un festival pour les jeunes",
    "Football : la sélection en stage", "Agadir : la pêche reprend", "After the floods, schools reopen", "Inundaciones en el norte",
])


def read(text: str, hints: Hints | None = None, encoding: str = "utf-8") -> Document:
    found = read_text_file("file:///data/story.txt", text.encode(encoding), hints, now=NOW)
    assert isinstance(found, Document), found
    return found


def test_title_then_paragraphs() -> None:
    found = read("Atlas Calcul veut bâtir à Nador\n\n" + "\n\n".join(FRENCH))
    assert found.title == "Atlas Calcul veut bâtir à Nador"
    assert found.text == "\n\n".join(FRENCH)
    assert (found.language, found.published, found.url) == ("fr", None, "file:///data/story.txt")


def test_an_aggregators_page_with_ticker_notes_and_origin() -> None:
    text = (f"{TICKER}    \n\n\nMerci d'avoir signalé!\nCette image sera automatiquement bloquée après plusieurs signalements.\n\n\n"
            "Atlas shows its plans in Nador\nPublié dans Le Courrier du Rif le 07 - 05 - 2024\n\n" + "\n".join(ENGLISH)
            + "\n\n\nCliquez ici pour lire l'article depuis sa source.")
    found = read(text)
    assert (found.title, found.outlet, found.published) == ("Atlas shows its plans in Nador", "Le Courrier du Rif", "2024-05-07")
    assert found.text == "\n\n".join(ENGLISH)
    assert found.language == "en"


def test_an_arabic_origin_line() -> None:
    found = read("أطلس تقدم مخططات مركز الناظور\nنشر في هسبريس يوم 16 نونبر 2025\n\n" + "\n".join(ARABIC))
    assert (found.title, found.outlet, found.published) == ("أطلس تقدم مخططات مركز الناظور", "Hespress", "2025-11-16")
    assert found.text == "\n\n".join(ARABIC)


def test_a_date_prefix_and_no_title() -> None:
    found = read(" date 2024-05 " + "\n\n".join(FRENCH))
    assert (found.title, found.published, found.text) == (None, "2024-05", "\n\n".join(FRENCH))
    assert read("date: 2025-11-16 " + "\n\n".join(SPANISH)).published == "2025-11-16"


def test_the_title_again_in_front_of_the_first_sentence() -> None:
    title = "Atlas Calcul et la province s'associent pour créer un centre de données à Nador"
    found = read(f"\n\n\n{title}\n\n{title} {FRENCH[0]} {FRENCH[1]}")
    assert found.title == title
    assert found.text == f"{FRENCH[0]} {FRENCH[1]}"


def test_a_paragraph_broken_in_mid_sentence() -> None:
    first = FRENCH[2] + " La capacité atteindra à terme cent vingt mégawatts"
    found = read(f"Un titre court\n\n{first}\n\n\n\n(120 MW). Le reste suivra.\n\n{FRENCH[1]}")
    assert found.text == f"{first} (120 MW). Le reste suivra.\n\n{FRENCH[1]}"


def test_lines_wrapped_by_hand() -> None:
    wrapped = ("Atlas Compute on Thursday showed plans for a large\nsite in Nador, the first of its kind in the whole\n"
               "region, and said that work would begin in spring.\n\nCouncillors are still waiting for the impact study\n"
               "of the ministry, which is to say how much water\nthe site will need.")
    found = read(wrapped)
    assert found.title is None
    assert found.text.split("\n\n")[1].endswith("which is to say how much water the site will need.")
    assert "\n" not in found.text.split("\n\n")[0]


def test_a_desk_signs_behind_the_last_sentence() -> None:
    found = read("Un titre court\n\n" + " ".join(FRENCH) + " Le 08/05/2024 Rédaction de l'ACN Observatoire du Rif")
    assert found.published == "2024-05-08"
    assert found.outlet == "ACN Observatoire du Rif"
    assert found.text == " ".join(FRENCH)


def test_a_last_sentence_with_a_date_is_no_signature() -> None:
    closing = " La mise en service est prévue le 8 mai 2027 Atlas Calcul en a fait la promesse."
    assert read(" ".join(FRENCH) + closing).text.endswith("la promesse.")


def test_footers_in_four_languages() -> None:
    for texts, footer in ((FRENCH, "vous pourriez aussi aimer"), (FRENCH, "Laisser un commentaire"), (ARABIC, "اترك تعليقاً"),
                          (ENGLISH, "You may also like"), (SPANISH, "Deja un comentario")):
        found = read("Un titre\n\n" + "\n\n".join(texts) + f"\n\n{footer}\nUne autre histoire de la semaine\n\nEncore une autre")
        assert found.text == "\n\n".join(texts), footer


def test_read_also_lines_go() -> None:
    lines = [FRENCH[0], "Lire aussi : Le port de Nador s'agrandit", FRENCH[1], "» À lire également — Un autre sujet", FRENCH[2]]
    assert read("\n\n".join(lines)).text == "\n\n".join([FRENCH[0], FRENCH[1], FRENCH[2]])
    lines = [ARABIC[0], "اقرأ أيضاً: ميناء الناظور يتوسع", ARABIC[1], ARABIC[2]]
    assert read("\n\n".join(lines)).text == "\n\n".join(ARABIC[:3])


def test_a_byline_gives_author_and_day() -> None:
    found = read(f"Atlas Calcul veut bâtir à Nador\n\nPar Salma Idrissi, le 12 mai 2025\n\n{FRENCH[0]}\n\n{FRENCH[1]}")
    assert (found.authors, found.published, found.text) == (("Salma Idrissi",), "2025-05-12", f"{FRENCH[0]}\n\n{FRENCH[1]}")


def test_hints_hold_where_the_text_is_silent() -> None:
    hints = Hints(title="Titre du flux", published="2025-01-02", outlet="medias24", languages=("fr",))
    found = read("\n\n".join(FRENCH), hints)
    assert (found.title, found.published, found.outlet) == ("Titre du flux", "2025-01-02", "Médias24")
    assert read(" date 2024-05 " + FRENCH[0], hints).published == "2024-05"


def test_encodings_and_odd_characters() -> None:
    assert read("\n\n".join(ARABIC), encoding="cp1256").text == "\n\n".join(ARABIC)
    found = read("\ufeff" + FRENCH[0].replace("centre", "cen\u00adtre") + "\u200e\x00\x07\r\n\r\n" + FRENCH[1])
    assert found.text == f"{FRENCH[0]}\n\n{FRENCH[1]}"


def test_tickers() -> None:
    assert is_ticker(TICKER)
    assert is_ticker(" | ".join(f"Un titre de la semaine {number}" for number in range(8)))
    assert not is_ticker(" ".join(FRENCH))
    assert not is_ticker("    Une phrase en retrait, avec quelques   espaces de trop.")
    assert not is_ticker("Année   2023   2024")


def test_nothing_in_it() -> None:
    for data in (b"", b" \n\n\t", b"\x00\x00", TICKER.encode()):
        found = read_text_file("file:///x.txt", data)
        assert isinstance(found, Unreadable)
        assert found.outcome is Outcome.READ_EMPTY
    large = read_text_file("file:///x.txt", b"a" * 7_000_000)
    assert isinstance(large, Unreadable)
    assert large.outcome is Outcome.TOO_LARGE
