"""What the cells of a table may say when it is read back."""

from __future__ import annotations

import re
from decimal import Decimal

from ssp_coder.domain.time import Micros, micros

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_WHOLE = re.compile(r"[0-9]{1,12}")
_LONGEST_NUMBER = 40


def number(text: str) -> Decimal:
    """A decimal number as written with a point.

    Raises:
        ValueError: it is none; the message is a clause.
    """
    if len(text) > _LONGEST_NUMBER or _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{_shown(text)} is not a number")
    return Decimal(text)


def seconds(text: str) -> Micros:
    """Microseconds of decimal seconds, exact.

    Raises:
        ValueError: it is no number of seconds; the message is a clause.
    """
    value = number(text)
    try:
        return micros(value)
    except ValueError:
        raise ValueError(f"{_shown(text)} seconds is not a possible media time") from None


def whole(text: str) -> int:
    """A whole number from 0.

    Raises:
        ValueError: it is none; the message is a clause.
    """
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(f"{_shown(text)} is not a whole number")
    return int(text)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}…")
