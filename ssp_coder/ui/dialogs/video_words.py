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


def sound_words(facts: MediaFacts) -> str:
    """Kind, channels and samples a second of the sound, empty without any."""
    if facts.sound is None:
        return ""
    channels = {1: tr("mono"), 2: tr("stereo")}.get(
        facts.sound.channels, tr("{0} channels").format(facts.sound.channels)
    )
    return tr("sound {0}, {1}, {2} Hz").format(facts.sound.codec, channels, facts.sound.rate)


def facts_words(facts: MediaFacts) -> str:
    """Length, frame rate, size of the picture, kind of file and sound in one line."""
    length = short_clock_text(facts.duration_us, digits=1)
    frames = tr("{0} frames").format(f"{facts.frame_count:,}")
    picture = f"{facts.width} \N{MULTIPLICATION SIGN} {facts.height}"
    words = (length, rate_words(facts), frames, picture, facts.codec, sound_words(facts))
    return ", ".join(word for word in words if word)


_WARNINGS = {
    "media.incomplete": "The file ends early: {0}. Copy it again, or code what is there.",
    "media.damaged": "Parts near the start cannot be shown ({0}). Copy the recording again.",
    "media.counted": "Its time stamps are not usable, so frames are counted ({0}). "
    "Test the recording before you code it.",
    "media.variable_rate": "The frame rate changes ({0}). Times of events stay exact.",
    "media.coarse": "It has few frames a second: {0}. Times cannot be finer.",
    "media.late_start": "Its own clock starts at {0}. Times here count from the first picture; "
    "another program may show others.",
    "media.interlaced": "The picture is interlaced; it is smoothed when it is shown.",
    "media.turned": "The camera was held turned; the picture is turned by {0} to be upright.",
    "media.few_keys": "Jumps take long: {0}. A copy made with the clip export is quicker.",
    "media.silent": "It has no sound track. For crying, add a camera with sound.",
    "media.sound_apart": "The sound starts {0}; it is played in step.",
    "media.sound_ends": "The sound ends {0}. Check that the copy is whole.",
}


def warning_words(warning: MediaWarning) -> str:
    """One thing to know about a video that can be used all the same."""
    words = _WARNINGS.get(warning.code)
    if words is None:
        return warning.fact
    return tr(words).format(warning.fact)
