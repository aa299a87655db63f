"""From media time to pixels and back, zooming, scrolling and the ticks of the ruler."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.domain.time import SECOND_US, Micros, Span

SHORTEST_VIEW_US = 200_000

_MS = 1_000
_STEPS: tuple[tuple[int, int], ...] = (
    (10 * _MS, 2 * _MS),
    (20 * _MS, 10 * _MS),
    (50 * _MS, 10 * _MS),
    (100 * _MS, 20 * _MS),
    (200 * _MS, 50 * _MS),
    (500 * _MS, 100 * _MS),
    (SECOND_US, 200 * _MS),
    (2 * SECOND_US, 500 * _MS),
    (5 * SECOND_US, SECOND_US),
    (10 * SECOND_US, 2 * SECOND_US),
    (20 * SECOND_US, 5 * SECOND_US),
    (30 * SECOND_US, 10 * SECOND_US),
    (60 * SECOND_US, 15 * SECOND_US),
    (120 * SECOND_US, 30 * SECOND_US),
    (300 * SECOND_US, 60 * SECOND_US),
    (600 * SECOND_US, 120 * SECOND_US),
    (1_800 * SECOND_US, 300 * SECOND_US),
    (3_600 * SECOND_US, 900 * SECOND_US),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeScale:
    """A stretch of media time laid over a stretch of pixels.

    Args:
        start_us: time at the left edge.
        length_us: time from the left to the right edge, above 0.
        left: pixel of the left edge.
        width: pixels from the left to the right edge, above 0.
    """

    start_us: int
    length_us: int
    left: int
    width: int

    @property
    def end_us(self) -> int:
        """Time at the right edge."""
        return self.start_us + self.length_us

    @property
    def span(self) -> Span:
        """The visible stretch of time."""
        return Span(start_us=Micros(self.start_us), end_us=Micros(self.end_us))

    def holds(self, time_us: int) -> bool:
        """Whether a time lies in the view."""
        return self.start_us <= time_us < self.end_us

    def x_of(self, time_us: int) -> int:
        """The pixel of a time, which may lie outside the view."""
        return self.left + round((time_us - self.start_us) * self.width / self.length_us)

    def xs_of(self, times_us: np.ndarray) -> np.ndarray:
        """The pixels of many times, each as `x_of` gives it."""
        pixels = (times_us - self.start_us) * self.width / self.length_us
        return self.left + np.rint(pixels).astype(np.int64)

    def time_at(self, x: float) -> int:
        """The time at a pixel, which may lie outside the view."""
        return self.start_us + round((x - self.left) * self.length_us / self.width)

    def pixels_of(self, length_us: int) -> int:
        """How many pixels a length of time covers."""
        return round(length_us * self.width / self.length_us)

    def time_of_pixels(self, pixels: float) -> int:
        """How much time a number of pixels stands for."""
        return round(pixels * self.length_us / self.width)

    def zoomed(self, factor: float, anchor_us: int, duration_us: int) -> TimeScale:
        """Show `factor` times less, with the anchor staying under the same pixel."""
        length = min(max(round(self.length_us / factor), SHORTEST_VIEW_US), duration_us)
        share = (anchor_us - self.start_us) / self.length_us
        start = anchor_us - round(share * length)
        return replace(self, start_us=start, length_us=max(length, 1)).inside(duration_us)

    def at(self, start_us: int, duration_us: int) -> TimeScale:
        """The same length from another start, kept inside the recording."""
        return replace(self, start_us=start_us).inside(duration_us)

    def over(self, span: Span, duration_us: int) -> TimeScale:
        """The scale that shows a span, kept inside the recording."""
        length = min(max(span.length_us, SHORTEST_VIEW_US), max(duration_us, 1))
        return replace(self, start_us=span.start_us, length_us=length).inside(duration_us)

    def inside(self, duration_us: int) -> TimeScale:
        """The same length moved so that it does not leave the recording."""
        length = min(self.length_us, max(duration_us, 1))
        start = max(0, min(self.start_us, duration_us - length))
        return replace(self, start_us=start, length_us=length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Times of the labelled and of the small ticks, and the digits their labels need."""

    labelled: tuple[int, ...]
    small: tuple[int, ...]
    digits: int


def ticks(scale: TimeScale, label_px: int) -> Ticks:
    """The ticks of a ruler: as many round times as leave `label_px` between two labels."""
    least = scale.time_of_pixels(label_px)
    step, minor = next((pair for pair in _STEPS if pair[0] >= least), _STEPS[-1])
    while step < least:
        step, minor = step * 2, minor * 2
    return Ticks(
        labelled=_multiples(scale, step), small=_multiples(scale, minor), digits=_digits(step)
    )


def _multiples(scale: TimeScale, step: int) -> tuple[int, ...]:
    first = -(-scale.start_us // step) * step
    return tuple(range(first, scale.end_us + 1, step))


def _digits(step: int) -> int:
    if step % SECOND_US == 0:
        return 0
    return 1 if step % (100 * _MS) == 0 else 2
