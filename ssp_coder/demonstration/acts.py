"""Acts: short pieces of a script around one cue, which the cases of the pack share.

An act is a CSV file. Times are seconds from the cue that opens its episode; what leads up to the
cue stands at times below zero. A row is a beat of the film, a behaviour to be coded, or both: what
``does`` says is drawn, what ``shows`` says is coded at that moment.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.demonstration.story import Beat, StoryError
from ssp_coder.domain.time import Micros, micros

if TYPE_CHECKING:
    from pathlib import Path

BEAT_COLUMNS = ("at", "who", "does", "to", "lasts", "level")
SHOWN_COLUMNS = ("shows", "for", "comment")
ENDS = "ends"
"""In ``does``: how long after its cue the episode is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A behaviour that a coder should see at a moment of the film.

    Attributes:
        start_us: from the cue, or from the start of the film once the act is placed.
        lasts_us: 0 for a point.
        modifiers: pairs of column and value, as the file has them.
    """

    who: str
    code: str
    start_us: int
    lasts_us: Micros
    modifiers: tuple[tuple[str, str], ...]
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A piece of a script.

    Attributes:
        beats: with times from the cue, which may be negative.
        shown: what is to be coded, with times from the cue.
        ends_us: when the episode is over, None where another act of it says so.
    """

    name: str
    beats: tuple[Beat, ...]
    shown: tuple[Shown, ...]
    ends_us: Micros | None


def read_act(path: Path) -> Act:
    """Read an act.

    Raises:
        StoryError: the file is missing, a column is missing, or a number is none; names the line.
    """
    beats: list[Beat] = []
    shown: list[Shown] = []
    ends: Micros | None = None
    for number, row in _rows(path):
        try:
            if row["does"] == ENDS:
                ends = micros(row["at"])
                continue
            if row["does"]:
                beats.append(_beat(row))
            if row["shows"]:
                shown.append(_shown(row))
        except ValueError as error:
            raise StoryError(
                f"{path.name}, line {number}: {error}; times and levels are plain numbers"
            ) from error
    return Act(name=path.stem, beats=tuple(beats), shown=tuple(shown), ends_us=ends)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = tuple(reader.fieldnames or ())
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoryError(f"the act {path.name} cannot be read: {error}; put it there") from error
    missing = [column for column in BEAT_COLUMNS + SHOWN_COLUMNS if column not in columns]
    if missing:
        raise StoryError(f"{path.name} has no column {missing[0]!r}; add it to the first line")
    for number, row in rows:
        if None in row or None in row.values():
            raise StoryError(f"{path.name}, line {number}: not {len(columns)} cells; count commas")
    return rows


def _beat(row: dict[str, str]) -> Beat:
    return Beat(
        at_us=micros(row["at"]),
        lasts_us=micros(row["lasts"] or "0"),
        who=row["who"],
        does=row["does"],
        to=row["to"],
        level=float(row["level"] or 0),
    )


def _shown(row: dict[str, str]) -> Shown:
    known = BEAT_COLUMNS + SHOWN_COLUMNS
    return Shown(
        who=row["who"],
        code=row["shows"],
        start_us=micros(row["at"]),
        lasts_us=micros(row["for"] or "0"),
        modifiers=tuple((key, value) for key, value in row.items() if value and key not in known),
        comment=row["comment"],
    )
