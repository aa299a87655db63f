"""The outline of a sound track: how loud it is in every hundredth of a second."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.keeping import DAMAGE, keep, kept_place
from ssp_coder.media.soundtrack import Hearing, sound_blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

BUCKET_US = Micros(10_000)
"""Length of a bucket: 10 ms, finer than a pixel until a second is 100 pixels wide."""
FULL_SCALE = 32_767
"""Value of the loudest sound that a 16-bit recording can hold."""

_PER_SECOND = SECOND_US // BUCKET_US
_CHUNK = 500
"""Buckets told at once: five seconds of sound."""
_ENDING = ".wave"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A stretch of the outline; bucket 0 begins with the first picture.

    Attributes:
        first: number of the first bucket.
        lowest: the lowest sample of each bucket, `FULL_SCALE` being the loudest possible.
        highest: the highest sample, likewise.
        rms: root of the mean square, likewise: how loud it sounds.
    """

    first: int
    lowest: NDArray[np.int16]
    highest: NDArray[np.int16]
    rms: NDArray[np.int16]

    @property
    def count(self) -> int:
        """Number of buckets."""
        return len(self.rms)

    @property
    def end_us(self) -> Micros:
        """When the last bucket ends."""
        return Micros((self.first + self.count) * BUCKET_US)


def _ignore(_chunk: Envelope) -> None:
    """Chunks that nobody waits for."""


def build_envelope(
    path: Path,
    index: FrameIndex,
    watch: Watch = UNWATCHED,
    on_chunk: Callable[[Envelope], None] = _ignore,
    track: int = 0,
) -> Envelope:
    """The outline of a whole sound track.

    Args:
        path: the recording.
        index: its frame index, which says where media time 0 lies.
        watch: progress and the wish to stop.
        on_chunk: told each stretch as soon as it is known, in order and without holes.
        track: which sound track, from 0.

    Raises:
        MediaError: the recording is unusable or has no such sound.
        Abandoned: `watch` cancelled the work.
    """
    buckets = _Buckets(on_chunk)
    for block in sound_blocks(path, index, Hearing(place=track)):
        buckets.add(block.samples[0], block.rate)
        watch.report(block.first / block.rate * SECOND_US / max(1, index.end_us))
    buckets.finish()
    watch.report(1.0)
    return joined(buckets.chunks)


def cached_envelope(
    path: Path,
    index: FrameIndex,
    folder: Path,
    watch: Watch = UNWATCHED,
    on_chunk: Callable[[Envelope], None] = _ignore,
) -> Envelope:
    """The outline from `folder` if it is there, else built and put there; see `build_envelope`."""
    try:
        place = kept_place(path, folder, _ENDING)
        envelope = decode_envelope(place.read_bytes())
    except (OSError, ValueError):
        envelope = build_envelope(path, index, watch, on_chunk)
        try:
            keep(kept_place(path, folder, _ENDING), encode_envelope(envelope))
        except OSError:
            return envelope  # the recording has gone meanwhile; what was read of it is right
    else:
        on_chunk(envelope)
        watch.report(1.0)
    return envelope


def joined(chunks: list[Envelope]) -> Envelope:
    """Stretches that follow each other as one."""
    empty = np.empty(0, np.int16)
    return Envelope(
        first=chunks[0].first if chunks else 0,
        lowest=np.concatenate([empty, *(chunk.lowest for chunk in chunks)]),
        highest=np.concatenate([empty, *(chunk.highest for chunk in chunks)]),
        rms=np.concatenate([empty, *(chunk.rms for chunk in chunks)]),
    )


class _Buckets:
    """Cuts samples into buckets; a bucket of 10 ms need not hold a whole number of samples."""

    def __init__(self, on_chunk: Callable[[Envelope], None]) -> None:
        self._on_chunk = on_chunk
        self._waiting: list[NDArray[np.float32]] = []
        self._held = 0
        self._rate = 0
        self._done = 0
        self.chunks: list[Envelope] = []

    def add(self, samples: NDArray[np.float32], rate: int) -> None:
        """Take more samples; every so often a chunk is complete."""
        self._rate = rate
        self._waiting.append(samples)
        self._held += len(samples)
        while self._held >= self._edge(_CHUNK):
            self._give(_CHUNK)

    def finish(self) -> None:
        """Give what is left; the last bucket may be shorter than the others."""
        if self._held:
            left = next(n for n in range(1, _CHUNK + 1) if self._edge(n) >= self._held)
            self._give(left)

    def _edge(self, bucket: int) -> int:
        """Samples held before the bucket that is `bucket` further on than those given."""
        begins = -(-self._done * self._rate // _PER_SECOND)
        return -(-(self._done + bucket) * self._rate // _PER_SECOND) - begins

    def _give(self, count: int) -> None:
        held = np.concatenate(self._waiting)
        end = min(self._edge(count), len(held))
        edges = np.array([self._edge(bucket) for bucket in range(count)])
        chunk = _outline(self._done, held[:end], edges)
        self._waiting = [held[end:]]
        self._held -= end
        self._done += count
        self.chunks.append(chunk)
        self._on_chunk(chunk)


def _outline(first: int, samples: NDArray[np.float32], edges: NDArray[np.int64]) -> Envelope:
    lengths = np.diff(np.append(edges, len(samples)))
    squares = np.add.reduceat(np.square(samples), edges)
    return Envelope(
        first=first,
        lowest=_scaled(np.minimum.reduceat(samples, edges)),
        highest=_scaled(np.maximum.reduceat(samples, edges)),
        rms=_scaled(np.sqrt(squares / lengths)),
    )


def _scaled(values: NDArray[np.floating]) -> NDArray[np.int16]:
    whole = np.nan_to_num(np.clip(values, -1.0, 1.0)) * FULL_SCALE
    rounded: NDArray[np.int16] = np.rint(whole).astype(np.int16)
    return rounded


# ------------------------------------------------------------------------------ the cache


def encode_envelope(envelope: Envelope) -> bytes:
    """The outline as compressed bytes."""
    packed = io.BytesIO()
    facts = np.array([_FORMAT, envelope.first])
    np.savez_compressed(
        packed, facts=facts, lowest=envelope.lowest, highest=envelope.highest, rms=envelope.rms
    )
    return packed.getvalue()


def decode_envelope(packed: bytes) -> Envelope:
    """The outline that `encode_envelope` packed.

    Raises:
        ValueError: the bytes are damaged or of another format.
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
            facts, rows = kept["facts"], [kept[name] for name in ("lowest", "highest", "rms")]
    except (*DAMAGE, KeyError) as error:
        raise ValueError(f"damaged outline: {error!r}") from error
    whole = all(row.dtype == np.int16 and row.shape == rows[0].shape for row in rows)
    if facts.shape != (2,) or facts[0] != _FORMAT or not whole or rows[0].ndim != 1:
        raise ValueError("an outline of another format")
    return Envelope(first=int(facts[1]), lowest=rows[0], highest=rows[1], rms=rows[2])
