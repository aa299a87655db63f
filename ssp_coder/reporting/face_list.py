"""The list of what was found in clips whose faces are to be covered, for a person to go through.

One table holds everything: which clips were searched, the stretches to look at, and where each
cover stands. A person writes ``yes`` into the column `looked` of every stretch, and may add rows
for covers or take some away. What is covered in the end is what this list says, and not what
another search would find. The row of a clip says how many stretches there were, with a checksum of
them, so that none of them gets lost unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.domain.time import seconds_text
from ssp_coder.formats.dialect import Row, line_of, read_sheet
from ssp_coder.formats.errors import FormatError, place_in, refusal
from ssp_coder.media.covering import Covering, Origin, Patch, Stand
from ssp_coder.media.faces import Flag, FlagKind, Searched
from ssp_coder.media.motion import Region
from ssp_coder.media.writing import written_whole

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

COLUMNS = (
    *("clip", "row", "kind", "first_frame", "last_frame", "start_s", "end_s", "looked"),
    *("cover", "frame", "left", "top", "width", "height", "score", "video", "to_look_at"),
)
"""Frames count from 0 in the recording; seconds are those of the session; places are shares of the
upright picture."""

CLIP, LOOK, COVER = "clip", "look", "cover"
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClip:
    """One clip of a list.

    Attributes:
        name: the name of its file.
        video: fingerprint of the recording.
        searched: what is covered, and where a person must look.
        looked: the stretches that are marked as looked at.
    """

    name: str
    video: str
    searched: Searched
    looked: frozenset[Flag] = frozenset()

    @property
    def open(self) -> tuple[Flag, ...]:
        """The stretches that nobody has looked at."""
        return tuple(flag for flag in self.searched.flags if flag not in self.looked)


def face_list_text(clips: Iterable[ListedClip], index: FrameIndex, offset_us: int = 0) -> str:
    """The list as CSV.

    Args:
        clips: the clips.
        index: the frame index of their recording.
        offset_us: session time at which its first frame appears.
    """

    def span_of(first: int, last: int) -> Mapping[str, str]:
        return {
            "first_frame": str(first),
            "last_frame": str(last),
            "start_s": seconds_text(index.times_us[first] + offset_us),
            "end_s": seconds_text(index.end_of(last) + offset_us),
        }

    rows = (row for clip in clips for row in _rows(clip, span_of))
    lines = (tuple(row.get(column, "") for column in COLUMNS) for row in rows)
    return "".join(line_of(cells) for cells in (COLUMNS, *lines))


def write_face_list(place: Path, text: str) -> None:
    """Write a list, never over another file.

    Raises:
        MediaError: `place` is taken or cannot be written.
    """
    with written_whole(place) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")


def _rows(
    clip: ListedClip, span_of: Callable[[int, int], Mapping[str, str]]
) -> Iterable[Mapping[str, str]]:
    covering = clip.searched.covering
    span = span_of(covering.first, covering.last)
    yield {
        "clip": clip.name,
        "row": CLIP,
        "kind": clip.searched.finder,
        "video": clip.video,
        "to_look_at": _tally(clip.searched.flags),
        **span,
    }
    for flag in clip.searched.flags:
        looked = YES if flag in clip.looked else ""
        span = span_of(flag.first, flag.last)
        yield {"clip": clip.name, "row": LOOK, "kind": flag.kind.value, "looked": looked, **span}
    for patch in covering.patches:
        for stand in patch.stands:
            yield {
                "clip": clip.name,
                "row": COVER,
                "kind": patch.origin.value,
                "cover": str(patch.number),
                "frame": str(stand.ordinal),
                "score": f"{patch.score:.3f}",
                **span_of(patch.first, patch.last),
                **{side: f"{getattr(stand.region, side):.6f}" for side in _SIDES},
            }


_SIDES = ("left", "top", "width", "height")


def _tally(flags: Iterable[Flag]) -> str:
    """How many stretches there are, and what tells these from others in any order.

    The checksum begins with a letter, for a spreadsheet takes some others for numbers.
    """
    lines = sorted(f"{flag.kind.value} {flag.first} {flag.last}" for flag in flags)
    return f"{len(lines)} rows x{sha256(chr(10).join(lines).encode()).hexdigest()[:8]}"


def read_face_list(file: Path) -> tuple[ListedClip, ...]:
    """The clips of a list.

    Raises:
        FormatError: it is no such list; file and line are named.
    """
    sheet = read_sheet(file)
    sheet.require(COLUMNS)
    return tuple(
        _clip(name, tuple(rows), file)
        for name, rows in groupby(sorted(sheet.rows, key=_clip_of), key=_clip_of)
    )


def _clip_of(row: Row) -> str:
    return row.cell("clip")


def _clip(name: str, rows: tuple[Row, ...], file: Path) -> ListedClip:
    for row in rows:
        if row.cell("row") not in (CLIP, LOOK, COVER):
            raise _unclear(row, f"{row.cell('row')!r} is not clip, look or cover", file)
    whole = [row for row in rows if row.cell("row") == CLIP]
    if len(whole) != 1:
        raise _unclear(rows[0], f"the clip {name!r} has {len(whole)} rows of its own, not 1", file)
    looks = [(row, _flag(row, file)) for row in rows if row.cell("row") == LOOK]
    _require_all(whole[0], [flag for _, flag in looks], file)
    covering = _covering(whole[0], [row for row in rows if row.cell("row") == COVER], file)
    return ListedClip(
        name=name,
        video=whole[0].cell("video"),
        searched=Searched(
            covering=covering,
            flags=tuple(flag for _, flag in looks),
            finder=whole[0].cell("kind"),
        ),
        looked=frozenset(flag for row, flag in looks if row.cell("looked").casefold() == YES),
    )


def _require_all(whole: Row, flags: list[Flag], file: Path) -> None:
    """Refuse a list in which a stretch is missing, was added or is another one."""
    written, here = whole.cell("to_look_at"), _tally(flags)
    if written != here:
        raise refusal(
            "faces.stretches",
            f"the clip {whole.cell('clip')!r} was written with the stretches {written!r} to look "
            f"at, and here are {here!r}",
            "put the look rows back as they were, or name a file that is not there to begin anew",
            place=place_in(file.name, line=whole.line),
        )


def _flag(row: Row, file: Path) -> Flag:
    try:
        kind = FlagKind(row.cell("kind"))
    except ValueError:
        raise _unclear(row, f"{row.cell('kind')!r} is no reason to look", file) from None
    first, last = _whole(row, "first_frame", file), _whole(row, "last_frame", file)
    return Flag(kind=kind, first=first, last=last)


def _covering(whole: Row, covers: list[Row], file: Path) -> Covering:
    def number_of(row: Row) -> int:
        return _whole(row, "cover", file)

    ordered = sorted(covers, key=number_of)
    patches = tuple(
        _patch(number, tuple(rows), file) for number, rows in groupby(ordered, key=number_of)
    )
    first, last = _whole(whole, "first_frame", file), _whole(whole, "last_frame", file)
    try:
        return Covering(first=first, last=last, patches=patches)
    except ValueError as error:
        raise _unclear(whole, str(error), file) from error


def _patch(number: int, rows: tuple[Row, ...], file: Path) -> Patch:
    def frame_of(row: Row) -> int:
        return _whole(row, "frame", file)

    try:
        return Patch(
            number=number,
            first=_whole(rows[0], "first_frame", file),
            last=_whole(rows[0], "last_frame", file),
            stands=tuple(
                Stand(ordinal=frame_of(row), region=_region(row, file))
                for row in sorted(rows, key=frame_of)
            ),
            origin=Origin(rows[0].cell("kind") or Origin.DRAWN),
            score=_number(rows[0], "score", file) if rows[0].cell("score") else 1.0,
        )
    except ValueError as error:
        raise _unclear(rows[0], str(error), file) from error


def _region(row: Row, file: Path) -> Region:
    left, top, width, height = (_number(row, side, file) for side in _SIDES)
    return Region(left=left, top=top, width=width, height=height)


def _whole(row: Row, column: str, file: Path) -> int:
    text = row.cell(column)
    if not text.isascii() or not text.isdigit():
        raise _unclear(row, f"{column} is {text!r}, not a whole number", file)
    return int(text)


def _number(row: Row, column: str, file: Path) -> float:
    try:
        return float(row.cell(column))
    except ValueError:
        raise _unclear(row, f"{column} is {row.cell(column)!r}, not a number", file) from None


def _unclear(row: Row, fact: str, file: Path) -> FormatError:
    return refusal(
        "faces.unclear",
        fact,
        "mend it, or name a file that is not there to begin anew",
        place=place_in(file.name, line=row.line),
    )
