from __future__ import annotations

import pytest

from crawler.outcomes import Outcome
from crawler.reading import pdf as module
from crawler.reading import read_page
from crawler.reading.document import Document, Hints, Page, Unreadable
from crawler.reading.pdf import is_pdf
from tests.reading.pdfs import pdf

URL = "https://regulateur.example/decision-12.pdf"
HEAD = "Autorité des installations - Décision 12/2026"
BODY = [
    ["Décision relative au centre de données de Safi", "",
     "Le collège de l'Autorité autorise la société Doukkala Données à construire un centre de",
     "données de 24 MW dans la zone industrielle de Safi. L'investissement déclaré s'élève à 900",
     "millions de dirhams et la mise en service est attendue au premier trimestre 2028."],
    ["Le raccordement au réseau haute tension fait l'objet d'une convention séparée, et l'infra-",
     "structure de refroidissement ne prélèvera pas d'eau potable sur le réseau communal."],
    ["La présente décision sera notifiée à la société et publiée au recueil des actes de l'Autorité."],
]


def read(body: bytes, hints: Hints | None = None) -> Document | Unreadable:
    return read_page(Page(URL, body, "application/pdf", hints or Hints()))


def made(**words: str) -> bytes:
    return pdf(*([HEAD, f"Page {number}", *lines] for number, lines in enumerate(BODY, 1)), **words)


def test_a_decision_is_read_without_letterhead() -> None:
    found = read(made(created="D:20260311080000Z"))
    assert isinstance(found, Document)
    assert (found.title, found.language, found.published, found.method) == (
        "Décision relative au centre de données de Safi", "fr", "2026-03-11", "pdf")
    assert HEAD not in found.text
    assert "Page" not in found.text
    assert "centre de données de 24 MW" in found.text
    assert "l'infrastructure de refroidissement" in found.text


@pytest.mark.parametrize(("title", "expected"), [
    ("Avis sur le centre de données de Safi", "Avis sur le centre de données de Safi"),
    ("Microsoft Word - avis_v3.docx", "Décision relative au centre de données de Safi"),
    ("avis-final.pdf", "Décision relative au centre de données de Safi"),
])
def test_titles_that_programs_leave_behind_are_none(title: str, expected: str) -> None:
    found = read(made(title=title))
    assert isinstance(found, Document)
    assert found.title == expected


def test_what_the_source_said_comes_first() -> None:
    found = read(made(title="Un autre titre du document", created="D:20260311080000Z"),
                 Hints(title="Safi : feu vert à 24 MW", published="2026-03-12"))
    assert isinstance(found, Document)
    assert (found.title, found.published) == ("Safi : feu vert à 24 MW", "2026-03-12")


@pytest.mark.parametrize(("body", "reason"), [
    (b"%PDF-1.7\n...", "cannot be read"), (made()[:400], "cannot be read"), (pdf([]), "pictures of text"),
    (made(password="x"), "password"), (b"%PDF-1.4\n" + b"[" * 20_000, "cannot be read"),
])
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    found = read(body)
    assert isinstance(found, Unreadable)
    assert (found.outcome, reason in found.reason) == (Outcome.READ_EMPTY, True), found.reason


def test_without_the_extra_it_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AVAILABLE", False)
    found = read(made())
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.REFUSED_TYPE
    assert "marsad[pdf]" in found.reason


def test_a_page_about_pdfs_is_a_page() -> None:
    assert not is_pdf(b"<html><p>%PDF-1.7 is how they begin")
    assert is_pdf(b"\r\n%PDF-1.4 ...")
