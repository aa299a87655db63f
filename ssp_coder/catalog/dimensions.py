"""Dimension scores of a scheme: checked against the places that it rates, and built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssp_coder.catalog.building import provenance, text
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.records import DimensionRecord, SchemeRecord
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Dimension, DimensionPart

Ranges = Mapping[str, tuple[float, float]]
"""Lowest and highest point of each place that a scheme rates, by column name."""


def dimension_findings(
    file: InstrumentFile[SchemeRecord], ranges: Ranges, taken: frozenset[str]
) -> Iterator[Finding]:
    """Dimensions without parts, of unknown parts or of scales with different ranges.

    Args:
        file: the scheme's file.
        ranges: the places that it rates.
        taken: column names in use.
    """
    seen = set(taken)
    for at, record in enumerate(file.record.dimensions):
        key: Key = ("dimensions", at)
        if record.id in seen:
            yield file.finding(
                "id.duplicate", (*key, "id"), f"column {record.id!r} occurs twice", "rename it"
            )
        seen.add(record.id)
        yield from _part_findings(file, key, record, ranges)


def dimensions(record: SchemeRecord, ranges: Ranges) -> tuple[Dimension, ...]:
    """The dimensions of a checked scheme."""
    return tuple(_dimension(item, record, ranges) for item in record.dimensions)


def _part_findings(
    file: InstrumentFile[SchemeRecord], key: Key, record: DimensionRecord, ranges: Ranges
) -> Iterator[Finding]:
    names = (*record.parts, *record.turned)
    if not names:
        yield file.finding(
            "dimension.empty", (*key, "parts"), f"{record.id} has no part", "name ratings"
        )
    for name in dict.fromkeys(names):
        if name not in ranges:
            yield file.finding(
                "id.unknown",
                (*key, "parts" if name in record.parts else "turned"),
                f"part {name!r} is not rated in this scheme",
                "use a column of a scale's slots",
            )
        if names.count(name) > 1:
            yield file.finding(
                "id.duplicate", key, f"part {name!r} is listed twice", "list each part once"
            )
    if len({ranges[name] for name in names if name in ranges}) > 1:
        yield file.finding(
            "dimension.range",
            key,
            f"the parts of {record.id} have different ranges, so their mean says nothing",
            "take parts of one range",
        )


def _dimension(record: DimensionRecord, scheme: SchemeRecord, ranges: Ranges) -> Dimension:
    parts = tuple(DimensionPart(input=name) for name in record.parts)
    turned = tuple(DimensionPart(input=name, turned=True) for name in record.turned)
    minimum, maximum = ranges[(*record.parts, *record.turned)[0]]
    return Dimension(
        id=record.id,
        title=text(record.title),
        parts=parts + turned,
        minimum=minimum,
        maximum=maximum,
        provenance=provenance(record, scheme.sources),
    )
