"""Every number of the long table against the figure that it is taken from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pytest

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.pair import TrackAgreement
from ssp_coder.agreement.study import TrackInStudy
from ssp_coder.formats.agreement_table import AgreementRow, Level
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_item import BLOCKS, CASES, ICC_INTERVAL, SESSIONS, WILSON
from tests.builders import s
from tests.unit.reporting.agreement_desk import pair_report, study_report

CONTACT, SEEKING = "infant/contact", "infant/seeking"
UNITS = "time units of 1 s"
ALIGNED = "event alignment"
OVERLAP = "linked by overlap from 60 %"
INTERVALS = "interval by interval, 15 s"
ONSETS = "onset matching"


@lru_cache(maxsize=1)
def rows_of_pair() -> tuple[AgreementRow, ...]:
    return pair_rows(pair_report())


@lru_cache(maxsize=1)
def rows_of_study() -> tuple[AgreementRow, ...]:
    return study_rows(study_report().study)


def one(rows: Iterable[AgreementRow], **wanted: object) -> AgreementRow:
    plain = {"code": "", "episode": ""} | wanted
    found = [
        row
        for row in rows
        if all(getattr(row.figure, name) == value for name, value in plain.items())
    ]
    assert len(found) == 1, (wanted, len(found))
    return found[0]


def of_pair(statistic: str, **wanted: object) -> Estimate:
    return one(rows_of_pair(), statistic=statistic, **wanted).figure.estimate


def of_study(statistic: str, **wanted: object) -> Estimate:
    return one(rows_of_study(), statistic=statistic, **wanted).figure.estimate


def contact() -> TrackAgreement:
    return pair_report().pair.track(CONTACT)


def studied(name: str) -> TrackInStudy:
    return next(each for each in study_report().study.tracks if each.track.id == name)


# ---- a pair


@pytest.mark.parametrize("name", ["kappa", "p_o", "p_e", "kappa_max"])
def test_time_units_without_a_tolerance(name: str) -> None:
    found = of_pair(name, item=CONTACT, method=UNITS, tolerance_us=0)
    assert found == getattr(contact().time.exact, name)


@pytest.mark.parametrize(
    ("way", "which"), [("first in second", "forth"), ("second in first", "back")]
)
def test_time_units_with_a_tolerance_in_both_directions(way: str, which: str) -> None:
    found = of_pair("kappa", item=CONTACT, method=f"{UNITS}, {way}")
    assert found == getattr(contact().time, which).kappa


def test_the_mean_of_both_directions() -> None:
    row = one(
        rows_of_pair(),
        statistic="kappa",
        item=CONTACT,
        method=f"{UNITS}, mean of both directions",
    )
    assert row.figure.estimate == contact().time.mean
    assert row.figure.tolerance_us == s(2)
    assert row.figure.interval == BLOCKS


def test_agreement_specific_to_each_code_of_time_units() -> None:
    for place, code in enumerate(contact().track.codes):
        found = of_pair("specific_agreement", item=CONTACT, method=UNITS, code=code)
        assert found == contact().time.by_code[place]
    nothing = of_pair("specific_agreement", item=CONTACT, method=UNITS, code="nothing coded")
    assert nothing == contact().time.by_code[-1]


@pytest.mark.parametrize("name", ["kappa", "p_o", "p_e", "kappa_max"])
@pytest.mark.parametrize(("method", "which"), [(ALIGNED, "alignment"), (OVERLAP, "overlap")])
def test_linked_events(name: str, method: str, which: str) -> None:
    found = of_pair(name, item=CONTACT, method=method)
    assert found == getattr(getattr(contact(), which).kappa, name)


def test_misses_and_false_alarms_are_counted_of_all_events() -> None:
    linked = contact().alignment
    misses = of_pair("misses", item=CONTACT, method=ALIGNED)
    alarms = of_pair("false_alarms", item=CONTACT, method=ALIGNED)
    assert (misses.value, alarms.value) == (linked.misses, linked.false_alarms)
    assert misses.n == alarms.n == len(linked.a) + len(linked.b)


def test_each_code_of_linked_events() -> None:
    for place, code in enumerate(contact().track.codes):
        links = contact().alignment.by_code[place]
        found = of_pair("specific_agreement", item=CONTACT, method=ALIGNED, code=code)
        assert found == links.specific
        assert of_pair("kappa", item=CONTACT, method=ALIGNED, code=code) == links.kappa


def test_the_share_of_linked_events_and_their_own_kappa() -> None:
    linked = contact().overlap
    assert of_pair("share_linked", item=CONTACT, method=OVERLAP) == linked.linked
    assert of_pair("kappa_linked_only", item=CONTACT, method=OVERLAP) == linked.codes_only.kappa


@pytest.mark.parametrize("seconds", [0.5, 1, 2])
@pytest.mark.parametrize("name", ["precision", "recall", "f1"])
def test_matched_onsets_of_each_code_and_tolerance(name: str, seconds: float) -> None:
    for onset in pair_report().pair.track(SEEKING).onsets:
        if onset.tolerance_us != s(seconds):
            continue
        code = pair_report().pair.track(SEEKING).track.codes[onset.code]
        wanted = {"item": SEEKING, "method": ONSETS, "code": code, "tolerance_us": s(seconds)}
        assert of_pair(name, **wanted) == getattr(onset.counts, name)
        assert of_pair("hits", **wanted).value == onset.counts.hits
        assert of_pair("misses", **wanted).value == onset.counts.misses


def test_lags_are_in_microseconds_with_their_sign() -> None:
    wanted = {
        "item": SEEKING,
        "method": ONSETS,
        "code": "seeking.reach",
        "tolerance_us": s(1),
    }
    assert of_pair("lag_median_us", **wanted).value == 700_000
    assert of_pair("lag_mean_us", **wanted).value == pytest.approx(700_000)
    assert of_pair("within_500_ms", **wanted).value == 0
    assert of_pair("within_1_s", **wanted).value == 1


@pytest.mark.parametrize(
    "name", ["occurrence", "non_occurrence", "total", "exact_count", "count_ratio"]
)
def test_presence_interval_by_interval(name: str) -> None:
    for found in contact().intervals:
        code = contact().track.codes[found.code]
        wanted = of_pair(name, item=CONTACT, method=INTERVALS, code=code)
        assert wanted == getattr(found, name)


def test_every_episode_has_its_numbers() -> None:
    assert len(contact().episodes) == 8
    for part in contact().episodes:
        wanted = {"item": CONTACT, "episode": part.episode}
        assert of_pair("kappa", method=UNITS, **wanted) == part.time.kappa
        for tolerance_us, hits in part.hits:
            found = of_pair("f1", method=ONSETS, tolerance_us=tolerance_us, **wanted)
            assert found == hits.f1


def test_the_accuracy_stands_beside_the_kappa() -> None:
    found = of_pair("accuracy", item=CONTACT, method="accuracy model, against_gold")
    assert found == pair_report().accuracy(contact())
    assert found.n == contact().time.exact.n


def test_a_number_of_a_code_is_told_as_one() -> None:
    rows = rows_of_pair()
    assert {row.figure.level for row in rows if row.figure.code} == {Level.CODE}
    assert {row.figure.level for row in rows if not row.figure.code} == {Level.TRACK}


def test_rows_name_session_and_coders() -> None:
    rows = rows_of_pair()
    assert {(row.session, row.first, row.second) for row in rows} == {("S002", "ref", "c02")}


def test_unused_tracks_are_in_the_table_and_undefined() -> None:
    gaze = of_pair("kappa", item="infant/gaze", method=ALIGNED)
    assert (gaze.value, gaze.n) == (None, 0)


# ---- a study


def test_summed_time_units_with_intervals_over_sessions() -> None:
    method = f"{UNITS}, sessions summed"
    row = one(rows_of_study(), statistic="kappa", item=CONTACT, method=method)
    assert row.figure.estimate == studied(CONTACT).exact.kappa
    assert row.figure.interval == SESSIONS
    assert of_study("kappa_mean", item=CONTACT, method=method) == studied(CONTACT).mean


def test_summed_events_and_accuracy() -> None:
    found = of_study("kappa", item=CONTACT, method="event alignment, sessions summed")
    assert found == studied(CONTACT).alignment.kappa
    assert of_study("accuracy", item=CONTACT) == studied(CONTACT).accuracy
    linked = of_study("kappa", item=CONTACT, method=f"{OVERLAP}, sessions summed")
    assert linked == studied(CONTACT).overlap.kappa


def test_summed_onsets_of_each_code() -> None:
    for code in studied(SEEKING).codes:
        wanted = {"item": SEEKING, "code": code.code, "tolerance_us": code.tolerance_us}
        assert of_study("f1", **wanted) == code.f1
        assert of_study("hits", **wanted).value == code.hits.hits
        assert of_study("false_alarms", **wanted).value == code.hits.false_alarms


@pytest.mark.parametrize("form", ["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"])
def test_all_six_forms_of_each_scale(form: str) -> None:
    for scale in study_report().study.scales:
        found = of_study(f"icc_{form}", item=scale.slot.id, episode=scale.slot.episode)
        assert found == getattr(scale.ratings.icc, f"icc_{form}")


def test_shares_bias_and_limits_of_each_scale() -> None:
    for scale in study_report().study.scales:
        place = {"item": scale.slot.id, "episode": scale.slot.episode}
        ratings, gaps = scale.ratings, scale.ratings.differences
        assert of_study("exact", **place) == ratings.exact
        assert of_study("within_1", **place) == ratings.within_one
        assert of_study("kappa_quadratic", **place) == ratings.quadratic.kappa
        assert of_study("bias", **place) == gaps.bias
        assert of_study("sd", **place) == gaps.sd
        assert of_study("loa_lower", **place) == gaps.lower
        assert of_study("loa_upper", **place) == gaps.upper


def test_each_interval_says_what_it_is() -> None:
    rows = rows_of_study()
    by_statistic = {
        (row.figure.level, row.figure.statistic): row.figure.interval
        for row in rows
        if row.figure.interval
    }
    assert by_statistic[Level.SCALE, "icc_1_1"] == ICC_INTERVAL
    assert by_statistic[Level.SCALE, "exact"] == WILSON
    assert by_statistic[Level.CLASS, "kappa"] == CASES
    assert by_statistic[Level.TRACK, "kappa"] == SESSIONS


def test_classes_at_every_level() -> None:
    for level in study_report().study.classes:
        figures, name = level.figures, level.level.value
        assert of_study("kappa", item=name) == figures.kappa.kappa
        assert of_study("agreement", item=name) == figures.agreement
        assert of_study("ac1", item=name) == figures.ac1
        for label, estimate in zip(figures.labels, figures.specific, strict=True):
            assert of_study("specific_agreement", item=name, code=label) == estimate


def test_three_coders() -> None:
    for several in study_report().study.several:
        name = several.slot or several.level.value
        assert of_study("fleiss_kappa", item=name) == several.fleiss.kappa
        assert of_study("krippendorff_alpha", item=name) == several.alpha


def test_rows_of_a_study_name_how_many_sessions_and_whether_coders_change() -> None:
    rows = rows_of_study()
    assert {(row.session, row.first, row.second) for row in rows} == {
        ("12 sessions", "ref", "several")
    }
