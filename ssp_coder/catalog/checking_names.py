"""Names within one data file: used once, and known where they are used."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile, key_name
from ssp_coder.catalog.records import FileRecord
from ssp_coder.domain.finding import Finding


def duplicates(values: Iterable[Hashable]) -> Iterator[tuple[int, Hashable]]:
    """Positions and values that occurred before."""
    seen: set[Hashable] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place, value
        seen.add(value)


def twice(
    file: InstrumentFile[FileRecord], key: Key, field: str, values: Iterable[Hashable]
) -> Iterator[Finding]:
    """A finding for each value of `field` that an entry of the list at `key` uses again."""
    for place, value in duplicates(values):
        yield file.finding(
            "id.duplicate",
            (*key, place, field),
            f"{field} {value!r} is used twice in {key_name(key)}",
            "give each a name of its own",
        )


def unknown(
    file: InstrumentFile[FileRecord], key: Key, kind: str, name: str, known: Iterable[str]
) -> Iterator[Finding]:
    """A finding when a name is not among those known."""
    choices = tuple(known)
    if name not in choices:
        yield file.finding(
            "id.unknown",
            key,
            f"{kind} {name!r} is not known",
            f"use one of {', '.join(choices) or 'none, as the file lists none'}",
        )
