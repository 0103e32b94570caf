"""May this page match at all? Answered from its bytes in a few milliseconds, so that reading (a hundred) is spared.

Lossless: what `Topic.match` keeps holds a term, and a term in the text of a page is found here too, however the page
writes it (entities, soft hyphens, tags inside words, comments, JSON escapes, any charset): page and terms are both
squeezed to folded letters, so a term of the text is a part of the squeezed page. More pages pass than match; in doubt
a page passes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from crawler.topics.finder import LONGEST
from crawler.topics.phrases import Form, Word
from crawler.topics.squeeze import squeeze, squeezed_streams

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_REACH = 4096  # bytes in which a page says its charset
_HIGH = re.compile(rb"[\x80-\xff]{2,}")
_GRAM = 4  # bytes that are looked at together


class Prefilter:
    """The terms of a topic, searched in squeezed text.

    Of the text only each fourth place is looked at: the set of its groups of four bytes. A run of letters stands in it
    only where its own groups, for one of four offsets, are all in that set. Few runs pass; they are searched for, and
    of runs that hold one another the shortest first."""

    def __init__(self, forms: Iterable[Form]) -> None:
        patterns: dict[bytes, set[bytes]] = {}
        for form in forms:
            patterns.setdefault(_longest_run(form), set()).add(_pattern(form))
        self._always: list[_Check] = []
        self._by_group: dict[int, list[tuple[tuple[int, ...], _Check]]] = {}
        for run, written in patterns.items():
            core = min((other for other in patterns if other and other in run), key=len, default=run)
            check = _Check(run, core, tuple(_shortest(written)))
            ways = [_groups(run[offset:]) for offset in range(_GRAM)]
            if not all(ways):
                self._always.append(check)
                continue
            for first, *rest in ways:
                self._by_group.setdefault(first, []).append((tuple(rest), check))
        self._first = frozenset(self._by_group)
        self._known = self._first.union(*(rest for checks in self._by_group.values() for rest, _ in checks))

    def may_match(self, data: bytes, content_type: str = "") -> bool:
        """False only where no reading of `data` (HTML or plain text) can hold a term."""
        pages = _as_utf8(data, content_type)
        return pages is None or any(self._in(stream) for page in pages for stream in squeezed_streams(page))

    def _in(self, squeezed: bytes) -> bool:
        groups = self._known.intersection(_groups(squeezed))
        there: dict[bytes, bool] = {}
        for first in groups & self._first:
            for rest, check in self._by_group[first]:
                if not groups.issuperset(rest):
                    continue
                if check.core not in there:
                    there[check.core] = check.core in squeezed
                if there[check.core] and check.found_in(squeezed):
                    return True
        return any(check.found_in(squeezed) for check in self._always)


class _Check:
    """A run of letters, the shortest other run in it, and the patterns of the forms that hold it."""

    def __init__(self, run: bytes, core: bytes, patterns: tuple[bytes, ...]) -> None:
        self._run = run
        self.core = core
        self._patterns = patterns
        self._whole = run in patterns  # one form is the run itself
        self._compiled: re.Pattern[bytes] | None = None

    def found_in(self, squeezed: bytes) -> bool:
        if self._run not in squeezed:
            return False
        if self._whole:
            return True
        if self._compiled is None:
            self._compiled = re.compile(b"|".join(self._patterns))
        return self._compiled.search(squeezed) is not None


def _groups(text: bytes) -> Sequence[int]:
    """The groups of four bytes at the places 0, 4, 8 ... of `text`, each as a number."""
    return memoryview(text[:len(text) // _GRAM * _GRAM]).cast("I")


def _as_utf8(data: bytes, content_type: str) -> list[bytes] | None:
    """Every text that `data` may mean, as UTF-8; None where nobody can say."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _recoded(data, [name])
    if b"\0" in data[:64]:
        return [*_recoded(data, ["utf-16-le", "utf-16-be"]), data]
    declared = _declared(data, content_type)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return [data, *_recoded(data, [name for name in declared if name.startswith(("iso2022", "hz", "utf-7"))])]
    pages = _recoded(data, ["utf-8", *declared, "cp1252"])
    high = sum(map(len, _HIGH.findall(data[:64_000])))
    if high > 200:  # whole words beyond ASCII in an old charset: Arabic ones are tried, of others nothing is known
        if data.count(0xC7) * 12 < high:
            return None
        pages += _recoded(data, ["cp1256", "iso8859-6"])
    return pages


def _declared(data: bytes, content_type: str) -> list[str]:
    """The charsets that the header or the page names, as Python knows them."""
    named = [group for source in (content_type.encode("ascii", "ignore"), data[:_REACH])
             for match in _CHARSET.finditer(source) for group in match.groups() if group]
    found: dict[str, None] = {}
    for name in named:
        try:
            codec = codecs.lookup(name.decode("ascii"))
            b"".decode(codec.name)
        except (LookupError, ValueError):
            continue
        found[codec.name] = None
    return list(found)


def _recoded(data: bytes, names: Iterable[str]) -> list[bytes]:
    pages = []
    for name in dict.fromkeys(names):
        try:
            pages.append(data.decode(name, "replace").encode("utf-8", "replace"))
        except (LookupError, ValueError):
            continue
    return pages


def _pattern(form: Form) -> bytes:
    """A form as a pattern over squeezed text. A later Arabic word may carry its article."""
    if form.anywhere:
        return re.escape(squeeze(form.anywhere.encode()))
    return b"".join(_piece(word, number) for number, word in enumerate(form.words))


def _piece(word: Word, number: int) -> bytes:
    if word.kind == "gap":
        return b".{0,%d}?" % (LONGEST * 3)  # letters of up to three bytes
    if word.kind == "number":
        return rb"\d+"
    return ("(?:ال)?".encode() if _articled(word, number) else b"") + re.escape(squeeze(word.text.encode()))


def _articled(word: Word, number: int) -> bool:
    return number > 0 and "\u0621" <= word.text[:1] <= "\u064a"


def _longest_run(form: Form) -> bytes:
    """The longest run of letters that every text with this form holds whole."""
    if form.anywhere:
        return squeeze(form.anywhere.encode())
    runs = [b""]
    for number, word in enumerate(form.words):
        if word.kind in {"gap", "number"} or _articled(word, number):
            runs.append(b"")
        if word.kind not in {"gap", "number"}:
            runs[-1] += squeeze(word.text.encode())
    return max(runs, key=len)


def _shortest(patterns: Iterable[bytes]) -> list[bytes]:
    """The patterns without those that begin with another one of letters only: whoever holds them holds that one."""
    kept: list[bytes] = []
    for pattern in sorted(set(patterns), key=lambda p: (len(p), p)):
        if not any(pattern.startswith(other) for other in kept if other.isalnum()):
            kept.append(pattern)
    return kept
