"""One drawn person at a time, on a plain sheet, for the tests of the drawing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssp_coder.demonstration.posture import ADULT_POSTURES, BABY_POSTURES
from ssp_coder.demonstration.staging import Presence, Walk
from ssp_coder.demonstration.story import Actor

PAPER = 255


def sheet() -> NDArray[np.uint8]:
    return np.full((360, 640, 3), PAPER, np.uint8)


def actor(figure: str = "adult", **changes: str) -> Actor:
    look = {
        "name": "ann",
        "figure": figure,
        "starts": "left",
        "skin": "#dbb295",
        "hair": "#463328",
        "hair_style": "bob",
        "top": "#0000ff",
        "legs": "#00ff00",
    }
    return Actor(**{**look, **changes})


def person(figure: str = "adult", **changes: Any) -> Presence:  # any field of Presence
    postures = BABY_POSTURES if figure == "baby" else ADULT_POSTURES
    fields: dict[str, Any] = {  # values of several types, checked by Presence
        "actor": actor(figure),
        "x": 320.0,
        "y": 300.0,
        "facing": 1.0,
        "posture": next(iter(postures.values())),
        "walk": Walk(distance=0.0, vigour=0.0),
        "look": None,
        "reach": None,
        "reach_weight": 0.0,
        "weep": 0,
        "weep_since_us": 0,
        "talk": 0.0,
        "smile": 0.0,
        "dread": 0.0,
        "carrier": "",
        "lift": 0.0,
        "grasp": "",
    }
    return Presence(**{**fields, **changes})


def inked(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((image != PAPER).any(axis=2))


def box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is inked."""
    rows, columns = np.nonzero(mask)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def close_to(image: NDArray[np.uint8], bgr: tuple[int, int, int], by: int = 12) -> int:
    """How many pixels have nearly that colour."""
    return int((np.abs(image.astype(int) - bgr).max(axis=2) <= by).sum())
