"""Faster and slower sound whose pitch stays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av.error
import av.filter
import numpy as np
from av import AudioFrame

from ssp_coder.media.sound import CHANNELS, SAMPLE_RATE, silence

if TYPE_CHECKING:
    from ssp_coder.media.sound_pieces import Samples

_SLOWEST_STAGE, _FASTEST_STAGE = 0.5, 2.0
_STAGE_LEAD_US = 10_000
"""A slowing stage lets a sound come out so much of its own time early (measured: 9 to 10 ms at
0.5 to 0.9); speeding ones scatter about zero."""


def stages(rate: Fraction | float) -> tuple[float, ...]:
    """Speeds of a chain, each between a half and two, whose product is `rate`.

    Raises:
        ValueError: the rate is not above zero.
    """
    rest = float(rate)
    if rest <= 0:
        raise ValueError(f"sound cannot be heard at rate {rate}")
    chain = []
    while rest < _SLOWEST_STAGE:
        chain.append(_SLOWEST_STAGE)
        rest /= _SLOWEST_STAGE
    while rest > _FASTEST_STAGE:
        chain.append(_FASTEST_STAGE)
        rest /= _FASTEST_STAGE
    return (*chain, rest)


def lead_us(rate: Fraction | float) -> int:
    """How much too early, in media time, a sound leaves the chain of `rate`."""
    total, speed = 0.0, 1.0
    for stage in stages(rate):
        if stage < 1:
            total += _STAGE_LEAD_US * speed
        speed *= stage
    return round(total)


class Stretch:
    """A chain of atempo filters; at rate 1 it hands on what it gets.

    Output is counted, never stamped: its sample k belongs to input sample k times the rate, plus
    `lead_us`, which is the caller's to add.
    """

    def __init__(self, rate: Fraction | float) -> None:
        self._chain = stages(rate)
        self._pushed = 0
        self._graph = None if self._chain == (1.0,) else self._made()

    def feed(self, samples: Samples) -> Samples:
        """What comes out when these samples have gone in; often less, seldom nothing."""
        if self._graph is None:
            return samples
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples).reshape(1, -1), format="s16", layout="stereo"
        )
        frame.sample_rate, frame.time_base = SAMPLE_RATE, Fraction(1, SAMPLE_RATE)
        frame.pts = self._pushed
        self._pushed += len(samples)
        self._graph.push(frame)
        return self._pulled(self._graph)

    def _made(self) -> av.filter.Graph:
        graph = av.filter.Graph()
        graph.threads = 1
        source = graph.add(
            "abuffer",
            f"sample_rate={SAMPLE_RATE}:sample_fmt=s16:channel_layout=stereo"
            f":time_base=1/{SAMPLE_RATE}",
        )
        tempos = [graph.add("atempo", f"tempo={speed:.9f}") for speed in self._chain]
        graph.link_nodes(source, *tempos, graph.add("abuffersink")).configure()
        return graph

    def _pulled(self, graph: av.filter.Graph) -> Samples:
        pieces = [silence(0)]
        while True:
            try:
                answer = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            if isinstance(answer, AudioFrame):
                plain = answer.to_ndarray().astype(np.int16, copy=False)
                pieces.append(plain.reshape(-1, CHANNELS))
        return np.concatenate(pieces)
