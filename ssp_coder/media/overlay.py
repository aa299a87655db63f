"""Time and words burnt into a picture, so that a clip explains itself without this program."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.time import Span, clock_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LINE_SHARE = 1 / 22
_MOST_SHARE = 1 / 3
"""Project default: many lines become smaller, so that they cover a third of the height at most."""
_SMALLEST_LINE = 12
_FACE_HEIGHT = 30
"""Height in pixels of a line of the drawn letters at scale 1."""
_INK = (255, 255, 255)
_PLATE_SHARE = 0.35
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Words to be read in the picture for a while.

    Attributes:
        span: while they are to be read.
        words: what is to be read.
        who: whom they are about; the words about one person share a line. Empty for nobody.
    """

    span: Span
    words: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is burnt into every picture.

    Attributes:
        timecode: whether the time of the session is shown.
        captions: words with the stretch of session time during which they are shown.
        offset_us: session time at which the recording begins.
    """

    timecode: bool = False
    captions: tuple[Caption, ...] = ()
    offset_us: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether pictures stay as they are."""
        return not self.timecode and not self.captions

    def lines_at(self, media_us: int) -> tuple[str, ...]:
        """What is to be read at a time of the recording, the time of the session last."""
        time_us = media_us + self.offset_us
        shown: dict[tuple[str, int], list[str]] = {}
        for number, caption in enumerate(self.captions):
            if caption.span.start_us <= time_us < caption.span.end_us:
                line = (caption.who, 0 if caption.who else number)
                shown.setdefault(line, []).append(caption.words)
        lines = [
            plain_letters(f"{who}: {', '.join(words)}" if who else words[0])
            for (who, _), words in shown.items()
        ]
        return (*lines, clock_text(time_us)) if self.timecode else tuple(lines)


def plain_letters(words: str) -> str:
    """The words in the letters that can be drawn, without accents."""
    parts = unicodedata.normalize("NFKD", words.translate(_SPELT))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else "?" for sign in bare)


def burn(rgb: NDArray[np.uint8], lines: tuple[str, ...]) -> None:
    """Write `lines` into the lower left of a picture, on a darkened plate; changes `rgb`."""
    import cv2

    if not lines:
        return
    height, width, _ = rgb.shape
    share = min(_LINE_SHARE, _MOST_SHARE / (len(lines) + 1))
    line = max(_SMALLEST_LINE, round(height * share))
    thick = max(1, line // 16)
    scales = [_scale(text, line, width - line, thick) for text in lines]
    sizes = [
        cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)[0][0]
        for text, scale in zip(lines, scales, strict=True)
    ]
    top = max(0, height - line * len(lines) - line)
    plate = rgb[top:, : min(width, max(sizes) + line)]
    plate[:] = (plate * _PLATE_SHARE).astype(plate.dtype)
    for number, (text, scale) in enumerate(zip(lines, scales, strict=True), start=1):
        foot = height - line // 2 - line * (len(lines) - number) - line // 4
        cv2.putText(
            rgb, text, (line // 2, foot), cv2.FONT_HERSHEY_SIMPLEX, scale, _INK, thick, cv2.LINE_AA
        )


def _scale(text: str, line: int, room: int, thick: int) -> float:
    """Size of the letters: a line high, smaller where the words would not fit."""
    import cv2

    scale = line / _FACE_HEIGHT
    across = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)[0][0]
    return scale * min(1.0, room / across) if across else scale
