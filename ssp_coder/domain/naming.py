"""What the id of a session or coder may look like; an id goes into every export."""

from __future__ import annotations

import re
from enum import Enum, auto

LONGEST_ID = 64

_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST_ID - 1}}}")
_NAME = re.compile(r"[A-Z][a-z]{2,}([_.-]?[A-Z][a-z]*)*")
# Looked for ahead, so that a date behind another number is found as well.
_DIGITS_APART = re.compile(r"(?<!\d)(?=(\d{1,4})[_.-](\d{1,2})[_.-](\d{1,4})(?!\d))")
_EIGHT_DIGITS = re.compile(r"(?<!\d)\d{8}(?!\d)")


class IdConcern(Enum):
    """What is wrong with an id, or may be."""

    NONE = auto()
    EMPTY = auto()
    SIGNS = auto()
    NAME = auto()
    DATE = auto()

    @property
    def forbids(self) -> bool:
        """Whether the id cannot be used; the others are only worth a second look."""
        return self in (IdConcern.EMPTY, IdConcern.SIGNS)


def id_concern(text: str) -> IdConcern:
    """What is wrong with a session or coder id, or what it looks like."""
    if not text.strip():
        return IdConcern.EMPTY
    if _ID.fullmatch(text) is None:
        return IdConcern.SIGNS
    if _looks_like_date(text):
        return IdConcern.DATE
    if _NAME.fullmatch(text):
        return IdConcern.NAME
    return IdConcern.NONE


def _looks_like_date(text: str) -> bool:
    for match in _DIGITS_APART.finditer(text):
        first, middle, last = match.groups()
        if _is_date(first, middle, last) or _is_date(last, middle, first):
            return True
        if _is_date(last, first, middle):
            return True
    for match in _EIGHT_DIGITS.finditer(text):
        digits = match.group()
        if _is_date(digits[:4], digits[4:6], digits[6:]):
            return True
        if _is_date(digits[4:], digits[2:4], digits[:2]):
            return True
    return False


def _is_date(year: str, month: str, day: str) -> bool:
    possible_year = len(year) == 2 or (len(year) == 4 and 1900 <= int(year) < 2100)
    return possible_year and 1 <= int(month) <= 12 and len(day) <= 2 and 1 <= int(day) <= 31
