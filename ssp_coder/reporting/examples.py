"""Worked examples that were worked out again: in lines, and as values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssp_coder.agreement.example_kinds import Number, Value
from ssp_coder.agreement.examples import ExampleResult, StatisticResult, counts_of
from ssp_coder.reporting.words import plain

UNDEFINED = "undefined"


def example_lines(results: Sequence[ExampleResult]) -> Iterator[str]:
    """A line for each statistic of each row, at last how many rows passed and failed."""
    wide = max((len(result.id) for result in results), default=0)
    for result in results:
        # An id from a file cannot move the cursor of a terminal.
        head = f"{plain(result.id):<{wide}}"
        if result.reason:
            yield f"{head}  FAIL  cannot be read: {plain(result.reason)}"
        for one in result.statistics:
            yield f"{head}  {_statistic_line(one)}"
    yield counts_line(results)


def counts_line(results: Sequence[ExampleResult]) -> str:
    """How many rows passed and failed."""
    passed, failed = counts_of(results)
    return f"{passed} passed, {failed} failed"


def examples_json(results: Sequence[ExampleResult]) -> dict[str, object]:
    """Everything that was worked out; an undefined value is null."""
    passed, failed = counts_of(results)
    return {
        "passed": passed,
        "failed": failed,
        "rows": [
            {
                "id": result.id,
                "passed": result.passed,
                "reason": result.reason,
                "statistics": [
                    {
                        "statistic": one.statistic,
                        "expected": one.expected,
                        "got": one.got,
                        "tolerance": one.tolerance,
                        "passed": one.passed,
                    }
                    for one in result.statistics
                ],
            }
            for result in results
        ],
    }


def value_text(value: Value, undefined: str = UNDEFINED) -> str:
    """A value with up to seven digits."""
    if isinstance(value, tuple):
        return f"[{', '.join(_number_text(one, undefined) for one in value)}]"
    return _number_text(value, undefined)


def _number_text(value: Number, undefined: str) -> str:
    return undefined if value is None else f"{value:.7g}"


def _statistic_line(one: StatisticResult) -> str:
    verdict = "pass" if one.passed else "FAIL"
    return (
        f"{verdict}  {one.statistic}  expected {value_text(one.expected)}  "
        f"got {value_text(one.got)}  tolerance {one.tolerance:g}"
    )
