"""A language that nobody speaks, to find words that are fixed or that do not fit.

Every translated sentence is put between brackets, its letters get accents and it grows by a third,
about as much as German does. What is on the screen without brackets was never translated.
"""

from __future__ import annotations

import re

OPENING, CLOSING = "⟦", "⟧"

_LETTERS = str.maketrans("aceinouyAEINOUY", "áçéíñóúýÁÉÍÑÓÚÝ")
_KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>|&(?=\w)|\*\.\w+)")
_GROWTH = 3


def pseudo(words: str) -> str:
    """The sentence in the language that nobody speaks; places for facts and tags stay."""
    parts = _KEPT.split(words)
    accented = "".join(
        part if place % 2 else part.translate(_LETTERS) for place, part in enumerate(parts)
    )
    return f"{OPENING}{accented}{'~' * (len(words) // _GROWTH)}{CLOSING}"


def is_pseudo(words: str) -> bool:
    """Whether a text on the screen holds a translated sentence."""
    return OPENING in words
