"""What a report of agreement is made of: headings, sentences, grids and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ssp_coder.reporting.figures_svg import (
    ALT,
    INK,
    INK2,
    INK3,
    LINE,
    PAPER,
    Figure,
)
from ssp_coder.reporting.words import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is the report's title."""

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or several; `quiet` ones explain the figures beside them."""

    words: str
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table.

    Attributes:
        head: names of the columns; the first names the rows.
        rows: cells as text, as many as there are names.
        hints: what is said of a column when the pointer rests on it, by its place.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hints: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure with its caption; text for a terminal leaves it out."""

    figure: Figure
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Figures that belong together; they stand beside each other where there is room."""

    pictures: tuple[Picture, ...]


Block = Heading | Passage | Grid | Picture | Pictures
_UNDERLINES = {1: "=", 2: "-"}
_WIDTH = 100
_ROOM = 900
_UNBROKEN = 27
"""Cells up to so many characters stay on one line."""
_FIXED = "\N{NO-BREAK SPACE}"
_STYLE = (
    f"body{{font-family:Inter,'DejaVu Sans',sans-serif;font-size:13px;color:{INK};"
    f"background-color:{PAPER};max-width:1000px;margin:24px auto;padding:0 16px}}"
    "h1{font-size:22px;font-weight:600}h2{font-size:17px;font-weight:600;margin-top:24px}"
    "h3{font-size:14px;font-weight:600;margin-top:16px}"
    "p{margin-top:6px;margin-bottom:6px}"
    f".quiet{{color:{INK2};font-size:12px}}.caption{{color:{INK3};font-size:11px}}"
    "table{border-collapse:collapse;margin-top:6px;margin-bottom:10px}"
    f"td,th{{font-size:12px;padding:3px 6px;border-bottom:1px solid {LINE};"
    "font-variant-numeric:tabular-nums;vertical-align:top}"
    f"th{{background-color:{ALT};font-weight:600;text-align:right}}"
    "td{text-align:right}.name{text-align:left}.figure{text-align:left;border:0}"
    "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}"
    "table,img{break-inside:avoid}}"
)


def page_html(title: str, blocks: Sequence[Block]) -> str:
    """The report as one HTML file that needs nothing beside it."""
    body = "\n".join(line for block in blocks for line in _html(block))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def _html(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{escape(block.words)}</h{block.level}>"
        case Passage():
            style = ' class="quiet"' if block.quiet else ""
            yield f"<p{style}>{escape(block.words)}</p>"
        case Grid():
            yield from _html_grid(block)
        case Picture():
            yield f"<p>{_html_picture(block)}</p>"
        case Pictures():
            for row in _rows(block.pictures):
                cells = (
                    f'<td class="figure" align="left">{_html_picture(one)}</td>' for one in row
                )
                yield f'<table cellspacing="0" cellpadding="4"><tr>{"".join(cells)}</tr></table>'


def _html_picture(picture: Picture) -> str:
    shown = picture.figure
    return (
        f'<img src="{shown.source()}" width="{shown.width}" height="{shown.height}" '
        f'alt="{escape(shown.words)}"><br><span class="caption">{escape(picture.caption)}</span>'
    )


def _rows(pictures: Sequence[Picture]) -> Iterator[list[Picture]]:
    """As many in a row as fit."""
    row: list[Picture] = []
    for picture in pictures:
        if row and sum(one.figure.width for one in (*row, picture)) > _ROOM:
            yield row
            row = []
        row.append(picture)
    if row:
        yield row


def _html_grid(grid: Grid) -> Iterator[str]:
    hints = dict(grid.hints)
    yield '<table cellspacing="0" cellpadding="3">'
    for kind, row in (("th", grid.head), *(("td", row) for row in grid.rows)):
        cells = (_html_cell(kind, place, words, hints) for place, words in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"


def _html_cell(kind: str, place: int, words: str, hints: dict[int, str]) -> str:
    side = ' class="name" align="left" width="24%"' if place == 0 else ' align="right"'
    hint = f' title="{escape(hints[place])}"' if place in hints else ""
    shown = _unbroken(words) if len(words) <= _UNBROKEN else words
    return f"<{kind}{side}{hint}>{escape(shown)}</{kind}>"


def _unbroken(words: str) -> str:
    """In one line; where there is no room for it, what is in brackets stands in the next."""
    return words.replace(" ", _FIXED).replace(f"{_FIXED}[", " [").replace(f"{_FIXED}(", " (")


def page_text(blocks: Sequence[Block]) -> str:
    """The report for a terminal; pictures are left out."""
    parts = [text for block in blocks if (text := "\n".join(_text(block)))]
    return "\n\n".join(parts) + "\n"


def _text(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield plain(block.words)
            if block.level in _UNDERLINES:
                yield _UNDERLINES[block.level] * len(block.words)
        case Passage():
            yield from _wrapped(plain(block.words))
        case Grid():
            yield from _aligned([[*map(plain, row)] for row in (block.head, *block.rows)])
        case Picture() | Pictures():
            return


def _wrapped(words: str) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) >= _WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(cells)}".rstrip()
