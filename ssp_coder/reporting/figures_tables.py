"""Figures of tables: who gave which code, and how ratings of two coders lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ssp_coder.reporting.figures_svg import (
    ACCENT,
    EDGE,
    INK,
    INK2,
    INK3,
    LINE,
    SOFT,
    Figure,
    box,
    dot,
    figure,
    fitted,
    mixed,
    stroke,
    upright,
    width_of,
    words_at,
)
from ssp_coder.reporting.signs import minus

_LABEL = 150
_HEAD = 110
_SIDE = 26


def matrix_figure(
    names: Sequence[str], cells: Sequence[Sequence[float]], *, coders: tuple[str, str], unit: str
) -> Figure:
    """A confusion matrix: rows the first coder, columns the second; darker is more of the row.

    Args:
        names: of rows and columns.
        cells: square counts.
        coders: who they are.
        unit: what is counted.
    """
    side = max([40.0, *(width_of(_count(cell)) + 10 for row in cells for cell in row)])
    longest = max([0.0, *(width_of(name) + 8 for name in names)])
    left, top = 24 + min(_LABEL, max(60.0, longest)), 24 + min(_HEAD, longest)
    size = len(names)
    shapes = [
        *_matrix_heads(names, (left, top), side, coders),
        *_matrix_cells(cells, (left, top), side),
    ]
    for place in range(size):
        corner = (left + place * side, top + place * _SIDE, side, _SIDE)
        shapes.append(box(corner, "none", INK2))
    total = sum(map(sum, cells))
    same = sum(cells[place][place] for place in range(size))
    words = (
        f"Confusion matrix, {unit}: rows {coders[0]}, columns {coders[1]}; "
        f"{_count(same)} of {_count(total)} on the diagonal"
    )
    below = max(8.0, (width_of(coders[0]) - size * _SIDE) / 2 + 4)
    width = max(left + size * side, left + width_of(coders[1])) + 8
    return figure(shapes, width, top + size * _SIDE + below, words)


def _matrix_heads(
    names: Sequence[str], corner: tuple[float, float], side: float, coders: tuple[str, str]
) -> Iterator[str]:
    left, top = corner
    middle = len(names) / 2
    yield words_at((left, 13), fitted(coders[1], 300), INK2)
    yield upright((12, top + _SIDE * middle), fitted(coders[0], max(110, _SIDE * len(names))))
    for place, name in enumerate(names):
        base = top + place * _SIDE + _SIDE / 2 + 4
        yield words_at((left - 6, base), fitted(name, left - 28), INK, at="end")
        across = left + place * side + side / 2 + 4
        shown = fitted(name, top - 26)
        yield (
            f'<g transform="translate({across:.2f} {top - 5:.2f}) rotate(-90)">'
            f"{words_at((0, 0), shown, INK)}</g>"
        )


def _matrix_cells(
    cells: Sequence[Sequence[float]], corner: tuple[float, float], side: float
) -> Iterator[str]:
    left, top = corner
    for down, row in enumerate(cells):
        whole = sum(row) or 1
        for across, cell in enumerate(row):
            x, y = left + across * side, top + down * _SIDE
            yield box((x, y, side, _SIDE), mixed(cell / whole), LINE)
            if cell:
                words = _count(cell)
                yield words_at((x + side / 2, y + _SIDE / 2 + 4), words, INK, at="middle")


def _count(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


_PLOT = 210
_PLOT_LEFT = 56
_PLOT_TOP = 14


def bubble_figure(
    points: Sequence[float], pairs: Sequence[tuple[float, float]], coders: tuple[str, str]
) -> Figure:
    """How often the coders gave which two ratings; the disc's area grows with the count.

    Args:
        points: the declared points of the scale, in order.
        pairs: ratings of the first and second coder.
        coders: who they are.
    """
    counts: dict[tuple[float, float], int] = {}
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    step = _PLOT / max(len(points), 1)
    most = max(counts.values(), default=1)
    shapes = [box((_PLOT_LEFT, _PLOT_TOP, _PLOT, _PLOT), "none", EDGE)]
    places = {point: place for place, point in enumerate(points)}
    for one, other in product(points, points):
        x = _PLOT_LEFT + (places[other] + 0.5) * step
        y = _PLOT_TOP + _PLOT - (places[one] + 0.5) * step
        if one == other:
            shapes.append(box((x - step / 2, y - step / 2, step, step), SOFT))
        count = counts.get((one, other), 0)
        if count:
            shapes.append(dot((x, y), max(7.0, step / 2 * (count / most) ** 0.5), ACCENT))
            shapes.append(words_at((x, y + 4), str(count), "#FFFFFF", at="middle"))
    shapes += _bubble_axes(points, step, coders)
    words = f"Ratings of {coders[0]} (upward) against {coders[1]} (across), n = {len(pairs)}"
    return figure(shapes, _PLOT_LEFT + _PLOT + 10, _PLOT_TOP + _PLOT + 44, words)


def _bubble_axes(points: Sequence[float], step: float, coders: tuple[str, str]) -> Iterator[str]:
    foot = _PLOT_TOP + _PLOT
    for place, point in enumerate(points):
        x, y = _PLOT_LEFT + (place + 0.5) * step, foot - (place + 0.5) * step
        yield words_at((x, foot + 15), f"{point:g}", INK2, at="middle")
        yield words_at((_PLOT_LEFT - 8, y + 4), f"{point:g}", INK2, at="end")
    yield words_at((_PLOT_LEFT + _PLOT / 2, foot + 34), fitted(coders[1], _PLOT), INK2, at="middle")
    yield upright((14, _PLOT_TOP + _PLOT / 2), fitted(coders[0], _PLOT))


def bland_altman_figure(
    pairs: Sequence[tuple[float, float]], bias: float, limits: tuple[float, float]
) -> Figure:
    """Differences against means, with the bias and the limits of agreement.

    Args:
        pairs: ratings of the first (reference) and second coder.
        bias: mean difference, second minus first.
        limits: lower and upper limit of agreement.
    """
    spots: dict[tuple[float, float], int] = {}
    for one, other in pairs:
        spot = ((one + other) / 2, other - one)
        spots[spot] = spots.get(spot, 0) + 1
    means = [mean for mean, _ in spots] or [0.0]
    reach = max(1.0, *(abs(gap) for _, gap in spots), *map(abs, limits)) * 1.15
    low, high = min(means) - 0.5, max(means) + 0.5

    def x(mean: float) -> float:
        return _PLOT_LEFT + (mean - low) / (high - low) * (_PLOT + 60)

    def y(gap: float) -> float:
        return _PLOT_TOP + (reach - gap) / (2 * reach) * _PLOT

    right = _PLOT_LEFT + _PLOT + 60
    shapes = [box((_PLOT_LEFT, _PLOT_TOP, _PLOT + 60, _PLOT), "none", EDGE)]
    shapes.append(stroke((_PLOT_LEFT, y(0)), (right, y(0)), LINE))
    lines = (
        (bias, ""),
        (limits[0], 'stroke-dasharray="4 3"'),
        (limits[1], 'stroke-dasharray="4 3"'),
    )
    for value, style in lines:
        shapes.append(stroke((_PLOT_LEFT, y(value)), (right, y(value)), INK, style))
        shapes.append(words_at((right + 5, y(value) + 4), minus(f"{value:+.2f}"), INK2))
    for (mean, gap), count in sorted(spots.items()):
        shapes.append(dot((x(mean), y(gap)), 3 + 1.5 * (count - 1) ** 0.5, ACCENT))
    shapes += _difference_axes((low, high), reach, right)
    words = (
        f"Differences against means, n = {len(pairs)}: bias {bias:+.2f}, "
        f"limits {limits[0]:+.2f} to {limits[1]:+.2f}"
    )
    return figure(shapes, right + 48, _PLOT_TOP + _PLOT + 44, minus(words))


def _difference_axes(means: tuple[float, float], reach: float, right: float) -> Iterator[str]:
    foot = _PLOT_TOP + _PLOT
    first, last = round(means[0] + 0.5), round(means[1] - 0.5)
    for mean in range(int(first), int(last) + 1):
        share = (mean - means[0]) / (means[1] - means[0])
        x = _PLOT_LEFT + share * (right - _PLOT_LEFT)
        yield words_at((x, foot + 15), str(mean), INK2, at="middle")
    for gap in range(-int(reach), int(reach) + 1):
        y = _PLOT_TOP + (reach - gap) / (2 * reach) * _PLOT
        yield words_at((_PLOT_LEFT - 8, y + 4), minus(f"{gap:+d}" if gap else "0"), INK3, at="end")
    centre = (_PLOT_LEFT + right) / 2
    yield words_at((centre, foot + 34), "mean of the two ratings", INK2, at="middle")
    yield upright((14, _PLOT_TOP + _PLOT / 2), "second minus first coder")
