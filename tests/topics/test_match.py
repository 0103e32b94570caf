"""Verdicts of the default topic on short texts of every kind, and the reasons it gives."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml

from crawler.topics import Evidence, Match, Topic
from tests.effort import within

STORIES = yaml.safe_load((Path(__file__).parent / "stories.yml").read_text(encoding="utf-8"))
PROJECTS = {name: (story["title"], story["text"]) for name, story in STORIES["projects"].items()}
OTHERS = {name: (story["title"], story["text"]) for name, story in STORIES["others"].items()}


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in PROJECTS.items()], ids=PROJECTS)
def test_stories_of_projects_match(topic: Topic, language: str, title: str, text: str) -> None:
    match = topic.match(title, text, language)
    assert match.matched, match.why
    assert topic.prefilter(f"<title>{title}</title><p>{text}</p>".encode())


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in PROJECTS.items()], ids=PROJECTS)
def test_they_match_without_a_title_and_with_a_bit_of_furniture(topic: Topic, language: str, title: str, text: str) -> None:
    match = topic.match(None, f"{title}. {text}\n\nFacebook\n\nTwitter\n\nWhatsApp", language)
    assert match.matched, match.why


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in OTHERS.items()], ids=OTHERS)
def test_other_stories_do_not(topic: Topic, language: str, title: str, text: str) -> None:
    match = topic.match(title, text, language)
    assert not match.matched, match.why


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in OTHERS.items()], ids=OTHERS)
def test_a_page_that_is_left_out_says_which_printed_words_speak_against_it(topic: Topic, language: str, title: str,
                                                                           text: str) -> None:
    match = topic.match(title, text, language)
    assert not match.terms or any(r.weight < 0 and r.words and r.words in match.why for r in match.evidence), match.why


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in {**PROJECTS, **OTHERS}.items()])
def test_the_reasons_point_at_printed_words_and_add_up(topic: Topic, language: str, title: str, text: str) -> None:
    match = topic.match(title, text, language)
    for reason in match.evidence:
        printed = title if reason.where == "title" else text
        if reason.start >= 0:
            assert reason.words == printed[reason.start:reason.end] != ""
        else:
            assert (reason.start, reason.end, reason.words) == (-1, -1, "")
    if match.terms:
        assert score_of(match) == pytest.approx(match.score)
        assert all(term in title + text for term in match.terms)


def score_of(match: Match) -> float:
    from crawler.topics.topic import logistic

    return logistic(sum(reason.weight for reason in match.evidence))


@pytest.mark.parametrize(("status", "language", "sentence", "words"), [
    ("announced", "fr", "Elle annonce un data center", "annonce"),
    ("agreement", "ar", "وقعت الشركة مذكرة تفاهم لبناء مركز بيانات", "مذكرة تفاهم"),
    ("approved", "en", "Planning permission was granted for the data center", "Planning permission"),
    ("tender", "fr", "Un appel d'offres pour le data center est lancé", "appel d'offres"),
    ("under_construction", "es", "Primera piedra del centro de datos", "Primera piedra"),
    ("operational", "ar", "تدشين مركز البيانات", "تدشين"),
    ("finance", "en", "A loan pays for the data center", "loan"),
    ("suspended", "fr", "Le data center est en pause", "en pause"),
    ("cancelled", "en", "The data center is scrapped", "scrapped"),
    ("doubted", "es", "Dudas sobre el centro de datos", "Dudas"),
])
def test_events_beside_a_term_are_seen(topic: Topic, status: str, language: str, sentence: str, words: str) -> None:
    match = topic.match(None, f"{sentence}.", language)
    assert words in {reason.words for reason in match.evidence if reason.feature == f"events.{status}"}


def test_words_of_another_language_do_not_speak(topic: Topic) -> None:
    text = "The plant stands beside the data center of a famous brand."
    assert "against.outage" not in {reason.feature for reason in topic.match(None, text, "en").evidence}
    assert "against.outage" in {reason.feature for reason in topic.match(None, "Brand im Rechenzentrum.", "de").evidence}


def test_an_unknown_language_hears_all_words(topic: Topic) -> None:
    assert any(r.feature == "events.under_construction"
               for r in topic.match(None, "Première pierre du data center.", "xx").evidence)


def test_why_says_it_in_one_line(topic: Topic) -> None:
    title, text = PROJECTS["en announced"]
    assert topic.match(title, text, "en").why.startswith("matched: ")
    assert topic.match("Rain", "It rains.", "en").why.endswith("no topic term")


def test_why_names_each_feature_once_with_its_words_and_not_the_bias() -> None:
    evidence = (Evidence("bias", "", "body", -1, -1, -9.0), Evidence("against.market", "study", "title", 0, 5, -0.5),
                Evidence("built", "builds", "lead", 3, 9, 0.75), Evidence("against.market", "market", "lead", 9, 15, -0.5),
                Evidence("against.market", "study", "lead", 20, 25, -0.5), Evidence("mentions", "", "body", -1, -1, 0.1))
    said = Match(False, 0.1, 0.5, ("data center",), evidence).why
    assert said == ("off topic: 0.10 against 0.50: against.market -1.50 (study; market), built +0.75 (builds), "
                    "mentions +0.10")


def test_a_topic_travels_to_another_process(topic: Topic) -> None:
    title, text = PROJECTS["es approved"]
    again = pickle.loads(pickle.dumps(topic))
    assert again.match(title, text, "es") == topic.match(title, text, "es")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "data center", "مركز بيانات", "…"])
def test_odd_texts_are_no_trouble(topic: Topic, text: str) -> None:
    for title in (None, "", text):
        assert 0.0 <= topic.match(title, text, "fr").score <= 1.0


@pytest.mark.parametrize("piece", [
    "data center ", "مركز للبيانات ", "数据中心", "5 MW ", "centre de ", "in Data Center of ", "première pierre du ", "d'", "A ", "x",
])
def test_hostile_text_is_matched_in_time(topic: Topic, piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    topic.match("warm", "data center", "fr")
    assert within(0.5, lambda: topic.match(text[:200], text, "fr"))  # ten times what it takes on a quiet machine


@pytest.mark.parametrize(("language", "title", "text"), [(k[:2], *v) for k, v in PROJECTS.items()], ids=PROJECTS)
def test_furniture_changes_little(topic: Topic, language: str, title: str, text: str) -> None:
    around = f"Our reporter\n\n12/05/2026 10:30\n\n{title}\n\n{text}\n\nMarket\n\nسوق\n\nHydrogen: solar plant\n\nContact us"
    assert topic.match(title, around, language).score == pytest.approx(topic.match(title, text, language).score, abs=0.1)


def test_a_term_only_in_a_list_of_links_is_none(topic: Topic) -> None:
    links = "Data center in Fez\n\nNew data center\n\nData centers"
    assert not topic.match("Council opens a school", f"The school has ten rooms. It is blue.\n\n{links}", "en").terms


def test_only_the_beginning_of_a_long_text_is_read(topic: Topic) -> None:
    title, text = PROJECTS["en announced"]
    long = text + "\n\n" + "\n\n".join("The market report forecasts a fire, a law and a course for students." for _ in range(40))
    assert topic.match(title, long[: len(text) + 2000], "en").score == topic.match(title, long, "en").score


PASSING = {
    "en": ("Ferry link to reopen in spring", """\
The ferry between the two islands will sail again in April after repairs to the quay. The port has paid for a new ramp of 40 metres.

The road to the quay passes the plot where Quill Compute is planning a data centre. Tickets cost four pounds."""),
    "fr": ("Le théâtre municipal rouvre ses portes", """\
Après deux saisons de travaux, le théâtre accueillera de nouveau le public. La salle compte 600 places.

Elle sera chauffée par la chaleur du data center voisin. Le prix des billets ne change pas."""),
}


@pytest.mark.parametrize(("language", "title", "text"), [(key, *told) for key, told in PASSING.items()])
def test_a_mention_in_passing_is_no_project(topic: Topic, language: str, title: str, text: str) -> None:
    assert not topic.match(title, text, language).matched


def test_a_round_up_goes_from_place_to_place(topic: Topic) -> None:
    text = ("Three operators are building this year.\n\nIn Ghent, Arvale builds a data center of 20 MW. In Porto, Belmar opens a data "
            "center of 8 MW. In Graz, Corvin plans a data center of 12 MW.")
    assert topic.features("Where the new halls rise", text, "en")["parade"] == pytest.approx(2 / 3)
    assert topic.features("Where the new halls rise", text.replace("In ", "At a plant "), "en").get("parade", 0.0) == 0.0


@pytest.mark.parametrize(("dash", "parade"), [("OMAN - ", 2 / 3), ("SAUDI ARABIA: ", 2 / 3), ("Oman - ", 0.0)])
def test_places_in_capitals_before_each_item_are_a_round_up(topic: Topic, dash: str, parade: float) -> None:
    text = "\n\n".join(f"{dash}The operator number {word} opens a data centre of 12 MW." for word in ("one", "two", "three"))
    assert topic.features("The week", text, "en").get("parade", 0.0) == pytest.approx(parade)
