"""A pair of codings against loops over its events, with every edge that a timeline can have."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise

import pytest

from ssp_coder.agreement.estimate import Estimate, Undefined
from ssp_coder.agreement.pair import PairAgreement, TrackAgreement, pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Protocol, Window
from ssp_coder.domain.coding import Coding, EpisodeMark, Event, EventId, SessionEnd
from ssp_coder.domain.time import Micros
from tests.agreement_codings import coded_twice
from tests.builders import coding, infant_scheme
from tests.unit.agreement import slow_statistics as slow

CHILD = "infant"
GAZE = ("gaze.to_c", "gaze.to_s", "gaze.to_toy", "gaze.to_door", "gaze.away")
UNSEEN, LOST = "gaze.uncodable", "procedure.view_lost"
SMILES = ("affect.smile", "affect.laugh", "affect.vocalise")
START, END = 1_000_000, 21_500_000
QUICK = replace(
    USUAL_PROTOCOL,
    resamples=20,
    unit_us=Micros(333_333),
    tolerance_us=Micros(700_000),
    interval_us=Micros(3_000_000),
    alignment_us=Micros(900_000),
)
SEEDS = range(25)
Rows = list[tuple[int, int, int]]
"""Onset, offset and place of the code."""


def made(number: int, code: str, start: int, end: int | None, who: str = CHILD) -> Event:
    end_us = None if end is None else Micros(end)
    return Event(id=EventId(number), code=code, subject=who, start_us=Micros(start), end_us=end_us)


def drawn_coding(seed: int, coder: str) -> Coding:
    """States before, over and after the window, without length, and one that was never ended."""
    dice, own = random.Random(seed), random.Random(f"{coder} {seed}")
    jitter = [own.randrange(-250_000, 250_000) for _ in range(12)]
    edges = [
        max(0, at + by) for at, by in zip(dice.sample(range(24_000_000), 12), jitter, strict=True)
    ]
    if dice.random() < 0.5:
        edges[3], edges[5] = START, edges[4]
    edges = sorted([*edges, END])
    events = []
    for place, (start, end) in enumerate(pairwise(edges)):
        kind = dice.random()
        meant = dice.choice(GAZE)
        code = meant if own.random() < 0.7 else own.choice(GAZE)
        if kind < 0.65:
            events.append((code, start, end))
        elif kind < 0.75:
            events.append((UNSEEN, start, end))
        elif kind < 0.85:
            events.append((code, start, start))
        if place == 11 and own.random() < 0.7:
            events.append((own.choice(GAZE), end, None))
    smiles = [own.choice((START, END - 1, END, own.randrange(24_000_000))) for _ in range(9)]
    events += [(own.choice(SMILES), at, at) for at in smiles]
    lost = own.randrange(2_000_000, 20_000_000)
    lasting = [made(n, *one) for n, one in enumerate(sorted(events, key=lambda e: e[1]), 1)]
    lasting.append(made(99, LOST, lost, lost + 600_000, "experimenter"))
    first, *_, last = infant_scheme().procedure.episodes
    return coding(
        coder=coder,
        events=tuple(sorted(lasting, key=lambda one: (one.start_us, one.id))),
        episodes=(
            EpisodeMark(episode=first.id, start_us=Micros(START)),
            EpisodeMark(episode=last.id, start_us=Micros(11_000_000)),
        ),
        session_end=SessionEnd(at_us=Micros(END)),
    )


@lru_cache(maxsize=len(SEEDS))
def compared(seed: int) -> tuple[Coding, Coding, PairAgreement]:
    a, b = drawn_coding(seed, "c01"), drawn_coding(seed, "c02")
    return a, b, pair_agreement(a, b, infant_scheme(), QUICK)


def ends(event: Event) -> int:
    return 10**12 if event.end_us is None else event.end_us


def is_blind(at: int, both: tuple[Coding, Coding], *, gaze: bool) -> bool:
    codes = {LOST, UNSEEN} if gaze else {LOST}
    return any(
        event.code in codes and event.start_us <= at < ends(event)
        for one in both
        for event in one.events
    )


def units_by_hand(own: Coding, both: tuple[Coding, Coding]) -> list[int | None]:
    """The code at each midpoint: the state that began last, if it still lasts; None is unseen."""
    found: list[int | None] = []
    middle = START + QUICK.unit_us // 2
    while middle < END:
        begun = [
            (event.start_us, ends(event), GAZE.index(event.code))
            for event in own.events
            if event.code in GAZE and event.start_us <= middle
        ]
        last = max(begun, default=(0, 0, 0))
        code = last[2] if last[1] > middle else len(GAZE)
        found.append(None if is_blind(middle, both, gaze=True) else code)
        middle += QUICK.unit_us
    return found


def tallied(pairs: list[tuple[int | None, int | None]]) -> list[list[int]]:
    k = len(GAZE) + 1
    table = [[0] * k for _ in range(k)]
    for i, j in pairs:
        if i is not None and j is not None:
            table[i][j] += 1
    return table


def near(own: list[int | None], other: list[int | None], reach: int) -> list[int | None]:
    """What the other is taken to say."""
    return [
        code if code in other[max(0, at - reach) : at + reach + 1] else other[at]
        for at, code in enumerate(own)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_units_of_time_are_those_of_a_walk_from_midpoint_to_midpoint(seed: int) -> None:
    first, second, found = compared(seed)
    time = found.track(f"{CHILD}/gaze").time
    a, b = (units_by_hand(one, (first, second)) for one in (first, second))
    reach = QUICK.tolerance_us // QUICK.unit_us
    assert time.tables[0].tolist() == tallied(list(zip(a, b, strict=True)))
    assert time.tables[1].tolist() == tallied(list(zip(a, near(a, b, reach), strict=True)))
    assert time.tables[2].tolist() == tallied(list(zip(near(b, a, reach), b, strict=True)))
    for kappa, table in zip((time.exact, time.forth, time.back), time.tables, strict=True):
        counts = table.astype(int).tolist()
        assert kappa.n == sum(map(sum, counts)) > 0
        assert kappa.kappa.value == pytest.approx(slow.kappa(counts))
        assert kappa.p_e.value == pytest.approx(float(slow.chance(counts)))


@pytest.mark.parametrize("seed", SEEDS)
def test_seconds_that_were_removed_are_those_of_a_walk_in_small_steps(seed: int) -> None:
    first, second, found = compared(seed)
    step = 20_000
    walked = sum(step for at in range(START, END, step) if is_blind(at, (first, second), gaze=True))
    gaze = found.track(f"{CHILD}/gaze").stretch
    assert gaze.removed_us == pytest.approx(walked, abs=20 * step)
    assert gaze.removed_us + gaze.seen_us == END - START
    assert found.window.removed_us <= 1_200_000


def smiles_by_hand(own: Coding, both: tuple[Coding, Coding]) -> list[tuple[int, str]]:
    return sorted(
        (event.start_us, event.code)
        for event in own.events
        if event.code in SMILES
        and START <= event.start_us < END
        and not is_blind(event.start_us, both, gaze=False)
    )


def most_pairs(a: list[int], b: list[int], tolerance: int) -> tuple[int, int]:
    """Most pairs and, of these, the least sum of lags, by trying every choice."""
    best = (0, 0)
    for size in range(1, min(len(a), len(b)) + 1):
        for own in combinations(a, size):
            for other in combinations(b, size):
                lags = [abs(x - y) for x, y in zip(own, other, strict=True)]
                if max(lags) <= tolerance:
                    best = min(best, (-size, sum(lags)))
    return -best[0], best[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_moments_within_half_open_bounds_are_matched_as_by_trying_every_choice(seed: int) -> None:
    first, second, found = compared(seed)
    track = found.track(f"{CHILD}/affect")
    for onset in track.onsets:
        code = SMILES[onset.code]
        a, b = (
            [at for at, name in smiles_by_hand(own, (first, second)) if name == code]
            for own in (first, second)
        )
        hits, lags = most_pairs(a, b, onset.tolerance_us)
        assert onset.counts.hits == hits
        assert sum(map(abs, onset.lags_us)) == lags
        assert (len(onset.misses), len(onset.false_alarms)) == (len(a) - hits, len(b) - hits)


@pytest.mark.parametrize("seed", SEEDS)
def test_states_are_linked_as_by_trying_every_pair(seed: int) -> None:
    track = compared(seed)[2].track(f"{CHILD}/gaze")
    a, b = rows_of(track)
    table = slow.linked_table(a, b, len(GAZE), QUICK.overlap)
    assert track.overlap.table.tolist() == table
    value, largest, p_o = slow.linked_kappa(table)
    assert track.overlap.kappa.p_o.value == pytest.approx(p_o)
    if track.overlap.kappa.kappa.is_defined:
        assert track.overlap.kappa.kappa.value == pytest.approx(value, abs=1e-6)
        assert track.overlap.kappa.kappa_max.value == pytest.approx(largest, abs=1e-6)


def rows_of(track: TrackAgreement) -> tuple[Rows, Rows]:
    first, second = (
        list(zip(one.starts.tolist(), one.ends.tolist(), one.codes.tolist(), strict=True))
        for one in (track.a, track.b)
    )
    return first, second


@pytest.mark.parametrize("seed", SEEDS)
def test_no_event_reaches_out_of_what_was_compared(seed: int) -> None:
    for track in compared(seed)[2].tracks:
        seen = track.stretch.seen().tolist()
        for start, end, _ in (*rows_of(track)[0], *rows_of(track)[1]):
            assert any(low <= start and max(end, start + 1) <= high for low, high in seen)


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_are_answered_as_bin_by_bin(seed: int) -> None:
    track = compared(seed)[2].track(f"{CHILD}/affect")
    a, b = rows_of(track)
    blind = track.stretch.blind.tolist()
    bins = []
    for low in range(START, END, QUICK.interval_us):
        high = min(END, low + QUICK.interval_us)
        if high - low > sum(max(0, min(high, e) - max(low, s)) for s, e in blind):
            bins.append((low, high))
    for found in track.intervals:
        counts = [
            [sum(low <= at < high and code == found.code for at, _, code in own) for own in (a, b)]
            for low, high in bins
        ]
        assert found.total.n == len(bins)
        assert found.exact_count.value == sum(x == y for x, y in counts) / len(bins)
        assert found.total.value == sum((x > 0) == (y > 0) for x, y in counts) / len(bins)
        either = [(x, y) for x, y in counts if x or y]
        both = sum(bool(x and y) for x, y in either)
        assert found.occurrence.value == (both / len(either) if either else None)
        ratios = sum(min(pair) / max(pair) for pair in either)
        every = (ratios + len(bins) - len(either)) / len(bins)
        assert found.count_ratio.value == pytest.approx(every)


# ---- coders who change sides


@lru_cache(maxsize=1)
def both_ways() -> tuple[PairAgreement, PairAgreement]:
    a, b = coded_twice(300)
    protocol = replace(USUAL_PROTOCOL, resamples=50)
    return (
        pair_agreement(a, b, infant_scheme(), protocol),
        pair_agreement(b, a, infant_scheme(), protocol),
    )


def alike(one: Estimate, other: Estimate) -> bool:
    """The same but for the order in which sums are rounded, ends included."""
    mine, theirs = ((each.value, each.low, each.high) for each in (one, other))
    return one.n == other.n and mine == pytest.approx(theirs, abs=1e-12)


def same(one: Estimate, other: Estimate) -> bool:
    mine = one.n, one.undefined, one.value
    return mine == pytest.approx((other.n, other.undefined, other.value), abs=1e-12)


def test_changing_sides_keeps_every_kappa_and_turns_both_directions() -> None:
    forth, back = both_ways()
    for one, other in zip(forth.tracks, back.tracks, strict=True):
        assert same(one.alignment.kappa.kappa, other.alignment.kappa.kappa)
        assert one.alignment.table.tolist() == other.alignment.table.T.tolist()
        if one.time is None:
            continue
        assert alike(one.time.exact.kappa, other.time.exact.kappa)
        assert alike(one.time.forth.kappa, other.time.back.kappa)
        assert one.time.mean.value == pytest.approx(other.time.mean.value)
        assert one.time.by_code == other.time.by_code
        assert same(one.overlap.kappa.kappa, other.overlap.kappa.kappa)


def test_changing_sides_turns_the_sign_of_lags_and_misses_into_false_alarms() -> None:
    forth, back = both_ways()
    lagged = 0
    for one, other in zip(forth.tracks, back.tracks, strict=True):
        for mine, theirs in zip(one.onsets, other.onsets, strict=True):
            assert sorted(mine.lags_us) == sorted(-lag for lag in theirs.lags_us)
            assert sorted(mine.lengths_us) == sorted(-change for change in theirs.lengths_us)
            assert mine.counts.misses == theirs.counts.false_alarms
            assert same(mine.counts.precision, theirs.counts.recall)
            assert same(mine.counts.f1, theirs.counts.f1)
            lagged += sum(lag != 0 for lag in mine.lags_us)
    assert lagged > 100


def test_every_cell_of_every_matrix_is_the_sum_of_what_it_lists() -> None:
    for one in both_ways()[0].tracks:
        k = len(one.track.codes)
        linked = [one.alignment, *([one.overlap] if one.overlap else [])]
        for found in linked:
            for row in range(k + 1):
                for column in range(k + 1):
                    listed = found.items(row, column)
                    worth = sum(2 if None not in item else 1 for item in listed)
                    assert worth == found.table[row, column]
        if one.time is not None:
            for row in range(k + 1):
                for column in range(k + 1):
                    spans = one.spans_of_cell(row, column)
                    seconds = sum(span.end_us - span.start_us for span in spans) / 1e6
                    assert seconds == pytest.approx(one.time.seconds[row, column])


# ---- nothing, or nearly nothing


def bare(coder: str, *events: Event, end: int = END) -> Coding:
    first = infant_scheme().procedure.episodes[0]
    return coding(
        coder=coder,
        events=events,
        episodes=(EpisodeMark(episode=first.id, start_us=Micros(START)),),
        session_end=SessionEnd(at_us=Micros(end)),
    )


def gaze_of(a: Coding, b: Coding, protocol: Protocol = QUICK) -> TrackAgreement:
    return pair_agreement(a, b, infant_scheme(), protocol).track(f"{CHILD}/gaze")


def test_two_coders_who_coded_nothing_agree_on_nothing_that_has_a_kappa() -> None:
    found = gaze_of(bare("c01"), bare("c02"))
    assert found.time.exact.kappa.undefined is Undefined.ONE_CODE
    assert found.time.exact.p_o.value == 1
    assert found.time.mean.value is None
    assert found.alignment.kappa.kappa.undefined is Undefined.NOTHING
    assert found.overlap.linked.value is None
    assert all(one.counts.f1.value is None for one in found.onsets)
    assert all(one.value is None for one in found.time.by_code[:-1])


def test_a_state_over_the_whole_window_of_both_is_undefined_and_has_no_interval() -> None:
    whole = made(1, GAZE[0], 0, END + 5)
    found = gaze_of(bare("c01", whole), bare("c02", whole))
    for kappa in (found.time.exact, found.alignment.kappa, found.overlap.kappa):
        assert kappa.kappa.undefined is Undefined.ONE_CODE
        assert kappa.kappa.low is None
        assert kappa.p_o.value == 1
    assert [one.counts.n for one in found.onsets] == [0] * len(found.onsets)


def test_one_event_of_one_coder_is_a_miss_and_its_precision_is_undefined() -> None:
    found = gaze_of(bare("c01", made(1, GAZE[1], START, START + 5_000_000)), bare("c02"))
    looks = next(one for one in found.onsets if one.code == 1)
    assert (looks.counts.hits, looks.counts.misses, looks.counts.false_alarms) == (0, 1, 0)
    assert looks.counts.precision.value is None
    assert (looks.counts.recall.value, looks.counts.f1.value) == (0, 0)
    assert found.time.exact.kappa.value == 0
    assert found.time.by_code[1].value == 0


def test_an_event_that_begins_where_the_window_ends_is_not_there() -> None:
    touching = (made(1, GAZE[0], START, END), made(2, GAZE[1], END, END + 900_000))
    found = gaze_of(bare("c01", *touching), bare("c02", *touching))
    assert len(found.a) == len(found.b) == 1
    assert found.a.ends.tolist() == [END]
    assert found.time.exact.n == sum(found.time.tables[0][0])


def test_a_state_without_length_has_an_onset_and_no_time() -> None:
    blink = made(1, GAZE[2], START + 4_000_000, START + 4_000_000)
    found = gaze_of(bare("c01", blink), bare("c02", blink))
    looks = next(one for one in found.onsets if one.code == 2)
    assert looks.counts.hits == 1
    assert looks.ends.n == 0
    assert found.overlap.linked.value == 0
    assert found.time.tables[0][2].sum() == 0


def test_sessions_that_do_not_meet_have_nothing_to_compare() -> None:
    late = replace(
        bare("c02", made(1, GAZE[0], END + 1, END + 900), end=END + 5_000_000),
        episodes=(
            EpisodeMark(
                episode=infant_scheme().procedure.episodes[0].id, start_us=Micros(END + 10)
            ),
        ),
    )
    early = bare("c01", made(1, GAZE[0], START, END))
    found = pair_agreement(early, late, infant_scheme(), QUICK)
    assert found.window.seen_us == 0
    track = found.track(f"{CHILD}/gaze")
    assert track.time.exact.kappa.undefined is Undefined.NOTHING
    assert track.time.exact.n == 0
    assert {one.total.value for one in track.intervals} == {None}


def test_without_bounds_the_window_ends_with_the_last_event_and_holds_it() -> None:
    at = made(1, SMILES[0], 7_000_000, 7_000_000)
    plain = coding(coder="c01", events=(at,))
    found = pair_agreement(
        plain, plain, infant_scheme(), replace(QUICK, window=Window.CODED)
    ).track(f"{CHILD}/affect")
    assert (found.stretch.start_us, found.stretch.end_us) == (0, 7_000_001)
    assert [one.counts.hits for one in found.onsets if one.code == 0] == [1] * 3
