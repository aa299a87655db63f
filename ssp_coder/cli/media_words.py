"""What is worth knowing about a video, in words with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssp_coder.media.probe import MediaWarning

_WORDS = {
    "media.incomplete": "the file is cut short; copy the recording again, or code what is there",
    "media.damaged": "some pieces are damaged; copy the recording again, or code what is there",
    "media.counted": "its time stamps cannot be trusted, so times are counted by frames",
    "media.variable_rate": "frames do not follow each other evenly; times stay exact",
    "media.interlaced": "each frame holds two half pictures; the window smooths them",
    "media.silent": "there is no sound",
}


def warning_words(warning: MediaWarning) -> str:
    """The warning with the numbers behind it."""
    words = _WORDS.get(warning.code)
    return warning.fact if words is None else f"{words} ({warning.fact})"
