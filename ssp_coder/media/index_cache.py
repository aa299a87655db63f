"""Frame indexes kept in a folder, so that a recording is listed only once."""

from __future__ import annotations

import json
import zlib
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.indexing import UNWATCHED, Watch, build_index
from ssp_coder.media.keeping import keep, kept_place

_FORMAT = "ssp_coder.frame_index/1"


def cached_index(path: Path, folder: Path, watch: Watch = UNWATCHED) -> FrameIndex:
    """The index of `path`, from `folder` if it is there, else built and put there.

    A damaged or foreign cache file is replaced. A folder that cannot be written costs time only.

    Raises:
        MediaError: the recording is unusable.
        Abandoned: `watch` cancelled the work.
    """
    try:
        place = cache_place(path, folder)
    except OSError:
        return build_index(path, watch)  # which says what is wrong with the recording
    try:
        index = decode_index(place.read_bytes())
    except (OSError, ValueError):
        index = build_index(path, watch)
        keep(place, encode_index(index))
    else:
        watch.report(1.0)
    return index


def cache_place(path: Path, folder: Path) -> Path:
    """Where the index of the recording `path` lies in `folder`."""
    return kept_place(path, folder, ".frames")


def encode_index(index: FrameIndex) -> bytes:
    """The index as compressed bytes."""
    facts = {
        "format": _FORMAT,
        "first": index.stamps[0],
        "steps": [later - earlier for earlier, later in pairwise(index.stamps)],
        "time_base": [index.time_base.numerator, index.time_base.denominator],
        "last_ticks": index.last_ticks,
        "keys": [[key.ordinal, key.pts, key.dts] for key in index.keys],
        "addressing": index.addressing.value,
        "declared_count": index.declared_count,
        "delay_ticks": index.delay_ticks,
    }
    return zlib.compress(json.dumps(facts, separators=(",", ":")).encode("ascii"))


def decode_index(packed: bytes) -> FrameIndex:
    """The index that `encode_index` packed.

    Raises:
        ValueError: the bytes are damaged or of another format.
    """
    try:
        facts = json.loads(zlib.decompress(packed))
        if facts["format"] != _FORMAT:
            raise ValueError(f"index format {facts['format']!r}, expected {_FORMAT!r}")
        return _from_facts(facts)
    except (zlib.error, KeyError, TypeError, ZeroDivisionError, RecursionError) as error:
        raise ValueError(f"damaged frame index: {error!r}") from error


def _from_facts(facts: dict[str, Any]) -> FrameIndex:  # Any: parsed JSON, checked by FrameIndex
    named = [facts[name] for name in ("first", "last_ticks", "declared_count", "delay_ticks")]
    whole = (*named, *facts["steps"], *(number for key in facts["keys"] for number in key))
    if not all(type(number) is int for number in whole):
        raise TypeError("a stamp is not a whole number")
    numerator, denominator = facts["time_base"]
    stamps = tuple(accumulate(facts["steps"], initial=facts["first"]))
    keys = tuple(KeyFrame(ordinal=at, pts=pts, dts=dts) for at, pts, dts in facts["keys"])
    if any(not 0 <= key.ordinal < len(stamps) for key in keys):
        raise ValueError("a key frame lies outside the recording")
    return FrameIndex(
        stamps=stamps,
        time_base=Fraction(numerator, denominator),
        last_ticks=facts["last_ticks"],
        keys=keys,
        addressing=Addressing(facts["addressing"]),
        declared_count=facts["declared_count"],
        delay_ticks=facts["delay_ticks"],
    )
