"""The rhythm of crying, shared by picture and sound so that mouth and voice go together."""

from __future__ import annotations

BREATHS_S = (0.0, 1.30, 1.12, 0.96)
"""Seconds from one cry to the next, by level."""
VOICED = (0.0, 0.62, 0.74, 0.82)
"""Part of each breath that is heard, by level; the rest is drawing breath."""


def breath_part(since_us: int, level: int) -> float:
    """How far the breath has come, 0 to below 1, `since_us` after the crying began."""
    return (since_us / 1e6 / BREATHS_S[level]) % 1.0


def mouth_opening(since_us: int, level: int) -> float:
    """How wide the mouth is open, 0 to 1: it opens with the voice and shuts with the breath."""
    if not level:
        return 0.0
    voiced = breath_part(since_us, level) / VOICED[level]
    if voiced >= 1.0:
        return 0.25
    return 0.25 + 0.75 * min(1.0, 4 * voiced, 4 * (1.0 - voiced))
