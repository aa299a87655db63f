"""How well a few typed letters fit a text: beginnings of words first, then initials, then parts.

Case, accents and umlauts do not matter; a typed ``ue`` finds an ``ü`` too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BEGINS_WORD = 80
"""The score of letters that begin a word; those that begin the text have more."""

_WHOLE, _INITIALS, _BEGINNINGS, _INSIDE, _SCATTERED = 100, 65, 55, 35, 15
_SPELT = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_SHORTEST_INSIDE = 2
_SHORTEST_SCATTERED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well letters fit a text.

    Attributes:
        score: greater is better, at most 100.
        places: of the letters in the text that were meant, in order.
    """

    score: float
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folded:
    """A text without case and accents; `at` leads from each letter to its place in the text."""

    letters: str
    at: tuple[int, ...]
    starts: tuple[int, ...]


def fit(typed: str, text: str) -> Fit | None:
    """How well typed words fit a text, each of them; None when one does not."""
    folded = _folded(text)
    scores: list[float] = []
    places: list[int] = []
    for word in fold(typed).split():
        found = _fit_word(word, folded)
        if found is None:
            return None
        scores.append(found.score)
        places += found.places
    if not scores:
        return Fit(score=0)
    shorter = 1 / (1 + len(folded.letters))
    at = sorted({folded.at[place] for place in places})
    return Fit(score=sum(scores) / len(scores) + shorter, places=tuple(at))


def fold(text: str) -> str:
    """A text without case and accents."""
    return _folded(text).letters


@lru_cache(maxsize=2048)
def _folded(text: str) -> _Folded:
    letters: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                at.append(place)
    joined = "".join(letters)
    starts = tuple(
        place
        for place, sign in enumerate(joined)
        if sign.isalnum()
        and (place == 0 or not joined[place - 1].isalnum() or _figure_begins(joined, place))
    )
    return _Folded(letters=joined, at=tuple(at), starts=starts)


def _figure_begins(letters: str, place: int) -> bool:
    """Whether a number begins within a word, as in EP5."""
    return letters[place].isdigit() and not letters[place - 1].isdigit()


def _fit_word(word: str, text: _Folded) -> Fit | None:
    found = _fit_spelling(word, text)
    for spelt, plain in _SPELT:
        if found is None and spelt in word:
            found = _fit_spelling(word.replace(spelt, plain), text)
    return found


def _fit_spelling(word: str, text: _Folded) -> Fit | None:
    if text.letters.startswith(word):
        return Fit(score=_WHOLE, places=tuple(range(len(word))))
    for start in text.starts:
        if text.letters.startswith(word, start):
            return Fit(score=BEGINS_WORD, places=tuple(range(start, start + len(word))))
    begun = _beginnings(word, text, 0)
    if begun is not None:
        initials = len(begun) == len(word) and set(begun) <= set(text.starts)
        return Fit(score=_INITIALS if initials else _BEGINNINGS, places=begun)
    inside = text.letters.find(word) if len(word) >= _SHORTEST_INSIDE else -1
    if inside >= 0:
        return Fit(score=_INSIDE, places=tuple(range(inside, inside + len(word))))
    scattered = _scattered(word, text) if len(word) >= _SHORTEST_SCATTERED else None
    return None if scattered is None else Fit(score=_SCATTERED, places=scattered)


def _beginnings(word: str, text: _Folded, from_start: int) -> tuple[int, ...] | None:
    """The letters one after the other at the beginnings of words that follow each other."""
    if not word:
        return ()
    for number in range(from_start, len(text.starts)):
        start = text.starts[number]
        alike = 0
        while alike < len(word) and text.letters.startswith(word[: alike + 1], start):
            alike += 1
        for taken in range(alike, 0, -1):
            rest = _beginnings(word[taken:], text, number + 1)
            if rest is not None:
                return (*range(start, start + taken), *rest)
    return None


def _scattered(word: str, text: _Folded) -> tuple[int, ...] | None:
    """The letters in order within one word that begins with the first of them."""
    for start in text.starts:
        places = [start] if text.letters[start] == word[0] else []
        at = start + 1
        while places and len(places) < len(word) and at < len(text.letters):
            if not text.letters[at].isalnum():
                break
            if text.letters[at] == word[len(places)]:
                places.append(at)
            at += 1
        if len(places) == len(word):
            return tuple(places)
    return None
