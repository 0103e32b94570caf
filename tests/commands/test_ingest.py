"""One folder of everything that users have: good pages, bad lines, empty files; and what can be asked afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Ran, run_marsad

FRENCH = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Data center de Larache | Le Phare</title>
<meta property="og:site_name" content="Le Phare"><link rel="canonical" href="https://lephare.example/2026/larache">
<meta property="article:published_time" content="2026-10-02T09:00:00+01:00"></head><body><nav>Accueil Sport</nav>
<article><h1>Larache aura un data center de 45 MW</h1>
<p>La société marocaine Ribat Compute a annoncé jeudi la construction à Larache, au nord du Maroc, d'un data center
d'une capacité de 45 MW, pour un investissement de 1,2 milliard de dirhams.</p>
<p>Les travaux du centre de données doivent démarrer au premier trimestre 2027 et la mise en service est prévue en
2028, a précisé le directeur général de Ribat Compute devant la presse.</p>
<p>Le site sera alimenté par l'énergie éolienne produite dans la région, selon la même source.</p></article></body></html>"""
ARABIC = {"url": "https://alminara.example/a/7", "title": "مركز بيانات بالعرائش بقدرة 45 ميغاواط", "published": "2026-10-03",
          "outlet": "المنارة", "text": "أعلنت شركة رباط كومبيوت المغربية عن إنشاء مركز للبيانات بمدينة العرائش شمال المغرب بقدرة "
          "45 ميغاواط، باستثمار يبلغ 1.2 مليار درهم.\n\nومن المرتقب أن تنطلق أشغال مركز البيانات خلال الربع الأول من سنة 2027، "
          "على أن يدخل حيز الخدمة سنة 2028."}
FOOTBALL = {"url": "https://lephare.example/sport/1", "title": "Le derby se joue samedi", "text":
            "Le derby de la ville se jouera samedi au stade municipal devant un public nombreux. Les deux équipes sont prêtes "
            "et l'entraîneur a convoqué vingt joueurs pour cette rencontre attendue par tous les supporters."}


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    top = tmp_path_factory.mktemp("ingest")
    folder = top / "in"
    (folder / "deeper").mkdir(parents=True)
    (folder / "page.html").write_text(FRENCH, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"PK")
    (folder / "deeper" / "lines.jsonl").write_text("\n".join([
        json.dumps(ARABIC, ensure_ascii=False), "{broken", json.dumps(FOOTBALL), '["a list"]', '{"url": "https://x.example/"}',
        '{"url": 5, "text": "x"}', ""]), encoding="utf-8")
    (folder / "deeper" / "latin.jsonl").write_bytes('{"url": "https://x.example/é"}'.encode("latin-1"))
    return top, run_marsad("ingest", "in", "--json", cwd=top)


def query(top: Path, sql: str) -> list[dict[str, object]]:
    ran = run_marsad("sql", sql, "--format", "json", cwd=top)
    assert ran.code == 0, ran.err
    return list(json.loads(ran.out))


def test_what_is_good_is_stored_and_every_problem_is_named(ingested: tuple[Path, Ran]) -> None:
    _, ran = ingested
    assert ran.code == 0, ran.err
    summary = json.loads(ran.out)
    assert summary["outcomes"] == {"matched": 2, "off_topic": 1}
    assert summary["adds_up"] is True
    problems = "\n".join(summary["problems"])
    assert len(summary["problems"]) == 6
    for expected in ("empty.txt: the file is empty", "lines.jsonl, line 2: not valid JSON", "lines.jsonl, line 4: expected an object",
                     "line 5: holds neither `html` nor `text`", "line 6: `url` is no text", "latin.jsonl, line 1: not UTF-8 at byte"):
        assert expected in problems


def test_two_languages_are_one_project(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    (project,) = query(top, "SELECT * FROM projects")
    assert project["country"] == "MA"
    assert project["city"] == "Larache"
    assert project["capacity_mw"] == 45
    assert project["investment_amount"] == 1.2e9
    assert project["investment_currency"] == "MAD"
    assert project["languages"] == "ar,fr"
    assert project["article_count"] == 2


def test_every_quote_stands_in_its_article(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    rows = query(top, "SELECT c.quote, substr(a.text, c.quote_start + 1, c.quote_end - c.quote_start) AS there "
                      "FROM claims c JOIN articles a ON a.id = c.article_id")
    assert len(rows) >= 8
    assert all(row["quote"] == row["there"] for row in rows)


def test_articles_keep_what_was_given(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    rows = {row["url"]: row for row in query(top, "SELECT * FROM articles")}
    page = next(row for url, row in rows.items() if str(url).endswith("/in/page.html"))
    assert str(page["url"]).startswith("file:///")
    assert page["title"] == "Larache aura un data center de 45 MW"
    assert page["outlet"] == "Le Phare"
    assert str(page["published_at"]).startswith("2026-10-02")
    arabic = rows["https://alminara.example/a/7"]
    assert arabic["language"] == "ar"
    assert arabic["published_at"] == "2026-10-03"


def test_a_second_ingest_adds_nothing(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    before = query(top, "SELECT * FROM claims ORDER BY id"), query(top, "SELECT * FROM projects")
    ran = run_marsad("ingest", "in", "--json", cwd=top)
    assert json.loads(ran.out)["articles_new"] == 0
    after = query(top, "SELECT * FROM claims ORDER BY id"), query(top, "SELECT * FROM projects")
    assert [len(rows) for rows in after] == [len(rows) for rows in before]
    assert after[1] == before[1]


def test_search_folds_accents_and_arabic_forms(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    for words, outlet in (("centre de donnees larache", "Le Phare"), ("مركز البيانات العرائش", "المنارة")):
        ran = run_marsad("search", *words.split(), "--json", cwd=top)
        assert [row["outlet"] for row in json.loads(ran.out)] == [outlet], ran.err


def test_the_dossier_quotes(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    (row,) = query(top, "SELECT slug FROM projects")
    ran = run_marsad("projects", str(row["slug"]), "--json", cwd=top)
    dossier = json.loads(ran.out)
    assert {claim["kind"] for claim in dossier["claims"]} >= {"capacity", "investment", "city", "country", "milestone"}
    assert len(dossier["articles"]) == 2
    shown = run_marsad("projects", str(row["slug"]), cwd=top)
    assert "Timeline" in shown.out
    assert "45 MW" in shown.out


def test_explain_says_why_a_page_was_kept_and_why_another_was_not(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    kept = run_marsad("explain", "https://alminara.example/a/7", cwd=top)
    assert kept.code == 0, kept.err
    assert "matched" in kept.out
    assert "project " in kept.out
    left_out = run_marsad("explain", FOOTBALL["url"], cwd=top)
    assert left_out.code == 0, left_out.err
    assert "off topic" in left_out.out
    by_file = run_marsad("explain", "in/page.html", cwd=top)
    assert "Evidence" in by_file.out


def test_reprocess_needs_no_network_and_changes_nothing(ingested: tuple[Path, Ran]) -> None:
    top, _ = ingested
    question = ("SELECT a.canonical_url, p.slug, c.kind, c.value_number, c.value_text, c.stage, c.quote FROM claims c "
                "JOIN articles a ON a.id = c.article_id JOIN projects p ON p.id = c.project_id ORDER BY 1, 2, 3, 4, 5, 6, 7")
    before = query(top, question)
    ran = run_marsad("reprocess", "--json", cwd=top)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["outcomes"] == {"matched": 2, "off_topic": 1}
    assert query(top, question) == before


def test_missing_paths_are_wrong_usage_and_the_good_ones_are_stored(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FRENCH, encoding="utf-8")
    ran = run_marsad("ingest", "nowhere.html", "page.html", "--json", cwd=tmp_path)
    assert ran.code == 2
    assert "nowhere.html" in ran.err
    assert query(tmp_path, "SELECT count(*) AS n FROM articles") == [{"n": 1}]


def test_nothing_good_at_all_is_exit_code_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    ran = run_marsad("ingest", "a.txt", cwd=tmp_path)
    assert ran.code == 1
    assert "the file is empty" in ran.err


def test_all_stores_what_does_not_match(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(FOOTBALL), encoding="utf-8")
    assert run_marsad("ingest", "--all", "lines.jsonl", cwd=tmp_path).code == 0
    assert query(tmp_path, "SELECT count(*) AS n FROM articles") == [{"n": 1}]
    assert query(tmp_path, "SELECT count(*) AS n FROM projects") == [{"n": 0}]
