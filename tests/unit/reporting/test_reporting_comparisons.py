from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import Comparison
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.formats.comparison_table import comparison_table
from ssp_coder.reporting.comparisons import comparison_csv, comparison_json, comparison_text
from tests.fixtures.table_schemes import (
    CAREGIVER,
    bare_coding,
    event,
    full_coding,
    numbered,
    reference_coding,
    small_scheme,
)

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
SCHEME = small_scheme()


def trainee() -> Coding:
    """Differs from the reference by one of each kind."""
    return replace(
        full_coding("t01"),
        events=numbered(
            event("presence.out", 10.2, 72.5, subject=CAREGIVER),
            event("distress.fuss", 10.1, 40),
            event("distress.cry", 40.2, 99.75),
            event("seeking.lean", 73.6),
            event("seeking.lean", 90),
        ),
        ratings=(Rating(slot=SlotId("near_c_2"), score=Points(5)),),
    )


def found() -> Comparison:
    return compare(trainee(), reference_coding(), SCHEME)


def test_the_text_is_as_in_the_golden_file() -> None:
    golden = (GOLDEN / "small_comparison.txt").read_text(encoding="utf-8")
    assert comparison_text(found(), SCHEME) == golden


def test_the_table_is_as_in_the_golden_file() -> None:
    assert comparison_csv(found()) == (GOLDEN / "small_comparison.csv").read_bytes()


def test_equal_codings_differ_in_nothing() -> None:
    text = comparison_text(compare(full_coding(), reference_coding(), SCHEME), SCHEME)
    assert "  nothing: every event is matched" in text
    assert "Agreement 1.00" in text
    assert ": differs" not in text


def test_codings_without_events_have_no_agreement() -> None:
    empty = bare_coding()
    text = comparison_text(compare(empty, empty, SCHEME), SCHEME)
    assert "Agreement undefined (twice the matches over the events of both, n = 0)" in text
    assert "  no events" in text


def test_a_state_that_only_one_ended_is_told() -> None:
    own, reference = event("play.look", 1), event("play.look", 1, 5)
    comparison = compare(bare_coding(own), bare_coding(reference), SCHEME)
    assert "play.look: only one of the two has ended" in comparison_text(comparison, SCHEME)


def test_another_session_is_warned_of() -> None:
    other = replace(reference_coding(), session="S002")
    text = comparison_text(compare(full_coding(), other, SCHEME), SCHEME)
    assert "Careful: the reference is of another session, S002" in text


def test_json_survives_json_and_keeps_microseconds() -> None:
    content = comparison_json(found())
    assert json.loads(json.dumps(content)) == content
    assert content["tolerance_us"] == 1_000_000
    rows = content["rows"]
    assert isinstance(rows, list)
    assert [row["kind"] for row in rows] == [
        "wrong_code",
        "match",
        "match",
        "miss",
        "wrong_code",
        "false_alarm",
    ]


def test_json_tells_a_reason_from_not_rated() -> None:
    ratings = comparison_json(found())["ratings"]
    assert isinstance(ratings, list)
    near_s = next(row for row in ratings if row["slot"] == "near_s_1")
    assert (near_s["reference"], near_s["own"], near_s["difference"]) == (
        "NA_view",
        "not_rated",
        None,
    )


def test_totals_of_text_table_and_json_are_the_same() -> None:
    comparison = found()
    rows = list(csv.DictReader(io.StringIO(comparison_csv(comparison).decode())))
    overall = comparison_json(comparison)["overall"]
    assert isinstance(overall, dict)
    for kind, name in (("match", "matches"), ("miss", "misses"), ("wrong_code", "wrong_codes")):
        assert sum(row["kind"] == kind for row in rows) == overall[name]
    assert list(rows[0]) == list(comparison_table().names())
