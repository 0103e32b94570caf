"""A page that only asks whether we are a person is no page, whatever its status says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from scrapy import Request
from scrapy.http import Response

from crawler.crawl.job import JobKind
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

_LOOKED_AT = 200_000  # bytes
# Letters of visible text from which on a page is one, though it also loads something of this kind.
_REAL_PAGE, _REAL_BRIEF = 1_500, 300
_HEADERS = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", ""), ("x-datadome", ""), ("x-sucuri-block", ""))
# What the walls of the large services put into their pages, lower case.
_MARKS = (
    (b"cf-chl-", "Cloudflare"), (b"cf_chl_opt", "Cloudflare"), (b"cf-error-details", "Cloudflare"),
    (b"captcha-delivery.com", "DataDome"), (b"_incapsula_resource", "Imperva"), (b"sucuri website firewall", "Sucuri"),
    (b"awswafcookiedomainlist", "AWS WAF"), (b"errors.edgesuite.net", "Akamai"), (b"/sgcaptcha/", "SiteGround"),
    (b"please enable js and disable any ad blocker", "DataDome"),
    (b"enable javascript and cookies to continue", "Cloudflare"), (b"checking your browser", "a browser check"),
    (b"verify you are human", "a browser check"), (b"are you a robot", "a browser check"),
    (b"<title>just a moment", "Cloudflare"), (b"<title>attention required", "Cloudflare"),
    (b"<title>access denied", "a wall"), (b"<title>pardon our interruption", "Imperva"),
    (b"<title>robot or human", "a browser check"),
)
# What honest pages load as well (comment forms, bot scores): a wall only where next to nothing else is there.
_WEAK_MARKS = (
    (b"challenges.cloudflare.com/turnstile", "Cloudflare"), (b"/cdn-cgi/challenge-platform/", "Cloudflare"),
    (b"px-captcha", "PerimeterX"), (b"ddos-guard", "DDoS-Guard"), (b"ak_bmsc", "Akamai"),
    (b"hcaptcha.com/1/api.js", "hCaptcha"), (b"google.com/recaptcha/api.js", "reCAPTCHA"),
    (b"enable cookies", "a page that asks for cookies"), (b"activer les cookies", "a page that asks for cookies"),
    (b"habilitar las cookies", "a page that asks for cookies"),
)
# What a page of consent speaks of, in its title or a heading, and then nearly everywhere. Lower case.
_CONSENT = re.compile("|".join((
    "consent", "cookie", "before you continue", "privacy", "our partners", "vie privée", "nos partenaires",
    "nos \\d+ partenaires", "données personnelles", "privacidad", "datos personales", "nuestros socios", "الخصوصية",
    "ملفات تعريف الارتباط")).encode())
_HEADING = re.compile(rb"<(?:title|h[12])[^>]{0,200}>([^<]{1,200})")
_HEADINGS = 20
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]")
# "enable JavaScript" in English, French, Spanish, Arabic (UTF-8)
_NEEDS_SCRIPT = re.compile(
    rb"<noscript[^>]{0,200}>[^<]{0,200}?(?:enable|activer?|habilit|\xd8\xaa\xd9\x81\xd8\xb9\xd9\x8a\xd9\x84)"
    rb"[^<]{0,80}?javascript", re.IGNORECASE)
_HIDDEN = (b"script", b"style", b"noscript", b"template", b"svg")


def wall(status: int, headers: Mapping[str, str], body: bytes) -> Refused | None:
    """BLOCKED where the answer is a challenge, NEEDS_BROWSER where it is an empty shell for scripts, else None.

    `headers` with lower-case names.
    """
    for name, value in _HEADERS:
        if name in headers and value in headers[name].lower() and (value or status in (202, 403, 405, 429, 503)):
            return Refused(Outcome.BLOCKED, f"a challenge ({name})", status=status)
    if status not in (200, 202, 401, 403, 405, 429, 503):
        return None
    head = body[:_LOOKED_AT].lower()
    strong = next((who for mark, who in _MARKS if mark in head), None)
    weak = next((who for mark, who in _WEAK_MARKS if mark in head), None)
    script = status == 200 and _NEEDS_SCRIPT.search(head)
    if status == 200 and _asks_consent(head):
        return Refused(Outcome.BLOCKED, "a page that asks for consent to cookies, and nothing behind it", status=status)
    if not (strong or weak or script):
        return None
    letters = visible_letters(head)
    if (strong and letters < _REAL_PAGE) or (weak and letters < _REAL_BRIEF):
        return Refused(Outcome.BLOCKED, f"a challenge by {strong or weak}", status=status)
    if script and letters < _REAL_BRIEF:
        return Refused(Outcome.NEEDS_BROWSER, "an empty page that asks for JavaScript", status=status)
    return None


def visible_letters(html: bytes) -> int:
    """Bytes of text outside of tags, scripts, styles and comments, blanks not counted. `html` lower case; linear."""
    return sum(len(b"".join(text.split())) for text in _texts(html))


def _asks_consent(html: bytes) -> bool:
    """Whether a heading of a web page is about consent, and next to nothing on it is not. `html` lower case."""
    if _FEED.search(html[:2_000]):
        return False  # its headlines are titles, too
    if not any(_CONSENT.search(found[1]) for found in islice(_HEADING.finditer(html), _HEADINGS)):
        return False
    return sum(len(text.strip()) for text in _texts(html) if not _CONSENT.search(text)) < _REAL_BRIEF


def _texts(html: bytes) -> Iterator[bytes]:
    """What stands between tags, scripts, styles and comments left out. `html` lower case; linear."""
    position = 0
    while True:
        opened = html.find(b"<", position)
        if opened < 0:
            yield html[position:]
            return
        yield html[position:opened]
        if html.startswith(b"<!--", opened):
            end, length = html.find(b"-->", opened), 3
        else:
            hidden = next((name for name in _HIDDEN if html.startswith(name, opened + 1)), None)
            end = html.find(b"</" + hidden if hidden else b">", opened)
            length = 0 if hidden else 1
        if end < 0:
            return
        position = end + length


class ChallengeCheck:
    """Ends such an answer; robots.txt is left to its status."""

    def process_response(self, request: Request, response: Response) -> Response:
        if request.meta["job"].kind is JobKind.ROBOTS or "download_stopped" in response.flags:
            return response
        headers = {name.decode("latin-1").lower(): b",".join(values).decode("latin-1")
                   for name, values in response.headers.items()}
        refused = wall(response.status, headers, response.body)
        if refused:
            raise refused
        return response
