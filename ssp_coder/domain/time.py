"""Media time: whole microseconds from the first video frame, and the ways people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NewType

Micros = NewType("Micros", int)
"""Integer microseconds of media time; 0 is the first video frame."""

SECOND_US = 1_000_000
MAXIMUM_US = Micros(1_000 * 3_600 * SECOND_US)
"""A thousand hours: a time beyond it is a mistake in a file, never a recording."""

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of media time, ``start_us <= t < end_us``."""

    start_us: Micros
    end_us: Micros

    def __post_init__(self) -> None:
        if self.end_us < self.start_us:
            raise ValueError(f"span ends at {self.end_us} us, before its start {self.start_us} us")

    @property
    def length_us(self) -> Micros:
        """Length in microseconds, 0 or more."""
        return Micros(self.end_us - self.start_us)

    def holds(self, time_us: Micros) -> bool:
        """Whether `time_us` lies in the half-open span."""
        return self.start_us <= time_us < self.end_us

    def overlap_us(self, other: Span) -> Micros:
        """Length in microseconds that both spans share, 0 when they only touch."""
        shared = min(self.end_us, other.end_us) - max(self.start_us, other.start_us)
        return Micros(max(0, shared))


def micros(seconds: int | Decimal | str) -> Micros:
    """Microseconds of decimal seconds, rounded half to even, without passing through a float.

    Raises:
        ValueError: the text is no finite decimal number, or beyond a thousand hours.
    """
    try:
        value = Decimal(seconds)
    except InvalidOperation:
        raise ValueError(f"{seconds!r} is not a number of seconds; write it like 12.345") from None
    if not value.is_finite() or abs(value) * SECOND_US > MAXIMUM_US:
        raise ValueError(f"{seconds!r} seconds is not a possible media time")
    return Micros(int((value * SECOND_US).to_integral_value()))


def seconds_text(time_us: int) -> str:
    """Decimal seconds with six digits, exact: ``12345678`` -> ``12.345678``."""
    sign = "-" if time_us < 0 else ""
    whole, rest = divmod(abs(time_us), SECOND_US)
    return f"{sign}{whole}.{rest:06d}"


def clock_text(time_us: int) -> str:
    """``hh:mm:ss.mmm``, truncated to the millisecond so that it never names a later one."""
    sign = "-" if time_us < 0 else ""
    total_ms = abs(time_us) // 1_000
    minutes, ms = divmod(total_ms, 60_000)
    hours, minute = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minute:02d}:{ms // 1_000:02d}.{ms % 1_000:03d}"


def short_clock_text(time_us: int, *, digits: int = 2) -> str:
    """``m:ss.cc`` for lists and rulers, truncated; hours appear only when there are any.

    Args:
        time_us: media time in microseconds.
        digits: digits after the decimal point, 0 to 3.
    """
    sign = "\N{MINUS SIGN}" if time_us < 0 else ""
    total_ms = abs(time_us) // 1_000
    minutes, ms = divmod(total_ms, 60_000)
    hours, minute = divmod(minutes, 60)
    head = f"{hours}:{minute:02d}" if hours else f"{minute}"
    fraction = f".{ms % 1_000:03d}"[: digits + 1] if digits else ""
    return f"{sign}{head}:{ms // 1_000:02d}{fraction}"


def parse_time(text: str) -> Micros:
    """Microseconds of ``12.5``, ``1:02.5`` or ``0:01:02.5`` as a person types them.

    Raises:
        ValueError: the text is none of these; the message shows the forms.
    """
    cleaned = text.strip().replace(",", ".")
    match = _CLOCK.fullmatch(cleaned)
    if match is None:
        return micros(cleaned)
    hours, minutes, seconds = match.groups()
    if Decimal(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
        raise ValueError(f"{text!r} is not a time; write it like 12.5, 1:02.5 or 0:01:02.5")
    whole = int(hours or 0) * 3_600 + int(minutes) * 60
    return Micros(whole * SECOND_US + micros(seconds))


def parse_offset(text: str) -> Micros:
    """Microseconds of a time with or without a sign: ``-3.2``, ``+1:02.5``, ``0:00:03.200``.

    Raises:
        ValueError: the text is none of these; the message shows the forms.
    """
    cleaned = text.strip().replace("\N{MINUS SIGN}", "-")
    away = -1 if cleaned.startswith("-") else 1
    bare = cleaned[1:] if cleaned[:1] in ("-", "+") else cleaned
    if bare[:1] in ("-", "+"):
        raise ValueError(f"{text!r} has two signs; write it like -3.2 or +0:01:02.5")
    return Micros(away * parse_time(bare))


def offset_text(offset_us: int) -> str:
    """``+h:mm:ss.mmm`` with its sign, truncated towards 0; no offset has no sign."""
    hours, rest = clock_text(abs(offset_us)).split(":", 1)
    sign = "\N{MINUS SIGN}" if offset_us < 0 else "+" if offset_us else ""
    return f"{sign}{int(hours)}:{rest}"
