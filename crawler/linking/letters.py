"""Keys of names under which spellings meet: accents, look-alike letters, Arabic and Latin script.

Three keys, from strict to loose: words (folded), shape (letters that printers and scanners confuse are one) and
sound (both scripts in one alphabet of sounds; the skeleton of it has no vowels).
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from crawler.text.folding import fold

_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CODE = re.compile(r"^([a-z]+)0+(\d+)$")
_DIGITS = re.compile(r"\d+")
_LOOK_ALIKE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o", "5": "s"})

# Arabic letters as the sounds that Latin spellings of the same names use. Long vowels stay: they carry names.
_ARABIC_SOUNDS = str.maketrans({
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "g", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
    "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "o", "ي": "i", "پ": "b", "چ": "g", "گ": "g", "ڤ": "f", "ڨ": "g",
})
_PAIRS = (("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"), ("gh", "g"), ("kh", "k"), ("th", "t"),
          ("dh", "d"), ("ck", "k"), ("qu", "k"), ("ou", "o"), ("oo", "o"), ("ee", "i"), ("ce", "se"), ("ci", "si"))
_LETTERS = str.maketrans({
    "p": "b", "v": "f", "w": "o", "u": "o", "y": "i", "e": "i", "q": "g", "k": "g", "c": "g", "j": "g", "x": "gs",
    "z": "s", "d": "t", "h": "",
})
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aio]")


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`; the zeros of codes dropped (PAR03 is PAR3)."""
    return tuple(_CODE.sub(r"\1\2", word) for word in _WORD.findall(fold(text)))


@lru_cache(maxsize=8192)
def shape(word: str) -> str:
    """A folded word with look-alike letters made one: l, I and 1; O and 0; rn and m. Plain numbers stay."""
    if word.isdecimal():
        return word
    head = _DIGITS.search(word)
    letters, code = (word[:head.start()], word[head.start():]) if head and head.start() > 1 else (word, "")
    return letters.replace("rn", "m").translate(_LOOK_ALIKE) + code


@lru_cache(maxsize=16384)
def shape_of(text: str) -> str:
    """The shape of a whole name, without spaces: "Maroc Datacenter" and "Maroc Data Center" are one."""
    return "".join(shape(word) for word in words(text))


def script_of(text: str) -> str:
    """`arab` or `latn`: which way of writing a name is in. Other scripts are read through anyascii as `latn`."""
    return "arab" if _ARABIC.search(text) else "latn"


def bare(word: str) -> str:
    """An Arabic word without its article and the particles joined to it; others unchanged."""
    if script_of(word) != "arab":
        return word
    for prefix in ("وال", "بال", "كال", "فال", "ال", "لل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix):]
    return word


def romanised(text: str) -> str:
    """ASCII for reading: Arabic words letter by letter without the article, all else by anyascii."""
    return " ".join(bare(word).translate(_ARABIC_SOUNDS) if script_of(word) == "arab" else anyascii(word)
                    for word in words(text))


@lru_cache(maxsize=8192)
def sound(text: str) -> str:
    """The name in one alphabet of sounds, without spaces; Arabic and Latin spellings come out nearly equal."""
    out = []
    for word in words(text):
        if script_of(word) == "arab":
            latin = bare(word).translate(_ARABIC_SOUNDS)
            latin = latin[:-1] if latin.endswith("h") else latin  # ta marbuta
        else:
            latin = anyascii(word).lower()
            for pair, one in _PAIRS:
                latin = latin.replace(pair, one)
        out.append(_DOUBLE.sub(r"\1", latin.translate(_LETTERS)))
    return "".join(out)


def skeleton(text: str) -> str:
    """The sound without vowels, for keys in tables: "nfr" for Naver and نافير."""
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", sound(text)))


@lru_cache(maxsize=16384)
def sounds_alike(a: str, b: str) -> bool:
    """Two spellings, one in Arabic and one in Latin script, that may be read alike."""
    left, right = sound(a), sound(b)
    bones = skeleton(a) == skeleton(b)
    if bones and len(skeleton(a)) >= 3:
        return True
    if min(len(left), len(right)) < 4:
        return left == right and len(left) > 2
    return fuzz.ratio(left, right) >= (75 if bones else 86)
