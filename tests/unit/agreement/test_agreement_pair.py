"""Everything of a pair of codings: tracks, episodes, what was removed, and how it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ssp_coder.agreement.compare import ComparisonError, compare
from ssp_coder.agreement.comparison import DifferenceKind
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.onsets import Hits
from ssp_coder.agreement.pair import PairAgreement, pair_agreement
from ssp_coder.agreement.protocol import STATISTICS_VERSION, USUAL_PROTOCOL, Lump, Window
from ssp_coder.agreement.raster import tally
from ssp_coder.agreement.tracks import TrackKind
from ssp_coder.domain.coding import Coding, SessionEnd
from ssp_coder.domain.time import SECOND_US, Micros
from tests.agreement_codings import coded_twice
from tests.builders import (
    STANDARD_END,
    add,
    after,
    coding,
    infant_scheme,
    s,
    with_episodes,
)

FEW = replace(USUAL_PROTOCOL, resamples=100)
SECOND = Micros(SECOND_US)


def agreement(a: Coding, b: Coding, **settings: object) -> PairAgreement:
    return pair_agreement(a, b, infant_scheme(), replace(FEW, **settings))


@pytest.fixture(scope="module")
def typical() -> PairAgreement:
    return pair_agreement(*coded_twice(310), infant_scheme(), FEW)


def test_states_have_all_indices_and_points_those_of_events(typical: PairAgreement) -> None:
    assert {one.track.kind for one in typical.tracks} == set(TrackKind)
    for one in typical.tracks:
        lasts = one.track.kind is TrackKind.STATES
        assert (one.time is not None) == (one.overlap is not None) == lasts
        assert one.alignment.kappa.n == len(one.a) + len(one.b)
        assert len(one.intervals) == len(one.track.codes)
        assert len(one.onsets) == len(one.track.codes) * len(FEW.onsets_us)


def test_tables_cover_all_declared_codes(typical: PairAgreement) -> None:
    for one in typical.tracks:
        k = len(one.track.codes) + 1
        assert one.alignment.table.shape == (k, k)
        assert one.time is None or one.time.tables.shape == (3, k, k)
        assert one.time is None or len(one.time.by_code) == k


def test_behaviour_comes_first_and_the_procedure_last(typical: PairAgreement) -> None:
    settings = [one.track.is_setting for one in typical.tracks]
    assert settings == sorted(settings)
    assert True in settings


def test_the_result_says_how_it_was_made(typical: PairAgreement) -> None:
    assert typical.protocol == FEW
    assert typical.version == STATISTICS_VERSION
    assert typical.coders == ("c01", "c02")
    assert typical.session == "S001"


def test_episodes_add_up_to_the_session(typical: PairAgreement) -> None:
    # The first episode begins with the window here and the last ends with it.
    for one in typical.tracks:
        for tolerance in FEW.onsets_us:
            counts = [dict(part.hits)[tolerance] for part in one.episodes]
            assert sum(counts, Hits()) == one.hits(tolerance)
        if one.time is not None:
            assert sum(part.table for part in one.episodes).tolist() == one.time.tables[0].tolist()
            assert sum(part.time.n for part in one.episodes) == one.time.exact.n


def test_the_share_of_hits_has_an_interval_at_every_tolerance(typical: PairAgreement) -> None:
    for one in typical.tracks:
        assert [tolerance for tolerance, _ in one.f1] == list(FEW.onsets_us)
        for tolerance, f1 in one.f1:
            assert f1.value == one.hits(tolerance).f1.value
            assert f1.low is None or f1.low <= f1.value <= f1.high
    assert sum(f1.low is not None for one in typical.tracks for _, f1 in one.f1) > 20


def test_all_episodes_are_told_of_in_order(typical: PairAgreement) -> None:
    wanted = [plan.id for plan in infant_scheme().procedure.episodes]
    for one in typical.tracks:
        assert [part.episode for part in one.episodes] == wanted
        assert sum(part.seen_us for part in one.episodes) == one.stretch.seen_us


def test_a_cell_of_time_is_the_sum_of_its_spans(typical: PairAgreement) -> None:
    one = typical.track("infant/gaze")
    k = len(one.track.codes) + 1
    for i in range(k):
        for j in range(k):
            length = sum(span.length_us for span in one.spans_of_cell(i, j))
            assert length / SECOND_US == pytest.approx(one.time.seconds[i, j])


def test_points_have_no_spans(typical: PairAgreement) -> None:
    with pytest.raises(ValueError, match="its cells are made of events"):
        typical.track("infant/seeking").spans_of_cell(0, 0)


def test_a_track_that_was_not_compared_is_not_there(typical: PairAgreement) -> None:
    with pytest.raises(KeyError, match="no track nobody/nothing"):
        typical.track("nobody/nothing")


def test_two_codings_alike_agree_wholly_or_say_why_not() -> None:
    a, _ = coded_twice(200)
    for one in agreement(a, replace(a, coder="c02")).tracks:
        kappas = [one.alignment.kappa.kappa]
        if one.time is not None:
            kappas += [one.time.exact.kappa, one.time.mean, one.overlap.kappa.kappa]
        for kappa in kappas:
            assert kappa.undefined is Undefined.ONE_CODE or kappa.value == pytest.approx(1.0)
        assert one.hits(SECOND).f1.value in (1.0, None)
        assert one.alignment.misses == one.alignment.false_alarms == 0


def test_coders_who_change_sides_change_directions_and_signs_only() -> None:
    a, b = coded_twice(300, seed=4)
    there, back = agreement(a, b), agreement(b, a)
    for one, other in zip(there.tracks, back.tracks, strict=True):
        assert one.alignment.kappa.kappa.value == pytest.approx(other.alignment.kappa.kappa.value)
        assert one.hits(SECOND) == Hits(
            hits=other.hits(SECOND).hits,
            misses=other.hits(SECOND).false_alarms,
            false_alarms=other.hits(SECOND).misses,
        )
        if one.time is not None:
            assert one.time.exact.kappa.value == pytest.approx(other.time.exact.kappa.value)
            assert one.time.forth.kappa.value == pytest.approx(other.time.back.kappa.value)
            assert tally(one.time.units.a, one.time.units.b, one.time.units.k).tolist() == (
                other.time.tables[0].T.tolist()
            )


def test_the_same_codings_and_protocol_give_the_same_bits() -> None:
    a, b = coded_twice(300, seed=5)
    one, other = agreement(a, b), agreement(a, b)
    for first, second in zip(one.tracks, other.tracks, strict=True):
        assert first.alignment.table.tobytes() == second.alignment.table.tobytes()
        if first.time is not None:
            assert first.time.exact == second.time.exact
            assert first.time.mean == second.time.mean


def moved(made: Coding, lag_us: int) -> Coding:
    return replace(
        made,
        coder="c02",
        events=tuple(
            replace(
                one,
                start_us=Micros(one.start_us + lag_us),
                end_us=None if one.end_us is None else Micros(one.end_us + lag_us),
            )
            for one in made.events
        ),
    )


def test_a_late_coder_is_late_by_just_that_on_every_track() -> None:
    a = with_episodes(after(coding(), *(add("seeking.reach", at) for at in range(40, 900, 20))))
    found = agreement(a, moved(a, 800_000)).track("infant/seeking")
    used = [one for one in found.onsets if one.counts.n and one.tolerance_us == SECOND]
    assert [one.lags.median_us.value for one in used] == [800_000]
    assert found.hits(SECOND).f1.value == 1
    assert found.hits(Micros(SECOND_US // 2)).f1.value == 0
    assert found.alignment.kappa.kappa.undefined is Undefined.ONE_CODE


def test_what_was_removed_is_told_of_all_and_of_each_track() -> None:
    a = with_episodes(
        after(
            coding(),
            add("procedure.view_lost", 100, subject="experimenter", end=110),
            add("gaze.uncodable", 300, end=320),
            add("gaze.to_c", 320, end=400),
        )
    )
    found = agreement(a, replace(a, coder="c02"))
    assert found.window.removed_us == s(10)
    assert found.track("infant/gaze").stretch.removed_us == s(30)
    assert found.track("infant/gaze").time.exact.n == STANDARD_END - 30
    assert found.track("infant/distress").time.exact.n == STANDARD_END - 10


def test_a_track_that_only_one_coder_used_is_all_misses() -> None:
    a = with_episodes(after(coding(), add("affect.smile", 50), add("affect.laugh", 60)))
    found = agreement(a, with_episodes(coding(coder="c02"))).track("infant/affect")
    assert found.hits(SECOND) == Hits(misses=2)
    assert found.hits(SECOND).f1.value == 0
    assert found.alignment.misses == 2


def test_sessions_apart_have_nothing_to_compare() -> None:
    a = with_episodes(after(coding(), add("gaze.to_c", 40, end=60)))
    b = moved(a, s(5000))
    b = replace(
        b,
        episodes=tuple(replace(one, start_us=one.start_us + s(5000)) for one in b.episodes),
        session_end=SessionEnd(at_us=s(9000)),
    )
    for one in agreement(a, b).tracks:
        assert one.episodes == ()
        assert one.alignment.kappa.kappa.undefined is Undefined.NOTHING
        assert one.time.exact.kappa.undefined is Undefined.NOTHING
        assert all(part.total.undefined is Undefined.NOTHING for part in one.intervals)


def test_codings_without_any_event_have_one_code_throughout() -> None:
    found = agreement(with_episodes(), with_episodes(coding(coder="c02")))
    for one in found.tracks:
        assert one.time.exact.kappa.undefined is Undefined.ONE_CODE
        assert one.time.exact.p_o.value == 1
        assert one.time.exact.n == STANDARD_END


def test_codings_without_events_and_episodes_have_nothing() -> None:
    for one in agreement(coding(), coding(coder="c02")).tracks:
        assert one.time.exact.kappa.undefined is Undefined.NOTHING


def test_states_left_open_are_counted_for_each() -> None:
    a = after(with_episodes(), add("gaze.to_c", 40), add("distress.cry", 50))
    b = after(with_episodes(coding(coder="c02")), add("gaze.to_c", 41))
    assert agreement(a, b).open_states == (2, 1)


def test_lumped_codes_agree_where_single_ones_do_not() -> None:
    a = with_episodes(after(coding(), add("distress.fuss", 100, end=200)))
    b = with_episodes(after(coding(coder="c02"), add("distress.cry", 100, end=200)))
    lump = Lump(name="upset", codes=("distress.fuss", "distress.cry"))
    apart = agreement(a, b).track("infant/distress")
    lumped = agreement(a, b, lumps=(lump,)).track("infant/distress")
    assert apart.time.exact.p_o.value == pytest.approx(1 - 100 / STANDARD_END)
    assert apart.time.exact.kappa.value < 0.5
    assert lumped.time.exact.kappa.value == pytest.approx(1.0)


def test_a_shorter_unit_gives_more_units_of_the_same_time() -> None:
    a, b = coded_twice(100, seed=6)
    long = agreement(a, b).track("infant/gaze").time
    short = agreement(a, b, unit_us=Micros(100_000)).track("infant/gaze").time
    assert short.exact.n == 10 * long.exact.n
    assert short.seconds.sum() == pytest.approx(long.seconds.sum())


def test_onsets_agree_with_the_differences_that_the_window_shows() -> None:
    a, b = coded_twice(300, seed=7)
    pair = agreement(a, b, window=Window.CODED)
    rows = compare(b, a, infant_scheme(), tolerance_us=SECOND).rows
    matches = sum(row.kind is DifferenceKind.MATCH for row in rows)
    assert sum((one.hits(SECOND) for one in pair.tracks), Hits()).hits == matches


def test_the_share_done_is_told_and_what_is_raised_stops_the_work() -> None:
    a, b = coded_twice(60)
    told: list[float] = []
    pair_agreement(a, b, infant_scheme(), FEW, watch=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    with pytest.raises(InterruptedError):
        pair_agreement(a, b, infant_scheme(), FEW, watch=stop_at(0.3))


def stop_at(share: float) -> Callable[[float], None]:
    def watch(done: float) -> None:
        if done > share:
            raise InterruptedError

    return watch


def test_a_code_that_the_scheme_does_not_know_is_refused() -> None:
    a, b = coded_twice(40)
    strange = replace(b, events=(*b.events, replace(b.events[-1], code="no.such")))
    with pytest.raises(ComparisonError, match=r"no\.such"):
        agreement(a, strange)
