"""Worked examples of our own: every name of the vocabulary against slow arithmetic and oracles."""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from ssp_coder.agreement.example_kinds import KINDS
from ssp_coder.agreement.examples import ExampleResult, run_examples
from tests.unit.agreement import slow_statistics as slow

TABLES = {
    "two codes": [[40, 9], [6, 45]],
    "a rare code": [[118, 5], [2, 0]],
    "below chance": [[1, 9], [8, 2]],
    "three codes": [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
    "a code that one never used": [[12, 3, 0], [4, 9, 0], [1, 2, 0]],
    "a code that nobody used": [[12, 0, 3], [0, 0, 0], [4, 0, 9]],
    "no code in common": [[0, 7], [0, 0]],
    "whole agreement": [[5, 0, 0, 0], [0, 3, 0, 0], [0, 0, 2, 0], [0, 0, 0, 9]],
    "seven points": [[(3 * i + 5 * j + i * j) % 11 for j in range(7)] for i in range(7)],
    "one case": [[0, 1], [0, 0]],
}
RATERS = {
    "four with gaps": [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ],
    "two with halves": [[1, 2.5, 3, 7, 5.5, 0], [1, 3, 3, 6.5, 5, 0]],
    "three with zeros": [[0, 0, 4, 2, 0], [0, 1, 4, 2, 0], [0, 0, 3, None, None]],
    "values that nobody shares": [[1, 2, 3, 9], [1, 2, 4, None]],
}
COUNTS = {
    "six subjects": [[5, 0, 0], [2, 2, 1], [0, 3, 2], [1, 1, 3], [0, 5, 0], [2, 0, 3]],
    "a category of nobody": [[3, 0, 0], [1, 0, 2], [2, 0, 1]],
    "one category throughout": [[4, 0], [4, 0]],
    "two raters": [[2, 0], [1, 1], [0, 2], [0, 2]],
}
RATINGS = {
    "Shrout and Fleiss": [
        [9, 2, 5, 8],
        [6, 1, 3, 2],
        [8, 4, 6, 8],
        [7, 1, 2, 6],
        [10, 5, 6, 9],
        [6, 2, 4, 7],
    ],
    "two coders": [[1, 2], [4, 4], [6, 7], [3, 3], [7, 7], [2, 3], [5, 4], [1, 1]],
    "worse than chance": [[1, 5], [5, 2], [3, 4], [6, 4], [2, 5], [7, 6], [4, 1]],
    "three coders in halves": [[1.5, 2, 2.5], [4, 4.5, 4], [6, 7, 6.5], [3, 3, 3.5]],
}


def row(
    name: str, kind: str, given: dict[str, object], expected: dict[str, object], tolerance: float
) -> dict[str, object]:
    return {
        "id": f"{kind}: {name}",
        "source": "worked out anew",
        "kind": kind,
        "input": given,
        "expected": expected,
        "tolerance": tolerance,
        "provenance": "computed",
        "weight": {"unknown": ["to", "us"]},
    }


def table_rows() -> Iterator[dict[str, object]]:
    for name, table in TABLES.items():
        k = len(table)
        square, straight = slow.quadratic(k), slow.linear(k)
        ac1, ac1_se = slow.gwet(table)
        units = [
            [i for i, line in enumerate(table) for cell in line for _ in range(cell)],
            [j for line in table for j, cell in enumerate(line) for _ in range(cell)],
        ]
        expected: dict[str, object] = {
            "p_o": float(slow.observed(table)),
            "p_e": float(slow.chance(table)),
            "kappa": slow.kappa(table),
            "kappa_max": slow.kappa_max(table),
            "kappa_linear": slow.kappa(table, straight),
            "kappa_quadratic": slow.kappa(table, square),
            "kappa_se": slow.kappa_se(table),
            "kappa_linear_se": slow.kappa_se(table, straight),
            "pabak": slow.pabak(table),
            "scott_pi": slow.scott_pi(table),
            "specific_agreement": slow.specific_agreement(table),
            "ac1": ac1,
            "ac1_se": ac1_se,
            "ac2_quadratic": slow.gwet(table, square)[0],
            "alpha_nominal": slow.alpha(units, "nominal"),
        }
        yield row(name, "table", {"table": table}, expected, 1e-7)


def weighted_rows() -> Iterator[dict[str, object]]:
    for name, apart in {
        "symmetric": [[0, 1, 3], [1, 0, 6], [3, 6, 0]],
        "one way": [[0, 1, 2], [4, 0, 1], [9, 4, 0]],
        "broken": [[0, 0.5, 1], [0.5, 0, 0.25], [1, 0.25, 0]],
    }.items():
        most = max(map(max, apart))

        def agreed(i: int, j: int, apart: list = apart, most: float = most) -> Fraction:
            return 1 - Fraction(apart[i][j]) / Fraction(most)

        for which in ("three codes", "a code that one never used"):
            given = {"table": TABLES[which], "disagreement_weights": apart}
            expected = {"weighted_kappa": slow.kappa(TABLES[which], agreed)}
            kind = "table_with_disagreement_weights"
            yield row(f"{name}, {which}", kind, given, expected, 1e-12)


def reliability_rows() -> Iterator[dict[str, object]]:
    for name, raters in RATERS.items():
        expected: dict[str, object] = {
            f"alpha_{level}": slow.alpha(raters, level)
            for level in ("nominal", "ordinal", "interval", "ratio")
        }
        expected["ac1"] = slow.ac1_of_raters(raters)
        yield row(name, "reliability_data", {"raters_by_units": raters}, expected, 1e-12)
    words = [["a", "b", "b", None, "c"], ["a", "b", "c", "c", "c"], ["a", None, "b", "c", "c"]]
    expected = {"alpha_nominal": slow.alpha(words, "nominal"), "ac1": slow.ac1_of_raters(words)}
    yield row("words", "reliability_data", {"raters_by_units": words}, expected, 1e-12)
    alike = [[3, 3, None], [3, None, 3]]
    nothing = {f"alpha_{level}": None for level in ("nominal", "ordinal", "interval", "ratio")}
    yield row("one value throughout", "reliability_data", {"raters_by_units": alike}, nothing, 0)
    alone = [[1, 2, None], [None, None, 3]]
    yield row("no unit of two", "reliability_data", {"raters_by_units": alone}, nothing, 0)


def fleiss_rows() -> Iterator[dict[str, object]]:
    for name, counts in COUNTS.items():
        whole, single = slow.fleiss(counts)
        expected = {"fleiss_kappa": whole, "fleiss_kappa_by_category": single}
        given = {"subjects_by_categories": counts}
        yield row(name, "category_counts", given, expected, 1e-12)


def rating_rows() -> Iterator[dict[str, object]]:
    for name, ratings in RATINGS.items():
        expected: dict[str, object] = {}
        for form, (value, ends) in six_forms(ratings).items():
            expected[f"icc_{form}"] = value
            expected[f"icc_{form}_ci95"] = ends
        yield row(name, "ratings", {"cases_by_raters": ratings}, expected, 1e-9)
        holed = [*ratings, [None, *ratings[0][1:]]]
        yield row(f"{name}, one missing", "ratings", {"cases_by_raters": holed}, expected, 1e-9)


def six_forms(ratings: list) -> dict[str, tuple[float, list[float]]]:
    """All forms by the printed formulas, with quantiles of scipy.stats."""
    from scipy.stats import f as of_f

    n, k = len(ratings), len(ratings[0])
    grand = sum(map(sum, ratings)) / (n * k)
    by_case = [sum(one) / k for one in ratings]
    by_rater = [sum(one) / n for one in zip(*ratings, strict=True)]
    bms = k * sum((one - grand) ** 2 for one in by_case) / (n - 1)
    jms = n * sum((one - grand) ** 2 for one in by_rater) / (k - 1)
    within = sum((x - mean) ** 2 for own, mean in zip(ratings, by_case, strict=True) for x in own)
    wms, d = within / (n * (k - 1)), (n - 1) * (k - 1)
    ems = (within - (k - 1) * jms) / d

    def quantile(above: float, below: float) -> float:
        return float(of_f.ppf(0.975, above, below))

    found = {}
    for which, error, freedom in (("1", wms, n * (k - 1)), ("3", ems, d)):
        low = bms / error / quantile(n - 1, freedom)
        high = bms / error * quantile(freedom, n - 1)
        single = [(low - 1) / (low + k - 1), (high - 1) / (high + k - 1)]
        found[f"{which}_1"] = ((bms - error) / (bms + (k - 1) * error), single)
        found[f"{which}_k"] = ((bms - error) / bms, [1 - 1 / low, 1 - 1 / high])
    rho = (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n)
    ratio, g = jms / ems, n * (1 + (k - 1) * rho) - k * rho
    v = d * (k * rho * ratio + g) ** 2 / ((n - 1) * k**2 * rho**2 * ratio**2 + g**2)
    above, under, rest = quantile(n - 1, v), quantile(v, n - 1), k * jms + (k * n - k - n) * ems
    ends = [
        n * (bms - above * ems) / (above * rest + n * bms),
        n * (under * bms - ems) / (rest + n * under * bms),
    ]
    found["2_1"] = (rho, ends)
    mean = (bms - ems) / (bms + (jms - ems) / n)
    found["2_k"] = (mean, [k * z / (1 + (k - 1) * z) for z in ends])
    return found


def paired_rows() -> Iterator[dict[str, object]]:
    for name, a, b in (
        ("whole numbers", [494, 395, 516, 434], [512, 430, 520, 428]),
        ("below zero", [-1.5, 0, 2.25], [0.5, -3, 2]),
        ("one pair missing", [3, None, 5, 1], [1, 2, 1, 0]),
        ("no difference", [3, 4, 5], [3, 4, 5]),
    ):
        apart = [x - y for x, y in zip(a, b, strict=True) if x is not None]
        mean = sum(apart) / len(apart)
        sd = math.sqrt(sum((one - mean) ** 2 for one in apart) / (len(apart) - 1))
        expected = {"bias": mean, "sd_of_differences": sd}
        for times, ending in ((1.96, ""), (2, "_2sd")):
            expected[f"loa_lower{ending}"] = mean - times * sd
            expected[f"loa_upper{ending}"] = mean + times * sd
        yield row(name, "paired_measurements", {"a": a, "b": b}, expected, 1e-9)
    single = {"bias": 2, "sd_of_differences": None, "loa_lower": None, "loa_upper_2sd": None}
    yield row("one pair", "paired_measurements", {"a": [5], "b": [3]}, single, 0)


def unit_rows() -> Iterator[dict[str, object]]:
    drawn = random.Random(7)
    for names in ([0, 1], ["x", "y", "z"], [1.0, 2.5, 4.0], [1, "b", 0]):
        a = [drawn.choice(names) for _ in range(60)]
        b = [one if drawn.random() < 0.6 else drawn.choice(names) for one in a]
        table = [
            [sum((x, y) == (i, j) for x, y in zip(a, b, strict=True)) for j in names] for i in names
        ]
        expected = {
            "p_o": float(slow.observed(table)),
            "p_e": float(slow.chance(table)),
            "kappa": slow.kappa(table),
            "kappa_max": slow.kappa_max(table),
            "scott_pi": slow.scott_pi(table),
            "alpha_nominal": slow.alpha([list(map(str, a)), list(map(str, b))], "nominal"),
        }
        yield row(f"codes {names}", "time_units", {"a": a, "b": b}, expected, 1e-12)
    alike = {"p_o": 1, "p_e": 1, "kappa": None, "kappa_max": None, "scott_pi": None}
    given = {"a": [0] * 9, "b": [0] * 9}
    yield row("nothing coded", "time_units", given, alike | {"alpha_nominal": None}, 0)
    given = {"a": ["x"] * 4, "b": ["y"] * 4}
    expected = {"p_o": 0, "p_e": 0, "kappa": 0, "kappa_max": 0, "scott_pi": -1}
    yield row("no code in common", "time_units", given, expected, 0)


def random_sections(drawn: random.Random, length: int, codes: list) -> list[list]:
    found, at = [], 0
    while True:
        start = at + drawn.randrange(0, 9)
        size = drawn.randrange(1, 12)
        if start + size > length:
            return found
        found.append([start, size, drawn.choice(codes)])
        at = start + size


def continuum_rows() -> Iterator[dict[str, object]]:
    drawn = random.Random(3)
    for place, (observers, codes) in enumerate(
        [(2, ["c", "k"]), (3, [0, 1]), (2, ["with space"]), (4, [1234567, 1234568]), (2, [1.0, 2])]
    ):
        length = 90
        units = [random_sections(drawn, length, codes) for _ in range(observers)]
        expected: dict[str, object] = {}
        parts = []
        for code in codes:
            met, by_chance = slow.alpha_u(units, length, code)
            parts.append((met, by_chance))
            expected[f"alpha_u_observed_{code}"] = float(met)
            expected[f"alpha_u_expected_{code}"] = float(by_chance)
            expected[f"alpha_u_{code}"] = float(1 - met / by_chance)
        met, by_chance = (sum(part) for part in zip(*parts, strict=True))
        expected["alpha_u"] = float(1 - met / by_chance)
        given = {"L": length, "observers": units, "offset": 150}
        yield row(f"{place}, {observers} observers", "units_on_continuum", given, expected, 1e-12)
        given = {"L": length, "units_start_length_code": units}
        expected = {"u_alpha_nominal": slow.u_alpha(units, length)}
        yield row(f"{place}, {observers} observers", "units", given, expected, 1e-12)
    whole = {"L": 30, "units_start_length_code": [[[0, 30, 1]], [[0, 30, 1]]]}
    yield row("one unit over everything", "units", whole, {"u_alpha_nominal": None}, 0)


def accuracy_rows() -> Iterator[dict[str, object]]:
    for k in (2, 3, 12, 40):
        for accuracy in ("1/2", "17/20", "19/20", "1"):
            for who in ("two_equal", "against_gold"):
                given = {"accuracy": float(Fraction(accuracy)), "codes": k, "observers": who}
                expected = {"expected_kappa": slow.expected_kappa(Fraction(accuracy), k, who)}
                yield row(f"{k} codes, {accuracy}, {who}", "accuracy_model", given, expected, 1e-12)


def timed(drawn: random.Random, codes: int, seconds: int) -> tuple[list, list]:
    """Thousandths of a second; the second coder is near the first or elsewhere."""
    a, b, at = [], [], 0
    while at < seconds * 1_000:
        on = at + drawn.randrange(0, 3_000)
        off = on + drawn.randrange(200, 3_000)
        code = drawn.randrange(codes)
        a.append((on, off, code))
        if drawn.random() < 0.85:
            moved = [max(0, edge + drawn.randrange(-500, 500)) for edge in (on, off)]
            other = code if drawn.random() < 0.8 else drawn.randrange(codes)
            if moved[1] > moved[0] and (not b or moved[0] >= b[-1][1]):
                b.append((*moved, other))
        at = off
    return a, b


def linked_rows() -> Iterator[dict[str, object]]:
    drawn = random.Random(11)
    cases = {f"{k} codes, number {at}": (k, *timed(drawn, k, 60)) for at in (1, 2) for k in (2, 5)}
    cases["nobody missed any"] = (3, [(0, 9, 0), (9, 20, 1), (20, 30, 2)], [(0, 9, 0), (9, 30, 1)])
    cases["an empty coder"] = (3, [(0, 900, 0), (900, 2_000, 1)], [])
    cases["an empty first coder"] = (2, [], [(0, 900, 0), (900, 2_000, 1)])
    cases["one code with a miss"] = (1, [(0, 900, 0), (1_000, 2_000, 0)], [(0, 850, 0)])
    cases["one code, all linked"] = (1, [(0, 900, 0)], [(0, 900, 0)])
    cases["no event"] = (2, [], [])
    for name, (k, a, b) in cases.items():
        for overlap in (0.6, 0.51, 0.9):
            value, largest, p_o = slow.linked_kappa(slow.linked_table(a, b, k, overlap))
            expected = {
                "easydiag_kappa": value,
                "easydiag_kappa_max": largest,
                "easydiag_p_o": p_o,
            }
            for codes in (k + 2, [f"code {place}" for place in range(k)]):
                given = {
                    "coder1": in_seconds(a, codes),
                    "coder2": in_seconds(b, codes),
                    "codes": codes,
                    "overlap": overlap,
                }
                form = "words" if isinstance(codes, list) else "numbers"
                yield row(f"{name}, {overlap}, {form}", "timed_events", given, expected, 1e-7)


def in_seconds(events: list, codes: int | list[str]) -> list[list[object]]:
    return [
        [on / 1_000, off / 1_000, codes[code] if isinstance(codes, list) else float(code)]
        for on, off, code in events
    ]


ROWS = [
    one
    for made in (
        table_rows,
        weighted_rows,
        reliability_rows,
        fleiss_rows,
        rating_rows,
        paired_rows,
        unit_rows,
        continuum_rows,
        accuracy_rows,
        linked_rows,
    )
    for one in made()
]


def result_of(one: dict[str, object]) -> ExampleResult:
    (found,) = run_examples([one])
    return found


@pytest.mark.parametrize("place", range(len(ROWS)), ids=[str(one["id"]) for one in ROWS])
def test_a_row_that_was_worked_out_otherwise_passes(place: int) -> None:
    found = result_of(ROWS[place])
    assert found.reason == ""
    assert [one for one in found.statistics if not one.passed] == []


def test_our_rows_ask_for_the_whole_vocabulary() -> None:
    asked = {(one["kind"], name) for one in ROWS for name in one["expected"]}
    assert {kind for kind, _ in asked} == set(KINDS)
    assert len(ROWS) > 100
    for kind, count in (("table", 15), ("ratings", 12), ("time_units", 6), ("timed_events", 3)):
        assert len({name for own, name in asked if own == kind}) == count


def wrong(value: object) -> Iterator[object]:
    """Other values than the one expected, each wrong on its own."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            for other in wrong(one):
                yield [*value[:place], other, *value[place + 1 :]]
        yield value[:-1]
        return
    yield 0.5 if value is None else None
    if isinstance(value, float | int):
        yield value + 0.001
        yield value - 0.001


def test_every_wrong_number_in_any_of_our_rows_is_found() -> None:
    for one in ROWS:
        for name, value in one["expected"].items():
            for other in wrong(value):
                spoiled = one | {"expected": {name: other}}
                assert not result_of(spoiled).passed, (one["id"], name, other)


def test_a_mean_of_coders_who_contradict_each_other_is_undefined_and_not_above_one() -> None:
    opposed = [[1, 6], [5, 2], [3, 4], [6, 2], [2, 5]]
    assert six_forms(opposed)["2_k"][0] > 1
    expected = {"icc_2_k": None, "icc_2_k_ci95": None, "icc_2_1": six_forms(opposed)["2_1"][0]}
    assert result_of(row("", "ratings", {"cases_by_raters": opposed}, expected, 1e-9)).passed


def test_codes_that_are_large_numbers_stay_apart() -> None:
    units = [[[0, 5, 1234567], [9, 5, 1234568]], [[0, 5, 1234568], [9, 5, 1234567]]]
    given = {"L": 30, "units_start_length_code": units}
    expected = {"u_alpha_nominal": slow.u_alpha(units, 30)}
    assert result_of(row("", "units", given, expected, 1e-12)).passed
    assert slow.u_alpha(units, 30) < 0.5


@pytest.mark.parametrize("name", ["alpha_u_observed_1", "alpha_u_observed_1.0"])
@pytest.mark.parametrize("written", [1, 1.0, "1"])
def test_a_whole_number_as_a_code_may_be_named_either_way(name: str, written: object) -> None:
    units = [[[0, 5, written]], [[2, 5, written]]]
    met, _ = slow.alpha_u(units, 30, written)
    given = {"L": 30, "observers": units}
    assert result_of(row("", "units_on_continuum", given, {name: float(met)}, 1e-12)).passed


def test_scikit_learn_and_statsmodels_say_the_same_as_our_slow_arithmetic() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sklearn.metrics import cohen_kappa_score
        from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

        for name in ("two codes", "below chance", "three codes", "seven points"):
            table = np.array(TABLES[name])
            k = len(table)
            a, b = (np.repeat(side.ravel(), table.ravel()) for side in np.indices(table.shape))
            assert cohen_kappa_score(a, b) == pytest.approx(slow.kappa(TABLES[name]))
            square = slow.kappa(TABLES[name], slow.quadratic(k))
            assert cohen_kappa_score(a, b, weights="quadratic") == pytest.approx(square)
            other = cohens_kappa(table)
            assert other.kappa_max == pytest.approx(slow.kappa_max(TABLES[name]))
            assert other.std_kappa == pytest.approx(slow.kappa_se(TABLES[name]))
        for counts in (COUNTS["six subjects"], COUNTS["two raters"]):
            assert fleiss_kappa(np.array(counts)) == pytest.approx(slow.fleiss(counts)[0])
