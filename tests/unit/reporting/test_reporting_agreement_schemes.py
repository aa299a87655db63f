"""Reports of agreement with a small and a large scheme: all groups are told, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from itertools import count

import pytest

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.study import study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, Event, EventId, Rating
from ssp_coder.domain.ethogram import CodeKind, GroupRole
from ssp_coder.domain.scale import Points
from ssp_coder.domain.scheme import Scheme
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_json import pair_json, study_json
from ssp_coder.reporting.agreement_page import Block, Grid, page_html, page_text
from ssp_coder.reporting.agreement_pair import pair_blocks
from ssp_coder.reporting.agreement_report import PairReport, StudyReport
from ssp_coder.reporting.agreement_study import study_blocks
from tests.builders import s
from tests.unit.agreement.study_desk import QUICK

SCHEMES = ("demonstration", "infant-caregiver")
every_scheme = pytest.mark.parametrize("name", SCHEMES)


@lru_cache(maxsize=len(SCHEMES))
def scheme_of(name: str) -> Scheme:
    return load_scheme(name)


def full_coding(scheme: Scheme, coder: str, late_us: int = 0, more: float = 0.0) -> Coding:
    """Every code of behaviour once, one after another, and every place rated."""
    numbers, events = count(1), []
    for group in scheme.ethogram.groups:
        if group.role is not GroupRole.BEHAVIOUR:
            continue
        for code in group.codes:
            number = next(numbers)
            start = s(10 * number) + late_us
            end = start + (0 if code.kind is CodeKind.POINT else s(6))
            events.append(
                Event(
                    id=EventId(number),
                    code=code.id,
                    subject=group.subjects[0],
                    start_us=start,
                    end_us=end,
                )
            )
    ratings = []
    for slot in scheme.slots:
        scale = scheme.scale(slot.scale)
        score = min(scale.maximum, scale.minimum + scale.step + more * scale.step)
        ratings.append(Rating(slot=slot.id, score=Points(score)))
    by_slot = tuple(sorted(ratings, key=lambda rating: rating.slot))
    return Coding(session="S1", coder=coder, events=tuple(events), ratings=by_slot)


@lru_cache(maxsize=len(SCHEMES))
def pair_of(name: str) -> PairReport:
    scheme = scheme_of(name)
    first = full_coding(scheme, "anna")
    second = full_coding(scheme, "ben", late_us=300_000, more=1)
    compared = compare(second, first, scheme)
    return PairReport(
        pair=pair_agreement(first, second, scheme, QUICK),
        scheme=scheme,
        ratings=compared.ratings,
        classes=compared.classes,
        against_reference=False,
    )


@lru_cache(maxsize=len(SCHEMES))
def blocks_of(name: str) -> tuple[Block, ...]:
    return tuple(pair_blocks(pair_of(name)))


@lru_cache(maxsize=len(SCHEMES))
def study_of(name: str) -> StudyReport:
    scheme = scheme_of(name)
    pairs = [
        CodingPair(
            session=f"S{number}",
            first=replace(full_coding(scheme, "anna", more=number % 2), session=f"S{number}"),
            second=replace(full_coding(scheme, "ben", 300_000), session=f"S{number}"),
        )
        for number in range(3)
    ]
    quick = replace(QUICK, resamples=20)
    return StudyReport(study=study_agreement(pairs, scheme, quick), scheme=scheme)


def behaviours(scheme: Scheme) -> set[str]:
    """All codes of behaviour that say what was seen."""
    return {
        code.id
        for group in scheme.ethogram.groups
        if group.role is GroupRole.BEHAVIOUR
        for code in group.codes
        if not code.unseen
    }


@every_scheme
def test_every_code_that_was_used_is_told_once_per_code(name: str) -> None:
    grids = [block for block in blocks_of(name) if isinstance(block, Grid)]
    per_code = next(grid for grid in grids if grid.head[1:2] == ("events",))
    told = [row[0].partition(": ")[2] for row in per_code.rows]
    assert len(told) == len(set(told))
    assert set(told) == behaviours(scheme_of(name))
    assert {row[1] for row in per_code.rows} == {"1 / 1"}


@every_scheme
def test_every_onset_is_matched_with_its_lag(name: str) -> None:
    rows = [row.figure for row in pair_rows(pair_of(name))]
    medians = [
        one.estimate.value
        for one in rows
        if one.statistic == "lag_median_us" and one.code in behaviours(scheme_of(name))
    ]
    assert {value for value in medians if value is not None} == {300_000}
    matched = {one.code for one in rows if one.statistic == "hits" and one.estimate.value == 1}
    assert matched == behaviours(scheme_of(name))


@every_scheme
def test_every_place_that_was_rated_is_told_with_its_difference(name: str) -> None:
    report = pair_of(name)
    assert {row.slot for row in report.ratings} == {slot.id for slot in scheme_of(name).slots}
    for row in report.ratings:
        scale = scheme_of(name).scale_of(row.slot)
        assert row.difference in {0, scale.step}
    text = page_text(blocks_of(name))
    if report.ratings:
        assert f"{len(report.ratings)} places rated by both" in text


@every_scheme
def test_the_report_says_which_scheme_it_is_of(name: str) -> None:
    scheme = scheme_of(name)
    assert f"Scheme {scheme.id} {scheme.version}." in page_text(blocks_of(name))
    said = {"id": scheme.id, "version": scheme.version}
    assert pair_json(pair_of(name))["scheme"] == said
    assert study_json(study_of(name))["scheme"] == said


@every_scheme
def test_a_study_tells_every_place_of_the_scheme(name: str) -> None:
    found = study_of(name).study
    assert [one.slot.id for one in found.scales] == [slot.id for slot in scheme_of(name).slots]
    assert all(one.ratings.n == 3 for one in found.scales)
    html = page_html("x", tuple(study_blocks(study_of(name))))
    assert html.count("<h1>") == 1


@every_scheme
def test_no_number_of_any_scheme_stands_twice_or_without_its_n(name: str) -> None:
    for rows in (pair_rows(pair_of(name)), study_rows(study_of(name).study)):
        keys = [
            (f.level, f.item, f.code, f.episode, f.statistic, f.method, f.tolerance_us)
            for f in (row.figure for row in rows)
        ]
        assert len(set(keys)) == len(keys)
        assert all(row.figure.estimate.n >= 0 for row in rows)


@every_scheme
def test_both_objects_are_plain_numbers_and_words(name: str) -> None:
    for value in (pair_json(pair_of(name)), study_json(study_of(name))):
        again = json.loads(json.dumps(value, allow_nan=False))
        assert again["protocol"]["resamples"] in {QUICK.resamples, 20}
        assert again["figures"]


@every_scheme
def test_what_marks_time_as_unseen_is_removed_and_no_behaviour(name: str) -> None:
    unseen = {code.id for code in scheme_of(name).ethogram.codes() if code.unseen}
    assert unseen
    report = pair_of(name)
    assert not unseen & {row.figure.code for row in pair_rows(report)}
    removed = [one.stretch.removed_us for one in report.tracks if one.stretch.removed_us]
    assert removed
    assert set(removed) == {s("6.3")}, "either coder's six seconds, one of them 0.3 s late"
