"""Worked examples: published tables and results, worked out again to see that ours are the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ssp_coder.agreement.example_inputs import Given, RowError, items, number, shown
from ssp_coder.agreement.example_kinds import KINDS, Number, Statistics, Value
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.resources import bundled

_ROUNDING = 1e-12
"""What the last bits of a float may add to a tolerance."""


class ExamplesError(DomainError):
    """A file of worked examples cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticResult:
    """One statistic of a row, as expected and as worked out; None is undefined."""

    statistic: str
    expected: Value
    got: Value
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether both are the same within the tolerance."""
        return _agree(self.expected, self.got, self.tolerance)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """A row of a file of worked examples.

    Attributes:
        id: of the row; its place where it has none.
        source: where its numbers come from.
        statistics: each statistic that it asks for; none when the row cannot be read.
        reason: why the row cannot be read, else empty.
    """

    id: str
    source: str = ""
    statistics: tuple[StatisticResult, ...] = ()
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether the row was read and every statistic came out as expected."""
        return not self.reason and all(one.passed for one in self.statistics)


def bundled_examples() -> Path:
    """The file that comes with the program.

    Raises:
        BundledFilesMissingError: the program was installed without its bundled files.
    """
    return bundled("schemas") / "checks" / "worked_examples.json"


def read_examples(path: Path) -> tuple[object, ...]:
    """The rows of a file, whatever they hold.

    Raises:
        ExamplesError: it is not JSON, not a list of rows, or holds none.
        OSError: it cannot be read.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable(path, "is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _unreadable(path, f"is not JSON: {error.msg} at {place}") from None
    except (RecursionError, ValueError) as error:
        raise _unreadable(path, f"is not JSON that can be read: {error}") from None
    if not isinstance(rows, list):
        raise _unreadable(path, f"holds {shown(rows)}, not a list of rows")
    if not rows:
        raise _unreadable(path, "holds no row")
    return tuple(rows)


def run_examples(rows: Sequence[object]) -> tuple[ExampleResult, ...]:
    """Work out every row again; a row that cannot be read is failed with the reason."""
    return tuple(run_example(row, place) for place, row in enumerate(rows, start=1))


def run_example(row: object, place: int) -> ExampleResult:
    """Work out one row, of which the place in its file is told, from 1."""
    if not isinstance(row, dict):
        return ExampleResult(id=f"row {place}", reason=f"it is {shown(row)}, not an object")
    name, source = row.get("id"), row.get("source")
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        return ExampleResult(id=f"row {place}", reason="it lacks an 'id'; give it a name")
    told = source if isinstance(source, str) else ""
    try:
        with np.errstate(all="ignore"):
            return ExampleResult(id=str(name), source=told, statistics=tuple(_results(row)))
    except (ValueError, ArithmeticError) as error:
        return ExampleResult(id=str(name), source=told, reason=str(error))


def counts_of(results: Iterable[ExampleResult]) -> tuple[int, int]:
    """How many rows passed and how many failed."""
    passed = [result.passed for result in results]
    return sum(passed), len(passed) - sum(passed)


def _results(row: Mapping[str, object]) -> Iterable[StatisticResult]:
    tolerance = number(_part(row, "tolerance"), "tolerance")
    if tolerance < 0:
        raise RowError(f"its tolerance of {tolerance:g} is negative; give 0 or more")
    expected = _object(row, "expected")
    if not expected:
        raise RowError("its 'expected' is empty; name at least one statistic")
    statistics = _statistics(row)
    for name, value in expected.items():
        if name not in statistics:
            raise RowError(
                f"the statistic {shown(name)} is not known for {row['kind']}; "
                f"known are {', '.join(sorted(statistics))}"
            )
        yield StatisticResult(
            statistic=name,
            expected=_expected(value, name),
            got=statistics[name](),
            tolerance=tolerance,
        )


def _statistics(row: Mapping[str, object]) -> Statistics:
    kind = _part(row, "kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise RowError(f"the kind {shown(kind)} is not known; known are {', '.join(KINDS)}")
    return KINDS[kind](Given(fields=_object(row, "input")))


def _part(row: Mapping[str, object], name: str) -> object:
    if name not in row:
        raise RowError(f"it lacks {name!r}")
    return row[name]


def _object(row: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = _part(row, name)
    if not isinstance(part, dict):
        raise RowError(f"its {name!r} is {shown(part)}, not an object")
    return part


def _expected(value: object, name: str) -> Value:
    if isinstance(value, list):
        return tuple(None if one is None else number(one, name) for one in items(value, name))
    return None if value is None else number(value, name)


def _agree(expected: Value, got: Value, tolerance: float) -> bool:
    if isinstance(expected, tuple) and isinstance(got, tuple):
        return len(expected) == len(got) and all(
            _same(one, other, tolerance) for one, other in zip(expected, got, strict=True)
        )
    if isinstance(got, tuple):
        # A vector is undefined when all of it is.
        return expected is None and all(one is None for one in got)
    return not isinstance(expected, tuple) and _same(expected, got, tolerance)


def _same(expected: Number, got: Number, tolerance: float) -> bool:
    if expected is None or got is None:
        return expected is got
    return abs(expected - got) <= tolerance + _ROUNDING


def _unreadable(path: Path, fact: str) -> ExamplesError:
    return ExamplesError(
        Finding(
            code="examples.unreadable",
            message=fact,
            place=str(path),
            remedy="give a JSON list of rows, as the bundled checks/worked_examples.json is",
        )
    )
