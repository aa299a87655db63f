"""What is kept of an arrangement of panels from one sitting to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass

VERSION = 1
"""Raised when the panels change so that earlier arrangements no longer fit."""

Place = tuple[int, int, int, int]
"""Left, top, width and height of a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelArrangement:
    """Where panels stand.

    Attributes:
        zones: a panel with the zone it stands in, in the order of the tabs; all panels there are.
        windows: a panel that has a window of its own with the place of that.
        lengths: sizes at each border between zones, one line a border; empty: as at first.
        shown: a step with the ids of the panels shown in it.
    """

    zones: tuple[tuple[str, str], ...]
    windows: tuple[tuple[str, Place], ...] = ()
    lengths: tuple[tuple[int, ...], ...] = ()
    shown: tuple[tuple[str, tuple[str, ...]], ...] = ()


def to_text(arrangement: PanelArrangement) -> str:
    """An arrangement as one line of text for the settings."""
    return json.dumps(
        {
            "version": VERSION,
            "zones": arrangement.zones,
            "windows": arrangement.windows,
            "lengths": arrangement.lengths,
            "shown": arrangement.shown,
        }
    )


def from_text(text: str) -> PanelArrangement | None:
    """The arrangement of a text; None where it cannot be read or is of another version."""
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("version") != VERSION:
            return None
        return PanelArrangement(
            zones=tuple((_word(panel), _word(zone)) for panel, zone in told["zones"]),
            windows=tuple((_word(panel), _place(place)) for panel, place in told["windows"]),
            lengths=tuple(_lengths(line) for line in told["lengths"]),
            shown=tuple(
                (_word(step), tuple(_word(panel) for panel in panels))
                for step, panels in told["shown"]
            ),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _word(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError("ids are words")
    return told


def _lengths(told: list[object]) -> tuple[int, ...]:
    found = []
    for one in told:
        if not isinstance(one, int) or isinstance(one, bool) or not 0 <= one <= 100_000:
            raise ValueError("lengths are whole numbers of pixels")
        found.append(one)
    return tuple(found)


def _place(told: list[object]) -> Place:
    left, top, wide, high = told
    for one in told:
        if not isinstance(one, int) or isinstance(one, bool) or abs(one) > 100_000:
            raise ValueError("places are whole numbers of pixels")
    return int(str(left)), int(str(top)), int(str(wide)), int(str(high))
