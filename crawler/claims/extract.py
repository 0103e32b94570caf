"""From a document to its claims: read once, ask every part, quote the words of the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from crawler.claims import quantities as q
from crawler.claims.around import look_around
from crawler.claims.beside import find_beside
from crawler.claims.claim import Claim, Claims, Subject
from crawler.claims.context import Context
from crawler.claims.directory import key_of
from crawler.claims.doubt import find_doubt
from crawler.claims.elsewhere import find_away, find_scene, words_abroad
from crawler.claims.energy import find_energy
from crawler.claims.figures_beside import figures_beside, powers_at
from crawler.claims.frames import find_stage
from crawler.claims.lexicon import Lexicon
from crawler.claims.mentions import find_mentions, known_spans
from crawler.claims.modality import modality
from crawler.claims.names import find_names
from crawler.claims.organizations import find_parts
from crawler.claims.owners import candidates, leader, only_beside
from crawler.claims.part_played import part_of
from crawler.claims.passage import Article, read_passage
from crawler.claims.place_names import place_spans, sure_spans, with_again, without_quiet
from crawler.claims.places import find_site
from crawler.claims.proper import runs_of
from crawler.claims.roles import Story, passed_parts
from crawler.claims.site import Site
from crawler.claims.small_towns import with_towns
from crawler.claims.status import find_status, said_how, status_among
from crawler.claims.subjects import Aside, Named, asides, at_home, other_words, subject_of
from crawler.reading.document import Document

_ABOVE = 1.5  # times the body's largest power, from which the headline's is another one: less is a contradiction


class _Quoter:
    """Makes claims whose quote is a sentence of the body, also for what only the title says."""

    def __init__(self, contexts: tuple[Context, Context]) -> None:
        self.contexts = contexts
        self.prose = contexts[1].passage.prose
        named = sorted(contexts[1].sentences("facility"))
        self.lead = self.prose.sentences[named[0] if named else 0]

    def make(self, kind: str, title: bool, first: int, value: str, printed: str, how: str | None = None) -> Claim:
        """A claim read at token `first` of the title or the body."""
        context = self.contexts[0] if title else self.contexts[1]
        sentence = self.lead if title else self.prose.sentences[context.passage.tokens[first].sentence]
        return Claim(kind, self.prose.quote(sentence), sentence.start, sentence.end, value_text=value,
                     value_printed=printed, modality=modality(context, first) if how is None else how)


def extract(document: Document, lexicon: Lexicon, figures: Sequence[q.FigureKind] = ()) -> Claims:
    """All claims of `document`, each with its quote, and the projects that it speaks of, the main one first.

    `figures`: the kinds of lexicon/figures.yml that the topic asks for.
    """
    if not document.text.strip():
        return Claims()
    article = Article(read_passage(document.title or "", lexicon.phrases), read_passage(document.text, lexicon.phrases),
                      document.language, document.published)
    contexts = (Context(article.title, article.language), Context(article.body, article.language))
    other = other_words(contexts[1])
    of_body = known_spans(article.body, lexicon)
    known = (known_spans(article.title, lexicon, {hit.value.name for hit in of_body}), of_body)
    owned = (_words(known[0]), _words(known[1]))
    places = (place_spans(contexts[0], lexicon, article.language, owned[0]),
              place_spans(contexts[1], lexicon, article.language, owned[1]))
    places = with_towns(contexts, with_again(contexts, without_quiet(contexts, places), owned, lexicon), owned, lexicon)
    site = find_site(article, contexts, places, owned, other)
    placed = (_words(sure_spans(contexts[0], places[0])), _words(sure_spans(contexts[1], places[1])))
    runs = (runs_of(article.title, lexicon.names), runs_of(article.body, lexicon.names))
    mentions = find_mentions(contexts, runs, lexicon, known, placed, article.language)
    stretches = find_beside(look_around(contexts, site, places[1], mentions, lexicon.sets["calendar"]), other,
                            powers_at(article.body.prose, lexicon.quantities))
    beside = {index for stretch in stretches for index in stretch.words}
    if beside - other:
        other |= beside
        site = _own_site(find_site(article, contexts, places, owned, other), site)
    names, other_names = find_names(contexts, runs, lexicon, other, owned, placed)
    projects = (_words(n for n in names if n.title), _words(n for n in (*names, *other_names) if not n.title))
    titles = frozenset(key_of(name.printed) for name in (*names, *other_names))
    story = Story(contexts, lexicon, other, placed, projects, titles, stage=find_stage(contexts[1], site, places[1]))
    parts, others = find_parts(mentions, story, english=article.language == "en")
    parts, others = only_beside(parts, others, beside)
    quoter = _Quoter(contexts)

    claims = [quoter.make("name", n.title, n.first, n.printed, n.printed, "stated") for n in names]
    claims += _site_claims(site, quoter)
    passed = passed_parts(mentions, contexts)
    claims += [replace(quoter.make("organization", m.title, m.first, p.name, m.printed, "stated"),
                       part=part_of(p.mentions, contexts, passed)) for p in parts for m in (p.mention,)]
    taking_part = {m.key for p in parts for m in p.mentions}
    strangers = [m for m in mentions if m.key not in taking_part]
    own = {m.first for p in parts for m in p.mentions if not m.title}
    away = (find_away(contexts[0], site, places[0], (), ()), find_away(contexts[1], site, places[1], strangers, own))
    scene = find_scene(contexts[1], site, places[1], strangers, own, other, contexts[0])
    away = (away[0], replace(away[1], scene=scene))
    reached = find_status(contexts, other, words_abroad(contexts[1], away[1]))
    if reached:
        spoken = contexts[0 if reached.title else 1]
        claims.append(quoter.make("status", reached.title, reached.first, reached.status,
                                  spoken.passage.printed(reached.first, reached.last), said_how(spoken, reached)))
    doubt = find_doubt(contexts, other)
    if doubt:
        words = contexts[0 if doubt[0] else 1].passage.printed(doubt[1].first, doubt[1].last)
        claims.append(quoter.make("doubt", doubt[0], doubt[1].first, words, words, "questioned"))
    for kind, (title, hit) in find_energy(contexts, other).items():
        words = contexts[0 if title else 1].passage.printed(hit.first, hit.last)
        claims.append(quoter.make("energy", title, hit.first, kind, words))
    measured = _quantities(article, lexicon, quoter, other, figures, site.country, away)
    claims += [f.claim for f in measured if not f.aside]
    main = Subject("main", tuple(n.printed for n in names), tuple(p.name for p in parts), site.country,
                   site.city.name if site.city else None, site.city.latitude if site.city else None,
                   site.city.longitude if site.city else None)
    told = asides(contexts[1], other, stretches, candidates([*parts, *others], stretches, mentions, contexts[1]),
                  [Named(n.printed, n.printed, n.first) for n in other_names], places[1], leader(parts, contexts),
                  [p.name for p in parts], site)
    return Claims(*_beside(main, claims, told, site, quoter, lexicon))


def _beside(main: Subject, claims: list[Claim], told: Sequence[Aside], site: Site, quoter: _Quoter,
            lexicon: Lexicon) -> tuple[tuple[Subject, ...], tuple[Claim, ...]]:
    """All subjects and claims: the main project's, then those of each aside."""
    here = [_site_claims(at_home(aside, quoter.contexts[1], site), quoter) for aside in told]
    beside = [replace(claim, subject=number) for number, (aside, shared) in enumerate(zip(told, here, strict=True), 1)
              for claim in (*_aside_claims(aside, quoter, lexicon, site.country), *shared)]
    return (main, *map(subject_of, told, here)), tuple(_once([*claims, *beside]))


def _own_site(again: Site, first: Site) -> Site:
    """The site without the towns of other projects; those still vote for their country."""
    return again if again.country == first.country else first


def _aside_claims(aside: Aside, quoter: _Quoter, lexicon: Lexicon, home: str | None) -> Iterable[Claim]:
    """What the sentence of another project states about it: figures only where there is one of their kind."""
    kinds = [("name", n) for n in aside.names] + [("organization", o) for o in aside.organizations]
    kinds += [(kind, n) for kind, n in (("country", aside.country), ("city", aside.city)) if n]
    for kind, named in kinds:
        yield quoter.make(kind, False, named.first, named.value, named.printed, "stated")
    context = quoter.contexts[1]
    reached = status_among(context, aside.words)
    if reached:
        yield quoter.make("status", False, reached.first, reached.status,
                          context.passage.printed(reached.first, reached.last))
    tokens = context.passage.tokens
    left, right = min(aside.words), max(aside.words)
    country = aside.country.value if aside.country else home
    for kind, value, unit, start, end in figures_beside(context.passage.prose.text, tokens[left].start,
                                                        tokens[right].end, lexicon.quantities, country):
        first = next(i for i in range(left, right + 1) if tokens[i].end > start)
        if first in aside.words:
            yield replace(quoter.make(kind, False, first, "", context.passage.prose.text[start:end]), value_text=None,
                          value_number=value, unit=unit)


def _words(spans: Iterable[Any]) -> set[int]:
    return {index for span in spans for index in range(span.first, span.last + 1)}


def _site_claims(site: Site, quoter: _Quoter) -> list[Claim]:
    claims = []
    if site.country and site.country_mention:
        mention = site.country_mention
        claims.append(quoter.make("country", mention.title, mention.first, site.country, mention.printed, "stated"))
    if site.city and site.city_mention:
        mention = site.city_mention
        claims.append(quoter.make("city", mention.title, mention.first, site.city.name, mention.printed, "stated"))
        if site.beside:
            place = site.beside
            claims.append(quoter.make("city", place.title, place.first, place.place.name, place.printed, "stated"))
    return claims


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number's claim, where it stands in the text, and whether that speaks of another project."""

    claim: Claim
    start: int
    aside: bool


def _quantities(article: Article, lexicon: Lexicon, quoter: _Quoter, other: set[int],
                figures: Sequence[q.FigureKind], country: str | None, away: tuple[q.Away, q.Away]) -> list[_Measured]:
    """Capacity, investment, area, milestones and other figures; the title's only where the body has none of a kind,
    or no power as large as the headline's."""
    headline, vocabulary = article.title.prose, lexicon.quantities
    aside = [(article.body.tokens[i].start, article.body.tokens[i].end) for i in sorted(other)]

    def power(prose: Any) -> list[Any]:
        if prose is headline:
            return q.capacity(prose, vocabulary, away[0], headline)
        own = replace(away[1], sentences=(*away[1].sentences, *aside))
        return q.capacity(prose, vocabulary, own, headline)

    readers: tuple[Callable[[Any], list[Any]], ...] = (
        power,
        lambda prose: q.investment(prose, vocabulary, country, away[0] if prose is headline else away[1], headline),
        lambda prose: q.area(prose, vocabulary),
        lambda prose: q.milestones(prose, vocabulary, article.published),
        *(partial(q.figures, q=vocabulary, kinds=[kind]) for kind in figures))
    measured: list[_Measured] = []
    for read in readers:
        found = [_Measured(f.claim, f.start, any(s <= f.start < e for s, e in aside)) for f in read(article.body.prose)]
        own = [f.claim for f in found if not f.aside]
        if (not own or own[0].kind == "capacity") and article.title.tokens:
            lead = quoter.lead
            told = [replace(f.claim, quote=quoter.prose.quote(lead), quote_start=lead.start, quote_end=lead.end)
                    for f in read(headline)]
            found = [*_below(found, told), *(_Measured(claim, lead.start, False) for claim in _new(told, own))]
        measured += found
    return measured


def _new(told: list[Claim], own: list[Claim]) -> list[Claim]:
    """The title's claims that the body does not make: all where it makes none, else a power above all of its own, or
    the whole where it tells only parts."""
    if not own:
        return told
    values = [claim.value_number or 0.0 for claim in own]
    parts = all(claim.stage in ("initial", "phase") for claim in own)
    return [c for c in told if (c.value_number or 0.0) > max(values) * _ABOVE
            or (parts and not any(abs((c.value_number or 0.0) - v) <= 0.01 * v for v in values))]


def _below(found: list[_Measured], told: list[Claim]) -> list[_Measured]:
    """What the body calls the whole is a part where the title prints a larger one."""
    most = max((c.value_number or 0.0 for c in told if c.kind == "capacity"), default=0.0)
    return [replace(m, claim=replace(m.claim, stage="phase"))
            if m.claim.stage == "total" and not m.aside and (m.claim.value_number or 0.0) * _ABOVE < most else m
            for m in found]


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """One claim a kind, value and stage: the first that was made."""
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.subject, claim.kind, claim.value_number, claim.value_text, claim.unit, claim.stage,
                         claim.date), claim)
    return list(seen.values())

