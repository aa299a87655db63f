"""Figures of time: two codings over each other, lags, and values with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.reporting.figures_svg import (
    ACCENT,
    ALT,
    EDGE,
    INK,
    INK2,
    INK3,
    LINE,
    TINTS,
    Figure,
    box,
    figure,
    fitted,
    stroke,
    upright,
    width_of,
    words_at,
)
from ssp_coder.reporting.signs import minus, with_interval

WIDTH = 860
_LANE = 22
_GAP = 3
_LEFT = 96
_RIGHT = 8
_STEPS_S = (5, 10, 30, 60, 120, 300, 600, 1_800, 3_600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One event on a lane.

    Attributes:
        code: place of its code.
        end_us: as the start for a moment.
    """

    code: int
    start_us: int
    end_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Two codings of one track.

    Attributes:
        names: what the codes are called.
        coders: who they are.
        bars: events of the first and of the second.
        window: start and end.
        blind: stretches left out.
    """

    names: tuple[str, ...]
    coders: tuple[str, str]
    bars: tuple[tuple[Bar, ...], tuple[Bar, ...]]
    window: tuple[int, int]
    blind: tuple[tuple[int, int], ...] = ()


def lanes_figure(lanes: Lanes) -> Figure:
    """The events of both over one time axis, with a legend; left-out stretches are grey."""
    start, end = lanes.window
    scale = (WIDTH - _LEFT - _RIGHT) / max(1, end - start)
    shapes: list[str] = []
    for place, (coder, bars) in enumerate(zip(lanes.coders, lanes.bars, strict=True)):
        top = 4 + place * (_LANE + _GAP)
        shapes.append(box((_LEFT, top, WIDTH - _LEFT - _RIGHT, _LANE), ALT, LINE))
        shapes.append(words_at((_LEFT - 6, top + 15), fitted(coder, _LEFT - 8), INK2, at="end"))
        for bar in bars:
            shapes += _bar(bar, lanes, scale, top)
    bottom = 4 + 2 * _LANE + _GAP
    for begins, ends in lanes.blind:
        left = _LEFT + (begins - start) * scale
        shapes.append(box((left, 4, (ends - begins) * scale, bottom - 4), LINE, EDGE))
    shapes += _axis(lanes.window, scale, bottom)
    legend, height = _legend(lanes, bottom + 24)
    counts = " and ".join(
        f"{len(bars)} of {coder}" for coder, bars in zip(lanes.coders, lanes.bars, strict=True)
    )
    words = f"Timelines over each other, events: {counts}"
    return figure([*shapes, *legend], WIDTH, height, words)


def _bar(bar: Bar, lanes: Lanes, scale: float, top: float) -> Iterator[str]:
    tint, edge = TINTS[bar.code % len(TINTS)]
    first, last = lanes.window
    begins, ends = max(bar.start_us, first), min(bar.end_us, last)
    left = _LEFT + (begins - first) * scale
    if bar.end_us <= bar.start_us:
        yield box((left - 1, top + 3, 2, _LANE - 6), edge)
        return
    width = max(1.5, (ends - begins) * scale)
    yield box((left, top + 1, width, _LANE - 2), tint)
    yield box((left, top + 1, min(2.0, width), _LANE - 2), edge)
    name = lanes.names[bar.code]
    if width_of(name) + 6 <= width:
        yield words_at((left + 4, top + 15), name, INK)


def _axis(window: tuple[int, int], scale: float, top: float) -> Iterator[str]:
    start, end = window
    wanted = (end - start) / SECOND_US / 8
    step_us = next((step for step in _STEPS_S if step >= wanted), _STEPS_S[-1]) * SECOND_US
    for at in range(ceil(start / step_us) * step_us, end + 1, step_us):
        x = _LEFT + (at - start) * scale
        yield stroke((x, top), (x, top + 4), EDGE)
        where = "end" if x > WIDTH - 30 else "middle"
        yield words_at((x, top + 15), short_clock_text(at, digits=0), INK3, at=where)


def _legend(lanes: Lanes, top: float) -> tuple[list[str], float]:
    """The names of the codes that occur, with their colours, and where the picture ends."""
    used = sorted({bar.code for bars in lanes.bars for bar in bars})
    shapes, left = [], float(_LEFT)
    for code in used:
        name = fitted(lanes.names[code], 220)
        need = 16 + width_of(name) + 14
        if left + need > WIDTH and left > _LEFT:
            left, top = float(_LEFT), top + 18
        tint, edge = TINTS[code % len(TINTS)]
        shapes.append(box((left, top + 2, 11, 11), tint, edge))
        shapes.append(words_at((left + 16, top + 12), name, INK2))
        left += need
    return shapes, top + (20 if used else 0)


_PLOT_WIDTH = 420
_BINS = 21
"""An odd number, so that a lag of 0 lies in the middle of one."""
_PLOT_HEIGHT = 120
_PLOT_LEFT = 48
_PLOT_TOP = 8


def lag_figure(lags_us: Sequence[int], tolerance_us: int, names: tuple[str, str]) -> Figure:
    """How the lags of matched onsets are spread, with the median.

    Args:
        lags_us: second minus first coder.
        tolerance_us: the tolerance at which they were matched.
        names: first and second coder.
    """
    reach = max(tolerance_us, *(abs(lag) for lag in lags_us), 1)
    counts = [0] * _BINS
    for lag in lags_us:
        counts[min(_BINS - 1, int((lag + reach) * _BINS / (2 * reach)))] += 1
    most = max(counts)
    shapes = [box((_PLOT_LEFT, _PLOT_TOP, _PLOT_WIDTH, _PLOT_HEIGHT), "none", LINE)]
    bar = _PLOT_WIDTH / _BINS
    foot = _PLOT_TOP + _PLOT_HEIGHT
    for place, count in enumerate(counts):
        height = _PLOT_HEIGHT * count / most if most else 0
        left = _PLOT_LEFT + place * bar
        if count:
            shapes.append(
                box((left + 0.5, foot - height, bar - 1, height), TINTS[0][0], TINTS[0][1])
            )
    ordered = sorted(lags_us)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    x = _PLOT_LEFT + (middle + reach) / (2 * reach) * _PLOT_WIDTH
    shapes.append(stroke((x, _PLOT_TOP), (x, foot), INK, 'stroke-width="2"'))
    shapes += _lag_axes(reach, most, names)
    words = (
        f"Lags of {len(lags_us)} matched onsets, {names[1]} minus {names[0]}; "
        f"median {minus(f'{middle / SECOND_US:+.2f}')} s"
    )
    return figure(shapes, _PLOT_LEFT + _PLOT_WIDTH + 16, foot + 40, words)


def _lag_axes(reach: float, most: int, names: tuple[str, str]) -> Iterator[str]:
    foot = _PLOT_TOP + _PLOT_HEIGHT
    for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
        x = _PLOT_LEFT + (part + 1) / 2 * _PLOT_WIDTH
        said = minus(f"{part * reach / SECOND_US:+.2f}") if part else "0"
        yield stroke((x, foot), (x, foot + 4), EDGE)
        yield words_at((x, foot + 16), said, INK2, at="middle")
    middle = _PLOT_LEFT + _PLOT_WIDTH / 2
    said = f"lag in s: {names[1]} minus {names[0]} (line: median)"
    yield words_at((middle, foot + 33), fitted(said, _PLOT_WIDTH), INK2, at="middle")
    yield words_at((_PLOT_LEFT - 6, _PLOT_TOP + 10), str(most), INK2, at="end")
    yield words_at((_PLOT_LEFT - 6, foot), "0", INK2, at="end")
    yield upright((14, _PLOT_TOP + _PLOT_HEIGHT / 2), "onsets")


_ROW = 20
_NAME = 395.0
_FIGURES = 190


def interval_figure(rows: Sequence[tuple[str, Estimate]], title: str) -> Figure:
    """Values with their intervals on one axis; an undefined one is said in words.

    Args:
        rows: what each is called, and its value.
        title: what the values are.
    """
    known = [
        value
        for _, estimate in rows
        for value in (estimate.value, estimate.low, estimate.high)
        if value is not None
    ]
    low = floor(min([0.0, *known]) * 4) / 4
    high = max(1.0, ceil(max([1.0, *known]) * 4) / 4)
    left = min(_NAME, max((width_of(name) + 16 for name, _ in rows), default=60.0))
    span = WIDTH - left - _FIGURES
    shapes = []

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * span

    foot = 4 + _ROW * len(rows)
    for place in range(round((high - low) * 4) + 1):
        at = low + place / 4
        shapes.append(stroke((x(at), 4), (x(at), foot), EDGE if at == 0 else LINE))
        shapes.append(words_at((x(at), foot + 14), minus(f"{at:g}"), INK2, at="middle"))
    for place, (name, estimate) in enumerate(rows):
        middle = 4 + _ROW * place + _ROW / 2
        shapes.append(words_at((left - 12, middle + 4), fitted(name, left - 12), INK, at="end"))
        shapes += _interval(estimate, middle, x)
    return figure(shapes, WIDTH, foot + 22, f"{title}, with intervals where there are any")


def _interval(estimate: Estimate, middle: float, x: Callable[[float], float]) -> Iterator[str]:
    left = WIDTH - _FIGURES + 12
    yield words_at((left, middle + 4), with_interval(estimate), INK2)
    if estimate.low is not None and estimate.high is not None:
        begins, ends = x(estimate.low), x(estimate.high)
        yield stroke((begins, middle), (ends, middle), ACCENT, 'stroke-width="2"')
        for end in (begins, ends):
            yield stroke((end, middle - 4), (end, middle + 4), ACCENT, 'stroke-width="2"')
    if estimate.value is not None:
        yield box((x(estimate.value) - 4, middle - 4, 8, 8), ACCENT)
