"""What differs between two versions of an instrument, or between two whole schemes.

Items are matched by what names them, not by where they stand. A difference that only touches
wording, looks or sources is told apart from one that changes what is recorded or suggested; a key
that is not known here counts as one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from ssp_coder.catalog.copying import NAMES
from ssp_coder.catalog.difference_words import kind_words, place_words, value_words
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_rules import RuleTableFile
from ssp_coder.catalog.tree_differences import (
    WORDS,
    DifferenceKind,
    Item,
    Key,
    Tree,
    compared,
    plain_words,
)
from ssp_coder.domain.finding import Finding

AnyFile = InstrumentFile[Any]  # Any: each kind of file has its own record


class Concern(StrEnum):
    """What a difference may change."""

    SUGGESTION = "suggestion"
    RECORDING = "recording"
    WORDING = "wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs.

    Attributes:
        instrument: which instrument it is in, as people read it.
        path: the file's path, of the new version where there is one.
        place: where in the instrument, as people read it.
        key: where in the file: keys, and the ids of list items.
        old: what it was, empty when it was added.
        new: what it is, empty when it was removed.
    """

    instrument: str
    path: str
    place: str
    key: tuple[str, ...]
    kind: DifferenceKind
    old: str
    new: str
    concerns: Concern


_WITHOUT_EFFECT = WORDS | {
    *("id", "version", "origin", "source", "sources", "confidence", "definition", "usual"),
    *("slot", "shape", "hatched", "abbreviation"),
    *("examples", "worked_cases", "checksum", "citation", "fit"),
}
"""Keys that change neither what is recorded nor what is suggested, wherever they stand.

Examples and worked cases only test a table. The id of a list item is not among these: another id
is another item.
"""

_SUGGESTION_OF_SCHEME = frozenset({"rules", "counts", "dimensions"})


def differences(old: AnyFile, new: AnyFile) -> tuple[Difference, ...]:
    """What differs between two versions of one instrument.

    Raises:
        CatalogError: they are not of the same kind.
    """
    if type(old.record) is not type(new.record):
        raise CatalogError((_other_kind(old, new),))
    return tuple(_between(old, new, namers=frozenset()))


def _between(old: AnyFile, new: AnyFile, namers: frozenset[str]) -> Iterator[Difference]:
    """Every difference; that another file is named by a key in `namers` has no effect itself."""
    title = kind_words(kind_of(new), new.record.id)
    return (
        Difference(
            instrument=title,
            path=new.path,
            place=place_words(found.key),
            key=tuple(str(step) for step in found.key),
            kind=found.kind,
            old=value_words(found.old),
            new=value_words(found.new),
            concerns=Concern.WORDING if namers & {*found.key[:1]} else _concern(new, found.key),
        )
        for found in compared((), _tree(old), _tree(new))
    )


def scheme_differences(old: Sequence[AnyFile], new: Sequence[AnyFile]) -> tuple[Difference, ...]:
    """What differs between the files of two schemes, in the order of the new one's files.

    An instrument that is alone of its kind is compared with the other scheme's, whatever their
    ids; several of a kind are matched by id, or by the columns they are rated in. That an
    instrument has another id changes nothing by itself.
    """
    found: list[Difference] = []
    for before, after in _pairs(old, new):
        if before is None and after is not None:
            found.append(_whole(after, DifferenceKind.ADDED))
        elif after is None and before is not None:
            found.append(_whole(before, DifferenceKind.REMOVED))
        elif before is not None and after is not None:
            found.extend(_between(before, after, frozenset(NAMES.get(kind_of(after), ()))))
    return tuple(found)


def kind_of(file: AnyFile) -> str:
    """The word that a file says it is: ``kind = "..."``."""
    return str(type(file.record).__struct_config__.tag)


def _tree(file: AnyFile) -> Tree:
    return msgspec.to_builtins(file.record)


def _pairs(
    old: Sequence[AnyFile], new: Sequence[AnyFile]
) -> Iterator[tuple[AnyFile | None, AnyFile | None]]:
    for kind in dict.fromkeys(kind_of(file) for file in (*new, *old)):
        before = [file for file in old if kind_of(file) == kind]
        after = [file for file in new if kind_of(file) == kind]
        for file in after:
            other = _counterpart(file, before, after)
            if other is not None:
                before.remove(other)
            yield other, file
        for file in before:
            yield file, None


def _counterpart(
    file: AnyFile, before: Sequence[AnyFile], after: Sequence[AnyFile]
) -> AnyFile | None:
    """The earlier version of a file: of the same id, else of what is alike and has no other."""
    ids = {other.record.id for other in after}
    for other in before:
        if other.record.id == file.record.id:
            return other
    free = [other for other in before if other.record.id not in ids]
    if len(after) == 1 and len(free) == 1:
        return free[0]
    return next((other for other in free if _columns(other) == _columns(file) != ()), None)


def _columns(file: AnyFile) -> tuple[str, ...]:
    """The columns that a scale is rated in, by which it is known under another id."""
    return tuple(slot.column for slot in getattr(file.record, "slots", ()))


def _whole(file: AnyFile, kind: DifferenceKind) -> Difference:
    title = value_words(plain_words(file.record.title))
    added = kind is DifferenceKind.ADDED
    tables = isinstance(file.record, RuleTableFile)
    return Difference(
        instrument=kind_words(kind_of(file), file.record.id),
        path=file.path,
        place="",
        key=(),
        kind=kind,
        old="" if added else title,
        new=title if added else "",
        concerns=Concern.SUGGESTION if tables else Concern.RECORDING,
    )


def _concern(file: AnyFile, key: Key) -> Concern:
    names = [step for step in key if isinstance(step, str)]
    if _is_without_effect(key):
        return Concern.WORDING
    if isinstance(file.record, RuleTableFile):
        return Concern.SUGGESTION
    if kind_of(file) == "scheme" and names[:1] and names[0] in _SUGGESTION_OF_SCHEME:
        return Concern.SUGGESTION
    return Concern.RECORDING


def _is_without_effect(key: Key) -> bool:
    """Whether one of the keys on the way says that nothing below it has an effect.

    Steps that are ids of list items are `Item`, so that an item called ``note`` is no note.
    """
    return any(step in _WITHOUT_EFFECT for step in key if not isinstance(step, Item))


def _other_kind(old: AnyFile, new: AnyFile) -> Finding:
    return Finding(
        code="differences.other_kind",
        message=f"is a {kind_of(new)}, and {old.shown} is a {kind_of(old)}",
        place=new.shown,
        remedy="compare two files of the same kind",
    )
