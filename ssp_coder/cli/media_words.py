"""What is worth knowing about a video, in words with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssp_coder.media.probe import MediaWarning

_WORDS = {
    "media.incomplete": "the file is cut short; copy the recording again, or code what is there",
    "media.damaged": "some pieces are damaged; copy the recording again, or code what is there",
    "media.counted": "its time stamps cannot be trusted, so times are counted by frames; run "
    "'ssp-coder selftest' before coding",
    "media.variable_rate": "frames do not follow each other evenly; times stay exact, and nothing "
    "is to be done",
    "media.coarse": "there are few frames a second; times cannot be finer than one frame",
    "media.late_start": "its clock does not start at 0; times count from the first picture, so "
    "another program may show other times",
    "media.interlaced": "each frame holds two half pictures; the window smooths them, and nothing "
    "is to be done",
    "media.turned": "the picture was taken turned; the window shows it upright, and nothing is to "
    "be done",
    "media.few_keys": "jumps take long, for the file has few key frames; a copy made with "
    "'ssp-coder clip' has more",
    "media.silent": "there is no sound; use a camera with sound for crying, if there is one",
    "media.sound_apart": "sound and picture start apart; they are played in step, and nothing is "
    "to be done",
    "media.sound_ends": "sound and picture end apart; check that the copy is whole",
}


def warning_words(warning: MediaWarning) -> str:
    """The warning with the numbers behind it."""
    words = _WORDS.get(warning.code)
    return warning.fact if words is None else f"{words} ({warning.fact})"
