"""Motion kept in a folder, so that a recording is measured only once for each region."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.media.keeping import DAMAGE, keep, kept_place
from ssp_coder.media.motion import WHOLE, Motion, Region

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = 1
_ROWS = ("energy", "region_energy", "brightness", "spread")
_SHARES = 10_000


def kept_motion(path: Path, folder: Path, region: Region = WHOLE) -> Motion | None:
    """The motion of a recording as it was put into `folder`, None if it was not."""
    try:
        return decode_motion(kept_place(path, folder, _ending(region)).read_bytes())
    except (OSError, ValueError):
        return None


def keep_motion(path: Path, folder: Path, region: Region, motion: Motion) -> None:
    """Put motion into `folder`; where that cannot be done it is measured again next time."""
    try:
        keep(kept_place(path, folder, _ending(region)), encode_motion(motion))
    except OSError:
        return  # the recording has gone meanwhile; what was read of it is right


def _ending(region: Region) -> str:
    sides = (region.left, region.top, region.width, region.height)
    return f".{'-'.join(str(round(side * _SHARES)) for side in sides)}.motion"


def encode_motion(motion: Motion) -> bytes:
    """The motion as compressed bytes."""
    packed = io.BytesIO()
    rows = {name: getattr(motion, name) for name in _ROWS}
    np.savez_compressed(packed, facts=np.array([_FORMAT, motion.first]), **rows)
    return packed.getvalue()


def decode_motion(packed: bytes) -> Motion:
    """The motion that `encode_motion` packed.

    Raises:
        ValueError: the bytes are damaged or of another format.
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
            facts, rows = kept["facts"], {name: kept[name] for name in _ROWS}
    except (*DAMAGE, KeyError) as error:
        raise ValueError(f"damaged motion: {error!r}") from error
    shape = rows[_ROWS[0]].shape
    whole = all(row.dtype == np.float32 and row.shape == shape for row in rows.values())
    if facts.shape != (2,) or facts[0] != _FORMAT or not whole or len(shape) != 1:
        raise ValueError("motion of another format")
    return Motion(first=int(facts[1]), **rows)
