"""What a video is and what to know about it, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import short_clock_text

if TYPE_CHECKING:
    from ssp_coder.media.probe import MediaFacts, MediaWarning


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("video_words", words)


def rate_words(facts: MediaFacts) -> str:
    """Frames a second, and whether they come evenly."""
    if facts.fps is None:
        return tr("a single frame")
    rate = f"{float(facts.fps):.2f}".rstrip("0").rstrip(".")
    if facts.constant_rate:
        return tr("{0} frames a second, evenly").format(rate)
    return tr("about {0} frames a second, at a changing rate").format(rate)


def facts_words(facts: MediaFacts) -> str:
    """Length, frame rate, size of the picture and kind of file in one line."""
    length = short_clock_text(facts.duration_us, digits=1)
    frames = tr("{0} frames").format(f"{facts.frame_count:,}")
    picture = f"{facts.width} \N{MULTIPLICATION SIGN} {facts.height}"
    return ", ".join((length, rate_words(facts), frames, picture, facts.codec))


_WARNINGS = {
    "media.incomplete": "The file ends early: {0}. What is there can be coded.",
    "media.damaged": "Parts near the start cannot be shown ({0}).",
    "media.counted": "Its time stamps are not usable, so frames are counted ({0}).",
    "media.variable_rate": "Frames last differently long ({0}). Times of events stay exact.",
    "media.interlaced": "The picture is interlaced; it is smoothed when it is shown.",
    "media.silent": "It has no sound track.",
}


def warning_words(warning: MediaWarning) -> str:
    """One thing to know about a video that can be used all the same."""
    words = _WARNINGS.get(warning.code)
    if words is None:
        return warning.fact
    return tr(words).format(warning.fact)
