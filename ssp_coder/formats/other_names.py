"""Headers of other laboratories' tables of ratings, read as places of a scheme or asked about.

A header such as ``AV_R2``, ``avo8``, ``RES_EP8`` or ``r2_dist`` names a scale by its id,
abbreviation or one of its aliases, and an episode by a number or a reunion by its count. Some
laboratories leave the first episode out and count seven, so that a number alone can mean two
episodes: then nothing is guessed, the person is asked for the numbering.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import RatingSlot, ScaleId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.dialect import Row, Sheet
from ssp_coder.formats.errors import Faults, place_in
from ssp_coder.formats.scores import MISSING_SUFFIX

OWN_NUMBERING = "own"
"""Chooses the numbers of the scheme's procedure where its file has no name for them."""

REUNION_SIGNS = ("r", "reunion")
EPISODE_SIGNS = ("ep", "episode")
_HEADER = re.compile(r"[A-Za-z0-9_\-. ]{2,64}")
_PIECE = re.compile(r"[a-z]+|\d{1,3}")
_REMEDY = "call ssp-coder again with --numbering {0}"

Counting = Callable[[int], EpisodeId | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """What a header says, before it is known how its file counts.

    Attributes:
        person: the person it names, or None.
        number: the number that it gives, or None for the whole session.
        is_reunion: whether the number counts reunions, not episodes.
        suffix: that of a companion column, else empty.
    """

    header: str
    scale: ScaleId
    person: SubjectId | None
    number: int | None
    is_reunion: bool
    suffix: str

    @property
    def depends_on_counting(self) -> bool:
        """Whether the place depends on how the file counts episodes."""
        return self.number is not None and not self.is_reunion


def numberings(scheme: Scheme) -> tuple[str, ...]:
    """The ways to count episodes that a person may choose between, the scheme's own first."""
    return tuple(_ways(scheme))


def with_own_names(
    sheet: Sheet, scheme: Scheme, numbering: str, known: frozenset[str]
) -> tuple[Sheet, tuple[Finding, ...]]:
    """The sheet with the scheme's names in place of other laboratories', and a note of each.

    Args:
        sheet: the table as it was read.
        scheme: what the ratings are for.
        numbering: one of `numberings`, or empty where the person has not said.
        known: columns that need no other reading.

    Raises:
        FormatError: a header can mean more than one place, or two mean the same; the remedy says
            what to choose or to rename.
    """
    faults = Faults(sheet.file)
    names = tuple(_names(sheet, scheme, known))
    places = _places(names, scheme, numbering, faults)
    _find_twins(places, sheet, faults)
    faults.refuse_if_any()
    if not places:
        return sheet, ()
    return _renamed(sheet, places), tuple(_notes(sheet, places, numbering))


def other_name(header: str, scheme: Scheme) -> OtherName | None:
    """What a header of another laboratory says, or None when it is no rating."""
    text = header.casefold()
    suffix = MISSING_SUFFIX if text.endswith(MISSING_SUFFIX) else ""
    text = text.removesuffix(suffix)
    if not _HEADER.fullmatch(text):
        return None
    words = _scale_words(scheme)
    pieces = [part for piece in _PIECE.findall(text) for part in _split(piece, words)]
    scales = [words[piece] for piece in pieces if piece in words]
    letters = {person.letter: person.id for person in scheme.procedure.persons}
    persons = [letters[piece] for piece in pieces if piece in letters]
    numbers = [int(piece) for piece in pieces if piece.isdecimal()]
    signs = [piece for piece in pieces if piece in (*REUNION_SIGNS, *EPISODE_SIGNS)]
    told = len(scales) + len(persons) + len(numbers) + len(signs)
    once = max(len(persons), len(numbers), len(signs)) <= 1
    if told != len(pieces) or len(scales) != 1 or not once or len(signs) > len(numbers):
        return None
    return OtherName(
        header=header,
        scale=scales[0],
        person=persons[0] if persons else None,
        number=numbers[0] if numbers else None,
        is_reunion=bool(signs) and signs[0] in REUNION_SIGNS,
        suffix=suffix,
    )


def _scale_words(scheme: Scheme) -> dict[str, ScaleId]:
    return {
        word.casefold(): scale.id
        for scale in scheme.scales
        for word in (scale.id, scale.abbreviation, *scale.aliases)
    }


def _split(piece: str, words: dict[str, ScaleId]) -> tuple[str, ...]:
    """A piece, or the scale and the sign that are written in one, such as ``avr`` in ``avr2``."""
    if piece in words:
        return (piece,)
    for sign in (*REUNION_SIGNS, *EPISODE_SIGNS):
        if piece.endswith(sign) and piece.removesuffix(sign) in words:
            return (piece.removesuffix(sign), sign)
    return (piece,)


def _names(sheet: Sheet, scheme: Scheme, known: frozenset[str]) -> Iterator[OtherName]:
    for header in sheet.columns:
        if header not in known:
            name = other_name(header, scheme)
            if name is not None:
                yield name


def _ways(scheme: Scheme) -> dict[str, Counting]:
    """Ways to count by name; the scheme's own is first, under its name in the procedure's file."""
    procedure = scheme.procedure
    own = {plan.number: plan.id for plan in procedure.episodes}
    ways: dict[str, Counting] = {}
    own_name = OWN_NUMBERING
    for numbering in procedure.numberings:
        if dict(numbering.numbers) == own:
            own_name = numbering.id
        else:
            ways[numbering.id] = numbering.episode
    return {own_name: own.get} | ways


def _slots(name: OtherName, scheme: Scheme, counting: Counting) -> tuple[RatingSlot, ...]:
    """The places that a header can mean when the file counts in this way."""
    if name.is_reunion:
        plans = scheme.procedure.episodes
        episode = next((plan.id for plan in plans if plan.reunion == name.number), None)
    else:
        episode = None if name.number is None else counting(name.number)
    if episode is None and name.number is not None:
        return ()
    return tuple(
        slot
        for slot in scheme.slots
        if slot.scale == name.scale
        and slot.episode == episode
        and name.person in (None, slot.toward)
    )


def _places(
    names: tuple[OtherName, ...], scheme: Scheme, numbering: str, faults: Faults
) -> dict[str, str]:
    """The column of the scheme for each header; doubts go to the faults."""
    counting = _counting(names, scheme, numbering, faults)
    places: dict[str, str] = {}
    for name in names:
        slots = () if counting is None else _slots(name, scheme, counting)
        if len(slots) == 1:
            places[name.header] = f"{slots[0].id}{name.suffix}"
        elif slots:
            choices = " or ".join(slot.id for slot in slots)
            faults.add(
                "ratings.which_place",
                f"can be {choices}",
                "rename the column to the one that it is",
                line=1,
                column=name.header,
            )
    return places


def _counting(
    names: tuple[OtherName, ...], scheme: Scheme, numbering: str, faults: Faults
) -> Counting | None:
    """How the file counts; None, and a fault, when the person has to say it."""
    ways = _ways(scheme)
    own = next(iter(ways.values()))
    if numbering:
        if numbering not in ways:
            remedy = f"use one of {', '.join(ways)}"
            faults.add("ratings.numbering", f"there is no numbering {numbering!r}", remedy)
        return ways.get(numbering)
    counted = [
        name
        for name in names
        if name.depends_on_counting and any(_slots(name, scheme, way) for way in ways.values())
    ]
    possible = [way for way in ways.values() if all(_slots(n, scheme, way) for n in counted)]
    if not counted or possible == [own]:
        return own
    faults.add(
        "ratings.numbering",
        f"the number in {', '.join(name.header for name in counted)} does not say for certain "
        f"which episode is meant",
        _REMEDY.format(" or ".join(ways)),
        line=1,
    )
    return None


def _find_twins(places: dict[str, str], sheet: Sheet, faults: Faults) -> None:
    taken = {column: column for column in sheet.columns}
    for header, column in places.items():
        other = taken.setdefault(column, header)
        if other != header:
            message = f"is {column}, as {other} is"
            faults.add(
                "ratings.twice", message, "remove one of the two columns", line=1, column=header
            )


def _renamed(sheet: Sheet, places: dict[str, str]) -> Sheet:
    columns = tuple(places.get(column, column) for column in sheet.columns)
    rows = tuple(
        Row(line=row.line, cells={places.get(c, c): cell for c, cell in row.cells.items()})
        for row in sheet.rows
    )
    return replace(sheet, columns=columns, rows=rows)


def _notes(sheet: Sheet, places: dict[str, str], numbering: str) -> Iterator[Finding]:
    read = ", ".join(f"{header} as {column}" for header, column in places.items())
    counted = f", episodes counted as {numbering}" if numbering else ""
    yield Finding(
        code="ratings.read_as",
        message=f"read {read}{counted}",
        place=place_in(sheet.file, line=1),
        severity=Severity.NOTE,
    )
