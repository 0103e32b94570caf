"""What a text is compared by: folded character 5-grams, a MinHash of them, and hashes of its lines.

The title is not part of it: a copy often has another headline. Lines that a source prints on page after page are
taken out before (`strip_known_lines`), or different stories behind one news ticker would look alike.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import eq

from rensa import RMinHash

from crawler.text.folding import fold

GRAM = 5
PERMUTATIONS = 128
ROWS = 4
_SEED = 20240508
_FOLD = 1  # goes up when the canonical text of a page changes
# Stored beside each signature: signatures of two versions are never compared.
VERSION = 1000 * _FOLD + int(RMinHash.ALGORITHM_VERSION)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """`digest`: 128 unsigned 32-bit numbers, little endian (512 bytes; empty for an empty text).

    `bands`: 64 keys (signed 64-bit), two articles that share one may be near copies. `content_hash`: equal for
    texts that differ in case, accents, punctuation and spaces only.
    """

    version: int
    digest: bytes
    content_hash: str
    bands: tuple[int, ...]


def canonical(text: str) -> str:
    """The folded words of `text`, one space between them."""
    return " ".join(plain for line in text.split("\n") if (plain := _canonical(line)))


@lru_cache(maxsize=8192)  # the lines of an article are asked for several times while it is stored
def _canonical(line: str) -> str:
    return " ".join(_WORD.findall(fold(line)))


@lru_cache(maxsize=256)
def grams(text: str) -> frozenset[str]:
    """The character 5-grams of the canonical text (the whole of it where it is shorter)."""
    plain = canonical(text)
    if not plain:
        return frozenset()
    # a third faster than slicing: it is most of what a signature costs
    return frozenset(map("".join, zip(*(plain[i:] for i in range(GRAM)), strict=False))) or frozenset({plain})


@lru_cache(maxsize=8192)
def line_hash(line: str) -> int:
    """A signed 64-bit key of a line, the same for spellings that fold to one. 0 for a line without words."""
    plain = canonical(line)
    return _key(plain.encode()) if plain else 0


def strip_known_lines(text: str, known: Collection[int]) -> str:
    """`text` without the lines whose `line_hash` is in `known`."""
    if not known:
        return text
    return "\n".join(line for line in text.split("\n") if line_hash(line) not in known)


def sign(text: str, known_lines: Collection[int] = frozenset()) -> Signature:
    """The signature of a body (no title), without the lines known of its source."""
    body = strip_known_lines(text, known_lines)
    content = blake2b(canonical(body).encode(), digest_size=16).hexdigest()
    tokens = grams(body)
    if not tokens:
        return Signature(VERSION, b"", content, ())
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(list(tokens))
    numbers = sketch.digest()
    return Signature(VERSION, _pack(numbers), content, _bands(numbers))


def estimate(a: Signature, b: Signature) -> float:
    """The Jaccard similarity that two signatures promise (error about 0.04 in the middle); 0 over versions."""
    if a.version != b.version or not a.digest or not b.digest:
        return 0.0
    same: int = sum(map(eq, _unpack(a.digest), _unpack(b.digest)))
    return same / PERMUTATIONS


@lru_cache(maxsize=4096)
def size_of(signature: Signature) -> float:
    """How many 5-grams the text has, as its signature promises (error about 9 %): the smallest of n random numbers
    below 2^32 is 2^32 / (n + 1) on average."""
    numbers = _unpack(signature.digest)
    total: int = sum(numbers)
    return 4294967296.0 * len(numbers) / (total or 1)


def with_bands(signature: Signature) -> Signature:
    """A signature that was stored without its bands, with them."""
    if signature.bands or not signature.digest:
        return signature
    bands = _bands(list(_unpack(signature.digest)))
    return Signature(signature.version, signature.digest, signature.content_hash, bands)


def alike(signature: Signature, others: Sequence[bytes], jaccard: float,
          containment: float) -> list[tuple[int, float]]:
    """(index, estimate) of those digests that may share so much: this Jaccard at least, or this share of the shorter
    text. Generous: what it leaves out is surely under both lines."""
    usable = [(i, digest) for i, digest in enumerate(others) if len(digest) == len(signature.digest)]
    if not usable:
        return []
    import numpy  # noqa: PLC0415  (100 ms that a command which links nothing need not wait for)

    own = numpy.frombuffer(signature.digest, dtype="<u4")
    rows = numpy.frombuffer(b"".join(digest for _, digest in usable), dtype="<u4").reshape(len(usable), -1)
    shares = (rows == own).mean(axis=1)
    sizes = 2.0 ** 32 * PERMUTATIONS / numpy.maximum(rows.sum(axis=1, dtype=numpy.float64), 1.0)
    mine = size_of(signature)
    contained = shares * (sizes + mine) / (1 + shares) / numpy.minimum(sizes, mine)
    likely = (shares >= jaccard - 0.08) | (contained >= 0.6 * containment)
    return [(usable[i][0], float(shares[i])) for i in numpy.flatnonzero(likely)]


def _bands(numbers: list[int]) -> tuple[int, ...]:
    # Two ways to cut the same 128 numbers into 32 bands of 4: neighbours, and every 32nd. A pair at Jaccard 0.41
    # (the lowest labelled copy) shares a band with probability 0.60 under one cut and 0.84 under both; unrelated
    # pairs of one topic stay under 1 %. Asking more permutations instead would double the signature.
    step = PERMUTATIONS // ROWS
    near, far = _pack(numbers), _pack([number for i in range(step) for number in numbers[i::step]])
    cuts = [cut[at:at + 4 * ROWS] for cut in (near, far) for at in range(0, len(cut), 4 * ROWS)]
    return tuple(_key(i.to_bytes(2, "little") + cut) for i, cut in enumerate(cuts))


def _key(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def _pack(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


@lru_cache(maxsize=4096)
def _unpack(digest: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(digest)
    return numbers
