"""Type: sizes in steps of the system font, always with figures of one width.

The table gives each use its size against a 13 px body, so a person who enlarges the system
font enlarges the whole window.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

BODY_PX = 13.0
"""The body size that the look was drawn at; every length in the look is in these pixels."""

PREFERRED_FAMILY = "Inter"
FALLBACK_FAMILY = "DejaVu Sans"


class FontUse(StrEnum):
    """What a text is for; the size and weight follow from it."""

    VERDICT = "verdict"
    EMPTY_TITLE = "empty_title"
    MEDIA_TIME = "media_time"
    STEP_TITLE = "step_title"
    PANEL_TITLE = "panel_title"
    BODY = "body"
    LABEL = "label"
    LABEL_STRONG = "label_strong"
    TABLE = "table"
    TABLE_STRONG = "table_strong"
    CAPTION = "caption"
    CAPTION_STRONG = "caption_strong"
    RULER = "ruler"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Type:
    size_px: float
    weight: QFont.Weight


_REGULAR, _MEDIUM, _STRONG = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold

_TYPES = {
    FontUse.VERDICT: _Type(size_px=34, weight=_STRONG),
    FontUse.EMPTY_TITLE: _Type(size_px=26, weight=_STRONG),
    FontUse.MEDIA_TIME: _Type(size_px=19, weight=_STRONG),
    FontUse.STEP_TITLE: _Type(size_px=17, weight=_STRONG),
    FontUse.PANEL_TITLE: _Type(size_px=14, weight=_STRONG),
    FontUse.BODY: _Type(size_px=13, weight=_REGULAR),
    FontUse.LABEL: _Type(size_px=13, weight=_MEDIUM),
    FontUse.LABEL_STRONG: _Type(size_px=13, weight=_STRONG),
    FontUse.TABLE: _Type(size_px=12, weight=_REGULAR),
    FontUse.TABLE_STRONG: _Type(size_px=12, weight=_STRONG),
    FontUse.CAPTION: _Type(size_px=11, weight=_REGULAR),
    FontUse.CAPTION_STRONG: _Type(size_px=11, weight=_STRONG),
    FontUse.RULER: _Type(size_px=10.5, weight=_REGULAR),
}


def body_font(system: QFont) -> QFont:
    """The body font: the system size, in the preferred family when it is installed."""
    font = QFont(system)
    installed = QFontDatabase.families()
    if PREFERRED_FAMILY in installed:
        font.setFamilies([PREFERRED_FAMILY, *system.families()])
    elif FALLBACK_FAMILY in installed:
        font.setFamilies([*system.families(), FALLBACK_FAMILY])
    return _tabular(font)


def font_for(use: FontUse, body: QFont) -> QFont:
    """The font of one use, relative to the body font.

    Args:
        use: what the text is for.
        body: the font of the body text, as `body_font` gives it.
    """
    kind = _TYPES[use]
    ratio = kind.size_px / BODY_PX
    font = QFont(body)
    if body.pointSizeF() > 0:
        font.setPointSizeF(body.pointSizeF() * ratio)
    else:
        font.setPixelSize(max(1, round(body.pixelSize() * ratio)))
    font.setWeight(_available(kind.weight, QFontInfo(body).family()))
    return _tabular(font)


def scale_of(body: QFont) -> float:
    """How large the body is against the 13 px the look was drawn at; 1.0 is equal."""
    return QFontInfo(body).pixelSize() / BODY_PX


@cache
def _available(weight: QFont.Weight, family: str) -> QFont.Weight:
    # Left to Qt, a missing medium is drawn regular or bold depending on what was drawn before.
    have = {QFontDatabase.weight(family, style) for style in QFontDatabase.styles(family)}
    if weight.value in have:
        return weight
    return QFont.Weight.Bold if weight.value > QFont.Weight.Medium.value else QFont.Weight.Normal


def _tabular(font: QFont) -> QFont:
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
