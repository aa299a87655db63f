"""A second reading of the reports: every episode, companion and reason is there, and right."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.study import TrackInStudy, study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.formats.agreement_table import AgreementFigure
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_json import pair_json
from ssp_coder.reporting.agreement_method import Used, method_paragraph, sources
from ssp_coder.reporting.agreement_page import (
    Block,
    Grid,
    Heading,
    Picture,
    Pictures,
    page_html,
    page_text,
)
from ssp_coder.reporting.agreement_pair import pair_blocks
from ssp_coder.reporting.agreement_report import StudyReport
from ssp_coder.reporting.agreement_study import study_blocks
from tests.builders import infant_scheme, s
from tests.unit.agreement import slow_statistics as slow
from tests.unit.agreement.study_desk import QUICK, coded, event, rated, study_pairs
from tests.unit.reporting.agreement_desk import pair_report, report_of, study_report

CONTACT, SEEKING = "infant/contact", "infant/seeking"
HOLDING = "infant/maintaining.hold_on"
UNITS = "time units of 1 s"


@lru_cache(maxsize=1)
def blocks() -> tuple[Block, ...]:
    return tuple(study_blocks(study_report()))


def grid_after(heading: str) -> Grid:
    found = list(blocks())
    at = next(
        place
        for place, block in enumerate(found)
        if isinstance(block, Heading) and block.words == heading
    )
    return next(block for block in found[at:] if isinstance(block, Grid))


def column(grid: Grid, row: tuple[str, ...], name: str) -> str:
    return row[grid.head.index(name)]


def studied(name: str) -> TrackInStudy:
    return next(one for one in study_report().study.tracks if one.track.id == name)


@lru_cache(maxsize=2)
def numbers(kind: str) -> tuple[AgreementFigure, ...]:
    rows = pair_rows(pair_report()) if kind == "pair" else study_rows(study_report().study)
    return tuple(row.figure for row in rows)


def number(kind: str, **wanted: object) -> AgreementFigure:
    plain = {"code": "", "episode": ""} | wanted
    (found,) = [
        one
        for one in numbers(kind)
        if all(getattr(one, name) == value for name, value in plain.items())
    ]
    return found


# ---- what a study tells


def test_a_study_tells_time_and_events_of_every_episode() -> None:
    grid = grid_after("Per episode")
    contact = [row for row in grid.rows if row[0] == "infant: Contact"]
    assert [column(grid, row, "episode") for row in contact] == [
        plan.id for plan in infant_scheme().procedure.episodes
    ]
    for row, part in zip(contact, studied(CONTACT).episodes, strict=True):
        assert column(grid, row, "kappa, time units").startswith(f"{part.time.kappa.value:.2f}")
        assert column(grid, row, "units") == f"{part.time.n:,}"
        assert column(grid, row, "matched") == str(part.onsets[-1].hits.hits)
        assert column(grid, row, "sessions") == "12"
    assert any("[" in column(grid, row, "kappa, time units") for row in contact)


def test_moments_have_their_onsets_and_no_kappa_of_time_in_each_episode() -> None:
    grid = grid_after("Per episode")
    seeking = [row for row in grid.rows if row[0] == "infant: Seeking"]
    assert len(seeking) == 8
    assert {column(grid, row, "kappa, time units") for row in seeking} == {""}
    assert {column(grid, row, "F1 2 s") for row in seeking} == {"1.00"}


def test_groups_that_nobody_used_are_not_told_by_episode() -> None:
    assert {row[0] for row in grid_after("Per episode").rows} == {
        "infant: Contact",
        "infant: Seeking",
    }


def test_a_study_tells_signed_lags_and_time_of_each_code() -> None:
    grid = grid_after("Per code")
    reach = next(row for row in grid.rows if row[0] == "infant: seeking.reach")
    assert column(grid, reach, "median lag") == "+0.70 s"
    assert column(grid, reach, "time") == ""
    held = next(row for row in grid.rows if row[0] == "infant: contact.held_by_c")
    assert re.fullmatch(r"0\.\d\d \[0\.\d\d to 0\.\d\d\]", column(grid, held, "time"))


def test_every_kappa_of_a_study_stands_beside_chance_maximum_and_n() -> None:
    grid = grid_after("infant: Contact")
    by_index = {row[0]: row for row in grid.rows}
    assert {
        "time units, no tolerance",
        "time units, ±2 s, first in second",
        "time units, ±2 s, second in first",
        "time units, ±2 s, mean",
        "events aligned, lag up to 5 s",
        "states linked, overlap from 60 %",
        "accuracy behind time-unit kappa",
    } == set(by_index)
    exact = by_index["time units, no tolerance"]
    for name in ("kappa", "interval", "agreement", "by chance", "max", "n"):
        assert column(grid, exact, name), name
    assert all(column(grid, row, "n") not in {"", "0"} for row in grid.rows)


def test_a_study_draws_the_lags_of_all_sessions() -> None:
    pictures = [
        picture
        for block in blocks()
        for picture in (block.pictures if isinstance(block, Pictures) else [block])
        if isinstance(picture, Picture)
    ]
    lags = [one.caption for one in pictures if one.caption.startswith("Lags of onsets")]
    widest = [code for code in studied(SEEKING).codes if code.tolerance_us == s(2)]
    assert f"n = {sum(code.hits.hits for code in widest)}." in lags[-1]
    assert len(lags) == 2


def test_chance_stands_beside_the_kappa_of_classes() -> None:
    grid = grid_after("Class")
    three = next(row for row in grid.rows if row[0] == "three-way")
    found = next(one for one in study_report().study.classes if one.level.value == "three_way")
    assert column(grid, three, "by chance") == f"{found.figures.kappa.p_e.value:.2f}"
    assert len(grid.head) == len(three)
    assert dict(grid.hints)[grid.head.index("by chance")].startswith("Agreement to be expected")
    assert "base rates" in dict(grid.hints)[grid.head.index("accuracy")]


# ---- every number


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_every_number_has_its_n_and_every_missing_one_its_reason(kind: str) -> None:
    for one in numbers(kind):
        estimate = one.estimate
        assert (estimate.value is None) == (estimate.undefined is not None), one
        assert estimate.n > 0 or estimate.value in {None, 0}, one
        assert (estimate.low is None) == (estimate.high is None), one
        assert estimate.low is None or estimate.value is not None, one
        assert bool(one.interval) == (estimate.low is not None), one
        assert one.method, one


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_no_number_is_told_twice(kind: str) -> None:
    told = Counter(
        (one.level, one.item, one.code, one.episode, one.statistic, one.method, one.tolerance_us)
        for one in numbers(kind)
    )
    assert [key for key, count in told.items() if count > 1] == []


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_companions_of_kappa_come_from_the_same_table(kind: str) -> None:
    if kind == "pair":
        table, method = pair_report().pair.track(CONTACT).time.tables[0], UNITS
    else:
        table, method = studied(CONTACT).tables[0], f"{UNITS}, sessions summed"
    counts = table.astype(int).tolist()
    units = [
        [i for i, row in enumerate(counts) for cell in row for _ in range(cell)],
        [j for row in counts for j, cell in enumerate(row) for _ in range(cell)],
    ]
    expected = {
        "pabak": slow.pabak(counts),
        "scott_pi": slow.scott_pi(counts),
        "ac1": slow.gwet(counts)[0],
        "alpha_nominal": slow.alpha(units, "nominal"),
    }
    for name, value in expected.items():
        found = number(kind, item=CONTACT, statistic=name, method=method).estimate
        assert found.value == pytest.approx(value)
        assert found.n == sum(map(sum, counts))
        assert found.low is None


def test_a_code_and_its_absence_have_bias_and_prevalence() -> None:
    first = coded("S1", "a", (event(1, "maintaining.hold_on", s(100), s(200)),))
    second = coded("S1", "b", (event(1, "maintaining.hold_on", s(120), s(180)),))
    rows = [row.figure for row in pair_rows(report_of(first, second))]
    found = {
        one.statistic: one.estimate.value
        for one in rows
        if one.item == HOLDING and one.method == UNITS and not one.code and not one.episode
    }
    assert found["bias_index"] == pytest.approx(40 / 1290)
    assert found["prevalence_index"] == pytest.approx((60 - 1190) / 1290)
    assert "bias_index" not in {one.statistic for one in rows if one.item == CONTACT}


def test_numbers_of_an_episode_over_sessions_are_in_the_table() -> None:
    for part in studied(CONTACT).episodes:
        kappa = number(
            "study",
            item=CONTACT,
            statistic="kappa",
            episode=part.episode,
            method=f"{UNITS}, sessions summed",
        )
        assert kappa.estimate == part.time.kappa
    for part in studied(SEEKING).episodes:
        for at in part.onsets:
            f1 = number(
                "study",
                item=SEEKING,
                statistic="f1",
                episode=part.episode,
                tolerance_us=at.tolerance_us,
            )
            assert f1.estimate == at.f1


def test_lags_over_sessions_are_in_the_table() -> None:
    for code in studied(SEEKING).codes:
        found = number(
            "study",
            item=SEEKING,
            code=code.code,
            statistic="lag_mean_us",
            tolerance_us=code.tolerance_us,
        )
        assert found.estimate == code.lags.mean_us


def d_pair(number: int, first: float, second: float) -> CodingPair:
    def of(points: float) -> Classification:
        word = DDecision.YES if points == 5 else None
        return Classification(primary="B", subgroup="B3", d_decision=word)

    name = f"S{number}"
    return CodingPair(
        session=name,
        first=coded(name, "a", ratings=rated(dorg=first), classification=of(first)),
        second=coded(name, "b", ratings=rated(dorg=second), classification=of(second)),
    )


def test_the_decision_on_disorganization_is_told_as_fully_as_a_class() -> None:
    scores = [(6, 7), (2, 1), (5, 5), (5, 3), (1, 6), (8, 8), (3, 2)]
    given = tuple(d_pair(at, *both) for at, both in enumerate(scores, 1))
    study = study_agreement(given, infant_scheme(), QUICK)
    rows = [row.figure for row in study_rows(study) if row.figure.item == "d_decision"]
    found = {(one.statistic, one.code): one.estimate for one in rows}
    yes_no = [[3, 1], [1, 2]]
    assert found["kappa", ""].value == pytest.approx(slow.kappa(yes_no))
    assert found["kappa_se", ""].value == pytest.approx(slow.kappa_se(yes_no))
    assert found["agreement", ""].value == pytest.approx(5 / 7)
    assert found["agreement", ""].low is not None
    assert found["at_decision_point_first", ""].value == 2
    assert found["at_decision_point_both", ""].value == 1
    assert found["at_decision_point_second", ""].n == 7
    assert found["specific_agreement", DDecision.YES.value].value == pytest.approx(6 / 8)
    text = page_text(tuple(study_blocks(StudyReport(study=study, scheme=infant_scheme()))))
    assert "disorganized, by scale" in text


# ---- method


def test_intervals_of_moments_alone_are_told_too() -> None:
    words = method_paragraph(USUAL_PROTOCOL, Used(states=False, events=True, sessions=1))
    assert "blocks of 20 s" in words
    nothing = method_paragraph(USUAL_PROTOCOL, Used(states=False, events=False, sessions=1))
    assert "blocks" not in nothing


def test_the_interval_of_agreement_on_classes_is_told_with_its_source() -> None:
    used = Used(states=False, events=False, sessions=9, classes=True)
    assert "Wilson (1927)" in method_paragraph(USUAL_PROTOCOL, used)
    assert "Wilson 1927" in sources(used)


def test_an_undefined_accuracy_is_a_gap_and_never_the_kappa() -> None:
    whole = (event(1, "contact.held_by_c", 0, s(1290)),)
    pairs = [
        CodingPair(session=f"S{n}", first=coded(f"S{n}", "a", whole), second=coded("x", "b", whole))
        for n in (1, 2)
    ]
    study = study_agreement(pairs, infant_scheme(), QUICK)
    report = StudyReport(study=study, scheme=infant_scheme())
    grid = next(
        block
        for block in study_blocks(report)
        if isinstance(block, Grid) and "kappa, events" in block.head
    )
    (row,) = grid.rows
    assert column(grid, row, "accuracy") == "–"
    assert column(grid, row, "kappa, 1 s units") == "undefined (one code used)"
    assert column(grid, row, "kappa, ±2 s") == "undefined (one code used)"
    assert "1.00" not in row


def test_the_same_codings_give_the_same_report_to_the_last_character() -> None:
    given = study_pairs(3)
    once, again = (
        page_text(
            tuple(
                study_blocks(
                    StudyReport(
                        study=study_agreement(given, infant_scheme(), replace(QUICK, seed=5)),
                        scheme=infant_scheme(),
                    )
                )
            )
        )
        for _ in range(2)
    )
    assert once == again
    assert page_text(tuple(pair_blocks(pair_report()))) == page_text(
        tuple(pair_blocks(pair_report()))
    )


def test_a_page_breaks_a_value_from_its_interval_and_nowhere_else() -> None:
    fixed = "\N{NO-BREAK SPACE}"
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page_html("x", blocks()))
    intervals = [cell for cell in cells if re.fullmatch(r".{3,6}\s\[.*\]", cell)]
    assert len(intervals) > 20
    assert {cell.count(" ") for cell in intervals} == {1}
    assert all(cell.split(" ")[1].startswith("[") for cell in intervals)
    assert all(f"{fixed}to{fixed}" in cell for cell in intervals)
    undefined = [cell for cell in cells if cell.startswith("undefined")]
    assert undefined
    assert set(undefined) == {f"undefined (one{fixed}code{fixed}used)"}


# ---- what was linked, and what was removed


def test_the_object_lists_every_aligned_pair_with_its_lag_and_what_stands_alone() -> None:
    found = {one["track"]: one for one in pair_json(pair_report())["tracks"]}
    for name in (CONTACT, SEEKING):
        linked, track = found[name]["linked"], pair_report().pair.track(name)
        a, b = len(track.a), len(track.b)
        assert len(linked["pairs"]) + len(linked["misses"]) == a
        assert len(linked["pairs"]) + len(linked["false_alarms"]) == b
        ids = [one["first"] for one in linked["pairs"]] + linked["misses"]
        assert sorted(ids) == sorted(track.a.ids.tolist())
    assert {one["lag_us"] for one in found[SEEKING]["linked"]["pairs"]} == {s("0.7")}


def test_what_was_not_seen_of_one_group_is_told_with_its_track_and_not_with_others() -> None:
    looks = (event(1, "gaze.to_c", s(50), s(90)), event(2, "contact.held_by_c", s(5), s(95)))
    blind = (*looks, event(3, "gaze.uncodable", s(100), s("112.5")))
    first, second = coded("S1", "a", looks), coded("S1", "b", blind)
    text = " ".join(page_text(tuple(pair_blocks(report_of(first, second)))).split())
    assert text.count("12.5 s of it could not be seen and were removed.") == 1
    assert "of which 0.0 s could not be seen" in text

    pair = CodingPair(session="S1", first=first, second=second)
    study = study_agreement((pair, replace(pair, session="S2")), infant_scheme(), QUICK)
    removed = {one.track.id: one.removed_us for one in study.tracks}
    assert (removed["infant/gaze"], removed[CONTACT]) == (s(25), 0)
    report = StudyReport(study=study, scheme=infant_scheme())
    told = " ".join(page_text(tuple(study_blocks(report))).split())
    assert told.count("25.0 s of it could not be seen and were removed.") == 1


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_a_dash_is_explained_where_it_stands_and_its_reason_is_in_the_table(kind: str) -> None:
    made = pair_blocks(pair_report()) if kind == "pair" else study_blocks(study_report())
    words = " ".join(page_text(tuple(made)).split())
    assert words.count("A dash stands for an undefined figure") == 1
    gaps = [one.estimate.undefined for one in numbers(kind) if one.estimate.value is None]
    assert gaps
    assert None not in gaps
