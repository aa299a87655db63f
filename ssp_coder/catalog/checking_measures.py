"""What must be true of the frequency measures of an ethogram file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ssp_coder.catalog.checking_names import twice, unknown
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.records import EthogramFile, FileRecord, MeasureRecord
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.measures import (
    INTERVAL_COLUMNS,
    SOURCE_SUFFIX,
    measure_column,
)

_Persons = Mapping[str, tuple[str, ...]]


def measure_findings(file: InstrumentFile[FileRecord], record: EthogramFile) -> Iterator[Finding]:
    """Everything wrong with the measures: names used twice, unknown codes and persons."""
    persons = {
        f"{group.id}.{code.name}": group.subjects for group in record.groups for code in group.codes
    }
    yield from twice(file, ("measures",), "id", (m.id for m in record.measures))
    for place, measure in enumerate(record.measures):
        yield from _one_findings(file, ("measures", place), measure, persons)
    if len({measure.id for measure in record.measures}) == len(record.measures):
        yield from _column_findings(file, record, persons)


def _one_findings(
    file: InstrumentFile[FileRecord], key: Key, measure: MeasureRecord, persons: _Persons
) -> Iterator[Finding]:
    for at, code in enumerate(measure.codes):
        if code not in persons:
            yield file.finding(
                "id.unknown",
                (*key, "codes", at),
                f"code {code!r} is not in the ethogram",
                "write it as group.code",
            )
        if code in measure.codes[:at]:
            yield file.finding(
                "id.duplicate",
                (*key, "codes", at),
                f"code {code!r} is listed twice in measure {measure.id}",
                "keep one",
            )
    known = _persons_of(measure, persons)
    for at, person in enumerate(measure.subjects):
        yield from unknown(file, (*key, "subjects", at), "person", person, known)


def _persons_of(measure: MeasureRecord, persons: _Persons) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(person for code in measure.codes for person in persons.get(code, ()))
    )


def _column_findings(
    file: InstrumentFile[FileRecord], record: EthogramFile, persons: _Persons
) -> Iterator[Finding]:
    """Measures whose columns other columns of the interval table have already."""
    columns: list[tuple[int, str]] = []
    for place, measure in enumerate(record.measures):
        whose = measure.subjects or _persons_of(measure, persons)
        names = [measure_column(measure.id, person, len(whose)) for person in whose]
        columns += [(place, name) for name in (*names, *(n + SOURCE_SUFFIX for n in names))]
    taken = Counter(name for _, name in dict.fromkeys(columns))
    for place, name in columns:
        if name in INTERVAL_COLUMNS or taken[name] > 1:
            yield file.finding(
                "measure.column",
                ("measures", place, "id"),
                f"column {name!r} of the interval table has another meaning",
                "give the measure another id",
            )
