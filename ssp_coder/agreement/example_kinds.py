"""The closed vocabulary of worked examples: kinds of rows, and the statistics of each.

Reference: section 7. A statistic is worked out only when a row asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from ssp_coder.agreement.accuracy import Observers, expected_kappa
from ssp_coder.agreement.alpha import Level, alpha, alpha_of_table, counted
from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.agreement.continuum import alpha_u, u_alpha
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.example_inputs import Code, Given, RowError, label, shown
from ssp_coder.agreement.fleiss import fleiss
from ssp_coder.agreement.gwet import ac1, ac1_of_counts, ac2
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.ipf import linked_kappa
from ssp_coder.agreement.kappa import (
    kappa_of,
    linear_weights,
    pabak,
    quadratic_weights,
    scott_pi,
    specific_agreement,
    weights_from_disagreement,
)
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.table import Floats, square
from ssp_coder.agreement.tracks import Bouts

Number = float | None
"""None is undefined."""
Value = Number | tuple[Number, ...]
Statistics = Mapping[str, Callable[[], Value]]
"""What can be asked of a row, by name."""

_FORMS = ("1_1", "2_1", "3_1", "1_k", "2_k", "3_k")
_TICKS = 1e9
"""Events of an example are given in seconds; whole nanoseconds lose nothing of them."""
_MOST_SECONDS = 1e9


def _table(given: Given) -> Statistics:
    counts = square(given.counts("table"))
    k = len(counts)
    return _kappa_family(counts) | {
        "kappa_se": lambda: kappa_of(counts).se.value,
        "kappa_linear": lambda: kappa_of(counts, linear_weights(k)).kappa.value,
        "kappa_linear_se": lambda: kappa_of(counts, linear_weights(k)).se.value,
        "kappa_quadratic": lambda: kappa_of(counts, quadratic_weights(k)).kappa.value,
        "pabak": lambda: pabak(counts).value,
        "specific_agreement": lambda: _values(specific_agreement(counts)),
        "ac1": lambda: ac1(counts).ac.value,
        "ac1_se": lambda: ac1(counts).se.value,
        "ac2_quadratic": lambda: ac2(counts, quadratic_weights(k)).ac.value,
    }


def _kappa_family(counts: Floats) -> dict[str, Callable[[], Value]]:
    return {
        "p_o": lambda: kappa_of(counts).p_o.value,
        "p_e": lambda: kappa_of(counts).p_e.value,
        "kappa": lambda: kappa_of(counts).kappa.value,
        "kappa_max": lambda: kappa_of(counts).kappa_max.value,
        "scott_pi": lambda: scott_pi(counts).value,
        "alpha_nominal": lambda: alpha_of_table(counts).value,
    }


def _weighted_table(given: Given) -> Statistics:
    counts = square(given.counts("table"))
    weights = weights_from_disagreement(given.counts("disagreement_weights"))
    return {"weighted_kappa": lambda: kappa_of(counts, weights).kappa.value}


def _reliability_data(given: Given) -> Statistics:
    rows = given.code_rows("raters_by_units")
    if any(isinstance(one, str) for row in rows for one in row):
        places = _places([one for row in rows for one in row])
        values = np.array([[_place(one, places) for one in row] for row in rows])
        levels: tuple[Level, ...] = (Level.NOMINAL,)
    else:
        values, levels = given.values("raters_by_units"), tuple(Level)
    by_level: dict[str, Callable[[], Value]] = {
        f"alpha_{level.value}": partial(_alpha, values, level) for level in levels
    }
    return by_level | {"ac1": lambda: ac1_of_counts(counted(values)[1]).value}


def _alpha(values: Floats, level: Level) -> Value:
    return alpha(values, level).value


def _category_counts(given: Given) -> Statistics:
    found = fleiss(given.counts("subjects_by_categories"))
    return {
        "fleiss_kappa": lambda: found.kappa.value,
        "fleiss_kappa_by_category": lambda: _values(found.by_category),
    }


def _ratings(given: Given) -> Statistics:
    found = icc(given.values("cases_by_raters"))
    single = (found.icc_1_1, found.icc_2_1, found.icc_3_1)
    mean = (found.icc_1_k, found.icc_2_k, found.icc_3_k)
    forms = dict(zip(_FORMS, (*single, *mean), strict=True))
    values: dict[str, Callable[[], Value]] = {
        f"icc_{form}": partial(_value_of, one) for form, one in forms.items()
    }
    return values | {f"icc_{form}_ci95": partial(_ends_of, one) for form, one in forms.items()}


def _value_of(estimate: Estimate) -> Value:
    return estimate.value


def _ends_of(estimate: Estimate) -> Value:
    return estimate.low, estimate.high


def _paired_measurements(given: Given) -> Statistics:
    a, b = given.series("a"), given.series("b")
    _same_length(len(a), len(b))
    # The 1986 paper, from which the vocabulary takes its sign, has first minus second.
    usual, twice = bland_altman(b, a), bland_altman(b, a, limits_sd=2)
    return {
        "bias": lambda: usual.bias.value,
        "sd_of_differences": lambda: usual.sd.value,
        "loa_lower": lambda: usual.lower.value,
        "loa_upper": lambda: usual.upper.value,
        "loa_lower_2sd": lambda: twice.lower.value,
        "loa_upper_2sd": lambda: twice.upper.value,
    }


def _time_units(given: Given) -> Statistics:
    a, b = given.codes("a"), given.codes("b")
    _same_length(len(a), len(b))
    places = _places([*a, *b])
    counts = np.zeros((max(1, len(places)),) * 2)
    for one, other in zip(a, b, strict=True):
        if one is not None and other is not None:
            counts[places[one], places[other]] += 1
    return _kappa_family(counts)


def _units_on_continuum(given: Given) -> Statistics:
    observers = given.observers("observers")
    found = alpha_u(observers, given.number("L"))
    statistics: dict[str, Callable[[], Value]] = {"alpha_u": lambda: found.alpha.value}
    named = [(name, one) for one in found.by_code for name in _names(one.code)]
    for name, one in named:
        statistics[f"alpha_u_{name}"] = partial(_value_of, one.alpha)
    for name, one in named:
        statistics[f"alpha_u_observed_{name}"] = partial(_same, one.observed)
        statistics[f"alpha_u_expected_{name}"] = partial(_same, one.expected)
    return statistics


def _names(code: str) -> tuple[str, ...]:
    """A code, and as a whole number also as programs write it that know only broken ones."""
    return (code, f"{code}.0") if code.removeprefix("-").isdecimal() else (code,)


def _same(value: float) -> Value:
    return value


def _units(given: Given) -> Statistics:
    found = u_alpha(given.observers("units_start_length_code"), given.number("L"))
    return {"u_alpha_nominal": lambda: found.nominal.value}


def _accuracy_model(given: Given) -> Statistics:
    codes, accuracy = given.number("codes"), given.number("accuracy")
    if not (codes.is_integer() and 2 <= codes <= 1_000):
        raise RowError(f"codes is {codes:g}, not a whole number from 2 to 1000")
    observers = given.word("observers")
    known = [one.value for one in Observers]
    if observers not in known:
        raise RowError(f"observers is {shown(observers)}; known are {', '.join(known)}")
    value = expected_kappa(accuracy, np.ones(int(codes)), Observers(observers))
    return {"expected_kappa": lambda: _finite(value)}


def _timed_events(given: Given) -> Statistics:
    overlap = given.number("overlap")
    if not 0 < overlap <= 1:
        raise RowError(f"overlap is {overlap:g}, not above 0 and up to 1")
    one, other = given.spans("coder1"), given.spans("coder2")
    places = _used(given, {span[2] for span in (*one, *other)})
    codes = max(1, len(places))
    linked = overlap_agreement(_bouts(one, places), _bouts(other, places), codes, overlap)
    # By the definition alone; a report goes further and calls one code without another undefined.
    found = linked_kappa(linked.table)
    return {
        "easydiag_kappa": lambda: found.kappa.value,
        "easydiag_kappa_max": lambda: found.kappa_max.value,
        "easydiag_p_o": lambda: found.p_o.value,
    }


def _used(given: Given, used: set[Code]) -> dict[Code, int]:
    """Places of the codes in use; a declared one that nobody used changes nothing.

    Raises:
        RowError: a code is not declared, or more are in use than there are.
    """
    if isinstance(given.field("codes"), list):
        for one in used - set(given.codes("codes")):
            raise RowError(f"the code {shown(one)} is not among the declared codes")
    elif given.number("codes") < len(used):
        raise RowError(f"{len(used)} codes are used, and codes is {given.number('codes'):g}")
    return _places([*used])


def _bouts(spans: list[tuple[float, float, Code]], places: dict[Code, int]) -> Bouts:
    for onset, offset, _ in spans:
        if not -_MOST_SECONDS <= onset <= offset <= _MOST_SECONDS:
            raise RowError(f"an event from {onset:g} to {offset:g} s is none")
    ordered = sorted(spans, key=lambda span: span[:2])
    return Bouts(
        starts=np.array([round(span[0] * _TICKS) for span in ordered], dtype=np.int64),
        ends=np.array([round(span[1] * _TICKS) for span in ordered], dtype=np.int64),
        codes=np.array([places[span[2]] for span in ordered], dtype=np.int64),
        ids=np.arange(len(ordered), dtype=np.int64),
    )


def _places(codes: list[Code | None]) -> dict[Code, int]:
    there = {one for one in codes if one is not None}
    return {one: place for place, one in enumerate(sorted(there, key=label))}


def _place(one: Code | None, places: dict[Code, int]) -> float:
    return float("nan") if one is None else float(places[one])


def _values(estimates: tuple[Estimate, ...]) -> tuple[Number, ...]:
    return tuple(one.value for one in estimates)


def _finite(value: float) -> Number:
    return value if np.isfinite(value) else None


def _same_length(a: int, b: int) -> None:
    if a != b:
        raise RowError(f"a holds {a} and b {b} values; both need as many")


KINDS: Mapping[str, Callable[[Given], Statistics]] = {
    "table": _table,
    "table_with_disagreement_weights": _weighted_table,
    "reliability_data": _reliability_data,
    "category_counts": _category_counts,
    "ratings": _ratings,
    "paired_measurements": _paired_measurements,
    "time_units": _time_units,
    "units_on_continuum": _units_on_continuum,
    "units": _units,
    "accuracy_model": _accuracy_model,
    "timed_events": _timed_events,
}
"""How the input of each kind of row is read, and what can be asked of it."""
