"""Times, sizes and counts of clips in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import Micros, micros, parse_time, short_clock_text

_STEP = 1_000.0
_UNITS = ("kB", "MB", "GB")
_SMALLEST_SHOWN = 10


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("clips", words)


def time_words(time_us: int) -> str:
    """A time to the millisecond."""
    return short_clock_text(time_us, digits=3)


def length_words(length_us: int) -> str:
    """A length to the hundredth of a second."""
    return short_clock_text(length_us)


def size_words(size: int) -> str:
    """A size as it is rounded for people."""
    value, unit = size / _STEP, _UNITS[0]
    for larger in _UNITS[1:]:
        if value < _STEP:
            break
        value, unit = value / _STEP, larger
    return f"{value:.1f} {unit}" if value < _SMALLEST_SHOWN else f"{value:.0f} {unit}"


def count_words(number: int, *, pictures: bool) -> str:
    """So many clips, or pictures."""
    if pictures:
        return tr("1 picture") if number == 1 else tr("{0} pictures").format(number)
    return tr("1 clip") if number == 1 else tr("{0} clips").format(number)


def typed_time(text: str) -> Micros | None:
    """A time as a person types it, None when it is none."""
    try:
        found = parse_time(text)
    except ValueError:
        return None
    return found if found >= 0 else None


def typed_length(text: str) -> Micros | None:
    """Seconds as a person types them, None when they are none."""
    try:
        found = micros(text.strip().replace(",", "."))
    except ValueError:
        return None
    return found if found >= 0 else None
