"""Pages that stand before the article are no stories."""

from __future__ import annotations

import pytest

from crawler.outcomes import Outcome
from crawler.reading import Document, Page, Unreadable, read_page
from tests.reading.samples import ENGLISH, FRENCH, NOW, article, page


def outcome(body: bytes) -> Outcome | None:
    found = read_page(Page("https://example.ma/a", body, "text/html; charset=utf-8"), now=NOW)
    return found.outcome if isinstance(found, Unreadable) else None


@pytest.mark.parametrize("body", [
    "<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p><script src='/challenge-platform/x.js'></script>",
    "<html><body><h1>Access Denied</h1><p>You don't have permission to access this page. Reference #18.2.</p></body></html>",
    "<html><body><p>Pardon Our Interruption. As you were browsing something made us think you were a bot.</p></body></html>",
    "<html><body><p>Veuillez compléter ce contrôle : vérifiez que vous êtes humain.</p></body></html>",
    "<html><body><p>يرجى التحقق من أنك لست روبوت للمتابعة</p></body></html>",
    "<html><body><iframe src='https://geo.captcha-delivery.com/c'></iframe></body></html>",
    "<html><body><p>Acceso denegado</p></body></html>",
])
def test_challenges(body: str) -> None:
    assert outcome(body.encode()) is Outcome.BLOCKED


@pytest.mark.parametrize("body", [
    "<html><body><div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>",
    "<html><body><p>Veuillez activer JavaScript pour continuer.</p><div id='app'></div></body></html>",
    "<html><body><noscript>يرجى تفعيل جافا سكريبت لعرض الصفحة</noscript><script>app()</script></body></html>",
])
def test_empty_shells(body: str) -> None:
    assert outcome(body.encode()) is Outcome.NEEDS_BROWSER


@pytest.mark.parametrize("wall", [
    "<div class='paywall'><p>La suite est réservée aux abonnés</p></div>",
    "<div><h3>Subscribe to continue reading</h3><a>Already a subscriber? Log in</a></div>",
    "<div><p>Contenido exclusivo para suscriptores</p></div>",
    "<div><span>هذا المقال للمشتركين فقط</span></div>",
])
def test_stubs_before_a_paywall(wall: str) -> None:
    assert outcome(page(article(FRENCH[:1], after=wall))) is Outcome.PAYWALL


def test_a_page_says_itself_that_it_is_not_free() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": "False"}</script>'
    assert outcome(page(article(FRENCH[:1]), head=head)) is Outcome.PAYWALL
    whole = read_page(Page("https://example.ma/a", page(article(FRENCH * 3), head=head), "text/html"), now=NOW)
    assert isinstance(whole, Document)
    assert whole.partial


def test_articles_about_walls_are_read() -> None:
    texts = [*ENGLISH, "The site tells visitors to enable JavaScript, and shows 'Access Denied' to others: subscribe to continue, it says."]
    noscript = "<noscript>Please enable JavaScript for the best experience.</noscript>"
    assert outcome(page(noscript + article(texts), lang="en")) is None
    assert outcome(page(article(FRENCH, after="<p>Abonnez-vous pour lire la suite de nos enquêtes</p>"))) in {None, Outcome.PAYWALL}


def test_a_short_brief_is_no_stub() -> None:
    assert outcome(page(article(FRENCH[:2]))) is None
