"""Small pictures as SVG text: what all figures of a report are drawn with."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ssp_coder.reporting.words import plain

INK = "#1E1F22"
INK2 = "#505257"
INK3 = "#5F6166"
LINE = "#DDDDD8"
EDGE = "#85867F"
PAPER = "#FFFFFF"
ALT = "#F8F8F5"
ACCENT = "#4350B0"
SOFT = "#E5E8F7"
TINTS = (
    ("#B2D5E8", "#0072B2"),
    ("#B2E2D5", "#009E73"),
    ("#F8E2B2", "#BD8200"),
    ("#F2CFB2", "#D55E00"),
    ("#F0D7E5", "#C474A0"),
    ("#CCE8F8", "#4794BF"),
    ("#FAF7C6", "#958D29"),
    ("#D7D8DA", "#7A7C82"),
)
"""Tint and edge of bars, by the place of a code; with more codes they come round again, so a bar
is always named as well."""
CHARACTER = 0.57
"""Mean width of a character in parts of its height."""
SMALL = 11
BODY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture and what it shows in words.

    Attributes:
        svg: a whole SVG document.
        words: for those who cannot see it.
    """

    svg: str
    width: int
    height: int
    words: str

    def source(self) -> str:
        """The picture as an address that needs no file beside the page."""
        encoded = base64.b64encode(self.svg.encode()).decode("ascii")
        return f"data:image/svg+xml;base64,{encoded}"


def figure(shapes: Iterable[str], width: float, height: float, words: str) -> Figure:
    """A picture of these shapes on paper."""
    wide, high = round(width), round(height)
    svg = "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}" font-family="Inter, DejaVu Sans, sans-serif">',
            f"<title>{escape(plain(words))}</title>",
            f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
            *shapes,
            "</svg>\n",
        )
    )
    return Figure(svg=svg, width=wide, height=high, words=words)


def box(place: tuple[float, float, float, float], fill: str, edge: str = "") -> str:
    """A rectangle.

    Args:
        place: left, top, width, height.
        fill: colour of its face, ``none`` for none.
        edge: colour of its line, empty for none.
    """
    left, top, width, height = place
    stroke = f' stroke="{edge}"' if edge else ""
    return (
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{max(width, 0):.2f}" '
        f'height="{max(height, 0):.2f}" fill="{fill}"{stroke}/>'
    )


def stroke(
    start: tuple[float, float], end: tuple[float, float], colour: str, style: str = ""
) -> str:
    """A straight line; `style` holds further attributes."""
    more = f" {style}" if style else ""
    return (
        f'<line x1="{start[0]:.2f}" y1="{start[1]:.2f}" x2="{end[0]:.2f}" y2="{end[1]:.2f}" '
        f'stroke="{colour}"{more}/>'
    )


def dot(centre: tuple[float, float], radius: float, fill: str, edge: str = PAPER) -> str:
    """A disc."""
    return (
        f'<circle cx="{centre[0]:.2f}" cy="{centre[1]:.2f}" r="{radius:.2f}" '
        f'fill="{fill}" stroke="{edge}"/>'
    )


def words_at(
    place: tuple[float, float],
    words: str,
    colour: str = INK,
    *,
    size: int = SMALL,
    at: str = "start",
) -> str:
    """Text.

    Args:
        place: where its base line begins, ends or has its middle.
        words: the text.
        colour: of the letters.
        size: height in pixels.
        at: ``start``, ``middle`` or ``end``.
    """
    return (
        f'<text x="{place[0]:.2f}" y="{place[1]:.2f}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{at}">{escape(plain(words))}</text>'
    )


def upright(place: tuple[float, float], words: str, colour: str = INK2) -> str:
    """Text that reads upwards, its middle at a place."""
    return (
        f'<text transform="translate({place[0]:.2f} {place[1]:.2f}) rotate(-90)" '
        f'font-size="{SMALL}" fill="{colour}" text-anchor="middle">{escape(plain(words))}</text>'
    )


def width_of(words: str, size: int = SMALL) -> float:
    """About how wide a text is."""
    return len(words) * size * CHARACTER


def fitted(words: str, width: float, size: int = SMALL) -> str:
    """A text cut so that it fits, with a sign where something is left out."""
    most = max(1, int(width / (size * CHARACTER)))
    return words if len(words) <= most else f"{words[: max(most - 1, 1)]}…"


def mixed(share: float, full: tuple[int, int, int] = (0x9F, 0xA9, 0xE6)) -> str:
    """A colour between paper and `full`; dark text can be read on all of them."""
    part = min(1.0, max(0.0, share))
    return "#" + "".join(f"{round(255 + (one - 255) * part):02X}" for one in full)
