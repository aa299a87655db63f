"""A map of outcomes as an SVG picture: letter, colour and hatch say the same thing three times."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ssp_coder.formats.columns import number_text
from ssp_coder.reporting.maps import MapSheet, cell_words
from ssp_coder.rules.map import Cell

COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")
"""Okabe and Ito's colours, which people with any kind of colour vision tell apart."""
HATCHES = (
    "",
    "M0 8L8 0",
    "M0 0L8 8",
    "M0 4H8",
    "M4 0V8",
    "M0 4H8M4 0V8",
    "M0 8L8 0M0 0L8 8",
    "M0 2H8M0 6H8",
)
"""A line pattern for each colour, for print without colour."""
SIDE = 52
_LEFT = 76
_TOP = 60
_LINE = 22
_MARGIN = 16
_CHARACTER = 7.2
_HEAD_CHARACTER = 9.5
_STYLE = (
    "text{font-family:sans-serif;font-size:12px;fill:#1a1a1a}"
    ".cell{font-size:14px;font-weight:bold;text-anchor:middle}"
    ".small{font-size:9px;font-weight:bold;text-anchor:middle}"
    ".axis{text-anchor:middle}.edge{fill:none;stroke:#fff;stroke-width:2}"
    ".plate{fill:#fff;fill-opacity:0.85}.head{font-size:14px;font-weight:bold}"
)


def map_svg(sheet: MapSheet) -> str:
    """The picture as one SVG document."""
    width, height = _size(sheet)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            f"<title>{escape('; '.join(_heading(sheet)))}</title>",
            f"<desc>{escape(sheet.source)}</desc>",
            f"<style>{_STYLE}</style>",
            f"<defs>{''.join(_patterns())}</defs>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            _text(_MARGIN, 24, _heading(sheet)[0], "head"),
            _text(_MARGIN, 44, _heading(sheet)[1]),
            *_cells(sheet),
            *_axes(sheet),
            *_legend(sheet),
            "</svg>\n",
        )
    )


def _heading(sheet: MapSheet) -> tuple[str, str]:
    return sheet.table.title.english, f"What comes out for {sheet.map.y} by {sheet.map.x}"


def _size(sheet: MapSheet) -> tuple[int, int]:
    under = [sheet.held, sheet.source]
    longest = max(
        len(_heading(sheet)[0]) * _HEAD_CHARACTER,
        *(len(line) * _CHARACTER for line in (*_wrapped(under), *_signs(sheet))),
    )
    grid = _LEFT + SIDE * len(sheet.map.xs) + _MARGIN
    lines = 2 + len(sheet.groups) + len(_signs(sheet)) + len(_wrapped(under))
    height = _TOP + SIDE * len(sheet.map.ys) + 30 + _LINE * lines
    return max(grid, round(longest) + 2 * _MARGIN), height


def _patterns() -> Iterator[str]:
    for place, (colour, hatch) in enumerate(zip(COLOURS, HATCHES, strict=True)):
        lines = f'<path d="{hatch}" stroke="#1a1a1a" stroke-opacity="0.3"/>' if hatch else ""
        yield (
            f'<pattern id="g{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{colour}" fill-opacity="0.55"/>{lines}</pattern>'
        )


def _cells(sheet: MapSheet) -> Iterator[str]:
    rows = len(sheet.map.ys)
    for down, row in enumerate(reversed(sheet.map.rows)):
        for across, cell in enumerate(row):
            yield from _cell(sheet, cell, _LEFT + across * SIDE, _TOP + down * SIDE)
    yield (
        f'<rect x="{_LEFT}" y="{_TOP}" width="{SIDE * len(sheet.map.xs)}" '
        f'height="{SIDE * rows}" fill="none" stroke="#1a1a1a"/>'
    )


def _cell(sheet: MapSheet, cell: Cell, left: int, top: int) -> Iterator[str]:
    """One square; several groups share it in upright strips."""
    share = SIDE / len(cell.groups)
    for place, name in enumerate(cell.groups):
        start, end = place * share, (place + 1) * share
        yield (
            f'<rect x="{left + start:g}" y="{top}" width="{end - start:g}" height="{SIDE}" '
            f'fill="url(#g{_colour(sheet, name)})"/>'
        )
    yield f'<rect class="edge" x="{left}" y="{top}" width="{SIDE}" height="{SIDE}"/>'
    words = cell_words(cell)
    style, pace = ("cell", 10) if len(words) < 5 else ("small", 7)
    plate = min(SIDE - 4, len(words) * pace + 6)
    yield (
        f'<rect class="plate" x="{left + (SIDE - plate) / 2:g}" y="{top + SIDE // 2 - 11}" '
        f'width="{plate}" height="22" rx="4"/>'
    )
    yield _text(left + SIDE // 2, top + SIDE // 2 + 5, words, style)


def _colour(sheet: MapSheet, name: str) -> int:
    """The same group has the same colour in every map of a table."""
    return [group.id for group in sheet.table.groups].index(name) % len(COLOURS)


def _axes(sheet: MapSheet) -> Iterator[str]:
    bottom = _TOP + SIDE * len(sheet.map.ys)
    for across, value in enumerate(sheet.map.xs):
        centre = _LEFT + across * SIDE + SIDE // 2
        yield _text(centre, bottom + 18, number_text(value), "axis")
    for down, value in enumerate(reversed(sheet.map.ys)):
        yield _text(_LEFT - 16, _TOP + down * SIDE + SIDE // 2 + 4, number_text(value), "axis")
    middle = _LEFT + SIDE * len(sheet.map.xs) // 2
    yield _text(middle, bottom + 38, sheet.title_of(sheet.map.x), "axis")
    height = _TOP + SIDE * len(sheet.map.ys) // 2
    words = escape(sheet.title_of(sheet.map.y))
    yield f'<text class="axis" transform="translate(30 {height}) rotate(-90)">{words}</text>'


def _legend(sheet: MapSheet) -> Iterator[str]:
    top = _TOP + SIDE * len(sheet.map.ys) + 52
    for name in sheet.groups:
        yield (
            f'<rect x="{_MARGIN}" y="{top}" width="16" height="16" stroke="#1a1a1a" '
            f'fill="url(#g{_colour(sheet, name)})"/>'
        )
        words = f"{name}: {sheet.table.group(name).title.english}"
        yield _text(_MARGIN + 24, top + 13, words)
        top += _LINE
    for line in (*_signs(sheet), *_wrapped([sheet.held, sheet.source])):
        yield _text(_MARGIN, top + 13, line)
        top += _LINE


def _signs(sheet: MapSheet) -> tuple[str, ...]:
    several = [cell for row in sheet.map.rows for cell in row if len(cell.groups) > 1]
    signs = []
    if any(cell.left_open for cell in several):
        signs.append("Question mark: the table leaves it open")
    if any(not cell.left_open for cell in several):
        signs.append("Stroke: any of these, for want of a rating or decision")
    return tuple(signs)


def _wrapped(sentences: list[str]) -> tuple[str, ...]:
    """Lines short enough for the picture."""
    lines = []
    for sentence in sentences:
        line = ""
        for word in sentence.split():
            if line and len(line) + len(word) > 70:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return tuple(line for line in lines if line)


def _text(left: float, base: float, words: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text{named} x="{left:g}" y="{base:g}">{escape(words)}</text>'
